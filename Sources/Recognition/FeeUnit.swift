import Forms
import Reports

/// The unit that a document itself gives for 行政事业性收费: the form wants 万元, and some write 元 into the head.
enum FeeUnit {
  private static let yuan: UInt16 = 0x5143
  private static let word = f("单位")
  /// Characters before 元 that make a multiple of it.
  private static let tenThousand: UInt16 = 0x4E07
  private static let opening: Set<UInt16> = [U.open, U.colon]

  /// A word such as 单位：元 in the head of the block or beside its row, where the form has 万元: what it says.
  static func other(_ tokens: [Token], head: Range<Int>) -> String? {
    for index in head.clamped(to: 0..<tokens.count) {
      let words = tokens[index].folded
      guard words.count <= 40, namesOtherUnit(words) else { continue }
      return String(tokens[index].raw)
    }
    return nil
  }

  static func namesOtherUnit(_ words: Folded) -> Bool {
    words.indices.contains { index in
      guard words[index] == yuan, index > 0 else { return false }
      let before = words[index - 1]
      guard before != tenThousand else { return false }
      // （元）, 单位：元, 单位元, 千元: no other 元, such as that of a name.
      return opening.contains(before) || multiples.contains(before)
        || index >= word.count && words.has(word, at: index - word.count)
    }
  }

  private static let multiples = Set(f("千百亿"))
}
