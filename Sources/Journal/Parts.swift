import Forms
import GRDB
import Reports

// Rows of the tables that hang on an arrival, as values.

extension Finding {
  static func all(_ db: Database, of arrival: Int) throws -> [Finding] {
    let statement = try db.cachedStatement(
      sql: """
        SELECT rule, status, severity, cells, expected, found, message, quote, suspect, balances_at \
        FROM findings WHERE arrival = ? ORDER BY position
        """)
    return try Row.fetchAll(statement, arguments: [arrival]).map(Finding.init)
  }

  private init(_ row: Row) throws {
    func key(_ name: some StringProtocol) throws -> CellKey {
      guard let key = CellKey(String(name)) else {
        throw JournalError.damaged(message: "no form has a cell \(name)")
      }
      return key
    }
    var suspect: Suspect?
    if let cell: String = row[8], let value: String = row[9] {
      guard let figure = Figure(value) else {
        throw JournalError.damaged(message: "\(value) is no figure")
      }
      suspect = Suspect(cell: try key(cell), balancesAt: figure)
    }
    self.init(
      check: row[0], status: try row.coded(1), severity: try row.coded(2),
      cells: try (row[3] as String).split(separator: " ").map(key), expected: row[4],
      found: row[5], message: row[6], quote: row[7], suspect: suspect)
  }
}

extension Notification {
  static func all(
    _ db: Database, _ selection: String, _ arguments: StatementArguments, limit: Int = .max
  ) throws -> [Notification] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT id, arrival, unit, region, subject, message, created, state FROM notifications \
        \(selection) ORDER BY id LIMIT \(limit)
        """, arguments: arguments
    ).map { row in
      let unit: String? = row[2]
      return Notification(
        id: row[0], arrival: row[1], addressee: unit.map { .unit($0, region: row[3]) } ?? .office,
        subject: row[4], message: row[5], created: Timestamp(microseconds: row[6]),
        state: try row.coded(7))
    }
  }
}

extension ToldReceipt {
  static func all(_ db: Database, of arrival: Int) throws -> [ToldReceipt] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT id, arrival, path, html, text, told, replaced_by FROM receipts WHERE arrival = ? \
        ORDER BY id
        """, arguments: [arrival]
    ).map { row in
      guard let path = row.bytes(2), let html = row.digest(3), let text = row.digest(4) else {
        throw JournalError.damaged(message: "receipt \(row[0] as Int) is no receipt")
      }
      return ToldReceipt(
        id: row[0],
        record: ReceiptRecord(arrival: row[1], path: path, html: html, text: text),
        told: Timestamp(microseconds: row[5]), replacedBy: row[6])
    }
  }
}

extension Entry {
  static func all(_ db: Database, of arrival: Int) throws -> [Entry] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT seq, time, kind, arrival, payload, previous, hash FROM entries WHERE arrival = ? \
        ORDER BY seq
        """, arguments: [arrival]
    ).map { row in
      guard let previous = row.digest(5), let hash = row.digest(6) else {
        throw JournalError.damaged(message: "entry \(row[0] as Int) has no hash")
      }
      return Entry(
        seq: row[0], time: Timestamp(microseconds: row[1]), kind: try row.coded(2),
        arrival: row[3], payload: row[4], previous: previous, hash: hash)
    }
  }
}

extension PastJudgement {
  static func all(_ db: Database, of arrival: Int) throws -> [PastJudgement] {
    try Row.fetchAll(
      db, sql: "SELECT entry, judgement FROM past WHERE arrival = ? ORDER BY entry",
      arguments: [arrival]
    ).map { row in
      // Columns in the order of `Schema.Pinned.judgement`.
      let values = row.bytes(1).flatMap(CanonicalBytes.values) ?? []
      guard values.count == Schema.Pinned.judgementCount,
        let judged = Int64.fromDatabaseValue(values[1]),
        let outcome = String.fromDatabaseValue(values[6]).flatMap({ Outcome(rawValue: $0) })
      else {
        throw JournalError.damaged(message: "entry \(row[0] as Int) has no judgement")
      }
      return PastJudgement(
        entry: row[0], judged: Timestamp(microseconds: judged), outcome: outcome,
        errors: Int.fromDatabaseValue(values[13]) ?? 0,
        warnings: Int.fromDatabaseValue(values[14]) ?? 0)
    }
  }
}
