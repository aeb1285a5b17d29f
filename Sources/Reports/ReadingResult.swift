/// What the worker makes of a file: a report, or a refusal that names why there is none.
public struct ReadingResult: Sendable, Codable {
  public let format: DocumentFormat
  /// `utf-8`, `gb18030`, `utf-16le` …; `nil` where the format has no character set of its own.
  public let encoding: String?
  public let content: Content

  public enum Content: Sendable, Codable {
    case report(Report)
    case refused(Refusal)
  }

  public init(format: DocumentFormat, encoding: String?, content: Content) {
    self.format = format
    self.encoding = encoding
    self.content = content
  }

  public var report: Report? {
    if case .report(let report) = content { report } else { nil }
  }

  public var refusal: Refusal? {
    if case .refused(let refusal) = content { refusal } else { nil }
  }
}
