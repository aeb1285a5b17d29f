import Forms
import Glibc
import Reports

/// The text of a file beside the tests.
func dataFile(_ name: String) -> String {
  let folder = #filePath.split(separator: "/").dropLast().joined(separator: "/")
  guard let file = fopen("/\(folder)/Data/\(name)", "r") else { return "" }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 65536)
  while true {
    let count = fread(&buffer, 1, buffer.count, file)
    if count == 0 { return String(decoding: bytes, as: UTF8.self) }
    bytes += buffer[..<count]
  }
}

/// The rows of a table of cases: fields between tabs, comments after `#`.
func cases(_ name: String, columns: Int) -> [[String]] {
  let rows = dataFile(name).split(separator: "\n")
    .filter { !$0.hasPrefix("#") }
    .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
  precondition(!rows.isEmpty && rows.allSatisfy { $0.count == columns }, name)
  return rows
}

func key(_ name: String) -> CellKey {
  guard let key = CellKey(name) else { preconditionFailure("no cell \(name)") }
  return key
}

/// Numbers that look random and are the same every time (SplitMix64).
struct Dice: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// A report in which everything is in order, of a town for 2023.
///
/// With dice: random figures that satisfy every relation. Without: the town of the real case in our own words, 4
/// requests answered, 848 penalties, one normative document made and repealed.
func consistent(_ template: Template = .v2021, dice: Dice? = nil) -> Report {
  var report = Report()
  report.title = "青溪镇人民政府2023年政府信息公开工作年度报告"
  report.unit = "青溪镇人民政府"
  report.region = "临山县"
  report.kind = .own
  report.year = template == .v2021 ? 2023 : 2020
  let year = report.year ?? 0
  report.published = CalendarDate(year: year + 1, month: 1, day: 30)
  report.template.two = template == .v2021 ? .v2021 : .v2019
  report.template.three = template
  report.template.four = .v2021
  for table in TableNumber.allCases {
    for cell in FormTable.of(table, template).cells { report.cells[cell] = .number(0) }
    report.structure.tables.append(TableFound(table: table, state: .read))
  }
  for section in Section.allCases {
    report.structure.sections.append(
      SectionFound(
        section: section, heading: "\(section.numeral)、\(section.title.official)",
        numeral: section.numeral, text: texts[section] ?? ""))
  }
  if var dice { fill(&report, template, &dice) } else { fillTown(&report, template) }
  return report
}

private let texts: [Section: String] = [
  .overview: "青溪镇按照条例要求做好政府信息公开，全年办理依申请公开4件，均按期答复。",
  .problems: "公开内容还不够丰富，工作人员业务不够熟练，下一步将加强培训，及时更新栏目。",
  .other: "全年没有收取政府信息公开信息处理费。",
]

private func fillTown(_ report: inout Report, _ template: Template) {
  for row in ["new_received", "granted", "results_total"] {
    for column in ["natural", "total"] { report.cells[key("t3.\(row).\(column)")] = .number(4) }
  }
  guard template == .v2021 else { return }
  report.cells[key("t2.normative.issued")] = .number(1)
  report.cells[key("t2.normative.repealed")] = .number(1)
  report.cells[key("t2.penalty.decisions")] = .number(848)
  report.statements = [
    Statement(
      subject: .done, value: Figure(4), quote: "回复群众申请公开信息4件，办结4件", section: .overview)
  ]
}

private func fill(_ report: inout Report, _ template: Template, _ dice: inout Dice) {
  let form = FormTable.of(.three, template)
  let rows = form.blocks[0].rows
  let columns = form.blocks[0].columns.map(\.key)
  let outcomes = rows.filter { $0.group != nil && $0.key != "results_total" }
  var totals: [String: Int] = [:]
  func put(_ row: String, _ column: String, _ value: Int) {
    report.cells[key("t3.\(row).\(column)")] = .number(value)
    totals[row, default: 0] += value
  }
  for column in columns.dropLast() {
    var sum = 0
    for outcome in outcomes {
      let value = dice.next() % 3 == 0 ? Int(dice.next() % 60) : 0
      put(outcome.key, column, value)
      sum += value
    }
    let open = Int(dice.next() % 5)
    let carried = min(sum + open, Int(dice.next() % 7))
    put("results_total", column, sum)
    put("carried_out", column, open)
    put("carried_in", column, carried)
    put("new_received", column, sum + open - carried)
  }
  for (row, total) in totals { report.cells[key("t3.\(row).total")] = .number(total) }
  for block in FormTable.table4.blocks {
    var sum = 0
    for cell in block.cells.dropLast() {
      let value = Int(dice.next() % 12)
      report.cells[cell] = .number(value)
      sum += value
    }
    if let total = block.cells.last { report.cells[total] = .number(sum) }
  }
}
