import Documents

// What the tables of two pages are held against each other by.

extension Table {
  /// - Parameter texts: by the number of the cell.
  init(_ grid: PageGrid, _ texts: [Int: String], place: Place) {
    self.init(
      rowCount: grid.rowCount, columnCount: grid.columnCount,
      cells: grid.cells.enumerated().map { index, cell in
        GridCell(
          row: cell.row, column: cell.column, rowSpan: cell.rowSpan, columnSpan: cell.columnSpan,
          text: texts[index] ?? "")
      }, place: place)
  }

  /// Without so many rows at the top; `nil` where a cell reaches further down, or a figure would be lost.
  func dropping(_ count: Int) -> Table? {
    let top = cells.filter { $0.row < count }
    guard top.allSatisfy({ $0.row + $0.rowSpan <= count && !$0.text.isFigure }) else { return nil }
    return Table(
      rowCount: rowCount - count, columnCount: columnCount,
      cells: cells.filter { $0.row >= count }.map { cell in
        GridCell(
          row: cell.row - count, column: cell.column, rowSpan: cell.rowSpan,
          columnSpan: cell.columnSpan, text: cell.text, nested: cell.nested)
      }, place: place)
  }

  /// The columns in which a figure stands.
  var figureColumns: Set<Int> {
    Set(cells.filter { $0.columnSpan == 1 && $0.text.isFigure }.map(\.column))
  }

  func hasFigures(_ row: Int) -> Bool {
    cells.contains { $0.row == row && $0.text.isFigure }
  }

  /// Figures without a word beside them.
  func isBare(_ row: Int) -> Bool {
    hasFigures(row) && cells.allSatisfy { $0.row != row || $0.text.isEmpty || $0.text.isFigure }
  }

  /// With a mark that nobody can read where a row has no figure in a column of figures.
  func doubting(_ row: Int) -> Table {
    let columns = figureColumns
    return replacing {
      $0.row == row && $0.text.isEmpty && columns.contains($0.column) ? "\u{FFFD}" : nil
    }
  }

  func replacing(_ text: (GridCell) -> String?) -> Table {
    Table(
      rowCount: rowCount, columnCount: columnCount,
      cells: cells.map { cell in
        guard let text = text(cell) else { return cell }
        return GridCell(
          row: cell.row, column: cell.column, rowSpan: cell.rowSpan, columnSpan: cell.columnSpan,
          text: text, nested: cell.nested)
      }, place: place)
  }

  /// With the words of the first row of the table below behind those of the last one; `nil`: it has no words that all find
  /// theirs.
  func completed(by below: Table) -> Table? {
    let rest = below.cells.filter { $0.row == 0 && !$0.text.isEmpty }
    guard below.rowCount > 1, rest.count >= 4,
      rest.allSatisfy({ $0.rowSpan == 1 && $0.text.isWords })
    else { return nil }
    let ends = cells.filter { $0.row + $0.rowSpan == rowCount && !$0.text.isEmpty }
    let texts = Dictionary(rest.map { ($0.column, $0) }) { first, _ in first }
    let finding = ends.filter { texts[$0.column]?.columnSpan == $0.columnSpan }
    guard finding.count == rest.count else { return nil }
    return replacing { cell in
      guard cell.row + cell.rowSpan == rowCount, let words = texts[cell.column]?.text else {
        return nil
      }
      return cell.text + "\n" + words
    }
  }

  /// With the rows of another table below its own.
  func adding(_ other: Table) -> Table {
    Table(
      rowCount: rowCount + other.rowCount, columnCount: columnCount,
      cells: cells
        + other.cells.map { cell in
          GridCell(
            row: cell.row + rowCount, column: cell.column, rowSpan: cell.rowSpan,
            columnSpan: cell.columnSpan, text: cell.text, nested: cell.nested)
        }, place: place)
  }

  /// How many of the first rows say the same as rows of another table.
  func repeats(_ other: Table, from start: Int) -> Int {
    let most = min(rowCount, other.rowCount - start)
    return (0..<most).first { texts(of: $0) != other.texts(of: start + $0) }
      ?? (most < rowCount ? most : 0)
  }

  /// Of the cells that begin in this row.
  func texts(of row: Int) -> [String] {
    cells.filter { $0.row == row }.map(\.text)
  }

  /// The texts of the cells that stand in this row alone, by where they begin on the page.
  func row(_ row: Int, _ columns: [Double], _ near: Double) -> [Int: String] {
    var texts: [Int: String] = [:]
    for cell in cells where cell.row == row && cell.rowSpan == 1 {
      texts[Table.place(columns[cell.column], near)] = cell.text
    }
    return texts
  }

  func setting(
    _ texts: [Int: String], row: Int, _ columns: [Double], _ near: Double
  ) -> Table {
    Table(
      rowCount: rowCount, columnCount: columnCount,
      cells: cells.map { cell in
        guard cell.row == row, cell.rowSpan == 1,
          let text = texts[Table.place(columns[cell.column], near)]
        else { return cell }
        return GridCell(
          row: cell.row, column: cell.column, columnSpan: cell.columnSpan, text: text,
          nested: cell.nested)
      }, place: place)
  }

  /// In steps of the tolerance: lines of one table are drawn at the same places on each page.
  private static func place(_ column: Double, _ near: Double) -> Int {
    Int((column / near).rounded())
  }
}

extension String {
  /// Something, and nothing in it that could be a word: a number, a dash, a stroke.
  var isFigure: Bool {
    !isEmpty && !unicodeScalars.contains { $0.properties.isAlphabetic }
  }

  /// Words without a figure.
  var isWords: Bool {
    unicodeScalars.contains { $0.properties.isAlphabetic }
      && !unicodeScalars.contains { $0.properties.numericType == .decimal }
  }
}
