import Digests
import Journal
import Receipts
import Reports
import Supervision

// Answers: receipts in the outbox, events in the log. Both are derived from the journal.

extension Daemon {
  /// Writes the receipts of judged arrivals, marks them as told, and logs what became of them.
  func tell(_ numbers: [Int]) throws {
    guard !numbers.isEmpty else { return }
    watchdog.beat(Daemon.loop, doing: "writing receipts")
    let derived = try derive(numbers)
    try write(derived)
    try journal.told(derived.map(\.record))
    for receipt in derived {
      if receipt.detail.past.isEmpty {
        logOutcome(receipt.detail)
      } else {
        logChange(receipt.detail)
      }
    }
  }

  /// Once after the start, when nothing else waits: writes receipts again that are gone from the outbox, a few hundred at a
  /// time. Somebody removed them, or a backup was restored, which has none. What this program writes otherwise than the one
  /// before is told anew, with an entry.
  /// - Returns: whether there is more to do.
  func tellAgain() throws -> Bool {
    guard let last = lookedAtReceipts else { return false }
    watchdog.beat(Daemon.loop, doing: "looking at receipts")
    let standing = try journal.reader.standingReceipts(after: last)
    guard let end = standing.last else {
      lookedAtReceipts = nil
      return false
    }
    let missing = standing.filter { !outbox.has($0.path) }
    if !missing.isEmpty { try writeAgain(missing) }
    lookedAtReceipts = end.id
    return true
  }

  private func writeAgain(_ missing: [StandingReceipt]) throws {
    let language = configuration.language
    log.note(
      .notice,
      language.say(
        "回执文件夹中缺少 \(missing.count) 份回执，正在重新写出",
        en: "\(missing.count) receipts are gone from the outbox and are written again"))
    let derived = try derive(missing.map(\.arrival))
    try write(derived)
    let known = Dictionary(missing.map { ($0.arrival, $0) }) { _, newer in newer }
    try journal.told(
      derived.map(\.record).filter { record in
        let before = known[record.arrival]
        return before?.html != record.html || before?.text != record.text
      })
  }

  private struct Derived {
    let detail: ArrivalDetail
    let record: ReceiptRecord
    let path: ReceiptPath
    let bytes: [[UInt8]]
  }

  private func derive(_ numbers: [Int]) throws -> [Derived] {
    let details = try journal.reader.arrivals(numbers)
    let told = try details.compactMap { detail -> (ArrivalDetail, ReceiptContent, ReceiptPath)? in
      let number = detail.arrival.number
      let content = try ReceiptContent(detail, journal.reader, configuration.language)
      guard let content else { return nil }
      let path = ReceiptPath(file: detail.arrival.path, arrival: Int64(number))
      // A newer file of the same name has its receipt there.
      guard let holder = try journal.reader.receiptHolder(path.file("")), holder > number else {
        return (detail, content, path)
      }
      return (
        detail, content,
        ReceiptPath(file: detail.arrival.path, arrival: Int64(number), isMarked: true)
      )
    }
    // Page and text each by themselves: who drops one file waits for the longer of them.
    let pages = onAllCores(told.flatMap { [(content: $0.1, isPage: true), ($0.1, false)] }) {
      let bytes = Array(($0.isPage ? receiptHTML($0.content) : receiptText($0.content)).utf8)
      return (bytes: bytes, digest: SHA256.digest(of: bytes))
    }
    return told.enumerated().map { place, told in
      let (page, text) = (pages[2 * place], pages[2 * place + 1])
      return Derived(
        detail: told.0,
        record: ReceiptRecord(
          arrival: told.0.arrival.number, path: told.2.file(""), html: page.digest,
          text: text.digest), path: told.2, bytes: [page.bytes, text.bytes])
    }
  }

  private func write(_ receipts: [Derived]) throws {
    try outbox.write(
      receipts.flatMap { receipt in
        zip(Outbox.endings, receipt.bytes).map { ending, bytes in
          Outbox.File(
            folder: receipt.path.folder, name: receipt.path.stem + Array(ending.utf8), bytes: bytes)
        }
      })
  }

  /// It was judged before; now it is judged otherwise.
  private func logChange(_ detail: ArrivalDetail) {
    guard let result = detail.arrival.result, let before = detail.past.last else { return }
    let arrival = detail.arrival
    let language = configuration.language
    let subject = arrival.identity?.unit ?? arrival.displayName
    let words = [before.outcome, result.outcome].map { outcomeWord($0, language: language) }
    log.write(
      .rejudged,
      language.say(
        "第 \(arrival.number) 号重新核对：\(subject)，\(words[0]) → \(words[1])",
        en: "number \(arrival.number) judged again: \(subject), \(words[0]) → \(words[1])"),
      fields(arrival, result))
  }

  private func fields(_ arrival: Arrival, _ result: Arrival.Result) -> EventFields {
    EventFields {
      $0.arrival = Int64(arrival.number)
      $0.file = arrival.displayName
      $0.digest = result.sha256?.description
      $0.unit = arrival.identity?.unit
      $0.year = arrival.identity?.year
      $0.outcome = result.outcome.rawValue
      $0.errors = result.errors
      $0.warnings = result.warnings
      $0.durationMicroseconds = Int64(result.duration)
      $0.reason = result.reason?.code.rawValue
      $0.parent = arrival.parent.map(Int64.init)
      $0.earlier = (result.duplicateOf ?? result.supersedes).map(Int64.init)
    }
  }

  private func logOutcome(_ detail: ArrivalDetail) {
    guard let result = detail.arrival.result else { return }
    let language = configuration.language
    let arrival = detail.arrival
    let fields = fields(arrival, result)
    let subject = arrival.identity?.unit ?? arrival.displayName
    log.write(
      Event(result.outcome),
      language.say(
        "第 \(arrival.number) 号：\(subject)，\(outcomeWord(result.outcome, language: language))",
        en: "number \(arrival.number): \(subject), "
          + outcomeWord(result.outcome, language: language)), fields)
    if let older = result.supersedes {
      log.write(
        .superseded,
        result.outcome == .returned
          ? language.say(
            "第 \(arrival.number) 号是第 \(older) 号之后的一份，已退回更正：\(subject)",
            en: "number \(arrival.number) came after number \(older) and was returned: \(subject)")
          : language.say(
            "第 \(arrival.number) 号代替了第 \(older) 号：\(subject)",
            en: "number \(arrival.number) takes the place of number \(older): \(subject)"), fields)
    }
  }
}

extension Event {
  fileprivate init(_ outcome: Outcome) {
    self =
      switch outcome {
      case .accepted, .acceptedWithWarnings: .accepted
      case .returned: .returned
      case .unrecognised: .unrecognised
      case .unreadable: .unreadable
      case .duplicate: .duplicate
      case .unpacked: .unpacked
      }
  }
}
