import Dispatch
import Synchronization

/// The dispatch sources of a watcher: readable events, and a tick while the inbox is lost.
///
/// Unchecked: dispatch sources are not marked `Sendable`, though libdispatch lets any thread resume or cancel them. Both are
/// constants, `start` runs once before the object is shared, and whether the tick runs is kept under a lock, since a
/// source must not be resumed or suspended twice.
final class EventSource: @unchecked Sendable {
  private let events: any DispatchSourceRead
  private let timer: any DispatchSourceTimer
  private let isTicking = Mutex(false)

  // A closure made in an isolated context would inherit that isolation and trap on the queue: these are `@Sendable`.
  init(
    _ file: OpenFile, queue: DispatchQueue, returnInterval: Duration,
    events handler: @escaping @Sendable () -> Void, tick: @escaping @Sendable () -> Void
  ) {
    events = DispatchSource.makeReadSource(fileDescriptor: file.descriptor, queue: queue)
    events.setEventHandler(handler: DispatchWorkItem(block: handler))
    // Cancelling ends later than `cancel` returns. The descriptor lives until then: closed sooner, its number could be given
    // to another file, whose events dispatch would then take off its list.
    events.setCancelHandler(handler: DispatchWorkItem { withExtendedLifetime(file) {} })
    timer = DispatchSource.makeTimerSource(queue: queue)
    timer.setEventHandler(handler: DispatchWorkItem(block: tick))
    let milliseconds = Int(returnInterval / .milliseconds(1))
    timer.schedule(
      deadline: .now() + .milliseconds(milliseconds), repeating: .milliseconds(milliseconds))
  }

  func start() { events.activate() }

  func startTicking() {
    isTicking.withLock { isTicking in
      if !isTicking { timer.resume() }
      isTicking = true
    }
  }

  func stopTicking() {
    isTicking.withLock { isTicking in
      if isTicking { timer.suspend() }
      isTicking = false
    }
  }

  func cancel() {
    // A suspended source must run before it may go.
    startTicking()
    timer.cancel()
    events.cancel()
  }
}
