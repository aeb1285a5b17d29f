import Synchronization

/// Lets so many at a time; who comes later waits, first come first served.
final class Turns: Sendable {
  private struct State {
    var free: Int
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state: Mutex<State>

  init(_ count: Int) { state = Mutex(State(free: count)) }

  func take() async {
    await withCheckedContinuation { waiter in
      let isFree = state.withLock { state in
        guard state.free > 0 else {
          state.waiting.append(waiter)
          return false
        }
        state.free -= 1
        return true
      }
      if isFree { waiter.resume() }
    }
  }

  func give() {
    let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
      guard !state.waiting.isEmpty else {
        state.free += 1
        return nil
      }
      return state.waiting.removeFirst()
    }
    next?.resume()
  }
}
