import CLinux
import GRDB
import Glibc
public import Reports

/// The one writer of a journal. What it has confirmed is on the disk.
///
/// Calls are synchronous and serialised by SQLite's one connection: run them on an executor of your own, a commit waits for
/// the disk. After an error nothing of the call has been written.
public final class Journal: Sendable {
  /// Gives every question that a reader in another process may ask.
  public let reader: JournalReader
  /// There was no journal before: beside an archive that is not empty, something is wrong.
  public let isNew: Bool

  let connection: Connection
  let catalogue: CellCatalogue
  let clock: @Sendable () -> Timestamp
  private let lock: WriterLock
  private let files: [FileInPlace]

  /// Opens the journal, makes it if there is none, and brings its schema up to date.
  /// - Parameters:
  ///   - timeout: how long to wait, in seconds, for another process that has the file locked.
  ///   - clock: the time written to entries.
  ///   - upgrading: told the schema of a journal that is about to be brought up to date: minutes, where it is large.
  /// - Throws: ``JournalError/inUse(path:)`` when another daemon has it open.
  public init(
    path: String, timeout: Double = 10, clock: @escaping @Sendable () -> Timestamp = Journal.now,
    upgrading: (_ schema: Int) -> Void = { _ in }
  ) throws(JournalError) {
    lock = try WriterLock(journal: path)
    do {
      connection = try Connection.writer(path: path, timeout: timeout, upgrading: upgrading)
      (isNew, catalogue) = try connection.queue.write { db in
        try Journal.prepare(db, time: clock())
      }
    } catch {
      throw JournalError(error, path: path)
    }
    self.clock = clock
    files = [FileInPlace(path), FileInPlace(path + "-wal")]
    reader = JournalReader(connection: connection, catalogue: catalogue)
  }

  /// Whether the files that are open are still those that bear the journal's names. What is written to others is lost.
  public var isInPlace: Bool { files.allSatisfy(\.isThere) }

  /// Whether a daemon has the journal open for writing.
  public static func isOpen(path: String) -> Bool { WriterLock.isHeld(journal: path) }

  /// The system's clock.
  @Sendable public static func now() -> Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
  }

  /// Gives back what SQLite keeps for the next question.
  public func releaseMemory() { connection.queue.releaseMemory() }

  /// Checkpoints and closes. Without it nothing is lost either: the log is read again at the next opening.
  public func close() throws(JournalError) { try connection.close() }

  /// The first entry of a new journal; cell keys that a newer program has added.
  private static func prepare(
    _ db: Database, time: Timestamp
  ) throws -> (isNew: Bool, catalogue: CellCatalogue) {
    let added = try CellCatalogue.extend(db)
    var chain = try Chain(db, time: time)
    let isNew = chain.head.entries == 0
    if isNew {
      let id = try String.fetchOne(db, sql: "SELECT lower(hex(randomblob(16)))") ?? ""
      try db.insert("meta", ["id".databaseValue, id.databaseValue])
      var payload = Payload()
      payload.add("cells", try CellCatalogue.digest(db))
      payload.add("id", text: id)
      try chain.append(.created, arrival: nil, payload)
    } else if added {
      var payload = Payload()
      payload.add("cells", try CellCatalogue.digest(db))
      try chain.append(.catalogue, arrival: nil, payload)
    }
    return (isNew, try CellCatalogue(db))
  }

  /// One transaction that appends entries.
  func append<T>(
    _ body: (Database, inout Chain) throws -> T
  ) throws(JournalError) -> T {
    let time = clock()
    return try connection.write { db in
      var chain = try Chain(db, time: time)
      return try body(db, &chain)
    }
  }
}

/// A file by its name and by what it is.
private struct FileInPlace: Sendable {
  let path: String
  let device: UInt64
  let inode: UInt64

  init(_ path: String) {
    var status = linux_file()
    linux_status_at(AT_FDCWD, path, &status)
    (self.path, device, inode) = (path, status.device, status.inode)
  }

  var isThere: Bool {
    var status = linux_file()
    let result = linux_status_at(AT_FDCWD, path, &status)
    // Not to be told now: no reason to call it gone.
    guard result >= 0 else { return result != -ENOENT && result != -ENOTDIR }
    return status.device == device && status.inode == inode
  }
}
