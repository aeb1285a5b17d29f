import Digests
import Testing

struct DigestTests {
  /// FIPS 180-4 examples, and the long message of one million letters (NIST, “SHA-256 example values”).
  static let vectors: [(message: [UInt8], digest: String)] = [
    ([], "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    (Array("abc".utf8), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8),
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      Array(repeating: UInt8(ascii: "a"), count: 1_000_000),
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    ),
  ]

  @Test(arguments: vectors)
  func `The published digests come out, at once and in pieces`(
    message: [UInt8], digest: String
  ) {
    #expect(SHA256.digest(of: message).description == digest)
    for size in [1, 63, 64, 65, 4096] where message.count / size < 20_000 {
      var hash = SHA256()
      for start in stride(from: 0, to: message.count, by: size) {
        hash.update(Array(message[start..<min(start + size, message.count)]))
      }
      #expect(hash.finish().description == digest)
    }
  }

  @Test
  func `Text and bytes of a digest are read back`() throws {
    let digest = SHA256.digest(of: Array("abc".utf8))
    #expect(Digest(hex: digest.description) == digest)
    #expect(Digest(bytes: digest.bytes) == digest)
    #expect(Set([digest, try #require(Digest(hex: "\(digest)"))]).count == 1)
  }

  @Test(arguments: [
    "", "ba", String(repeating: "g", count: 64), String(repeating: "A", count: 64),
    String(repeating: "a", count: 63), String(repeating: "a", count: 65),
  ])
  func `What is no digest is not taken for one`(text: String) {
    #expect(Digest(hex: text) == nil)
    #expect(Digest(bytes: Array(text.utf8)) == nil || text.utf8.count == 32)
  }

  @Test
  func `Many threads may begin at once`() async {
    let digests = await withTaskGroup(of: Digest.self) { group in
      for _ in 0..<64 { group.addTask { SHA256.digest(of: Array("abc".utf8)) } }
      return await group.reduce(into: Set<Digest>()) { $0.insert($1) }
    }
    #expect(digests.count == 1)
  }
}
