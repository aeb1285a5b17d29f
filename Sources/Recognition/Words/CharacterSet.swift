/// Characters of folded text, one bit each: asked for every character of a document, where hashing would take ten times as long.
struct CharacterSet: Sendable, ExpressibleByArrayLiteral {
  private var bits: [UInt64]

  init(_ characters: some Sequence<UInt16>) {
    bits = [UInt64](repeating: 0, count: 1024)
    for c in characters { bits[Int(c >> 6)] |= 1 << UInt64(c & 63) }
  }

  init(arrayLiteral characters: UInt16...) { self.init(characters) }

  func contains(_ c: UInt16) -> Bool { bits[Int(c >> 6)] >> UInt64(c & 63) & 1 == 1 }
}
