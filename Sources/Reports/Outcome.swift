/// What becomes of a file.
public enum Outcome: String, Sendable, Codable, CaseIterable {
  case accepted
  case acceptedWithWarnings = "accepted_with_warnings"
  /// A report with at least one error: to be mended and sent again.
  case returned
  /// A document, but no annual report on the national form.
  case unrecognised
  /// The bytes cannot be read as a document.
  case unreadable
  /// Already handled; only arrivals have this outcome, never a check.
  case duplicate
  /// An archive or a mail: each file in it is an arrival of its own. Only arrivals have this outcome.
  case unpacked

  /// The outcome of a report by its findings.
  public static func of(_ findings: [Finding]) -> Outcome {
    let failed = findings.filter { $0.status == .fail }.map(\.severity)
    if failed.contains(.error) { return .returned }
    return failed.contains(.warning) ? .acceptedWithWarnings : .accepted
  }
}

/// Why a file gives no report.
public struct Refusal: Sendable, Hashable, Codable, Error {
  public enum Code: String, Sendable, Codable, CaseIterable {
    // Unreadable: the bytes.
    case empty
    /// No known format, or characters that no encoding explains.
    case notADocument = "not_a_document"
    /// A format that this version does not read.
    case unsupportedFormat = "unsupported_format"
    case encrypted
    case imageOnly = "image_only"
    case truncated
    case tooLarge = "too_large"
    /// Nested or broken beyond what the reader follows.
    case tooComplex = "too_complex"
    case badEncoding = "bad_encoding"
    /// The reading process ended or overran its time, twice.
    case workerDied = "worker_died"
    case timedOut = "timed_out"
    /// A link, a FIFO, a device.
    case notARegularFile = "not_a_regular_file"
    case noPermission = "no_permission"

    // Unrecognised: the content.
    case notAReport = "not_a_report"
    /// A report of before 2019, when there was no national form.
    case noNationalTemplate = "no_national_template"
    case blankForm = "blank_form"
  }

  public let code: Code
  /// Particulars for people and logs: a size, a limit, a byte position. May be empty.
  public let detail: String

  public init(_ code: Code, detail: String = "") {
    self.code = code
    self.detail = detail
  }

  public var outcome: Outcome {
    switch code {
    case .notAReport, .noNationalTemplate, .blankForm: .unrecognised
    default: .unreadable
    }
  }
}

/// What the bytes are, by content, never by name.
public enum DocumentFormat: String, Sendable, Codable, CaseIterable {
  case text, html, mhtml, eml, docx, doc, wps, xlsx, xls, et, odt, ods, rtf, pdf, ofd, zip
  case sevenZip = "7z"
  case rar, tar, image
  case unknown
}
