/// Why a `roster.csv` is refused: every line at fault, so that it is mended in one go.
public struct RosterRefused: Error, Sendable, Hashable, CustomStringConvertible {
  public let problems: [Problem]

  public struct Problem: Sendable, Hashable {
    /// Counted from 1.
    public let line: Int
    public let reason: Reason
  }

  public enum Reason: Sendable, Hashable {
    case notUTF8
    case empty
    /// The first row must have these names.
    case header(found: [String])
    case fieldCount(expected: Int, found: Int)
    case quoteNotClosed
    case textAfterQuote
    case unitMissing
    case unknownKind(String)
    case unknownDay(String)
    /// The unit, or one of its names, stands in the region already.
    case nameTaken(String, line: Int)
  }

  public var description: String {
    problems.map { "line \($0.line): \($0.reason)" }.joined(separator: "; ")
  }
}

extension RosterRefused.Reason: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notUTF8: "not UTF-8; save the file as “CSV UTF-8”"
    case .empty: "no header row; it is \(Roster.header.joined(separator: ","))"
    case .header(let found):
      "the header row must be \(Roster.header.joined(separator: ",")), not "
        + found.joined(separator: ",")
    case .fieldCount(let expected, let found): "\(found) fields where \(expected) are due"
    case .quoteNotClosed: "a quoted field has no closing quote"
    case .textAfterQuote: "text after a closing quote; write a quote inside a field twice"
    case .unitMissing: "no unit"
    case .unknownKind(let kind):
      "kind “\(kind)” is none of \(Roster.Kind.allCases.map(\.rawValue).joined(separator: ", "))"
    case .unknownDay(let day): "due “\(day)” is no day of every year, as MM-DD"
    case .nameTaken(let name, let line): "“\(name)” already stands for a unit of line \(line)"
    }
  }
}

extension Roster {
  static let header = ["unit", "region", "kind", "aliases", "due"]

  /// Reads `unit,region,kind,aliases,due`: UTF-8 with or without a byte order mark, a header row, fields quoted where
  /// they hold commas, aliases separated by `;` (or `；`), `due` as `MM-DD` or empty. Empty lines are skipped.
  public init(csv bytes: some Collection<UInt8>) throws(RosterRefused) {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw RosterRefused(problems: [.init(line: Roster.badLine(bytes), reason: .notUTF8)])
    }
    let rows: [CSVRow]
    do throws(RosterRefused.Problem.Carrier) {
      rows = try CSVRow.rows(of: text)
    } catch {
      throw RosterRefused(problems: [error.problem])
    }
    guard let head = rows.first else {
      throw RosterRefused(problems: [.init(line: 1, reason: .empty)])
    }
    let names = head.fields.map { $0.lowercased() }
    guard names == Roster.header else {
      throw RosterRefused(problems: [.init(line: head.line, reason: .header(found: head.fields))])
    }
    var reader = RosterReader()
    for row in rows.dropFirst() { reader.read(row) }
    guard reader.problems.isEmpty else { throw RosterRefused(problems: reader.problems) }
    self.init(entries: reader.entries)
  }

  /// The line of the first byte that UTF-8 does not explain.
  private static func badLine(_ bytes: some Collection<UInt8>) -> Int {
    var line = 1
    for part in bytes.split(separator: 10, omittingEmptySubsequences: false) {
      if String(validating: part, as: UTF8.self) == nil { return line }
      line += 1
    }
    return line
  }
}

/// Rows to entries; keeps what is wrong and goes on.
private struct RosterReader {
  var entries: [Roster.Entry] = []
  var problems: [RosterRefused.Problem] = []
  /// Folded region and name, to the line that has it.
  private var taken: [String: Int] = [:]

  mutating func read(_ row: CSVRow) {
    guard row.fields.count == Roster.header.count else {
      return report(
        row, .fieldCount(expected: Roster.header.count, found: row.fields.count))
    }
    let (unit, region, day) = (row.fields[0], row.fields[1], row.fields[4])
    guard !unit.isEmpty else { return report(row, .unitMissing) }
    guard let kind = Roster.Kind(rawValue: row.fields[2].lowercased()) else {
      return report(row, .unknownKind(row.fields[2]))
    }
    let due = DayOfYear(day)
    guard day.isEmpty || due != nil else { return report(row, .unknownDay(day)) }
    let aliases = row.fields[3].split { $0 == ";" || $0 == "；" }
      .map { trimmed($0) }.filter { !$0.isEmpty }
    for name in [unit] + aliases {
      let key = UnitName.folded(region) + "\n" + UnitName.local(name, regions: [region])
      if let line = taken[key], line != row.line {
        return report(row, .nameTaken(name, line: line))
      }
      taken[key] = row.line
    }
    entries.append(
      .init(
        unit: unit, region: region, kind: kind, aliases: aliases, due: due, line: row.line))
  }

  private mutating func report(_ row: CSVRow, _ reason: RosterRefused.Reason) {
    problems.append(.init(line: row.line, reason: reason))
  }
}
