/// Hints as they come. Each holds everything since the one before, so that a slow reader loses none.
public struct Hints: AsyncSequence, Sendable {
  public typealias Element = InboxHint
  public typealias Failure = Never

  let wakeups: AsyncStream<Void>
  let take: @Sendable () -> InboxHint

  public func makeAsyncIterator() -> Iterator {
    Iterator(wakeups: wakeups.makeAsyncIterator(), take: take)
  }

  public struct Iterator: AsyncIteratorProtocol {
    var wakeups: AsyncStream<Void>.Iterator
    let take: @Sendable () -> InboxHint

    public mutating func next() async -> InboxHint? {
      while await wakeups.next() != nil {
        let hint = take()
        // A wake-up may have been served together with the one before.
        if !hint.isEmpty { return hint }
      }
      return nil
    }

    public mutating func next(isolation: isolated (any Actor)?) async -> InboxHint? {
      while await wakeups.next(isolation: isolation) != nil {
        let hint = take()
        if !hint.isEmpty { return hint }
      }
      return nil
    }
  }
}
