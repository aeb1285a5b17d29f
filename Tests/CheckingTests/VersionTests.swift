import Checking
import Forms
import Reports
import Testing

@Suite struct Versions {
  static let day = CalendarDate(year: 2024, month: 1, day: 20)

  @Test func `another version names the earlier one and what changed`() throws {
    let day = try #require(Self.day)
    var later = consistent()
    later.cells[key("t3.granted.natural")] = .number(5)
    later.cells[key("t2.license.decisions")] = .blank
    later.cells[key("t2.fee.amount_wan")] = Cell(class: .number, number: Figure("0.0"), raw: "0.0")
    let finding = otherVersion(
      of: later, than: consistent(), arrival: 17, received: day, language: .chinese)
    #expect(finding.check == "DUP-OTHER-VERSION")
    #expect(finding.severity == .warning && finding.status == .fail)
    #expect(finding.cells == [key("t2.license.decisions"), key("t3.granted.natural")])
    #expect(finding.found == "17")
    #expect(finding.message.contains("2024-01-20") && finding.message.contains("2 格"))
  }

  @Test func `the same tables in another text are said to be the same`() throws {
    let day = try #require(Self.day)
    let finding = otherVersion(
      of: consistent(), than: consistent(), arrival: 17, received: day, language: .english)
    #expect(finding.cells.isEmpty)
    #expect(finding.message.contains("no figure of the tables differs"))
  }

  @Test(arguments: Outcome.allCases, Language.allCases)
  func `a file handled before is answered with number, date and outcome`(
    outcome: Outcome, language: Language
  ) throws {
    let day = try #require(Self.day)
    let finding = sameFile(arrival: 17, received: day, outcome: outcome, language: language)
    #expect(finding.check == "DUP-SAME-FILE" && finding.severity == .info)
    #expect(finding.message.contains("17") && finding.message.contains("2024-01-20"))
    if outcome == .returned {
      // To return a report and say that it need not be sent again would be wrong.
      #expect(finding.message.contains(language == .chinese ? "改正后" : "correct"))
      #expect(!finding.message.contains("无需再报") && !finding.message.contains("need not"))
    }
  }
}
