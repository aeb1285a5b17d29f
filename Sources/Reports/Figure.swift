/// An exact decimal number as a document prints it: `12`, `-3`, `43.788`, `2.50`. Never a float.
///
/// Trailing zeros are kept (they are what the document says); comparing and adding are exact.
public struct Figure: Sendable, Hashable {
  /// The digits without the point, with the sign.
  public let unscaled: Int64
  /// How many of the digits stand behind the point, 0…18.
  public let scale: Int

  public init(_ value: Int) {
    unscaled = Int64(value)
    scale = 0
  }

  private init(unscaled: Int64, scale: Int) {
    self.unscaled = unscaled
    self.scale = scale
  }

  /// Reads ASCII digits with an optional sign and an optional point; at most 18 digits in all. Leading zeros are
  /// dropped. Anything else gives `nil`: folding widths, separators and units is for whoever reads the document.
  public init?(_ text: some StringProtocol) {
    var text = String(text)
    let figure = text.withUTF8(Figure.read)
    guard let figure else { return nil }
    self = figure
  }

  // Not generic, so that it is compiled for what it reads.
  private static func read(_ text: UnsafeBufferPointer<UInt8>) -> Figure? {
    var digits: Int64 = 0
    var count = 0
    var scale = 0
    var seenPoint = false
    var negative = false
    for (position, byte) in zip(text.indices, text) {
      switch byte {
      case UInt8(ascii: "-") where position == 0: negative = true
      case UInt8(ascii: "+") where position == 0: break
      case UInt8(ascii: ".") where !seenPoint && count > 0: seenPoint = true
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        let digit = Int64(byte - UInt8(ascii: "0"))
        if digits > 0 || digit > 0 || seenPoint { count += 1 } else { count = max(count, 1) }
        // Before it is put together: one digit more may be more than the number holds.
        guard count <= 18 else { return nil }
        digits = digits * 10 + digit
        if seenPoint { scale += 1 }
      default: return nil
      }
    }
    guard count > 0, !(seenPoint && scale == 0) else { return nil }
    return Figure(unscaled: negative ? -digits : digits, scale: scale)
  }

  public var isNegative: Bool { unscaled < 0 }
  public var isZero: Bool { unscaled == 0 }

  /// The whole number, if it is one (`5`, `5.0`).
  public var integer: Int? {
    var value = unscaled
    for _ in 0..<scale {
      guard value % 10 == 0 else { return nil }
      value /= 10
    }
    return Int(value)
  }

  /// The same amount: `2.50` and `2.5` are.
  public func equals(_ other: Figure) -> Bool { !(self < other) && !(other < self) }
}

extension Figure: Comparable {
  public static func < (a: Figure, b: Figure) -> Bool {
    let scale = max(a.scale, b.scale)
    return a.raised(to: scale) < b.raised(to: scale)
  }

  public static func + (a: Figure, b: Figure) -> Figure {
    let scale = max(a.scale, b.scale)
    let sum = a.raised(to: scale) + b.raised(to: scale)
    // 18 digits each: a sum of all the cells of a form stays below what Int64 holds in any real table; one that
    // does not is refused here rather than wrapped.
    guard let unscaled = Int64(exactly: sum) else { return Figure.beyond }
    return Figure(unscaled: unscaled, scale: scale)
  }

  public static prefix func - (a: Figure) -> Figure {
    Figure(unscaled: -a.unscaled, scale: a.scale)
  }

  public static func - (a: Figure, b: Figure) -> Figure { a + (-b) }

  private static let beyond = Figure(unscaled: .max, scale: 0)

  private func raised(to scale: Int) -> Int128 {
    var value = Int128(unscaled)
    for _ in self.scale..<scale { value *= 10 }
    return value
  }
}

extension Figure: CustomStringConvertible {
  /// As printed, with ASCII digits: `-3`, `2.50`.
  public var description: String {
    guard scale > 0 else { return String(unscaled) }
    var digits = String(unscaled.magnitude)
    while digits.count <= scale { digits = "0" + digits }
    let point = digits.index(digits.endIndex, offsetBy: -scale)
    return (isNegative ? "-" : "") + digits[..<point] + "." + digits[point...]
  }
}

extension Figure: Codable {
  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let figure = Figure(text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "not a figure: \(text)"))
    }
    self = figure
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
