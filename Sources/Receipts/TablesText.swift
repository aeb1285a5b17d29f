import Forms
import Reports

/// The three tables in plain text. Rows and columns are those of the form; merged heads become labels before the rows.
func tablesText(_ report: Report, _ notes: Notes, _ language: Language) -> TextPage {
  let marks = CellMarks(report, notes)
  var page = TextPage()
  let printer = TablePrinter(report: report, marks: marks, language: language)
  page.text(printer.legend)
  for number in TableNumber.allCases {
    page.space()
    page.line(language.title(number))
    guard FormGrid(number, of: report) != nil else {
      page.line(language.absence(number, in: report))
      continue
    }
    switch number {
    case .two: printer.printTable2(on: &page)
    case .three: printer.printTable3(on: &page)
    case .four: printer.printTable4(on: &page)
    }
  }
  return page
}

private struct TablePrinter {
  let report: Report
  let marks: CellMarks
  let language: Language

  var legend: String {
    language.say(
      "[n] 见检查意见第 n 条；* 最可能填错的一格；? 程序没有把握读对；“空白”是没有填写，不等于 0。",
      en:
        "[n] finding n; * most likely the wrong cell; ? uncertain; “blank” is not filled in and no zero."
    )
  }

  func printTable2(on page: inout TextPage) {
    for block in FormTable.blocksOfTable2(of: report) {
      page.line(block.caption?.official ?? "")
      var table = TextTable(
        [TextTable.Column("信息内容", width: 22)]
          + block.columns.map { TextTable.Column($0.label.official, .right, width: 16) })
      for row in block.rows {
        table.add([TextTable.Cell(row.label?.official ?? "")] + block.keys(of: row).map(cell))
      }
      page.block(table)
    }
  }

  func printTable3(on page: inout TextPage) {
    guard let template = report.template.three else { return }
    let block = FormTable.of(.three, template).blocks[0]
    // Heads of two characters a line, as the form has them, leave room for labels.
    var table = TextTable(
      [TextTable.Column("", width: 26)]
        + block.columns.map { TextTable.Column($0.label.official, .right, width: 6) })
    var group: RowGroup?
    for row in block.rows {
      if let above = row.group, above != group {
        if group == nil { table.add([TextTable.Cell(RowGroup.results.label.official)]) }
        if above != .results { table.add([TextTable.Cell(above.label.official)]) }
      }
      group = row.group
      table.add([TextTable.Cell(row.label?.official ?? "")] + block.keys(of: row).map(cell))
    }
    page.block(table)
  }

  /// The three blocks one below the other: side by side they would be wider than a page.
  func printTable4(on page: inout TextPage) {
    let blocks = FormTable.table4.blocks
    var table = TextTable(
      [TextTable.Column("", width: 30)]
        + (blocks.first?.columns ?? []).map {
          TextTable.Column($0.label.official, .right, width: 8)
        })
    for block in blocks {
      let caption = block.caption?.official ?? ""
      let label = block.parent.map { "\($0.official)（\(caption)）" } ?? caption
      table.add([TextTable.Cell(label)] + block.cells.map(cell))
    }
    page.block(table)
  }

  private func cell(_ key: CellKey) -> TextTable.Cell {
    let mark = marks[key]
    let shown = CellText(report.cells[key], language)
    var text = shown.text
    if let figure = shown.readAs { text += "=\(figure)" }
    if mark.isUncertain { text += "?" }
    if mark.balancesAt != nil { text += "*" }
    return TextTable.Cell(text + mark.notes.map { "[\($0)]" }.joined())
  }
}

extension TextPage {
  fileprivate mutating func block(_ table: TextTable) {
    for line in table.render().split(separator: "\n") { self.line(line) }
  }
}
