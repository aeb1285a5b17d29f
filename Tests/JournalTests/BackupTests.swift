import Digests
import GRDB
import Glibc
import Reports
import Testing

@testable import Journal

/// One file that brings journal and originals back, made while the journal is written.
struct BackupTests {
  static let time = Timestamp(microseconds: 1_706_600_000_000_000)

  private func backup(_ house: House, held: String? = nil) throws -> (file: String, BackupReport) {
    let file = house.root + "/backup.tar"
    let reader = try JournalReader(path: house.path)
    return (
      file,
      try reader.backup(
        to: file, archive: house.archive, held: held, program: "test", time: BackupTests.time)
    )
  }

  /// As docs/backup.md has it: nothing but tar.
  private func restore(_ file: String, to folder: String) throws -> JournalReader {
    mkdir(folder, 0o700)
    try #require(system("tar -xpf '\(file)' -C '\(folder)'") == 0)
    return try JournalReader(path: folder + "/journal.sqlite")
  }

  @Test func `A restored backup is sound and ends where the journal ended`() throws {
    let house = try House()
    try house.file("a", "1", report: Sample.report(), findings: Sample.findings)
    try house.file("b", "2", outcome: .returned, notifications: [Sample.notification])
    _ = try house.unpack(
      "c.zip", [("d", try house.keep("in"), nil), ("e", nil, Refusal(.encrypted))])
    _ = try house.claim("waiting")
    let (file, report) = try backup(house)
    #expect(report.head == (try house.journal.reader.head()))
    #expect(report.arrivals == 6 && report.originals == 4 && report.damaged == [])

    let restored = try restore(file, to: house.root + "/restored")
    let archive = try Archive(path: house.root + "/restored/archive")
    let verified = try restored.verify(archive: archive, outbox: nil, heads: [report.head])
    #expect(verified.damages == [] && verified.strangers == 0)
    #expect(verified.originals == 3 && verified.head == report.head)
    // Nothing lies beside it but what was asked for.
    let left = ["unfinished", "journal", "journal-wal"].filter {
      access("\(file).\($0)", F_OK) == 0
    }
    #expect(left == [])
  }

  @Test func `Whoever may read the backup may read the reports: nobody else may`() throws {
    let house = try House()
    try house.file("a", "1")
    let (file, _) = try backup(house)
    var status = stat()
    stat(file, &status)
    #expect(status.st_mode & 0o777 == 0o600)
  }

  @Test func `Restored over a journal that was not closed, the old log is not replayed into it`()
    throws
  {
    let house = try House()
    try house.file("a", "1")
    let (file, report) = try backup(house)
    for number in 0..<20 { try house.file("later\(number)", "later\(number)") }
    // As after a kill: the log is full of what is newer than the backup.
    let copy = house.root + "/killed"
    try #require(
      system("mkdir '\(copy)' && cp -a '\(house.path)'* '\(house.root)/archive' '\(copy)'") == 0)
    let restored = try restore(file, to: copy)
    #expect(try restored.head() == report.head)
    let archive = try Archive(path: copy + "/archive")
    let verified = try restored.verify(archive: archive, outbox: nil)
    #expect(verified.damages == [])
    // Later originals are strangers; nothing takes them away.
    #expect(verified.strangers == 20)
    try restored.close()
    let again = try Journal(path: copy + "/journal.sqlite")
    #expect(try again.reader.head() == report.head)
  }

  @Test func `Missing and damaged originals are told, and everything else is kept`() throws {
    let house = try House()
    let numbers = try ["1", "2", "3"].map { try house.file($0, "content \($0)").number }
    let digests = try numbers.map {
      try #require(try house.journal.reader.arrival($0)?.arrival.result?.sha256)
    }
    unlink(house.root + "/archive/" + Archive.path(digests[0]))
    House.write(Array("changed".utf8), to: house.root + "/archive/" + Archive.path(digests[1]))
    let (file, report) = try backup(house)
    #expect(Set(report.damaged) == Set(digests.prefix(2)) && report.originals == 1)
    let restored = try restore(file, to: house.root + "/restored")
    let archive = try Archive(path: house.root + "/restored/archive")
    #expect(try archive.content(digests[2]).digest == digests[2])
    #expect(try restored.verify(archive: archive, outbox: nil).damages.count == 2)
  }

  @Test func `What could not be read when it came is in it, if it can be read now`() throws {
    let house = try House()
    try house.file("a", "1")
    let held = house.root + "/held"
    mkdir(held, 0o700)
    House.write(Array("bytes of a file without rights".utf8), to: held + "/7")
    symlink("/etc/passwd", held + "/8")
    mkfifo(held + "/9", 0o600)
    let (file, report) = try backup(house, held: held)
    #expect(report.held == 1)
    _ = try restore(file, to: house.root + "/restored")
    var status = stat()
    #expect(lstat(house.root + "/restored/held/7", &status) == 0 && status.st_size == 30)
    #expect(lstat(house.root + "/restored/held/8", &status) != 0)
  }

  @Test func `An older backup stands until the new one is whole`() throws {
    let house = try House()
    try house.file("a", "1")
    let (file, first) = try backup(house)
    #expect(throws: BackupError.self) {
      let reader = try JournalReader(path: house.path)
      _ = try reader.backup(
        to: house.root + "/nowhere/backup.tar", archive: house.archive, held: nil, program: "test",
        time: BackupTests.time)
    }
    try house.file("b", "2")
    // The snapshot's name is taken by a folder: it cannot be made.
    mkdir(file + ".journal", 0o700)
    #expect(throws: BackupError.self) { _ = try backup(house) }
    rmdir(file + ".journal")
    #expect(try restore(file, to: house.root + "/old").head() == first.head)
    let (_, second) = try backup(house)
    #expect(try restore(file, to: house.root + "/new").head() == second.head)
  }

  @Test(.enabled(if: FullDiskTests.canMount, "only root can mount a small disk"))
  func `Without room there is no backup, and it is told as that`() throws {
    let disk = try #require(FullDiskTests.SmallDisk())
    let house = try House()
    try house.file("a", "1")
    try house.keep(String(repeating: "much ", count: 100_000))
    _ = disk.fill()
    let reader = try JournalReader(path: house.path)
    do {
      _ = try reader.backup(
        to: disk.path + "/backup.tar", archive: house.archive, held: nil, program: "test",
        time: BackupTests.time)
      Issue.record("a backup on a full disk")
    } catch {
      #expect(error.isDiskFull, "\(error)")
    }
    #expect(access(disk.path + "/backup.tar", F_OK) != 0)
    #expect(access(disk.path + "/backup.tar.unfinished", F_OK) != 0)
  }
}
