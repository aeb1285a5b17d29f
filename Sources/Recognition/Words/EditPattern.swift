/// Edit distances from one short text to many, by bit-parallel dynamic programming (Myers 1999, Hyyrö 2003): a column
/// of the table is a machine word.
struct EditPattern {
  let count: Int
  private var keys: [UInt16]
  private var masks: [UInt64]

  static let limit = 64

  /// `nil` for a text of more than 64 characters, or of none.
  init?(_ text: Folded) {
    guard !text.isEmpty, text.count <= Self.limit else { return nil }
    count = text.count
    keys = [UInt16](repeating: 0, count: 128)
    masks = [UInt64](repeating: 0, count: 128)
    for (index, c) in text.enumerated() {
      let slot = Self.slot(of: c, in: keys)
      keys[slot] = c
      masks[slot] |= 1 << UInt64(index)
    }
  }

  /// At most 64 of 128 slots are taken, so that a free one is always found. No folded character is 0.
  private static func slot(of c: UInt16, in keys: [UInt16]) -> Int {
    var slot = Int((UInt32(c) &* 0x9E37_79B1) >> 25)
    while keys[slot] != 0, keys[slot] != c { slot = (slot + 1) & 127 }
    return slot
  }

  /// The number of insertions, deletions and substitutions, or `nil` when it is above `limit`.
  func distance(to other: Folded, limit: Int) -> Int? {
    guard abs(count - other.count) <= limit else { return nil }
    var positive = ~UInt64(0)
    var negative: UInt64 = 0
    var score = count
    let top = UInt64(1) << UInt64(count - 1)
    var left = other.count
    for c in other {
      let match = masks[Self.slot(of: c, in: keys)]
      let vertical = match | negative
      let diagonal = (((match & positive) &+ positive) ^ positive) | match
      var up = negative | ~(diagonal | positive)
      var down = positive & diagonal
      if up & top != 0 { score += 1 } else if down & top != 0 { score -= 1 }
      left -= 1
      if score - left > limit { return nil }
      up = up << 1 | 1
      down <<= 1
      positive = down | ~(vertical | up)
      negative = up & vertical
    }
    return score <= limit ? score : nil
  }
}
