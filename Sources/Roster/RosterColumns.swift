/// Where the columns of a `roster.csv` stand: found by their heads, in any order, as an office would write them.
struct RosterColumns {
  let unit: Int
  let kind: Int
  /// These three may be missing.
  let region: Int?
  let aliases: Int?
  let due: Int?
  /// As many as each line must have.
  let count: Int
  /// Columns without a head, as spreadsheets leave them behind the last: nothing may stand there.
  let unnamed: [Int]

  /// The heads as they are recommended, in both languages.
  static let heads = "unit,region,kind,aliases,due"
  static let chineseHeads = "单位,地区,类别,别名,期限"

  private enum Column: CaseIterable {
    case unit, region, kind, aliases, due

    var names: [String] {
      switch self {
      case .unit: ["unit", "单位", "单位名称", "应报单位", "报送单位"]
      case .region: ["region", "地区", "所属地区", "区域", "所属区域"]
      case .kind: ["kind", "类别", "单位类别", "类型", "单位类型"]
      case .aliases: ["aliases", "别名", "单位别名", "其他名称", "简称"]
      case .due: ["due", "期限", "报送期限", "截止日期", "报送截止日期", "应报日期"]
      }
    }
  }

  init(heads: [String], line: Int) throws(RosterRefused.Problem.Carrier) {
    func refuse(_ reason: RosterRefused.Reason) -> RosterRefused.Problem.Carrier {
      .init(problem: .init(line: line, reason: reason))
    }
    var places: [Column: Int] = [:]
    var unnamed: [Int] = []
    var unknown: [String] = []
    for (place, field) in heads.enumerated() {
      let name = field.lowercased().filter { !$0.isWhitespace }
      if name.isEmpty {
        unnamed.append(place)
      } else if let column = Column.allCases.first(where: { $0.names.contains(name) }) {
        guard places.updateValue(place, forKey: column) == nil else {
          throw refuse(.columnTwice(field))
        }
      } else {
        unknown.append(field)
      }
    }
    guard let unit = places[.unit], let kind = places[.kind] else {
      throw refuse(.header(found: heads))
    }
    guard unknown.isEmpty else { throw refuse(.unknownColumns(unknown)) }
    self.unit = unit
    self.kind = kind
    region = places[.region]
    aliases = places[.aliases]
    due = places[.due]
    count = heads.count
    self.unnamed = unnamed
  }
}

extension Roster.Kind {
  /// `town`, 乡镇, 镇.
  init?(written text: String) {
    if let kind = Self(rawValue: text.lowercased()) {
      self = kind
    } else if let kind = Self.allCases.first(where: { $0.chinese.contains(text) }) {
      self = kind
    } else {
      return nil
    }
  }

  /// What an office writes, the recommended word first.
  var chinese: [String] {
    switch self {
    case .department: ["部门", "政府部门", "局", "委办局", "县直部门", "市直部门", "区直部门"]
    case .town: ["乡镇", "镇", "乡", "乡（镇）"]
    case .street: ["街道", "街道办事处", "街道办"]
    case .level: ["本级政府", "一级政府", "政府", "总报告", "汇总"]
    }
  }
}

extension DayOfYear {
  /// `01-26`, or what spreadsheets make of it: `1-26`, `1/26`, `1月26日`, `2025/1/26`.
  init?(written text: String) {
    let signs: Set<Character> = ["-", "/", ".", "年", "月", "日"]
    var parts = text.split(whereSeparator: signs.contains)
    // The year that a spreadsheet puts in front tells nothing: the day is one of every year.
    if parts.count == 3, parts[0].count == 4, parts[0].allSatisfy(\.isASCIIDigit) {
      parts.removeFirst()
    }
    guard parts.count == 2, parts.allSatisfy({ $0.count <= 2 && $0.allSatisfy(\.isASCIIDigit) })
    else { return nil }
    self.init(parts.map { $0.count == 1 ? "0\($0)" : "\($0)" }.joined(separator: "-"))
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
