import Documents
import Forms
import Recognition
import Reports
import Testing

/// Tables that follow neither form as a whole.
@Suite struct `Hybrids` {
  /// A report whose table 2 has these lines.
  private func report(
    _ sheet: Sheet, _ layout: Sheet.Layout, table2 rows: [[String]]
  ) throws -> Report {
    let mark = layout == .tabs ? "\t" : " | "
    var lines = sheet.text(layout).split(separator: "\n").map(String.init)
    let start = try #require(lines.firstIndex { $0.hasPrefix("二、") }) + 1
    let end = try #require(lines.firstIndex { $0.hasPrefix("三、收到") })
    let printed = rows.flatMap { row in
      layout == .lines
        ? row.filter { !$0.isEmpty } : [row.joined(separator: mark) + (layout == .bars ? " |" : "")]
    }
    lines.replaceSubrange(start..<end, with: printed)
    return try #require(recognise(document(lines)).report)
  }

  private func sheet(_ two: Template, _ three: Template) -> Sheet {
    var sheet = Sheet()
    sheet.tables = [.of(.two, two), .of(.three, three), .table4]
    sheet.figures = Sheet.distinct([.table2of2019, .table2of2021, .of(.three, three), .table4])
    return sheet
  }

  /// The lines of each block of a table 2: caption, head, rows.
  private func blocks(_ sheet: Sheet, _ template: Template) -> [[[String]]] {
    let table = FormTable.of(.two, template)
    var rows = sheet.rows(table)[...]
    return table.blocks.map { block in
      let count = 2 + block.rows.count
      defer { rows = rows.dropFirst(count) }
      return Array(rows.prefix(count))
    }
  }

  @Test(arguments: Template.allCases, Template.allCases)
  func `Each table is read by its own form`(two: Template, three: Template) throws {
    for layout in Sheet.Layout.allCases {
      let sheet = sheet(two, three)
      let report = try #require(recognise(sheet.document(layout)).report)
      #expect(report.template.two?.rawValue == two.rawValue, "\(layout)")
      #expect(report.template.three == three, "\(layout)")
      #expect(Set(report.cells.keys) == Set(sheet.tables.flatMap(\.cells)), "\(layout)")
      #expect(report.uncertain.isEmpty, "\(layout): \(report.doubts)")
      #expect(wrong(report, against: sheet.figures).isEmpty)
    }
  }

  @Test(arguments: [Sheet.Layout.lines, .bars, .tabs], Template.allCases)
  func `Each block of table 2 is read by its own form`(
    layout: Sheet.Layout, first: Template
  ) throws {
    let second: Template = first == .v2019 ? .v2021 : .v2019
    let sheet = sheet(first, .v2021)
    for count in 1...3 {
      let rows = Array(
        (blocks(sheet, first).prefix(count) + blocks(sheet, second).dropFirst(count)).joined())
      let report = try report(sheet, layout, table2: rows)
      let expected =
        FormTable.of(.two, first).blocks.prefix(count).flatMap(\.cells)
        + FormTable.of(.two, second).blocks.dropFirst(count).flatMap(\.cells)
      #expect(report.template.two == .mixed)
      #expect(report.uncertain.isEmpty, "\(count): \(report.doubts)")
      for key in expected { #expect(report.cells[key]?.raw == sheet.figures[key], "\(key)") }
      #expect(wrong(report, against: sheet.figures).isEmpty)
    }
  }

  @Test(arguments: [Sheet.Layout.lines, .bars, .tabs], Template.allCases)
  func `Where only some blocks are there the rest is missing, not zero`(
    layout: Sheet.Layout, template: Template
  ) throws {
    let sheet = sheet(template, .v2021)
    let blocks = blocks(sheet, template)
    for (number, block) in FormTable.of(.two, template).blocks.enumerated() {
      let report = try report(sheet, layout, table2: blocks[number])
      #expect(report.template.two?.rawValue == template.rawValue, "\(number)")
      for key in block.cells {
        #expect(report.cells[key]?.raw == sheet.figures[key], "\(number): \(key)")
        #expect(!report.uncertain.contains(key), "\(number): \(key) \(report.doubts)")
      }
      for (key, cell) in report.cells where key.table == .two && !block.cells.contains(key) {
        #expect(cell == .blank && report.uncertain.contains(key), "\(number): \(key)")
      }
    }
  }

  @Test(arguments: [Sheet.Layout.lines, .bars, .tabs], Template.allCases)
  func `Rows of a block in another order keep their figures`(
    layout: Sheet.Layout, template: Template
  ) throws {
    let sheet = sheet(template, .v2021)
    let rows = blocks(sheet, template).flatMap { $0.prefix(2) + $0.dropFirst(2).reversed() }
    let report = try report(sheet, layout, table2: rows)
    #expect(wrong(report, against: sheet.figures).isEmpty)
    for key in FormTable.of(.two, template).cells {
      #expect(
        report.cells[key]?.raw == sheet.figures[key] || report.uncertain.contains(key), "\(key)")
    }
  }

  @Test(arguments: [Sheet.Layout.lines, .bars, .tabs], [3, 7])
  func `A column of subtotals among the applicants takes no cell unseen`(
    layout: Sheet.Layout, position: Int
  ) throws {
    let sheet = Sheet()
    let mark = layout == .tabs ? "\t" : layout == .bars ? " | " : "\n"
    var lines = sheet.text(.tabs).split(separator: "\n").map(String.init)
    let rows = FormTable.table3of2021.blocks[0].rows.compactMap(\.label?.official)
    lines = lines.map { line in
      var fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      if fields.count == 8, rows.contains(fields[0]) {
        fields.insert(String(fields[2...6].compactMap { Int($0) }.reduce(0, +)), at: position)
      } else if fields.first == "商业企业" {
        fields.insert("小计", at: min(fields.count, position - 1))
      }
      return fields.count == 1 ? line : fields.joined(separator: mark)
    }
    let report = try #require(recognise(document(lines)).report)
    #expect(wrong(report, against: sheet.figures).isEmpty)
    for key in FormTable.table3of2021.cells { #expect(report.uncertain.contains(key), "\(key)") }
  }
}
