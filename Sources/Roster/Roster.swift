public import Reports

/// Who must file: the units an office collects reports from, with the names they go by and the days they are due.
///
/// The key of a unit is region and name together: every county has a 城关镇.
public struct Roster: Sendable {
  public let entries: [Entry]
  /// Every name form of every entry, folded, to the entries that have it. Made for the first report that does not name its unit as
  /// the roster does.
  private let index: Lazily<Index>
  /// Places of entries, by region and name as they are written.
  private let written: [NameKey: Int]

  init(entries: [Entry]) {
    self.entries = entries
    index = Lazily { Index(entries) }
    var written: [NameKey: Int] = [:]
    written.reserveCapacity(entries.count)
    // No two are the same: such a roster is refused.
    for place in entries.indices {
      written[NameKey(entries[place].unit, region: entries[place].region)] = place
    }
    self.written = written
  }

  /// The place of the entry that has exactly this unit and region.
  public func place(unit: String, region: String) -> Int? {
    written[NameKey(unit, region: region)]
  }

  /// One line of `roster.csv`.
  public struct Entry: Sendable, Hashable {
    public let unit: String
    /// 嵊州市, 浙江省绍兴市嵊州市; empty where the office has units of one region only.
    public let region: String
    public let kind: Kind
    public let aliases: [String]
    /// Only where the entry has a day of its own.
    public let due: DayOfYear?
    /// Counted from 1, in the file it came from.
    public let line: Int

    /// The day by which the report for a year is due: a day of the year after it.
    public func due(forReportYear year: Int) -> CalendarDate? {
      (due ?? kind.due).date(in: year + 1)
    }
  }

  /// The class of a unit, which gives the day it is due unless the roster names another.
  public enum Kind: String, Sendable, CaseIterable {
    case department, town, street, level

    /// 31 January for organs (article 49, paragraph 1; towns and streets by local notices), 31 March for the report of
    /// a level of government (article 49, paragraph 2).
    public var due: DayOfYear {
      self == .level ? DayOfYear(month: 3, day: 31) : DayOfYear(month: 1, day: 31)
    }
  }

  /// What the roster says of the unit that a report names.
  public enum Answer: Sendable, Hashable {
    case matched(Match)
    /// Several units go by this name, and nothing tells which is meant.
    case ambiguous([Entry])
    case unknown
  }

  public struct Match: Sendable, Hashable {
    public let entry: Entry
    public let how: How

    /// By which likeness a report's unit is taken for an entry, best first.
    public enum How: Sendable, Hashable {
      /// Letter for letter.
      case exact
      /// Another way of writing the same name: 管理委员会 for 管委会, 政府 for 人民政府, with or without the region.
      case spelling
      /// The alias, as the roster writes it.
      case alias(String)
      /// Region and name stand in the report's name behind other words, which a copying site may have put there.
      case behind(String)
    }
  }

  /// Finds the unit of a report. A region that is not given, or only a province, excludes nothing; several candidates of equal likeness are
  /// ambiguous, never a guess.
  public func match(unit: String, region: String?) -> Answer {
    let region = region ?? ""
    let asked = Index.Place(region)
    var keys = Set(UnitName.prefixes(unit).map { UnitName.local(unit, regions: [$0]) })
    keys.formUnion(UnitName.ends(unit))
    keys.insert(UnitName.local(unit, regions: [region]))
    let index = index.value
    let numbers = Set(keys.flatMap { index.names[$0] ?? [] }).sorted()
    var best: [Match] = []
    var bestRank = Int.max
    for number in numbers {
      // A province tells no county apart: it excludes nothing, and is worth less than a region that agrees.
      let place = index.places[number]
      let isWide = asked.isProvince && !place.isProvince
      guard isWide || place.agrees(with: asked) else { continue }
      let entry = entries[number]
      guard let (worth, how) = likeness(of: entry, unit: unit, region: region) else { continue }
      let rank = worth + (isWide ? 10 : 0)
      if rank < bestRank { best = [] }
      if rank <= bestRank { best.append(Match(entry: entry, how: how)) }
      bestRank = min(rank, bestRank)
    }
    switch best.count {
    case 0: return .unknown
    case 1: return .matched(best[0])
    default: return .ambiguous(best.map(\.entry))
    }
  }

  /// How well the name of an entry fits, the smaller the better; `nil` where it does not.
  private func likeness(of entry: Entry, unit: String, region: String) -> (Int, Match.How)? {
    if unit == entry.unit { return (0, .exact) }
    let folded = UnitName.folded(unit)
    let local = UnitName.local(unit, regions: [entry.region, region])
    func same(_ name: String) -> Bool {
      folded == UnitName.folded(name)
        || local == UnitName.local(name, regions: [entry.region, region])
    }
    if same(entry.unit) { return (1, .spelling) }
    if let alias = entry.aliases.first(where: { $0 == unit }) {
      return (2, .alias(alias))
    }
    if let alias = entry.aliases.first(where: same) { return (3, .alias(alias)) }
    guard let front = UnitName.front(of: entry.unit, region: entry.region, in: unit) else {
      return nil
    }
    return UnitName.isChain(front) ? (4, .spelling) : (5, .behind(front))
  }
}

/// A day that every year has, as `MM-DD`.
public struct DayOfYear: Sendable, Hashable, CustomStringConvertible {
  public let month: Int
  public let day: Int

  init(month: Int, day: Int) {
    self.month = month
    self.day = day
  }

  /// `01-26`; `nil` for anything else, and for 02-29.
  public init?(_ text: some StringProtocol) {
    let text = String(text)
    // 2023 is no leap year: what it has, every year has.
    guard text.utf8.count == 5, let date = CalendarDate("2023-" + text) else { return nil }
    self.init(month: date.month, day: date.day)
  }

  public func date(in year: Int) -> CalendarDate? {
    CalendarDate(year: year, month: month, day: day)
  }

  public var description: String {
    [month, day].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: "-")
  }
}
