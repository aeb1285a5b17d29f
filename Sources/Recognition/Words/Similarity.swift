/// How alike two folded labels are.
enum Similarity {
  /// Which characters occur, as bits: labels with few bits in common need no closer look.
  static func signature(_ text: Folded) -> UInt64 {
    var bits: UInt64 = 0
    for c in text { bits |= bit(of: c) }
    return bits
  }

  /// The brackets count: without them the number is shifted, and no bit is left.
  static func bit(of c: UInt16) -> UInt64 { 1 << ((UInt64(c) &* 0x9E37_79B9_7F4A_7C15) >> 58) }

  /// The number of insertions, deletions and substitutions, or `nil` when it is above `limit`.
  static func distance(_ a: Folded, _ b: Folded, limit: Int) -> Int? {
    guard abs(a.count - b.count) <= limit else { return nil }
    if a == b { return 0 }
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    return (EditPattern(a)?.distance(to: b, limit: limit))
      ?? (a.count > EditPattern.limit ? EditPattern(b)?.distance(to: a, limit: limit) : nil)
  }

  /// 1 for equal, 0 for nothing in common; `nil` below `floor`.
  static func ratio(_ a: Folded, _ b: Folded, floor: Double) -> Double? {
    let longest = max(a.count, b.count)
    guard longest > 0 else { return nil }
    let limit = Int(Double(longest) * (1 - floor))
    guard let distance = distance(a, b, limit: limit) else { return nil }
    return 1 - Double(distance) / Double(longest)
  }

  /// How much of `label` stands somewhere in `text`, with errors: 1 when it is there as it is (Sellers' algorithm).
  static func containment(of label: Folded, in text: Folded) -> Double {
    guard !label.isEmpty, !text.isEmpty else { return 0 }
    if text.contains(words: label) { return 1 }
    var column = Array(0...label.count)
    var best = label.count
    for c in text {
      var diagonal = column[0]
      for i in 0..<label.count {
        let substitution = diagonal + (label[i] == c ? 0 : 1)
        diagonal = column[i + 1]
        column[i + 1] = min(substitution, diagonal + 1, column[i] + 1)
      }
      best = min(best, column[label.count])
    }
    return 1 - Double(best) / Double(label.count)
  }
}
