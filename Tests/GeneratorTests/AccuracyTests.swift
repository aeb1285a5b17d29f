import Accuracy
import Generator
import Testing

/// The measure of `make accuracy` on a small sample; every layout.
@Suite struct AccuracyOnASample {
  @Test(arguments: Layout.Shape.usual)
  func `no figure is wrong, and every fault is found by exactly its checks`(shape: Layout.Shape) {
    let (plain, faulted) = Measurement.measure(0..<30, seed: 77, shapes: [shape])
    for sum in [plain, faulted] {
      #expect(sum.reports == 30)
      #expect(
        [
          sum.wrong, sum.missing, sum.extra, sum.calledNone + sum.unreadable, sum.missed,
          sum.unexpected,
        ]
          == [0, 0, 0, 0, 0, 0], "\(sum.examples.joined(separator: "\n"))")
      #expect(sum.exact > 5000)
    }
  }

  @Test func `the measure sees a wrong figure and a check that does not fail`() throws {
    let sample = Sample(number: 1, seed: 77, shapes: [.clean])
    let printed = sample.report.printed(sample.layout, seed: 1)
    let key = try #require(sample.report.keys.first { sample.report.cells[$0]?.number != nil })
    var other = sample.report
    other.cells[key] = .number(98_765)
    let lie = PrintedReport(
      bytes: other.printed(sample.layout, seed: 1).bytes, layout: printed.layout,
      truth: printed.truth, region: printed.region)
    let comparison = Comparison(
      of: lie, sample.report, checks: sample.report.ownChecks.union(["T2-NEVER"]))
    #expect(comparison.wrong == [key])
    #expect(comparison.missed == ["T2-NEVER"])
    #expect(!comparison.isRight)
  }

  @Test func `labels of one table that stand among those of another stop nobody`() {
    let sample = Sample(number: 13_368, seed: 2024, shapes: Layout.Shape.allCases, varied: true)
    let comparison = Comparison(
      of: VariedMeasurement.damaged(sample).printed, sample.report, checks: nil)
    #expect(comparison.refusal == nil)
    #expect(comparison.wrong.isEmpty)
  }
}
