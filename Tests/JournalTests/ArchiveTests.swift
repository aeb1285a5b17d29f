import Digests
import Glibc
import Testing

@testable import Journal

struct ArchiveTests {
  static func source(_ house: House, _ content: [UInt8]) -> Int32 {
    let path = house.root + "/source-\(UInt32.random(in: 0...UInt32.max))"
    House.write(content, to: path)
    let file = open(path, O_RDONLY)
    unlink(path)
    return file
  }

  static func file(_ house: House, _ digest: Digest) -> String {
    house.root + "/archive/" + Archive.path(digest)
  }

  @Test(arguments: [0, 1, 262_143, 262_144, 262_145, 1_000_000])
  func `An original comes back byte for byte`(size: Int) throws {
    let house = try House()
    let content = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    let source = ArchiveTests.source(house, content)
    defer { close(source) }
    lseek(source, 7, SEEK_SET)
    let stored = try house.archive.store(source, limit: 1_000_000)
    #expect(stored.digest == SHA256.digest(of: content))
    #expect(stored.size == size)
    #expect(lseek(source, 0, SEEK_CUR) == 7)
    let path = ArchiveTests.file(house, stored.digest)
    #expect(try bytes(of: path) == content)
    var status = stat()
    stat(path, &status)
    #expect(status.st_mode & 0o777 == 0o440)
    let kept = try house.archive.open(stored.digest)
    defer { close(kept) }
    #expect(lseek(kept, 0, SEEK_END) == size)
    #expect(try house.archive.names(in: house.archive.root).count == 256)
  }

  @Test func `Of a group each file has its own result, and equal ones share one copy`() throws {
    let house = try House()
    let files = [[1], Array(repeating: 2, count: 50), [1]].map { ArchiveTests.source(house, $0) }
    let folder = open(house.root, O_RDONLY)
    defer { for file in files + [folder] { close(file) } }
    let results = house.archive.store(files + [folder], limit: 10)
    #expect(try results[0].get().digest == SHA256.digest(of: [1]))
    #expect(throws: ArchiveError.tooLarge(limit: 10)) { try results[1].get() }
    #expect(try results[2].get() == results[0].get())
    #expect(throws: ArchiveError.source(errno: Int(EISDIR))) { try results[3].get() }
    #expect(try house.archive.names(in: house.archive.root).allSatisfy { !$0.hasPrefix(".") })
    #expect(try !house.archive.isEmpty())
  }

  @Test(arguments: [[], [9], [8, 8]] as [[UInt8]])
  func `A damaged file under the same name is not trusted`(damage: [UInt8]) throws {
    let house = try House()
    let source = ArchiveTests.source(house, [1, 2])
    defer { close(source) }
    let stored = try house.archive.store(source, limit: 10)
    #expect(!stored.replacedDamage)
    House.write(damage, to: ArchiveTests.file(house, stored.digest))
    #expect(try house.archive.store(source, limit: 10).replacedDamage)
    #expect(try bytes(of: ArchiveTests.file(house, stored.digest)) == [1, 2])
    #expect(try !house.archive.store(source, limit: 10).replacedDamage)
  }

  @Test func `A copy can be read before it is kept, and goes when nobody keeps it`() throws {
    let house = try House()
    let source = ArchiveTests.source(house, [1, 2])
    defer { close(source) }
    func copy() throws -> Archive.Copy { try house.archive.copy([source], limit: 10)[0].get() }
    func unnamed() throws -> [String] {
      try house.archive.names(in: house.archive.root).filter { $0.hasPrefix(".") }
    }
    do {
      let copy = try copy()
      let opened = try copy.open()
      defer { close(opened) }
      #expect(lseek(opened, 0, SEEK_END) == 2)
      #expect(copy.digest == SHA256.digest(of: [1, 2]))
      #expect(try house.archive.isEmpty())
      #expect(try unnamed().count == 1)
    }
    #expect(try unnamed().isEmpty)
    let stored = try house.archive.keep([try copy(), try copy()]).map { try $0.get() }
    #expect(stored[0] == stored[1])
    #expect(try bytes(of: ArchiveTests.file(house, stored[0].digest)) == [1, 2])
    #expect(try unnamed().isEmpty)
  }

  @Test func `What a crash left half written goes at the next start`() throws {
    let house = try House()
    House.write([1], to: house.root + "/archive/.incoming-abc")
    #expect(try house.archive.isEmpty())
    #expect(try house.archive.prepare() == 1)
    #expect(try house.archive.prepare() == 0)
  }

  @Test func `Links and folders are not opened in place of originals`() throws {
    let house = try House()
    let digest = SHA256.digest(of: [5])
    #expect(throws: ArchiveError.missing(digest)) { try house.archive.open(digest) }
    symlink("/etc/passwd", ArchiveTests.file(house, digest))
    #expect(throws: ArchiveError.notAFile(digest)) { try house.archive.open(digest) }
    unlink(ArchiveTests.file(house, digest))
    mkdir(ArchiveTests.file(house, digest), 0o755)
    #expect(throws: ArchiveError.notAFile(digest)) { try house.archive.open(digest) }
  }

  @Test func `Nothing is made where only reading was asked for`() throws {
    let house = try House()
    #expect(throws: ArchiveError.io(operation: "open its folder", errno: Int(ENOENT))) {
      try Archive(path: house.root + "/none")
    }
  }
}
