public import Generator

/// Sums over reports with traits and figures that lead astray: by shape, and by trait.
public struct VariedMeasurement: Sendable {
  public var shapes: [Layout.Shape: Measurement] = [:]
  public var traits: [Trait: Measurement] = [:]
  public var damagedShapes: [Layout.Shape: Measurement] = [:]
  public var damages: [Damage: Measurement] = [:]

  public init() {}

  /// Reads the reports of the given numbers.
  /// - Parameter onlyDamaged: not as they were before they were damaged.
  public static func measure(
    _ numbers: some Collection<Int>, seed: UInt64, shapes: [Layout.Shape],
    onlyDamaged: Bool = false
  ) -> VariedMeasurement {
    var sums = VariedMeasurement()
    for number in numbers {
      let sample = Sample(number: number, seed: seed, shapes: shapes, varied: true)
      if !onlyDamaged {
        let printed = sample.report.printed(sample.layout, seed: sample.seed)
        let comparison = Comparison(of: printed, sample.report, checks: nil)
        sums.add(comparison, sample)
      }
      sums.addDamaged(sample)
    }
    return sums
  }

  /// From one damage a document to four: what a copy suffers, not what a shredder does.
  public static func damaged(
    _ sample: Sample, in encoding: TextEncoding? = nil
  ) -> (printed: PrintedReport, damages: [Damage]) {
    sample.report.printed(
      sample.layout, seed: sample.seed, damages: 1 + Int(sample.seed % 4),
      encoding: encoding)
  }

  private mutating func addDamaged(_ sample: Sample) {
    let (printed, damages) = Self.damaged(sample)
    let comparison = Comparison(of: printed, sample.report, checks: nil)
    let name = damages.map(\.rawValue).joined(separator: "+")
    damagedShapes[sample.layout.shape, default: Measurement()].add(comparison, sample, name)
    for damage in Set(damages) {
      self.damages[damage, default: Measurement()].add(comparison, sample, name)
    }
  }

  mutating func add(_ comparison: Comparison, _ sample: Sample) {
    let traits = sample.layout.traits
    let name = traits.map(\.rawValue).sorted().joined(separator: "+")
    shapes[sample.layout.shape, default: Measurement()].add(comparison, sample, name)
    // Shapes that are hard by themselves would hide what is hard about a trait.
    guard Layout.Shape.usual.contains(sample.layout.shape) else { return }
    for trait in traits { self.traits[trait, default: Measurement()].add(comparison, sample, name) }
  }

  public mutating func add(_ other: VariedMeasurement) {
    for (shape, sum) in other.shapes { shapes[shape, default: Measurement()].add(sum) }
    for (trait, sum) in other.traits { traits[trait, default: Measurement()].add(sum) }
    for (shape, sum) in other.damagedShapes {
      damagedShapes[shape, default: Measurement()].add(sum)
    }
    for (damage, sum) in other.damages { damages[damage, default: Measurement()].add(sum) }
  }
}
