import Accuracy
import ArgumentParser

/// Measures whether the wrong cells of a table are found.
struct LocalisationCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "localisation",
    abstract: "Seeds slips into reports whose sums are right, and looks whether they are found.",
    discussion: """
      One slip of each kind, and pairs of any kinds, with and without blank cells. Exit code 1 when other relations fail than \
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
    let series = LocalisationSeries(count: count, seed: seed)
    print(series.table.text)
    for example in verbose ? series.whole.examples : [] { print("  \(example)") }
    for gate in series.gates { print("\(gate.name): \(gate.found)") }
    guard series.gates.allSatisfy(\.isMet) else { throw ExitCode(1) }
  }
}
