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
    /// Neither UTF-8 nor GB18030.
    case unknownEncoding
    case empty
    /// The first row does not name the columns.
    case header(found: [String])
    case unknownColumns([String])
    case columnTwice(String)
    /// Something stands in a column that has no head.
    case unnamedColumn(String)
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
    let (heads, chinese) = (RosterColumns.heads, RosterColumns.chineseHeads)
    let kinds = Roster.Kind.allCases.map { ($0.rawValue, $0.chinese[0]) }
    return switch self {
    case .unknownEncoding:
      language.say(
        "既不是 UTF-8 也不是 GBK 编码，请另存为“CSV UTF-8”",
        en: "neither UTF-8 nor GBK; save the file as “CSV UTF-8”")
    case .empty:
      language.say(
        "没有标题行，应为 \(chinese)（或 \(heads)）", en: "no header row; it is \(heads) (or \(chinese))")
    case .header(let found):
      language.say(
        "标题行应为 \(chinese)（或 \(heads)），用英文逗号分隔，至少要有单位和类别；"
          + "现为 \(found.joined(separator: ","))",
        en:
          "the header row must be \(heads) (or \(chinese)), with commas between, unit and kind at "
          + "least; it is \(found.joined(separator: ","))")
    case .unknownColumns(let names):
      language.say(
        "不认识的栏目：\(names.joined(separator: "、"))。可用的栏目是 \(chinese)，其余请删去",
        en:
          "unknown columns: \(names.joined(separator: ", ")); there are \(heads), please delete the others"
      )
    case .columnTwice(let name):
      language.say("“\(name)”一栏出现两次", en: "there are two columns “\(name)”")
    case .unnamedColumn(let text):
      language.say(
        "“\(text)”所在的一栏没有标题", en: "“\(text)” stands in a column that has no head")
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
        "类别“\(kind)”不在 \(kinds.map(\.1).joined(separator: "、"))"
          + "（\(kinds.map(\.0).joined(separator: ", "))）之中",
        en: "kind “\(kind)” is none of \(kinds.map(\.0).joined(separator: ", "))")
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
  /// Reads `unit,region,kind,aliases,due` or 单位,地区,类别,别名,期限: UTF-8 with or without a byte order mark, or GB18030; a
  /// header row, fields quoted where they hold commas, aliases separated by `;` (or `；`, `、`), `due` as `MM-DD` or empty.
  /// Empty lines are skipped.
  public init(csv bytes: some Collection<UInt8>) throws(RosterRefused) {
    guard let text = RosterText.decode(Array(bytes)) else {
      throw RosterRefused(problems: [.init(line: Roster.badLine(bytes), reason: .unknownEncoding)])
    }
    var reader: RosterReader
    do throws(RosterRefused.Problem.Carrier) {
      reader = try RosterReader(CSVTable(text))
    } catch {
      throw RosterRefused(problems: [error.problem])
    }
    reader.read()
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
