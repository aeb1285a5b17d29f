import Reports

/// A document on its way, and who waits for it.
struct PendingJob: Sendable {
  let job: WorkerJob
  let waiter: CheckedContinuation<Result<ReadingResult, WorkerFault>, Never>
  /// Workers that this document has broken.
  var tries = 0
  /// What a worker is to have loaded for it.
  var part: ReaderPart?

  func finish(_ result: Result<ReadingResult, WorkerFault>) { waiter.resume(returning: result) }
}

/// First in, first out, without moving what waits.
struct JobQueue {
  private var waiting: [PendingJob] = []
  private var head = 0

  var isEmpty: Bool { head == waiting.count }

  mutating func append(_ job: PendingJob) { waiting.append(job) }

  mutating func next() -> PendingJob? {
    guard !isEmpty else { return nil }
    defer {
      head += 1
      if head > 256, head * 2 > waiting.count {
        waiting.removeFirst(head)
        head = 0
      }
    }
    return waiting[head]
  }

  mutating func takeAll() -> [PendingJob] {
    defer {
      waiting = []
      head = 0
    }
    return Array(waiting[head...])
  }
}
