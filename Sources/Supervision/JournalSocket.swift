internal import CLinux
import Glibc
import Synchronization

/// Where journald takes entries with fields.
///
/// `sd_journal_sendv` waits for ever while journald stands still, and says nothing of what it could not send. A log must hold
/// nobody up: here the first entry that is not taken is given up after half a second, those after it at once, and how many
/// are missing is the first thing that journald is told when it listens again.
final class JournalSocket: Sendable {
  static let systemPath = "/run/systemd/journal/socket"

  private let path: String
  /// Entries that were not taken, since the last that was.
  private let missing = Mutex(0)

  init(path: String = systemPath) { self.path = path }

  /// Whether it was sent, or at least counted as missing; `false`: it is too large for a datagram.
  func send(_ entry: JournalEntry) -> Bool {
    missing.withLock { missing in
      if missing > 0, deliver(Self.gap(of: missing), milliseconds: 0) == 0 { missing = 0 }
      let result = deliver(entry, milliseconds: missing > 0 ? 0 : 500)
      if result == -EMSGSIZE { return false }
      if result < 0 { missing += 1 }
      return true
    }
  }

  private func deliver(_ entry: JournalEntry, milliseconds: Int32) -> Int32 {
    let bytes = entry.datagram
    return linux_send_datagram(path, bytes, bytes.count, -1, milliseconds)
  }

  private static func gap(of count: Int) -> JournalEntry {
    JournalEntry(
      event: nil, priority: .warning,
      message: "systemd-journald 曾无响应，\(count) 条日志没有记下，台账不受影响 "
        + "(journald did not listen: \(count) log entries are missing here, none in the journal of reports)",
      fields: EventFields { $0.count = Int64(count) }.named,
      file: #fileID, line: #line, function: #function)
  }
}
