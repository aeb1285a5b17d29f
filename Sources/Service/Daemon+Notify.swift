import Dispatch
import Journal
import Reports
import Supervision
import Synchronization

// Handing notifications to the office's command, one after the other, beside the loop: nobody waits for a gateway.
//
// The journal says what was taken. A daemon that dies between the command's end and that entry hands the same notification over again:
// told twice is better than not at all, and `id` tells the gateway.

/// What is known of the command until the next start.
struct Delivery {
  var running: Task<Void, Never>?
  var notBefore = SuspendingClock().now
  /// In a row.
  var failures = 0
  /// Since the start.
  var allFailures = 0
  /// For each notification that was refused: the others go first.
  var tries: [Int: Int] = [:]
  var said: String?
  let stop = StopFlag()
}

/// Raised once, seen by the thread that waits for the command.
final class StopFlag: Sendable {
  private let raised = Atomic<Bool>(false)
  var isRaised: Bool { raised.load(ordering: .relaxed) }
  func raise() { raised.store(true, ordering: .relaxed) }
}

extension Daemon {
  /// Hands over the next notification, if there is one and its time has come.
  func deliver() throws(JournalError) {
    guard let command = configuration.notify.command, !isStopping, delivery.running == nil,
      SuspendingClock().now >= delivery.notBefore
    else { return }
    let waiting = try journal.reader.undelivered(limit: 1000)
    let tries = delivery.tries
    let next = waiting.min { a, b in
      (tries[a.id] ?? 0, a.id) < (tries[b.id] ?? 0, b.id)
    }
    guard let next else {
      delivery.failures = 0
      delivery.tries = [:]
      return
    }
    let run = CommandRun(command, seconds: configuration.notify.timeoutSeconds)
    guard let input = try? message(next).bytes else { return }
    delivery.running = Task { [stop = delivery.stop] in
      let outcome = await withCheckedContinuation { continuation in
        // A thread of its own that may wait: those of tasks are few.
        DispatchQueue(label: "shoubao.notify").async {
          continuation.resume(returning: run.run(input: input) { stop.isRaised })
        }
      }
      delivered(next.id, outcome)
    }
  }

  private func message(_ notification: Notification) throws(JournalError) -> NotificationMessage {
    var receipts: [String]?
    if let arrival = notification.arrival, let detail = try journal.reader.arrival(arrival) {
      receipts = detail.receipts.last { $0.replacedBy == nil }.map { receipt in
        Outbox.endings.map {
          "\(outbox.path)/" + String(decoding: receipt.record.path, as: UTF8.self) + $0
        }
      }
    }
    return NotificationMessage(notification: notification, receipts: receipts)
  }

  private func delivered(_ id: Int, _ outcome: CommandRun.Outcome) {
    delivery.running = nil
    let language = configuration.language
    let reason: String
    switch outcome {
    case .cancelled: return
    case .done:
      do {
        try journal.delivered(id)
      } catch {
        meet(Trouble(error), while: language.say("登记通知已送出", en: "noting a delivery"))
      }
      if delivery.said != nil {
        log.note(.notice, language.say("通知程序已恢复正常", en: "notify.command works again"))
      }
      delivery.said = nil
      delivery.failures = 0
      delivery.tries[id] = nil
      delivery.notBefore = SuspendingClock().now
      requestLook()
      return
    case .failed(let code, let words):
      reason = language.say("退出码 \(code)", en: "exit code \(code)") + behind(words)
    case .killed(let signal, let words):
      reason = language.say("被信号 \(signal) 终止", en: "ended by signal \(signal)") + behind(words)
    case .timedOut(let words):
      reason = language.say("超时", en: "its time was over") + behind(words)
    case .notStarted(let why): reason = language.say("无法启动：", en: "cannot be started: ") + why
    }
    delivery.failures += 1
    delivery.allFailures += 1
    delivery.tries[id, default: 0] += 1
    let pause = Duration.seconds(min(1 << min(delivery.failures - 1, 10), 300))
    delivery.notBefore = SuspendingClock().now + pause
    // Said when it begins and when it becomes another one, not at every try.
    if delivery.said != reason {
      delivery.said = reason
      log.note(
        .error,
        language.say(
          "通知程序没有送出第 \(id) 条通知（\(reason)），\(pause) 后再送",
          en: "notify.command did not take notification \(id) (\(reason)); tried again in \(pause)")
      )
    }
    requestLook()
  }

  private func behind(_ words: String) -> String {
    words.isEmpty ? "" : configuration.language.say("，", en: ", ") + words
  }

  /// When the loop has to look again for the command's sake.
  var nextDelivery: SuspendingClock.Instant? {
    let isPaused = delivery.running == nil && delivery.failures > 0
    return isPaused && configuration.notify.command != nil ? delivery.notBefore : nil
  }

  /// Ends the command that is running; its notification is handed over again after the next start.
  func stopDelivery() async {
    delivery.stop.raise()
    await delivery.running?.value
  }
}
