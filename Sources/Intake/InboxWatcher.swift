internal import CLinux
public import Dispatch
import Glibc
import Synchronization

/// Announces that the inbox, or a folder below it, has changed.
///
/// One inotify descriptor for the life of the process, made before the first scan. The scanner puts the watches: each
/// folder is watched, then listed, in one step. Events only wake; the scan tells what is there. So an overflow, a lost
/// watch or a folder that came and was filled at once need no path of their own: they are a hint to scan.
///
/// Diagnostics: ``health`` and ``InboxHint`` say when the queue ran over, when the inbox was lost, when the kernel
/// refuses watches, and when a canary stayed silent.
public final class InboxWatcher: Sendable {
  /// Close-write and moved-to are all that a report's arrival needs; each more costs room in the kernel's queue. Creation is
  /// asked for because nothing else announces a new folder; a file's creation is passed over: its closing follows.
  /// (A link or FIFO has no closing; the regular scan finds it.)
  static let mask = UInt32(
    IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR)

  struct State {
    var root: Int32?
    var rootIdentity: FileIdentity?
    /// Watches by descriptor, with the pass that last met the folder.
    var watches: [Int32: UInt64] = [:]
    var pass: UInt64 = 0
    var refused: Errno?
    var health: WatchHealth = .blind(.notYetWatched)
    var pending = InboxHint()
    var overflows = 0
    var canary: (name: [UInt8], answer: CheckedContinuation<CanaryResult, Never>)?
    var isLost = false
    var isClosed = false
  }

  let inbox: Inbox
  private let inotify: OpenFile
  private let queue: DispatchQueue
  private let source: EventSource
  let state = Mutex(State())
  private let wake: AsyncStream<Void>.Continuation

  /// Hints for one reader. Ends with ``close()``.
  public let hints: Hints

  /// Makes the descriptor; watches nothing before the first scan. `queue` must be serial and blocked by nobody.
  public init(
    _ inbox: Inbox, queue: DispatchQueue = DispatchQueue(label: "shoubao.inbox"),
    lookForReturn interval: Duration = .milliseconds(500)
  ) throws(IntakeError) {
    let descriptor = linux_inotify_open()
    guard descriptor >= 0 else { throw IntakeError(.watch, Errno(descriptor)) }
    self.inbox = inbox
    self.queue = queue
    inotify = OpenFile(descriptor)
    let stream = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    wake = stream.continuation
    let later = WeakWatcher()
    hints = Hints(wakeups: stream.stream) { later.watcher?.take() ?? InboxHint() }
    source = EventSource(
      inotify, queue: queue, returnInterval: interval,
      events: { later.watcher?.drain() }, tick: { later.watcher?.lookForReturn() })
    later.set(self)
    source.start()
  }

  deinit { close() }

  /// Ends the hints. The descriptor goes with the last reference.
  public func close() {
    let answer = state.withLock { state in
      state.isClosed = true
      defer { state.canary = nil }
      return state.canary?.answer
    }
    answer?.resume(returning: .silent)
    source.cancel()
    wake.finish()
  }

  public var health: WatchHealth { state.withLock(\.health) }

  /// Times the kernel's queue has run over since the start.
  public var overflowCount: Int { state.withLock(\.overflows) }

  private func take() -> InboxHint {
    state.withLock { state in
      defer { state.pending = InboxHint() }
      return state.pending
    }
  }

  /// Changes the state, and wakes the reader if there is something to tell.
  func update(_ body: (inout State) -> Void) {
    let hasNews = state.withLock { state in
      let before = state.health
      body(&state)
      if state.health != before { state.pending.health = state.health }
      return !state.pending.isEmpty && !state.isClosed
    }
    if hasNews { wake.yield() }
  }

  // MARK: Watches, put by the scanner

  func beginPass() -> UInt64 {
    state.withLock { state in
      state.pass += 1
      state.refused = nil
      return state.pass
    }
  }

  /// Watches a folder that the scanner is about to list. The same folder again keeps its watch.
  func watch(_ folder: Folder, pass: UInt64) {
    // The descriptor's own path: whatever happens to names meanwhile, this folder is meant.
    let path = "/proc/self/fd/\(folder.descriptor)"
    let watch = path.withCString { inbox.calls.addWatch(inotify.descriptor, $0, Self.mask) }
    update { state in
      guard watch >= 0 else {
        state.refused = Errno(watch)
        return
      }
      state.watches[watch] = pass
      if folder.path == .root {
        state.root = watch
        state.rootIdentity = folder.identity
        // Told once, by whatever scan has found it: a tick of ours or one that was due.
        if state.isLost { state.pending.returned = true }
        state.isLost = false
      }
    }
    if folder.path == .root { source.stopTicking() }
  }

  /// How much of the inbox a walk has met.
  enum PassExtent {
    /// It was cut short or failed.
    case part
    /// All but folders that could not be read; what was not met may be there still.
    case wholeButTroubles
    case whole
  }

  /// Gives up watches on folders that a whole walk has not met, and says how things stand.
  func endPass(_ pass: UInt64, _ extent: PassExtent) {
    var stale: [Int32] = []
    let network = extent == .part ? nil : networkFileSystem()
    update { state in
      if extent == .whole {
        stale = state.watches.filter { $0.value < pass }.map(\.key)
        for watch in stale { state.watches[watch] = nil }
      }
      guard !state.isLost, state.root != nil else { return }
      if let cause = state.refused {
        state.health = .blind(.refused(cause, folders: state.watches.count))
      } else if let network {
        state.health = .blind(.networkFileSystem(network))
      } else if extent != .part, state.health != .blind(.canarySilent) {
        // A silent canary is believed until one is heard again.
        state.health = .watching(folders: state.watches.count)
      }
    }
    for watch in stale { _ = linux_inotify_remove(inotify.descriptor, watch) }
  }

  private func networkFileSystem() -> String? {
    guard let root = try? inbox.open() else { return nil }
    return FileSystem.networkName(linux_file_system(root.descriptor))
  }

  // MARK: Events

  private func drain() {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 8)
    defer { buffer.deallocate() }
    var news = News()
    while let base = buffer.baseAddress {
      let count = Int(linux_read(inotify.descriptor, base, buffer.count))
      if count <= 0 { break }
      state.withLock { state in
        InotifyRecords.each(UnsafeRawBufferPointer(rebasing: buffer[..<count])) {
          news.meet($0, &state)
        }
      }
    }
    update { state in
      state.overflows += news.overflows
      state.pending.overflows += news.overflows
      if news.changed || news.overflows > 0 { state.pending.changed = true }
      if news.lost {
        state.isLost = true
        state.root = nil
        state.rootIdentity = nil
        state.pending.lost = true
        state.pending.changed = true
        state.health = .blind(.inboxLost)
      }
      if news.overflows > 0 || news.sawCanary { news.answer = state.canary?.answer }
      if news.answer != nil { state.canary = nil }
    }
    // An overflow may have swallowed the canary, and is itself an event: the watch lives.
    news.answer?.resume(returning: .alive)
    if news.lost { source.startTicking() }
  }

  /// After a loss: whether a folder stands at the inbox's path again. The scan that follows watches it, and tells.
  private func lookForReturn() {
    guard state.withLock(\.isLost), (try? inbox.open()) != nil else { return }
    update { $0.pending.changed = true }
  }
}

/// Breaks the circle between a watcher and the closures of its source.
private final class WeakWatcher: Sendable {
  private struct Box: @unchecked Sendable {
    // Written once, before the source is started; a weak reference is safe to read anywhere.
    weak var watcher: InboxWatcher?
  }
  private let box = Mutex(Box())

  var watcher: InboxWatcher? { box.withLock(\.watcher) }
  func set(_ watcher: InboxWatcher) { box.withLock { $0.watcher = watcher } }
}
