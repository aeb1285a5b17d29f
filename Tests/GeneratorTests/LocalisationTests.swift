import Accuracy
import Testing

/// The measure of `shoubao-accuracy localisation` on a small sample.
@Suite struct LocalisationOnASample {
  @Test(arguments: LocalisationFault.allCases, [false, true])
  func `one slip is found by exactly its relations, and no other cell is named`(
    fault: LocalisationFault, blanks: Bool
  ) {
    let sum = Self.measure(30, blanks: blanks) { _ in [fault] }
    #expect(sum.reports == 30)
    #expect(sum.isRight, "\(sum.examples.joined(separator: "\n"))")
    if LocalisationFault.single.contains(fault) {
      #expect(sum.among == sum.reports)
      #expect(sum.namedRight * 2 > sum.reports)
    }
    if fault != .figure { #expect(sum.slipNamed * 4 > sum.slips * 3) }
  }

  @Test(arguments: [false, true])
  func `two wrong cells are among the corrections`(blanks: Bool) {
    let sum = Self.measure(200, blanks: blanks) { number in
      let single = LocalisationFault.single
      return [single[number % single.count], single[number / single.count % single.count]]
    }
    #expect(sum.isRight, "\(sum.examples.joined(separator: "\n"))")
    #expect(sum.among == sum.locatable && sum.reports == 200)
    // Where most cells are blank there may be more pairs than are told.
    #expect(sum.tooMany <= (blanks ? 2 : 0))
    // Without blanks two cells of table 3 are never masked; two of one block of table 4 may be.
    #expect(sum.masked <= (blanks ? 40 : 2))
  }

  @Test func `many wrong cells end in bounded effort`() {
    let sum = Self.measure(60, blanks: false) { Array(repeating: .figure, count: 3 + $0 % 28) }
    #expect(sum.isRight, "\(sum.examples.joined(separator: "\n"))")
    #expect(sum.tooMany > 0)
  }

  private static func measure(
    _ count: Int, blanks: Bool, _ faults: (Int) -> [LocalisationFault]
  ) -> LocalisationMeasurement {
    var sum = LocalisationMeasurement()
    var number = 0
    while sum.reports < count, number < 100 * count {
      if let test = LocalisationCase(
        number: number, seed: 7, faults: faults(number), blanks: blanks)
      {
        sum.add(test)
      }
      number += 1
    }
    return sum
  }
}
