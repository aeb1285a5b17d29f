import Glibc
import Synchronization

/// How far a long command is, on standard error, where that is a terminal.
final class Progress: Sendable {
  private let what: String
  private let isShown = isatty(STDERR_FILENO) == 1
  private let wasShown = Mutex(false)

  init(_ what: String) { self.what = what }

  deinit { end() }

  func show(_ done: Int, of total: Int?) {
    guard isShown else { return }
    wasShown.withLock { wasShown in
      wasShown = true
      write("\r\(what) \(done)\(total.map { " / \($0)" } ?? "") ", to: STDERR_FILENO)
    }
  }

  /// Takes the line away.
  func end() {
    wasShown.withLock { wasShown in
      guard wasShown else { return }
      wasShown = false
      write("\r\u{1B}[K", to: STDERR_FILENO)
    }
  }
}
