import Glibc
import Reports
import Testing

@testable import Journal

/// A file system of 2 MB in memory; only root can mount one.
struct FullDiskTests {
  final class SmallDisk {
    let path: String
    init?() {
      path = "/tmp/shoubao-disk-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
      guard mkdir(path, 0o700) == 0 else { return nil }
      guard mount("tmpfs", path, "tmpfs", 0, "size=2m") == 0 else {
        rmdir(path)
        return nil
      }
    }
    deinit {
      umount2(path, 2)
      rmdir(path)
    }
    /// - Returns: a file that takes up all that is left.
    func fill() -> String {
      let name = path + "/filler"
      let file = open(name, O_WRONLY | O_CREAT, 0o600)
      let zeros = [UInt8](repeating: 0, count: 4096)
      while write(file, zeros, zeros.count) > 0 {}
      close(file)
      return name
    }
  }

  static let canMount: Bool = SmallDisk() != nil

  @Test(.enabled(if: canMount, "only root can mount a small disk"))
  func `With the disk full nothing is lost, and it goes on by itself when there is room`() throws {
    let disk = try #require(SmallDisk())
    let house = try House(in: disk.path)
    try house.file("a", "1", report: Sample.report())
    let claim = try house.claim("b")
    let filler = disk.fill()

    let failed = OpeningTests.failure { for _ in 0..<200 { _ = try house.claim("c") } }
    guard case .diskFull = failed else {
      Issue.record("not told as full: \(String(describing: failed))")
      return
    }
    House.write(Array(repeating: 7, count: 100_000), to: "/tmp/shoubao-source-\(getpid())")
    let source = open("/tmp/shoubao-source-\(getpid())", O_RDONLY)
    defer {
      close(source)
      unlink("/tmp/shoubao-source-\(getpid())")
    }
    #expect(throws: ArchiveError.self) { try house.archive.store(source, limit: 1 << 20) }
    do {
      _ = try house.archive.store(source, limit: 1 << 20)
    } catch {
      #expect(error.isTransient, "\(error)")
    }
    #expect(try house.archive.names(in: house.archive.root).allSatisfy { !$0.hasPrefix(".") })
    #expect(try house.journal.reader.unfinished().map(\.number).contains(claim))

    unlink(filler)
    let stored = try house.archive.store(source, limit: 1 << 20)
    let waiting = try house.journal.reader.unfinished().map(\.number)
    _ = try house.journal.commit(
      waiting.map {
        Judgement(number: $0, digest: stored.digest, size: stored.size, outcome: .unrecognised)
      })
    #expect(try house.journal.reader.counts().isConserved)
    #expect(try house.verify().damages == [])
  }
}
