import Accuracy

/// Reports told in words that agree with their tables, and with one thing told wrong.
struct StatementsSeries: Sendable {
  let sum: StatementMeasurement

  /// - Parameter count: how many reports.
  init(count: Int, seed: UInt64) async {
    sum = await withTaskGroup(of: StatementMeasurement.self) { group in
      for start in stride(from: 0, to: count, by: 100) {
        let numbers = start..<min(start + 100, count)
        group.addTask { StatementMeasurement.measure(numbers, seed: seed) }
      }
      var sum = StatementMeasurement()
      for await part in group { sum.add(part) }
      return sum
    }
  }

  private static let columns = ["owed", "given", "wrong", "missed", "precision %", "recall %"]

  var tables: [ReportTable] {
    var statements = ReportTable(
      "Figures told in the text",
      """
      Each report is told twice: in words that agree with its tables, and with one thing told wrong. A statement counts \
      as wrong when nothing of the kind is told, or another figure; some may be read and need not.
      """, ["statement"] + Self.columns)
    Self.add(sum.statements, to: &statements)
    var checks = ReportTable(
      "Checks of the text against the tables",
      "\(sum.consistent) reports that agree, \(sum.contradicted) with one thing told wrong.",
      ["check"] + Self.columns)
    Self.add(sum.checks, to: &checks)
    return [statements, checks]
  }

  private static func add(
    _ tallies: [String: StatementMeasurement.Tally], to table: inout ReportTable
  ) {
    let rows = tallies.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    for (name, tally) in rows + [("all", StatementMeasurement.total(tallies))] {
      table.add([
        name, "\(tally.found + tally.missed)", "\(tally.right + tally.wrong)", "\(tally.wrong)",
        "\(tally.missed)", ReportTable.percent(tally.precision), ReportTable.percent(tally.recall),
      ])
    }
  }

  var gates: [Gate] {
    let kinds = [
      ("text: statements", StatementMeasurement.total(sum.statements)),
      ("text: checks", StatementMeasurement.total(sum.checks)),
    ]
    return kinds.map { name, tally in
      Gate(
        name: "\(name), precision at least 99 %, recall at least 90 %",
        found: "\(ReportTable.percent(tally.precision)) %, \(ReportTable.percent(tally.recall)) %",
        isMet: tally.precision >= 0.99 && tally.recall >= 0.9)
    } + [
      Gate(
        name: "text: at most one false alarm in a hundred reports that agree",
        found: "\(sum.falseAlarms) of \(sum.consistent)",
        isMet: sum.falseAlarms * 100 <= sum.consistent)
    ]
  }
}
