public import Forms
import Reading
import Recognition
import Reports

import struct Checking.CheckingContext
import func Checking.check

/// What the program made of one labelled document, held against its facts.
public struct CorpusComparison: Sendable {
  public private(set) var exact = 0
  /// Cells that a careful reader is sure of and the program is not.
  public private(set) var uncertain: [CellDifference] = []
  /// Values that are not what the document says and are not called uncertain, or that nobody can vouch for and the
  /// program does. The worst there is.
  public private(set) var wrong: [CellDifference] = []
  /// Cells that the program does not list.
  public private(set) var missing: [CellDifference] = []
  /// Outcome, unit, year …: what differs, with both values.
  public private(set) var facts: [String] = []
  public private(set) var statements: [String] = []
  /// Checks that must fail and did not, and the reverse.
  public private(set) var findings: [String] = []

  public var isRight: Bool {
    uncertain.isEmpty && wrong.isEmpty && missing.isEmpty && facts.isEmpty && statements.isEmpty
      && findings.isEmpty
  }

  /// Everything that is not right, in one line; the cells by their first few.
  public var summary: String {
    func few(_ name: String, _ cells: [CellDifference]) -> [String] {
      cells.isEmpty
        ? []
        : [
          "\(name) \(cells.count): " + cells.prefix(3).map(\.description).joined(separator: ", ")
        ]
    }
    return
      (facts + few("WRONG", wrong) + few("uncertain", uncertain) + few("missing", missing)
      + statements + findings).joined(separator: "; ")
  }

  public init(of bytes: [UInt8], _ expected: CorpusCase) {
    do {
      let source = try readDocument(bytes)
      hold("format", source.format.rawValue, expected.format)
      hold("encoding", source.encoding ?? "none", expected.encoding)
      let hints = Hints(fileName: expected.hints.file, folders: expected.hints.folders)
      switch recognise(source.document, hints: hints) {
      case .report(let report): compare(report, expected)
      case .refused(let refusal): compare(refusal, expected)
      }
    } catch {
      hold("format", error.format.rawValue, expected.format)
      compare(error.refusal, expected)
    }
  }

  private mutating func hold(_ name: String, _ found: String?, _ expected: String?) {
    guard let expected, expected != found else { return }
    facts.append("\(name) \(found ?? "none") ≠ \(expected)")
  }

  private mutating func compare(_ refusal: Refusal, _ expected: CorpusCase) {
    guard expected.outcome == refusal.outcome.rawValue,
      expected.reason == nil || expected.reason == refusal.code.rawValue
    else {
      facts.append("refused as \(refusal.code.rawValue) ≠ \(expected.reason ?? expected.outcome)")
      return
    }
  }

  private mutating func compare(_ report: Report, _ expected: CorpusCase) {
    let answer = report.unit.flatMap { expected.roster?.match(unit: $0, region: report.region) }
    let found = check(report, in: CheckingContext(roster: answer))
    let outcome = Outcome.of(found)
    if let reason = expected.reason { hold("outcome", outcome.rawValue, reason) }
    if expected.outcome != "report" { hold("outcome", outcome.rawValue, expected.outcome) }
    compareFacts(report, expected)
    compareCells(report, expected)
    compareStatements(report, expected)
    compareFindings(found, expected)
  }

  private mutating func compareFacts(_ report: Report, _ expected: CorpusCase) {
    let found: [String: String?] = [
      "title": report.title, "unit": report.unit, "region": report.region,
      "kind": report.kind?.rawValue, "year": report.year.map(String.init),
      "published": report.published?.description, "template.t2": report.template.two?.rawValue,
      "template.t3": report.template.three?.rawValue,
      "template.t4": report.template.four.map { _ in "2021" },
    ]
    for (name, value) in expected.facts {
      guard let other = found[name], other != value else { continue }
      facts.append("\(name) \(other ?? "none") ≠ \(value ?? "none")")
    }
  }

  private mutating func compareCells(_ report: Report, _ expected: CorpusCase) {
    var wanted = expected.cells
    if let others = expected.others {
      for key in report.cells.keys where wanted[key] == nil { wanted[key] = others }
    }
    for key in expected.uncertain where !report.uncertain.contains(key) {
      let cell = report.cells[key]
      let difference = CellDifference(
        key: key, found: cell.map { "“\($0.raw)”" } ?? "none", expected: "uncertain")
      if cell == nil { missing.append(difference) } else { wrong.append(difference) }
    }
    for (key, value) in wanted where !expected.uncertain.contains(key) {
      guard let cell = report.cells[key] else {
        missing.append(CellDifference(key: key, found: "none", expected: value.description))
        continue
      }
      let difference = CellDifference(
        key: key, found: "“\(cell.raw)”", expected: value.description)
      if report.uncertain.contains(key) {
        if !expected.mayBeUncertain.contains(key) { uncertain.append(difference) }
      } else if value.isMet(by: cell) {
        exact += 1
      } else {
        wrong.append(difference)
      }
    }
    uncertain.sort { $0.key < $1.key }
    wrong.sort { $0.key < $1.key }
    missing.sort { $0.key < $1.key }
  }

  private mutating func compareStatements(_ report: Report, _ expected: CorpusCase) {
    let told = report.statements.map { statement -> String in
      let value = statement.value.map { "=\($0)" } ?? ""
      return switch statement.subject {
      case .table2(let key): key.name + value
      case .percent: "percent" + value
      default: "\(statement.subject)" + value
      }
    }
    for words in expected.statements where !told.contains(words) {
      let same = told.filter { $0.prefix { $0 != "=" } == words.prefix { $0 != "=" } }
      statements.append("told \(same.isEmpty ? "none" : same.joined(separator: " ")) ≠ \(words)")
    }
    for words in told where !expected.statements.contains(words) {
      let subject = String(words.prefix { $0 != "=" })
      if expected.noStatements.contains(subject) || expected.noStatements.contains("*") {
        statements.append("told \(words) ≠ none")
      }
    }
  }

  private mutating func compareFindings(_ found: [Finding], _ expected: CorpusCase) {
    let failed = found.filter { $0.status == .fail }
    for check in expected.findings where !failed.contains(where: { $0.check == check }) {
      findings.append("no finding \(check)")
    }
    for finding in failed where !expected.findings.contains(finding.check) {
      let isUnwanted = expected.noFindings.contains { pattern in
        pattern.last == "*"
          ? finding.severity != .info && finding.check.hasPrefix(pattern.dropLast())
          : finding.check == pattern
      }
      if isUnwanted { findings.append("finding \(finding.check)") }
    }
  }
}

/// A cell that is not as it must be.
public struct CellDifference: Sendable, CustomStringConvertible {
  public let key: CellKey
  public let found: String
  public let expected: String

  public var description: String { "\(key) \(found) ≠ \(expected)" }
}
