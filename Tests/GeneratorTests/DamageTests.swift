import Forms
import Generator
import Testing

/// What is damaged can be told from what is not: the measure of damaged documents rests on that.
@Suite struct Damages {
  private static func sample(_ number: Int, _ shape: Layout.Shape) -> Sample {
    Sample(number: number, seed: 31, shapes: [shape], varied: true)
  }

  @Test(arguments: Layout.Shape.allCases)
  func `the same seed damages alike, and the damaged print is another`(shape: Layout.Shape) {
    for number in 0..<6 {
      let sample = Self.sample(number, shape)
      let whole = sample.report.printed(sample.layout, seed: sample.seed)
      let first = sample.report.printed(sample.layout, seed: sample.seed, damages: 2)
      let second = sample.report.printed(sample.layout, seed: sample.seed, damages: 2)
      #expect(first.printed.bytes == second.printed.bytes)
      #expect(first.damages == second.damages)
      #expect(!first.damages.isEmpty)
      #expect(first.printed.bytes != whole.bytes)
      #expect(
        first.printed.unknowable.isSuperset(
          of: whole.unknowable.subtracting(first.printed.mistyped)))
    }
  }

  @Test func `every kind of damage occurs`() {
    var seen: Set<Damage> = []
    for number in 0..<40 {
      for shape in [Layout.Shape.lines, .bars, .clean] {
        let sample = Self.sample(number, shape)
        seen.formUnion(
          sample.report.printed(sample.layout, seed: sample.seed, damages: 4).damages)
      }
    }
    #expect(seen == Set(Damage.allCases))
  }

  @Test(arguments: [Layout.Shape.lines, .bars, .clean])
  func `words mistyped leave every figure to be told`(shape: Layout.Shape) {
    for number in 0..<10 {
      let sample = Self.sample(number, shape)
      let whole = sample.report.printed(sample.layout, seed: sample.seed)
      let (printed, damages) = sample.report.printed(
        sample.layout, seed: sample.seed, damages: 3, of: [.typo, .doubledCharacter])
      #expect(damages.count == 3)
      #expect(printed.unknowable == whole.unknowable)
      #expect(printed.mistyped.isEmpty)
    }
  }

  @Test func `a cell joined with the next takes its row along`() throws {
    let sample = Sample(number: 4, seed: 9, shapes: [.bars])
    let (printed, damages) = sample.report.printed(
      sample.layout, seed: 5, damages: 1, of: [.joinedCells])
    #expect(damages == [.joinedCells])
    let rows = Set(printed.unknowable.map { "\($0.prefix).\($0.row)" })
    let table = try #require(printed.unknowable.first?.table)
    #expect(rows.count == (table == .four ? 3 : 1))
    #expect([3, 2, 7, 15].contains(printed.unknowable.count))
  }

  @Test func `a digit taken for a letter is a figure no more`() throws {
    let sample = Sample(number: 4, seed: 9, shapes: [.tabs])
    let (printed, _) = sample.report.printed(
      sample.layout, seed: 5, damages: 1, of: [.confusedDigit])
    #expect(printed.mistyped.count == 1)
    let key = try #require(printed.mistyped.first)
    #expect(printed.truth[key]?.number != nil)
    #expect(!printed.unknowable.contains(key))
  }
}
