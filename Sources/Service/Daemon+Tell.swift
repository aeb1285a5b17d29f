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
    var records: [ReceiptRecord] = []
    var folders: [[[UInt8]]: [(name: [UInt8], bytes: [UInt8])]] = [:]
    var told: [ArrivalDetail] = []
    for number in numbers {
      guard let detail = try journal.reader.arrival(number),
        let content = try ReceiptContent(detail, journal.reader, configuration.language)
      else { continue }
      var path = ReceiptPath(file: detail.arrival.path, arrival: Int64(number))
      // A newer file of the same name has its receipt there.
      if let holder = try journal.reader.receiptHolder(path.file("")), holder > number {
        path = ReceiptPath(file: detail.arrival.path, arrival: Int64(number), isMarked: true)
      }
      let bytes = [Array(receiptHTML(content).utf8), Array(receiptText(content).utf8)]
      for (ending, bytes) in zip(Outbox.endings, bytes) {
        folders[path.folder, default: []].append((path.stem + Array(ending.utf8), bytes))
      }
      records.append(
        ReceiptRecord(
          arrival: number, path: path.file(""), html: SHA256.digest(of: bytes[0]),
          text: SHA256.digest(of: bytes[1])))
      told.append(detail)
    }
    for (folder, files) in folders { try outbox.write(files, folder: folder) }
    try journal.told(records)
    for detail in told {
      if detail.past.isEmpty { logOutcome(detail) } else { logChange(detail) }
    }
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
