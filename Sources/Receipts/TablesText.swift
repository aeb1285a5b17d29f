import Forms
import Reports

/// The three tables in plain text. Rows and columns are those of the form; merged heads become labels before the rows.
func tablesText(_ report: Report, _ notes: Notes, _ language: Language) -> TextPage {
  let marks = CellMarks(report, notes)
  var page = TextPage()
  let printer = TablePrinter { key in
    let mark = marks[key]
    let shown = CellText(report.cells[key], language)
    var text = shown.text
    if let figure = shown.readAs { text += "=\(figure)" }
    if mark.isUncertain { text += "?" }
    if mark.balancesAt != nil { text += "*" }
    for note in mark.notes { text += "[\(note)]" }
    return TextTable.Cell(text)
  }
  page.text(
    language.say(
      "[n] 见检查意见第 n 条；* 最可能填错的一格；? 程序没有把握读对；“空白”是没有填写，不等于 0。",
      en:
        "[n] finding n; * most likely the wrong cell; ? uncertain; “blank” is not filled in and no zero."
    ))
  for number in TableNumber.allCases {
    page.space()
    page.line(language.title(number))
    guard FormGrid(number, of: report) != nil else {
      page.line(language.absence(number, in: report))
      continue
    }
    switch number {
    case .two: printer.printTable2(FormTable.blocksOfTable2(of: report), on: &page)
    case .three:
      guard let template = report.template.three else { continue }
      printer.printTable3(FormTable.of(.three, template).blocks[0], on: &page)
    case .four: printer.printTable4(on: &page)
    }
  }
  return page
}

/// Prints tables of the form in lines of text.
struct TablePrinter {
  /// What stands in a cell.
  let cell: (CellKey) -> TextTable.Cell

  init(_ cell: @escaping (CellKey) -> TextTable.Cell) { self.cell = cell }

  func print(_ table: FormTable, on page: inout TextPage) {
    switch table.number {
    case .two: printTable2(table.blocks, on: &page)
    case .three: printTable3(table.blocks[0], on: &page)
    case .four: printTable4(on: &page)
    }
  }

  func printTable2(_ blocks: [FormBlock], on page: inout TextPage) {
    for block in blocks {
      page.line(block.caption?.official ?? "")
      let rows = block.rows.map { Row(label: $0.label?.official ?? "", keys: block.keys(of: $0)) }
      page.block(table("信息内容", block.columns, heads: 16, rows))
    }
  }

  func printTable3(_ block: FormBlock, on page: inout TextPage) {
    var rows: [Row] = []
    var group: RowGroup?
    for row in block.rows {
      if let above = row.group, above != group {
        if group == nil { rows.append(Row(label: RowGroup.results.label.official)) }
        if above != .results { rows.append(Row(label: above.label.official)) }
      }
      group = row.group
      rows.append(Row(label: row.label?.official ?? "", keys: block.keys(of: row)))
    }
    page.block(table("", block.columns, heads: 6, rows))
  }

  /// The three blocks one below the other: side by side they would be wider than a page.
  func printTable4(on page: inout TextPage) {
    let blocks = FormTable.table4.blocks
    let rows = blocks.map { block in
      let caption = block.caption?.official ?? ""
      let label = block.parent.map { "\($0.official)（\(caption)）" } ?? caption
      return Row(label: label, keys: block.cells)
    }
    page.block(table("", blocks.first?.columns ?? [], heads: 8, rows))
  }

  /// A row of figures, or a heading.
  private struct Row {
    let label: String
    var keys: [CellKey] = []
  }

  /// Columns as wide as their figures and at least as their heads, unless they would leave too little for the labels.
  private func table(
    _ title: String, _ columns: [FormColumn], heads: Int, _ rows: [Row]
  ) -> TextTable {
    let cells = rows.map { $0.keys.map(cell) }
    let space = textWidth - 2 * columns.count
    let natural = columns.indices.map { column in
      cells.map { $0.isEmpty ? 0 : displayWidth($0[column].text) }
        .reduce(headWidth(columns[column].label.official, heads), max)
    }
    let fits = natural.reduce(0, +) + leastLabel <= space
    let widths = fits ? natural : natural.map { min($0, (space - leastLabel) / columns.count) }
    let label = space - widths.reduce(0, +)
    var table = TextTable(
      [TextTable.Column(title, width: min(label, 30))]
        + zip(columns, widths).map { column, width in
          let head = column.label.official
          let title = displayWidth(head) > width ? pairs(of: head).joined(separator: " ") : head
          return TextTable.Column(title, .right, width: width)
        })
    for (row, cells) in zip(rows, cells) { table.add([TextTable.Cell(row.label)] + cells) }
    return table
  }

  /// A head that is longer than `limit` breaks, in twos of characters where it can.
  private func headWidth(_ head: String, _ limit: Int) -> Int {
    let width = displayWidth(head)
    return width <= limit
      ? width : pairs(of: head).map { displayWidth($0) }.max().map { min($0, limit) } ?? limit
  }

  private var leastLabel: Int { 20 }
}

extension TextPage {
  fileprivate mutating func block(_ table: TextTable) {
    for line in table.lines() where !line.isEmpty { self.line(line) }
  }
}
