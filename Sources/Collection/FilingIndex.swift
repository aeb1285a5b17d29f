public import Journal
public import Reports
public import Roster

/// Which reports go for which unit of the roster, for a daemon that asks after every batch: a year is read once, and
/// followed entry by entry from then on, so that an answer costs the same however many reports there are.
public struct FilingIndex: Sendable {
  private let roster: Roster
  private let finder: UnitFinder
  private var years: [Int: Year] = [:]
  /// Entries of the chain that have been looked at.
  private var seen = 0
  /// Places on the roster of the units of each region.
  private lazy var regions = Dictionary(
    grouping: roster.entries.indices, by: { [roster] in Membership.place(of: roster.entries[$0]) })

  /// One report year.
  public struct Year: Sendable {
    private let year: Int
    /// Lines of the roster, by arrival.
    fileprivate private(set) var lines: [Int: Int] = [:]
    /// The newest arrival, by line of the roster.
    fileprivate private(set) var newest: [Int: Int] = [:]
    /// The others of those lines that have more than one.
    private var older: [Int: [Int]] = [:]
    private var missingByDay: [DayOfYear: Int] = [:]

    fileprivate init(_ year: Int, _ roster: Roster) {
      self.year = year
      for entry in roster.entries { missingByDay[entry.day, default: 0] += 1 }
    }

    fileprivate mutating func add(_ arrival: Int, _ entry: Roster.Entry) {
      lines[arrival] = entry.line
      if let known = newest[entry.line] {
        older[entry.line, default: []].append(min(arrival, known))
        newest[entry.line] = max(arrival, known)
      } else {
        missingByDay[entry.day, default: 0] -= 1
        newest[entry.line] = arrival
      }
    }

    /// All that go for a line of the roster, oldest first.
    fileprivate func arrivals(line: Int) -> [Int] {
      guard let newest = newest[line] else { return [] }
      return (older[line] ?? []).sorted() + [newest]
    }

    /// Nothing has come of this unit.
    public func isMissing(_ entry: Roster.Entry) -> Bool { newest[entry.line] == nil }

    /// Of how many units nothing has come.
    public var missing: Int { missingByDay.values.reduce(0, +) }

    /// How many of them were due before this day.
    public func late(on today: CalendarDate) -> Int {
      missingByDay.reduce(0) { sum, day in
        (day.key.date(in: year + 1) ?? today) < today ? sum + day.value : sum
      }
    }
  }

  public init(_ finder: UnitFinder) {
    self.finder = finder
    roster = finder.roster
  }

  /// How a year stands now.
  public mutating func year(_ year: Int, _ journal: JournalReader) throws(JournalError) -> Year {
    try follow(journal)
    if let known = years[year] { return known }
    var new = Year(year, roster)
    try journal.eachOwner(year: year) { owner in
      if let entry = finder.entry(of: owner) { new.add(owner.arrival, entry) }
    }
    years[year] = new
    return new
  }

  /// The newest report of a unit for a year that no other version has overtaken.
  public mutating func newest(
    of entry: Roster.Entry, year: Int, _ journal: JournalReader
  ) throws(JournalError) -> Filed? {
    let filings = try self.year(year, journal)
    guard let arrival = filings.newest[entry.line] else { return nil }
    if let report = try journal.current([arrival]).first { return report }
    // It was overtaken by one that goes for another unit.
    return try journal.current(filings.arrivals(line: entry.line)).last
  }

  /// How the units of a region stand. Only their reports are read, so that it costs what the region costs, not the country. Reports of
  /// nobody on the roster are not among them.
  public mutating func standing(
    in region: String, year: Int, today: CalendarDate, _ journal: JournalReader
  ) throws(JournalError) -> RosterStanding {
    let places = regions.filter { Region.isIn($0.key, region) }.flatMap(\.value).sorted()
    let filings = try self.year(year, journal)
    let arrivals = places.flatMap { filings.arrivals(line: roster.entries[$0].line) }
    return RosterStanding(
      year: year, today: today, places: places, finder: finder,
      chains: try VersionChain.all(journal, of: arrivals))
  }

  private mutating func follow(_ journal: JournalReader) throws(JournalError) {
    guard !years.isEmpty else {
      seen = try journal.head().entries
      return
    }
    let (changed, entries) = try journal.owners(since: seen)
    seen = entries
    for (arrival, owner) in changed {
      let entry = owner.flatMap { finder.entry(of: $0) }
      for year in Array(years.keys) {
        let isOfYear = owner?.year == year
        let line = isOfYear ? entry?.line : nil
        guard years[year]?.lines[arrival] != line else { continue }
        if let entry, isOfYear, years[year]?.lines[arrival] == nil {
          years[year]?.add(arrival, entry)
        } else {
          // It went for another unit before: the year is read again when it is asked for.
          years[year] = nil
        }
      }
    }
  }
}

extension Roster.Entry {
  fileprivate var day: DayOfYear { due ?? kind.due }
}
