import Checking
import Intake
import Journal
import Reports
import Supervision

// What people ask for while the daemon runs, and reading again what is in the archive.

extension Daemon {
  /// Does a step of what is asked for.
  /// - Returns: whether there is more to do.
  func answerRequests() async throws -> Bool {
    guard mustAnswer else { return false }
    mustAnswer = false
    for name in requests.waiting() {
      if isStopping { return false }
      watchdog.beat(Daemon.loop, doing: "answering requests")
      switch requests.request(name) {
      case nil:
        try requests.answer(.refused("not a request"), name)
      case .acknowledge(let ids):
        do throws(JournalError) {
          try answer(.done(try journal.acknowledge(ids)), name)
        } catch .conflict(let why) {
          try answer(.refused(why), name)
        }
      case .reprocess(let numbers):
        let step = numbers.prefix(configuration.commit.batch)
        try await reprocess(Array(step))
        let rest = Array(numbers.dropFirst(step.count))
        if rest.isEmpty {
          try answer(.done([]), name)
        } else {
          try requests.keep(.reprocess(rest), name)
        }
        mustAnswer = true
        return true
      }
    }
    requests.sweep()
    return false
  }

  private func answer(_ answer: JournalAnswer, _ name: String) throws(JournalError) {
    do {
      try requests.answer(answer, name)
    } catch {
      // The request is done; whoever asked has gone, or will see it in the journal.
      requests.withdraw(name)
      log.note(.warning, "\(requests.path): \(error.reason)")
    }
  }

  /// Reads originals again, judges them by today's program, and tells what has changed.
  private func reprocess(_ numbers: [Int]) async throws {
    var running: [Int: DocumentReading] = [:]
    var details: [Int: ArrivalDetail] = [:]
    for number in numbers {
      guard let detail = try journal.reader.arrival(number), detail.arrival.isReadable,
        let result = detail.arrival.result, let digest = result.sha256,
        result.size <= configuration.limits.fileBytes
      else { continue }
      details[number] = detail
      let original = Archive.Stored(digest: digest, size: result.size, replacedDamage: false)
      running[number] = try read(
        .kept(original), InboxPath(detail.arrival.path) ?? .root, label: "\(number)")
    }
    var judgements: [Judgement] = []
    for number in numbers {
      guard let document = running[number], let detail = details[number] else { continue }
      watchdog.beat(Daemon.loop, doing: "reading originals again")
      let result = try await document.result.value.get()
      // What was refused as a file and is now known to hold files would need numbers for them: it is filed again.
      if result.isContainer {
        log.note(.warning, "\(number): \(result.format.rawValue), not unpacked")
        continue
      }
      judgements.append(try judge(detail, result))
    }
    try rejudge(judgements)
  }

  /// Writes judgements that take the place of earlier ones, and tells those that say something else.
  func rejudge(_ judgements: [Judgement]) throws {
    watchdog.beat(Daemon.loop, doing: "committing")
    guard !judgements.isEmpty else { return }
    let changed = try journal.rejudge(judgements)
    try tell(changed.map(\.number))
    if !changed.isEmpty { updateStatus(inInbox: 0) }
  }

  private func judge(_ detail: ArrivalDetail, _ result: ReadingResult) throws -> Judgement {
    let arrival = detail.arrival
    let before =
      try result.report.map { try self.before($0, folder: arrival.folder) } ?? ReportBefore.missing
    var verdict = Verdict(
      on: result, received: arrival.received.date, roster: roster, before: before,
      language: configuration.language)
    if let report = verdict.report {
      for finding in try across(report, arrival.number, folder: arrival.folder, before: before) {
        verdict.add(finding)
      }
    }
    try compareAgain(&verdict, arrival)
    return Judgement(
      number: arrival.number, digest: arrival.result?.sha256, size: arrival.result?.size ?? 0,
      format: result.format, encoding: result.encoding, outcome: verdict.outcome,
      reason: verdict.refusal, report: verdict.report, findings: verdict.findings,
      duration: arrival.result?.duration ?? 0,
      notifications: notifications(for: verdict, result.format), collection: arrival.result?.year)
  }
}

extension Arrival {
  /// It was judged by itself and not by others: neither a duplicate nor a container.
  fileprivate var isReadable: Bool {
    guard let outcome = result?.outcome else { return false }
    return outcome != .duplicate && outcome != .unpacked
  }
}
