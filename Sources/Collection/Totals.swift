public import Forms
public import Journal
public import Reports
public import Roster

/// The three tables of many reports, added up, with everything that is not in them.
public struct Totals: Sendable {
  /// The report year.
  public let year: Int
  /// `nil`: everything that is collected.
  public let region: String?
  public let membership: Membership
  public let sums: CellSums
  /// Whether the office has said who must report. Without that nobody can be missing.
  public let hasRoster: Bool

  /// A member with cells that could not be added.
  public struct Gap: Sendable, Hashable {
    public let member: Membership.Member
    public let gaps: CellSums.Gaps
  }

  /// In the order of arrival.
  public let gaps: [Gap]
  /// Of the members, in their order.
  public private(set) var arrivals: [Int] = []
  private var followed = Followed()

  /// How many members follow the form of 2019 and that of 2021, in the tables that have two.
  private struct Followed {
    var two = (v2019: 0, v2021: 0)
    var three = (v2019: 0, v2021: 0)

    mutating func count(_ report: Filed) {
      switch report.table2 {
      case .v2019: two.v2019 += 1
      case .v2021: two.v2021 += 1
      case .mixed, nil: break
      }
      switch report.table3 {
      case .v2019: three.v2019 += 1
      case .v2021: three.v2021 += 1
      case nil: break
      }
    }
  }

  public init(
    year: Int, region: String?, membership: Membership, sums: CellSums, hasRoster: Bool
  ) {
    self.year = year
    self.region = region
    self.membership = membership
    self.sums = sums
    self.hasRoster = hasRoster
    // By places: a country has too many members for copies of them.
    let members = membership.members
    var open: [Int: Int] = Dictionary(minimumCapacity: sums.gaps.count)
    for place in sums.gaps.indices where open[sums.gaps[place].arrival] == nil {
      open[sums.gaps[place].arrival] = place
    }
    var places = Array(repeating: -1, count: sums.gaps.count)
    arrivals.reserveCapacity(members.count)
    for place in members.indices {
      let report = members[place].chain.versions[members[place].place]
      followed.count(report)
      arrivals.append(report.arrival)
      if !open.isEmpty, let gap = open[report.arrival] { places[gap] = place }
    }
    gaps = zip(sums.gaps, places).compactMap { gaps, place in
      place < 0 ? nil : Gap(member: members[place], gaps: gaps)
    }
  }

  /// Adds up the reports of a year that count.
  ///
  /// - Parameter progress: told now and then how many are added, of how many.
  public init(
    _ journal: JournalReader, year: Int, region: String?, roster: Roster?, today: CalendarDate,
    progress: (Int, Int) throws -> Void = { _, _ in }
  ) throws(JournalError) {
    try self.init(
      journal, try RosterStanding(journal, year: year, today: today, roster: roster),
      region: region, hasRoster: roster != nil, progress: progress)
  }

  /// - Parameter standing: of all units that lie in the region.
  public init(
    _ journal: JournalReader, _ standing: RosterStanding, region: String?, hasRoster: Bool,
    progress: (Int, Int) throws -> Void = { _, _ in }
  ) throws(JournalError) {
    let membership = Membership(standing, region: region, hasRoster: hasRoster)
    let arrivals = membership.members.map(\.arrival)
    let sums = try journal.sums(of: arrivals) { try progress($0, arrivals.count) }
    self.init(
      year: standing.year, region: region, membership: membership, sums: sums,
      hasRoster: hasRoster)
  }

  /// The tables of the forms that some member fills in, in the order of the form. Those of the two forms are never added
  /// together: 对外公开总数量 is not 现行有效件数, and three rows of 其他处理 are not one.
  public var tables: [FormTable] {
    let third: [FormTable] =
      if members(of: .three, on: .v2019) == 0 {
        [.table3of2021]
      } else if members(of: .three, on: .v2021) == 0 {
        [.table3of2019]
      } else {
        [.table3ofBothForms]
      }
    return ([.table2of2021, .table2of2019] + third + [.table4]).filter { sums.has($0) }
  }

  /// How many members follow the form of a year in a table that has two.
  public func members(of table: TableNumber, on template: Template) -> Int {
    switch table {
    case .two: template == .v2019 ? followed.two.v2019 : followed.two.v2021
    case .three: template == .v2019 ? followed.three.v2019 : followed.three.v2021
    case .four: 0
    }
  }
}
