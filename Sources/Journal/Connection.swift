import CLinux
import GRDB
import GRDBSQLite
import Glibc

// How every connection is set up (https://www.sqlite.org/pragma.html).
//
// There is one writing connection in the world: a lock file beside the journal keeps a second daemon out, and only that
// connection checkpoints. (SQLite 3.7.0 to 3.51.2 can lose a write-ahead log when two connections write or checkpoint at
// once, https://www.sqlite.org/wal.html.) Readers of other processes open read-only; a read-only connection cannot
// checkpoint. No memory mapping: a bad sector then gives an error, not a signal.

/// Open database and what it needs beside it.
final class Connection: Sendable {
  let queue: DatabaseQueue
  let path: String

  private init(queue: DatabaseQueue, path: String) {
    self.queue = queue
    self.path = path
  }

  private static func configuration(timeout: Double, readonly: Bool) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = readonly
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(timeout)
    // See `atOneMoment`.
    configuration.allowsUnsafeTransactions = readonly
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA trusted_schema = OFF")
      try db.execute(sql: "PRAGMA cell_size_check = ON")
      try db.execute(sql: "PRAGMA mmap_size = 0")
      if readonly {
        try db.execute(sql: "PRAGMA query_only = ON")
      } else {
        // Of a new file only: rows of one to two thousand bytes leave a third of a 4 kB page empty.
        try db.execute(sql: "PRAGMA page_size = 8192")
        try db.execute(sql: "PRAGMA synchronous = FULL")
        try db.execute(sql: "PRAGMA journal_size_limit = 67108864")
        // Leaves the log and its index in place at the end: a reader that may not create files can still open.
        var persist: Int32 = 1
        sqlite3_file_control(db.sqliteConnection, nil, SQLITE_FCNTL_PERSIST_WAL, &persist)
      }
    }
    return configuration
  }

  /// Opens for writing, makes the journal if there is none, and migrates it.
  static func writer(
    path: String, timeout: Double, upgrading: (_ schema: Int) -> Void
  ) throws -> Connection {
    try makeFile(path)
    let queue = try DatabaseQueue(
      path: path, configuration: configuration(timeout: timeout, readonly: false))
    let found = try queue.unsafeRead { try identify($0, path: path) }
    if found > Schema.version {
      throw JournalError.newerSchema(found: found, known: Schema.version)
    }
    try queue.writeWithoutTransaction { db in
      let mode = try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL")
      guard mode == "wal" else {
        throw JournalError.unavailable(
          path: path, message: "the file system does not allow a write-ahead log")
      }
    }
    if found > 0, found < Schema.version { upgrading(found) }
    try Schema.migrator.migrate(queue)
    return Connection(queue: queue, path: path)
  }

  /// Opens for reading while a daemon may be writing. Nothing is created.
  static func reader(path: String, timeout: Double) throws -> Connection {
    let queue = try DatabaseQueue(
      path: path, configuration: configuration(timeout: timeout, readonly: true))
    let found = try queue.unsafeRead { try identify($0, path: path) }
    if found > Schema.version {
      throw JournalError.newerSchema(found: found, known: Schema.version)
    }
    if found < Schema.version {
      throw JournalError.olderSchema(found: found, known: Schema.version)
    }
    return Connection(queue: queue, path: path)
  }

  /// The schema version of the file; 0 for a new one.
  private static func identify(_ db: Database, path: String) throws -> Int {
    let application = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    // GRDB makes its own table in a transaction before the first migration: a kill in between leaves a new journal.
    let objects =
      try Int.fetchOne(
        db, sql: "SELECT count(*) FROM sqlite_master WHERE tbl_name <> 'grdb_migrations'") ?? 0
    if application == 0, version == 0, objects == 0 { return 0 }
    guard application == Schema.applicationID, version > 0 else {
      throw JournalError.notAJournal(path: path)
    }
    return version
  }

  /// SQLite would make the file readable by everybody, and does not sync the folder for it.
  private static func makeFile(_ path: String) throws {
    let file = linux_open_at(AT_FDCWD, path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o640)
    if file == -EEXIST { return }
    guard file >= 0 else {
      throw JournalError.unavailable(path: path, message: systemMessage(-file))
    }
    Glibc.close(file)
    let parent = String(path.lastIndex(of: "/").map { path[...$0] } ?? "./")
    let folder = linux_open_at(AT_FDCWD, parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
    guard folder >= 0 else {
      throw JournalError.unavailable(path: parent, message: systemMessage(-folder))
    }
    defer { Glibc.close(folder) }
    let result = linux_sync(folder)
    guard result >= 0 else {
      throw JournalError.io(code: 0, errno: Int(-result), message: "cannot sync \(parent)")
    }
  }

  /// What `body` reads is of one moment.
  func read<T>(_ body: (Database) throws -> T) throws(JournalError) -> T {
    do {
      // Not GRDB's own reading: around each it sets `query_only`, and with that SQLite compiles every statement anew.
      return try queue.unsafeRead { db in
        if db.isInsideTransaction { return try body(db) }
        try db.cachedStatement(sql: "BEGIN DEFERRED TRANSACTION").execute()
        do {
          let result = try body(db)
          try db.cachedStatement(sql: "COMMIT TRANSACTION").execute()
          return result
        } catch {
          try? db.rollback()
          throw error
        }
      }
    } catch {
      throw JournalError(error, path: path, errno: 0)
    }
  }

  /// All that `body` reads is of one moment. Only of a connection that does not write: on the other one nothing could be written
  /// until the end.
  func atOneMoment<T>(_ body: () throws(JournalError) -> T) throws(JournalError) -> T {
    do {
      try queue.unsafeRead { try $0.beginTransaction(.deferred) }
    } catch {
      throw JournalError(error, path: path, errno: 0)
    }
    // Nothing has been written: there is nothing to confirm, nor to take back.
    defer { queue.unsafeRead { if $0.isInsideTransaction { try? $0.rollback() } } }
    return try body()
  }

  /// One transaction: all of it is on the disk when this returns, or nothing.
  func write<T>(_ body: (Database) throws -> T) throws(JournalError) -> T {
    do {
      return try queue.write(body)
    } catch {
      // SQLite tells a full disk as an input/output error where it grows the shared index; errno tells them apart.
      let number = queue.unsafeRead { sqlite3_system_errno($0.sqliteConnection) }
      throw JournalError(error, path: path, errno: number)
    }
  }

  func close() throws(JournalError) {
    do { try queue.close() } catch { throw JournalError(error, path: path) }
  }
}

func systemMessage(_ number: Int32) -> String {
  "\(String(cString: strerror(number))) (\(String(cString: linux_error_name(number))))"
}

/// Held by the one process that writes. The kernel drops it when the process ends, however it ends.
struct WriterLock: ~Copyable {
  private let descriptor: Int32

  init(journal path: String) throws(JournalError) {
    let lock = path + ".lock"
    let file = linux_open_at(AT_FDCWD, lock, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o640)
    guard file >= 0 else {
      if file == -ENOSPC || file == -EDQUOT {
        throw .diskFull(message: systemMessage(-file))
      }
      throw .unavailable(path: lock, message: systemMessage(-file))
    }
    var result = linux_lock_file(file)
    // Whoever only asks whether a daemon runs holds the lock for a moment.
    for _ in 0..<20 where result == -EWOULDBLOCK {
      usleep(10_000)
      result = linux_lock_file(file)
    }
    guard result >= 0 else {
      Glibc.close(file)
      if result == -EWOULDBLOCK { throw .inUse(path: path) }
      throw .io(code: 0, errno: Int(-result), message: "cannot lock \(lock)")
    }
    descriptor = file
  }

  deinit { close(descriptor) }

  /// Whether some process writes this journal now. Takes nothing away from it.
  static func isHeld(journal path: String) -> Bool {
    let file = linux_open_at(AT_FDCWD, path + ".lock", O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0)
    guard file >= 0 else { return false }
    defer { Glibc.close(file) }
    return linux_is_locked(file) == 1
  }
}

extension Journal {
  /// Of SQLite, as it is loaded.
  public static var libraryVersion: String { String(cString: sqlite3_libversion()) }
}
