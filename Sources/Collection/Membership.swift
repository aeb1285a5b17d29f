public import Reports
public import Roster

/// Which reports add up to the report of a level of government, and who is missing from it.
///
/// `level report = Σ own reports of the level's organs + Σ level reports one level down` (section 11 of the format reference). So a
/// level's own report is never added; that of a lower level is, unless its organs file here themselves, which would count
/// everything twice.
public struct Membership: Sendable, Hashable {
  /// A report that is added.
  public struct Member: Sendable, Hashable {
    public let unit: String
    public let region: String?
    /// All versions, and the place of the one that counts: a country has too many for copies of them.
    let chain: VersionChain
    let place: Int

    /// The version that counts.
    public var report: Filed { chain.versions[place] }
    public var arrival: Int { chain.versions[place].arrival }
    /// A newer version, if it was returned.
    public var returned: Filed? { chain.isUnderCorrection ? chain.newest : nil }
  }

  /// Somebody whose report is not added.
  public struct Absent: Sendable, Hashable {
    public let unit: String
    public let region: String?
    /// What was returned; `nil`: nothing has come.
    public let returned: Filed?
  }

  public internal(set) var members: [Member] = []
  /// Places of the members of which a newer version was returned.
  public internal(set) var underCorrection: [Int] = []
  /// Nothing has come.
  public internal(set) var missing: [Absent] = []
  /// What has come has errors, and no version stands.
  public internal(set) var returned: [Absent] = []
  /// Reports of levels that contain members: compared, never added.
  public internal(set) var wholes: [Filed] = []
  /// Accepted reports of nobody on the roster: not added.
  public internal(set) var unexpected: [Filed] = []

  /// Nobody is, or should be, in it.
  public var isEmpty: Bool {
    members.isEmpty && missing.isEmpty && returned.isEmpty && wholes.isEmpty && unexpected.isEmpty
  }

  public var isComplete: Bool { missing.isEmpty && returned.isEmpty }

  /// - Parameters:
  ///   - region: only what lies there; `nil`: everything.
  ///   - hasRoster: without one nobody is missing, and whatever was accepted is added.
  public init(_ standing: RosterStanding, region: String?, hasRoster: Bool) {
    var scope = Scope(region)
    // By places: a country has too many units for copies of them.
    let units = standing.units
    let places = units.indices.filter {
      region == nil || scope.contains(Membership.place(of: units[$0].entry))
    }
    // Whose region nobody knows is told rather than left out in silence.
    let strangers = standing.unexpected.filter { scope.contains(Membership.place(of: $0.newest)) }
    // Where organs file for themselves.
    var regions = RegionSet()
    var last: String?
    // Those of one region stand together.
    for place in places where units[place].entry.kind != .level && units[place].entry.region != last
    {
      last = units[place].entry.region
      regions.insert(units[place].entry.region)
    }
    if !hasRoster {
      for chain in strangers where chain.newest.kind != .level {
        regions.insert(chain.newest.region)
      }
    }
    func isWhole(_ unit: String, _ own: String?) -> Bool {
      regions.hasOne(in: Region.governed(by: unit) ?? own ?? "")
    }
    members.reserveCapacity(places.count + (hasRoster ? 0 : strangers.count))
    for place in places {
      let (unit, region) = (units[place].entry.unit, units[place].entry.region)
      if units[place].entry.kind == .level, isWhole(unit, region) {
        if let report = units[place].chain?.standing { wholes.append(report) }
        continue
      }
      add(unit, region, units[place].chain)
    }
    for chain in strangers {
      if hasRoster {
        if let report = chain.standing { unexpected.append(report) }
      } else if chain.newest.kind == .level, isWhole(chain.newest.unit, chain.newest.region) {
        if let report = chain.standing { wholes.append(report) }
      } else {
        add(chain.newest.unit, chain.newest.region, chain)
      }
    }
  }

  /// Where a unit of the roster lies; of a level of government, what it governs.
  public static func place(of entry: Roster.Entry) -> String {
    entry.kind == .level ? Region.governed(by: entry.unit) ?? entry.region : entry.region
  }

  /// The same of a unit as its report names it; empty where that tells none.
  public static func place(unit: String, region: String?, kind: Report.Kind?) -> String {
    (kind == .level ? Region.governed(by: unit) ?? region : region) ?? ""
  }

  private static func place(of report: Filed) -> String {
    place(unit: report.unit, region: report.region, kind: report.kind)
  }

  private mutating func add(_ unit: String, _ region: String?, _ chain: VersionChain?) {
    guard let chain else {
      missing.append(Absent(unit: unit, region: region, returned: nil))
      return
    }
    guard let place = chain.standingPlace else {
      returned.append(Absent(unit: unit, region: region, returned: chain.newest))
      return
    }
    if place < chain.versions.count - 1 { underCorrection.append(members.count) }
    members.append(Member(unit: unit, region: region, chain: chain, place: place))
  }
}

/// What lies in a region, asked of many places: those of one region often stand together.
struct Scope {
  private let region: String?
  private var last: (place: String, isIn: Bool)?

  /// `nil`: everything.
  init(_ region: String?) { self.region = region }

  mutating func contains(_ place: String) -> Bool {
    guard let region else { return true }
    if let last, last.place == place { return last.isIn }
    let isIn = Region.isIn(place, region)
    last = (place, isIn)
    return isIn
  }
}
