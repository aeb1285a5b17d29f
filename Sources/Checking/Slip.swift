import Reports

/// The slip of the hand that turns one number into another.
enum Slip: Sendable, Hashable {
  /// 14 written as 41.
  case transposed
  /// 14 written as 4.
  case dropped
  /// 14 written as 114 or 140.
  case added

  /// The slip that made `found` of `meant`, both whole and not negative.
  init?(found: Exact, meant: Exact) {
    guard found.isWhole, meant.isWhole, !found.isNegative, !meant.isNegative else { return nil }
    let (a, b) = (Array(found.description.utf8), Array(meant.description.utf8))
    if a.count == b.count {
      guard let first = a.indices.first(where: { a[$0] != b[$0] }), first + 1 < a.count,
        a[first] == b[first + 1], a[first + 1] == b[first],
        a[(first + 2)...] == b[(first + 2)...]
      else { return nil }
      self = .transposed
    } else if Slip.lacksOne(a, of: b) {
      self = .dropped
    } else if Slip.lacksOne(b, of: a) {
      self = .added
    } else {
      return nil
    }
  }

  private static func lacksOne(_ short: [UInt8], of long: [UInt8]) -> Bool {
    guard long.count == short.count + 1 else { return false }
    return long.indices.contains { long[..<$0] + long[($0 + 1)...] == short[...] }
  }

  func words(_ language: Language) -> String {
    switch self {
    case .transposed: language.say("像是相邻两位数字颠倒", en: "two digits seem to be transposed")
    case .dropped: language.say("像是漏了一位数字", en: "a digit seems to be missing")
    case .added: language.say("像是多了一位数字", en: "a digit seems to be too many")
    }
  }
}
