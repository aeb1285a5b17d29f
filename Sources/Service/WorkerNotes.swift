import Reports
import Supervision
import Synchronization
import WorkerLink

// What workers tell the daemon of themselves, for the log and the status line.

/// The layers that the workers' cage lacks. Written from workers' threads.
final class CageGaps: Sendable {
  private let gaps = Mutex<[Cage.Gap]>([])

  func set(_ new: [Cage.Gap]) { gaps.withLock { $0 = new } }

  /// Their names, or nothing.
  var layers: String { gaps.withLock { $0 }.map(\.layer.rawValue).joined(separator: " ") }
}

extension EventLog {
  func write(_ event: WorkerEvent, _ language: Language) {
    let ending = event.ending.description + (event.words.map { "; \($0)" } ?? "")
    write(
      .workerDied,
      language.say(
        "读取进程 \(event.pid) 意外结束（\(ending)），文件：\(event.job ?? "无")"
          + (event.isRetried ? "，将再试一次" : ""),
        en: "worker \(event.pid) ended (\(ending)) with \(event.job ?? "nothing") in hand"
          + (event.isRetried ? "; it is tried once more" : "")),
      EventFields { $0.arrival = event.job.flatMap { Int64($0) } })
  }

  func write(_ cage: Cage, _ language: Language) {
    let layers = cage.layers.map(\.rawValue).joined(separator: " ")
    let missing = cage.gaps.map(\.description).joined(separator: ", ")
    write(
      .cage,
      cage.isClosed
        ? language.say("读取进程已完全隔离（\(layers)）", en: "readers are locked in (\(layers))")
        : language.say(
          "读取进程隔离不全，缺 \(missing)", en: "readers are not locked in entirely: \(missing) missing"),
      EventFields {
        $0.cage = layers
        $0.cageMissing =
          cage.isClosed ? nil : cage.gaps.map(\.layer.rawValue).joined(separator: " ")
      },
      priority: cage.isClosed ? nil : .warning)
  }
}
