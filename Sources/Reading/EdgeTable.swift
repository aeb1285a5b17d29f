/// A table whose rows say where their cells end, in twips (1/1440 inch) from the margin, as Word keeps them: cells of
/// several rows stand in one column where their edges meet.
struct EdgeTable {
  struct Cell {
    /// Where it ends.
    var edge: Int
    /// Of the cell to its left.
    var continuesLeft = false
    /// Of the cell above.
    var continuesAbove = false
    var items: [FlowItem] = []
  }

  struct Row {
    /// Where the first cell begins.
    var start: Int
    var cells: [Cell]
  }

  var rows: [Row] = []

  /// Edges no further apart than this, 0.7 mm, are one: rows drawn by hand meet no better.
  private static let tolerance = 40

  /// The table in HTML's way.
  var markup: TableMarkup {
    let columns = Self.columns(of: rows)
    var markup = TableMarkup()
    // For each column, the cell that stands there and may reach further down.
    var above: [Int: (row: Int, cell: Int)] = [:]
    for row in rows where !row.cells.isEmpty {
      var made = TableMarkup.Row(group: 0, part: .body)
      var next: [Int: (row: Int, cell: Int)] = [:]
      var column = columns[row.start] ?? 0
      if column > 0 { made.cells.append(TableMarkup.Cell(columnSpan: column, rowSpan: 1)) }
      // The cell that those continuing to the left belong to: of this row, or one from above.
      var owner: (row: Int, cell: Int)?
      for cell in row.cells {
        let end = max(columns[cell.edge] ?? column + 1, column + 1)
        let span = end - column
        if cell.continuesLeft, let from = owner, from.row == markup.rows.count {
          let before = made.cells[from.cell]
          made.cells[from.cell] = TableMarkup.Cell(
            columnSpan: before.columnSpan + span, rowSpan: 1, items: before.items + cell.items)
        } else if cell.continuesLeft, let from = owner {
          markup.rows[from.row].cells[from.cell].items += cell.items
        } else if cell.continuesAbove, let from = above[column] {
          // Word shows nothing of a continued cell; what is in it all the same is kept.
          markup.rows[from.row].cells[from.cell].rowSpan += 1
          markup.rows[from.row].cells[from.cell].items += cell.items
          next[column] = from
          owner = from
        } else {
          owner = (markup.rows.count, made.cells.count)
          next[column] = owner
          made.cells.append(TableMarkup.Cell(columnSpan: span, rowSpan: 1, items: cell.items))
        }
        column = end
      }
      above = next
      markup.rows.append(made)
    }
    return markup
  }

  /// The number of each edge, from left to right.
  private static func columns(of rows: [Row]) -> [Int: Int] {
    let edges = Set(rows.flatMap { row in [row.start] + row.cells.map(\.edge) }).sorted()
    var columns: [Int: Int] = [:]
    var number = -1
    var first = Int.min
    for edge in edges {
      if number < 0 || edge - first > tolerance {
        number += 1
        first = edge
      }
      columns[edge] = number
    }
    return columns
  }
}
