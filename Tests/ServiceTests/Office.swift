import Digests
import Glibc
import Intake
import Journal
import Reports
import Supervision
import Synchronization
import Testing
import WorkerLink

@testable import Service

/// A daemon at work in a folder of its own, with clerks who drop files and wait for the answer.
final class Office: Sendable {
  let folder: TestFolder
  let events = EventLedger()
  private let running = Mutex<(daemon: Daemon, task: Task<Void, Never>)?>(nil)

  var root: String { folder.path }
  var places: Places { .under(root: root) }

  /// Settings that make waiting short, and one worker: the tests share the machine.
  static let settings = """
    [intake]
    quiet_seconds = 0.1
    broken_off_seconds = 0.1
    scan_seconds = 1
    canary_seconds = 0
    [workers]
    count = 1
    """

  init(_ settings: String = Office.settings) throws {
    folder = try TestFolder()
    try configure(settings)
  }

  func configure(_ settings: String) throws {
    try folder.write(Array("shoubao.toml".utf8), Array(settings.utf8))
  }

  /// Opens an office for one test, and closes it whatever happens.
  static func hold<T>(
    _ settings: String = Office.settings, opened: Bool = true,
    _ body: (Office) async throws -> T
  ) async throws -> T {
    let office = try Office(settings)
    do {
      if opened { try await office.open() }
      let result = try await body(office)
      await office.close()
      return result
    } catch {
      await office.close()
      throw error
    }
  }

  // MARK: The daemon

  /// Starts the daemon and waits until it is ready.
  func open(worker: String? = nil) async throws {
    let count = events.all(.ready).count
    let daemon = try make(worker: worker ?? Office.worker())
    let task = Task { await daemon.serve() }
    running.withLock { $0 = (daemon, task) }
    try await events.wait(for: .ready, count: count + 1)
  }

  static func worker() throws -> String {
    try #require(locateWorker(), "shoubao-worker is not beside the tests")
  }

  func make(worker: String) throws -> Daemon {
    try Daemon(
      configuration: Configuration.load(places: places, mustExist: false), base: places,
      mustExist: false, log: events.log, notifier: Notifier(socket: nil), worker: worker)
  }

  /// Stops the daemon, and returns when it has.
  func close() async {
    guard let (daemon, task) = running.withLock({ $0.take() }) else { return }
    daemon.requestStop()
    await task.value
  }

  /// Waits until the daemon has finished what an earlier life has left, and looked at every receipt: it is ready before.
  func catchUp() async throws {
    let daemon = try #require(running.withLock { $0?.daemon })
    while await daemon.lookedAtReceipts != nil { try await Task.sleep(for: .milliseconds(10)) }
  }

  func overviewer() async throws -> Overviewer {
    let daemon = running.withLock { $0?.daemon }
    return try await #require(daemon).overviewer
  }

  func reload() async throws {
    let daemon = running.withLock { $0?.daemon }
    try await #require(daemon).requestReload()
  }

  // MARK: Clerks

  /// Drops a file at once: written beside the inbox, moved in.
  func drop(_ path: [UInt8], _ bytes: [UInt8]) throws {
    let hidden = Array("inbox/.arriving".utf8)
    try folder.write(hidden, bytes)
    try folder.move(hidden, to: Array("inbox/".utf8) + path)
  }

  func drop(_ path: String, _ bytes: [UInt8]) throws { try drop(Array(path.utf8), bytes) }

  /// Waits until the file that was dropped has an outcome and its receipts; `nth` where the name came several times.
  func answer(_ path: [UInt8], nth: Int = 1, seconds: Double = 60) async throws -> ArrivalDetail {
    let name = try #require(InboxPath(path)).text
    try await events.wait(for: "an outcome of \(name)", seconds: seconds) { entries in
      entries.count { $0.isOutcome && $0.field("SHOUBAO_FILE") == name } >= nth
    }
    let told = events.entries.filter { $0.isOutcome && $0.field("SHOUBAO_FILE") == name }[nth - 1]
    let number = try #require(told.field("SHOUBAO_ARRIVAL").flatMap { Int($0) })
    return try #require(try journal { try $0.arrival(number) })
  }

  func answer(_ path: String, nth: Int = 1, seconds: Double = 60) async throws -> ArrivalDetail {
    try await answer(Array(path.utf8), nth: nth, seconds: seconds)
  }

  /// Drops a report without fault under a new name and waits until it is accepted: the daemon goes on.
  @discardableResult
  func goesOn(_ number: Int = 900) async throws -> ArrivalDetail {
    let name = "好报告-\(number)-\(events.entries.count).html"
    try drop(name, Papers.report(number))
    let detail = try await answer(name)
    #expect(detail.arrival.result?.outcome == .accepted)
    return detail
  }

  // MARK: Looking

  func journal<T>(_ look: (JournalReader) throws -> T) throws -> T {
    let reader = try JournalReader(path: places.journal)
    defer { try? reader.close() }
    return try look(reader)
  }

  func arrivals() throws -> [Arrival] { try journal { try $0.arrivals() } }

  /// The original of an arrival, from the archive.
  func original(_ detail: ArrivalDetail) throws -> [UInt8]? {
    guard let digest = detail.arrival.result?.sha256 else { return nil }
    return TestFolder.content(try Archive(path: places.archive).open(digest))
  }

  /// The text receipt at the contract's path, without the blanks and line ends that lay it out.
  func receipt(_ path: [UInt8]) -> String? {
    folder.read(Array("outbox/".utf8) + path + Array(".receipt.txt".utf8)).map { bytes in
      String(decoding: bytes, as: UTF8.self).filter { !$0.isWhitespace }
    }
  }

  func receipt(_ path: String) -> String? { receipt(Array(path.utf8)) }

  func hasPage(_ path: [UInt8]) -> Bool {
    folder.kind(Array("outbox/".utf8) + path + Array(".receipt.html".utf8)) == S_IFREG
  }

  /// The journal, the archive and the receipts agree, and nothing is left half done.
  func expectSound(_ location: SourceLocation = #_sourceLocation) throws {
    let report = try journal {
      try $0.verify(archive: Archive(path: places.archive), outbox: places.outbox)
    }
    #expect(report.damages == [], sourceLocation: location)
    #expect(folder.files(below: "work") == [], sourceLocation: location)
    let counts = try journal { try $0.counts() }
    #expect(counts.isConserved && counts.waiting == 0, sourceLocation: location)
    #expect(try journal { try $0.untold() } == [], sourceLocation: location)
    let receipts = Set(receiptFiles)
    let litter = folder.files(below: "outbox").filter { path in
      !receipts.contains(path) && path.contains(UInt8(ascii: ".")) && !isPage(path)
    }
    #expect(litter == [], sourceLocation: location)
  }

  /// Everything in the outbox that is a receipt.
  var receiptFiles: [[UInt8]] {
    folder.files(below: "outbox").filter { path in
      Outbox.endings.contains { path.suffix($0.utf8.count) == Array($0.utf8)[...] }
    }
  }

  /// A page of the overview.
  private func isPage(_ path: [UInt8]) -> Bool {
    ReceiptPath.reserved.contains(path)
      || path.starts(with: "units/".utf8) && path.suffix(5) == Array(".html".utf8)[...]
  }
}
