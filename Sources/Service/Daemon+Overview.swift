import Journal
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
  /// Something has changed, and the pages do not say it yet.
  var isPending = false
  /// They are being written.
  var writing: Task<Void, Never>?
  var share = Share()
  var fault: String?

  /// When they are to be written next.
  var due: SuspendingClock.Instant? { isPending && writing == nil ? share.notBefore : nil }
}

extension Daemon {
  /// Has the pages written, if anything has changed and they have not only just been.
  func writeOverview() {
    guard !isStopping, overview.writing == nil else { return }
    let today = Journal.now().date
    do {
      let head = try journal.reader.head()
      overview.isPending = overview.isStale || head != overview.head || today != overview.day
      guard overview.isPending, overview.share.isDue else { return }
      let request = Overviewer.Request(
        roster: roster, year: configuration.collectionYear(on: today), today: today,
        waiting: lastCollection?.queue ?? 0, language: configuration.language)
      // What changes from here on is for the next time.
      overview.isStale = false
      let begin = SuspendingClock().now
      overview.writing = Task { [overviewer] in
        do {
          try await overviewer.write(request)
          overview.head = head
          overview.day = today
          wrote(since: begin, fault: nil)
        } catch {
          wrote(since: begin, fault: error)
        }
      }
    } catch {
      failed(error)
    }
  }

  private func wrote(since begin: SuspendingClock.Instant, fault: (any Error)?) {
    overview.writing = nil
    overview.share.took(since: begin)
    lastBusy = SuspendingClock().now
    if let fault { failed(fault) } else { overview.fault = nil }
    requestLook()
  }

  private func failed(_ error: any Error) {
    // The next life writes it.
    if isStopping { return }
    overview.isStale = true
    overview.isPending = true
    overview.share.rest(for: .seconds(10))
    let reason = Trouble(error).reason(in: configuration.language)
    guard overview.fault != reason else { return }
    overview.fault = reason
    log.note(
      .warning,
      configuration.language.say(
        "收报情况页面写不了：\(reason)", en: "the overview cannot be written: \(reason)"))
  }
}
