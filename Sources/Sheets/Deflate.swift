/// Compresses a stream of bytes as RFC 1951 says, in bounded memory, with the codes that the standard fixes.
///
/// The daemon's program links no zlib, and the XML of a sheet repeats itself so much that the simplest compressor
/// takes nine tenths of it away. The same bytes in the same portions give the same bytes.
struct Deflate {
  /// What may still be pointed back to, and behind it what is not compressed yet.
  private var bytes: [UInt8] = []
  /// Where the part begins that is not compressed yet.
  private var start = 0
  /// For a hash of three bytes, the place where it was last met, plus one; 0: nowhere.
  private var heads = [Int32](repeating: 0, count: 1 << Self.hashBits)
  private var bits = BitStream()

  private static let hashBits = 15
  private static let window = 32_768
  /// So much is gathered before it is compressed.
  private static let portion = 65_536
  private static let shortest = 3
  private static let longest = 258

  init() {
    // One block for all: not yet known whether it is the last, so the last is an empty one.
    bits.append(0b010, count: 3)
    bytes.reserveCapacity(Self.window + Self.portion)
  }

  /// Takes bytes in; gives what is complete.
  mutating func append(_ more: [UInt8]) -> [UInt8] {
    bytes += more
    guard bytes.count - start >= Self.portion else { return [] }
    compress()
    return bits.take()
  }

  /// The rest. Nothing may be appended after it.
  mutating func finish() -> [UInt8] {
    compress()
    // End of the block, then an empty last block of the same kind, filled up to a byte.
    bits.append(0, count: 7)
    bits.append(0b011, count: 3)
    bits.append(0, count: 7)
    bits.fillByte()
    return bits.take()
  }

  private mutating func compress() {
    bytes.withUnsafeBufferPointer { bytes in
      var place = start
      while place < bytes.count {
        let length: Int
        let distance: Int
        if bytes.count - place >= Self.shortest {
          let hash = Self.hash(bytes, place)
          let before = Int(heads[hash]) - 1
          heads[hash] = Int32(place + 1)
          distance = place - before
          length =
            before >= 0 && distance <= Self.window ? Self.match(bytes, place, before) : 0
        } else {
          (length, distance) = (0, 0)
        }
        if length >= Self.shortest {
          bits.append(length: length)
          bits.append(distance: distance)
          let end = place + length
          place += 1
          while place < end {
            if bytes.count - place >= Self.shortest {
              heads[Self.hash(bytes, place)] = Int32(place + 1)
            }
            place += 1
          }
        } else {
          bits.append(literal: bytes[place])
          place += 1
        }
      }
    }
    // What is beyond the window cannot be pointed to any more.
    let surplus = max(0, bytes.count - Self.window)
    bytes.removeFirst(surplus)
    start = bytes.count
    for index in heads.indices { heads[index] = max(0, heads[index] - Int32(surplus)) }
  }

  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Int) -> Int {
    let three =
      UInt32(bytes[place]) | UInt32(bytes[place + 1]) << 8 | UInt32(bytes[place + 2]) << 16
    return Int((three &* 0x9E37_79B1) >> (32 - UInt32(hashBits)))
  }

  /// How many bytes at two places are equal.
  private static func match(
    _ bytes: UnsafeBufferPointer<UInt8>, _ place: Int, _ before: Int
  ) -> Int {
    let limit = min(longest, bytes.count - place)
    var length = 0
    while length < limit, bytes[before + length] == bytes[place + length] { length += 1 }
    return length
  }
}

/// Bits, the lowest of each byte first.
private struct BitStream {
  private var bytes: [UInt8] = []
  private var held: UInt64 = 0
  private var heldCount = 0

  mutating func append(_ value: Int, count: Int) {
    held |= UInt64(value) << UInt64(heldCount)
    heldCount += count
    while heldCount >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: held))
      held >>= 8
      heldCount -= 8
    }
  }

  mutating func fillByte() {
    if heldCount > 0 { append(0, count: 8 - heldCount) }
  }

  mutating func take() -> [UInt8] {
    defer { bytes = [] }
    return bytes
  }

  // The codes of RFC 1951, 3.2.6 and 3.2.5. Codes, unlike numbers, go out with their highest bit first.

  mutating func append(literal: UInt8) { append(symbol: Int(literal)) }

  mutating func append(length: Int) {
    let index = Self.lengths.lastIndex { $0.base <= length }!
    append(symbol: 257 + index)
    append(length - Self.lengths[index].base, count: Self.lengths[index].extra)
  }

  mutating func append(distance: Int) {
    let index = Self.distances.lastIndex { $0.base <= distance }!
    append(Self.reversed(index, count: 5), count: 5)
    append(distance - Self.distances[index].base, count: Self.distances[index].extra)
  }

  private mutating func append(symbol: Int) {
    let (code, count) = Self.codes[symbol]
    append(code, count: count)
  }

  private static let codes = (0...285).map { symbol in
    switch symbol {
    case ...143: (reversed(0x30 + symbol, count: 8), 8)
    case ...255: (reversed(0x190 + symbol - 144, count: 9), 9)
    case ...279: (reversed(symbol - 256, count: 7), 7)
    default: (reversed(0xC0 + symbol - 280, count: 8), 8)
    }
  }

  private static let lengths =
    ladder(from: 3, extras: [0, 0, 0, 0, 0, 0, 0, 0] + rungs(1...5, of: 4)) + [(258, 0)]
  private static let distances = ladder(from: 1, extras: [0, 0, 0, 0] + rungs(1...13, of: 2))

  private static func rungs(_ extras: ClosedRange<Int>, of count: Int) -> [Int] {
    extras.flatMap { Array(repeating: $0, count: count) }
  }

  /// Each code begins where the one before ends: its base, and how many bits say how far above it.
  private static func ladder(from first: Int, extras: [Int]) -> [(base: Int, extra: Int)] {
    var base = first
    return extras.map { extra in
      defer { base += 1 << extra }
      return (base, extra)
    }
  }

  private static func reversed(_ code: Int, count: Int) -> Int {
    (0..<count).reduce(0) { $0 | (code >> $1 & 1) << (count - 1 - $1) }
  }
}
