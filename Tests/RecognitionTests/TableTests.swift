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

@Suite struct `Around the tables` {
  @Test(arguments: Sheet.Layout.allCases)
  func `The text of a section is its sentences, without tables, heads and the foot of the page`(
    layout: Sheet.Layout
  ) throws {
    let sheet = Sheet()
    let report = try #require(recognise(sheet.document(layout)).report)
    #expect(
      report.structure.sections.map(\.text) == [
        sheet.overview, "", "", "", sheet.problems, sheet.other,
      ])
    #expect(report.structure.sections.compactMap(\.numeral) == ["一", "二", "三", "四", "五", "六"])
  }

  @Test func `A list of headings in front of the report is not its sections`() throws {
    let sheet = Sheet()
    let contents = Section.allCases.map { "\($0.numeral)、\($0.title.official)" }
    let report = try #require(
      recognise(document(contents.joined(separator: "\n") + "\n" + sheet.text(.lines))).report)
    #expect(report.structure.sections.map(\.section) == Section.allCases)
    #expect(report.structure.sections[0].text == sheet.overview)
    #expect(report.uncertain.isEmpty)
  }

  @Test func `A table whose place a picture or an attachment takes is told as such`() throws {
    var sheet = Sheet()
    sheet.tables = [.table2of2021]
    var document = sheet.document(.lines)
    let index = try #require(
      document.blocks.firstIndex {
        if case .paragraph(let paragraph) = $0 { paragraph.text.hasPrefix("五、") } else { false }
      })
    document.blocks.insert(
      contentsOf: [
        .paragraph(Paragraph(text: "三、收到和处理政府信息公开申请情况", place: Place(line: 501))),
        .picture(Picture(words: "表三.png", place: Place(line: 502))),
        .paragraph(Paragraph(text: "四、政府信息公开行政复议、行政诉讼情况", place: Place(line: 503))),
      ], at: index)
    let report = try #require(recognise(document).report)
    #expect(report.structure.tables.map(\.state) == [.read, .picture, .missing])
    #expect(report.cells.count == 10)
    #expect(report.template.three == nil && report.template.four == nil)
  }

  @Test func `Where period and title differ the report is stored under the period`() throws {
    var sheet = Sheet()
    sheet.overview = sheet.overview.replacingOccurrences("2023", "2022")
    let report = try #require(recognise(sheet.document(.lines)).report)
    #expect(report.year == 2022)
    #expect(
      report.evidence.contains { $0.subject == .year && $0.source == .title && $0.value == "2023" })
    #expect(
      report.evidence.contains { $0.subject == .period && $0.value == "2022-01-01/2022-12-31" })
  }

  @Test(arguments: [
    "2023年1月1日至2023年12月31日", "2023年1月1日起至12月31日止", "20231月1日起至202312月31日止",
    "202311日至20231231日", "2023.1.1-2023.12.31", "2023-01-01至2023-12-31", "2023年1月1日—12月31日",
  ])
  func `A period is read with characters lost on the way`(period: String) throws {
    var sheet = Sheet()
    sheet.title = "云桥镇政府信息公开工作年度报告"
    sheet.overview = "所列数据的统计期限为\(period)，现予公布，请予监督。"
    let report = try #require(recognise(sheet.document(.lines)).report)
    #expect(report.year == 2023)
    #expect(
      report.evidence.first { $0.subject == .period }?.value == "2023-01-01/2023-12-31")
  }

  @Test func `The names of file and folder count only where the document says nothing`() throws {
    var sheet = Sheet()
    let hints = Hints(fileName: "松屿市水利局2021年政府信息公开年报.txt", folders: ["松屿市", "水利局"])
    let told = try #require(recognise(sheet.document(.lines), hints: hints).report)
    #expect(told.unit == "青石县云桥镇人民政府" && told.year == 2023)
    #expect(told.evidence.contains { $0.source == .fileName && $0.value == "2021" })
    sheet.title = "政府信息公开工作年度报告"
    sheet.overview = "本单位按照要求开展政府信息公开工作，成效明显。"
    var lines = sheet.text(.lines).split(separator: "\n").map(String.init)
    lines.removeFirst()
    lines[1] = "浏览次数：12"
    lines.removeLast()
    let untold = try #require(recognise(document(lines), hints: hints).report)
    #expect(untold.unit == "松屿市水利局" && untold.year == 2021)
    let unknown = try #require(recognise(document(lines)).report)
    #expect(unknown.unit == nil && unknown.year == nil && unknown.kind == nil)
  }

  @Test func `A region is read from the page around a report whose title has none`() throws {
    var sheet = Sheet()
    sheet.title = "云桥镇人民政府2023年政府信息公开工作年度报告"
    let report = try #require(recognise(sheet.document(.lines)).report)
    #expect(report.unit == "云桥镇人民政府")
    #expect(report.region == "青石县")
  }
}
