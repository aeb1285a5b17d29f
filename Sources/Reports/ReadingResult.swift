/// Readers that a worker loads before it locks itself in, beside those of text and office files. Most documents want neither,
/// and what is not loaded costs nothing and has no faults.
public enum ReaderPart: String, Sendable, Codable, CaseIterable {
  /// PDF.
  case pages
  /// Pictures, by optical character recognition; ``pages`` too.
  case scans

  /// A worker that has this loaded reads what one with the other does not.
  public func isMore(than other: ReaderPart?) -> Bool {
    self == .scans ? other != .scans : other == nil
  }
}

/// What the worker makes of a file: a report, or a refusal that names why there is none.
public struct ReadingResult: Sendable, Codable {
  public let format: DocumentFormat
  /// `utf-8`, `gb18030`, `utf-16le` …; `nil` where the format has no character set of its own.
  public let encoding: String?
  public let content: Content
  /// A worker that has this loaded may read what this one refuses.
  public var needs: ReaderPart?

  public enum Content: Sendable, Codable {
    case report(Report)
    case refused(Refusal)
    /// Files, each to be read by itself; they were not asked for.
    case container
    /// The files, asked for: their bytes come behind this result, in the same order.
    case unpacked(Unpacked)
  }

  public init(
    format: DocumentFormat, encoding: String?, content: Content, needs: ReaderPart? = nil
  ) {
    self.format = format
    self.encoding = encoding
    self.content = content
    self.needs = needs
  }

  public var report: Report? {
    if case .report(let report) = content { report } else { nil }
  }

  public var isContainer: Bool {
    if case .container = content { true } else { false }
  }

  public var unpacked: Unpacked? {
    if case .unpacked(let unpacked) = content { unpacked } else { nil }
  }

  public var refusal: Refusal? {
    if case .refused(let refusal) = content { refusal } else { nil }
  }
}

extension ReadingResult {
  /// A member of a container that is not read.
  public static func refusing(_ refusal: Refusal?, _ format: DocumentFormat = .unknown) -> Self {
    let refusal = refusal ?? Refusal(.tooComplex, detail: "archive in an archive")
    return ReadingResult(format: format, encoding: nil, content: .refused(refusal))
  }
}
