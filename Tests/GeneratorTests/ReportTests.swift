import Forms
import Generator
import Reports
import Testing

/// The generator tells the truth about its reports; what is measured with them rests on that.
@Suite struct ReportsThatNeverWere {
  private static let samples: [Sample] = (0..<400).map {
    Sample(number: $0, seed: 5, shapes: Layout.Shape.allCases)
  }

  /// The relations by the definition, apart from the generator's own sums.
  private func broken(_ report: SyntheticReport) -> Set<String> {
    let cells = report.truth
    var failed: Set<String> = []
    for relation in report.relations {
      guard relation.cells.allSatisfy({ cells[$0]?.number?.integer != nil }) else { continue }
      let left = relation.left.compactMap { cells[$0]?.number?.integer }.reduce(0, +)
      let right = relation.right.compactMap { cells[$0]?.number?.integer }.reduce(0, +)
      if left != right { failed.insert(relation.check) }
    }
    return failed
  }

  @Test func `every relation holds on a report without a fault`() {
    for sample in Self.samples {
      #expect(broken(sample.report).isEmpty)
      #expect(sample.report.brokenRelations.isEmpty)
    }
  }

  @Test func `both forms, mixed ones, blanks, slashes and reports without requests occur`() {
    let reports = Self.samples.map(\.report)
    #expect(reports.contains { $0.template2 == .v2019 && $0.template3 == .v2019 })
    #expect(reports.contains { $0.template2 == .v2021 && $0.template3 == .v2021 })
    #expect(reports.contains { $0.template2 == .v2021 && $0.template3 == .v2019 })
    #expect(reports.contains { $0.template2 == nil })
    for kind in [Cell.Class.blank, .notApplicable] {
      #expect(reports.contains { $0.cells.values.contains { $0.class == kind } })
    }
  }

  @Test func `every cell of the tables has a truth`() {
    for report in Self.samples.map(\.report) {
      #expect(report.keys.count == report.truth.count)
      #expect(report.keys.allSatisfy { report.cells[$0] != nil })
    }
  }

  @Test func `a changed cell breaks exactly the relations that contain it`() throws {
    var random = SplitMix64(seed: 3)
    let report = SyntheticReport.random(
      organ: Organ(number: 1), options: .init(year: 2022, size: .dozens), using: &random)
    for key in report.keys where key.table != .two {
      let (spoilt, checks) = try #require(report.applying(.cell(key, by: 1)))
      let containing = Set(
        report.relations.filter { $0.cells.contains(key) }.map(\.check))
      #expect(broken(spoilt) == containing)
      #expect(checks == containing)
      #expect(!containing.isEmpty)
    }
  }

  @Test func `a broken identity leaves the sums of rows as they are`() throws {
    var random = SplitMix64(seed: 4)
    let report = SyntheticReport.random(
      organ: Organ(number: 2), options: .init(year: 2020, size: .hundreds), using: &random)
    let (_, checks) = try #require(report.applying(.identity(column: "company")))
    #expect(checks == ["T3-IDENTITY-company", "T3-IDENTITY-total"])
  }

  @Test func `a fault that a report has no place for is refused`() {
    var random = SplitMix64(seed: 6)
    let report = SyntheticReport.random(
      organ: Organ(number: 2), options: .init(year: 2020, size: .none), using: &random)
    #expect(report.applying(.inForceTooLow) == nil)
    #expect(report.applying(.narrative) == nil)
  }

  @Test func `no two organs are the same`() {
    let organs = (0..<Organ.count).map { Organ(number: $0) }
    #expect(Set(organs.map { $0.county + $0.name }).count == Organ.count)
    #expect(Organ.count > 9000)
  }
}
