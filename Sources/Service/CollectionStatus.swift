public import Collection
import Intake
public import Journal
public import Reports
public import Roster

/// How a collection stands, for people and for programs: the same in `status`, in the service's status line and in the
/// log.
public struct CollectionStatus: Sendable {
  /// The report year.
  public let year: Int
  /// Units of the roster; `nil` without a roster.
  public let expected: Int?
  public let counts: Counts
  /// Who has filed, who must mend and who is missing.
  public let standing: RosterStanding
  /// Files in the inbox, not yet claimed.
  public let inInbox: Int
  public let last: Arrival?
  public let head: Head

  /// - Parameters:
  ///   - today: in China; decides who is late.
  ///   - inInbox: files seen there that have no number yet.
  public init(
    _ journal: JournalReader, roster: Roster?, year: Int, today: CalendarDate, inInbox: Int
  ) throws(JournalError) {
    self.year = year
    self.inInbox = inInbox
    counts = try journal.counts(collection: year)
    last = try journal.last()
    head = try journal.head()
    expected = roster?.entries.count
    standing = try RosterStanding(journal, year: year, today: today, roster: roster)
  }

  /// Units of the roster of whose report for this year nothing has come.
  public var missing: [Roster.Entry] { standing.missing.map(\.entry) }
  /// Those of them whose day has passed.
  public var late: [Roster.Entry] { standing.late.map(\.entry) }

  /// Claimed or waiting in the inbox.
  public var queue: Int { counts.waiting + inInbox }

  /// Accepted, with or without warnings.
  public var accepted: Int { counts[.accepted] + counts[.acceptedWithWarnings] }

  /// One line for `systemctl status`.
  public func line(in language: Language) -> String {
    let missing = missing
    let late = late
    let refused = counts[.unrecognised] + counts[.unreadable]
    let chinese = [
      "\(year)年度", expected.map { "应报 \($0)" }, "收到 \(counts.received)", "接收 \(accepted)",
      "退回 \(counts[.returned])", "不能受理 \(refused)", "重复 \(counts[.duplicate])",
      expected.map { _ in "未报 \(missing.count)" }, late.isEmpty ? nil : "逾期 \(late.count)",
      "待处理 \(queue)",
    ]
    let english = [
      "report year \(year)", expected.map { "expected \($0)" }, "received \(counts.received)",
      "accepted \(accepted)", "returned \(counts[.returned])", "refused \(refused)",
      "duplicate \(counts[.duplicate])", expected.map { _ in "missing \(missing.count)" },
      late.isEmpty ? nil : "late \(late.count)", "waiting \(queue)",
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
