import Foundation
import Reading
import Reports
import Testing

@Suite("Archives unpacked")
struct UnpackingTests {
  /// Paths, sizes and reasons, one a line.
  private func listing(
    _ bytes: [UInt8], name: String? = nil, limits: UnpackingLimits = UnpackingLimits()
  ) -> [String] {
    do {
      let found = try unpack(bytes, name: name, limits: limits)
      return found.files.map { file in
        [file.member.path, file.member.size.map(String.init), file.member.refusal?.code.rawValue]
          .compactMap(\.self).joined(separator: " ")
      } + found.ignored.map { "- \($0)" }
    } catch {
      return ["\(error.format.rawValue) \(error.refusal.code.rawValue)"]
    }
  }

  @Test("Names never lead anywhere, and no two are the same")
  func names() {
    let archive = stored([
      ("../../etc/passwd", [1]), ("/abs/./a.txt", [1]), ("C:\\表\\a.txt", [1]), ("abs/a.txt", [1]),
      (".hidden", [1]), ("a\u{202E}txt.exe", [1]), ("b\n.txt", [1]), ("..", [1]),
      (String(repeating: "长", count: 100) + ".docx", [1]),
    ])
    #expect(
      listing(archive) == [
        "etc/passwd 1", "abs/a.txt 1", "C:/表/a.txt 1", "abs/a (2).txt 1", "_.hidden 1",
        "a_txt.exe 1", "b_.txt 1", "data 1", String(repeating: "长", count: 58) + ".docx 1",
      ])
  }

  @Test("What systems leave in folders is told and is no member")
  func ignored() {
    let archive = stored([
      ("__MACOSX/._a.txt", [1]), ("镇/.DS_Store", [1]), ("Thumbs.db", [1]), ("~$a.docx", [1]),
      ("a.txt", [1]),
    ])
    #expect(
      listing(archive) == [
        "a.txt 1", "- __MACOSX/_._a.txt", "- 镇/_.DS_Store", "- Thumbs.db", "- ~$a.docx",
      ])
    #expect(listing(stored([("Thumbs.db", [1])])) == ["zip empty"])
  }

  @Test("An archive inside is a folder of its own name, down to the limit")
  func nested() {
    let inner = stored([("a.txt", [1])])
    let archive = stored([
      ("a.txt", [1]), ("in.zip", inner), ("empty.zip", stored([])),
      ("deep.zip", stored([("deeper.zip", stored([("in.zip", inner)]))])),
      ("cut.zip", Array(inner.dropLast(30))), ("年报.docx", wordFile("")),
    ])
    #expect(
      listing(archive) == [
        "a.txt 1", "in.zip/a.txt 1", "empty.zip 22 empty",
        "deep.zip/deeper.zip/in.zip \(inner.count) too_complex",
        "cut.zip \(inner.count - 30) truncated", "年报.docx \(wordFile("").count)",
      ])
  }

  @Test("More than the limits is refused whole; one file too large is told")
  func limits() {
    var limits = UnpackingLimits()
    limits.members = 3
    let four = (1...4).map { ("\($0).txt", [UInt8(1)]) }
    #expect(listing(stored(four), limits: limits) == ["zip too_complex"])
    #expect(listing(stored([("in.zip", stored(four))]), limits: limits) == ["zip too_complex"])
    #expect(listing(stored(Array(four.dropLast())), limits: limits).count == 3)
    limits.memberBytes = 10
    let large = [UInt8](repeating: 0, count: 11)
    #expect(
      listing(stored([("a", large), ("b", [1])]), limits: limits) == ["a too_large", "b 1"])
    limits.bytes = 20
    #expect(listing(stored([("a", large), ("b", large)]), limits: limits) == ["zip too_large"])
    let folders = (0..<100).map { ("\($0)/", [UInt8]()) }
    #expect(listing(stored(folders), limits: limits) == ["zip too_complex"])
  }

  @Test("Every kind of archive, and its names")
  func kinds() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Data/archives.tsv")
    let rows = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst()
    #expect(rows.count >= 8)
    for row in rows {
      let fields = row.split(separator: "\t").map(String.init)
      let bytes = try #require(Data(base64Encoded: fields[2]))
      let found = listing([UInt8](bytes), name: "年报.txt.gz")
      #expect(found.joined(separator: "; ") == fields[1], "\(fields[0])")
    }
  }

  @Test("What needs a password is told; an archive of nothing else is refused")
  func passwords() {
    #expect(listing(SniffingTests.zip(["a.txt", "b.txt"], flags: 1)) == ["zip encrypted"])
  }

  @Test("Members by the hundred thousand and members over each other end soon")
  func bombs() {
    let start = ContinuousClock().now
    let many = stored((0..<100_000).map { ("\($0)", []) })
    #expect(listing(many) == ["zip too_complex"])
    // A thousand entries of the directory are one and the same megabyte.
    let one = stored([("a", [UInt8](repeating: 0, count: 1 << 20))])
    let directoryStart = one.count - 22 - 47
    let entry = Array(one[directoryStart..<one.count - 22])
    var over = Array(one[..<directoryStart])
    for _ in 0..<1000 { over += entry }
    let size = 1000 * entry.count
    var end = Array(one.suffix(22))
    end.replaceSubrange(8..<12, with: [0xE8, 3, 0xE8, 3] as [UInt8])
    for index in 0..<4 { end[12 + index] = UInt8(truncatingIfNeeded: size >> (8 * index)) }
    over += end
    var limits = UnpackingLimits()
    limits.bytes = 20 << 20
    #expect(!listing(over, limits: limits).isEmpty)
    let found = try? unpack(over, limits: limits)
    #expect((found?.files ?? []).reduce(0) { $0 + ($1.bytes?.count ?? 0) } <= limits.bytes)
    #expect(ContinuousClock().now - start < .seconds(60))
  }

  @Test("What is cut off or is no archive is refused with its reason")
  func broken() {
    let archive = stored([("a.txt", [1, 2, 3]), ("b.txt", [1])])
    for count in stride(from: 30, to: archive.count, by: 7) {
      #expect(listing(Array(archive.prefix(count))) == ["zip truncated"], "\(count) bytes")
    }
    #expect(listing(stored([])) == ["zip empty"])
    #expect(listing(Array("年度报告".utf8)) == ["unknown unsupported_format"])
    #expect(listing(wordFile("")) == ["unknown unsupported_format"])
  }
}
