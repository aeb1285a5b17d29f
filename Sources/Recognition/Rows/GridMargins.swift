import Documents

/// Columns of a grid that only keep a distance: the first or the last one, without a word in any row.
///
/// They are left out, so that a row has as many fields as the form. Where a row is short of a cell it stays short.
struct GridMargins {
  private struct Found: Equatable {
    var columns = 0
    var hasLeft = false
    var hasRight = false
  }

  /// Those of the table before: the second part of a table that is cut in two has no head to tell a margin by.
  private var last: Found?

  /// The cells of the table without those of its margins.
  mutating func cells(inside table: Table) -> [GridCell] {
    var found = Self.margins(of: table)
    if let last, last.columns == found.columns {
      found.hasLeft = found.hasLeft && last.hasLeft
      found.hasRight = found.hasRight && last.hasRight
    }
    last = found
    guard found.hasLeft || found.hasRight else { return table.cells }
    var ends: [Int: Int] = [:]
    for cell in table.cells { ends[cell.row] = max(ends[cell.row] ?? 0, cell.column) }
    return table.cells.filter { cell in
      guard Self.isMargin(cell) else { return true }
      let isFirst = cell.column == 0
      // Where a cell is lost the margin has moved up.
      let isLast = cell.column == ends[cell.row]
      return !(isFirst && found.hasLeft || isLast && found.hasRight)
    }
  }

  /// Rows that end before the last column, where that keeps a distance only: their last cell may be that of the margin, and
  /// one of their own be lost.
  static func shortRows(of table: Table) -> Set<Int> {
    let edge = table.cells.filter {
      $0.columnSpan < table.columnCount && $0.column + $0.columnSpan >= table.columnCount
    }
    guard !edge.isEmpty, edge.allSatisfy(isMargin) else { return [] }
    var ends: [Int: Int] = [:]
    for cell in table.cells {
      for row in cell.row..<(cell.row + max(1, cell.rowSpan)) {
        ends[row] = max(ends[row] ?? 0, cell.column + cell.columnSpan)
      }
    }
    return Set(ends.filter { $0.value < table.columnCount }.keys)
  }

  private static func margins(of table: Table) -> Found {
    // A cell over all columns is a caption or keeps a distance itself.
    let cells = table.cells.filter { $0.columnSpan < table.columnCount }
    func isMargin(_ edge: [GridCell]) -> Bool {
      table.columnCount > 2 && edge.allSatisfy(Self.isMargin) && edge.count * 2 > table.rowCount
    }
    return Found(
      columns: table.columnCount, hasLeft: isMargin(cells.filter { $0.column == 0 }),
      hasRight: isMargin(cells.filter { $0.column + $0.columnSpan >= table.columnCount }))
  }

  private static func isMargin(_ cell: GridCell) -> Bool {
    cell.columnSpan == 1 && cell.rowSpan == 1 && !cell.holdsPicture
      && Fold.trimmed(cell.text[...]).isEmpty
  }
}
