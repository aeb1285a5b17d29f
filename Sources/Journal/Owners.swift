import GRDB
public import Reports

/// Whose report an arrival has, and of which year.
public struct Owner: Sendable, Hashable {
  public let arrival: Int
  public let year: Int
  public let unit: String
  public let region: String?
  public let kind: Report.Kind?

  fileprivate static let columns = "arrival, year, unit, region, kind"

  fileprivate init(
    _ arrival: Int, year: Int, unit: String, region: String?, kind: Report.Kind?
  ) {
    (self.arrival, self.year, self.unit, self.region) = (arrival, year, unit, region)
    self.kind = kind
  }
}

extension JournalReader {
  /// Every version of every report of a year, in the order of arrival, one after the other. Reads nothing but an index.
  public func eachOwner(year: Int, _ body: (Owner) throws -> Void) throws(JournalError) {
    try connection.read { db in
      let rows = try RowStream(
        db,
        """
        SELECT \(Owner.columns) FROM reports WHERE year = \(year) AND version IS NOT NULL \
        ORDER BY arrival
        """)
      var before: Owner?
      while rows.hasRow {
        let owner = Owner(
          rows.integer(0) ?? 0, year: year, unit: rows.text(2) ?? "",
          region: rows.text(3, after: before?.region),
          kind: try rows.coded(4, after: before?.kind))
        try body(owner)
        before = owner
        try rows.advance()
      }
    }
  }

  /// The current reports of levels of government for a year, oldest first: those that are wanted.
  public func levels(
    year: Int, where isWanted: (Owner) -> Bool = { _ in true }
  ) throws(JournalError) -> [Int] {
    var levels: [Int] = []
    try eachOwner(year: year) {
      if $0.kind == .level, isWanted($0) { levels.append($0.arrival) }
    }
    return try current(levels).map(\.arrival)
  }

  /// Those of some arrivals whose reports are current, in the order asked.
  public func current(_ arrivals: [Int]) throws(JournalError) -> [Filed] {
    try connection.read { db in
      let statement = try db.cachedStatement(
        sql: Filed.query + " WHERE r.arrival = ? AND r.current = 1")
      return try arrivals.compactMap {
        try Row.fetchOne(statement, arguments: [$0]).map(Filed.init)
      }
    }
  }

  /// What has been judged, or judged again, since the chain had so many entries: each arrival once, with whose report it
  /// is now; `nil`: a version of nothing.
  /// - Returns: also how many entries there are.
  public func owners(
    since entries: Int
  ) throws(JournalError) -> (changed: [(arrival: Int, owner: Owner?)], entries: Int) {
    try connection.read { db in
      let arrivals = try Entry.arrivals(db, since: entries, kinds: [.judged, .rejudged])
      let statement = try db.cachedStatement(
        sql: "SELECT \(Owner.columns) FROM reports WHERE arrival = ? AND version IS NOT NULL")
      let changed = try arrivals.map { arrival in
        let row = try Row.fetchOne(statement, arguments: [arrival])
        return (
          arrival: arrival,
          owner: try row.map {
            Owner($0[0], year: $0[1], unit: $0[2], region: $0[3], kind: try $0.coded(4))
          }
        )
      }
      return (changed, try Chain.head(db).entries)
    }
  }
}
