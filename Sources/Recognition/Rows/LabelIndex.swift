/// Labels by their words, for the many short texts of a document that are none: these are told apart from labels by one
/// number, and compared word for word only where it is the same.
struct LabelIndex: Sendable {
  private var entries: [UInt64: [(words: Folded, numbers: [Int])]] = [:]
  /// A bit for the end of each number: most words have another.
  private var present = [UInt64](repeating: 0, count: 64)

  /// `number` is one more place of these words.
  mutating func add(_ words: Folded, _ number: Int) {
    let key = Self.key(words)
    present[Int(key >> 6 & 63)] |= 1 << (key & 63)
    if let known = entries[key]?.firstIndex(where: { $0.words == words }) {
      entries[key]?[known].numbers.append(number)
    } else {
      entries[key, default: []].append((words, [number]))
    }
  }

  /// The places of these words; `nil` where they are no label.
  subscript(words: some RandomAccessCollection<UInt16>) -> [Int]? {
    let key = Self.key(words)
    guard present[Int(key >> 6 & 63)] >> (key & 63) & 1 == 1 else { return nil }
    return entries[key]?.first { $0.words.elementsEqual(words) }?.numbers
  }

  private static func key(_ words: some RandomAccessCollection<UInt16>) -> UInt64 {
    var key: UInt64 = 0xCBF2_9CE4_8422_2325
    for c in words { key = (key ^ UInt64(c)) &* 0x0000_0100_0000_01B3 }
    return key
  }
}
