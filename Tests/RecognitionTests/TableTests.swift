import Documents
import Forms
import Recognition
import Reports
import Testing

@Suite struct `Tables of figures` {
  @Test(arguments: Template.allCases, Sheet.Layout.allCases)
  func `Every cell of both forms is read from every layout, and none is doubted`(
    template: Template, layout: Sheet.Layout
  ) throws {
    let sheet = Sheet(template)
    let report = try #require(recognise(sheet.document(layout)).report)
    #expect(report.cells.count == sheet.tables.map(\.cells.count).reduce(0, +))
    #expect(report.uncertain.isEmpty, "\(report.doubts)")
    for key in sheet.tables.flatMap(\.cells) {
      #expect(report.cells[key]?.raw == sheet.figures[key], "\(key)")
      #expect(report.cells[key]?.class == .number)
    }
    #expect(report.template.two?.rawValue == template.rawValue)
    #expect(report.template.three == template)
    #expect(report.template.four == .v2021)
    #expect(report.structure.sections.map(\.section) == Section.allCases)
    #expect(!report.structure.endsEarly)
    for table in report.structure.tables {
      #expect(table.state == .read)
      #expect(table.rowsMissing.isEmpty && table.rowsUnknown.isEmpty && table.cellCounts.isEmpty)
    }
    #expect(report.unit == "青石县云桥镇人民政府")
    #expect(report.region == "青石县")
    #expect(report.published == CalendarDate("2024-01-18"))
  }

  @Test(arguments: [Sheet.Layout.bars, .tabs, .grids])
  func `Where blanks are seen they are blank cells, not zeros and not doubts`(
    layout: Sheet.Layout
  ) throws {
    var sheet = Sheet()
    let keys = sheet.tables.flatMap(\.cells)
    // Tabs at the end of a line are as good as nothing: leave the last cell of each row.
    for (number, key) in keys.enumerated()
    where number % 3 == 0 && key.column != "total" && key.table != .two {
      sheet.figures[key] = ""
    }
    let report = try #require(recognise(sheet.document(layout)).report)
    #expect(report.uncertain.isEmpty, "\(report.doubts)")
    for key in keys {
      #expect(report.cells[key]?.class == (sheet.figures[key] == "" ? .blank : .number), "\(key)")
      #expect(report.cells[key]?.raw == sheet.figures[key], "\(key)")
    }
  }

  @Test func `Where blanks have vanished a row is whole, or empty, or not assigned`() throws {
    var sheet = Sheet()
    for column in ["company", "research"] {
      if let key = CellKey("t3.partial.\(column)") { sheet.figures[key] = "" }
    }
    for column in FormTable.table3of2021.blocks[0].columns {
      if let key = CellKey("t3.deny_admin_query.\(column.key)") { sheet.figures[key] = "" }
    }
    let report = try #require(recognise(sheet.document(.lines)).report)
    let partial = FormTable.table3of2021.cells.filter { $0.row == "partial" }
    #expect(report.uncertain == Set(partial))
    #expect(report.doubts.map(\.reason) == [.cellCount])
    #expect(partial.allSatisfy { report.cells[$0] == .blank })
    let three = try #require(report.structure.tables.first { $0.table == .three })
    #expect(three.cellCounts.map(\.row) == ["partial"])
    #expect(three.cellCounts.first?.expected == 7)
    #expect(three.cellCounts.first?.found.count == 5)
    for key in FormTable.table3of2021.cells where key.row == "deny_admin_query" {
      #expect(report.cells[key]?.class == .blank)
    }
  }

  @Test(arguments: Sheet.Layout.allCases)
  func `A row of the form that is not there is missing, and its neighbours are as printed`(
    layout: Sheet.Layout
  ) throws {
    var sheet = Sheet()
    let gone = "5.属于三类内部事务信息"
    sheet.tables = sheet.tables.map { $0 }
    let text = sheet.text(layout == .grids ? .bars : layout)
    var lines = text.split(separator: "\n").map(String.init)
    let index = try #require(lines.firstIndex { $0.hasPrefix(gone) })
    lines.removeSubrange(index..<(index + (layout == .lines ? 8 : 1)))
    let report = try #require(recognise(document(lines.joined(separator: "\n") + "\n")).report)
    let three = try #require(report.structure.tables.first { $0.table == .three })
    #expect(three.rowsMissing == ["deny_internal_affairs"])
    #expect(
      report.uncertain
        == Set(FormTable.table3of2021.cells.filter { $0.row == "deny_internal_affairs" }))
    #expect(wrong(report, against: sheet.figures).isEmpty)
  }

  @Test func `A row that is on no form is told and takes no cell`() throws {
    let sheet = Sheet()
    var lines = sheet.text(.lines).split(separator: "\n").map(String.init)
    let index = try #require(lines.firstIndex { $0.hasPrefix("4.无正当理由") })
    lines.insert(contentsOf: ["9.其他情形的自拟栏目", "1", "2", "3", "4", "5", "6", "21"], at: index)
    let report = try #require(recognise(document(lines.joined(separator: "\n") + "\n")).report)
    let three = try #require(report.structure.tables.first { $0.table == .three })
    #expect(three.rowsUnknown == ["9.其他情形的自拟栏目"])
    #expect(report.uncertain.isEmpty)
    #expect(wrong(report, against: sheet.figures).isEmpty)
  }

  @Test func `Sums printed on the heading of a group are subtotals, not a row`() throws {
    let sheet = Sheet()
    var lines = sheet.text(.lines).split(separator: "\n").map(String.init)
    let index = try #require(lines.firstIndex(of: "（四）无法提供"))
    lines.insert(contentsOf: ["1", "2", "3", "4", "5", "6", "21"], at: index + 1)
    let report = try #require(recognise(document(lines.joined(separator: "\n") + "\n")).report)
    let three = try #require(report.structure.tables.first { $0.table == .three })
    #expect(three.subtotals.map(\.value.description) == ["1", "2", "3", "4", "5", "6", "21"])
    #expect(
      three.subtotals.first?.parts.map(\.name) == [
        "t3.unable_not_held.natural", "t3.unable_needs_creation.natural",
        "t3.unable_still_unclear.natural",
      ])
    #expect(report.uncertain.isEmpty)
    #expect(wrong(report, against: sheet.figures).isEmpty)
  }

  @Test(arguments: [Sheet.Layout.lines, .grids])
  func `Blocks of table 2 are each on their own form`(layout: Sheet.Layout) throws {
    var sheet = Sheet()
    sheet.tables[0] = .table2of2021
    sheet.figures.merge(Sheet.distinct([.table2of2019], seed: 300)) { a, _ in a }
    // Block 一 of 2019 over the blocks of 2021.
    let older = sheet.grid(.table2of2019, place: Place(table: 1))
    let newer = sheet.grid(.table2of2021, place: Place(table: 2))
    let cells =
      older.cells.filter { $0.row < 4 } + newer.cells.filter { $0.row >= 4 }
    var document = sheet.document(.grids)
    for (index, block) in document.blocks.enumerated() {
      if case .table(let table) = block, table.columnCount == 4 {
        if layout == .grids {
          document.blocks[index] = .table(
            Table(
              rowCount: newer.rowCount, columnCount: 4, cells: cells, place: table.place))
        } else {
          document.blocks.replaceSubrange(
            index...index,
            with: cells.map { .paragraph(Paragraph(text: $0.text, place: Place(line: 900))) })
        }
        break
      }
    }
    let report = try #require(recognise(document).report)
    #expect(report.template.two == .mixed)
    let two = report.cells.keys.filter { $0.table == .two }
    #expect(two.count == 6 + 4)
    #expect(
      two.filter { $0.prefix == "t2v19" }.allSatisfy { $0.row == "rules" || $0.row == "normative" })
    #expect(report.uncertain.isEmpty, "\(report.doubts)")
    #expect(wrong(report, against: sheet.figures).isEmpty)
  }

  @Test func `Two tables that say different things vouch for neither`() throws {
    let sheet = Sheet()
    var other = Sheet(seed: 57)
    other.title = sheet.title
    let report = try #require(
      recognise(document(sheet.text(.lines) + other.text(.lines))).report)
    for key in FormTable.table3of2021.cells where sheet.figures[key] != other.figures[key] {
      #expect(report.uncertain.contains(key), "\(key)")
    }
  }

  @Test func `Labels behind their figures are not read as labels in front`() throws {
    let sheet = Sheet()
    var lines: [String] = ["一、总体情况", sheet.overview, "三、收到和处理政府信息公开申请情况", "其他"]
    for row in FormTable.table3of2021.blocks[0].rows {
      lines += FormTable.table3of2021.blocks[0].keys(of: row).map(sheet.value)
      lines.append(row.label?.official ?? "")
    }
    lines += ["五、存在的主要问题及改进情况", sheet.problems]
    let recognised = recognise(document([sheet.title] + lines))
    if let report = recognised.report { #expect(wrong(report, against: sheet.figures).isEmpty) }
  }
}

func document(_ lines: [String]) -> Document { document(lines.joined(separator: "\n") + "\n") }
