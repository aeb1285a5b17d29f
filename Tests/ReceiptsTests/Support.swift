import Forms
import Foundation
import Receipts
import Reports
import Testing

/// Compares with a file beside the tests. With `SHOUBAO_REGENERATE` set, writes the file instead: look at the
/// difference before committing it.
func expectGolden(_ text: String, _ name: String, file: String = #filePath) throws {
  let url = URL(fileURLWithPath: file).deletingLastPathComponent()
    .appendingPathComponent("Data/\(name)")
  if ProcessInfo.processInfo.environment["SHOUBAO_REGENERATE"] != nil {
    try text.write(to: url, atomically: true, encoding: .utf8)
    return
  }
  let golden = try String(contentsOf: url, encoding: .utf8)
  guard text != golden else { return }
  let lines = (text.split(separator: "\n"), golden.split(separator: "\n"))
  let first = zip(lines.0, lines.1).first { $0 != $1 }
  Issue.record(
    "\(name) differs; first line that does: \(first.map { "“\($0)”, golden “\($1)”" } ?? "the end")"
  )
}

func key(_ name: String) throws -> CellKey { try #require(CellKey(name)) }

extension Report {
  /// A report on the forms given, every cell zero.
  static func zeros(two: Templates.Table2 = .v2021, three: Template = .v2021) -> Report {
    var report = Report()
    report.template.two = two
    report.template.three = three
    report.template.four = .v2021
    let table2: [FormTable] =
      switch two {
      case .v2019: [.table2of2019]
      case .v2021: [.table2of2021]
      case .mixed: []
      }
    for table in table2 + [FormTable.of(.three, three), .table4] {
      for key in table.cells { report.cells[key] = .number(0) }
    }
    return report
  }

  mutating func fill(_ figures: [String: Int]) throws {
    for (name, value) in figures { cells[try key(name)] = .number(value) }
  }
}
