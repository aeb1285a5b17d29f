/// Keeps work that nobody waits for to a tenth of the time: the rest belongs to the files that come.
struct Share {
  private(set) var notBefore = SuspendingClock().now

  var isDue: Bool { SuspendingClock().now >= notBefore }

  /// It has just been done.
  mutating func took(since begin: SuspendingClock.Instant) {
    let end = SuspendingClock().now
    notBefore = end + max(.milliseconds(500), (end - begin) * 9)
  }

  mutating func rest(for pause: Duration) { notBefore = SuspendingClock().now + pause }
}
