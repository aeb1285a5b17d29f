import CLinux
public import Digests
import FoundationEssentials
import GRDB
import Glibc
public import Reports

// A consistent copy of journal and originals in one tar file, while a daemon writes.
//
//   manifest.json                  what it is, the head of the chain, counts, the digest of the journal
//   journal.sqlite                 one snapshot, by SQLite's online backup
//   journal.sqlite-wal, -shm       empty: unpacked over an older journal they take the place of its log, which
//                                  SQLite would otherwise replay into the new file
//   archive/ab/cdef…               every original that the snapshot names, hashed on its way
//   held/17                        what could not be read when it came, if whoever makes the backup may read it
//
// Originals are archived before the journal names them and are never changed, so they are copied after the snapshot.
// Receipts are not in it: the daemon derives them again at its start.

/// What went into a backup.
public struct BackupReport: Sendable, Hashable {
  public var head = Head.none
  public var arrivals = 0
  public var originals = 0
  public var held = 0
  /// Bytes of the whole file.
  public var size = 0
  /// Originals that are missing or are not the bytes they were: `verify` says more.
  public var damaged: [Digest] = []
}

/// Why there is no backup. Nothing stands under the name that was asked for, or what stood there before.
public enum BackupError: Error, Sendable, Hashable {
  case journal(JournalError)
  case archive(ArchiveError)
  /// The file, or the folder it is to stand in. Numbers are those of errno(3).
  case file(operation: String, errno: Int)

  init(_ operation: String, _ result: Int32) {
    self = .file(operation: operation, errno: Int(-result))
  }

  init(_ error: any Error, path: String) {
    switch error {
    case let error as BackupError: self = error
    case let error as ArchiveError: self = .archive(error)
    default: self = .journal(JournalError(error, path: path))
    }
  }

  public var isDiskFull: Bool {
    switch self {
    case .journal(.diskFull), .archive(.diskFull): true
    case .file(_, let number): [ENOSPC, EDQUOT, EFBIG].contains(Int32(number))
    default: false
    }
  }
}

extension BackupError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .journal(let error): "\(error)"
    case .archive(let error): "\(error)"
    case .file(let operation, let number): "\(operation): \(systemMessage(Int32(number)))"
    }
  }
}

extension JournalReader {
  /// Writes a backup. It gets its name when all of it is on the disk, and takes the place of what has the name then.
  /// - Parameters:
  ///   - path: of the new file; the snapshot of the journal stands beside it for a while.
  ///   - held: the folder of what could not be read; `nil`: it is left out.
  ///   - program: the version that makes it.
  public func backup(
    to path: String, archive: Archive, held: String?, program: String, time: Timestamp
  ) throws(BackupError) -> BackupReport {
    let unfinished = path + ".unfinished"
    let snapshot = path + ".journal"
    defer {
      unlink(unfinished)
      for ending in ["", "-journal", "-wal", "-shm"] { unlink(snapshot + ending) }
    }
    do {
      for leftover in [unfinished, snapshot, snapshot + "-wal", snapshot + "-shm"] {
        unlink(leftover)
      }
      let file = linux_open_at(
        AT_FDCWD, unfinished, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
      guard file >= 0 else { throw BackupError("create \(unfinished)", file) }
      defer { Glibc.close(file) }
      let content = try copyJournal(to: snapshot)
      let report = try write(
        content, snapshot: snapshot, archive: archive, held: held,
        to: TarWriter(file, owner: owner(), time: time.microseconds / 1_000_000),
        about: (program, time))
      let synced = linux_sync(file)
      guard synced >= 0 else { throw BackupError("sync \(unfinished)", synced) }
      let renamed = linux_rename(AT_FDCWD, unfinished, AT_FDCWD, path)
      guard renamed >= 0 else { throw BackupError("name \(path)", renamed) }
      try syncFolder(of: path)
      var status = linux_file()
      linux_status(file, &status)
      var finished = report
      finished.size = Int(status.size)
      return finished
    } catch {
      throw BackupError(error, path: connection.path)
    }
  }

  /// What the snapshot says of itself.
  private struct Content {
    var head: Head
    var schema: Int
    var arrivals: Int
    var originals: [Digest]
  }

  /// A copy of every page as of one moment. The daemon goes on writing to its log meanwhile.
  private func copyJournal(to path: String) throws -> Content {
    // SQLite would make it readable by everybody.
    let made = linux_open_at(
      AT_FDCWD, path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard made >= 0 else { throw BackupError("create \(path)", made) }
    Glibc.close(made)
    let copy = try DatabaseQueue(path: path)
    try connection.queue.backup(to: copy)
    // One file, that needs no log beside it; the daemon makes it a logged one again.
    try copy.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
    let content = try copy.read { db in
      Content(
        head: try Chain.head(db),
        schema: try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0,
        arrivals: try Int.fetchOne(db, sql: "SELECT count(*) FROM arrivals") ?? 0,
        originals: try Row.fetchAll(
          db,
          sql: """
            SELECT sha256 FROM arrivals WHERE sha256 IS NOT NULL AND NOT EXISTS (\
            SELECT 1 FROM entries WHERE arrival = number AND kind = 'expired') \
            UNION SELECT members.sha256 FROM members JOIN arrivals a ON a.number = arrival \
            WHERE members.sha256 IS NOT NULL AND a.state = 'claimed' ORDER BY 1
            """
        ).compactMap { $0.digest(0) })
    }
    try copy.close()
    return content
  }

  private func write(
    _ content: Content, snapshot: String, archive: Archive, held: String?,
    to archiveFile: consuming TarWriter, about: (program: String, time: Timestamp)
  ) throws -> BackupReport {
    var tar = archiveFile
    var report = BackupReport()
    report.head = content.head
    report.arrivals = content.arrivals
    let journal = linux_open_at(AT_FDCWD, snapshot, O_RDONLY | O_NOFOLLOW | O_CLOEXEC, 0)
    guard journal >= 0 else { throw BackupError("open \(snapshot)", journal) }
    defer { Glibc.close(journal) }
    var hash = SHA256()
    let size = try Archive.read(journal, limit: .max) { hash.update($0) }
    let manifest = Manifest(
      schema: "shoubao.backup/1", program: about.program, time: about.time.description,
      journal: Manifest.Journal(
        schema: content.schema, entries: content.head.entries,
        head: content.head.hash.description, arrivals: content.arrivals,
        originals: content.originals.count, sha256: hash.finish().description))
    try tar.add("manifest.json", mode: 0o640, manifest.encoded())
    guard try tar.add("journal.sqlite", mode: 0o640, journal, size: size, meet: { _ in }) else {
      throw BackupError("read \(snapshot)", -EIO)
    }
    for log in ["journal.sqlite-wal", "journal.sqlite-shm"] { try tar.add(log, mode: 0o640, []) }
    for digest in content.originals {
      if try add(digest, of: archive, to: &tar) {
        report.originals += 1
      } else {
        report.damaged.append(digest)
      }
    }
    if let held { report.held = try addHeld(held, of: archive, to: &tar) }
    try tar.finish()
    return report
  }

  /// - Returns: whether it is there, and its bytes are what its name says. What is damaged is kept all the same.
  private func add(
    _ digest: Digest, of archive: Archive, to tar: inout TarWriter
  ) throws -> Bool {
    let file: Int32
    do throws(ArchiveError) {
      file = try archive.open(digest)
    } catch {
      switch error {
      case .missing, .notAFile: return false
      default: throw error
      }
    }
    defer { Glibc.close(file) }
    var status = linux_file()
    let result = linux_status(file, &status)
    guard result >= 0 else { throw ArchiveError("look at \(digest)", result) }
    var hash = SHA256()
    let isWhole = try tar.add(
      "archive/" + Archive.path(digest), mode: 0o440, file, size: Int(status.size)
    ) { hash.update($0) }
    let found = hash.finish()
    return isWhole && found == digest
  }

  private func addHeld(
    _ path: String, of archive: Archive, to tar: inout TarWriter
  ) throws -> Int {
    let folder = linux_open_at(AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
    if folder == -ENOENT || folder == -EACCES { return 0 }
    guard folder >= 0 else { throw BackupError("open \(path)", folder) }
    defer { Glibc.close(folder) }
    var count = 0
    // Names are arrival numbers; whatever else lies there is not ours.
    for name in try archive.names(in: folder).sorted() where Int(name) != nil {
      let file = linux_open_at(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0)
      guard file >= 0 else { continue }
      defer { Glibc.close(file) }
      var status = linux_file()
      guard linux_status(file, &status) >= 0, status.mode & S_IFMT == S_IFREG else { continue }
      _ = try tar.add("held/\(name)", mode: 0o400, file, size: Int(status.size)) { _ in }
      count += 1
    }
    return count
  }

  /// Who owns the journal owns what is restored, by name: tar gives names precedence over numbers.
  private func owner() -> TarWriter.Owner {
    var status = linux_file()
    guard linux_status_at(AT_FDCWD, connection.path, &status) >= 0 else {
      return TarWriter.Owner(user: getuid(), group: getgid())
    }
    var owner = TarWriter.Owner(user: status.owner, group: getgid())
    if let user = getpwuid(status.owner) {
      owner.group = user.pointee.pw_gid
      owner.userName = String(cString: user.pointee.pw_name)
      if let group = getgrgid(owner.group) {
        owner.groupName = String(cString: group.pointee.gr_name)
      }
    }
    return owner
  }

  private func syncFolder(of path: String) throws {
    let parent = String(path.lastIndex(of: "/").map { path[...$0] } ?? "./")
    let folder = linux_open_at(AT_FDCWD, parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
    guard folder >= 0 else { throw BackupError("open \(parent)", folder) }
    defer { Glibc.close(folder) }
    let result = linux_sync(folder)
    guard result >= 0 else { throw BackupError("sync \(parent)", result) }
  }
}

private struct Manifest: Encodable {
  struct Journal: Encodable {
    let schema: Int
    let entries: Int
    let head: String
    let arrivals: Int
    let originals: Int
    let sha256: String
  }

  let schema: String
  let program: String
  let time: String
  let journal: Journal

  func encoded() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
  }
}
