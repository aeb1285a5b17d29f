import Digests
import GRDB
import Reports

extension Journal {
  /// Marks arrivals as told: their receipts stand in the outbox, synced. One transaction for all.
  ///
  /// Receipts that stood at the same path, and earlier ones of the same arrival, are marked as replaced.
  /// - Throws: ``JournalError/conflict(_:)`` when an arrival is not judged.
  public func told(_ records: [ReceiptRecord]) throws(JournalError) {
    guard !records.isEmpty else { return }
    let time = clock()
    try append { db, chain in
      for record in records {
        try write(record, db, &chain, time)
      }
    }
  }

  private func write(
    _ record: ReceiptRecord, _ db: Database, _ chain: inout Chain, _ time: Timestamp
  ) throws {
    let arrival = record.arrival.databaseInteger
    try db.run(
      "UPDATE arrivals SET state = 'told' WHERE number = ? AND state <> 'claimed'", [arrival])
    guard db.changesCount == 1 else {
      throw JournalError.conflict("arrival \(record.arrival) has no judgement to tell")
    }
    let next = try db.cachedStatement(sql: "SELECT ifnull(max(id), 0) + 1 FROM receipts")
    let id = try Int.fetchOne(next) ?? 1
    let older = try db.cachedStatement(
      sql: """
        SELECT id, arrival FROM receipts WHERE replaced_by IS NULL AND path = ? \
        UNION SELECT id, arrival FROM receipts WHERE replaced_by IS NULL AND arrival = ? ORDER BY id
        """)
    let replaced = try Row.fetchAll(older, arguments: [record.path.blob, arrival])
      .map { row in (id: row[0] as Int, arrival: row[1] as Int) }
    let pinned = [
      id.databaseInteger, arrival, chain.next.databaseInteger, record.path.blob,
      record.html.blob, record.text.blob, time.microseconds.databaseValue,
    ]
    try db.insert("receipts", pinned + [.null])
    var payload = Payload()
    payload.add("html", record.html)
    payload.add("receipt", Int64(id))
    payload.add("row", CanonicalBytes.digest(pinned))
    payload.add("text", record.text)
    try chain.append(.told, arrival: record.arrival, payload)
    try db.run(
      """
      UPDATE notifications SET state = 'told' WHERE arrival = ? AND state = 'new' \
      AND unit IS NOT NULL
      """, [arrival])
    for older in replaced {
      try db.run(
        "UPDATE receipts SET replaced_by = ? WHERE id = ?",
        [id.databaseInteger, older.id.databaseInteger])
      var payload = Payload()
      payload.add("by", Int64(id))
      payload.add("receipt", Int64(older.id))
      try chain.append(.replaced, arrival: older.arrival, payload)
    }
  }

  /// Notifications that no judgement makes: who is late, who is missing.
  /// - Returns: their ids.
  @discardableResult
  public func notify(
    _ requests: [NotificationRequest], arrival: Int? = nil
  ) throws(JournalError) -> [Int] {
    guard !requests.isEmpty else { return [] }
    let time = clock()
    return try append { db, chain in
      let rows = try db.insert(requests, arrival: arrival, entry: chain.next, time: time)
      var payload = Payload()
      payload.add("notifications", rows: rows)
      try chain.append(.notified, arrival: arrival, payload)
      return rows.map { Int($0.id) }
    }
  }

  /// The office's command has taken a notification. Whoever is told so is told.
  /// - Throws: ``JournalError/conflict(_:)`` for an id that there is not, or that was delivered before.
  public func delivered(_ id: Int) throws(JournalError) {
    try append { db, chain in
      let row = try Row.fetchOne(
        db, sql: "SELECT arrival FROM notifications WHERE id = ? AND delivered IS NULL",
        arguments: [id])
      guard let row else {
        throw JournalError.conflict("notification \(id) is not to be delivered")
      }
      try db.run(
        """
        UPDATE notifications SET delivered = ?, \
        state = CASE state WHEN 'new' THEN 'told' ELSE state END WHERE id = ?
        """, [chain.next.databaseInteger, id.databaseInteger])
      var payload = Payload()
      payload.add("notification", Int64(id))
      try chain.append(.delivered, arrival: row[0], payload)
    }
  }

  /// Marks notifications as seen. Those that are acknowledged or resolved already stay as they are.
  /// - Returns: the ids that were changed.
  /// - Throws: ``JournalError/conflict(_:)`` for an id that there is not; then none is changed.
  @discardableResult
  public func acknowledge(_ ids: [Int]) throws(JournalError) -> [Int] {
    try settle(ids, from: [.new, .told], to: .acknowledged, .acknowledged)
  }

  /// Marks notifications that belong to no receipt as told: the log has them.
  @discardableResult
  public func announced(_ ids: [Int]) throws(JournalError) -> [Int] {
    try settle(ids, from: [.new], to: .told, .announced)
  }

  /// What these notifications tell is no longer so.
  @discardableResult
  public func resolve(_ ids: [Int]) throws(JournalError) -> [Int] {
    try settle(ids, from: [.new, .told, .acknowledged], to: .resolved, .resolved)
  }

  private func settle(
    _ ids: [Int], from old: Set<Notification.State>, to new: Notification.State, _ kind: Entry.Kind
  ) throws(JournalError) -> [Int] {
    guard !ids.isEmpty else { return [] }
    return try append { db, chain in
      try ids.filter { id in
        let row = try Row.fetchOne(
          db, sql: "SELECT arrival, state FROM notifications WHERE id = ?", arguments: [id])
        guard let row else { throw JournalError.conflict("there is no notification \(id)") }
        guard old.contains(try row.coded(1)) else { return false }
        try db.run(
          "UPDATE notifications SET state = ? WHERE id = ?",
          [new.rawValue.databaseValue, id.databaseInteger])
        var payload = Payload()
        payload.add("notification", Int64(id))
        try chain.append(kind, arrival: row[0], payload)
        return true
      }
    }
  }
}

extension Database {
  /// - Returns: ids and digests for the entry that pins them.
  func insert(
    _ requests: [NotificationRequest], arrival: Int?, entry: Int, time: Timestamp
  ) throws -> [(id: Int64, digest: Digest)] {
    guard !requests.isEmpty else { return [] }
    let last = try Int64.fetchOne(self, sql: "SELECT max(id) FROM notifications") ?? 0
    return try requests.enumerated().map { index, request in
      let id = last + Int64(index) + 1
      var unit: String?
      var region: String?
      if case .unit(let name, let place) = request.addressee { (unit, region) = (name, place) }
      let pinned: [DatabaseValue] = [
        id.databaseValue, arrival.map(Int64.init).databaseValue, entry.databaseInteger,
        unit.databaseValue, region.databaseValue, request.subject.databaseValue,
        request.message.databaseValue, time.microseconds.databaseValue,
      ]
      try insert("notifications", pinned + ["new".databaseValue, .null])
      return (id, CanonicalBytes.digest(pinned))
    }
  }
}
