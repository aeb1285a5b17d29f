/// A small generator of random numbers whose sequence depends on nothing but its seed (Steele, Lea and Flood,
/// “Fast splittable pseudorandom number generators”, 2014). The same seed gives the same reports on every machine.
public struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Another sequence, fixed by this one and a number: report 7 is the same whether or not report 6 was made.
  public func fork(_ number: Int) -> SplitMix64 {
    var other = SplitMix64(
      seed: state ^ UInt64(truncatingIfNeeded: number) &* 0xD134_2543_DE82_EF95)
    _ = other.next()
    return other
  }

  mutating func int(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

  /// True in `probability` of all cases.
  mutating func chance(_ probability: Double) -> Bool {
    Double(next() >> 11) * 0x1p-53 < probability
  }

  /// One of the values; they must not be empty.
  mutating func pick<T>(_ values: [T]) -> T { values[int(0...values.count - 1)] }
}
