import Synchronization

/// Counts calls from anywhere.
final class Counter: Sendable {
  private let count = Mutex(0)

  @discardableResult
  func add() -> Int {
    count.withLock { count in
      count += 1
      return count
    }
  }

  var value: Int { count.withLock(\.self) }
}
