import Accuracy
import ArgumentParser

/// Measures whether the wrong cells of a table are found.
struct LocalisationCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "localisation",
    abstract: "Seeds slips into reports whose sums are right, and looks whether they are found.",
    discussion: """
      One slip of each kind, and pairs of any kinds, with and without blank cells. “masked”: fewer cells than were changed \
      explain everything, so that the true ones are not among the smallest sets. Exit code 1 when other relations fail than \
      those that the slips break, when a cell is named that is not the wrong one, or when the true cells are not among the \
      explanations although no smaller set is.
      """)

  @Option(help: "How many reports of each kind.") var count = 1000
  @Option(help: "The same seed gives the same reports.") var seed: UInt64 = 2024
  @Flag(help: "Print what went wrong with single reports.") var verbose = false
  @Option(
    help: "Print so many tables with slips, one a line, for other programs, and measure nothing.")
  var dump: Int?

  func run() throws {
    if let dump {
      for line in LocalisationDump.lines(dump, seed: seed) { print(line) }
      return
    }
    print(Self.header)
    var isRight = true
    for blanks in [false, true] {
      var sum = LocalisationMeasurement()
      let pairs = LocalisationFault.allCases
      for kind in LocalisationFault.allCases {
        let one = measure(blanks: blanks) { _ in [kind] }
        show(kind.rawValue, one)
        isRight = isRight && one.isRight
        sum.add(one)
      }
      let two = measure(blanks: blanks) { number in
        let single = LocalisationFault.single
        return [single[number % single.count], single[number / single.count % single.count]]
      }
      show("two cells", two)
      let mixed = measure(blanks: blanks) { number in
        [pairs[number % pairs.count], pairs[number / pairs.count % pairs.count]]
      }
      show("two slips", mixed)
      let many = measure(blanks: blanks) { Array(repeating: .figure, count: 3 + $0 % 10) }
      show("3 to 12 cells", many)
      let hopeless = measure(blanks: blanks) { _ in Array(repeating: .figure, count: 30) }
      show("30 cells", hopeless)
      for part in [two, mixed, many, hopeless] {
        isRight = isRight && part.isRight
        sum.add(part)
      }
      show(blanks ? "all, with blanks" : "all, no blanks", sum)
      if verbose { for example in sum.examples { print("  \(example)") } }
    }
    guard isRight else { throw ExitCode(1) }
  }

  private func measure(
    blanks: Bool, _ faults: (Int) -> [LocalisationFault]
  ) -> LocalisationMeasurement {
    var sum = LocalisationMeasurement()
    var number = 0
    // Not every report has a place for every slip.
    while sum.reports < count, number < 200 * count {
      if let test = LocalisationCase(
        number: number, seed: seed, faults: faults(number), blanks: blanks)
      {
        sum.add(test)
      }
      number += 1
    }
    return sum
  }

  private static let header =
    "                   reports  checks=   named  wrong   ties  masked  too many   among    told  slip named   µs: median   p99    max"

  private func show(_ name: String, _ sum: LocalisationMeasurement) {
    let times = sum.times.sorted()
    func micro(_ share: Double) -> String {
      guard let last = times.indices.last else { return "-" }
      return String((times[Int(Double(last) * share)] + 500) / 1000)
    }
    func percent(_ part: Int, _ whole: Int) -> String {
      guard whole > 0 else { return "-" }
      let tenths = part * 1000 / whole
      return "\(tenths / 10).\(tenths % 10)%"
    }
    print(
      name + String(repeating: " ", count: max(0, 18 - name.count))
        + [
          (String(sum.reports), 8), (percent(sum.exactChecks, sum.reports), 9),
          (percent(sum.namedRight, sum.reports), 8), (String(sum.namedWrong), 7),
          (percent(sum.ties, sum.reports), 7), (String(sum.masked), 8), (String(sum.tooMany), 10),
          (percent(sum.among, sum.locatable), 8), (percent(sum.told, sum.locatable), 8),
          (percent(sum.slipNamed, sum.slips), 12), (micro(0.5), 13), (micro(0.99), 6),
          (micro(1), 7),
        ].map { String(repeating: " ", count: max(1, $0.1 - $0.0.count)) + $0.0 }.joined())
  }
}
