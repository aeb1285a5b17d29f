import Intake
public import Journal
public import Reports

/// How a collection stands, for people and for programs: the same in `status`, in the service's status line and in the
/// log. Costs the same however many reports there are.
public struct CollectionStatus: Sendable {
  /// Units of the roster.
  public struct Units: Sendable {
    public let expected: Int
    /// Nothing has come of them; `nil`: not counted yet.
    public let missing: Int?
    /// Those of them whose day has passed.
    public let late: Int?

    public init(expected: Int, missing: Int?, late: Int?) {
      self.expected = expected
      self.missing = missing
      self.late = late
    }
  }

  /// The report year.
  public let year: Int
  /// `nil` without a roster.
  public let units: Units?
  public let counts: Counts
  /// Files in the inbox, not yet claimed.
  public let inInbox: Int
  public let last: Arrival?
  public let head: Head

  /// - Parameter inInbox: files seen there that have no number yet.
  public init(
    _ journal: JournalReader, year: Int, units: Units?, inInbox: Int
  ) throws(JournalError) {
    self.year = year
    self.units = units
    self.inInbox = inInbox
    counts = try journal.counts(collection: year)
    last = try journal.last()
    head = try journal.head()
  }

  /// Nothing is left out because it has not been counted yet.
  var isWhole: Bool { units.map { $0.missing != nil } ?? true }

  /// Claimed or waiting in the inbox.
  public var queue: Int { counts.waiting + inInbox }

  /// Accepted, with or without warnings.
  public var accepted: Int { counts[.accepted] + counts[.acceptedWithWarnings] }

  /// One line for `systemctl status`.
  public func line(in language: Language) -> String {
    let late = units?.late.flatMap { $0 == 0 ? nil : $0 }
    let refused = counts[.unrecognised] + counts[.unreadable]
    let chinese = [
      "\(year)年度", units.map { "应报 \($0.expected)" }, "收到 \(counts.received)",
      "接收 \(accepted)", "退回 \(counts[.returned])", "不能受理 \(refused)",
      "重复 \(counts[.duplicate])", units?.missing.map { "未报 \($0)" }, late.map { "逾期 \($0)" },
      "待处理 \(queue)",
    ]
    let english = [
      "report year \(year)", units.map { "expected \($0.expected)" }, "received \(counts.received)",
      "accepted \(accepted)", "returned \(counts[.returned])", "refused \(refused)",
      "duplicate \(counts[.duplicate])", units?.missing.map { "missing \($0)" },
      late.map { "late \($0)" }, "waiting \(queue)",
    ]
    return language.say(
      chinese.compactMap(\.self).joined(separator: "，"),
      en: english.compactMap(\.self).joined(separator: ", "))
  }
}

extension Places {
  /// How many files wait in the inbox. What cannot be listed counts as none: the status says what it knows.
  public func filesInInbox() -> Int {
    guard let root = try? Inbox(path: inbox).open() else { return 0 }
    let summary = try? InboxScanner().scan(root) { _ in true }
    return summary?.candidates ?? 0
  }
}
