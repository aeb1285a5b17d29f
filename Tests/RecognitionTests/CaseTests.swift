import Documents
import Forms
import Reports
import Testing

@testable import Recognition

@Suite struct `Cases, each with its reason` {
  private static let kinds: [String: ValueKind] = [
    "count": .count, "signed": .signedCount, "wan": .moneyInTenThousand, "any": .moneyOfAnyUnit,
  ]

  @Test(arguments: cases("cells"))
  func `A cell is what it says`(row: [String]) throws {
    let raw = Fold.trimmed(row[0][...])
    let kind = try #require(Self.kinds[row[1]])
    let (cell, doubt) = FieldValue(raw).cell(raw: String(raw), kind: kind, place: "")
    #expect(cell.class.rawValue == row[2], "\(row[5])")
    #expect(cell.number?.description ?? "-" == row[3], "\(row[5])")
    #expect(doubt?.rawValue ?? "-" == row[4], "\(row[5])")
    #expect(cell.raw == String(raw))
  }

  @Test(arguments: cases("titles"))
  func `A title tells unit, year, region and kind`(row: [String]) throws {
    var sheet = Sheet()
    sheet.overview = "本单位按照要求开展政府信息公开工作，成效明显。"
    var lines = sheet.text(.lines).split(separator: "\n").map(String.init)
    lines.removeSubrange(0..<3)
    lines.removeLast(2)
    lines.insert(contentsOf: row[0].split(separator: "\n").map(String.init), at: 0)
    let report = try #require(recognise(document(lines)).report)
    #expect(report.unit ?? "-" == row[1], "\(row[5])")
    #expect(report.year.map(String.init) ?? "-" == row[2], "\(row[5])")
    #expect(report.region ?? "-" == row[3], "\(row[5])")
    #expect(report.kind?.rawValue ?? "-" == row[4], "\(row[5])")
  }

  @Test(arguments: cases("dates"))
  func `The date of publication is the best one told`(row: [String]) throws {
    var sheet = Sheet()
    sheet.overview = "本单位按照要求开展政府信息公开工作，成效明显。"
    var lines = sheet.text(.lines).split(separator: "\n").map(String.init)
    lines[2] = row[0]
    lines.insert(contentsOf: row[1].split(separator: "\n").map(String.init), at: lines.count - 2)
    let report = try #require(recognise(document(lines)).report)
    #expect(report.published?.description ?? "-" == row[2], "\(row[3])")
    if report.published != nil {
      #expect(report.evidence.contains { $0.subject == .published && $0.value == row[2] })
    }
  }

  @Test(arguments: cases("headings"))
  func `A heading is known by its words`(row: [String]) {
    let found = Outline.section(Fold.fold(row[0]), certain: false)
    #expect(found.map { String($0.section.rawValue) } ?? "-" == row[1], "\(row[3])")
    #expect(found?.numeral ?? "-" == row[2], "\(row[3])")
  }

  @Test(arguments: cases("feet"))
  func `The foot of a page is no sentence`(row: [String]) {
    #expect(Furniture.isEnd(Fold.fold(row[0])) == (row[1] == "yes"), "\(row[2])")
  }

  @Test(arguments: cases("statements"))
  func `A sentence tells these figures and no others`(row: [String]) throws {
    var sheet = Sheet()
    sheet.overview = row[0]
    let report = try #require(recognise(sheet.document(.lines)).report)
    let told = report.statements.map { statement -> String in
      let value = statement.value.map { "=\($0)" } ?? ""
      return switch statement.subject {
      case .table2: "table2" + value
      case .percent: "percent" + value
      case .result(let kind, let result): "\(kind).\(result)" + value
      default: "\(statement.subject)" + value
      }
    }
    #expect(told.sorted() == row[1].split(separator: " ").map(String.init).sorted(), "\(row[2])")
    #expect(report.statements.allSatisfy { row[0].contains($0.quote) && $0.section == .overview })
  }

  @Test(arguments: cases("labels"))
  func `A label in another spelling is the same row`(row: [String]) throws {
    try #require(row.count == 4, "four columns between tabs: \(row)")
    var sheet = Sheet()
    sheet.spelling[row[0]] = row[1]
    // Outside the macro: it would tell what differs in the whole of both texts, and nothing of the case.
    let isKnown = sheet.text(.lines) != Sheet().text(.lines)
    try #require(isKnown, "\(row[0]) is no label of the form")
    let report = try #require(recognise(sheet.document(.lines)).report)
    #expect(wrong(report, against: sheet.figures).isEmpty, "\(row[3])")
    if row[2] == "yes" {
      #expect(report.uncertain.isEmpty, "\(row[3]): \(report.doubts)")
      #expect(report.cells.values.allSatisfy { $0.class == .number }, "\(row[3])")
    } else {
      #expect(!report.uncertain.isEmpty, "\(row[3])")
    }
  }

  @Test(arguments: cases("refusals"))
  func `A document is a report or is refused by name`(row: [String]) {
    switch recognise(document(row[0])) {
    case .report: #expect(row[1] == "report", "\(row[2])")
    case .refused(let refusal): #expect(refusal.code.rawValue == row[1], "\(row[2])")
    }
  }

  @Test(arguments: [
    "cells", "titles", "dates", "headings", "statements", "labels", "refusals", "bars",
  ])
  func `Every file of cases is there, and every case has its columns`(name: String) {
    let rows = cases(name)
    #expect(rows.count > 10)
    #expect(Set(rows.map(\.count)).count == 1)
  }
}
