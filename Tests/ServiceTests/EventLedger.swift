import Supervision
import Synchronization

/// Everything a daemon has logged, and a way to wait for it.
final class EventLedger: Sendable {
  private struct Waiter {
    let id: Int
    let isMet: @Sendable ([JournalEntry]) -> Bool
    let continuation: CheckedContinuation<Bool, Never>
  }

  private struct State {
    var entries: [JournalEntry] = []
    var waiters: [Waiter] = []
    var made = 0
  }

  private let state = Mutex(State())

  var log: EventLog { EventLog(.custom { self.take($0) }, threshold: .debug) }

  var entries: [JournalEntry] { state.withLock(\.entries) }

  func all(_ event: Event) -> [JournalEntry] { entries.filter { $0.event == event } }

  private func take(_ entry: JournalEntry) {
    let met = state.withLock { state in
      state.entries.append(entry)
      let met = state.waiters.filter { $0.isMet(state.entries) }
      state.waiters.removeAll { waiter in met.contains { $0.id == waiter.id } }
      return met
    }
    for waiter in met { waiter.continuation.resume(returning: true) }
  }

  /// Waits until the entries, old and new, satisfy a condition.
  ///
  /// - Throws: ``NeverHappened`` with all that was logged instead.
  func wait(
    for what: String, seconds: Double = 60,
    until isMet: @escaping @Sendable ([JournalEntry]) -> Bool
  ) async throws {
    let id = state.withLock { state in
      state.made += 1
      return state.made
    }
    let timer = Task {
      try await Task.sleep(for: .seconds(seconds))
      let late = state.withLock { state -> Waiter? in
        guard let place = state.waiters.firstIndex(where: { $0.id == id }) else { return nil }
        return state.waiters.remove(at: place)
      }
      late?.continuation.resume(returning: false)
    }
    let happened = await withCheckedContinuation { continuation in
      let isMetAlready = state.withLock { state in
        if isMet(state.entries) { return true }
        state.waiters.append(Waiter(id: id, isMet: isMet, continuation: continuation))
        return false
      }
      if isMetAlready { continuation.resume(returning: true) }
    }
    timer.cancel()
    guard happened else {
      throw NeverHappened(what: what, log: entries.map(\.line))
    }
  }

  /// Waits for the next event of a kind beyond so many.
  func wait(for event: Event, count: Int = 1, seconds: Double = 60) async throws {
    try await wait(for: "\(count) × \(event.rawValue)", seconds: seconds) { entries in
      entries.count { $0.event == event } >= count
    }
  }
}

struct NeverHappened: Error, CustomStringConvertible {
  let what: String
  let log: [String]

  var description: String {
    (["never happened: \(what); logged was:"] + log).joined(separator: "\n")
  }
}

extension JournalEntry {
  static let outcomes: Set<Event> = [
    .accepted, .returned, .unrecognised, .unreadable, .duplicate, .unpacked,
  ]

  /// The event tells what became of an arrival.
  var isOutcome: Bool { event.map(JournalEntry.outcomes.contains) ?? false }

  func field(_ name: String) -> String? { fields.first { $0.name == name }?.value }

  fileprivate var line: String {
    ([event?.rawValue ?? "note", message] + fields.map { "\($0.name)=\($0.value)" })
      .joined(separator: " ")
  }
}
