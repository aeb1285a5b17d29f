import Documents
import Forms
import Reports
import Testing

@testable import Recognition

/// Words of a head replaced in one table, in any layout.
private func document(
  _ sheet: Sheet, _ layout: Sheet.Layout, table number: Int, replacing words: [String: String]
) -> Document {
  let mark = layout == .bars ? " | " : "\t"
  var document = sheet.document(layout)
  var current = 0
  for (index, block) in document.blocks.enumerated() {
    switch block {
    case .paragraph(let paragraph):
      if let section = Outline.section(Fold.fold(paragraph.text), certain: true)?.section {
        current = section.rawValue
      }
      guard current == number else { continue }
      let fields = paragraph.text.split(separator: mark, omittingEmptySubsequences: false).map {
        let field = String($0)
        let isLast = field.hasSuffix(" |")
        let bare = isLast ? String(field.dropLast(2)) : field
        return (words[bare] ?? bare) + (isLast ? " |" : "")
      }
      document.blocks[index] = .paragraph(
        Paragraph(text: fields.joined(separator: mark), place: paragraph.place))
    case .table(let table):
      guard current == number else { continue }
      let cells = table.cells.map {
        GridCell(
          row: $0.row, column: $0.column, rowSpan: $0.rowSpan, columnSpan: $0.columnSpan,
          text: words[$0.text] ?? $0.text)
      }
      document.blocks[index] = .table(
        Table(
          rowCount: table.rowCount, columnCount: table.columnCount, cells: cells,
          place: table.place))
    case .picture: break
    }
  }
  return document
}

@Suite struct `Heads of tables` {
  @Test(arguments: cases("heads"), Sheet.Layout.allCases)
  func `Words of a head in another order than the columns make just these columns doubtful`(
    row: [String], layout: Sheet.Layout
  ) throws {
    let words = Dictionary(
      uniqueKeysWithValues: zip(
        row[1].split(separator: " ").map(String.init), row[2].split(separator: " ").map(String.init)
      ))
    let table = try #require(Int(row[0]))
    let sheet = Sheet()
    let report = try #require(
      recognise(document(sheet, layout, table: table, replacing: words)).report)
    // A grid tells the column of every label, so that those between two others are known to be in place.
    let doubted = layout == .grids && row[4] != "=" ? row[4] : row[3]
    let names = Set(doubted.split(separator: " ").map(String.init))
    let doubtful = report.cells.keys.filter { key in
      guard key.table.rawValue == table else { return false }
      return names == ["*"]
        || names.contains(String(key.column))
          && (key.column != "decisions" || doubted == "decisions")
        || names.contains(String(key.row))
    }
    #expect(report.uncertain == Set(doubtful), "\(row[5]): \(report.doubts)")
    #expect(
      report.doubts.allSatisfy { [.headOrder, .otherMeaning].contains($0.reason) }, "\(row[5])")
    for (key, value) in sheet.figures { #expect(report.cells[key]?.raw == value) }
  }

  @Test(arguments: cases("count-units"))
  func `Counts are vouched for only where the document counts single ones`(row: [String]) throws {
    let table = try #require(Int(row[0]))
    for layout in Sheet.Layout.allCases {
      let sheet = Sheet()
      let report = try #require(
        recognise(document(sheet, layout, table: table, replacing: [row[1]: row[2]])).report)
      let counts = sheet.figures.keys.filter {
        $0.table.rawValue == table && [.count, .signedCount].contains($0.kind)
      }
      let doubted = Set(report.doubts.filter { $0.reason == .otherUnit }.flatMap(\.cells))
      #expect(doubted == (row[3] == "yes" ? [] : Set(counts)), "\(layout): \(row[4])")
    }
  }

  @Test(arguments: cases("fee-units"))
  func `A figure is vouched for only in the unit that the document gives`(row: [String]) throws {
    for layout in Sheet.Layout.allCases {
      var sheet = Sheet()
      let key = try #require(CellKey("t2.fee.amount_wan"))
      sheet.figures[key] = row[1]
      let words = ["本年收费金额（单位：万元）": row[0]]
      let report = try #require(
        recognise(document(sheet, layout, table: 2, replacing: words)).report)
      #expect(report.uncertain == (row[2] == "yes" ? [] : [key]), "\(layout): \(row[3])")
      #expect(report.cells[key]?.raw == row[1], "\(layout): \(row[3])")
    }
  }
}

@Suite struct `Corrections in the text` {
  @Test(arguments: cases("errata"), Sheet.Layout.allCases)
  func `Rows that the text corrects are not vouched for`(row: [String], layout: Sheet.Layout) throws
  {
    var sheet = Sheet()
    sheet.other += row[0]
    let report = try #require(recognise(sheet.document(layout)).report)
    let names = Set(row[1].split(separator: " ").map(String.init))
    let owed = sheet.figures.keys.filter { names == ["*"] || names.contains(String($0.row)) }
    #expect(report.uncertain == Set(owed), "\(row[2]): \(report.doubts)")
    #expect(report.doubts.allSatisfy { $0.reason == .corrected && !$0.quote.isEmpty }, "\(row[2])")
    for (key, value) in sheet.figures { #expect(report.cells[key]?.raw == value) }
  }
}

@Suite struct `Two reports in one file` {
  private func lines(_ sheet: Sheet) -> [String] {
    sheet.text(.lines).split(separator: "\n").map(String.init)
  }

  @Test func `A second report of another unit is told, and no figure is vouched for`() throws {
    let sheet = Sheet()
    var other = Sheet(seed: 57)
    other.title = "青石县水利局2023年政府信息公开工作年度报告"
    let report = try #require(recognise(document(lines(sheet) + lines(other))).report)
    #expect(report.structure.furtherReports?.map(\.title) == [other.title])
    #expect(report.uncertain == Set(report.cells.keys))
  }

  @Test func `A second report of another year is told`() throws {
    let sheet = Sheet()
    var other = Sheet(seed: 57)
    other.title = sheet.title.replacingOccurrences("2023", "2022")
    let report = try #require(recognise(document(lines(other) + lines(sheet))).report)
    #expect(report.structure.furtherReports?.map(\.title) == [sheet.title])
    #expect(report.uncertain == Set(report.cells.keys))
  }

  @Test func `A second report without tables is told`() throws {
    let sheet = Sheet()
    var other = Sheet()
    other.title = "青石县水利局2023年政府信息公开工作年度报告"
    other.tables = []
    var text = lines(other)
    text.insert(
      contentsOf: [
        "二、主动公开政府信息情况", "全年主动公开政府信息若干，内容涉及水利工程、防汛抗旱、水资源管理等方面，具体数字见所附图片。",
      ], at: 5)
    let report = try #require(recognise(document(text + lines(sheet))).report)
    #expect(report.structure.furtherReports?.map(\.title) == [sheet.title])
    #expect(report.uncertain == Set(report.cells.keys))
  }

  @Test func `The same report twice with the same figures is one`() throws {
    let sheet = Sheet()
    let report = try #require(recognise(document(lines(sheet) + lines(sheet))).report)
    #expect(report.structure.furtherReports == nil)
    #expect(report.uncertain.isEmpty, "\(report.doubts)")
  }

  @Test func `The same report twice with another figure doubts that figure`() throws {
    let sheet = Sheet()
    var other = sheet
    let key = try #require(CellKey("t3.granted.natural"))
    other.figures[key] = "4711"
    let report = try #require(recognise(document(lines(sheet) + lines(other))).report)
    #expect(report.structure.furtherReports == nil)
    #expect(report.uncertain == [key])
    #expect(report.doubts.map(\.reason) == [.toldTwice])
  }

  @Test(arguments: [true, false])
  func `Links to the reports of other years are no reports`(inFront: Bool) throws {
    let sheet = Sheet()
    let links = (2019...2022).map { "青石县云桥镇人民政府\($0)年政府信息公开工作年度报告" }
    let text = inFront ? links + lines(sheet) : lines(sheet) + links
    let report = try #require(recognise(document(text)).report)
    #expect(report.structure.furtherReports == nil)
    #expect(report.uncertain.isEmpty)
    #expect(report.year == 2023)
  }

  @Test func `A cover with last year's title and a list of contents is no report`() throws {
    let sheet = Sheet()
    let contents = Section.allCases.map { "\($0.numeral)、\($0.title.official)" }
    let cover = [sheet.title.replacingOccurrences("2023", "2022")] + contents
    let report = try #require(recognise(document(cover + lines(sheet))).report)
    #expect(report.structure.furtherReports == nil)
    #expect(report.uncertain.isEmpty)
  }
}

@Suite struct `Explaining how a report was read` {
  @Test(arguments: Sheet.Layout.allCases)
  func `Every cell of a report is told with the row and the field it came from`(
    layout: Sheet.Layout
  ) throws {
    let sheet = Sheet()
    let report = try #require(
      recognise(sheet.document(layout), explaining: true).report)
    let explanation = try #require(report.explanation)
    let fields = explanation.rows.flatMap(\.fields)
    let told = fields.compactMap(\.cell)
    #expect(told.count == Set(told).count)
    #expect(Set(told) == Set(report.cells.keys))
    for field in fields {
      if let cell = field.cell { #expect(field.text == sheet.figures[cell]) }
    }
    for row in explanation.rows where row.row != nil {
      #expect(row.match == .exact && row.similarity == 1, "\(row)")
      #expect(row.fields.allSatisfy { $0.cell.map { String($0.row) } == row.row })
    }
  }

  @Test func `A misspelt row and a row on no form are told as such`() throws {
    var sheet = Sheet()
    sheet.spelling["4.保护第三方合法权益"] = "4.保护第三方合发权益"
    var lines = sheet.text(.lines).split(separator: "\n").map(String.init)
    let index = try #require(lines.firstIndex { $0.hasPrefix("4.无正当理由") })
    lines.insert(contentsOf: ["9.其他情形的自拟栏目", "1", "2", "3", "4", "5", "6", "21"], at: index)
    let report = try #require(recognise(document(lines), explaining: true).report)
    let rows = try #require(report.explanation?.rows)
    let misspelt = try #require(rows.first { $0.row == "deny_third_party" })
    #expect(misspelt.match == .similar)
    #expect(misspelt.similarity > 0.8 && misspelt.similarity < 1)
    let unknown = try #require(rows.first { $0.match == .none })
    #expect(unknown.label == "9.其他情形的自拟栏目")
    #expect(unknown.fields.count == 7 && unknown.fields.allSatisfy { $0.cell == nil })
  }

  @Test func `Nobody who did not ask gets an explanation`() throws {
    #expect(recognise(Sheet().document(.lines)).report?.explanation == nil)
  }
}
