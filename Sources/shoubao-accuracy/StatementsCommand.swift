import Accuracy
import ArgumentParser
import Generator

/// Measures what is read in the words of reports, and the checks of words against tables.
struct StatementsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "statements",
    abstract: "Holds figures told in the text, and the checks on them, against the truth.",
    discussion: """
      Each report is told twice: in words that agree with its tables, and with one thing told wrong. Exit code 1 when \
      fewer than 99 % of the statements read or of the failures found are right, when fewer than 90 % of those owed are \
      there, or when more than one consistent report in a hundred raises an alarm.
      """)

  @Option(help: "How many reports.") var count = 5_000
  @Option(help: "The same seed gives the same reports.") var seed: UInt64 = 2024
  @Option(help: "Print the words of report so-and-so, and measure nothing.") var show: Int?
  @Flag(help: "Print what was wrong or missed.") var verbose = false

  func run() async throws {
    if let show {
      let sample = Sample(number: show, seed: seed, shapes: Layout.Shape.usual)
      for contradicted in [false, true] {
        guard
          let narration = Narration(
            sample.report, seed: sample.seed, breaksLines: !sample.layout.shape.isHTML,
            contradicted: contradicted)
        else { continue }
        print(narration.contradiction?.rawValue ?? "consistent", narration.checks.sorted())
        for (section, text) in narration.report.sectionTexts.sorted(by: { $0.key < $1.key }) {
          print("\(section.numeral)、\(text)")
        }
      }
      return
    }
    var sum = StatementMeasurement()
    await withTaskGroup(of: StatementMeasurement.self) { group in
      for start in stride(from: 0, to: count, by: 100) {
        let numbers = start..<min(start + 100, count)
        group.addTask { [seed] in StatementMeasurement.measure(numbers, seed: seed) }
      }
      for await part in group { sum.add(part) }
    }
    for example in verbose ? sum.examples.sorted() : [] { print(example) }
    print(Self.header("statements"))
    for (name, tally) in sum.statements.sorted(by: { $0.key < $1.key }) {
      print(Self.line(name, tally))
    }
    let statements = StatementMeasurement.total(sum.statements)
    print(Self.line("all", statements))
    print(Self.header("checks"))
    for (name, tally) in sum.checks.sorted(by: { $0.key < $1.key }) {
      print(Self.line(name, tally))
    }
    print(Self.line("all", StatementMeasurement.total(sum.checks)))
    print(
      "\(sum.consistent) consistent reports, \(sum.falseAlarms) with a false alarm; "
        + "\(sum.contradicted) with one thing told wrong")
    guard sum.isGood else { throw ExitCode(1) }
  }

  private static func header(_ name: String) -> String {
    name.padding(26)
      + ["owed", "read", "wrong", "missed", "precision", "recall"].map { $0.paddingLeft(10) }
      .joined()
  }

  private static func line(_ name: String, _ tally: StatementMeasurement.Tally) -> String {
    name.padding(26)
      + [
        "\(tally.found + tally.missed)", "\(tally.right + tally.wrong)", "\(tally.wrong)",
        "\(tally.missed)", percent(tally.precision), percent(tally.recall),
      ].map { $0.paddingLeft(10) }.joined()
  }

  private static func percent(_ share: Double) -> String {
    "\((share * 10_000).rounded(.down) / 100) %"
  }
}

extension String {
  fileprivate func padding(_ width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
  fileprivate func paddingLeft(_ width: Int) -> String {
    String(repeating: " ", count: max(1, width - count)) + self
  }
}
