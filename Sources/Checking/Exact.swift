import Reports

/// A sum of figures, exact: 18 digits before the point and 18 behind, over all the cells of a form. No float, and no
/// overflow that could make two sums equal by chance.
struct Exact: Sendable, Hashable, Comparable, CustomStringConvertible {
  private var units: Int128

  private static let one: Int128 = 1_000_000_000_000_000_000

  static let zero = Exact(units: 0)

  private init(units: Int128) { self.units = units }

  init(_ whole: Int) { units = Int128(whole) * Self.one }

  init(_ figure: Figure) {
    var factor = Self.one
    for _ in 0..<figure.scale { factor /= 10 }
    units = Int128(figure.unscaled) * factor
  }

  var isZero: Bool { units == 0 }
  var isNegative: Bool { units < 0 }
  var isWhole: Bool { units % Self.one == 0 }
  /// The whole number, if it is one.
  var whole: Int128? {
    let (quotient, remainder) = units.quotientAndRemainder(dividingBy: Self.one)
    return remainder == 0 ? quotient : nil
  }

  /// As a figure of a form, where it has no more than 18 digits.
  var figure: Figure? { Figure(description) }

  static func < (a: Self, b: Self) -> Bool { a.units < b.units }
  static func + (a: Self, b: Self) -> Self { Exact(units: a.units + b.units) }
  static func - (a: Self, b: Self) -> Self { Exact(units: a.units - b.units) }
  static prefix func - (a: Self) -> Self { Exact(units: -a.units) }
  static func += (a: inout Self, b: Self) { a.units += b.units }

  static func sum(_ values: some Sequence<Exact>) -> Exact { values.reduce(.zero, +) }

  /// Without trailing zeros: `4`, `-2.25`.
  var description: String {
    let whole = String(units.magnitude / Self.one.magnitude)
    let rest = units.magnitude % Self.one.magnitude
    let sign = isNegative ? "-" : ""
    guard rest != 0 else { return sign + whole }
    var digits = String(String(rest + Self.one.magnitude).dropFirst())
    while digits.hasSuffix("0") { digits.removeLast() }
    return "\(sign)\(whole).\(digits)"
  }
}
