/// A table of a Word file as its elements tell it: every row has all its cells, and those that a cell above reaches down
/// over say so.
struct WordTable {
  private struct Cell {
    var span = 1
    /// Of the cell above, if it begins in the same column.
    var continues = false
    /// Columns that the row leaves out.
    var isGap = false
    var items: [FlowItem] = []
    var holdsUnread = false
  }

  private var rows: [[Cell]] = []
  private var row: [Cell] = []
  private var isInRow = false
  private var isInCell = false
  private var isDropped = false
  /// What stands in the table outside its cells.
  private var front: [FlowItem] = []

  var isInRowProperties: Bool { isInRow && !isInCell && row.allSatisfy(\.isGap) }

  mutating func startRow() {
    row = []
    isInRow = true
    isDropped = false
  }

  /// The row is a tracked deletion.
  mutating func dropRow() { isDropped = true }

  /// The row begins so many columns to the right.
  mutating func skip(_ columns: Int) {
    guard isInRow, row.isEmpty else { return }
    row.append(Cell(span: columns, isGap: true))
  }

  mutating func startCell() {
    row.append(Cell())
    isInCell = true
  }

  mutating func endCell() { isInCell = false }

  mutating func endRow() {
    if !isDropped { rows.append(row) }
    isInRow = false
  }

  mutating func setSpan(_ columns: Int) {
    guard isInCell, !row.isEmpty else { return }
    row[row.count - 1].span = columns
  }

  mutating func merge(continues: Bool) {
    guard isInCell, !row.isEmpty else { return }
    row[row.count - 1].continues = continues
  }

  /// The open cell shows something that its text does not tell.
  mutating func markUnread() {
    guard isInCell, !row.isEmpty else { return }
    row[row.count - 1].holdsUnread = true
  }

  mutating func append(_ item: FlowItem) {
    if isInCell, !row.isEmpty {
      row[row.count - 1].items.append(item)
    } else {
      front.append(item)
    }
  }

  /// The table in HTML's way: a cell that reaches down stands once, with the number of its rows.
  var markup: TableMarkup {
    var markup = TableMarkup()
    markup.front = front
    // For each column, the row and number of the cell that stands there and may reach further down.
    var above: [Int: (row: Int, cell: Int)] = [:]
    for (index, row) in rows.enumerated() {
      var made = TableMarkup.Row(group: 0, part: .body)
      var column = 0
      var next: [Int: (row: Int, cell: Int)] = [:]
      for cell in row {
        if cell.continues, let from = above[column] {
          // Word shows nothing of a continued cell; what is in it all the same is kept.
          markup.rows[from.row].cells[from.cell].rowSpan += 1
          markup.rows[from.row].cells[from.cell].items += cell.items
          next[column] = from
        } else {
          next[column] = (index, made.cells.count)
          var own = TableMarkup.Cell(columnSpan: cell.span, rowSpan: 1, items: cell.items)
          own.holdsUnread = cell.holdsUnread
          made.cells.append(own)
        }
        column += cell.span
      }
      above = next
      markup.rows.append(made)
    }
    return markup
  }
}
