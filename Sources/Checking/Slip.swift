import Reports

// How figures that are wrong may have come about: told where it explains a failure, never a reason to change one.

extension Correction.Slip {
  /// The slip that made `found` of `meant`.
  init?(found: Figure, meant: Figure) {
    guard let found = found.integer, let meant = meant.integer, meant >= 0 else { return nil }
    if found < 0 {
      guard -found == meant else { return nil }
      self = .sign
      return
    }
    // That a cell was left at 0, or filled for nothing, is no slip in writing a number.
    guard found != 0, meant != 0 else { return nil }
    let (a, b) = (Array(String(found).utf8), Array(String(meant).utf8))
    if a.count == b.count {
      let wrong = a.indices.filter { a[$0] != b[$0] }
      if wrong.count == 2, wrong[1] == wrong[0] + 1, a[wrong[0]] == b[wrong[1]],
        a[wrong[1]] == b[wrong[0]]
      {
        self = .transposed
      } else if wrong.count == 1, a.count > 1 {
        self = .digit
      } else {
        return nil
      }
    } else if Self.lacksOne(a, of: b) {
      self = .dropped
    } else if Self.lacksOne(b, of: a) {
      self = .added
    } else {
      return nil
    }
  }

  private static func lacksOne(_ short: [UInt8], of long: [UInt8]) -> Bool {
    guard long.count == short.count + 1 else { return false }
    return long.indices.contains { long[..<$0] + long[($0 + 1)...] == short[...] }
  }

  /// The slip that made the figures of two neighbours, the left (upper) one first, of what was meant.
  init?(found: (Figure, Figure), meant: (Figure, Figure), areInARow: Bool) {
    if found.0.equals(meant.1), found.1.equals(meant.0) {
      self = found.0.isZero || found.1.isZero ? .moved : .swapped
    } else if areInARow, let joined = Self.joined(found.0, found.1),
      meant.0.equals(joined) && meant.1.isZero || meant.1.equals(joined) && meant.0.isZero
    {
      self = .split
    } else {
      return nil
    }
  }

  /// 1 and 4 are 14. No number begins with a 0.
  static func joined(_ left: Figure, _ right: Figure) -> Figure? {
    guard let a = left.integer, let b = right.integer, a > 0, b >= 0 else { return nil }
    return Figure(String(a) + String(b))
  }

  func words(_ language: Language) -> String {
    switch self {
    case .transposed: language.say("像是相邻两位数字颠倒", en: "two digits seem to be transposed")
    case .dropped: language.say("像是漏了一位数字", en: "a digit seems to be missing")
    case .added: language.say("像是多了一位数字", en: "a digit seems to be too many")
    case .digit: language.say("像是一位数字写错", en: "one digit seems to be wrong")
    case .sign: language.say("像是多了负号", en: "the minus sign seems to be too much")
    case .swapped: language.say("像是相邻两格填反了", en: "two neighbours seem to have changed places")
    case .moved: language.say("像是填到了相邻的一格", en: "the figure seems to stand in the next cell")
    case .split: language.say("像是一个数拆进了两格", en: "one number seems to stand in two cells")
    case .shiftedRight:
      language.say("像是数字整体填到了右边一列", en: "the figures seem to stand one column too far right")
    case .shiftedLeft:
      language.say("像是数字整体填到了左边一列", en: "the figures seem to stand one column too far left")
    }
  }
}
