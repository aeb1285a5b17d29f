/// The signs of life of the loops that must not stall. Plain logic; the clock is handed in.
public struct Heartbeats: Sendable {
  public typealias Instant = SuspendingClock.Instant

  /// A loop that has been silent for longer than it may.
  public struct Stall: Sendable, Hashable {
    public let loop: String
    public let silentFor: Duration
    public let limit: Duration
    /// What it said it was doing.
    public let doing: String
  }

  private struct Loop {
    let limit: Duration
    var last: Instant
    var rest = Duration.zero
    var doing: String
  }

  private var loops: [String: Loop] = [:]

  public init() {}

  /// From now on `loop` must beat within `limit`. A document that takes long is no stall: its reader has its own limit, and
  /// the loop that waits for it beats.
  public mutating func register(_ loop: String, limit: Duration, now: Instant) {
    loops[loop] = Loop(limit: limit, last: now, doing: "starting")
  }

  /// The loop has ended as it should.
  public mutating func retire(_ loop: String) { loops[loop] = nil }

  /// A loop that is not registered is not watched. `rest`: it has nothing to do for so long, and will be silent.
  public mutating func beat(
    _ loop: String, doing: String, rest: Duration = .zero, now: Instant
  ) {
    loops[loop]?.last = now
    loops[loop]?.rest = rest
    loops[loop]?.doing = doing
  }

  /// The longest silent first; empty when all is well.
  public func stalls(now: Instant) -> [Stall] {
    loops.compactMap { name, loop in
      let silence = now - loop.last - loop.rest
      guard silence > loop.limit else { return nil }
      return Stall(loop: name, silentFor: silence, limit: loop.limit, doing: loop.doing)
    }
    .sorted { ($1.silentFor, $0.loop) < ($0.silentFor, $1.loop) }
  }
}
