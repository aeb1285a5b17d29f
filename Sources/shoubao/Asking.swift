import Glibc
import Journal
import Reports
import Service

/// Has the one writer of the journal do something: the daemon if it runs, else this very program.
struct Asking {
  private let configuration: Configuration
  private let spool: RequestSpool
  private var language: Language { configuration.language }

  init(_ configuration: Configuration) {
    self.configuration = configuration
    spool = RequestSpool(path: configuration.places.requests)
  }

  /// A step that this program can do by itself at once.
  func ask(
    _ request: JournalRequest, alone: (Journal) throws -> JournalAnswer
  ) async throws -> JournalAnswer {
    if !Journal.isOpen(path: configuration.places.journal) {
      do {
        let journal = try Journal(path: configuration.places.journal)
        defer { try? journal.close() }
        return try alone(journal)
      } catch JournalError.inUse {
        // A daemon has started meanwhile.
      } catch JournalError.unavailable {
        let name = try submit(request)
        throw left(name)
      } catch let error as JournalError {
        throw unavailable(error, language)
      }
    }
    return try await wait(for: try submit(request), seconds: 30) { _ in }
  }

  /// Something that takes long. It is left in the spool when this program is ended, and done by whoever runs next.
  func ask(
    _ request: JournalRequest, waiting seconds: Double?,
    progress: @escaping @Sendable (Int) -> Void,
    alone: (String) async throws -> Void
  ) async throws -> JournalAnswer {
    let name = try submit(request)
    guard !Journal.isOpen(path: configuration.places.journal) else {
      return try await wait(for: name, seconds: seconds, progress: progress)
    }
    let watch = Task {
      while !Task.isCancelled {
        if case .reprocess(let rest)? = spool.request(name) { progress(rest.count) }
        try? await Task.sleep(for: .milliseconds(200))
      }
    }
    defer { watch.cancel() }
    try await alone(name)
    return spool.takeAnswer(name) ?? .done([])
  }

  private func submit(_ request: JournalRequest) throws -> String {
    do {
      return try spool.submit(request)
    } catch {
      throw fail(
        language.say(
          "不能写入 \(spool.path)（\(error.reason)）；请用 root 或 shoubao 组的用户运行",
          en:
            "cannot write to \(spool.path) (\(error.reason)): run this as root or as a member of group shoubao"
        ),
        .unavailable)
    }
  }

  private func left(_ name: String) -> any Error {
    fail(
      language.say(
        "服务没有运行，这里又无权写台账；请求已留下，服务启动后照办",
        en:
          "no daemon runs and the journal cannot be written from here; the request is left for its next start"
      ),
      .tryAgain)
  }

  private func wait(
    for name: String, seconds: Double?, progress: (Int) -> Void
  ) async throws -> JournalAnswer {
    let start = SuspendingClock().now
    while true {
      if let answer = spool.takeAnswer(name) { return answer }
      if case .reprocess(let rest)? = spool.request(name) { progress(rest.count) }
      let isOver = seconds.map { SuspendingClock().now > start + .seconds($0) } ?? false
      guard !isOver, Journal.isOpen(path: configuration.places.journal) else {
        throw fail(
          language.say(
            "服务还没有回答；请求已留下，服务会照办", en: "no answer yet; the request is left and will be done"),
          .tryAgain)
      }
      try await Task.sleep(for: .milliseconds(100))
    }
  }
}
