/// Something in or around the document that names a unit, a region, a year or a date.
public struct Evidence: Sendable, Hashable, Codable {
  public enum Subject: String, Sendable, Codable {
    case unit, region, year, published
    /// The whole period, `2023-01-01/2023-12-31`.
    case period
    /// A notice cited for the format: `〔2021〕30号`.
    case notice
    /// How the text calls whoever reports: 我镇, 本局.
    case speaker
  }

  /// Where it stands, in order of trust for each subject.
  public enum Source: String, Sendable, Codable {
    case title
    /// 统计期限 … N年1月1日至12月31日.
    case period
    case text
    /// A line such as 发布日期 or 信息来源, or a table of the page's data in front of the report.
    case metadata
    case breadcrumb
    case pageTitle = "page_title"
    case signature
    /// A line above a title that is complete without it, naming a whole level of government: the title's first half, or
    /// the name of the web site.
    case banner
    /// Head and foot of a web page.
    case furniture
    case fileName = "file_name"
    case folder
  }

  public let subject: Subject
  public let source: Source
  /// Normalised: `长乐镇人民政府`, `2023`, `2024-01-30`.
  public let value: String
  public let quote: String

  public init(subject: Subject, source: Source, value: String, quote: String) {
    self.subject = subject
    self.source = source
    self.value = value
    self.quote = quote
  }
}
