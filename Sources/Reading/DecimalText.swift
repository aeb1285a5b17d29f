/// A decimal number as its digits, rounded exactly: what a spreadsheet shows is made from them, never from a float.
struct DecimalText: Equatable {
  private(set) var isNegative = false
  /// Without zeros in front; empty for zero.
  private(set) var digits: [UInt8] = []
  /// How many of the digits stand in front of the point; may be less than none or more than there are.
  private(set) var point = 0

  /// More digits, or a longer way to the point, than any figure has.
  private static let limit = 400

  /// `12`, `-3.50`, `.5`, `1.2E-3`; anything else gives `nil`.
  init?(_ text: some StringProtocol) {
    var hasDigit = false
    var isBehindPoint = false
    var exponent: Substring?
    let text = Substring(text)
    for (position, byte) in zip(text.indices, text.utf8) {
      switch byte {
      case UInt8(ascii: "-") where position == text.startIndex: isNegative = true
      case UInt8(ascii: "+") where position == text.startIndex: break
      case UInt8(ascii: ".") where !isBehindPoint: isBehindPoint = true
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        hasDigit = true
        digits.append(byte - UInt8(ascii: "0"))
        if !isBehindPoint { point += 1 }
      case UInt8(ascii: "e"), UInt8(ascii: "E"):
        exponent = text[text.index(after: position)...]
      default: return nil
      }
      if exponent != nil { break }
      guard digits.count <= Self.limit else { return nil }
    }
    guard hasDigit else { return nil }
    if let exponent {
      guard let power = Int(exponent), abs(power) <= Self.limit else { return nil }
      point += power
    }
    normalise()
  }

  var isZero: Bool { digits.isEmpty }

  /// The whole number in front of the point, if it is of ordinary size.
  var whole: Int? {
    guard point <= 15 else { return nil }
    let value = (0..<max(point, 0)).reduce(0) { $0 * 10 + Int($1 < digits.count ? digits[$1] : 0) }
    return isNegative ? -value : value
  }

  /// Nine digits of what stands behind the point.
  var fraction: Int {
    (0..<9).reduce(0) { value, place in
      let index = point + place
      return value * 10 + (digits.indices.contains(index) ? Int(digits[index]) : 0)
    }
  }

  mutating func negate() { isNegative.toggle() }
  mutating func shift(by places: Int) { if !isZero { point += places } }

  /// Half away from zero, as spreadsheets round.
  mutating func round(places: Int) { cut(at: point + places) }

  mutating func round(significant count: Int) { if digits.count > count { cut(at: count) } }

  private mutating func cut(at end: Int) {
    guard end < digits.count else { return }
    guard end >= 0 else {
      digits = []
      normalise()
      return
    }
    let roundsUp = digits[end] >= 5
    digits.removeSubrange(end...)
    if roundsUp {
      var index = end - 1
      while index >= 0, digits[index] == 9 {
        digits[index] = 0
        index -= 1
      }
      if index >= 0 {
        digits[index] += 1
      } else {
        digits.insert(1, at: 0)
        point += 1
      }
    }
    normalise()
  }

  private mutating func normalise() {
    let zeros = digits.prefix { $0 == 0 }.count
    digits.removeFirst(zeros)
    point -= zeros
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty {
      point = 0
      isNegative = false
    }
  }

  /// The digits in front of the point (none for a number below 1) and behind it, without a sign.
  var parts: (front: [UInt8], behind: [UInt8]) {
    let zero = UInt8(ascii: "0")
    var front: [UInt8] = []
    var behind: [UInt8] = []
    if point > 0 { front = (0..<point).map { $0 < digits.count ? digits[$0] + zero : zero } }
    if point < digits.count {
      behind = [UInt8](repeating: zero, count: max(-point, 0))
      behind += digits[max(point, 0)...].map { $0 + zero }
    }
    return (front, behind)
  }

  /// As a cell without a format shows it: at most eleven characters, a power of ten where that is too few.
  var general: String {
    var shown = self
    shown.round(significant: 15)
    if shown.point > 11 || shown.point < -8 { return shown.scientific(places: 5, trims: true) }
    let front = max(shown.point, 1)
    // The point itself is a character.
    shown.round(places: max(0, 10 - front))
    return shown.plain
  }

  /// With as many digits as there are.
  var plain: String {
    let (front, behind) = parts
    return (isNegative ? "-" : "") + (front.isEmpty ? "0" : String(decoding: front, as: UTF8.self))
      + (behind.isEmpty ? "" : "." + String(decoding: behind, as: UTF8.self))
  }

  func scientific(places: Int, trims: Bool = false) -> String {
    var shown = self
    if shown.digits.count > places + 1 { shown.cut(at: places + 1) }
    let power = shown.isZero ? 0 : shown.point - 1
    var behind = shown.digits.dropFirst().map { $0 + UInt8(ascii: "0") }
    while !trims, behind.count < places { behind.append(UInt8(ascii: "0")) }
    let first = shown.digits.first ?? 0
    let digits = abs(power) < 10 ? "0\(abs(power))" : "\(abs(power))"
    return (isNegative ? "-" : "") + "\(first)"
      + (behind.isEmpty ? "" : "." + String(decoding: behind, as: UTF8.self))
      + "E\(power < 0 ? "-" : "+")\(digits)"
  }
}
