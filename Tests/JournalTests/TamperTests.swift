import Digests
import GRDB
import Glibc
import Reports
import Testing

@testable import Journal

/// Whatever is changed behind the journal's back is found.
struct TamperTests {
  /// A journal with something in every table and every state.
  static func full() throws -> House {
    let house = try House()
    try house.file(
      "a", "1", outcome: .returned, report: Sample.report(figure: 3), findings: Sample.findings,
      notifications: [Sample.notification])
    try house.file("b", "2", report: Sample.report(figure: 4), notifications: [Sample.notification])
    try house.file("c", "2")
    _ = try house.judge("d", "4", outcome: .unreadable, reason: Refusal(.truncated, detail: "x"))
    _ = try house.claim("e")
    try house.journal.withdraw([try house.claim("f")])
    try house.file("b", "7", report: Sample.report(unit: nil))
    _ = try house.claim("g")
    let member = try house.keep("8")
    _ = try house.unpack(
      "h.zip", [("a", member, nil), ("b", nil, Refusal(.encrypted, detail: "x"))])
    try house.rejudge(
      1, outcome: .returned, report: Sample.report(figure: 5), findings: Sample.findings,
      notifications: [Sample.notification])
    let late = NotificationRequest(to: .office, subject: "late", message: "未报")
    try house.journal.notify([late, late])
    try house.journal.delivered(1)
    try house.journal.delivered(4)
    try house.journal.acknowledge([2, 3])
    return house
  }

  @Test func `Untouched, it is sound`() throws {
    let house = try TamperTests.full()
    let report = try house.verify(heads: [house.journal.reader.head()])
    #expect(report.damages == [])
    #expect(report.isSound)
    #expect(report.arrivals == 10)
    #expect(report.originals == 5)
    #expect(report.receipts == 3)
    #expect(report.soundEntries == report.entries)
    #expect(report.head == (try house.journal.reader.head()))
    #expect(report.strangers == 0)
  }

  /// Every value of every table, one after the other: another number, a flipped bit, a character more, nothing, or
  /// something where there was nothing.
  @Test func `Every change of any value of any row is found`() throws {
    let house = try TamperTests.full()
    house.journal = nil
    let queue = try TamperTests.raw(house)
    let tables = try queue.read { db in
      try String.fetchAll(
        db, sql: "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    }
    #expect(tables.count == 16)
    var changes = 0
    for table in tables {
      let columns = try queue.read { db in try db.columns(in: table).map(\.name) }
      let rows = try queue.read { db in try Row.fetchAll(db, sql: "SELECT * FROM \(table)") }
      // Of the catalogue's two hundred rows a few show it.
      let tried = table == "cells" ? [rows[0], rows[100]] : rows
      for row in tried {
        let place = columns.map { "\($0) IS ?" }.joined(separator: " AND ")
        for column in columns {
          let old: DatabaseValue = row[column]
          for value in TamperTests.others(old) where value != old {
            let sql = "UPDATE \(table) SET \(column) = ? WHERE \(place)"
            let arguments = StatementArguments([value]) + StatementArguments(row.databaseValues)
            guard try TamperTests.isFound(house, queue, sql, arguments) else { continue }
            changes += 1
          }
        }
      }
    }
    #expect(changes > 1000)
  }

  @Test func `A row that is removed is found`() throws {
    let house = try TamperTests.full()
    house.journal = nil
    let queue = try TamperTests.raw(house)
    for table in [
      "alike", "arrivals", "cells", "entries", "failed", "figures", "findings", "members", "meta",
      "notifications", "past", "receipts", "reports", "sqlite_sequence", "tallies",
    ] {
      let columns = try queue.read { db in try db.columns(in: table).map(\.name) }
      let rows = try queue.read { db in try Row.fetchAll(db, sql: "SELECT * FROM \(table)") }
      let place = columns.map { "\($0) IS ?" }.joined(separator: " AND ")
      for row in rows.prefix(30) {
        // The last entry of a chain is a head of its own, unless another was remembered: tested below.
        if table == "entries", row["seq"] == (rows.last?["seq"] as Int?),
          row["arrival"] as Int? == nil
        {
          continue
        }
        let done = try TamperTests.isFound(
          house, queue, "DELETE FROM \(table) WHERE \(place)",
          StatementArguments(row.databaseValues))
        #expect(done)
      }
    }
  }

  static let inserted = [
    """
    INSERT INTO arrivals (number, state, path, name, folder, received) \
    VALUES (99, 'claimed', x'41', 'A', '', 1)
    """,
    "INSERT INTO findings SELECT 2, packed FROM findings WHERE arrival = 1",
    "INSERT INTO figures SELECT 4, packed FROM figures WHERE arrival = 1",
    """
    INSERT INTO reports SELECT 4, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, detail, 0 \
    FROM reports WHERE arrival = 1
    """,
    "INSERT INTO findings VALUES (5, x'01')",
    "INSERT INTO figures VALUES (5, x'01')",
    "INSERT INTO failed VALUES (2, 'T4-SUM', 'error')",
    "INSERT INTO failed VALUES (1, 'T4-SUM', 'error')",
    "INSERT INTO failed VALUES (99, 'T4-SUM', 'error')",
    "INSERT INTO notifications VALUES (99, NULL, 1, NULL, NULL, 'x', 'x', 1, 'new', NULL)",
    "INSERT INTO notifications VALUES (99, 2, 1, NULL, NULL, 'x', 'x', 1, 'new', NULL)",
    "INSERT INTO receipts VALUES (99, 2, 5, x'41', zeroblob(32), zeroblob(32), 1, NULL)",
    "INSERT INTO past VALUES (1, 99, x'41', NULL, NULL, NULL)",
    "INSERT INTO past VALUES (2, 1, x'41', NULL, NULL, NULL)",
    "INSERT INTO cells VALUES (999, 'x')",
    "INSERT INTO members VALUES (4, 1, NULL, 0, NULL, NULL)",
    "INSERT INTO meta VALUES ('x', 'y')",
    "INSERT INTO entries SELECT 99, time, kind, arrival, payload, previous, hash FROM entries WHERE seq = 2",
    "INSERT INTO tallies VALUES (2020, 2020, 'accepted', 1)",
    "INSERT INTO alike VALUES (4, 2023, 1, 1)",
    "INSERT INTO alike VALUES (99, 2023, 1, 1)",
    "DROP TRIGGER arrivals_delete",
    "CREATE TABLE extra (a)",
    "CREATE TRIGGER t AFTER INSERT ON entries BEGIN DELETE FROM receipts; END",
    "DROP INDEX arrivals_by_digest",
    // Two entries change places.
    "UPDATE entries SET seq = CASE seq WHEN 4 THEN -5 ELSE -4 END WHERE seq IN (4, 5); UPDATE entries SET seq = -seq WHERE seq < 0",
    // Two arrivals change places.
    "UPDATE arrivals SET number = CASE number WHEN 4 THEN -5 ELSE -4 END WHERE number IN (4, 5); UPDATE arrivals SET number = -number WHERE number < 0",
  ]

  @Test(arguments: inserted)
  func `What is added or changes places is found`(sql: String) throws {
    let house = try TamperTests.full()
    house.journal = nil
    let queue = try TamperTests.raw(house)
    try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
    #expect(try !house.verify().isSound)
  }

  @Test func `An entry that is changed together with its hash is found by the next`() throws {
    let house = try TamperTests.full()
    house.journal = nil
    try TamperTests.forge(house, seq: 5)
    let report = try house.verify()
    #expect(report.damages.contains { $0.subject == .entry && $0.number == 6 })
    #expect(report.soundEntries == 5)
  }

  @Test func `A tail that is cut off or forged is found by a head remembered elsewhere`() throws {
    let house = try TamperTests.full()
    let head = try house.journal.reader.head()
    house.journal = nil
    let queue = try TamperTests.raw(house)
    try queue.writeWithoutTransaction { db in
      try db.execute(
        sql: """
          DELETE FROM entries WHERE seq > \(head.entries - 2);
          UPDATE notifications SET state = 'told' WHERE id = 2;
          UPDATE notifications SET state = 'new' WHERE id = 3;
          """)
    }
    #expect(try house.verify().isSound)
    #expect(try !house.verify(heads: [head]).isSound)
    let cut = try JournalReader(path: house.path).head()
    try TamperTests.forge(house, seq: cut.entries)
    #expect(try !house.verify(heads: [cut]).damages.filter { $0.subject == .entry }.isEmpty)
  }

  @Test func `Every byte of originals and receipts counts`() throws {
    let house = try TamperTests.full()
    let files =
      try house.journal.reader.arrivals().compactMap(\.result?.sha256).map {
        (ArchiveTests.file(house, $0), Damage.Subject.original)
      }
      + ["a", "b", "c"].flatMap {
        [
          (house.outbox + "/\($0).receipt.html", Damage.Subject.receiptFile),
          (house.outbox + "/\($0).receipt.txt", .receiptFile),
        ]
      }
    for (path, subject) in files {
      let content = try bytes(of: path)
      var changes = [content + [0], Array(content.dropLast())]
      for position in content.indices {
        var flipped = content
        flipped[position] ^= 1
        changes.append(flipped)
      }
      for change in changes {
        House.write(change, to: path)
        #expect(try house.verify().damages.map(\.subject) == [subject])
      }
      unlink(path)
      #expect(try house.verify().damages.map(\.subject) == [subject])
      symlink("/etc/passwd", path)
      #expect(try house.verify().damages.map(\.subject) == [subject])
      House.write(content, to: path)
    }
    #expect(try house.verify().isSound)
    House.write([1], to: house.root + "/archive/00/stranger")
    #expect(try house.verify().strangers == 1)
    #expect(try house.verify().isSound)
  }

  @Test func `The part that was changed is named`() throws {
    let house = try TamperTests.full()
    house.journal = nil
    let cases: [(String, Damage.Subject)] = [
      ("UPDATE figures SET packed = (SELECT packed FROM figures WHERE arrival = 1)", .figures),
      ("UPDATE findings SET packed = (SELECT figures FROM past WHERE arrival = 1)", .findings),
      ("UPDATE failed SET rule = 'T4-SUM' WHERE arrival = 1", .findings),
      ("UPDATE reports SET unit = '乙' WHERE arrival = 2", .report),
      ("UPDATE arrivals SET outcome = 'accepted' WHERE number = 1", .arrival),
      ("UPDATE notifications SET state = 'acknowledged' WHERE id = 1", .notification),
      ("UPDATE receipts SET told = told + 1 WHERE id = 1", .receipt),
      ("UPDATE entries SET time = time + 1 WHERE seq = 3", .entry),
      ("UPDATE cells SET name = name || 'x' WHERE number = 3", .catalogue),
    ]
    for (sql, subject) in cases {
      let copy = try House(open: false)
      for suffix in ["", "-wal"] {
        House.write(try bytes(of: house.path + suffix), to: copy.path + suffix)
      }
      let queue = try TamperTests.raw(copy)
      try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
      try queue.close()
      let report = try TamperTests.damages(copy)
      #expect(report.map(\.subject).contains(subject), "\(sql): \(report)")
      #expect(report.allSatisfy { !$0.sure(.chinese).isEmpty })
    }
  }

  // MARK: - Tools

  /// A connection that stops at nothing.
  static func raw(_ house: House) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA ignore_check_constraints = ON") }
    return try DatabaseQueue(path: house.path, configuration: configuration)
  }

  /// The damages in the database; a journal that cannot be read at all is one.
  static func damages(_ house: House) throws -> [Damage] {
    do {
      let reader = try JournalReader(path: house.path)
      return try reader.verify(archive: nil, outbox: nil).damages
    } catch JournalError.damaged(let message) {
      return [Damage(.database, nil, expected: "", found: message)]
    }
  }

  /// Makes a change, verifies, and takes it back.
  /// - Returns: `false` when SQLite did not let the change happen.
  static func isFound(
    _ house: House, _ queue: DatabaseQueue, _ sql: String, _ arguments: StatementArguments
  ) throws -> Bool {
    let found: Bool? = try queue.inDatabase { db in
      try db.execute(sql: "SAVEPOINT tamper")
      defer {
        try? db.execute(sql: "ROLLBACK TO tamper")
        try? db.execute(sql: "RELEASE tamper")
      }
      do {
        try db.execute(sql: sql, arguments: arguments)
      } catch let error as DatabaseError
        where [.SQLITE_CONSTRAINT, .SQLITE_MISMATCH].contains(error.resultCode)
      {
        return nil
      }
      #expect(db.changesCount == 1, "\(sql)")
      var report = VerifyReport()
      do {
        try JournalReader.verifyRows(db, heads: [], &report) { _ in }
      } catch JournalError.damaged {
        return true
      }
      return !report.isSound
    }
    if let found { #expect(found, "not found: \(sql) \(arguments)") }
    return found != nil
  }

  static func others(_ value: DatabaseValue) -> [DatabaseValue] {
    switch value.storage {
    case .null: [1.databaseValue, "x".databaseValue, [1].blob]
    case .int64(let number): [(number + 1).databaseValue, (number ^ 256).databaseValue, .null]
    case .double: [.null]
    case .string(let text):
      [
        (text + "x").databaseValue, String(text.dropLast()).databaseValue,
        ("y" + text.dropFirst()).databaseValue, .null,
      ]
    case .blob(let data):
      [0, data.count / 2, data.count - 1].map { position in
        var bytes = [UInt8](data)
        if bytes.isEmpty { return [1].blob }
        bytes[position] ^= 1
        return bytes.blob
      } + [.null]
    }
  }

  /// Changes the time of an entry and gives it the hash that belongs to it.
  static func forge(_ house: House, seq: Int) throws {
    let queue = try raw(house)
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "UPDATE entries SET time = time + 1 WHERE seq = ?", arguments: [seq])
      let row = try Row.fetchOne(
        db, sql: "SELECT seq, time, kind, arrival, payload, previous FROM entries WHERE seq = ?",
        arguments: [seq])
      let hash = CanonicalBytes.digest(Array((row ?? Row()).databaseValues))
      try db.execute(
        sql: "UPDATE entries SET hash = ? WHERE seq = ?", arguments: [hash.blob, seq])
    }
    try queue.close()
  }
}
