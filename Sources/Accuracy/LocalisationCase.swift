import Checking
public import Forms
import Generator
public import Reports

/// A report whose sums are right, with one slip or two, and what the program makes of it.
public struct LocalisationCase: Sendable {
  public let faults: [LocalisationFault]
  /// The report with the slips.
  public let report: Report
  /// The cells that the slips changed, with the figures they had.
  public let truth: [CellKey: Figure]
  /// The relations that fail, by the generator's own sums.
  public let broken: Set<String>

  /// Report number so-and-so of a series; `nil` where a slip finds no place in it, or leaves every sum as it was.
  ///
  /// - Parameter blanks: also reports with blank cells.
  public init?(number: Int, seed: UInt64, faults: [LocalisationFault], blanks: Bool) {
    var random = SplitMix64(seed: seed ^ 0x10CA).fork(number)
    var sample = Sample(number: number, seed: seed, shapes: [.clean]).report
    let full = sample.relations.flatMap(\.cells).allSatisfy { sample.cells[$0]?.number != nil }
    guard full != blanks else { return nil }
    let original = sample.cells
    for fault in faults {
      // Two slips in one cell would be one.
      let changes = (0..<20).lazy.compactMap { _ in
        fault.changes(in: sample.cells, sample.template3, using: &random)
      }
      .first { $0.keys.allSatisfy { sample.cells[$0]?.number == original[$0]?.number } }
      guard let changes else { return nil }
      sample.cells.merge(changes) { $1 }
    }
    var truth: [CellKey: Figure] = [:]
    for (key, cell) in sample.cells where cell.number != original[key]?.number {
      truth[key] = original[key]?.number
    }
    var report = Report()
    report.template.three = sample.template3
    report.template.four = .v2021
    for key in Set(sample.relations.flatMap(\.cells)) { report.cells[key] = sample.cells[key] }
    self.faults = faults
    self.report = report
    self.truth = truth
    broken = sample.brokenRelations
    guard !broken.isEmpty else { return nil }
  }
}
