import Reports
import Roster
import Testing

@Suite struct Matching {
  static let roster = try? Roster(csv: dataFile("roster.csv"))

  @Test(arguments: cases("matching.tsv", columns: 5))
  func `a report's unit is matched as an office would match it`(row: [String]) throws {
    let roster = try #require(Self.roster)
    let (unit, region, expected, how, reason) = (row[0], row[1], row[2], row[3], row[4])
    switch roster.match(unit: unit, region: region == "-" ? nil : region) {
    case .matched(let match):
      #expect("\(match.entry.region)/\(match.entry.unit)" == expected, "\(reason)")
      switch match.how {
      case .exact: #expect(how == "exact", "\(reason)")
      case .spelling: #expect(how == "spelling", "\(reason)")
      case .alias(let alias): #expect(how == "alias:\(alias)", "\(reason)")
      case .behind(let front): #expect(how == "behind:\(front)", "\(reason)")
      }
    case .ambiguous(let entries):
      #expect(expected == "ambiguous", "\(reason)")
      #expect(entries.count == Int(how))
    case .unknown: #expect(expected == "unknown", "\(reason)")
    }
  }

  @Test(arguments: cases("likeness.tsv", columns: 4))
  func `names of one document agree or contradict each other`(row: [String]) {
    #expect(NameLikeness.canBeOne(row[0], row[1]) == (row[2] == "one"), "\(row[3])")
    #expect(NameLikeness.canBeOne(row[1], row[0]) == (row[2] == "one"), "\(row[3])")
  }

  @Test(arguments: [
    ("嵊州市", "长乐镇人民政府", "2024-01-31"), ("嵊州市", "嵊州市人民政府", "2024-03-31"),
    ("嵊州市", "发展和改革局", "2024-01-26"), ("嵊州市", "三江街道办事处", "2024-01-31"),
  ])
  func `a report is due in the year after the one it reports on`(
    region: String, unit: String, due: String
  ) throws {
    let roster = try #require(Self.roster)
    let entry = try #require(roster.entries.first { $0.unit == unit && $0.region == region })
    #expect(entry.due(forReportYear: 2023)?.description == due)
  }
}
