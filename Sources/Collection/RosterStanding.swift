public import Journal
public import Reports
public import Roster

/// Who must file, who has, who must mend and who is late: every unit of the roster for one report year, on one day.
public struct RosterStanding: Sendable {
  /// The report year.
  public let year: Int
  /// In China.
  public let today: CalendarDate
  /// In the order of the roster; empty without one.
  public let units: [UnitStanding]
  /// Reports of nobody on the roster; all reports, where there is none.
  public let unexpected: [VersionChain]

  /// A unit is told as due soon so many days before its day.
  public static let daysAhead = 7

  /// - Parameters:
  ///   - roster: `nil`: the office has not said who must report.
  ///   - chains: of the year, from ``VersionChain/all(_:year:)``.
  public init(year: Int, today: CalendarDate, roster: Roster?, chains: [VersionChain]) {
    guard let roster else {
      self.init(year: year, today: today, places: [], finder: nil, chains: chains)
      return
    }
    self.init(
      year: year, today: today, places: roster.entries.indices, finder: UnitFinder(roster),
      chains: chains)
  }

  /// - Parameters:
  ///   - places: among the roster's entries, of those that are asked for.
  ///   - finder: of the whole roster; `nil`: there is none.
  init(
    year: Int, today: CalendarDate, places: some Collection<Int>, finder: UnitFinder?,
    chains: [VersionChain]
  ) {
    self.year = year
    self.today = today
    guard let finder else {
      units = []
      unexpected = chains
      return
    }
    // Several reports that go for one unit (other spellings that were not taken for versions): the newest is looked at, and the
    // others stand beside it. Numbers of chains, by places of units: a country has too many for copies of either.
    var newest = [Int?](repeating: nil, count: finder.roster.entries.count)
    var others: [Int: [Int]] = [:]
    var unexpected: [VersionChain] = []
    let found = onAllCores(chains, step: 1 << 13, finder.place(of:))
    for number in chains.indices {
      guard let place = found[number] else {
        unexpected.append(chains[number])
        continue
      }
      guard let known = newest[place] else {
        newest[place] = number
        continue
      }
      let isNewer = chains[known].newest.arrival < chains[number].newest.arrival
      if isNewer { newest[place] = number }
      others[place, default: []].append(isNewer ? known : number)
    }
    units = places.map { place in
      UnitStanding(
        entry: finder.roster.entries[place], year: year, today: today,
        chain: newest[place].map { chains[$0] },
        others: (others.isEmpty ? nil : others[place])?.map { chains[$0] }
          .sorted { $0.newest.arrival < $1.newest.arrival } ?? [])
    }
    self.unexpected = unexpected
  }

  public init(
    _ journal: JournalReader, year: Int, today: CalendarDate, roster: Roster?
  ) throws(JournalError) {
    self.init(
      year: year, today: today, roster: roster, chains: try VersionChain.all(journal, year: year))
  }

  /// Nothing has come of them.
  public var missing: [UnitStanding] { units.filter { $0.state == .missing } }
  /// Nothing has come, and their day has passed.
  public var late: [UnitStanding] { units.filter { $0.state == .missing && $0.isLate } }
  /// Nothing has come, and their day is near.
  public var dueSoon: [UnitStanding] { units.filter(\.isDueSoon) }
  /// What has come was returned, and no version stands.
  public var returned: [UnitStanding] { units.filter { $0.state == .returned } }
  /// A report stands.
  public var accepted: [UnitStanding] {
    units.filter { $0.state == .accepted || $0.state == .acceptedWithWarnings }
  }
}

/// One unit of the roster in one year.
public struct UnitStanding: Sendable, Hashable {
  public enum State: String, Sendable, CaseIterable {
    /// Nothing has come.
    case missing
    /// What has come has errors; nothing stands.
    case returned
    case accepted
    case acceptedWithWarnings = "accepted_with_warnings"
  }

  public let entry: Roster.Entry
  public let year: Int
  /// The last day.
  public let due: CalendarDate
  /// Negative: so many days ago.
  public let daysLeft: Int
  public let state: State
  /// The versions of its report; `nil`: nothing has come.
  public let chain: VersionChain?
  /// Further reports that go for the same unit and were not taken for versions.
  public let others: [VersionChain]

  init(
    entry: Roster.Entry, year: Int, today: CalendarDate, chain: VersionChain?,
    others: [VersionChain]
  ) {
    self.entry = entry
    self.year = year
    // A day that the calendar does not have is on no roster: DayOfYear takes none.
    due = entry.due(forReportYear: year) ?? today
    daysLeft = entry.daysLeft(reportYear: year, on: today)
    self.chain = chain
    self.others = others
    state =
      switch chain?.standing?.outcome {
      case .acceptedWithWarnings: .acceptedWithWarnings
      case .some: .accepted
      case nil: chain == nil ? .missing : .returned
      }
  }

  /// It has not filed, and its day has passed; or the first thing it filed came after it.
  public var isLate: Bool {
    guard let chain else { return daysLeft < 0 }
    return chain.first.received.date > due
  }

  /// It has not filed, and a few days are left.
  public var isDueSoon: Bool {
    chain == nil && (0...RosterStanding.daysAhead).contains(daysLeft)
  }

  /// It was told to mend its newest version.
  public var mustMend: Bool { chain?.newest.outcome == .returned }
}

extension Roster.Entry {
  /// Until the report for a year is due; negative: so many days ago.
  public func daysLeft(reportYear year: Int, on today: CalendarDate) -> Int {
    (due(forReportYear: year) ?? today).daysSince1970 - today.daysSince1970
  }
}

/// The unit of a report on the roster.
public struct UnitFinder: Sendable {
  let roster: Roster

  public init(_ roster: Roster) { self.roster = roster }

  /// Letter for letter as the roster has it.
  public func listed(unit: String, region: String) -> Roster.Entry? {
    roster.place(unit: unit, region: region).map { roster.entries[$0] }
  }

  /// `nil`: nobody on the roster, or nobody certain. An organ's own report and that of a whole level of government are
  /// different documents, even where their names agree.
  public func entry(of report: Filed) -> Roster.Entry? {
    entry(unit: report.unit, region: report.region, kind: report.kind)
  }

  func entry(of report: Owner) -> Roster.Entry? {
    entry(unit: report.unit, region: report.region, kind: report.kind)
  }

  public func entry(unit: String, region: String?, kind: Report.Kind?) -> Roster.Entry? {
    place(unit: unit, region: region, kind: kind).map { roster.entries[$0] }
  }

  /// Of its entry among all of the roster.
  func place(of chain: VersionChain) -> Int? {
    let newest = chain.versions.count - 1
    return place(
      unit: chain.versions[newest].unit, region: chain.versions[newest].region,
      kind: chain.versions[newest].kind)
  }

  private func place(unit: String, region: String?, kind: Report.Kind?) -> Int? {
    // Nearly every report: looking for likenesses takes a thousand times longer.
    var found = region.flatMap { roster.place(unit: unit, region: $0) }
    if found == nil,
      case .matched(let match) = roster.match(unit: unit, region: region)
    {
      found = roster.place(unit: match.entry.unit, region: match.entry.region)
    }
    guard let found, let kind else { return found }
    return (kind == .level) == (roster.entries[found].kind == .level) ? found : nil
  }
}
