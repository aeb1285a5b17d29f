import Journal
import Reports
import Roster
import Testing

@testable import Collection

struct StandingTests {
  @Test(arguments: cases("standing.tsv", columns: 10))
  func `How a unit stands on a day`(_ row: [String]) throws {
    let due = row[2] == "-" ? "" : row[2]
    let roster = try roster(["青檀坞镇人民政府,霁原县,\(row[1]),,\(due)"])
    let versions = list(row[4]).map { $0.split(separator: ":").map(String.init) }
    let chains = VersionChain.all(
      try versions.enumerated().map { place, fields in
        Filed(
          arrival: try #require(Int(fields[0])), unit: "青檀坞镇人民政府", region: "霁原县",
          kind: row[1] == "level" ? .level : .own, year: 2023,
          outcome: try #require(Outcome(rawValue: fields[1])), received: noon(fields[2]),
          version: place + 1,
          supersededBy: place + 1 < versions.count ? Int(versions[place + 1][0]) : nil)
      })
    let standing = RosterStanding(
      year: 2023, today: try #require(CalendarDate(row[3])), roster: roster, chains: chains)
    let unit = try #require(standing.units.first)
    #expect(unit.state.rawValue == row[5], "\(row[0])")
    #expect((unit.isLate ? "yes" : "no") == row[6], "\(row[0])")
    #expect((unit.isDueSoon ? "yes" : "no") == row[7], "\(row[0])")
    #expect((unit.chain?.standing.map { "\($0.arrival)" } ?? "-") == row[8], "\(row[0])")
    #expect((unit.mustMend ? "yes" : "no") == row[9], "\(row[0])")
    #expect(standing.unexpected.isEmpty)
  }

  @Test(arguments: cases("membership.tsv", columns: 9))
  func `Which reports add up`(_ row: [String]) throws {
    let roster = try roster(list(row[1]))
    let filed = try list(row[2]).enumerated().map { number, line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      return Filed(
        arrival: number + 1, unit: fields[0], region: fields[1].isEmpty ? nil : fields[1],
        kind: Report.Kind(rawValue: fields[2]), year: 2023,
        outcome: try #require(Outcome(rawValue: fields[3])), received: noon("2024-01-20"))
    }
    let standing = RosterStanding(
      year: 2023, today: try #require(CalendarDate("2024-02-01")), roster: roster,
      chains: VersionChain.all(filed))
    let membership = Membership(
      standing, region: row[3] == "-" ? nil : row[3], hasRoster: roster != nil)
    #expect(membership.members.map(\.unit) == list(row[4]), "\(row[0])")
    #expect(membership.missing.map(\.unit) == list(row[5]), "\(row[0])")
    #expect(membership.returned.map(\.unit) == list(row[6]), "\(row[0])")
    #expect(membership.wholes.map(\.unit) == list(row[7]), "\(row[0])")
    #expect(membership.unexpected.map(\.unit) == list(row[8]), "\(row[0])")
  }

  /// Each level was held against every region once: minutes, for a country, while the daemon did nothing else.
  @Test(.timeLimit(.minutes(1)))
  func `A country's levels are told apart from what their organs add up to`() throws {
    // So many that each against each takes two minutes.
    let stems = "霁槿蘅芷黛砚珞暮汀霖桫翊岫渚屏泽峤陂青白".map(String.init)
    let counties = stems.flatMap { a in stems.flatMap { b in stems.map { "\(a)\(b)\($0)县" } } }
    // Of every second county only the level files.
    let lines = counties.enumerated().flatMap { number, county in
      ["\(county)人民政府,\(county),level"]
        + (number.isMultiple(of: 2) ? ["\(county)水务局,\(county),department"] : [])
    }
    let filed = counties.enumerated().map { number, county in
      Filed(
        arrival: number + 1, unit: "\(county)人民政府", region: county, kind: .level, year: 2023,
        outcome: .accepted, received: noon("2024-01-20"))
    }
    let standing = RosterStanding(
      year: 2023, today: try #require(CalendarDate("2024-02-01")), roster: try roster(lines),
      chains: VersionChain.all(filed))
    let membership = Membership(standing, region: nil, hasRoster: true)
    #expect(membership.wholes.count == (counties.count + 1) / 2)
    #expect(membership.members.count == counties.count / 2)
    #expect(membership.missing.count == (counties.count + 1) / 2)
  }

  @Test func `Versions are followed to the newest, whatever was judged first`() {
    func version(_ arrival: Int, by newer: Int?) -> Filed {
      Filed(
        arrival: arrival, unit: "甲局", region: nil, kind: .own, year: 2023, outcome: .accepted,
        received: noon("2024-01-20"), supersededBy: newer)
    }
    let chains = VersionChain.all([
      version(1, by: 3), version(2, by: nil), version(3, by: 6), version(4, by: 6),
      version(6, by: nil),
    ])
    #expect(chains.map { $0.versions.map(\.arrival) } == [[2], [1, 3, 4, 6]])
  }

  @Test func `A version overtaken by what is not among them stands where that would stand`() {
    func version(_ arrival: Int, by newer: Int?) -> Filed {
      Filed(
        arrival: arrival, unit: "甲局", region: nil, kind: .own, year: 2023, outcome: .accepted,
        received: noon("2024-01-20"), supersededBy: newer)
    }
    let chains = VersionChain.all([
      version(5, by: 9), version(1, by: 4), version(2, by: 4), version(6, by: nil),
    ])
    #expect(chains.map { $0.versions.map(\.arrival) } == [[1, 2], [6], [5]])
  }
}
