public import Digests
public import Reports

/// One arrival, as lists show it.
public struct Arrival: Sendable, Hashable {
  public enum State: String, Sendable, Codable, CaseIterable {
    case claimed, judged, told
  }

  public let number: Int
  public let state: State
  /// Relative to the inbox, as the folder had it.
  public let path: [UInt8]
  /// The same for people: bytes that are no UTF-8 become U+FFFD.
  public let name: String
  public let folder: String
  public let received: Timestamp
  public let hints: String?
  /// `nil` while it waits.
  public let result: Result?
  public let supersededBy: Int?
  /// Of the report, where there is one.
  public let identity: Identity?
  /// The archive or mail that it came in; `nil`: it came in the inbox by itself.
  public let parent: Int?

  public struct Result: Sendable, Hashable {
    public let judged: Timestamp
    public let sha256: Digest?
    public let size: Int
    public let format: DocumentFormat
    public let encoding: String?
    public let outcome: Outcome
    public let reason: Refusal?
    public let duplicateOf: Int?
    public let supersedes: Int?
    /// The collection it counts for: the report's year; a duplicate's is that of its original; otherwise the year before
    /// the one in which it came.
    public let year: Int
    /// Microseconds.
    public let duration: Int
    public let errors: Int
    public let warnings: Int
  }

  public struct Identity: Sendable, Hashable {
    public let unit: String?
    public let region: String?
    public let kind: Report.Kind?
    public let year: Int?
    public let published: CalendarDate?
    public let version: Int?
    /// The newest version of its unit, region, kind and year.
    public let isCurrent: Bool
  }
}

/// Everything the journal has about one arrival.
public struct ArrivalDetail: Sendable {
  public let arrival: Arrival
  /// As recognised, but for the text of its sections: the original in the archive has that.
  public let report: Report?
  public let findings: [Finding]
  public let notifications: [Notification]
  public let receipts: [ToldReceipt]
  public let history: [Entry]
  /// What it was judged to be before, oldest first.
  public let past: [PastJudgement]
}

/// A judgement that another has replaced.
public struct PastJudgement: Sendable, Hashable {
  /// The entry that pins it.
  public let entry: Int
  public let judged: Timestamp
  public let outcome: Outcome
  public let errors: Int
  public let warnings: Int
}

/// How many arrivals there are of each outcome.
public struct Counts: Sendable, Hashable {
  public var outcomes: [Outcome: Int] = [:]
  /// Claimed and not yet judged.
  public var waiting = 0
  /// Numbers given out and not given up.
  public var seen = 0

  public init() {}

  public subscript(outcome: Outcome) -> Int { outcomes[outcome] ?? 0 }

  /// All judged and waiting arrivals. What was only the wrapping of others is not counted beside them.
  public var received: Int { outcomes.values.reduce(waiting, +) - self[.unpacked] }

  /// The conservation law: what was seen has an outcome or waits.
  public var isConserved: Bool { seen == received + self[.unpacked] }
}

/// An earlier arrival with the same bytes.
public struct Handled: Sendable, Hashable {
  public let number: Int
  public let outcome: Outcome
  public let received: Timestamp
}
