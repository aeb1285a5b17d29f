import Collection
import Journal
import Reports
import Roster
import Supervision

// Who is due soon and who is late: looked at each day, told once, and settled by itself when the report comes.

extension Daemon {
  /// Codes of notifications that belong to no arrival.
  private static let dueSoon = "missing"
  private static let late = "late"

  /// Tells the log and the ledger of units whose day is near or has passed, and settles what was told of those that have
  /// filed since.
  func tellDeadlines() throws {
    let today = Journal.now().date
    let isNewDay = today != deadlinesCheckedOn
    guard isNewDay || mustCheckDeadlines && deadlinesShare.isDue else { return }
    if isNewDay { updateStatus(inInbox: 0) }
    watchdog.beat(Daemon.loop, doing: "looking at due dates")
    let begin = SuspendingClock().now
    defer { deadlinesShare.took(since: begin) }
    try tellDeadlines(of: configuration.collectionYear(on: today), on: today)
    mustCheckDeadlines = false
    deadlinesCheckedOn = today
  }

  private func tellDeadlines(of year: Int, on today: CalendarDate) throws {
    // Of this collection only: those of others stay as they are.
    let known = try journal.reader.notificationsOfUnits(subjects: [Daemon.dueSoon, Daemon.late])
      .filter { isAbout(year, $0) }
    // What an earlier life has written and not said.
    try announce(known.filter { $0.state == .new }, year)

    guard let roster, let filed = try filings?.year(year, journal.reader) else { return }
    let told = Set(known.map { Told($0) })
    var requests: [NotificationRequest] = []
    for entry in roster.entries where filed.isMissing(entry) {
      let daysLeft = entry.daysLeft(reportYear: year, on: today)
      guard daysLeft <= RosterStanding.daysAhead else { continue }
      let subject = daysLeft < 0 ? Daemon.late : Daemon.dueSoon
      if !told.contains(Told(entry, subject)) { requests.append(request(entry, year, subject)) }
    }
    let settled = known.filter { notification in
      guard notification.state != .resolved,
        case .unit(let unit, let region) = notification.addressee,
        let entry = finder?.listed(unit: unit, region: region ?? "")
      else { return false }
      return !filed.isMissing(entry)
        || notification.subject == Daemon.dueSoon && entry.daysLeft(reportYear: year, on: today) < 0
    }.map(\.id)
    try journal.resolve(settled)
    let ids = Set(try journal.notify(requests))
    guard !ids.isEmpty else { return }
    try announce(
      try journal.reader.notificationsOfUnits(subjects: [Daemon.dueSoon, Daemon.late])
        .filter { ids.contains($0.id) }, year)
  }

  private struct Told: Hashable {
    let unit: String
    let region: String
    let subject: String

    init(_ notification: Notification) {
      if case .unit(let unit, let region) = notification.addressee {
        (self.unit, self.region) = (unit, region ?? "")
      } else {
        (unit, region) = ("", "")
      }
      subject = notification.subject
    }

    init(_ entry: Roster.Entry, _ subject: String) {
      unit = entry.unit
      region = entry.region
      self.subject = subject
    }
  }

  /// The message begins with the report year, in whichever language it was written.
  private func isAbout(_ year: Int, _ notification: Notification) -> Bool {
    notification.message.hasPrefix("\(year)年度") || notification.message.hasPrefix("\(year): ")
  }

  private func request(
    _ entry: Roster.Entry, _ year: Int, _ subject: String
  ) -> NotificationRequest {
    let name = entry.unit
    let due = entry.due(forReportYear: year)?.description ?? ""
    let message =
      subject == Daemon.late
      ? configuration.language.say(
        "\(year)年度报告应于 \(due) 前报送，\(name)逾期未报，请尽快报送。",
        en: "\(year): the report of \(name) was due by \(due) and has not come. Please file it now."
      )
      : configuration.language.say(
        "\(year)年度报告应于 \(due) 前报送，\(name)还没有报送，请按时报送。",
        en: "\(year): the report of \(name) is due by \(due) and has not come yet.")
    return NotificationRequest(
      to: .unit(name, region: entry.region), subject: subject, message: message)
  }

  private func announce(_ notifications: [Notification], _ year: Int) throws {
    for notification in notifications {
      guard case .unit(let unit, _) = notification.addressee else { continue }
      log.write(
        notification.subject == Daemon.late ? .late : .missing, notification.message,
        EventFields {
          $0.unit = unit
          $0.year = year
        })
    }
    try journal.announced(notifications.map(\.id))
  }
}
