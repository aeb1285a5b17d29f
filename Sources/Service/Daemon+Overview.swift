import Digests
import Journal
import Receipts
import Reports
import Supervision

// The pages of the outbox that say how the collection stands. Like receipts they are derived from the journal, and can be
// written again; unlike receipts nobody waits for them, so that they never keep a file waiting.

/// What the pages were last written from.
struct OverviewState {
  var head: Head?
  var day: CalendarDate?
  /// The roster or the settings have changed.
  var isStale = true
  /// Something has changed, and it is too early to write again.
  var isPending = false
  var share = Share()
  /// Of each page as it stands in the outbox; what would be the same is not written.
  var digests: [[UInt8]: Digest] = [:]
  /// The pages of units that stand there; `nil`: not known yet.
  var pages: Set<[UInt8]>?
  var fault: String?
}

extension Daemon {
  /// Writes the pages that have changed, if anything has and they have not only just been written.
  func writeOverview() {
    guard !isStopping else { return }
    let language = configuration.language
    let today = Journal.now().date
    do {
      let head = try journal.reader.head()
      overview.isPending =
        overview.isStale || head != overview.head || today != overview.day
      guard overview.isPending, overview.share.isDue else { return }
      watchdog.beat(Daemon.loop, doing: "writing the overview")
      lastBusy = SuspendingClock().now
      let begin = SuspendingClock().now
      defer { overview.share.took(since: begin) }
      try write(try content(on: today))
      overview.head = head
      overview.day = today
      overview.isStale = false
      overview.isPending = false
      overview.fault = nil
    } catch {
      // The next life writes it.
      if isStopping { return }
      overview.share.rest(for: .seconds(10))
      let reason = Trouble(error).reason(in: configuration.language)
      guard overview.fault != reason else { return }
      overview.fault = reason
      log.note(
        .warning,
        language.say("收报情况页面写不了：\(reason)", en: "the overview cannot be written: \(reason)"))
    }
  }

  private func content(on today: CalendarDate) throws(JournalError) -> OverviewContent {
    let stop = stopFlag
    let isStopping: @Sendable () -> Bool = { stop.isRaised }
    return try journal.reader.reading(until: isStopping) { () throws(JournalError) in
      try OverviewContent(
        journal.reader, roster: roster, year: configuration.collectionYear(on: today),
        today: today, waiting: lastCollection?.queue ?? 0, language: configuration.language,
        goOn: heedStop)
    }
  }

  /// A country's year takes seconds, on a machine that is busy half a minute: too long for somebody who waits for the end.
  private func heedStop() throws(JournalError) {
    if isStopping { throw .interrupted }
  }

  private func write(_ content: OverviewContent) throws {
    let folder = Array(overviewFolder.utf8)
    let units = content.units.filter { $0.page != nil }
    // Each page is a sync of the disk.
    for start in stride(from: 0, to: units.count, by: 16) {
      try heedStop()
      let pages = units[start..<min(start + 16, units.count)].map { unit in
        (name: Array((unit.page ?? "").utf8), bytes: Array(unitHTML(unit, content).utf8))
      }
      try write(pages, folder: [folder])
    }
    try heedStop()
    let names = Set(units.map { Array(($0.page ?? "").utf8) })
    // A page of a unit that is no longer shown would say what is no longer so.
    if overview.pages != names {
      try outbox.removePages(of: folder, but: names)
      overview.pages = names
    }
    try write(
      [
        (Array(noticePage.utf8), Array(noticeHTML(content).utf8)),
        (Array(overviewPage.utf8), Array(overviewHTML(content).utf8)),
      ], folder: [])
  }

  private func write(
    _ pages: [(name: [UInt8], bytes: [UInt8])], folder: [[UInt8]]
  ) throws(OutboxError) {
    let prefix = folder.flatMap { $0 + [UInt8(ascii: "/")] }
    let digests = pages.map { SHA256.digest(of: $0.bytes) }
    let changed = zip(pages, digests).filter { overview.digests[prefix + $0.0.name] != $0.1 }
    guard !changed.isEmpty else { return }
    try outbox.write(changed.map(\.0), folder: folder)
    for (page, digest) in changed { overview.digests[prefix + page.name] = digest }
  }
}
