import Forms
import Reports
import Testing

@testable import Checking

/// The whole answer to a report with something changed: every finding, in order. `id?` is not assessable.
@Suite struct TheCatalogue {
  static let table = cases("findings.tsv", columns: 4)
  static let documented = cases("catalogue.tsv", columns: 3)

  @Test(arguments: table)
  func `a change in a consistent report gives these findings and no others`(row: [String]) {
    let (edits, expected, reason) = (row[1], row[2], row[3])
    let scenario = Scenario(edits)
    let found = check(scenario.report, in: scenario.context).map { finding in
      finding.check + (finding.status == .fail ? "" : "?")
    }
    #expect(
      found.joined(separator: " ") == (expected == "-" ? "" : expected), "\(reason): \(edits)")
  }

  @Test(arguments: documented)
  func `every check of the catalogue has a case that fails and one that passes`(row: [String]) {
    let (id, severity) = (row[0], row[1])
    // Those that need other reports have tables of their own: across.tsv.
    guard row[2] != "journal" else { return }
    let family = String(id.prefix { $0 != "{" })
    let about = Self.table.filter { $0[0] == id }
    func names(_ row: [String]) -> Bool {
      row[2].split(separator: " ").contains { $0 == id || (id != family && $0.hasPrefix(family)) }
    }
    #expect(about.contains(where: names), "no failing case for \(id)")
    #expect(
      about.contains { row in !row[2].split(separator: " ").contains { $0.hasPrefix(family) } },
      "no passing case for \(id)")
    for row in about {
      let scenario = Scenario(row[1])
      for finding in check(scenario.report, in: scenario.context)
      where finding.check == id || (id != family && finding.check.hasPrefix(family)) {
        #expect(
          severity.split(separator: ",").contains { $0 == finding.severity.rawValue }, "\(id)")
      }
    }
  }

  @Test func `the checks in code are those of the catalogue`() {
    #expect(Set(Rule.all.map(\.id)) == Set(Self.documented.map { $0[0] }))
    for row in Self.documented {
      let severities = Set(Rule.all.filter { $0.id == row[0] }.map(\.severity.rawValue))
      #expect(
        severities.isSubset(of: Set(row[1].split(separator: ",").map(String.init))), "\(row[0])")
    }
  }

  @Test(arguments: table)
  func `every message is one a person can read, in either language`(row: [String]) {
    var scenario = Scenario(row[1])
    func isChinese(_ scalar: Unicode.Scalar) -> Bool { (0x4E00...0x9FFF).contains(scalar.value) }
    for finding in check(scenario.report, in: scenario.context) {
      #expect(finding.message.hasSuffix("。"), "\(finding.message)")
      #expect(finding.message.unicodeScalars.filter(isChinese).count >= 10, "\(finding.message)")
      #expect(!finding.message.contains("t3."), "\(finding.message)")
    }
    let chinese = check(scenario.report, in: scenario.context).map(\.check)
    scenario.context.language = .english
    let english = check(scenario.report, in: scenario.context)
    #expect(english.map(\.check) == chinese)
    for finding in english {
      #expect(finding.message.hasSuffix("."), "\(finding.message)")
      #expect(!finding.message.contains("。"), "\(finding.message)")
    }
  }

  @Test func `the same report gives the same findings`() {
    for row in Self.table {
      let scenario = Scenario(row[1])
      #expect(
        check(scenario.report, in: scenario.context) == check(scenario.report, in: scenario.context)
      )
    }
  }

  @Test func `on a scan nobody is told to mend a cell that may have been misread`() {
    let text = check(Scenario("count3.granted=4 0 4").report)
    #expect(text.contains { $0.check == "FMT-CELL-COUNT" && $0.severity == .error })
    let scan = check(Scenario("count3.granted=4 0 4 ; remark=optically_read").report)
    #expect(scan.contains { $0.check == "FMT-CELL-COUNT" && $0.severity == .warning })
    #expect(!scan.contains { $0.severity == .error && !$0.cells.isEmpty })
  }
}
