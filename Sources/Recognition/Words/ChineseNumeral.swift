/// Numbers in words: 两, 十二, 一百零三. Offices count requests so when there are few.
enum ChineseNumeral {
  private static let digits: [UInt16: Int] = {
    var digits: [UInt16: Int] = [:]
    for (value, c) in "零一二三四五六七八九".utf16.enumerated() { digits[c] = value }
    digits[0x4E24] = 2  // 两
    return digits
  }()
  private static let beginnings = CharacterSet(digits.keys + [0x5341])
  private static let units: [UInt16: Int] = [0x5341: 10, 0x767E: 100, 0x5343: 1000]
  /// 第一件, 每一件, 逐一 count nothing.
  private static let ordinals = CharacterSet("第每逐任".utf16)

  /// The number that stands at `index`, below ten thousand, and how long it is; `nil` also for what is no number in
  /// good order (一二三) or does not count.
  static func read(_ words: Folded, at index: Int) -> (value: Int, count: Int)? {
    guard beginnings.contains(words[index]) else { return nil }
    if index > 0, ordinals.contains(words[index - 1]) { return nil }
    var total = 0
    var digit: Int?
    var lowest = 10_000
    var end = index
    while end < words.count {
      if let value = digits[words[end]] {
        // A zero only holds a place: 一百零三.
        guard digit == nil || digit == 0 else { return nil }
        digit = value
      } else if let unit = units[words[end]] {
        guard unit < lowest, digit != 0 else { return nil }
        total += (digit ?? 1) * unit
        digit = nil
        lowest = unit
      } else {
        break
      }
      end += 1
    }
    // 一百二 is a hundred and twenty in speech: left alone.
    guard digit == nil || lowest == 10_000 || lowest == 10 || words[end - 2] == 0x96F6 else {
      return nil
    }
    return (total + (digit ?? 0), end - index)
  }
}
