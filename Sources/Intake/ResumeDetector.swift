import Glibc

/// Tells whether the machine has slept: time that the one clock counts and the other does not.
public struct ResumeDetector: Sendable {
  private var asleep: Duration

  public init() { asleep = ResumeDetector.timeAsleep() }

  /// Whether more than a second was slept since the last question. Then events may be missing: scan.
  public mutating func hasSlept() -> Bool { hasSlept(total: ResumeDetector.timeAsleep()) }

  mutating func hasSlept(total: Duration) -> Bool {
    defer { asleep = total }
    return total - asleep > .seconds(1)
  }

  private static func timeAsleep() -> Duration {
    func read(_ clock: clockid_t) -> Duration {
      var time = timespec()
      clock_gettime(clock, &time)
      return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
    let awake = read(CLOCK_MONOTONIC)
    return read(CLOCK_BOOTTIME) - awake
  }
}
