/// A table laid out: every cell at its place, spans cut to what is there.
struct TableGrid {
  struct Cell {
    var row: Int
    var column: Int
    var rowSpan: Int
    var columnSpan: Int
    let lines: [String]
    let nested: [TableGrid]
    let holdsPicture: Bool
  }

  private(set) var rowCount: Int
  private(set) var columnCount: Int
  private(set) var cells: [Cell] = []

  /// HTML's own limit of a span over columns.
  private static let columnSpanLimit = 1000

  /// Lays out rows as HTML's “forming a table” does, but two cells never cover one place: a cell that runs into one
  /// reaching down from above ends there. `nil`: more columns than the limit.
  init?(_ rows: [TableMarkup.Row], limits: ReadingLimits) {
    rowCount = rows.count
    columnCount = 0
    // For each column the first row that nothing from above covers.
    var freeFrom: [Int] = []
    var groupEnd = 0
    for (rowIndex, row) in rows.enumerated() {
      if rowIndex >= groupEnd {
        groupEnd = rows[rowIndex...].firstIndex { $0.group != row.group } ?? rows.count
      }
      var column = 0
      for cell in row.cells {
        while column < freeFrom.count, freeFrom[column] > rowIndex { column += 1 }
        var width = 1
        let wanted = min(max(cell.columnSpan, 1), TableGrid.columnSpanLimit)
        while width < wanted,
          column + width >= freeFrom.count || freeFrom[column + width] <= rowIndex
        {
          width += 1
        }
        let height =
          cell.rowSpan == 0
          ? groupEnd - rowIndex : min(max(cell.rowSpan, 1), groupEnd - rowIndex)
        guard column + width <= limits.columns else { return nil }
        while freeFrom.count < column + width { freeFrom.append(0) }
        for covered in column..<column + width { freeFrom[covered] = rowIndex + height }
        cells.append(
          Cell(
            row: rowIndex, column: column, rowSpan: height, columnSpan: width,
            lines: cell.items.compactMap { if case .line(let text, _) = $0 { text } else { nil } },
            nested: cell.items.compactMap { if case .table(let grid) = $0 { grid } else { nil } },
            holdsPicture: cell.holdsPicture))
        column += width
      }
    }
    dropEmptyColumns(freeFrom.count)
  }

  /// Columns in which no cell begins are made by spans alone (a head over sixteen columns above seven figures): without
  /// them every row keeps its cells.
  private mutating func dropEmptyColumns(_ count: Int) {
    var begins = [Bool](repeating: false, count: count)
    for cell in cells { begins[cell.column] = true }
    // The new place of each column; one that is dropped has that of the next kept one.
    var place = [0]
    for isKept in begins { place.append(place[place.count - 1] + (isKept ? 1 : 0)) }
    columnCount = place[count]
    for index in cells.indices {
      let cell = cells[index]
      cells[index].column = place[cell.column]
      cells[index].columnSpan = place[cell.column + cell.columnSpan] - place[cell.column]
    }
  }
}

extension TableGrid {
  /// A table that only lays out a page: one column; or around tables that hold more than it does; or a few cells of
  /// which one holds an article.
  ///
  /// A whole report written in one table has many cells of its own and stays a table.
  var isLayout: Bool {
    if columnCount <= 1 { return true }
    let own = cells.lazy.filter { !$0.lines.isEmpty && $0.nested.isEmpty }.count
    let inner = cells.lazy.flatMap(\.nested).map(\.filledCount).reduce(0, +)
    if inner > 0, own <= inner { return true }
    let longest = cells.lazy.map { $0.lines.reduce(0) { $0 + $1.unicodeScalars.count } }.max() ?? 0
    return own <= 12 && longest >= 600
  }

  private var filledCount: Int {
    cells.reduce(0) { count, cell in
      count + (cell.lines.isEmpty ? 0 : 1) + cell.nested.reduce(0) { $0 + $1.filledCount }
    }
  }
}
