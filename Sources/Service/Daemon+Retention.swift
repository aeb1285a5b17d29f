import Intake
import Journal
import Reports
import Supervision

// Dropping originals whose time is over, if the setting says that there is one.

extension Daemon {
  /// Once a day, a few hundred at a time.
  func dropExpired() throws {
    let years = configuration.retention.originalYears
    let now = SuspendingClock().now
    guard years > 0, now >= nextRetention else { return }
    guard !hasClockJumped() else {
      nextRetention = now + .seconds(86_400)
      log.note(
        .warning,
        configuration.language.say(
          "系统时钟跳变过，今天不按保存期限删除原件",
          en: "the clock has jumped: no originals are dropped by their age today"))
      return
    }
    watchdog.beat(Daemon.loop, doing: "dropping originals")
    if !hasSweptExpired {
      for digest in try journal.reader.allExpired() { _ = try archive.remove(digest) }
      hasSweptExpired = true
    }
    let limit = Timestamp(
      microseconds: Journal.now().microseconds - Int64(years) * 366 * 86_400_000_000)
    let originals = try journal.reader.expirable(before: limit, limit: 500)
    try journal.expire(originals)
    for original in originals { _ = try archive.remove(original.digest) }
    nextRetention = now + (originals.count == 500 ? .seconds(1) : .seconds(86_400))
    guard !originals.isEmpty else { return }
    log.note(
      .notice,
      configuration.language.say(
        "按保存期限（\(years) 年）删除了 \(originals.count) 份原件，台账和回执保留",
        en:
          "\(originals.count) originals older than \(years) years were dropped; journal and receipts stay"
      ))
  }

  /// A clock that was set a year ahead must not cost a year of originals: it has to agree with the time that has passed
  /// since the start. (A suspended machine comes back with a clock that is ahead, too: its day is skipped.)
  private func hasClockJumped() -> Bool {
    let passed = clockAtStart.duration(to: SuspendingClock().now)
    let expected = timeAtStart.microseconds + Int64(passed / .microseconds(1))
    return Journal.now().microseconds - expected > 3_600_000_000
  }
}
