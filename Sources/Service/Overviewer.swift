import Digests
import Glibc
import Journal
import Receipts
import Reports
import Roster
import Supervision

/// Makes the pages of the overview and writes them, on a thread and a connection of its own: a file that comes meanwhile does
/// not wait for them.
actor Overviewer {
  nonisolated private let executor = QueueExecutor(label: "shoubao.overview")
  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  /// What the pages are to say, beside what the journal has.
  struct Request: Sendable {
    let roster: Roster?
    /// The report year that is collected.
    let year: Int
    let today: CalendarDate
    /// Files without an outcome.
    let waiting: Int
    let language: Language
  }

  static let loop = "overview"

  private let journal: String
  private let outbox: Outbox
  private let watchdog: Watchdog
  private let stop: StopFlag
  /// Of each page as it stands in the outbox; what would be the same is not written.
  private var digests: [[UInt8]: Digest] = [:]
  /// The pages of units that stand there; `nil`: not known yet.
  private var pages: Set<[UInt8]>?

  init(_ places: Places, _ watchdog: Watchdog, stop: StopFlag) {
    journal = places.journal
    outbox = Outbox(path: places.outbox, writer: .overview)
    self.watchdog = watchdog
    self.stop = stop
  }

  /// Writes the pages that have changed.
  /// - Throws: ``JournalError/interrupted`` when a stop has come; the next life writes them.
  func write(_ request: Request) throws {
    watchdog.register(Overviewer.loop, limit: .seconds(60))
    defer { watchdog.retire(Overviewer.loop) }
    try write(content(request))
  }

  private func content(_ request: Request) throws(JournalError) -> OverviewContent {
    let reader = try JournalReader(path: journal)
    defer { try? reader.close() }
    let isStopping: @Sendable () -> Bool = { [stop] in stop.isRaised }
    return try reader.reading(until: isStopping) { () throws(JournalError) in
      try reader.atOneMoment { () throws(JournalError) in
        try OverviewContent(
          reader, roster: request.roster, year: request.year, today: request.today,
          waiting: request.waiting, language: request.language, goOn: goOn)
      }
    }
  }

  /// A country's year takes seconds, on a machine that is busy half a minute: too long for somebody who waits for the end.
  private func goOn() throws(JournalError) {
    if stop.isRaised { throw .interrupted }
    watchdog.beat(Overviewer.loop, doing: "writing the overview")
  }

  private func write(_ content: OverviewContent) throws {
    let folder = Array(overviewFolder.utf8)
    let units = content.units.filter { $0.page != nil }
    // Each page is a sync of the disk.
    for start in stride(from: 0, to: units.count, by: 16) {
      try goOn()
      let pages = units[start..<min(start + 16, units.count)].map { unit in
        (name: Array((unit.page ?? "").utf8), bytes: Array(unitHTML(unit, content).utf8))
      }
      try write(pages, folder: [folder])
    }
    try goOn()
    let names = Set(units.map { Array(($0.page ?? "").utf8) })
    // A page of a unit that is no longer shown would say what is no longer so.
    if pages != names {
      try outbox.removePages(of: folder, but: names)
      pages = names
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
    let changed = zip(pages, digests).filter { self.digests[prefix + $0.0.name] != $0.1 }
    guard !changed.isEmpty else { return }
    try outbox.write(changed.map(\.0), folder: folder)
    for (page, digest) in changed { self.digests[prefix + page.name] = digest }
  }
}
