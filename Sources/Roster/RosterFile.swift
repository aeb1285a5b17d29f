public import Reports

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

  public var description: String { message(in: .english) }

  /// All problems in one line: 第 3 行：没有单位名称.
  public func message(in language: Language) -> String {
    problems.map { problem in
      let reason = problem.reason.words(language)
      return language.say("第 \(problem.line) 行：\(reason)", en: "line \(problem.line): \(reason)")
    }
    .joined(separator: language.say("；", en: "; "))
  }
}

extension RosterRefused.Reason {
  func words(_ language: Language) -> String {
    let header = Roster.header.joined(separator: ",")
    let kinds = Roster.Kind.allCases.map(\.rawValue).joined(separator: ", ")
    return switch self {
    case .notUTF8:
      language.say(
        "不是 UTF-8 编码，请另存为“CSV UTF-8”", en: "not UTF-8; save the file as “CSV UTF-8”")
    case .empty: language.say("没有标题行，应为 \(header)", en: "no header row; it is \(header)")
    case .header(let found):
      language.say(
        "标题行应为 \(header)，现为 \(found.joined(separator: ","))",
        en: "the header row must be \(header), not \(found.joined(separator: ","))")
    case .fieldCount(let expected, let found):
      language.say(
        "应有 \(expected) 栏，现有 \(found) 栏", en: "\(found) fields where \(expected) are due")
    case .quoteNotClosed: language.say("引号没有配对", en: "a quoted field has no closing quote")
    case .textAfterQuote:
      language.say(
        "引号后面还有文字；栏内的引号要写两个",
        en: "text after a closing quote; write a quote inside a field twice")
    case .unitMissing: language.say("没有单位名称", en: "no unit")
    case .unknownKind(let kind):
      language.say(
        "类别“\(kind)”不在 \(kinds) 之中", en: "kind “\(kind)” is none of \(kinds)")
    case .unknownDay(let day):
      language.say(
        "截止日期“\(day)”不是每年都有的日期，应写作 MM-DD",
        en: "due “\(day)” is no day of every year, as MM-DD")
    case .nameTaken(let name, let line):
      language.say(
        "“\(name)”与第 \(line) 行的单位重名", en: "“\(name)” already stands for a unit of line \(line)")
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
    var reader = RosterReader(count: rows.count)
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
  private var taken: [NameKey: Int] = [:]
  /// Of the line before: lines of one region stand together.
  private var region = (name: "", folded: UnitName.FoldedRegion(""))

  init(count: Int) {
    entries.reserveCapacity(count)
    taken.reserveCapacity(count)
  }

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
    if region != self.region.name { self.region = (region, UnitName.FoldedRegion(region)) }
    let folded = self.region.folded
    for name in [unit] + aliases {
      let key = NameKey(UnitName.local(name, regions: [folded]), region: folded.name)
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
