public import Journal
public import Reports

/// All versions of one report, from the first filing to the newest.
///
/// Which of them counts: the newest that was accepted. One that is returned later takes nothing away: the accepted one stands
/// until a mended one is accepted, and whoever looks is told of both.
public struct VersionChain: Sendable, Hashable {
  /// Oldest first; at least one.
  public let versions: [Filed]

  public init?(_ versions: [Filed]) {
    guard !versions.isEmpty else { return nil }
    self.versions = versions.sorted { $0.arrival < $1.arrival }
  }

  private init(only version: Filed) { versions = [version] }

  public var first: Filed { versions[0] }
  public var newest: Filed { versions[versions.count - 1] }

  /// The one that counts; `nil`: all were returned.
  public var standing: Filed? { standingPlace.map { versions[$0] } }

  /// Of the one that counts, among the versions.
  var standingPlace: Int? { versions.lastIndex { $0.outcome != .returned } }

  /// A newer version than the one that counts was returned.
  public var isUnderCorrection: Bool {
    standingPlace.map { $0 < versions.count - 1 } ?? false
  }

  /// The chains of one year.
  public static func all(
    _ journal: JournalReader, year: Int
  ) throws(JournalError) -> [VersionChain] {
    var versions: [Filed] = []
    versions.reserveCapacity(try journal.versionCount(year: year))
    try journal.eachVersion(year: year) { versions.append($0) }
    return all(versions)
  }

  /// Follows each version to the newest; in the order of the newest.
  public static func all(_ versions: [Filed]) -> [VersionChain] {
    let isPlain = versions.allSatisfy { $0.supersededBy == nil }
    guard !isPlain else { return versions.map { VersionChain(only: $0) } }
    let newer = Dictionary(
      versions.compactMap { version in version.supersededBy.map { (version.arrival, $0) } },
      uniquingKeysWith: { a, _ in a })
    var chains: [Int: [Filed]] = [:]
    for version in versions {
      var last = version.arrival
      // Each step leads to a newer version, never back.
      while let next = newer[last], next > last { last = next }
      chains[last, default: []].append(version)
    }
    return chains.sorted { $0.key < $1.key }.compactMap { VersionChain($0.value) }
  }
}
