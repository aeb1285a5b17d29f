import Dispatch
import Synchronization

/// Pings the manager's watchdog at half its interval, but only while every registered loop makes progress.
///
/// On a stall it says once who, for how long and doing what, and stops pinging; the manager then ends the process with a core
/// dump. It never ends the process itself. The timer has a queue of its own: a blocked thread pool cannot stop it, only
/// a stalled loop can.
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

  /// Begins to ping; to be called once.
  public func start() {
    timer.start { [weak self] in self?.tick() }
  }

  public func stop() { timer.stop() }

  public func register(_ loop: String, limit: Duration) {
    state.withLock { $0.beats.register(loop, limit: limit, now: now()) }
  }

  public func retire(_ loop: String) { state.withLock { $0.beats.retire(loop) } }

  /// `loop` makes progress, and is about to do this.
  public func beat(_ loop: String, doing: String) {
    state.withLock { $0.beats.beat(loop, doing: doing, now: now()) }
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

/// Unchecked: a dispatch source is not marked `Sendable`, though any thread may activate and cancel it. It is a constant;
/// its handler is set once, before it is activated.
private final class WatchdogTimer: @unchecked Sendable {
  private let source: any DispatchSourceTimer
  private let isStarted = Mutex(false)

  init(every interval: Duration) {
    let milliseconds = max(1, Int(interval / .milliseconds(1)))
    source = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "shoubao.watchdog"))
    source.schedule(deadline: .now(), repeating: .milliseconds(milliseconds))
  }

  deinit { stop() }

  func start(_ tick: @escaping @Sendable () -> Void) {
    isStarted.withLock { isStarted in
      guard !isStarted else { return }
      isStarted = true
      source.setEventHandler(handler: DispatchWorkItem(block: tick))
      source.activate()
    }
  }

  func stop() {
    isStarted.withLock { isStarted in
      // A source that never ran must run before it may go.
      if !isStarted { source.activate() }
      isStarted = true
      source.cancel()
    }
  }
}
