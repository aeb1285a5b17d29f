import Forms
import Foundation
import Reports
import Testing

/// A report goes from the worker to the daemon as JSON, its cells in one text.
@Suite struct ReportCoding {
  private static func sent(_ report: Report) throws -> Report {
    try JSONDecoder().decode(Report.self, from: JSONEncoder().encode(report))
  }

  private static func cell(_ raw: String, _ class: Cell.Class, _ figure: Figure? = nil) -> Cell {
    Cell(class: `class`, number: figure, raw: raw, place: "表格3第4行第2列")
  }

  @Test(arguments: [
    (cell("12", .number, Figure(12)), "printed just so"),
    (cell("１２件", .number, Figure(12)), "printed otherwise"),
    (cell("-0.50", .number, Figure("-0.50")), "sign and trailing zero"),
    (cell("1,234;5~6~c~s,", .number, Figure(1234)), "every separator and the mark before it"),
    (cell("九千亿亿", .number), "a number too large to hold"),
    (cell("", .blank), "blank"), (cell(" \u{3000}", .blank), "blank, with white space"),
    (cell("/", .notApplicable), "not applicable"),
    (cell("见\n附表\t“一”\u{0}\u{1F600}", .text), "lines, tabs, controls, four-byte characters"),
    (cell("", .text), "nothing"),
    (Cell(class: .text, raw: "无", place: nil), "without a place"),
    (Cell(class: .text, raw: "无", place: ""), "with an empty place"),
    (Cell(class: .text, raw: "无", place: "第1行,第2列;~"), "a place with separators"),
  ])
  func `a cell comes out as it went in`(cell: Cell, reason: String) throws {
    var report = Report()
    report.cells = [try #require(CellKey("t4.review.total")): cell]
    #expect(try Self.sent(report) == report, "\(reason)")
  }

  @Test func `a whole report comes out as it went in`() throws {
    var report = Report()
    #expect(try Self.sent(report) == report)
    report.title = "二〇二三年度报告"
    report.unit = "长乐镇人民政府"
    report.region = "嵊州市"
    report.kind = .own
    report.year = 2023
    report.published = CalendarDate("2024-01-12")
    report.template.two = .mixed
    report.template.three = .v2019
    report.template.four = .v2021
    for (number, key) in CellKey.all.enumerated() {
      report.cells[key] = number.isMultiple(of: 7) ? .blank : .number(number)
    }
    report.uncertain = [CellKey.all[3]]
    report.doubts = [Doubt(reason: .ambiguous, cells: [CellKey.all[3]], quote: "3 4")]
    report.structure.endsEarly = true
    report.evidence = [Evidence(subject: .unit, source: .title, value: "长乐镇", quote: "长乐镇")]
    report.statements = [
      Statement(subject: .table2(CellKey.all[0]), value: Figure(3), quote: "3 件", section: nil)
    ]
    report.explanation = Explanation()
    #expect(try Self.sent(report) == report)
  }

  /// The worker is not trusted: what it says in another notation is no report.
  @Test(arguments: [
    "x", "t4.review.total;", "t4.review.total,=,12", "t4.review.total,=,x;",
    "t4.review.total,n1x,1;", "t4.review.total,b1,;", "t4.review.total,q,;", "t4.review.none,b,;",
    "t4.review.total,b,;t4.review.total,b,;", "t4.review.total,t,~x;", "t4.review.total,t,~;",
    "t4.review.total,b,,,;", ";",
  ])
  func `other notations are refused`(cells: String) throws {
    let json = try JSONEncoder().encode(Report())
    var object = try #require(JSONSerialization.jsonObject(with: json) as? [String: Any])
    object["cells"] = ""
    _ = try JSONDecoder().decode(
      Report.self, from: JSONSerialization.data(withJSONObject: object))
    object["cells"] = cells
    let other = try JSONSerialization.data(withJSONObject: object)
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(Report.self, from: other) }
  }
}
