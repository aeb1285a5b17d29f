import Glibc
import Journal
import Reports
import Supervision
import WorkerLink

// Documents that hang or take long. Others do not wait for them: the batch goes on without, and they are concluded when
// they are read. Until then they lie in `work/` like everything that is claimed, so that a kill changes nothing.

typealias ReadingTask = Task<Result<Daemon.Reading, any Error>, Never>

struct SlowDocument: Sendable {
  let pending: Pending
  let original: Archive.Stored?
  var result: Result<Daemon.Reading, any Error>?
}

extension Daemon {
  /// Hands a document to the workers, and closes its descriptor behind it. A container is unpacked too. Detached: the workers
  /// do not wait until the loop rests.
  func reading(_ job: WorkerJob, _ pending: Pending) -> ReadingTask {
    Task.detached { [workers] in
      defer { close(job.descriptor) }
      do {
        let result = try await workers.read(job)
        guard result.isContainer else { return .success(.result(result)) }
        if let member = pending.member {
          return .success(.result(.refusing(member.refusal, result.format)))
        }
        return .success(try await self.unpack(job, pending))
      } catch {
        return .failure(error)
      }
    }
  }

  /// A batch waits for its documents as long as they come at least this often.
  private var patience: Duration { .seconds(min(configuration.limits.readSeconds, 5)) }

  /// What is read before the patience is at its end.
  func inTime(_ running: [Int: ReadingTask]) async -> [Int: Result<Reading, any Error>] {
    guard !running.isEmpty else { return [:] }
    let (arrivals, arrived) = AsyncStream<(Int, Result<Reading, any Error>)>.makeStream()
    for (number, task) in running { Task { arrived.yield((number, await task.value)) } }
    func newTimer() -> Task<Void, Never> {
      Task { [patience] in
        guard (try? await Task.sleep(for: patience)) != nil else { return }
        arrived.finish()
      }
    }
    var timer = newTimer()
    var results: [Int: Result<Reading, any Error>] = [:]
    for await (number, result) in arrivals {
      watchdog.beat(Daemon.loop, doing: "reading documents")
      results[number] = result
      timer.cancel()
      if results.count == running.count { break }
      timer = newTimer()
    }
    timer.cancel()
    return results
  }

  /// Goes on without a document, until it is read.
  func setAside(_ pending: Pending, _ original: Archive.Stored?, _ task: ReadingTask) {
    slow[pending.number] = SlowDocument(pending: pending, original: original)
    Task {
      let result = await task.value
      slow[pending.number]?.result = result
      requestLook()
    }
  }

  /// Concludes the slow documents that have been read by now.
  func finishSlow() throws {
    let done = slow.values.filter { $0.result != nil }
      .sorted { $0.pending.number < $1.pending.number }
    guard !done.isEmpty else { return }
    var read: [Int: Reading] = [:]
    for document in done {
      slow[document.pending.number] = nil
      switch document.result {
      case .success(let result): read[document.pending.number] = result
      case .failure(WorkerFault.shutDown), nil: break
      // A fault of ours: it lies in `work/`, and is read again with everything that does.
      case .failure(let fault):
        mustRecover = true
        throw Trouble(fault)
      }
    }
    mustRecover = true
    try conclude(done.map(\.pending), done.map(\.original), read)
    mustRecover = false
    updateStatus(inInbox: 0)
  }

  /// Before the end. What cannot be handed back is found in `work/` at the next start.
  func handBackSlow() {
    for document in slow.values { try? handBack(document.pending) }
    slow = [:]
  }
}
