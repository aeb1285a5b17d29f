import Checking
import Forms
import Reports

/// Tables with slips in them, for other programs to try.
public enum LocalisationDump {
  /// One JSON object a line: `figures` by cell, `relations` as lists of cells of either side, `fewest` (or null),
  /// `sets` of cells, `nanoseconds`. Of table 3 without blanks; one to four slips.
  public static func lines(_ count: Int, seed: UInt64) -> some Sequence<String> {
    (0...).lazy.compactMap { number -> String? in
      let single = LocalisationFault.single
      let faults = (0...number / 3 % 4).map { single[(number + $0) % single.count] }
      guard let test = LocalisationCase(number: number, seed: seed, faults: faults, blanks: false),
        let template = test.report.template.three, template == .v2021,
        test.truth.keys.allSatisfy({ $0.table == .three })
      else { return nil }
      return line(test, FormTable.of(.three, template))
    }.prefix(count)
  }

  private static func line(_ test: LocalisationCase, _ table: FormTable) -> String {
    func quoted(_ keys: [CellKey]) -> String {
      "[" + keys.map { "\"\($0)\"" }.joined(separator: ",") + "]"
    }
    let begun = processorTime()
    let found = localise(test.report).first
    let time = processorTime() - begun
    let figures = table.cells.map { "\"\($0)\":\(test.report.number($0)?.description ?? "null")" }
    let relations = table.relations.map { "[\(quoted($0.left)),\(quoted($0.right))]" }
    let sets = (found?.corrections ?? []).map { $0.changes.map(\.cell) }
      .filter { $0.count == found?.fewest }
    return "{\"figures\":{\(figures.joined(separator: ","))},"
      + "\"relations\":[\(relations.joined(separator: ","))],"
      + "\"truth\":\(quoted(test.truth.keys.sorted())),"
      + "\"fewest\":\(found?.fewest.map(String.init) ?? "null"),"
      + "\"isComplete\":\(found?.isComplete ?? true),"
      + "\"sets\":[\(sets.map(quoted).joined(separator: ","))],\"nanoseconds\":\(time)}"
  }
}
