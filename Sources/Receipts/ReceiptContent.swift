public import Reports

/// Everything that a receipt says about one file. Receipts are derived from it alone: the same content gives the
/// same bytes, so that a receipt can be written again and checked.
public struct ReceiptContent: Sendable, Hashable {
  /// The number of the arrival; `nil` when a file is only checked (`shoubao check`) and nothing is registered.
  public var arrival: Int?
  public var received: Timestamp?
  /// The file's name for people: bytes that are no text already made visible by the caller.
  public var file: String
  /// Of the original, hexadecimal; `nil` for what has no bytes (a link, a FIFO, no permission).
  public var sha256: String?
  public var bytes: Int
  public var format: DocumentFormat
  /// `utf-8`, `gb18030` …; `nil` where the format has no character set of its own.
  public var encoding: String?
  public var outcome: Outcome
  /// For ``Outcome/duplicate``: the arrival that holds the answer.
  public var duplicateOf: Earlier?
  /// The version of the same unit and year that this one overtakes.
  public var supersedes: Earlier?
  /// The archive or mail that the file came in.
  public var parent: Earlier?
  /// For ``Outcome/unpacked``: the files in it, in its order.
  public var members: [Member] = []
  /// Why there is no report.
  public var refusal: Refusal?
  public var report: Report?
  public var findings: [Finding]
  /// The entry of the journal that records the judgement.
  public var entry: Entry?
  public var language: Language
  /// The program that judged, with its version where the caller gives one.
  public var program = "shoubao"

  public init(
    arrival: Int? = nil, received: Timestamp? = nil, file: String, sha256: String?, bytes: Int,
    format: DocumentFormat, encoding: String? = nil, outcome: Outcome,
    duplicateOf: Earlier? = nil, supersedes: Earlier? = nil, refusal: Refusal? = nil,
    report: Report? = nil, findings: [Finding] = [], entry: Entry? = nil,
    language: Language = .chinese
  ) {
    self.arrival = arrival
    self.received = received
    self.file = file
    self.sha256 = sha256
    self.bytes = bytes
    self.format = format
    self.encoding = encoding
    self.outcome = outcome
    self.duplicateOf = duplicateOf
    self.supersedes = supersedes
    self.refusal = refusal
    self.report = report
    self.findings = findings
    self.entry = entry
    self.language = language
  }

  /// An arrival before this one.
  public struct Earlier: Sendable, Hashable {
    public let number: Int
    public let received: Timestamp
    public let outcome: Outcome
    /// The name it came under, for people.
    public let file: String?
    /// It has the same bytes as this one; otherwise, of a duplicate, the same report in another file.
    public var isSameFile = true
    /// What came after it of the same unit and year; `nil`: nothing, or it still counts.
    public var later: Later?

    public init(number: Int, received: Timestamp, outcome: Outcome, file: String? = nil) {
      self.number = number
      self.received = received
      self.outcome = outcome
      self.file = file
    }
  }

  /// A version that overtook an earlier one.
  public struct Later: Sendable, Hashable {
    public let number: Int
    /// Otherwise it was returned, as every other.
    public let counts: Bool

    public init(number: Int, counts: Bool) {
      self.number = number
      self.counts = counts
    }
  }

  /// A file that came in this one.
  public struct Member: Sendable, Hashable {
    public let number: Int
    /// Its name within the container, for people.
    public let file: String
    /// `nil`: it waits.
    public let outcome: Outcome?
    public let unit: String?
    public let year: Int?

    public init(number: Int, file: String, outcome: Outcome?, unit: String?, year: Int?) {
      self.number = number
      self.file = file
      self.outcome = outcome
      self.unit = unit
      self.year = year
    }
  }

  /// Where the journal records the judgement.
  public struct Entry: Sendable, Hashable {
    public let sequence: Int
    /// Of the hash chain at this entry, hexadecimal.
    public let hash: String

    public init(sequence: Int, hash: String) {
      self.sequence = sequence
      self.hash = hash
    }
  }
}
