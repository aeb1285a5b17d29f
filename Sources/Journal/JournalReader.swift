public import Digests
public import Forms
import GRDB
public import Reports

/// Reads a journal, also while a daemon writes it, and never holds the daemon up.
public final class JournalReader: Sendable {
  let connection: Connection
  let catalogue: CellCatalogue

  init(connection: Connection, catalogue: CellCatalogue) {
    self.connection = connection
    self.catalogue = catalogue
  }

  /// Opens read-only. Nothing is created, migrated or checkpointed.
  /// - Throws: ``JournalError/unavailable(path:message:)`` when there is no journal.
  public convenience init(path: String, timeout: Double = 10) throws(JournalError) {
    do {
      let connection = try Connection.reader(path: path, timeout: timeout)
      let catalogue = try connection.queue.read { try CellCatalogue($0) }
      self.init(connection: connection, catalogue: catalogue)
    } catch {
      throw JournalError(error, path: path)
    }
  }

  public func close() throws(JournalError) { try connection.close() }

  /// Several questions, all answered as the journal stands at the first of them, whatever is written meanwhile. Not for the reader
  /// of a ``Journal``, whose connection is wanted for writing.
  public func atOneMoment<T>(
    _ body: () throws(JournalError) -> T
  ) throws(JournalError) -> T {
    try connection.atOneMoment(body)
  }

  /// The last number that was given to an arrival, whatever has become of it; 0: none was.
  public func lastNumber() throws(JournalError) -> Int {
    try connection.read { try $0.lastNumber() }
  }

  // A state is asked for by two conditions: by the second SQLite knows that the index on open arrivals has them all.

  /// Claimed arrivals, oldest first: what a crash may have left behind.
  public func unfinished() throws(JournalError) -> [Claim] {
    try connection.read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT number, path, folder, received, hints, parent, m.sha256, m.size, m.reason, m.detail \
          FROM arrivals LEFT JOIN members m ON m.arrival = number \
          WHERE state = 'claimed' AND state <> 'told' ORDER BY number
          """
      ).map { row in
        let code: Refusal.Code? = try row.coded(8)
        let member = (row[5] as Int?).map { parent in
          MemberClaim(
            parent: parent, digest: row.digest(6), size: row[7],
            refusal: code.map { Refusal($0, detail: row[9] ?? "") })
        }
        return Claim(
          number: row[0], path: row.bytes(1) ?? [], folder: row[2],
          received: Timestamp(microseconds: row[3]), hints: row[4], member: member)
      }
    }
  }

  /// Arrivals that are judged and have no receipt yet, oldest first. A container has none as long as a member waits.
  public func untold() throws(JournalError) -> [Int] {
    try connection.read { db in
      try Int.fetchAll(
        db,
        sql: """
          SELECT number FROM arrivals WHERE state = 'judged' AND state <> 'told' AND NOT EXISTS (\
          SELECT 1 FROM members m JOIN arrivals a ON a.number = m.arrival \
          WHERE m.parent = arrivals.number AND a.state = 'claimed') ORDER BY number
          """)
    }
  }

  /// The newest arrival whose receipts stand at this place of the outbox.
  public func receiptHolder(_ path: [UInt8]) throws(JournalError) -> Int? {
    try connection.read { db in
      let statement = try db.cachedStatement(
        sql: "SELECT max(arrival) FROM receipts WHERE replaced_by IS NULL AND path = ?")
      return try Int.fetchOne(statement, arguments: [path.blob])
    }
  }

  /// A version of a report and all that it has overtaken, oldest first.
  public func versions(endingWith arrival: Int) throws(JournalError) -> [Filed] {
    try connection.read { db in
      let statement = try db.cachedStatement(
        sql: """
          WITH RECURSIVE chain(number) AS (SELECT ?1 UNION \
          SELECT a.number FROM arrivals a JOIN chain c ON a.superseded_by = c.number) \
          \(Filed.query) WHERE r.arrival IN chain ORDER BY r.arrival
          """)
      return try Row.fetchAll(statement, arguments: [arrival]).map(Filed.init)
    }
  }

  /// For each of some versions all that belong together with it, overtaken and newer ones, oldest first; each such group once.
  public func eachChain(
    of arrivals: [Int], _ body: ([Filed]) throws -> Void
  ) throws(JournalError) {
    try connection.read { db in
      let statement = try db.cachedStatement(
        sql: """
          WITH RECURSIVE newer(number) AS (SELECT ?1 UNION \
          SELECT a.superseded_by FROM arrivals a JOIN newer n ON a.number = n.number \
          WHERE a.superseded_by IS NOT NULL), \
          chain(number) AS (SELECT max(number) FROM newer UNION \
          SELECT a.number FROM arrivals a JOIN chain c ON a.superseded_by = c.number) \
          \(Filed.query) WHERE r.arrival IN chain ORDER BY r.arrival
          """)
      var seen: Set<Int> = []
      for arrival in arrivals where !seen.contains(arrival) {
        let chain = try Row.fetchAll(statement, arguments: [arrival]).map(Filed.init)
        seen.formUnion(chain.map(\.arrival))
        try body(chain)
      }
    }
  }

  /// Arrivals that have been judged again since the chain had so many entries, each once.
  public func rejudged(since entries: Int) throws(JournalError) -> [Int] {
    try connection.read { try Entry.arrivals($0, since: entries, kinds: [.rejudged]) }
  }

  /// The earlier arrival with the same bytes, if one was handled. One whose reading process died or ran out of time does
  /// not count.
  public func find(_ digest: Digest) throws(JournalError) -> Handled? {
    try connection.read { try Handled.find($0, digest: digest) }
  }

  /// The current reports of all bodies with this name, year and kind that may be this one, oldest first: which of them is, if any,
  /// says ``Filer/latest(among:)``. Those in a region that it cannot be are not all left out.
  public func current(namedAs filer: Filer) throws(JournalError) -> [Filed] {
    try connection.read { try Filed.current($0, namedAs: filer) }
  }

  /// The current report of every unit.
  public func filed(year: Int) throws(JournalError) -> [Filed] {
    try connection.read { db in
      try Row.fetchAll(
        db,
        sql: Filed.query + " WHERE r.year = ? AND r.current = 1 ORDER BY r.region, r.unit, r.kind",
        arguments: [year]
      ).map(Filed.init)
    }
  }

  /// The years of which there are reports.
  public func years() throws(JournalError) -> [Int] {
    try connection.read { db in
      try Int.fetchAll(
        db, sql: "SELECT DISTINCT year FROM reports WHERE year IS NOT NULL ORDER BY year")
    }
  }

  /// How many versions of reports of a year there are.
  public func versionCount(year: Int) throws(JournalError) -> Int {
    try connection.read { db in
      try Int.fetchOne(
        db, sql: "SELECT count(*) FROM reports WHERE year = ? AND version IS NOT NULL",
        arguments: [year]) ?? 0
    }
  }

  /// Every version of every report of a year, in the order of arrival, one after the other.
  public func eachVersion(
    year: Int, _ body: (Filed) throws -> Void
  ) throws(JournalError) {
    try connection.read { db in
      let rows = try RowStream(
        db,
        Filed.query + " WHERE r.year = \(year) AND r.version IS NOT NULL ORDER BY r.arrival")
      var before: Filed?
      while rows.hasRow {
        let version = try Filed(rows, after: before)
        try body(version)
        before = version
        try rows.advance()
      }
    }
  }

  /// The figures of reports, one after the other, in the order asked. Stops when `body` throws. Arrivals without a report
  /// are left out.
  public func eachFigures(
    of arrivals: [Int],
    _ body: (Int, [CellKey: Cell], _ uncertain: Set<CellKey>) throws -> Void
  ) throws(JournalError) {
    try connection.read { db in
      let statement = try db.cachedStatement(sql: "SELECT packed FROM figures WHERE arrival = ?")
      let unpacker = Unpacker()
      for arrival in arrivals {
        guard let row = try Row.fetchOne(statement, arguments: [arrival]) else { continue }
        let figures = try catalogue.figures(row[0], of: arrival, by: unpacker)
        try body(arrival, figures.cells, figures.uncertain)
      }
    }
  }

  /// As recognised, but for the text of its sections. `nil`: the arrival has no report.
  public func report(_ arrival: Int) throws(JournalError) -> Report? {
    let stored = try connection.read { try StoredReport($0, arrival) }
    do {
      return try stored?.report(catalogue, by: Unpacker())
    } catch {
      throw JournalError(error, path: connection.path)
    }
  }
}

extension Filed {
  static let columns =
    """
    r.arrival, r.unit, r.region, r.kind, r.year, a.outcome, a.received, r.published, r.version, \
    a.folder, a.superseded_by, a.errors, a.warnings, r.t2, r.t3
    """
  static let count = 15
  static let query =
    "SELECT \(columns) FROM reports r JOIN arrivals a ON a.number = r.arrival"

  init(_ row: Row) throws {
    self.init(
      arrival: row[0], unit: row[1], region: row[2], kind: try row.coded(3), year: row[4],
      outcome: try row.coded(5), received: Timestamp(microseconds: row[6]),
      published: (row[7] as String?).flatMap { CalendarDate($0) }, version: row[8], folder: row[9],
      supersededBy: row[10], errors: row[11] ?? 0, warnings: row[12] ?? 0,
      table2: try row.coded(13), table3: try row.coded(14))
  }

  /// The row that a stream stands on: a whole year's rows go through here, often those of one region one after the other.
  init(_ rows: RowStream, after before: Filed?) throws {
    self.init(
      arrival: rows.integer(0) ?? 0, unit: rows.text(1) ?? "",
      region: rows.text(2, after: before?.region),
      kind: try rows.coded(3, after: before?.kind), year: rows.integer(4) ?? 0,
      outcome: try rows.coded(5, after: before?.outcome),
      received: Timestamp(microseconds: Int64(rows.integer(6) ?? 0)),
      published: rows.text(7).flatMap { CalendarDate($0) }, version: rows.integer(8) ?? 0,
      folder: rows.text(9, after: before?.folder) ?? "", supersededBy: rows.integer(10),
      errors: rows.integer(11) ?? 0,
      warnings: rows.integer(12) ?? 0, table2: try rows.coded(13, after: before?.table2),
      table3: try rows.coded(14, after: before?.table3))
  }

  /// The row of one arrival, if it has a report.
  static func all(_ db: Database, of arrival: Int) throws -> [Filed] {
    let statement = try db.cachedStatement(sql: query + " WHERE r.arrival = ?")
    return try Row.fetchAll(statement, arguments: [arrival]).map(Filed.init)
  }

  /// Oldest first.
  static func current(_ db: Database, namedAs filer: Filer) throws -> [Filed] {
    let end = filer.regionEnd
    var arguments: StatementArguments = [filer.year, filer.unit, filer.kind?.rawValue ?? ""]
    if let end { arguments += [end] }
    let statement = try db.cachedStatement(sql: namedAlike(hasRegion: end != nil))
    return try Row.fetchAll(statement, arguments: arguments).map(Filed.init)
  }

  /// Those of a year, a unit, a kind and, if the filer has one, the end of its region.
  static func namedAlike(hasRegion: Bool) -> String {
    let region = hasRegion ? "AND \(Schema.regionEnd("r.")) IN ('', ?)" : ""
    return query + """
       WHERE r.year = ? AND r.unit = ? AND ifnull(r.kind, '') = ? AND r.current = 1 \(region) \
      ORDER BY r.arrival
      """
  }
}

extension RowStream {
  /// As of ``GRDB/Row``. Most rows have the code that the row before had.
  func coded<T: RawRepresentable<String>>(_ column: Int32, after before: T?) throws -> T {
    guard let value: T = try coded(column, after: before) else { throw missingCode(T.self) }
    return value
  }

  func coded<T: RawRepresentable<String>>(_ column: Int32, after before: T?) throws -> T? {
    if let before, isText(column, before.rawValue) { return before }
    return try text(column).map { text in
      guard let value = T(rawValue: text) else { throw unknownCode(text, T.self) }
      return value
    }
  }
}

private func missingCode<T>(_ type: T.Type) -> JournalError {
  .damaged(message: "a code is missing where \(type) is needed")
}

private func unknownCode<T>(_ text: String, _ type: T.Type) -> JournalError {
  .damaged(message: "\(text) is no \(type)")
}

extension Row {
  /// A coded value; a code that this program does not know is damage, not a crash.
  func coded<T: RawRepresentable<String>>(_ column: Int) throws -> T {
    guard let value: T = try coded(column) else {
      throw missingCode(T.self)
    }
    return value
  }

  func coded<T: RawRepresentable<String>>(_ column: Int) throws -> T? {
    try (self[column] as DatabaseValue).coded()
  }
}

extension DatabaseValue {
  func coded<T: RawRepresentable<String>>() throws -> T? {
    guard let text = String.fromDatabaseValue(self) else { return nil }
    guard let value = T(rawValue: text) else {
      throw unknownCode(text, T.self)
    }
    return value
  }
}
