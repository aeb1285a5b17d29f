/// A worker ended when it should not have.
public struct WorkerEvent: Sendable, Hashable {
  public let pid: Int32
  /// The ``WorkerJob/label`` it had in hand; `nil`: none.
  public let job: String?
  public let ending: WorkerEnding
  /// What a runtime library wrote when it ended the process, as “Fatal error: Index out of range”.
  public let words: String?
  /// The document is tried once more, in a fresh process.
  public let isRetried: Bool
}

/// How a worker came to its end.
public enum WorkerEnding: Sendable, Hashable {
  case signal(Int32)
  case exit(Int32)
  /// Killed: no answer within so many seconds.
  case overran(seconds: Double)
  /// Killed by its limit of processor time.
  case processorTime
  /// Killed: it answered with what is no result.
  case garbled
  /// Killed: it closed the link and went on.
  case closedLink

  /// The document took too long, as against: broke the program.
  var isTime: Bool {
    switch self {
    case .overran, .processorTime: true
    case .signal, .exit, .garbled, .closedLink: false
    }
  }
}

extension WorkerEnding: CustomStringConvertible {
  public var description: String {
    switch self {
    case .signal(let number): "signal \(number)"
    case .exit(let status): "exit \(status)"
    case .overran(let seconds): "> \(seconds) s"
    case .processorTime: "processor time"
    case .garbled: "garbled answer"
    case .closedLink: "closed link"
    }
  }
}
