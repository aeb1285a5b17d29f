import Forms
import Reports

/// The unit that a document itself gives for 行政事业性收费: the form wants 万元, and some write 元 into the head.
enum FeeUnit {
  private static let yuan: UInt16 = 0x5143
  private static let units = ["单位", "单位为", "单位是", "单位应为"].map { f($0) }
  /// 以元为单位, 按元填报, 以人民币元计.
  private static let by = ["以", "按", "人民币"].map { f($0) }
  /// Characters before 元 that make a multiple of it.
  private static let tenThousand: UInt16 = 0x4E07
  private static let opening: CharacterSet = [U.open, U.colon]

  /// A word such as 单位：元 in the head of the block or beside its row, where the form has 万元: what it says.
  static func other(_ tokens: [Token], head: Range<Int>) -> String? {
    for index in head.clamped(to: 0..<tokens.count) {
      let words = tokens[index].folded
      guard words.count <= 40, namesOtherUnit(words) else { continue }
      return String(tokens[index].raw)
    }
    return nil
  }

  /// A note below the table on the unit of the fees: 注：收费金额单位为元.
  static func note(_ tokens: [Token], behind end: Int) -> String? {
    for token in tokens[min(end, tokens.count)...].prefix(8) {
      if token.isHeading { return nil }
      let words = token.folded
      if words.count <= 40, words.contains(words: fee) || words.contains(words: amount),
        namesOtherUnit(words)
      {
        return String(token.raw)
      }
    }
    return nil
  }

  private static let fee = f("收费")
  private static let amount = f("金额")

  static func namesOtherUnit(_ words: Folded) -> Bool {
    words.indices.contains { index in
      guard words[index] == yuan, index > 0 else { return false }
      let before = words[index - 1]
      // 百万元 and 十万元 are multiples of the form's unit.
      if before == tenThousand { return index > 1 && multiples.contains(words[index - 2]) }
      // （元）, 单位：元, 单位元, 千元: no other 元, such as that of a name.
      return opening.contains(before) || multiples.contains(before)
        || joining.contains(before) && units.contains { words.contains(words: $0) }
        || (units + by).contains { index >= $0.count && words.has($0, at: index - $0.count) }
    }
  }

  private static let multiples = CharacterSet(f("十百千亿美"))
  /// Between several units: 单位：件、元.
  private static let joining: CharacterSet = [U.enumerationComma, U.comma, 0x2F]
  private static let word = f("单位")

  /// A note above the table that gives its units, of which one is for the fees: 单位：件、元.
  static func note(_ tokens: [Token], above start: Int) -> String? {
    for token in tokens[..<min(start, tokens.count)].suffix(4).reversed() {
      if token.isHeading || token.folded.count > 24 { return nil }
      let words = token.folded
      if words.contains(words: word), namesOtherUnit(words) { return String(token.raw) }
    }
    return nil
  }

  /// Its own head gives a block's unit.
  static func isTold(_ tokens: ArraySlice<Token>) -> Bool {
    tokens.contains { $0.folded.contains(words: tenThousandYuan) }
  }

  private static let tenThousandYuan = f("万元")
}
