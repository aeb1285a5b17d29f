/// What becomes of a candidate now.
public enum Decision: Sendable {
  case ready(SettledFile)
  case wait(Wait)
  /// It is not there any more.
  case gone
}

/// A file that is not ready, and when it is looked at next without being asked.
public struct Wait: Sendable, Hashable {
  public enum Reason: Sendable, Hashable {
    /// The kernel says that somebody has it open for writing.
    case writer
    /// No lease can be had; the quiet time runs.
    case quiet
    /// Quiet, but the document breaks off and is young.
    case brokenOff
    /// The caller asked for a pause.
    case asked
    /// It became another file between two looks.
    case changed
    case tooManyWaiting
    /// A call failed; nothing is known of the file.
    case trouble(IntakeError)
  }

  public let until: SuspendingClock.Instant
  public let reason: Reason
}

/// A file that nobody writes any more, with the proof.
///
/// With a lease the proof holds as long as this value lives: a new writer has to wait (45 s unless the machine says
/// otherwise). So claim soon, or let it go.
public struct SettledFile: Sendable {
  public enum Proof: String, Sendable {
    /// The kernel has given a read lease.
    case lease
    /// Unchanged for the quiet time.
    case quiet
    /// A writer opened the file while it was being claimed: what was claimed may still change.
    case contested
  }

  public enum Content: Sendable {
    case readable(OpenFile, Proof)
    case noPermission
    /// A link, FIFO, socket or device; never opened.
    case notARegularFile
  }

  public let path: InboxPath
  public let status: FileStatus
  public let content: Content
  let folder: Folder
}

extension Candidate {
  func settled(_ content: SettledFile.Content) -> SettledFile {
    SettledFile(path: path, status: status, content: content, folder: folder)
  }
}
