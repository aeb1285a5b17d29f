/// Whether events can be trusted to come.
public enum WatchHealth: Sendable, Hashable {
  /// Every folder met by the last whole scan is watched.
  case watching(folders: Int)
  /// Events may be missing: look at the inbox every few seconds and say so.
  case blind(Reason)

  public enum Reason: Sendable, Hashable {
    /// No scan has put watches yet.
    case notYetWatched
    /// The inbox was removed, renamed or its file system unmounted.
    case inboxLost
    /// The limit on watches, descriptors or memory was met.
    case refused(Errno, folders: Int)
    /// A file of our own was written and no event came: the watch is dead, whatever the kernel says.
    case canarySilent
    /// The file system is of a kind that others change without telling this kernel.
    case networkFileSystem(String)
  }

  public var mustPoll: Bool {
    if case .blind = self { true } else { false }
  }
}

/// What has happened since the last hint. A hint says when to look, never what is there.
public struct InboxHint: Sendable, Hashable {
  /// Something was closed after writing, moved in, or a folder came or went.
  public var changed = false
  /// The kernel's queue ran over this many times: events were lost, a scan finds what they told.
  public var overflows = 0
  /// The inbox itself was removed, renamed or unmounted.
  public var lost = false
  /// After a loss the inbox stands there again.
  public var returned = false
  /// How the watch stands now, when that has changed.
  public var health: WatchHealth?

  var isEmpty: Bool { self == InboxHint() }
}

/// The answer to a canary.
public enum CanaryResult: Sendable, Hashable {
  case alive
  case silent
  /// The canary could not be written (a full or read-only disk, a lost inbox): nothing is known.
  case notWritten(Errno)
}
