import GRDB
public import Reports

extension JournalReader {
  /// Which arrivals to list; what is `nil` does not matter.
  public struct Filter: Sendable, Hashable {
    /// The collection they count for.
    public var year: Int?
    /// The unit that the report names, or a part of its name.
    public var unit: String?
    public var outcome: Outcome?
    /// Only older ones than this number: for the next page.
    public var before: Int?
    public var limit: Int?

    public init(
      year: Int? = nil, unit: String? = nil, outcome: Outcome? = nil, before: Int? = nil,
      limit: Int? = nil
    ) {
      self.year = year
      self.unit = unit
      self.outcome = outcome
      self.before = before
      self.limit = limit
    }
  }

  /// Arrivals, newest first, all at once.
  public func arrivals(_ filter: Filter = Filter()) throws(JournalError) -> [Arrival] {
    var result: [Arrival] = []
    try eachArrival(filter) { result.append($0) }
    return result
  }

  /// Arrivals, newest first, one after the other.
  public func eachArrival(
    _ filter: Filter = Filter(), _ body: (Arrival) throws -> Void
  ) throws(JournalError) {
    var conditions: [String] = []
    var arguments: StatementArguments = []
    func add(_ condition: String, _ value: (some DatabaseValueConvertible)?) {
      guard let value else { return }
      conditions.append(condition)
      arguments += [value]
    }
    add("a.year = ?", filter.year)
    add("instr(r.unit, ?) > 0", filter.unit)
    add("a.outcome = ?", filter.outcome?.rawValue)
    add("a.number < ?", filter.before)
    let selection = conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
    let limit = filter.limit.map { " LIMIT \(max(0, $0))" } ?? ""
    try connection.read { db in
      let rows = try Row.fetchCursor(
        db, sql: Arrival.query + selection + " ORDER BY a.number DESC" + limit,
        arguments: arguments)
      while let row = try rows.next() { try body(try Arrival(row)) }
    }
  }

  /// What came in a container, in its order.
  public func members(of parent: Int) throws(JournalError) -> [Arrival] {
    try connection.read { db in
      try Row.fetchAll(
        db, sql: Arrival.query + " WHERE m.parent = ? ORDER BY a.number", arguments: [parent]
      ).map(Arrival.init)
    }
  }

  /// The newest arrival that has an outcome.
  public func last() throws(JournalError) -> Arrival? {
    try connection.read { db in
      try Row.fetchOne(
        db, sql: Arrival.query + " WHERE a.state <> 'claimed' ORDER BY a.number DESC LIMIT 1"
      ).map(Arrival.init)
    }
  }

  /// The end of the chain.
  public func head() throws(JournalError) -> Head {
    try connection.read { try Chain.head($0) }
  }

  /// Everything about one arrival. `nil`: there is no such number.
  public func arrival(_ number: Int) throws(JournalError) -> ArrivalDetail? {
    try arrivals([number]).first
  }

  /// Everything about some arrivals, in their order. Those that there are not are left out.
  public func arrivals(_ numbers: [Int]) throws(JournalError) -> [ArrivalDetail] {
    let stored = try connection.read { db in
      try numbers.compactMap { try StoredArrival(db, $0) }
    }
    let details = onAllCores(
      stored, step: 8,
      parts: { [catalogue] part in
        let unpacker = Unpacker()
        return part.map { stored in Result { try stored.detail(catalogue, by: unpacker) } }
      })
    do {
      return try details.map { try $0.get() }
    } catch {
      throw JournalError(error, path: connection.path)
    }
  }

  /// Notifications that the office's command has not taken, though nobody has acknowledged or resolved them; oldest first. Those
  /// whose receipts are not written yet wait for them.
  public func undelivered(limit: Int) throws(JournalError) -> [Notification] {
    try connection.read { db in
      try Notification.all(
        db,
        """
        WHERE delivered IS NULL AND state IN ('new', 'told') \
        AND (state = 'told' OR arrival IS NULL OR unit IS NULL)
        """, [], limit: limit)
    }
  }

  /// Notifications to units that belong to no arrival, with one of these subjects, oldest first.
  public func notificationsOfUnits(subjects: [String]) throws(JournalError) -> [Notification] {
    try connection.read { db in
      try Notification.all(
        db,
        """
        WHERE arrival IS NULL AND unit IS NOT NULL \
        AND subject IN (\(repeatElement("?", count: subjects.count).joined(separator: ",")))
        """, StatementArguments(subjects))
    }
  }

  /// How many notifications there are in each state.
  public func notificationCounts() throws(JournalError) -> [Notification.State: Int] {
    try connection.read { db in
      var counts: [Notification.State: Int] = [:]
      let rows = try Row.fetchCursor(
        db, sql: "SELECT state, count(*) FROM notifications GROUP BY state")
      while let row = try rows.next() { counts[try row.coded(0)] = row[1] }
      return counts
    }
  }

  /// The notification ledger, oldest first.
  public func notifications(
    unit: String? = nil, unread: Bool = false
  ) throws(JournalError) -> [Notification] {
    try connection.read { db in
      try Notification.all(
        db,
        """
        WHERE (?1 IS NULL OR unit = ?1) AND (NOT ?2 OR state IN ('new', 'told'))
        """, [unit, unread])
    }
  }
}

extension Arrival {
  static let query = """
    SELECT a.number, a.state, a.path, a.name, a.folder, a.received, a.hints, a.superseded_by, \
    a.judged, a.sha256, a.size, a.format, a.encoding, a.outcome, a.reason, a.detail, \
    a.duplicate_of, a.supersedes, a.year, a.duration, a.errors, a.warnings, \
    r.arrival, r.unit, r.region, r.kind, r.year, r.published, r.version, r.current, m.parent \
    FROM arrivals a LEFT JOIN reports r ON r.arrival = a.number \
    LEFT JOIN members m ON m.arrival = a.number
    """

  init(_ row: Row) throws {
    var result: Result?
    if let judged = row[8] as Int64? {
      let code: Refusal.Code? = try row.coded(14)
      result = Result(
        judged: Timestamp(microseconds: judged), sha256: row.digest(9), size: row[10],
        format: try row.coded(11), encoding: row[12], outcome: try row.coded(13),
        reason: code.map { Refusal($0, detail: row[15] ?? "") }, duplicateOf: row[16],
        supersedes: row[17], year: row[18], duration: row[19], errors: row[20], warnings: row[21])
    }
    var identity: Identity?
    if row[22] as Int? != nil {
      identity = Identity(
        unit: row[23], region: row[24], kind: try row.coded(25), year: row[26],
        published: (row[27] as String?).flatMap { CalendarDate($0) }, version: row[28],
        isCurrent: row[29])
    }
    self.init(
      number: row[0], state: try row.coded(1), path: row.bytes(2) ?? [], name: row[3],
      folder: row[4], received: Timestamp(microseconds: row[5]), hints: row[6], result: result,
      supersededBy: row[7], identity: identity, parent: row[30])
  }
}
