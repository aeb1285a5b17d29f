import Forms
import GRDB
import Reports

// Rows of the tables that hang on an arrival, as values.

extension Finding {
  /// The row of table `findings`; NULL: there are none.
  static func packed(_ db: Database, of arrival: Int) throws -> DatabaseValue {
    let statement = try db.cachedStatement(sql: "SELECT packed FROM findings WHERE arrival = ?")
    return try DatabaseValue.fetchOne(statement, arguments: [arrival]) ?? .null
  }

  static func all(
    _ packed: DatabaseValue, of arrival: Int, by unpacker: Unpacker
  ) throws -> [Finding] {
    guard let canonical = try packed.unpacked(.findings, of: arrival, by: unpacker) else {
      return []
    }
    let count = Schema.Pinned.findingCount
    guard let values = CanonicalBytes.values(canonical), values.count % count == 0 else {
      throw JournalError.damaged(message: "the findings of arrival \(arrival) cannot be read")
    }
    return try stride(from: 0, to: values.count, by: count).map {
      try Finding(values[$0..<($0 + count)])
    }
  }

  /// - Parameter values: in the order of `Schema.Pinned.finding`.
  private init(_ values: ArraySlice<DatabaseValue>) throws {
    func text(_ place: Int) -> String? { .fromDatabaseValue(values[values.startIndex + place]) }
    func coded<T: RawRepresentable<String>>(_ place: Int) throws -> T {
      guard let value = text(place).flatMap({ T(rawValue: $0) }) else {
        throw JournalError.damaged(message: "\(text(place) ?? "nothing") is no \(T.self)")
      }
      return value
    }
    func key(_ name: some StringProtocol) throws -> CellKey {
      guard let key = CellKey(String(name)) else {
        throw JournalError.damaged(message: "no form has a cell \(name)")
      }
      return key
    }
    var suspect: Suspect?
    if let cell = text(10), let value = text(11) {
      guard let figure = Figure(value) else {
        throw JournalError.damaged(message: "\(value) is no figure")
      }
      suspect = Suspect(cell: try key(cell), balancesAt: figure)
    }
    self.init(
      check: text(2) ?? "", status: try coded(3), severity: try coded(4),
      cells: try (text(5) ?? "").split(separator: " ").map(key), expected: text(6),
      found: text(7), message: text(8) ?? "", quote: text(9), suspect: suspect)
  }
}

extension Notification {
  static func all(
    _ db: Database, _ selection: String, _ arguments: StatementArguments, limit: Int = .max
  ) throws -> [Notification] {
    let statement = try db.cachedStatement(
      sql: """
        SELECT id, arrival, unit, region, subject, message, created, state FROM notifications \
        \(selection) ORDER BY id LIMIT \(limit)
        """)
    return try Row.fetchAll(statement, arguments: arguments).map { row in
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
    let statement = try db.cachedStatement(
      sql: """
        SELECT id, arrival, path, html, text, told, replaced_by FROM receipts WHERE arrival = ? \
        ORDER BY id
        """)
    return try Row.fetchAll(statement, arguments: [arrival]).map { row in
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
    let statement = try db.cachedStatement(
      sql: """
        SELECT seq, time, kind, arrival, payload, previous, hash FROM entries WHERE arrival = ? \
        ORDER BY seq
        """)
    return try Row.fetchAll(statement, arguments: [arrival]).map { row in
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
    let statement = try db.cachedStatement(
      sql: "SELECT entry, judgement FROM past WHERE arrival = ? ORDER BY entry")
    return try Row.fetchAll(statement, arguments: [arrival]).map { row in
      // Columns in the order of `Schema.Pinned.judgement`.
      let values =
        try row.unpacked(1, .judgement, of: arrival).flatMap(CanonicalBytes.values) ?? []
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
