public import Reports

/// How the collections stand, as the pages of the outbox show it. Plain values: whoever fills them knows the journal.
public struct OverviewContent: Sendable {
  public var language: Language
  /// In China: the day on which what follows is so.
  public var today: CalendarDate
  /// The report year that is collected.
  public var year: Int
  /// Report years shown side by side, oldest first; the last is ``year``.
  public var years: [Int]
  /// Whether the office has said who must report. Without that nobody is missing.
  public var hasRoster: Bool
  /// In the order of the roster; behind them who filed without being on it.
  public var units: [Unit] = []
  /// Files that are not judged yet.
  public var waiting = 0
  /// Files of this collection that are no report, newest first; of many only the newest.
  public var refused: [Refused] = []
  public var refusedCount = 0
  /// What was found most often in the reports of the year, most frequent first.
  public var mistakes: [Mistake] = []
  /// All reports of the year that were judged, each version.
  public var judgedCount = 0
  /// Sums of the year beside those of the year before.
  public var measures: [Measure] = []
  /// On which day after New Year (1 January is 1) how many units had filed for the year, and for the year before.
  public var progress: Progress?

  public init(
    language: Language, today: CalendarDate, year: Int, years: [Int], hasRoster: Bool
  ) {
    self.language = language
    self.today = today
    self.year = year
    self.years = years
    self.hasRoster = hasRoster
  }

  public struct Unit: Sendable {
    public var name: String
    public var region: String
    /// For the year that is collected; `nil`: it is not on the roster.
    public var due: CalendarDate?
    public var isOnRoster: Bool { due != nil }
    /// One for each of ``OverviewContent/years``.
    public var standings: [Standing]
    /// Its own page, a name in ``overviewFolder``; `nil`: it has none.
    public var page: String?
    /// Figures of its current reports, one row a measure, one column a year; `nil`: not known.
    public var figures: [Figures] = []

    public init(
      name: String, region: String, due: CalendarDate?, standings: [Standing], page: String?
    ) {
      self.name = name
      self.region = region
      self.due = due
      self.standings = standings
      self.page = page
    }
  }

  /// A measure of one unit over the years.
  public struct Figures: Sendable, Hashable {
    public var name: String
    public var values: [String?]

    public init(name: String, values: [String?]) {
      self.name = name
      self.values = values
    }
  }

  /// How a unit stands with its report of one year.
  public struct Standing: Sendable, Hashable {
    public enum State: Sendable, Hashable, CaseIterable {
      case accepted, acceptedWithWarnings
      /// A version stands, and a newer one was returned.
      case correcting
      case returned
      case missing, dueSoon, late
      /// Nothing was expected of it.
      case none
    }

    public var state: State
    /// All versions, oldest first. Of too many units for a board: the newest of those that must mend it.
    public var filings: [Filing]
    /// The newest version.
    public var report: Filing? { filings.last }
    /// The first version came after the day it was due.
    public var isFiledLate: Bool
    /// Negative: so many days ago. Of the year that is collected.
    public var daysLeft: Int

    public init(
      state: State, filings: [Filing] = [], isFiledLate: Bool = false, daysLeft: Int = 0
    ) {
      self.state = state
      self.filings = filings
      self.isFiledLate = isFiledLate
      self.daysLeft = daysLeft
    }
  }

  /// One version of a report.
  public struct Filing: Sendable, Hashable {
    public var arrival: Int
    public var received: CalendarDate
    public var outcome: Outcome
    public var errors: Int
    public var warnings: Int
    /// The HTML receipt in the outbox; `nil`: it is not written yet, or another one stands in its place.
    public var receipt: [UInt8]?

    public init(
      arrival: Int, received: CalendarDate, outcome: Outcome, errors: Int, warnings: Int,
      receipt: [UInt8]?
    ) {
      self.arrival = arrival
      self.received = received
      self.outcome = outcome
      self.errors = errors
      self.warnings = warnings
      self.receipt = receipt
    }
  }

  /// A file that is no report.
  public struct Refused: Sendable, Hashable {
    public var file: String
    public var filing: Filing

    public init(file: String, filing: Filing) {
      self.file = file
      self.filing = filing
    }
  }

  public struct Mistake: Sendable, Hashable {
    /// The check, without the part that names a row or column.
    public var check: String
    public var severity: Finding.Severity
    /// In how many reports.
    public var reports: Int

    public init(check: String, severity: Finding.Severity, reports: Int) {
      self.check = check
      self.severity = severity
      self.reports = reports
    }
  }

  /// A sum of this year's reports beside last year's, as exact decimals.
  public struct Measure: Sendable, Hashable {
    public var name: String
    public var before: String?
    public var now: String?

    public init(name: String, before: String?, now: String?) {
      self.name = name
      self.before = before
      self.now = now
    }
  }

  public struct Progress: Sendable, Hashable {
    /// Units that filed, by the day on which their first version came, in order of the days.
    public var now: [Int]
    public var before: [Int]
    /// The day up to which ``now`` is known.
    public var today: Int

    public init(now: [Int], before: [Int], today: Int) {
      self.now = now
      self.before = before
      self.today = today
    }
  }
}

/// Where the pages of units stand, below the outbox.
public let overviewFolder = "units"
/// The pages beside it.
public let overviewPage = "index.html"
public let noticePage = "notice.html"

extension OverviewContent {
  /// With more units a board is no help any more: regions are counted instead, and no unit has a page.
  public static let boardLimit = 500

  var isTooManyForBoard: Bool { units.count > OverviewContent.boardLimit }

  /// How the units of the roster stand with the year that is collected; all units, where there is none.
  func count(_ states: Standing.State...) -> Int {
    units.count { unit in
      (unit.isOnRoster || !hasRoster)
        && unit.standings.last.map { states.contains($0.state) } ?? false
    }
  }

  var expected: Int { units.count(where: \.isOnRoster) }

  /// Units that filed for the year and are not on the roster.
  var strangers: Int {
    guard hasRoster else { return 0 }
    return units.count { !$0.isOnRoster && $0.standings.last?.state != Standing.State.none }
  }
}

extension OverviewContent.Standing.State {
  func word(_ language: Language) -> String {
    switch self {
    case .accepted: language.say("已接收", en: "accepted")
    case .acceptedWithWarnings: language.say("请核对", en: "to check")
    case .correcting: language.say("更正退回", en: "correction returned")
    case .returned: language.say("退回", en: "returned")
    case .missing: language.say("未报", en: "missing")
    case .dueSoon: language.say("临期未报", en: "due soon")
    case .late: language.say("逾期未报", en: "late")
    case .none: language.say("无", en: "none")
    }
  }

  /// Tells states apart without colour.
  var sign: String {
    switch self {
    case .accepted: "✓"
    case .acceptedWithWarnings: "△"
    case .correcting: "◇"
    case .returned: "✗"
    case .missing: "○"
    case .dueSoon: "◔"
    case .late: "!"
    case .none: "–"
    }
  }

  var style: String {
    switch self {
    case .accepted: "good"
    case .acceptedWithWarnings, .correcting, .dueSoon: "check"
    case .returned, .late: "bad"
    case .missing: "open"
    case .none: "absent"
    }
  }
}
