public import Collection
public import Forms
public import Reports
public import Sheets

/// One value of an export, the same in every format.
public enum ExportValue: Sendable, Hashable {
  case empty
  case text(String)
  /// A figure, digit for digit as the journal has it.
  case figure(String)
  case integer(Int)
  case flag(Bool)

  init(_ text: String?) { self = text.map(ExportValue.text) ?? .empty }
  init(_ integer: Int?) { self = integer.map(ExportValue.integer) ?? .empty }

  var csv: String {
    switch self {
    case .empty: ""
    case .text(let text), .figure(let text): text
    case .integer(let value): "\(value)"
    case .flag(let value): value ? "true" : "false"
    }
  }

  var sheet: SheetCell {
    switch self {
    case .empty: .empty()
    case .text(let text): .text(text)
    case .figure(let numeral): .number(numeral)
    case .integer(let value): .number(value)
    case .flag(let value): .text(value ? "true" : "false")
    }
  }
}

/// A column of an export: what the dictionary says of it.
public struct ExportColumn: Sendable, Hashable {
  public let name: String
  let chinese: String
  let english: String

  public func meaning(in language: Language) -> String { language.say(chinese, en: english) }

  init(_ name: String, _ chinese: String, en english: String) {
    self.name = name
    self.chinese = chinese
    self.english = english
  }
}

/// One version of a report, as exports name it.
public struct ExportedReport: Sendable {
  public let filed: Filed
  /// Whether it is the version that counts in totals.
  public let counts: Bool

  public init(_ filed: Filed, counts: Bool) {
    self.filed = filed
    self.counts = counts
  }

  /// What is exported of a year: of each report the version that counts, or the newest where none does; all of them where
  /// that is asked for.
  public static func of(_ chains: [VersionChain], allVersions: Bool) -> [ExportedReport] {
    chains.flatMap { chain in
      let standing = chain.standing?.arrival
      let versions = allVersions ? chain.versions : [chain.standing ?? chain.newest]
      return versions.map { ExportedReport($0, counts: $0.arrival == standing) }
    }
    .sorted { $0.filed.arrival < $1.filed.arrival }
  }

  var values: [ExportValue] {
    [
      .integer(filed.arrival), .text(filed.unit), .init(filed.region),
      .init(filed.kind?.rawValue), .integer(filed.year), .integer(filed.version),
      .text(filed.outcome.rawValue), .flag(counts), .text(filed.received.description),
      .init(filed.published?.description), .init(filed.table2?.rawValue),
      .init(filed.table3?.rawValue),
    ]
  }
}

/// Every figure of reports in rows: one for each cell, or one for each report.
public struct Export: Sendable {
  /// A row for each report, with a column for each cell of the forms.
  public let isWide: Bool

  public init(isWide: Bool) { self.isWide = isWide }

  static let reportColumns: [ExportColumn] = [
    .init("arrival", "收报号", en: "Arrival number."),
    .init("unit", "单位，报告中的名称", en: "The unit, as the report names it."),
    .init("region", "所属地区", en: "Its region."),
    .init("kind", "own 本机关报告；level 本级政府总报告", en: "own: an organ's; level: a whole level's."),
    .init("year", "报告年度", en: "Report year."),
    .init("version", "同一报告的第几次报送", en: "Counts the versions of the report."),
    .init("outcome", "结果", en: "The outcome."),
    .init("counts", "是否计入汇总", en: "Whether totals contain it."),
    .init("received", "收到时间（北京时间）", en: "When it was received."),
    .init("published", "报告中的公布日期", en: "The day of publishing it gives."),
    .init("t2_form", "表二按哪一年表式", en: "The form that table 2 follows."),
    .init("t3_form", "表三按哪一年表式", en: "The form that table 3 follows."),
  ]

  static let cellColumns: [ExportColumn] = [
    .init("key", "格子的代号", en: "The cell's key."),
    .init("table", "第几张表：2、3、4", en: "Its table: 2, 3, 4."),
    .init("group", "所在大项，如（三）不予公开", en: "The heading it stands under."),
    .init("row", "行名", en: "Its row."), .init("column", "列名", en: "Its column."),
    .init(
      "class", "number 数字；blank 空白；not_applicable 不适用（“/”等）；text 其他文字",
      en: "number, blank, not_applicable (“/” and the like) or text."),
    .init("number", "数字，与原件一致；空白不是 0", en: "The figure; a blank is not 0."),
    .init("raw", "原件中这一格的文字", en: "What the document has there."),
    .init(
      "uncertain", "true：程序没有把握读对，以原件为准", en: "true: not vouched for, the document decides."),
  ]

  static let wideColumn = ExportColumn(
    "uncertain", "程序没有把握读对的格子的代号", en: "Keys of the cells that are not vouched for.")

  /// The columns besides those of cells in a wide export.
  public var columns: [ExportColumn] {
    Export.reportColumns + (isWide ? [Export.wideColumn] : Export.cellColumns)
  }

  public var names: [String] { columns.map(\.name) + (isWide ? CellKey.all.map(\.name) : []) }

  /// The rows of one report.
  public func rows(
    _ report: ExportedReport, _ cells: [CellKey: Cell], _ uncertain: Set<CellKey>
  ) -> [[ExportValue]] {
    let values = report.values
    guard isWide else {
      return cells.keys.sorted().map { key in
        let words = key.words
        let cell = cells[key] ?? .blank
        return values + [
          .text(key.name), .integer(words.table.rawValue), .init(words.group), .text(words.row),
          .text(words.column), .text(cell.class.rawValue),
          cell.number.map { .figure($0.description) } ?? .empty,
          cell.raw.isEmpty ? .empty : .text(cell.raw), .flag(uncertain.contains(key)),
        ]
      }
    }
    let doubts = uncertain.sorted().map(\.name).joined(separator: " ")
    return [
      values + [doubts.isEmpty ? .empty : .text(doubts)]
        + CellKey.all.map { key in
          guard let cell = cells[key] else { return .empty }
          if let number = cell.number { return .figure(number.description) }
          return cell.raw.isEmpty ? .empty : .text(cell.raw)
        }
    ]
  }

  /// A row as CSV, with its line end.
  public func csv(_ row: [ExportValue]) -> String { CSVText.row(row.map(\.csv)) }

  /// The same for a workbook.
  public func sheet(_ row: [ExportValue]) -> [SheetCell] { row.map(\.sheet) }

  /// Every column and what it holds, for whoever reads the file.
  public func dictionary(_ language: Language) -> String {
    var table = TextTable([
      .init(language.say("列名", en: "column")), .init(language.say("内容", en: "content"), width: 60),
    ])
    for column in columns {
      table.add([.init(column.name), .init(column.meaning(in: language))])
    }
    var result = table.render()
    var keys = TextTable([
      .init(language.say("代号", en: "key")), .init(language.say("格子", en: "cell"), width: 60),
    ])
    for key in CellKey.all { keys.add([.init(key.name), .init(language.name(key))]) }
    result += "\n" + keys.render()
    return result
  }
}
