import Checking
import Forms
import Reports
import Testing

/// Reports against those of other years and other units.
@Suite struct AcrossReports {
  @Test(arguments: cases("across.tsv", columns: 4))
  func `last year's report has this to say and nothing else`(_ row: [String]) throws {
    let report = Scenario(row[0]).report
    let before: ReportBefore =
      switch row[1] {
      case "missing": .missing
      case "returned": .returned(arrival: 7)
      default: .stands(Scenario(row[1]).report, arrival: 7)
      }
    for language in Language.allCases {
      let findings = acrossYears(report, before: before, language: language)
      let ids = findings.map { $0.check + ($0.status == .fail ? "" : "?") }
      #expect(ids.joined(separator: " ") == (row[2] == "-" ? "" : row[2]), "\(row[3])")
      for finding in findings {
        #expect(isAcrossReports(finding.check))
        #expect(finding.message.hasSuffix(language == .chinese ? "。" : "."))
        if finding.check == "XY-CARRY-total" { #expect(finding.severity == .error) }
        if finding.check == "XY-CARRY-natural" { #expect(finding.severity == .warning) }
      }
    }
  }

  /// A level's figure for one cell, the members' sum and how many of them have a figure there, the members in all, and who
  /// is absent.
  @Test(
    arguments: [
      ("10", "10", 2, 2, [], "", "it adds up"),
      (
        "11", "10", 2, 2, [], "AGG-SUM-t3.new_received.total",
        "more than its members, and all are here"
      ),
      ("11", "10", 2, 2, ["丙局"], "AGG-COMPLETE?", "more than its members, and one is missing"),
      ("9", "10", 2, 2, [], "AGG-BOUND-t3.new_received.total", "less than its members"),
      (
        "9", "10", 2, 2, ["丙局"], "AGG-BOUND-t3.new_received.total AGG-COMPLETE?",
        "less, whoever is missing"
      ),
      ("11", "10", 1, 2, [], "", "a member left it blank: nothing can be said"),
      ("11", "10", 2, 2, nil, "", "nobody has said who the members are"),
      ("9", "10", 2, 2, nil, "AGG-BOUND-t3.new_received.total", "less is less"),
      ("11", "10", 2, 0, [], "", "no members"),
    ] as [(String, String, Int, Int, [String]?, String, String)])
  func `a level's report is compared with the sum over its members`(
    _ own: String, _ sum: String, _ figures: Int, _ members: Int, _ absent: [String]?,
    _ expected: String, _ reason: String
  ) throws {
    var report = Report()
    report.unit = "临山县人民政府"
    report.kind = .level
    report.year = 2023
    let cell = key("t3.new_received.total")
    report.cells[cell] = Cell(class: .number, number: Figure(own), raw: own)
    var sums = CellSums()
    sums.cells[Int(cell.index)].sum.add(try #require(Figure(sum)))
    sums.cells[Int(cell.index)].numbers = figures
    for language in Language.allCases {
      let findings = aggregation(
        report, MemberSums(sums: sums, members: members, absent: absent), language: language)
      let ids = findings.map { $0.check + ($0.status == .fail ? "" : "?") }
      #expect(ids.joined(separator: " ") == expected, "\(reason)")
      for finding in findings {
        let isBound = finding.check.hasPrefix("AGG-BOUND")
        #expect((finding.severity == .error) == isBound)
      }
    }
  }

  @Test func `a table that is nowhere near its members is told in one finding`() {
    var report = consistent()
    report.kind = .level
    var sums = CellSums()
    for key in report.cells.keys {
      sums.cells[Int(key.index)].sum.add(1000, scale: 0)
      sums.cells[Int(key.index)].numbers = 2
    }
    let findings = aggregation(
      report, MemberSums(sums: sums, members: 2, absent: []), language: .chinese)
    #expect(findings.map(\.check) == ["AGG-BOUND"])
    #expect(findings[0].cells.count == 200)
  }

  @Test(arguments: [
    ("-", "-", true), ("t2.penalty.decisions=848.0", "-", true),
    ("t2.penalty.decisions=849", "-", false), ("t2.penalty.decisions=_", "-", false),
    ("t3.carried_in.total=_", "t3.carried_in.total=/", true), ("form=2019", "-", false),
  ])
  func `tables are the same by their figures`(_ a: String, _ b: String, _ isSame: Bool) {
    let (a, b) = (Scenario(a).report, Scenario(b).report)
    #expect(a.hasSameFigures(as: b) == isSame)
    #expect(b.hasSameFigures(as: a) == isSame)
  }
}
