import Glibc
import Intake
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

/// A document that the workers have.
struct DocumentReading: Sendable {
  /// Closed with its last owner.
  final class File: Sendable {
    let descriptor: Int32

    init(_ descriptor: Int32) { self.descriptor = descriptor }
    deinit { close(descriptor) }
  }

  let file: File
  let job: WorkerJob
  let result: Task<Result<ReadingResult, any Error>, Never>
}

extension Daemon {
  /// Hands a document to the workers. Detached: they do not wait until the loop rests.
  func read(
    _ original: Original, _ path: InboxPath, label: String
  ) throws -> DocumentReading {
    let file = DocumentReading.File(try original.open(in: archive))
    let job = WorkerJob(
      descriptor: file.descriptor,
      request: WorkerRequest(
        fileName: path.nameText, folders: path.folderTexts,
        bytesLimit: configuration.limits.fileBytes, limits: configuration.limits.ofDocuments),
      label: label)
    let result = Task.detached { [workers] () -> Result<ReadingResult, any Error> in
      defer { withExtendedLifetime(file) {} }
      do {
        return .success(try await workers.read(job))
      } catch {
        return .failure(error)
      }
    }
    return DocumentReading(file: file, job: job, result: result)
  }

  /// What becomes of a document that is being read. A container is unpacked too.
  func reading(_ document: DocumentReading, _ pending: Pending) -> ReadingTask {
    Task.detached {
      defer { withExtendedLifetime(document.file) {} }
      do {
        let result = try await document.result.value.get()
        guard result.isContainer else { return .success(.result(result)) }
        if let member = pending.member {
          return .success(.result(.refusing(member.refusal, result.format)))
        }
        return .success(try await self.unpack(document.job, pending))
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
