/// The six sections of the annual report, the same on both forms (article 50 of the Regulation).
public enum Section: Int, Sendable, Codable, CaseIterable, Comparable {
  case overview = 1
  case disclosure = 2
  case requests = 3
  case disputes = 4
  case problems = 5
  case other = 6

  /// The title without its number, with older and other names of the same section.
  public var title: Label {
    switch self {
    case .overview: Label("总体情况", "总体概述", "工作概述", "概述", "基本情况", "总体工作情况", "政务公开总体情况")
    case .disclosure: Label("主动公开政府信息情况", "主动公开情况", "主动公开政府信息的情况")
    case .requests:
      Label(
        "收到和处理政府信息公开申请情况", "依申请公开政府信息情况", "依申请公开情况", "收到和处理政府信息公开申请的情况")
    case .disputes:
      Label(
        "政府信息公开行政复议、行政诉讼情况", "因政府信息公开工作被申请行政复议、提起行政诉讼情况", "行政复议、行政诉讼情况",
        "政府信息公开行政复议和行政诉讼情况")
    case .problems:
      Label(
        "存在的主要问题及改进情况", "政府信息公开工作存在的主要问题及改进情况", "存在的问题及改进情况", "存在的主要问题及改进措施",
        "存在问题及改进情况", "存在的主要问题和改进情况")
    case .other: Label("其他需要报告的事项", "需要报告的其他事项", "其他需要说明的事项", "需要说明的事项", "其他事项")
    }
  }

  /// The official Chinese numeral: 一 … 六.
  public var numeral: String { ["一", "二", "三", "四", "五", "六"][rawValue - 1] }

  public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}
