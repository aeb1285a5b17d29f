import Dispatch

/// Runs an actor on a queue of its own: what waits for the disk must not hold up the few threads that all tasks share.
/// (Measured on two cores: three tasks blocked for a second each made a 50 ms timer a second late.)
final class QueueExecutor: SerialExecutor {
  private let queue: DispatchQueue

  init(label: String) { queue = DispatchQueue(label: label) }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }
}
