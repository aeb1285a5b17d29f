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

  public init(
    year: Int, region: String?, membership: Membership, sums: CellSums, hasRoster: Bool
  ) {
    self.year = year
    self.region = region
    self.membership = membership
    self.sums = sums
    self.hasRoster = hasRoster
    guard !sums.gaps.isEmpty else {
      gaps = []
      return
    }
    let open = Dictionary(
      sums.gaps.enumerated().map { ($1.arrival, $0) }, uniquingKeysWith: { a, _ in a })
    let members = membership.members
    var places = Array(repeating: -1, count: sums.gaps.count)
    for place in members.indices {
      if let gap = open[members[place].arrival] { places[gap] = place }
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
    let two = Report.Templates.Table2(rawValue: template.rawValue)
    return membership.members.count { member in
      switch table {
      case .two: two != nil && member.chain.versions[member.place].table2 == two
      case .three: member.chain.versions[member.place].table3 == template
      case .four: false
      }
    }
  }
}
