import Glibc

/// Where events and log lines go: one place for ours and for the libraries'.
///
/// Under journald each is one native entry with fields; elsewhere one plain line. The journal of reports, not this log,
/// is the record of truth: an entry that journald loses is told nobody.
public final class EventLog: Sendable {
  public enum Destination: Sendable {
    case journal
    /// Plain lines to a descriptor, 2 for standard error.
    case lines(Int32)
    /// For tests.
    case custom(@Sendable (JournalEntry) -> Void)

    /// The journal if standard error leads there, else plain lines.
    public static func detect() -> Destination {
      let value = getenv("JOURNAL_STREAM").map { String(cString: $0) }
      return leadsToJournal(2, stream: value) ? .journal : .lines(2)
    }

    /// systemd sets `JOURNAL_STREAM` to device and inode of the stream it connected. The variable is inherited by programs whose
    /// output goes elsewhere, so it counts only while the descriptor is that stream.
    static func leadsToJournal(_ descriptor: Int32, stream: String?) -> Bool {
      var status = stat()
      guard let stream, fstat(descriptor, &status) == 0 else { return false }
      return stream == "\(status.st_dev):\(status.st_ino)"
    }
  }

  let destination: Destination
  /// Less urgent entries are not written.
  public let threshold: Priority
  private let journal: JournalSocket

  public convenience init(_ destination: Destination = .detect(), threshold: Priority = .info) {
    self.init(destination, threshold: threshold, journal: JournalSocket())
  }

  init(_ destination: Destination, threshold: Priority, journal: JournalSocket) {
    self.destination = destination
    self.threshold = threshold
    self.journal = journal
  }

  /// One event. `message` is a sentence complete in itself, in the language of the setting.
  public func write(
    _ event: Event, _ message: String, _ fields: EventFields = EventFields(),
    priority: Priority? = nil, file: String = #fileID, line: UInt = #line,
    function: String = #function
  ) {
    write(
      JournalEntry(
        event: event, priority: priority ?? event.priority, message: message, fields: fields.named,
        file: file, line: line, function: function))
  }

  /// A line that is no event: particulars for whoever looks for a fault.
  public func note(
    _ priority: Priority, _ message: String, _ fields: EventFields = EventFields(),
    file: String = #fileID, line: UInt = #line, function: String = #function
  ) {
    write(
      JournalEntry(
        event: nil, priority: priority, message: message, fields: fields.named, file: file,
        line: line, function: function))
  }

  func write(_ entry: JournalEntry) {
    guard entry.priority >= threshold else { return }
    switch destination {
    case .custom(let take): take(entry)
    case .lines(let descriptor): writeLine(entry, to: descriptor)
    case .journal:
      // Too large: standard error leads to the journal too.
      if !journal.send(entry) { writeLine(entry, to: 2) }
    }
  }

  private func writeLine(_ entry: JournalEntry, to descriptor: Int32) {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    let bytes = Array((PlainLine.of(entry, at: now) + "\n").utf8)
    var done = 0
    // One write for a line: lines of several threads do not mix. A log that cannot be written stops nothing.
    while done < bytes.count {
      let n = bytes[done...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if n < 0, errno == EINTR { continue }
      if n <= 0 { return }
      done += n
    }
  }
}
