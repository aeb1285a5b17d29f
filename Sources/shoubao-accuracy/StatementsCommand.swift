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
    let series = await StatementsSeries(count: count, seed: seed)
    for example in verbose ? series.sum.examples.sorted() : [] { print(example) }
    for table in series.tables { print(table.text) }
    for gate in series.gates { print("\(gate.name): \(gate.found)") }
    guard series.gates.allSatisfy(\.isMet) else { throw ExitCode(1) }
  }
}
