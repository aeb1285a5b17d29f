import Collection
import Journal
import Reports
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
    guard mustCheckDeadlines || today != deadlinesCheckedOn else { return }
    if today != deadlinesCheckedOn { updateStatus(inInbox: 0) }
    mustCheckDeadlines = false
    deadlinesCheckedOn = today
    watchdog.beat(Daemon.loop, doing: "looking at due dates")
    let year = configuration.collectionYear(on: today)
    let standing = try RosterStanding(journal.reader, year: year, today: today, roster: roster)
    // Of this collection only: those of others stay as they are.
    let known = try journal.reader.notificationsOfUnits(subjects: [Daemon.dueSoon, Daemon.late])
      .filter { isAbout(year, $0) }
    // What an earlier life has written and not said.
    try announce(known.filter { $0.state == .new }, year)

    let told = Dictionary(grouping: known) { Told($0) }
    var requests: [NotificationRequest] = []
    var settled: [Int] = []
    func open(_ unit: UnitStanding, _ subject: String) -> [Int] {
      (told[Told(unit, subject)] ?? []).filter { $0.state != .resolved }.map(\.id)
    }
    for unit in standing.units {
      guard unit.state == .missing else {
        settled += open(unit, Daemon.dueSoon) + open(unit, Daemon.late)
        continue
      }
      if unit.isLate {
        settled += open(unit, Daemon.dueSoon)
        if told[Told(unit, Daemon.late)] == nil { requests.append(request(unit, Daemon.late)) }
      } else if unit.isDueSoon, told[Told(unit, Daemon.dueSoon)] == nil {
        requests.append(request(unit, Daemon.dueSoon))
      }
    }
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

    init(_ unit: UnitStanding, _ subject: String) {
      self.unit = unit.entry.unit
      region = unit.entry.region
      self.subject = subject
    }
  }

  /// The message begins with the report year, in whichever language it was written.
  private func isAbout(_ year: Int, _ notification: Notification) -> Bool {
    notification.message.hasPrefix("\(year)年度") || notification.message.hasPrefix("\(year): ")
  }

  private func request(_ unit: UnitStanding, _ subject: String) -> NotificationRequest {
    let name = unit.entry.unit
    let (year, due) = (unit.year, unit.due)
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
      to: .unit(name, region: unit.entry.region), subject: subject, message: message)
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
