import Glibc
import Synchronization
import Testing

@testable import Supervision

@Suite(.timeLimit(.minutes(1))) struct `Watchdog and heartbeats` {
  /// A clock that moves when told.
  final class TestClock: Sendable {
    private let time = Mutex(SuspendingClock().now)
    var now: SuspendingClock.Instant { time.withLock(\.self) }
    func advance(_ by: Duration) { time.withLock { $0 += by } }
  }

  @Test func `a loop within its limit is no stall, one beyond it is, with what it was doing`() {
    var beats = Heartbeats()
    let start = SuspendingClock().now
    beats.register("intake", limit: .seconds(10), now: start)
    beats.register("journal", limit: .seconds(5), now: start)
    beats.beat("intake", doing: "scanning", now: start + .seconds(1))
    beats.beat("journal", doing: "committing 64", now: start + .seconds(2))
    #expect(beats.stalls(now: start + .seconds(7)).isEmpty)
    #expect(
      beats.stalls(now: start + .seconds(8)) == [
        .init(
          loop: "journal", silentFor: .seconds(6), limit: .seconds(5), doing: "committing 64")
      ])
    #expect(beats.stalls(now: start + .seconds(20)).map(\.loop) == ["intake", "journal"])
    beats.retire("intake")
    #expect(beats.stalls(now: start + .seconds(20)).map(\.loop) == ["journal"])
  }

  @Test func `a loop that never beats is a stall too, a stranger's beat is nothing`() {
    var beats = Heartbeats()
    let start = SuspendingClock().now
    beats.register("intake", limit: .seconds(1), now: start)
    beats.beat("other", doing: "x", now: start + .seconds(2))
    #expect(beats.stalls(now: start + .seconds(2)).map(\.doing) == ["starting"])
  }

  @Test func `a loop that rests as it has said is no stall, until it should be back`() {
    var beats = Heartbeats()
    let start = SuspendingClock().now
    beats.register("intake", limit: .seconds(10), now: start)
    beats.beat("intake", doing: "waiting", rest: .seconds(60), now: start)
    #expect(beats.stalls(now: start + .seconds(70)).isEmpty)
    #expect(beats.stalls(now: start + .seconds(71)).map(\.doing) == ["waiting"])
    // Woken early, it is as before.
    beats.beat("intake", doing: "scanning", now: start + .seconds(5))
    #expect(beats.stalls(now: start + .seconds(16)).map(\.doing) == ["scanning"])
  }

  @Test func `pings go out while all loops beat, and cease when one stands still`() {
    let manager = TestManager()
    let clock = TestClock()
    let told = Mutex<[Heartbeats.Stall]>([])
    let watchdog = Watchdog(
      Notifier(socket: manager.path, watchdogInterval: .seconds(30)), now: { clock.now },
      onStall: { stall in told.withLock { $0.append(stall) } })
    watchdog.register("intake", limit: .seconds(20))
    watchdog.register("journal", limit: .seconds(20))
    for _ in 0..<4 {
      clock.advance(.seconds(15))
      watchdog.beat("intake", doing: "idle")
      watchdog.beat("journal", doing: "idle")
      #expect(watchdog.tick())
      #expect(manager.next(wait: false) == "WATCHDOG=1")
    }
    // The journal's loop hangs; intake alone is not enough.
    watchdog.beat("journal", doing: "syncing")
    for _ in 0..<4 {
      clock.advance(.seconds(15))
      watchdog.beat("intake", doing: "idle")
      watchdog.tick()
    }
    #expect(manager.next(wait: false) == "WATCHDOG=1")
    #expect(manager.next(wait: false) == nil)
    // Told once.
    #expect(told.withLock { $0.map(\.doing) } == ["syncing"])
    #expect(told.withLock { $0.map(\.silentFor) } == [.seconds(30)])
    // It goes on before the manager has acted; a second stall is told again.
    watchdog.beat("journal", doing: "idle")
    #expect(watchdog.tick())
    #expect(manager.next(wait: false) == "WATCHDOG=1")
    clock.advance(.seconds(21))
    #expect(!watchdog.tick())
    #expect(watchdog.stalls.count == 2)
  }

  @Test func `the timer pings at half the interval or faster`() {
    let manager = TestManager()
    let watchdog = Watchdog(
      Notifier(socket: manager.path, watchdogInterval: .milliseconds(40)), onStall: { _ in })
    #expect(watchdog.start() == 0)
    let clock = ContinuousClock()
    let time = clock.measure {
      for _ in 0..<5 { #expect(manager.next() == "WATCHDOG=1") }
    }
    watchdog.stop()
    // Five pings are four pauses of 20 ms; a busy machine is slower, a faster timer would flood.
    #expect(time > .milliseconds(60))
  }

  @Test func `a watchdog that was never started goes quietly`() {
    let watchdog = Watchdog(Notifier(socket: nil), onStall: { _ in })
    watchdog.stop()
  }
}
