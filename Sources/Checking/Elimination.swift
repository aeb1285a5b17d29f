/// A few unknown whole numbers between bounds on their sums, solved by elimination after Fourier and Motzkin.
///
/// Exact for the systems of ``SumSystem``, whose coefficients are totally unimodular: bounds of what remains after an
/// elimination are taken on by whole numbers.
struct Elimination {
  /// Σ coefficient · unknown ≤ bound.
  private typealias Bounds = [[Int]: Int128]

  private let count: Int
  private var bounds: Bounds = [:]
  private var isImpossible = false

  init(count: Int) { self.count = count }

  /// Σ coefficient · unknown is not below `low` and not above `high`.
  mutating func bound(_ terms: [Int: Int], _ low: Int128?, _ high: Int128?) {
    let coefficients = (0..<count).map { terms[$0] ?? 0 }
    if let high { isImpossible = !Self.add(coefficients, high, to: &bounds) || isImpossible }
    if let low {
      isImpossible = !Self.add(coefficients.map { -$0 }, -low, to: &bounds) || isImpossible
    }
  }

  /// What each unknown may be, the others being as they like; `nil` where there is no solution. Every unknown must have
  /// a lower and an upper bound of its own.
  func ranges() -> [ClosedRange<Int128>]? {
    guard !isImpossible else { return nil }
    var ranges: [ClosedRange<Int128>] = []
    for unknown in 0..<count {
      var rest = bounds
      for other in 0..<count where other != unknown {
        guard let fewer = Self.eliminate(other, rest) else { return nil }
        rest = fewer
      }
      var low = Int128.min
      var high = Int128.max
      for (coefficients, bound) in rest {
        let coefficient = Int128(coefficients[unknown])
        // Divided by a coefficient other than ±1, bounds are rounded inwards.
        if coefficient > 0 {
          high = min(high, Self.floor(bound, coefficient))
        } else if coefficient < 0 {
          low = max(low, -Self.floor(bound, -coefficient))
        }
      }
      guard low <= high else { return nil }
      ranges.append(low...high)
    }
    return ranges
  }

  private static func floor(_ a: Int128, _ b: Int128) -> Int128 {
    let (quotient, remainder) = a.quotientAndRemainder(dividingBy: b)
    return remainder < 0 ? quotient - 1 : quotient
  }

  /// False where the bound cannot be kept.
  private static func add(_ coefficients: [Int], _ bound: Int128, to bounds: inout Bounds) -> Bool {
    guard coefficients.contains(where: { $0 != 0 }) else { return bound >= 0 }
    bounds[coefficients] = min(bounds[coefficients] ?? bound, bound)
    return true
  }

  private static func eliminate(_ unknown: Int, _ bounds: Bounds) -> Bounds? {
    var rest = bounds.filter { $0.key[unknown] == 0 }
    let above = bounds.filter { $0.key[unknown] > 0 }
    let below = bounds.filter { $0.key[unknown] < 0 }
    for (upper, high) in above {
      for (lower, low) in below {
        let (a, b) = (-lower[unknown], upper[unknown])
        let coefficients = zip(upper, lower).map { a * $0 + b * $1 }
        guard add(coefficients, Int128(a) * high + Int128(b) * low, to: &rest) else { return nil }
      }
    }
    return rest
  }
}
