import CLinux
import Glibc
import Synchronization

/// Pings the manager's watchdog at half its interval, but only while every registered loop makes progress.
///
/// On a stall it says once who, for how long and doing what, and stops pinging; the manager then ends the process with a core
/// dump. It never ends the process itself. The timer has a thread of its own: a blocked thread pool cannot stop it, only
/// a stalled loop can; and one that only sleeps wakes the machine no more often than the manager asks for.
public final class Watchdog: Sendable {
  public typealias Instant = Heartbeats.Instant

  private struct State {
    var beats = Heartbeats()
    var told: Set<String> = []
  }

  private let state = Mutex(State())
  private let notifier: Notifier
  private let now: @Sendable () -> Instant
  private let onStall: @Sendable (Heartbeats.Stall) -> Void
  private let timer: WatchdogTimer

  /// Without a manager that watches, stalls are still told; looked for every 15 seconds.
  public init(
    _ notifier: Notifier, now: @escaping @Sendable () -> Instant = { SuspendingClock().now },
    onStall: @escaping @Sendable (Heartbeats.Stall) -> Void
  ) {
    self.notifier = notifier
    self.now = now
    self.onStall = onStall
    timer = WatchdogTimer(every: (notifier.watchdogInterval ?? .seconds(30)) / 2)
  }

  /// Begins to ping; to be called once. Gives the errno where there is no thread or pipe to be had: then nobody pings, and the
  /// manager would end the process without a word of why.
  public func start() -> Int32 {
    timer.start { [weak self] in self?.tick() }
  }

  public func stop() { timer.stop() }

  public func register(_ loop: String, limit: Duration) {
    state.withLock { $0.beats.register(loop, limit: limit, now: now()) }
  }

  public func retire(_ loop: String) { state.withLock { $0.beats.retire(loop) } }

  /// `loop` makes progress, and is about to do this; or to rest, for so long.
  public func beat(_ loop: String, doing: String, rest: Duration = .zero) {
    state.withLock { $0.beats.beat(loop, doing: doing, rest: rest, now: now()) }
  }

  /// What is stalled now.
  public var stalls: [Heartbeats.Stall] { state.withLock { $0.beats.stalls(now: now()) } }

  /// One look: pings, or tells of new stalls. The timer calls this; whether a ping was due.
  @discardableResult
  func tick() -> Bool {
    let (stalls, new) = state.withLock { state in
      let stalls = state.beats.stalls(now: now())
      let new = stalls.filter { !state.told.contains($0.loop) }
      state.told = Set(stalls.map(\.loop))
      return (stalls, new)
    }
    for stall in new { onStall(stall) }
    if stalls.isEmpty { notifier.send(.watchdog) }
    return stalls.isEmpty
  }
}

/// A thread that sleeps between ticks. By the clock that nobody can set; a pipe whose other end is closed ends the sleep.
private final class WatchdogTimer: Sendable {
  private struct State {
    var ends: (read: Int32, write: Int32)?
    var isOver = false
  }

  private let milliseconds: Int32
  private let state = Mutex(State())

  init(every interval: Duration) {
    milliseconds = Int32(clamping: max(1, Int(interval / .milliseconds(1))))
  }

  deinit { stop() }

  func start(_ tick: @escaping @Sendable () -> Void) -> Int32 {
    var ends: [Int32] = [-1, -1]
    let result = linux_pipe(&ends)
    guard result == 0 else { return -result }
    state.withLock { $0.ends = (ends[0], ends[1]) }
    let sleeper = Unmanaged.passRetained(Sleeper(end: ends[0], milliseconds, tick))
    var thread = pthread_t()
    let refused = pthread_create(
      &thread, nil,
      { argument in
        if let argument { Unmanaged<Sleeper>.fromOpaque(argument).takeRetainedValue().run() }
        return nil
      }, sleeper.toOpaque())
    if refused == 0 { pthread_detach(thread) } else { sleeper.release() }
    return refused
  }

  func stop() {
    let end = state.withLock { state in
      defer { (state.ends, state.isOver) = (nil, true) }
      return state.ends?.write
    }
    if let end { close(end) }
  }

  private final class Sleeper: Sendable {
    private let end: Int32
    private let milliseconds: Int32
    private let tick: @Sendable () -> Void

    init(end: Int32, _ milliseconds: Int32, _ tick: @escaping @Sendable () -> Void) {
      (self.end, self.milliseconds, self.tick) = (end, milliseconds, tick)
    }

    deinit { close(end) }

    func run() {
      var end = pollfd(fd: end, events: Int16(POLLIN), revents: 0)
      repeat {
        tick()
        end.revents = 0
        // A signal may end the sleep early: one ping more.
      } while poll(&end, 1, milliseconds) <= 0
    }
  }
}
