public import Digests
public import Reports

/// A file to be claimed: what is known before it is moved.
public struct ClaimRequest: Sendable, Hashable {
  /// Relative to the inbox, as the folder has it: any bytes but NUL.
  public var path: [UInt8]
  /// The sub-folder, for people; empty for the inbox itself.
  public var folder: String
  public var received: Timestamp
  /// What the reading process is told besides the bytes; the journal does not look into it.
  public var hints: String?

  public init(path: [UInt8], folder: String, received: Timestamp, hints: String? = nil) {
    self.path = path
    self.folder = folder
    self.received = received
    self.hints = hints
  }
}

/// An arrival that is claimed and not yet judged.
public struct Claim: Sendable, Hashable {
  public let number: Int
  public let path: [UInt8]
  public let folder: String
  public let received: Timestamp
  public let hints: String?
  /// `nil`: it came in the inbox by itself, and lies in `work/`.
  public let member: MemberClaim?
}

/// What is known of a file that came in another one before it is read.
public struct MemberClaim: Sendable, Hashable {
  /// The arrival it came in.
  public let parent: Int
  /// Of its bytes in the archive; `nil`: there are none to be had.
  public let digest: Digest?
  public let size: Int
  /// Why it is not read.
  public let refusal: Refusal?
}

/// A file out of an archive or a mail, whose bytes stand in the archive of originals.
public struct MemberRequest: Sendable, Hashable {
  /// As if the container were a folder of the inbox.
  public var path: [UInt8]
  /// As ``ClaimRequest/folder``, without the container itself: another copy of it may bear another name.
  public var folder: String
  public var digest: Digest?
  public var size: Int
  public var refusal: Refusal?

  public init(path: [UInt8], folder: String, digest: Digest?, size: Int, refusal: Refusal?) {
    self.path = path
    self.folder = folder
    self.digest = digest
    self.size = size
    self.refusal = refusal
  }
}

/// What becomes of a claimed arrival.
public struct Judgement: Sendable {
  public var number: Int
  /// Of the original in the archive; `nil` only where there are no bytes (a link, a FIFO, no permission).
  public var digest: Digest?
  public var size: Int
  public var format: DocumentFormat
  public var encoding: String?
  public var outcome: Outcome
  public var reason: Refusal?
  public var report: Report?
  public var findings: [Finding]
  /// From claim to judgement, in microseconds.
  public var duration: Int
  public var notifications: [NotificationRequest]
  /// The report year that is being collected: what names no year of its own counts for it. `nil`: the year before the
  /// one in which the file came.
  public var collection: Int?
  /// For ``Outcome/unpacked``: what becomes claimed arrivals, in this order, with the same transaction.
  public var members: [MemberRequest] = []
  /// An earlier arrival whose report this one is, in other bytes: then this is its duplicate.
  public var repeats: Int?

  public init(
    number: Int, digest: Digest?, size: Int, format: DocumentFormat = .unknown,
    encoding: String? = nil, outcome: Outcome, reason: Refusal? = nil, report: Report? = nil,
    findings: [Finding] = [], duration: Int = 0, notifications: [NotificationRequest] = [],
    collection: Int? = nil
  ) {
    self.number = number
    self.digest = digest
    self.size = size
    self.format = format
    self.encoding = encoding
    self.outcome = outcome
    self.reason = reason
    self.report = report
    self.findings = findings
    self.duration = duration
    self.notifications = notifications
    self.collection = collection
  }
}

/// What a judgement has become in the journal.
public struct Committed: Sendable, Hashable {
  public let number: Int
  /// ``Outcome/duplicate`` when another arrival with the same bytes, or the same report, has been handled, whatever the
  /// judgement said.
  public let outcome: Outcome
  public let duplicateOf: Int?
  /// The version that this one overtakes.
  public let supersedes: Int?
  /// A newer arrival that was judged earlier: this one is not current.
  public let supersededBy: Int?
  /// Counts the reports of one unit, region, kind and year in the order of judging.
  public let version: Int?
  /// The numbers of its members.
  public let members: [Int]
  /// The entry `judged`, for the receipt.
  public let entry: Head
  public let time: Timestamp
}

/// A pair of receipts in the outbox.
public struct ReceiptRecord: Sendable, Hashable {
  public var arrival: Int
  /// Relative to the outbox, without `.receipt.html` and `.receipt.txt`.
  public var path: [UInt8]
  public var html: Digest
  public var text: Digest

  public init(arrival: Int, path: [UInt8], html: Digest, text: Digest) {
    self.arrival = arrival
    self.path = path
    self.html = html
    self.text = text
  }
}

/// Receipts as the journal has them.
public struct ToldReceipt: Sendable, Hashable {
  public let id: Int
  public let record: ReceiptRecord
  public let told: Timestamp
  /// A newer pair: of the same arrival, or of another one at the same path. `nil`: these must stand in the outbox.
  public let replacedBy: Int?
}

/// Whom a notification is for.
public enum Addressee: Sendable, Hashable {
  /// The office that collects.
  case office
  case unit(String, region: String?)
}

/// Something to be told to a unit or to the office.
public struct NotificationRequest: Sendable, Hashable {
  public var addressee: Addressee
  /// A stable code: `returned`, `superseded`, `late` …
  public var subject: String
  public var message: String

  public init(to addressee: Addressee, subject: String, message: String) {
    self.addressee = addressee
    self.subject = subject
    self.message = message
  }
}

public struct Notification: Sendable, Hashable {
  public enum State: String, Sendable, Codable, CaseIterable {
    case new
    /// The receipts of its arrival are out; or, where it has none, the log has it.
    case told
    case acknowledged
    /// Its arrival was superseded or judged again, or what it tells is no longer so.
    case resolved
  }

  public let id: Int
  public let arrival: Int?
  public let addressee: Addressee
  public let subject: String
  public let message: String
  public let created: Timestamp
  public let state: State

  /// Nobody has acknowledged it, and it has not settled itself.
  public var isUnread: Bool { state == .new || state == .told }
}
