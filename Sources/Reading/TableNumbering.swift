import Documents

/// Numbers the tables in the order in which they begin.
struct TableNumbering {
  private var number = 0

  mutating func block(_ item: FlowItem) -> Block {
    switch item {
    case .line(let text, let isHeading):
      .paragraph(Paragraph(text: text, place: Place(), isHeading: isHeading))
    case .picture(let words): .picture(Picture(words: words, place: Place()))
    case .table(let grid): .table(table(grid))
    }
  }

  private mutating func table(_ grid: TableGrid) -> Table {
    number += 1
    let place = Place(table: number)
    var cells: [GridCell] = []
    cells.reserveCapacity(grid.cells.count)
    for cell in grid.cells {
      cells.append(
        GridCell(
          row: cell.row, column: cell.column, rowSpan: cell.rowSpan, columnSpan: cell.columnSpan,
          text: cell.lines.joined(separator: "\n"), nested: cell.nested.map { table($0) },
          holdsPicture: cell.holdsPicture))
    }
    return Table(
      rowCount: grid.rowCount, columnCount: grid.columnCount, cells: cells, place: place)
  }
}
