import Documents
import Forms
import Reports
import Testing

@testable import Recognition

/// Paragraphs in the manner of real reports, written by hand and not by the generator's grammar: what they tell, and
/// what the reader takes from them. `?` marks what may be read and need not.
@Suite struct `Paragraphs written by hand` {
  private struct Outcome {
    var wrong: [String] = []
    var missed: [String] = []
    var read = 0
    var owed = 0
  }

  private static func told(_ row: [String]) -> Set<String> {
    var sheet = Sheet()
    switch row[0] {
    case "level": sheet.title = "青石县2023年政府信息公开工作年度报告"
    case "office": sheet.title = "青石县人民政府办公室2023年政府信息公开工作年度报告"
    default: break
    }
    sheet.overview = "本单位按照要求开展政府信息公开工作。"
    var lines = sheet.text(.lines).split(separator: "\n").map(String.init)
    let numeral = ["一", "二", "三", "四", "五", "六"][(Int(row[1]) ?? 1) - 1]
    guard let heading = lines.firstIndex(where: { $0.hasPrefix(numeral + "、") }) else { return [] }
    lines.insert(contentsOf: row[2].split(separator: "\n").map(String.init), at: heading + 1)
    guard let report = recognise(document(lines.joined(separator: "\n"))).report else { return [] }
    return Set(report.statements.filter { !sheet.other.contains($0.quote) }.map(name))
  }

  private static func name(_ statement: Statement) -> String {
    let value = statement.value.map { "=\($0)" } ?? ""
    return switch statement.subject {
    case .table2(let key): key.name + value
    case .percent: "percent" + value
    case .result(let kind, let result): "\(kind).\(result)" + value
    default: "\(statement.subject)" + value
    }
  }

  @Test func `ninety-nine in a hundred statements are right, and nine in ten are read`() {
    var sum = Outcome()
    for row in cases("narratives") {
      let expected = row[3].split(separator: " ").map(String.init)
      let owed = Set(expected.filter { !$0.hasPrefix("?") })
      let allowed = owed.union(expected.filter { $0.hasPrefix("?") }.map { String($0.dropFirst()) })
      let told = Self.told(row)
      sum.read += told.count
      sum.owed += owed.count
      sum.wrong += told.subtracting(allowed).sorted().map { "\($0): \(row[2])" }
      sum.missed += owed.subtracting(told).sorted().map { "\($0): \(row[2])" }
    }
    let figures =
      "\(sum.read) read, \(sum.wrong.count) wrong; \(sum.owed) owed, \(sum.missed.count) missed"
    #expect(
      sum.wrong.count * 100 <= sum.read, "\(figures)\n\(sum.wrong.joined(separator: "\n"))")
    #expect(
      sum.missed.count * 10 <= sum.owed, "\(figures)\n\(sum.missed.joined(separator: "\n"))")
  }

  @Test func `there are enough of them, each with its columns`() {
    let rows = cases("narratives")
    #expect(rows.count >= 60)
    #expect(rows.allSatisfy { $0.count == 5 })
  }
}
