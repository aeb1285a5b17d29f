import Digests
import GRDB
import Reports
import Testing

@testable import Journal

struct PackingTests {
  @Test(arguments: [
    (PackedKind.report, "fd905e4a225c6abc59a831874cb447228845e8297e117b5fb2539a9c1cf8247a"),
    (.figures, "d23128f885c29be54677fc36dcb817401b22b7e8101eddb49b8ed2125986beaa"),
    (.findings, "4affec5c3f0bd69b6e74f0fe07d173c608001356f5434d5b4113be40e0eef161"),
    (.judgement, "ca226722ac8be423165f3ad820338557ef57219bd862a918602874dbdbb24182"),
  ])
  func `Edition 1 of the dictionaries is what it was`(kind: PackedKind, digest: String) {
    #expect("\(SHA256.digest(of: PackingWords.dictionary(kind)))" == digest)
    // What lies further back than that zlib does not see.
    #expect(PackingWords.dictionary(kind).count < 32_000)
  }

  private static let known = "没有收到本单位 2020 年度报告，t3.granted.natural 0:5.4.4*7 html"

  /// What was packed by the program that made edition 1, and has to be unpacked by every later one.
  @Test(arguments: [
    (
      PackedKind.report,
      "01d55445c04b7bb609d81dea84ee8c806d4a51000d822aa0aeeeeec1dc0ba6606065aa67a267a265ae005af70300"
    ),
    (
      .figures,
      "01b92532234b7bb669e1b3399dcfa66c7bdab1e1d99c354f7ba73ed9dbab60646064a0f074e796a7bb963deb5afa7462d7fb3d3d25c67ae945897925a9297a798925a5458939c00a0516421925b93900"
    ),
    (.findings, "01399218654b23de0a2c8d51032b533d133d132d73858c92dc1c00"),
    (
      .judgement,
      "016aa8a2814b7bb669e1b3399dcfa66c7bdab1e1d99c354f7ba73ed9dbab60646064a0f074e796a7bb963deb5afa7462d7fb3d3d25c67ae945897940b3f5f21281c19c98a3606065aa67a267a265ae00721100"
    ),
  ])
  func `What was packed before can be unpacked`(kind: PackedKind, packed: String) throws {
    let bytes = stride(from: 0, to: packed.utf8.count, by: 2).compactMap {
      UInt8(packed.dropFirst($0).prefix(2), radix: 16)
    }
    let text = try Unpacker().unpack(bytes, kind)
    #expect(String(decoding: text, as: UTF8.self) == PackingTests.known)
  }

  /// Anything at all: noise, noise of few letters, pieces of the dictionaries, and runs of one byte.
  @Test(arguments: 0..<400)
  func `Whatever is packed comes out again`(seed: UInt64) throws {
    var chance = Dice(seed)
    let kind = PackedKind.allCases[Int(seed % 4)]
    var bytes: [UInt8] = []
    for _ in 0..<chance.below(6) {
      let count = chance.below(seed % 50 == 0 ? 200_000 : 3000)
      switch chance.below(4) {
      case 0: bytes += (0..<count).map { _ in UInt8(chance.below(256)) }
      case 1: bytes += (0..<count).map { _ in UInt8(ascii: "0") + UInt8(chance.below(3)) }
      case 2:
        let words = PackingWords.dictionary(PackedKind.allCases[chance.below(4)])
        bytes += words[chance.below(words.count)...].prefix(count)
      default: bytes += repeatElement(UInt8(chance.below(256)), count: count)
      }
    }
    // One packer and one unpacker for many: nothing of one may be seen in the next.
    let (packer, unpacker) = (Packer(), Unpacker())
    let packed = packer.pack(bytes, kind)
    _ = packer.pack([1, 2, 3], .judgement)
    #expect(packer.pack(bytes, kind) == packed)
    #expect(try unpacker.unpack(packed, kind) == bytes)
    #expect(throws: PackingError.self) { try unpacker.unpack(Array(packed.dropLast()), kind) }
    #expect(try unpacker.unpack(packed, kind) == bytes)
    #expect(packed.count <= bytes.count + bytes.count / 8 + 20)
  }

  @Test func `A report takes a sixth of what it is`() throws {
    let findings = Sample.findings.canonical(1.databaseValue).bytes
    let report = Array(try ReportDetail(Sample.report()).json().utf8)
    let packer = Packer()
    #expect(packer.pack(report, .report).count * 6 < report.count)
    #expect(packer.pack(findings, .findings).count * 2 < findings.count)
  }

  @Test func `Any bit that changes is seen, and no byte may be missing or too much`() throws {
    let packed = Packer().pack(Array("没有收到本单位 2020 年度报告".utf8), .findings)
    let unpacker = Unpacker()
    for place in packed.indices {
      for bit in 0..<8 {
        var changed = packed
        changed[place] ^= 1 << bit
        #expect(throws: PackingError.self) { try unpacker.unpack(changed, .findings) }
      }
      #expect(throws: PackingError.self) {
        try unpacker.unpack(Array(packed.prefix(place)), .findings)
      }
    }
    #expect(throws: PackingError.checksum) { try unpacker.unpack(packed + [0], .findings) }
    #expect(throws: PackingError.edition(2)) {
      try unpacker.unpack([2] + packed.dropFirst(), .findings)
    }
  }

  /// With its checksum, as only somebody who means it would write it.
  @Test func `Sizes that cannot be are refused before there is room for them`() throws {
    let unpacker = Unpacker()
    func unpack(_ body: [UInt8]) throws -> [UInt8] {
      try unpacker.unpack(PackingTests.headed(body), .figures)
    }
    // A gigabyte and more, out of two bytes.
    #expect(throws: PackingError.length) { try unpack([0xFF, 0xFF, 0xFF, 0xFF, 0x03, 3, 0]) }
    #expect(throws: PackingError.length) { try unpack([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01, 3, 0]) }
    #expect(throws: PackingError.length) { try unpack([0x80]) }
    #expect(throws: PackingError.length) { try unpack([0x80, 0x80, 0x80, 0x80, 0x80, 0x80]) }
    // Less, more, and something else than was said.
    #expect(try unpack([0, 3, 0]) == [])
    #expect(throws: PackingError.content) { try unpack([1, 3, 0]) }
    #expect(throws: PackingError.content) { try unpack([0, 3, 0, 0]) }
    #expect(throws: PackingError.content) { try unpack([5, 7, 7, 7, 7]) }
    let short = Packer().pack([1, 2, 3, 4], .figures)[5...]
    #expect(try unpack(Array(short)) == [1, 2, 3, 4])
    #expect(throws: PackingError.content) { try unpack([3] + short.dropFirst()) }
    #expect(throws: PackingError.content) { try unpack([5] + short.dropFirst()) }
  }

  @Test(arguments: [
    ("UPDATE reports SET detail = ? WHERE arrival = 1", Damage.Subject.report, "detail", "reports"),
    ("UPDATE figures SET packed = ? WHERE arrival = 1", .figures, "packed", "figures"),
    ("UPDATE findings SET packed = ? WHERE arrival = 1", .findings, "packed", "findings"),
    ("UPDATE past SET judgement = ? WHERE arrival = 1", .arrival, "judgement", "past"),
    ("UPDATE past SET report = ? WHERE arrival = 1", .report, "report", "past"),
    ("UPDATE past SET figures = ? WHERE arrival = 1", .figures, "figures", "past"),
    ("UPDATE past SET findings = ? WHERE arrival = 1", .findings, "findings", "past"),
  ])
  func `Damaged packed bytes are found and named, and nothing but an error comes of reading them`(
    sql: String, subject: Damage.Subject, column: String, table: String
  ) throws {
    let house = try TamperTests.full()
    house.journal = nil
    let queue = try TamperTests.raw(house)
    let sound = try queue.read { db in
      try Row.fetchOne(db, sql: "SELECT \(column) FROM \(table) WHERE arrival = 1")?.bytes(0)
    }
    let packed = try #require(sound)
    var bit = packed
    bit[packed.count / 2] ^= 4
    let absurd = PackingTests.headed([0xFF, 0xFF, 0xFF, 0xFF, 0x03, 3, 0])
    let other = Packer().pack(Array("{}".utf8), .report)
    for bytes in [bit, Array(packed.dropLast()), [], [1], absurd, other] {
      try queue.inDatabase { try $0.execute(sql: sql, arguments: [bytes.blob]) }
      let reader = try JournalReader(path: house.path)
      let damages = try reader.verify(archive: nil, outbox: nil).damages
      #expect(!damages.isEmpty)
      #expect(damages.allSatisfy { $0.subject == subject && $0.number == 1 }, "\(damages)")
      if table != "past" || column == "judgement" {
        #expect(throws: JournalError.self) { try reader.arrival(1) }
      }
      if subject == .figures, table == "figures" {
        #expect(throws: JournalError.self) { try reader.sums(of: [1]) }
      }
    }
    try queue.inDatabase { try $0.execute(sql: sql, arguments: [packed.blob]) }
    #expect(try house.verify().isSound)
  }

  /// Packed bytes around what is given.
  private static func headed(_ body: [UInt8]) -> [UInt8] {
    let checksum = PackingTests.checksum(body)
    return [1] + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: checksum >> $0) } + body
  }

  /// CRC-32, bit by bit.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~UInt32(0)) { value, byte in
      (0..<8).reduce(value ^ UInt32(byte)) { value, _ in
        value >> 1 ^ (value & 1 == 0 ? 0 : 0xEDB8_8320)
      }
    }
  }
}

/// Numbers that are the same in every run.
private struct Dice {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func below(_ limit: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(limit))
  }
}
