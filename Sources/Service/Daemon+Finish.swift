import Checking
import Collection
import Digests
import Glibc
import Intake
import Journal
import Receipts
import Reports
import Supervision
import WorkerLink

// From a claimed file to a committed outcome, in batches.

extension Daemon {
  /// Archives, reads, judges and commits a batch, and answers. When it throws, what was not committed lies in `work/`
  /// still, to be finished later.
  func finish(_ batch: [Pending]) async throws {
    try await finish(begin(batch))
  }

  /// Copies the originals of a batch and gives them to the workers, but for those that were before; while they read, the copies
  /// are brought to the disk.
  func begin(_ batch: [Pending], early: [Int: EarlyCopy] = [:]) throws -> OpenBatch {
    watchdog.beat(Daemon.loop, doing: "copying originals")
    return try startReading(batch, try copyOriginals(of: batch, early: early), early: early)
  }

  private func finish(_ batch: OpenBatch) async throws {
    guard !batch.pending.isEmpty else { return }
    let kept = try await batch.keeping.value
    try conclude(batch.pending, kept, try await results(of: batch, kept))
  }

  /// Judges, commits and answers the batch that the workers have, once they have read it.
  func finishInHand() async throws {
    guard let batch = inHand else { return }
    inHand = nil
    mustRecover = true
    try await finish(batch)
    mustRecover = false
  }

  /// Judges, commits and answers what was read. What is still being read is left out; what was not read because of a stop
  /// goes back to where it came from.
  func conclude(
    _ batch: [Pending], _ kept: [Archive.Stored?], _ read: [Int: Reading]
  ) throws {
    watchdog.beat(Daemon.loop, doing: "judging")
    lastBusy = SuspendingClock().now
    var versions = Versions()
    var judgements: [Judgement] = []
    var isKeptUnread: Set<Int> = []
    let verdicts = try verdicts(batch, read)
    for (pending, original) in zip(batch, kept) {
      guard let reading = read[pending.number] else { continue }
      let result: ReadingResult
      switch reading {
      case .result(let read): result = read
      case .handledBefore(let judgement):
        judgements.append(judgement)
        continue
      case .unpacked(let container):
        judgements.append(judge(pending, original, container))
        continue
      }
      guard let (alone, before) = verdicts[pending.number] else {
        preconditionFailure("number \(pending.number) was read and has no verdict")
      }
      var verdict = alone
      if let report = verdict.report {
        for finding in try across(report, pending.number, folder: pending.folder, before: before) {
          verdict.add(finding)
        }
      }
      let repeated = try compare(&verdict, with: &versions, pending)
      var judgement = Judgement(
        number: pending.number, digest: original?.digest, size: original?.size ?? pending.size,
        format: result.format, encoding: result.encoding, outcome: verdict.outcome,
        reason: verdict.refusal, report: verdict.report, findings: verdict.findings,
        duration: pending.duration, notifications: notifications(for: verdict, result.format),
        collection: configuration.collectionYear(on: pending.received.date))
      judgement.repeats = repeated
      judgements.append(judgement)
      if original == nil { isKeptUnread.insert(pending.number) }
    }
    watchdog.beat(Daemon.loop, doing: "committing")
    let committed = try journal.commit(judgements)
    for pending in batch where read[pending.number] != nil && pending.claim != nil {
      try letGo(pending.number, hold: isKeptUnread.contains(pending.number))
    }
    mustCheckDeadlines = true
    // Before they are told: what is not told yet is found after a kill, and done once more.
    let folders = Dictionary(batch.map { ($0.number, $0.folder) }, uniquingKeysWith: { a, _ in a })
    try recheckNeighbours(
      of: zip(judgements, committed).compactMap { judgement, committed in
        committed.outcome == .duplicate
          ? nil : judgement.report.flatMap { Filer($0, folder: folders[judgement.number] ?? "") }
      })
    // A container is told with its members.
    try tell(committed.filter { $0.members.isEmpty }.map(\.number))
    metMembers(batch, judgements, committed)
    for pending in batch where read[pending.number] == nil && slow[pending.number] == nil {
      try handBack(pending)
    }
    try claimer.syncFolders()
  }

  /// What each report of a batch is by itself, and the one before it of the same unit; by all cores.
  private func verdicts(
    _ batch: [Pending], _ read: [Int: Reading]
  ) throws -> [Int: (Verdict, ReportBefore)] {
    let asked = try batch.compactMap { pending -> (Pending, ReadingResult, ReportBefore)? in
      guard case .result(let result)? = read[pending.number] else { return nil }
      let before = try result.report.map { try self.before($0, folder: pending.folder) }
      return (pending, result, before ?? .missing)
    }
    let (roster, language) = (roster, configuration.language)
    let verdicts = onAllCores(asked) { pending, result, before in
      Verdict(
        on: result, received: pending.received.date, roster: roster, before: before,
        language: language)
    }
    return Dictionary(
      zip(asked, verdicts).map { ($0.0.number, ($1, $0.2)) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The claim's file has served: its bytes are in the archive, or it is kept aside because it has none.
  func letGo(_ number: Int, hold: Bool) throws {
    if hold {
      do throws(IntakeError) {
        try claimer.hold(claimed: Int64(number))
      } catch {
        guard error.blame == .gone else { throw error }
      }
    } else {
      try claimer.drop(Int64(number))
    }
  }

  // MARK: Reading

  enum Reading {
    case result(ReadingResult)
    /// The journal has these bytes, and needs nothing read.
    case handledBefore(Judgement)
    /// An archive or a mail; its members are in the archive of originals.
    case unpacked(Container)
  }

  private func duplicate(
    _ pending: Pending, _ original: Original, of handled: Handled
  ) throws -> Judgement {
    let earlier = try journal.reader.arrival(handled.number)?.arrival.result
    return Judgement(
      number: pending.number, digest: original.digest, size: original.size,
      format: earlier?.format ?? .unknown, encoding: earlier?.encoding, outcome: .duplicate,
      duration: pending.duration,
      collection: configuration.collectionYear(on: pending.received.date))
  }

  /// A batch whose originals are being kept and whose documents are being read.
  struct OpenBatch: Sendable {
    let pending: [Pending]
    /// Ends when the originals are on the disk. Nothing may be committed before.
    let keeping: Task<[Archive.Stored?], any Error>
    /// What no worker needs to see, by number.
    let known: [Int: Reading]
    /// The same bytes twice are read once: the journal calls the second a duplicate.
    let twins: [(number: Int, of: Int)]
    let running: [Int: ReadingTask]
  }

  private func startReading(
    _ pending: [Pending], _ originals: [Original?], early: [Int: EarlyCopy]
  ) throws -> OpenBatch {
    var known: [Int: Reading] = [:]
    var twins: [(number: Int, of: Int)] = []
    var running: [Int: ReadingTask] = [:]
    var first: [Digest: Int] = [:]
    for (pending, original) in zip(pending, originals) {
      guard let original else {
        let limit = configuration.limits.keptBytes
        let isHuge = pending.size > limit
        known[pending.number] = .result(
          .refused(
            isHuge ? Refusal(.tooLarge, detail: "\(pending.size) > \(limit)") : pending.refusal))
        continue
      }
      if let document = early[pending.number]?.reading {
        first[original.digest] = pending.number
        running[pending.number] = reading(document, pending)
        continue
      }
      // Each with a judgement of its own, so before twins are told.
      if let handled = try journal.reader.find(original.digest) {
        known[pending.number] = .handledBefore(try duplicate(pending, original, of: handled))
        continue
      }
      if let twin = first[original.digest] {
        twins.append((pending.number, twin))
        continue
      }
      first[original.digest] = pending.number
      let limit = configuration.limits.fileBytes
      guard original.size <= limit else {
        known[pending.number] = .result(
          .refused(Refusal(.tooLarge, detail: "\(original.size) > \(limit)")))
        continue
      }
      let document = try read(original, pending.path, label: "\(pending.number)")
      running[pending.number] = reading(document, pending)
    }
    // Last: a copy that is kept has another name, and none of those above was opened under it.
    return OpenBatch(
      pending: pending, keeping: keep(originals), known: known, twins: twins, running: running)
  }

  /// What the workers make of a batch, by number. Missing: a stop came in between, or the document is slow, and found in
  /// ``slow``.
  private func results(
    of batch: OpenBatch, _ kept: [Archive.Stored?]
  ) async throws -> [Int: Reading] {
    var results = batch.known
    var running = batch.running
    var fault: (any Error)?
    for (number, result) in await inTime(running) {
      running[number] = nil
      switch result {
      case .success(let result): results[number] = result
      // A stop is no fault: what was read is committed, the rest is handed back.
      case .failure(WorkerFault.shutDown): break
      case .failure(let error): fault = error
      }
    }
    if let fault { throw Trouble(fault) }
    for (number, twin) in batch.twins {
      results[number] = results[twin]
      running[number] = running[twin]
    }
    for (pending, original) in zip(batch.pending, kept) {
      if let task = running[pending.number] { setAside(pending, original, task) }
    }
    return results
  }

  // MARK: Versions and notifications

  /// Reports of a batch that are not in the journal yet, and what they overtake there.
  struct Versions {
    struct One {
      let filer: Filer
      let arrival: Int
      let received: Timestamp
      /// `nil`: in the journal.
      let report: Report?
      var findings: [Finding] = []
    }

    var batch: [One] = []
    var overtaken: Set<Int> = []
  }

  /// Adds the finding on an earlier version of the same report, from this batch or from the journal, or on reports of the
  /// same name that it is not taken for.
  /// - Returns: the earlier version if it says the same, so that this is no version but its duplicate.
  private func compare(
    _ verdict: inout Verdict, with versions: inout Versions, _ pending: Pending
  ) throws -> Int? {
    guard let report = verdict.report,
      let filer = Filer(report, folder: pending.folder)
    else { return nil }
    let filed = try journal.reader.current(namedAs: filer).map {
      Versions.One(filer: $0.filer, arrival: $0.arrival, received: $0.received, report: nil)
    }
    let others = (filed + versions.batch).filter { !versions.overtaken.contains($0.arrival) }
    let filers = others.map(\.filer)
    let language = configuration.language
    if let index = filer.latest(among: filers) {
      let earlier = others[index]
      if let version = try earlierVersion(earlier) {
        if earlier.arrival < pending.number, isSameContent(report, verdict.findings, as: version) {
          return earlier.arrival
        }
        verdict.add(
          otherVersion(of: report, than: version, findings: verdict.findings, language: language))
      }
      versions.overtaken.insert(earlier.arrival)
    } else if let namesake = filer.namesakes(among: filers).last {
      let other = others[namesake]
      verdict.add(
        otherBody(
          of: report, arrival: other.arrival, received: other.received.date, language: language))
    }
    versions.batch.append(
      Versions.One(
        filer: filer, arrival: pending.number, received: pending.received, report: report,
        findings: verdict.findings))
    return nil
  }

  /// A version of this batch, or of the journal.
  private func earlierVersion(_ version: Versions.One) throws(JournalError) -> EarlierVersion? {
    guard let report = version.report else { return try earlierVersion(version.arrival) }
    return EarlierVersion(
      arrival: version.arrival, received: version.received.date, report: report,
      findings: version.findings,
      standing: Outcome.of(version.findings) == .returned ? nil : version.arrival)
  }

  /// A version as the journal has it, with the one that counts.
  private func earlierVersion(_ arrival: Int) throws(JournalError) -> EarlierVersion? {
    guard let detail = try journal.reader.arrival(arrival), let report = detail.report else {
      return nil
    }
    let chain = VersionChain(try journal.reader.versions(endingWith: arrival))
    return EarlierVersion(
      arrival: arrival, received: detail.arrival.received.date, report: report,
      findings: detail.findings, standing: chain?.standing?.arrival)
  }

  /// The same for an arrival that is judged again: against the version that it has overtaken.
  func compareAgain(_ verdict: inout Verdict, _ arrival: Arrival) throws {
    guard let report = verdict.report, let earlier = arrival.result?.supersedes,
      let filer = Filer(report, folder: arrival.folder),
      let older = try journal.reader.arrival(earlier), let stored = older.report,
      Filer(stored, folder: older.arrival.folder).map({ filer.latest(among: [$0]) }) == 0,
      let version = try earlierVersion(earlier)
    else { return }
    verdict.add(
      otherVersion(
        of: report, than: version, findings: verdict.findings, language: configuration.language))
  }

  func notifications(
    for verdict: Verdict, _ format: DocumentFormat
  ) -> [NotificationRequest] {
    guard verdict.outcome != .accepted, verdict.outcome != .acceptedWithWarnings else { return [] }
    let unit = verdict.report?.unit
    let addressee =
      unit.map { Addressee.unit($0, region: verdict.report?.region) } ?? .office
    let language = configuration.language
    let message =
      verdict.refusal.map { refusalSentence($0, format: format, language: language) }
      ?? outcomeSentence(verdict.outcome, findings: verdict.findings, language: language)
    return [
      NotificationRequest(to: addressee, subject: verdict.outcome.rawValue, message: message)
    ]
  }

  // MARK: Handing back

  func handBack(_ pending: Pending) throws {
    // A member has nowhere to go back to: it is claimed, and its bytes are in the archive. The next start reads it.
    guard pending.member == nil else { return }
    try journal.withdraw([pending.number])
    let path = try claimer.handBack(Int64(pending.number), to: pending.path, in: inbox.open())
    log.write(
      .handedBack,
      configuration.language.say(
        "\(path) 尚未处理，已放回收报文件夹", en: "\(path) was not handled and is back in the inbox"),
      EventFields { $0.file = path.text })
  }
}

extension Pending {
  /// Microseconds since it was received.
  var duration: Int { Int(max(0, Journal.now().microseconds - received.microseconds)) }
}

extension ReadingResult {
  /// A file that no worker needs to see.
  static func refused(_ refusal: Refusal) -> ReadingResult {
    ReadingResult(format: .unknown, encoding: nil, content: .refused(refusal))
  }
}

extension InboxPath {
  /// The name as a hint; bytes that are no UTF-8 hint at nothing.
  var nameText: String? { String(validating: name, as: UTF8.self) }

  var folderTexts: [String] {
    parent.components.compactMap { String(validating: $0, as: UTF8.self) }.map(hintText)
  }
}
