/// A sum of figures, exact: whole numbers and decimals of any length that figures have, never a float.
public struct ExactSum: Sendable, Hashable {
  private var unscaled: Int128 = 0
  private var scale = 0
  /// The sum no longer fits; nothing is told rather than something wrong.
  private var isBeyond = false

  public init() {}

  public mutating func add(_ figure: Figure) { add(figure.unscaled, scale: figure.scale) }

  public mutating func add(_ other: ExactSum) {
    add(wide: other.unscaled, scale: other.scale)
    isBeyond = isBeyond || other.isBeyond
  }

  /// Adds digits without their point, `scale` of which stand behind it.
  public mutating func add(_ value: Int64, scale: Int) { add(wide: Int128(value), scale: scale) }

  private mutating func add(wide value: Int128, scale: Int) {
    let wide = max(self.scale, scale)
    let mine = raised(unscaled, by: wide - self.scale)
    let (sum, overflow) = mine.addingReportingOverflow(raised(value, by: wide - scale))
    unscaled = sum
    self.scale = wide
    isBeyond = isBeyond || overflow
  }

  private mutating func raised(_ value: Int128, by places: Int) -> Int128 {
    var value = value
    for _ in 0..<places {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      value = product
      isBeyond = isBeyond || overflow
    }
    return value
  }

  /// `nil`: beyond the eighteen digits of a figure.
  public var figure: Figure? {
    guard !isBeyond else { return nil }
    var digits = String(unscaled.magnitude)
    while digits.count <= scale { digits = "0" + digits }
    let point = digits.index(digits.endIndex, offsetBy: -scale)
    let sign = unscaled < 0 ? "-" : ""
    return Figure(sign + digits[..<point] + (scale > 0 ? "." + digits[point...] : ""))
  }
}
