import Glibc
public import Reports
import Synchronization

/// Workers as there is work for them: up to the number of the settings, each with one document at a time, gone when idle.
///
/// *Guarantees*: a document's fault never throws. A worker that dies or overruns costs one more try in a fresh process,
/// behind the documents that wait by then, and then a refusal with code `worker_died` or `timed_out`. No process is left unreaped, and none outlives the daemon.
///
/// *Blocking*: nothing blocks the threads of tasks; each worker has a thread of its own.
///
/// *Cancellation*: a document once given runs to its end; its deadline bounds that.
public final class WorkerPool: Sendable {
  private let settings: WorkerSettings
  private let report: @Sendable (WorkerEvent) -> Void
  private let reportCage: @Sendable (Cage) -> Void
  private let state = Mutex(State())

  private struct State {
    var queue = JobQueue()
    /// Threads that wait for work, the one longest without it first.
    var idle: [WorkerThread] = []
    /// Threads that take work, now or later.
    var takers = 0
    /// Threads that have not ended, and so may have a process.
    var running = 0
    var processes: Set<Int32> = []
    /// Of the worker that started last.
    var cage: Cage?
    var isShutDown = false
    var shutdownWaiters: [CheckedContinuation<Void, Never>] = []
  }

  /// Both are called from a worker's thread, at once.
  /// - Parameters:
  ///   - report: for every worker that ends when it should not.
  ///   - cage: how far workers have locked themselves in: with the first, and whenever that changes.
  public init(
    _ settings: WorkerSettings, report: @escaping @Sendable (WorkerEvent) -> Void,
    cage: @escaping @Sendable (Cage) -> Void = { _ in }
  ) {
    self.settings = settings
    self.report = report
    reportCage = cage
  }

  /// Reads one document, after those given before it.
  public func read(_ job: WorkerJob) async throws(WorkerFault) -> ReadingResult {
    try await withCheckedContinuation { waiter in
      submit(PendingJob(job: job, waiter: waiter))
    }.get()
  }

  /// Starts workers before there is work for them until there are so many, or as many as the settings allow, and returns
  /// when they wait for it. What keeps one from starting is thrown here, before any document has come.
  public func startAhead(_ count: Int) async throws(WorkerFault) {
    let fault = await withTaskGroup(of: WorkerFault?.self) { group in
      for _ in 0..<max(0, min(count, settings.count)) {
        group.addTask { await self.startOne(ofAtMost: count) }
      }
      return await group.compactMap(\.self).first { _ in true }
    }
    if let fault { throw fault }
  }

  private func startOne(ofAtMost count: Int) async -> WorkerFault? {
    let isNew = state.withLock { state in
      guard !state.isShutDown, state.takers < min(count, settings.count) else { return false }
      state.takers += 1
      state.running += 1
      return true
    }
    guard isNew else { return nil }
    return await withCheckedContinuation { waiter in
      let result = startThread { waiter.resume(returning: $0) }
      if result != 0 { waiter.resume(returning: .system(call: "pthread_create", errno: result)) }
    }
  }

  /// Ends every worker at once; what they had in hand and what still waits throws ``WorkerFault/shutDown``. Returns when
  /// all are reaped.
  public func shutdown() async {
    await withCheckedContinuation { waiter in
      let (abandoned, idle, isDone) = state.withLock { state in
        state.isShutDown = true
        // Unreaped as long as they are listed, so that no number means another process by now.
        for pid in state.processes { kill(-pid, SIGKILL) }
        if state.running > 0 { state.shutdownWaiters.append(waiter) }
        return (state.queue.takeAll(), state.idle, state.running == 0)
      }
      for job in abandoned { job.finish(.failure(.shutDown)) }
      for thread in idle { thread.wake() }
      if isDone { waiter.resume() }
    }
  }

  // MARK: Work to threads

  private enum Placed {
    case refused
    case handed(to: WorkerThread)
    case queued(needsThread: Bool)
  }

  private func submit(_ job: PendingJob) {
    let placed = state.withLock { state -> Placed in
      if state.isShutDown { return .refused }
      // The one idle for the shortest time, so that those too many leave.
      if let thread = state.idle.popLast() { return .handed(to: thread) }
      state.queue.append(job)
      guard state.takers < settings.count else { return .queued(needsThread: false) }
      state.takers += 1
      state.running += 1
      return .queued(needsThread: true)
    }
    switch placed {
    case .refused: job.finish(.failure(.shutDown))
    case .handed(let thread): thread.hand(job)
    case .queued(let needsThread): if needsThread { startThread() }
    }
  }

  @discardableResult
  private func startThread(ahead ready: (@Sendable (WorkerFault?) -> Void)? = nil) -> Int32 {
    let thread = WorkerThread()
    let result = thread.start { [self] in run(thread, ahead: ready) }
    guard result != 0 else { return 0 }
    // Whoever still takes work takes it; if nobody does, it cannot wait.
    let abandoned = state.withLock { state in
      state.takers -= 1
      return state.takers == 0 ? state.queue.takeAll() : []
    }
    for job in abandoned {
      job.finish(.failure(.system(call: "pthread_create", errno: result)))
    }
    threadEnded()
    return result
  }

  /// The next document for the thread; `nil`: none came in time, or no more will.
  private func next(_ thread: WorkerThread) -> PendingJob? {
    enum Turn {
      case job(PendingJob)
      case wait, leave
    }
    let turn = state.withLock { state -> Turn in
      if state.isShutDown {
        state.takers -= 1
        return .leave
      }
      if let job = state.queue.next() { return .job(job) }
      state.idle.append(thread)
      return .wait
    }
    switch turn {
    case .job(let job): return job
    case .leave: return nil
    case .wait: break
    }
    thread.wait(seconds: settings.idleSeconds)
    let isLeaving = state.withLock { state in
      guard let place = state.idle.firstIndex(where: { $0 === thread }) else { return false }
      state.idle.remove(at: place)
      state.takers -= 1
      return true
    }
    guard !isLeaving else { return nil }
    // Taken from the idle ones, so a document comes, if it is not there yet.
    while true {
      if let job = thread.takeAssigned() { return job }
      thread.wait(seconds: settings.idleSeconds)
    }
  }

  private func threadEnded() {
    let waiters = state.withLock { state -> [CheckedContinuation<Void, Never>] in
      state.running -= 1
      guard state.running == 0 else { return [] }
      defer { state.shutdownWaiters = [] }
      return state.shutdownWaiters
    }
    for waiter in waiters { waiter.resume() }
  }

  // MARK: A worker's thread

  /// A thread has a process of each kind at most, as its documents have wanted them.
  private typealias Processes = [ReaderPart?: WorkerProcess]

  private func run(_ thread: WorkerThread, ahead ready: (@Sendable (WorkerFault?) -> Void)?) {
    var processes: Processes = [:]
    if let ready {
      do throws(WorkerFault) {
        processes[nil] = try start(nil)
        ready(nil)
      } catch {
        ready(error)
      }
    }
    while let pending = next(thread) {
      serve(pending, &processes)
    }
    for process in processes.values { _ = end(process) }
    threadEnded()
  }

  /// Reads one document, and answers whoever waits for it; or puts it at the end of the queue for its second try.
  private func serve(_ pending: PendingJob, _ processes: inout Processes) {
    var pending = pending
    if pending.tries > 0, let used = processes[pending.part], used.served > 0 {
      processes[pending.part] = nil
      _ = end(used)
    }
    while true {
      switch read(pending, &processes[pending.part]) {
      case .answer(.success(let result)):
        if let part = result.needs, part.isMore(than: pending.part) {
          pending.part = part
          continue
        }
        pending.finish(.success(result))
      case .answer(let fault): pending.finish(fault)
      case .again:
        var again = pending
        again.tries += 1
        let isQueued = state.withLock { state in
          if !state.isShutDown { state.queue.append(again) }
          return !state.isShutDown
        }
        if !isQueued { pending.finish(.failure(.shutDown)) }
      }
      return
    }
  }

  private enum Turn {
    case answer(Result<ReadingResult, WorkerFault>)
    case again
  }

  private func read(_ pending: PendingJob, _ process: inout WorkerProcess?) -> Turn {
    let job = pending.job
    while true {
      let worker: WorkerProcess
      do throws(WorkerFault) {
        if let process { worker = process } else { worker = try start(pending.part) }
      } catch {
        return .answer(.failure(error))
      }
      process = worker
      let answer = worker.read(job)
      if case .result(let result) = answer {
        if worker.served >= settings.documentsEach {
          process = nil
          _ = end(worker)
        }
        return .answer(.success(result))
      }
      process = nil
      switch answer {
      case .result(let result): return .answer(.success(result))
      case .stale:
        let (ending, words) = end(worker, .closed)
        if state.withLock({ $0.isShutDown }) { return .answer(.failure(.shutDown)) }
        report(
          WorkerEvent(
            pid: worker.pid, job: nil, ending: ending, words: words.fatal, isRetried: false))
        // One that has just started and greeted, and is gone: something ends our workers.
        guard worker.served > 0 else {
          return .answer(
            .failure(.startFailed(path: settings.executable, ending: ending, words: words.last)))
        }
      case .fault(let fault):
        _ = end(worker)
        return .answer(.failure(fault))
      case .failed(let failure):
        let (ending, words) = end(worker, failure)
        if state.withLock({ $0.isShutDown }) { return .answer(.failure(.shutDown)) }
        let isFirst = pending.tries == 0
        report(
          WorkerEvent(
            pid: worker.pid, job: job.label, ending: ending, words: words.fatal,
            isRetried: isFirst))
        guard !isFirst else { return .again }
        let refusal = Refusal(
          ending.isTime ? .timedOut : .workerDied, detail: ending.description)
        return .answer(
          .success(ReadingResult(format: .unknown, encoding: nil, content: .refused(refusal))))
      }
    }
  }

  private func start(_ part: ReaderPart?) throws(WorkerFault) -> WorkerProcess {
    let process = try WorkerProcess(settings, part)
    let isShutDown = state.withLock { state in
      state.processes.insert(process.pid)
      return state.isShutDown
    }
    guard !isShutDown else {
      _ = end(process)
      throw .shutDown
    }
    switch process.greet() {
    case .failed(let failure):
      let (ending, words) = end(process, failure)
      if state.withLock({ $0.isShutDown }) { throw .shutDown }
      throw .startFailed(path: settings.executable, ending: ending, words: words.last)
    case .cage(let cage):
      let isNews = state.withLock { state in
        defer { state.cage = cage }
        return state.cage != cage
      }
      if isNews { reportCage(cage) }
      guard cage.isClosed || settings.cage == .prefer else {
        _ = end(process)
        throw .cageOpen(cage.gaps)
      }
      return process
    }
  }

  private func end(
    _ process: WorkerProcess, _ failure: WorkerProcess.Failure? = nil
  ) -> (ending: WorkerEnding, words: LastWords) {
    state.withLock { _ = $0.processes.remove(process.pid) }
    return process.end(failure)
  }
}
