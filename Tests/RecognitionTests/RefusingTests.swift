import Documents
import Forms
import Reports
import Testing

@testable import Recognition

/// Pages of other kinds, and reports in poor shape: which are reports, and by what name the others are refused.
///
/// In a case `{3}` stands for the lines of table 3 with figures, `{3|}` for its rows with bars, `{3-}` for its labels
/// alone, `{3:12}` for its first twelve rows; `{report TITLE}` for a whole report.
@Suite struct `What is a report and what is none` {
  private static func expanded(_ page: String) -> String {
    var result = ""
    var rest = page[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      result += rest[..<open] + text(of: rest[rest.index(after: open)..<close])
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }

  private static func text(of macro: Substring) -> String {
    var sheet = Sheet()
    if macro.hasPrefix("report ") {
      sheet.title = String(macro.dropFirst(7))
      return sheet.text(.lines)
    }
    guard let number = macro.first?.wholeNumberValue, let table = TableNumber(rawValue: number)
    else { return String(macro) }
    if macro.hasSuffix("-") { sheet.figures = [:] }
    var rows = sheet.rows(FormTable.of(table, .v2021))
    if let colon = macro.firstIndex(of: ":"),
      let count = Int(macro[macro.index(after: colon)...])
    {
      rows = Array(rows.prefix(count))
    }
    let lines =
      macro.hasSuffix("|")
      ? rows.map { $0.joined(separator: " | ") + " |" } : rows.flatMap { $0 }
    return lines.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  @Test(arguments: cases("pages"))
  func `A page is what it is`(row: [String]) {
    let hints = Hints(fileName: row[2] == "-" ? nil : row[2])
    switch recognise(document(Self.expanded(row[0])), hints: hints) {
    case .report: #expect(row[1] == "report", "\(row[3])")
    case .refused(let refusal): #expect(refusal.code.rawValue == row[1], "\(row[3])")
    }
  }

  @Test func `There are pages of every kind`() {
    let rows = cases("pages")
    #expect(rows.count >= 70 && rows.allSatisfy { $0.count == 4 })
    #expect(
      Set(rows.map { $0[1] })
        == ["report", "not_a_report", "no_national_template", "blank_form"])
  }
}
