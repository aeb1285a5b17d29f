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
  var standingPlace: Int? { versions.indices.last { versions[$0].outcome != .returned } }

  /// A newer version than the one that counts was returned.
  public var isUnderCorrection: Bool {
    standingPlace.map { $0 < versions.count - 1 } ?? false
  }

  /// The chains of one year.
  public static func all(
    _ journal: JournalReader, year: Int
  ) throws(JournalError) -> [VersionChain] {
    var chains = ChainBuilder(count: try journal.versionCount(year: year))
    try journal.eachVersion(year: year) { chains.add($0) }
    return chains.finish()
  }

  /// The chains that some versions belong to, in the order of the newest.
  public static func all(
    _ journal: JournalReader, of arrivals: [Int]
  ) throws(JournalError) -> [VersionChain] {
    var chains: [VersionChain] = []
    try journal.eachChain(of: arrivals) { versions in
      if let chain = VersionChain(versions) { chains.append(chain) }
    }
    return chains.sorted { $0.newest.arrival < $1.newest.arrival }
  }

  /// Follows each version to the newest; in the order of the newest.
  public static func all(_ versions: [Filed]) -> [VersionChain] {
    var chains = ChainBuilder(count: versions.count)
    for version in versions.sorted(by: { $0.arrival < $1.arrival }) { chains.add(version) }
    return chains.finish()
  }

  /// Takes versions in the order of arrival: of a country's year there is never a second list of them.
  private struct ChainBuilder {
    private var chains: [VersionChain] = []
    /// Overtaken versions, by the newer one, which is still to come.
    private var waiting: [Int: [Filed]] = [:]

    init(count: Int) { chains.reserveCapacity(count) }

    mutating func add(_ version: Filed) {
      let older = waiting.isEmpty ? nil : waiting.removeValue(forKey: version.arrival)
      // Each step leads to a newer version, never back.
      if let newer = version.supersededBy, newer > version.arrival {
        waiting[newer, default: []] += (older ?? []) + [version]
      } else {
        chains.append(
          older.flatMap { VersionChain($0 + [version]) } ?? VersionChain(only: version))
      }
    }

    /// What was overtaken by a report that is not among them stands where that would stand.
    consuming func finish() -> [VersionChain] {
      guard !waiting.isEmpty else { return chains }
      let cut = waiting.compactMap { newer, versions in
        VersionChain(versions).map { (place: newer, chain: $0) }
      }
      return (chains.map { (place: $0.newest.arrival, chain: $0) } + cut)
        .sorted { $0.place < $1.place }.map(\.chain)
    }
  }
}
