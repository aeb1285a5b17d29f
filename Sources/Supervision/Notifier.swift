internal import CLinux
internal import CSystemd
import Glibc
import Synchronization

/// Tells the service manager how things stand (the protocol of sd_notify(3)).
///
/// Without a manager nothing is sent and nothing is wrong. A message that cannot be sent is told once, by `onFailure`.
/// The datagrams are sent by us and not by `sd_notify`, which reads the environment at each call: ours is read once, and
/// taken away from child processes.
public final class Notifier: Sendable {
  public enum Assignment: Sendable, Hashable {
    case ready
    /// One line for people.
    case status(String)
    /// The loops make progress.
    case watchdog
    /// An invariant is broken: end us as if the watchdog had.
    case watchdogTrigger
    /// A reload has begun; carries the monotonic time, for managers of version 253 and later.
    case reloading
    case stopping
    /// From now on, so long until the next sign.
    case extendTimeout(Duration)
    case errno(Int32)

    var text: String {
      switch self {
      case .ready: "READY=1"
      case .status(let line): "STATUS=\(Notifier.oneLine(line))"
      case .watchdog: "WATCHDOG=1"
      case .watchdogTrigger: "WATCHDOG=trigger"
      case .reloading: "RELOADING=1\nMONOTONIC_USEC=\(Notifier.monotonicMicroseconds())"
      case .stopping: "STOPPING=1"
      case .extendTimeout(let time): "EXTEND_TIMEOUT_USEC=\(Int64(time / .microseconds(1)))"
      case .errno(let code): "ERRNO=\(code)"
      }
    }
  }

  private let socket: String?
  /// Within this the manager wants a `watchdog`; `nil` when it does not watch.
  public let watchdogInterval: Duration?
  private let onFailure: @Sendable (Int32) -> Void
  private let hasFailed = Mutex(false)

  public init(
    socket: String?, watchdogInterval: Duration? = nil,
    onFailure: @escaping @Sendable (_ errno: Int32) -> Void = { _ in }
  ) {
    self.socket = socket
    self.watchdogInterval = watchdogInterval
    self.onFailure = onFailure
  }

  /// Reads `NOTIFY_SOCKET` and the watchdog's variables and removes them, so that no child can speak for us. To be called
  /// once, early, while there is one thread.
  public static func takingEnvironment(
    onFailure: @escaping @Sendable (_ errno: Int32) -> Void = { _ in }
  ) -> Notifier {
    var microseconds: UInt64 = 0
    let watches = sd_watchdog_enabled(1, &microseconds) > 0
    let socket = getenv("NOTIFY_SOCKET").map { String(cString: $0) }
    unsetenv("NOTIFY_SOCKET")
    return Notifier(
      socket: socket,
      watchdogInterval: watches ? .microseconds(Int64(clamping: microseconds)) : nil,
      onFailure: onFailure)
  }

  public var hasManager: Bool { socket != nil }

  /// Sends all in one datagram; whether it was sent.
  @discardableResult
  public func send(_ assignments: Assignment...) -> Bool {
    guard let socket else { return false }
    let result = linux_notify(socket, assignments.map(\.text).joined(separator: "\n"), -1)
    guard result < 0 else { return true }
    let isFirst = hasFailed.withLock { hasFailed in
      defer { hasFailed = true }
      return !hasFailed
    }
    if isFirst { onFailure(-result) }
    return false
  }

  /// Waits until the manager has read everything sent; before ending, so that the last words are heard.
  @discardableResult
  public func barrier(timeout: Duration = .seconds(5)) -> Bool {
    guard let socket else { return false }
    return linux_notify_barrier(socket, Int32(timeout / .milliseconds(1))) >= 0
  }

  /// A newline would begin another assignment.
  private static func oneLine(_ text: String) -> String {
    let scalars = text.unicodeScalars.map { scalar -> Unicode.Scalar in
      scalar.value < 0x20 || scalar.value == 0x7F ? " " : scalar
    }
    return JournalEntry.cut(String(String.UnicodeScalarView(scalars)), to: 1024)
  }

  private static func monotonicMicroseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
  }
}
