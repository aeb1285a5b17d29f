import Dispatch
import Glibc
import Synchronization

/// A thread of its own that waits for one document at a time: waiting for a worker must not block the threads that tasks
/// share.
final class WorkerThread: Sendable {
  private let wakeUp = DispatchSemaphore(value: 0)
  private let assigned = Mutex<PendingJob?>(nil)

  /// Runs the body on a new thread. Gives the errno where there is none to be had.
  func start(_ body: @escaping @Sendable () -> Void) -> Int32 {
    let box = Unmanaged.passRetained(Body(run: body))
    var thread = pthread_t()
    let result = pthread_create(
      &thread, nil,
      { argument in
        if let argument { Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run() }
        return nil
      }, box.toOpaque())
    if result == 0 { pthread_detach(thread) } else { box.release() }
    return result
  }

  func hand(_ job: PendingJob) {
    assigned.withLock { $0 = job }
    wakeUp.signal()
  }

  func wake() { wakeUp.signal() }

  /// Until woken, or so many seconds are over.
  func wait(seconds: Double) { _ = wakeUp.wait(timeout: .now() + seconds) }

  func takeAssigned() -> PendingJob? {
    assigned.withLock { job in
      defer { job = nil }
      return job
    }
  }

  private final class Body: Sendable {
    let run: @Sendable () -> Void
    init(run: @escaping @Sendable () -> Void) { self.run = run }
  }
}
