import GRDB
import Glibc
import Reports
import Testing

@testable import Journal

struct OpeningTests {
  /// Whoever else writes to the file: a shell, a restore.
  static func meddle(_ house: House, _ sql: String...) throws {
    let queue = try DatabaseQueue(path: house.path)
    try queue.writeWithoutTransaction { db in
      for sql in sql { try db.execute(sql: sql) }
    }
    try queue.close()
  }

  static func failure(_ body: () throws -> Void) -> JournalError? {
    do {
      try body()
      return nil
    } catch {
      return error as? JournalError
    }
  }

  @Test func `A journal of a newer program is refused, by writer and reader`() throws {
    let house = try House()
    house.journal = nil
    try OpeningTests.meddle(house, "PRAGMA user_version = 99")
    let refused = JournalError.newerSchema(found: 99, known: Schema.version)
    #expect(throws: refused) { try Journal(path: house.path) }
    #expect(throws: refused) { try JournalReader(path: house.path) }
  }

  @Test func `Another program's database is refused and left as it was`() throws {
    let house = try House(open: false)
    try OpeningTests.meddle(house, "CREATE TABLE t (a)", "INSERT INTO t VALUES (1)")
    let before = try bytes(of: house.path)
    let refused = JournalError.notAJournal(path: house.path)
    #expect(throws: refused) { try Journal(path: house.path) }
    #expect(throws: refused) { try JournalReader(path: house.path) }
    #expect(try bytes(of: house.path) == before)
  }

  @Test func `A first start that was killed before the first migration is begun again`() throws {
    let house = try House(open: false)
    try OpeningTests.meddle(
      house, "PRAGMA journal_mode = WAL",
      "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
    #expect(try Journal(path: house.path).isNew)
  }

  @Test func `A file that is no database is refused`() throws {
    let house = try House(open: false)
    House.write(Array(repeating: UInt8(ascii: "x"), count: 10_000), to: house.path)
    #expect(throws: JournalError.notAJournal(path: house.path)) { try Journal(path: house.path) }
  }

  @Test func `A damaged page is named`() throws {
    let house = try House()
    for number in 0..<20 { try house.file("\(number)", "\(number)", report: Sample.report()) }
    try house.journal.close()
    house.journal = nil
    var file = try bytes(of: house.path)
    for position in 4096..<file.count { file[position] = 0xFF }
    House.write(file, to: house.path)
    guard case .damaged = OpeningTests.failure({ _ = try Journal(path: house.path) }) else {
      Issue.record("opened a journal whose pages are gone")
      return
    }
  }

  @Test func `No journal is not an empty journal`() throws {
    let house = try House(open: false)
    guard case .unavailable = OpeningTests.failure({ _ = try JournalReader(path: house.path) })
    else {
      Issue.record("a reader opened what is not there")
      return
    }
    #expect(access(house.path, F_OK) != 0)
    #expect(try Journal(path: house.path).isNew)
    #expect(try !Journal(path: house.path).isNew)
  }

  @Test func `A file left empty by a crash is a new journal`() throws {
    let house = try House(open: false)
    House.write([], to: house.path)
    #expect(try Journal(path: house.path).isNew)
  }

  @Test func `A second daemon is told so`() throws {
    let house = try House()
    #expect(throws: JournalError.inUse(path: house.path)) { try Journal(path: house.path) }
    try house.file("a", "1")
    house.journal = nil
    _ = try Journal(path: house.path)
  }

  @Test func `A locked journal is told apart, and goes on when it is free`() throws {
    let house = try House()
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let other = try DatabaseQueue(path: house.path, configuration: configuration)
    try other.inDatabase { try $0.execute(sql: "BEGIN IMMEDIATE") }
    guard case .locked = OpeningTests.failure({ _ = try house.claim("a") }) else {
      Issue.record("claimed in a locked journal")
      return
    }
    try other.inDatabase { try $0.execute(sql: "COMMIT") }
    #expect(try house.claim("a") == 1)
  }

  /// As SQLite tells them apart: one means that somebody else has the journal, the other that nobody knows any more who has.
  @Test func `Locks that have failed are no lock of another's`() {
    func error(_ code: ResultCode) -> JournalError {
      JournalError(code: Int(code.rawValue), message: "x", path: "p", errno: 0)
    }
    #expect(error(.SQLITE_PROTOCOL) == .locksBroken(message: "x"))
    #expect(error(.SQLITE_BUSY) == .locked(message: "x"))
    #expect(error(.SQLITE_PROTOCOL).isTransient == false)
  }

  @Test func `A reader sees one moment while the daemon writes on, and holds nobody up`() throws {
    let house = try House()
    try house.file("a", "1", report: Sample.report())
    let reader = try JournalReader(path: house.path)
    try reader.connection.queue.read { db in
      let before = try Int.fetchOne(db, sql: "SELECT count(*) FROM arrivals")
      try house.file("b", "2", report: Sample.report())
      #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM arrivals") == before)
    }
    #expect(try reader.counts().received == 2)
    #expect(try reader.verify(archive: house.archive, outbox: house.outbox).damages == [])
  }

  @Test func `A reader cannot write and does not checkpoint`() throws {
    let house = try House()
    try house.file("a", "1", report: Sample.report())
    let reader = try JournalReader(path: house.path)
    guard
      case .unavailable = OpeningTests.failure({
        try reader.connection.write { try $0.execute(sql: "DELETE FROM receipts") }
      })
    else {
      Issue.record("a reader wrote")
      return
    }
    let log = try bytes(of: house.path + "-wal")
    try reader.close()
    #expect(try bytes(of: house.path + "-wal") == log)
    #expect(!log.isEmpty)
  }

  @Test func `The settings that the durability rests on are in force`() throws {
    let house = try House()
    let settings = try house.journal.connection.queue.inDatabase { db in
      try ["journal_mode", "synchronous", "foreign_keys", "trusted_schema", "cell_size_check"].map {
        try String.fetchOne(db, sql: "PRAGMA \($0)") ?? ""
      }
    }
    #expect(settings == ["wal", "2", "1", "0", "1"])
    let tables = try house.journal.connection.queue.read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%STRICT%' \
          AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'grdb%'
          """)
    }
    #expect(tables == [])
    var status = stat()
    stat(house.path, &status)
    #expect(status.st_mode & 0o7 == 0)
  }

  @Test func `A full database says so, keeps what it has, and goes on when there is room`() throws {
    let house = try House()
    try house.file("a", "1", report: Sample.report())
    try house.journal.connection.queue.inDatabase { db in
      let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
      try db.execute(sql: "PRAGMA max_page_count = \(pages)")
    }
    var kept = 1
    let error = OpeningTests.failure {
      for number in 0..<100 {
        try house.file("\(number)", "n\(number)", report: Sample.report())
        kept += 1
      }
    }
    guard case .diskFull = error else {
      Issue.record("not told as full: \(String(describing: error))")
      return
    }
    #expect(error?.isTransient == true)
    try house.journal.connection.queue.inDatabase {
      try $0.execute(sql: "PRAGMA max_page_count = 1000000")
    }
    let left = try house.journal.reader.unfinished().count + house.journal.reader.untold().count
    #expect(left <= 1)
    #expect(try house.verify().damages == [])
    try house.file("later", "later", report: Sample.report())
    #expect(try house.verify().damages == [])
  }
}
