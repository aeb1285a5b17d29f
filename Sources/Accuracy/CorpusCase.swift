import Forms
import Reports
import Roster

/// One labelled document of a corpus: what a careful reader makes of it. `docs/corpus.md` describes the format.
///
/// A key that is not given is not held against the program.
public struct CorpusCase: Sendable {
  /// One sentence: what the case is about, and why its outcome is the right one.
  public let why: String
  public let hints: CorpusHints
  /// Who must file, as far as the case is concerned.
  let roster: Roster?
  let outcome: String
  let reason: String?
  let format: String?
  let encoding: String?
  /// `title`, `unit`, `region`, `kind`, `year`, `published`, `template.t2` …; a value `nil` must not be found.
  let facts: [(name: String, value: String?)]
  let cells: [CellKey: ExpectedCell]
  /// What each cell that is not under `cells` must be.
  let others: ExpectedCell?
  let uncertain: Set<CellKey>
  let mayBeUncertain: Set<CellKey>
  let findings: [String]
  let noFindings: [String]
  let statements: [String]
  let noStatements: [String]
}

/// What is known about the file besides its content.
public struct CorpusHints: Sendable, Decodable {
  public var file: String?
  public var folders: [String] = []

  init() {}

  private enum Key: String, CodingKey, CaseIterable { case file, folders }

  public init(from decoder: any Decoder) throws {
    try decoder.refuseKeys(besides: Key.allCases.map(\.rawValue))
    let object = try decoder.container(keyedBy: Key.self)
    file = try object.decodeIfPresent(String.self, forKey: .file)
    folders = try object.decodeIfPresent([String].self, forKey: .folders) ?? []
  }
}

extension CorpusCase: Decodable {
  private enum Key: String, CodingKey, CaseIterable {
    case why, hints, roster, outcome, reason, format, encoding, title, unit, region, kind, year,
      published
    case template, cells, others, uncertain, findings, statements
    case mayBeUncertain = "may_be_uncertain"
    case noFindings = "no_findings"
    case noStatements = "no_statements"
  }

  private static let outcomes =
    ["report"] + Outcome.allCases.filter { $0 != .duplicate }.map(\.rawValue)

  public init(from decoder: any Decoder) throws {
    try decoder.refuseKeys(besides: Key.allCases.map(\.rawValue))
    let object = try decoder.container(keyedBy: Key.self)
    why = try object.decode(String.self, forKey: .why)
    guard !why.isEmpty else { throw object.fault(.why, "one sentence is expected") }
    hints = try object.decodeIfPresent(CorpusHints.self, forKey: .hints) ?? CorpusHints()
    roster = try object.decodeIfPresent([String].self, forKey: .roster).map { lines in
      let file = ["unit,region,kind,aliases,due"] + lines
      do {
        return try Roster(csv: Array(file.joined(separator: "\n").utf8))
      } catch {
        throw object.fault(.roster, "\(error)")
      }
    }
    reason = try object.decodeIfPresent(String.self, forKey: .reason)
    if let reason, Refusal.Code(rawValue: reason) == nil {
      throw object.fault(
        .reason, "one of \(Refusal.Code.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    let ofReason = reason.flatMap(Refusal.Code.init).map { Refusal($0).outcome.rawValue }
    outcome = try object.decodeIfPresent(String.self, forKey: .outcome) ?? ofReason ?? "report"
    guard Self.outcomes.contains(outcome) else {
      throw object.fault(.outcome, "one of \(Self.outcomes.joined(separator: ", "))")
    }
    format = try object.decodeIfPresent(String.self, forKey: .format)
    encoding = try object.decodeIfPresent(String.self, forKey: .encoding)

    var facts: [(name: String, value: String?)] = []
    for key in [Key.title, .unit, .region, .kind, .published] where object.contains(key) {
      facts.append((key.rawValue, try object.decodeIfPresent(String.self, forKey: key)))
    }
    if object.contains(.year) {
      facts.append(("year", try object.decodeIfPresent(Int.self, forKey: .year).map(String.init)))
    }
    let template = try object.decodeIfPresent([String: String?].self, forKey: .template) ?? [:]
    for (table, value) in template.sorted(by: { $0.key < $1.key }) {
      guard ["t2", "t3", "t4"].contains(table) else {
        throw object.fault(.template, "t2, t3 or t4 is expected for “\(table)”")
      }
      facts.append(("template." + table, value))
    }
    self.facts = facts

    let values = try object.decodeIfPresent([String: CellValue].self, forKey: .cells) ?? [:]
    var cells: [CellKey: ExpectedCell] = [:]
    for (name, value) in values {
      for (key, cell) in try value.cells(of: name, { object.fault(.cells, $0) }) {
        guard cells.updateValue(cell, forKey: key) == nil else {
          throw object.fault(.cells, "\(key) is given twice")
        }
      }
    }
    self.cells = cells
    others = try object.decodeIfPresent(String.self, forKey: .others).map {
      guard let cell = ExpectedCell($0) else {
        throw object.fault(.others, "a number, \"\" for blank or \"/\" is expected for “\($0)”")
      }
      return cell
    }
    func keys(_ key: Key) throws -> Set<CellKey> {
      try (object.decodeIfPresent([String].self, forKey: key) ?? []).reduce(into: []) {
        let cells = cellKeys(under: $1)
        guard !cells.isEmpty else {
          throw object.fault(
            key, "a cell, a row (t3.granted) or a table (t3) is expected for “\($1)”")
        }
        $0.formUnion(cells)
      }
    }
    uncertain = try keys(.uncertain)
    mayBeUncertain = try keys(.mayBeUncertain)
    findings = try object.decodeIfPresent([String].self, forKey: .findings) ?? []
    noFindings = try object.decodeIfPresent([String].self, forKey: .noFindings) ?? []
    statements = try object.decodeIfPresent([String].self, forKey: .statements) ?? []
    noStatements = try object.decodeIfPresent([String].self, forKey: .noStatements) ?? []
  }
}

/// The cells of a key, of a row, or of a table, in the order of the form.
func cellKeys(under name: String) -> [CellKey] {
  if let key = CellKey(name) { return [key] }
  return CellKey.all.filter { $0.name.hasPrefix(name + ".") }
}

private struct AnyKey: CodingKey {
  let stringValue: String
  let intValue: Int? = nil
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}

extension Decoder {
  /// A mistyped key would be a fact that nobody checks.
  fileprivate func refuseKeys(besides known: [String]) throws {
    let object = try container(keyedBy: AnyKey.self)
    for key in object.allKeys where !known.contains(key.stringValue) {
      throw object.fault(key, "no such key; expected are \(known.joined(separator: ", "))")
    }
  }
}

extension KeyedDecodingContainer {
  fileprivate func fault(_ key: Key, _ expected: String) -> DecodingError {
    .dataCorrupted(.init(codingPath: codingPath + [key], debugDescription: expected))
  }
}
