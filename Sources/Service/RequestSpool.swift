import CLinux
import Dispatch
import Glibc

// What people ask of the one writer of the journal while it runs: a folder beside the journal, into which a command puts a
// request and out of which the daemon takes it. Whoever may write there (group shoubao) may ask.
//
//   .new-…          being written; nobody looks at it
//   NAME.request    waits, or is being done; rewritten with what is left after each step, so that a kill repeats little
//   NAME.answer     done; taken away by whoever asked

/// Something to be done to the journal.
public enum JournalRequest: Sendable, Hashable {
  /// Notifications have been seen.
  case acknowledge([Int])
  /// Arrivals are read and judged again.
  case reprocess([Int])

  /// A word, and numbers behind it.
  var text: String {
    switch self {
    case .acknowledge(let numbers): "acknowledge \(JournalRequest.text(numbers))\n"
    case .reprocess(let numbers): "reprocess \(JournalRequest.text(numbers))\n"
    }
  }

  private static func text(_ numbers: [Int]) -> String {
    numbers.map(String.init).joined(separator: " ")
  }

  init?(_ bytes: [UInt8]) {
    let words = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace)
    let numbers = words.dropFirst().map { Int($0) }
    guard let verb = words.first, !numbers.isEmpty, numbers.allSatisfy({ $0 ?? 0 > 0 }) else {
      return nil
    }
    switch verb {
    case "acknowledge": self = .acknowledge(numbers.compactMap(\.self))
    case "reprocess": self = .reprocess(numbers.compactMap(\.self))
    default: return nil
    }
  }
}

/// What became of a request.
public enum JournalAnswer: Sendable, Hashable {
  /// Done; the numbers for which something changed.
  case done([Int])
  case refused(String)

  var text: String {
    switch self {
    case .done(let numbers): "done " + numbers.map(String.init).joined(separator: " ") + "\n"
    case .refused(let why): "refused \(why)\n"
    }
  }

  init?(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    if text.hasPrefix("done") {
      self = .done(text.split(whereSeparator: \.isWhitespace).dropFirst().compactMap { Int($0) })
    } else if text.hasPrefix("refused ") {
      self = .refused(String(text.dropFirst(8).prefix { $0 != "\n" }))
    } else {
      return nil
    }
  }
}

/// The folder of requests.
public struct RequestSpool: Sendable {
  public let path: String

  private static let request = ".request"
  private static let answer = ".answer"
  /// Numbers of a whole country's arrivals.
  private static let limit = 16 << 20

  public init(path: String) { self.path = path }

  /// Puts a request in, durably.
  /// - Returns: its name.
  public func submit(_ request: JournalRequest) throws(FileError) -> String {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    // In the order of asking.
    let seconds = String(time.tv_sec)
    let parts = [seconds, String(time.tv_nsec), String(getpid())]
    let name = zip(parts, [12, 9, 8]).map { part, width in
      String(repeating: "0", count: max(0, width - part.count)) + part
    }.joined(separator: "-")
    try write(Array(request.text.utf8), name + RequestSpool.request)
    return name
  }

  /// The names of what waits, oldest first.
  func waiting() -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard name.hasSuffix(RequestSpool.request), !name.hasPrefix(".") else { continue }
      names.append(String(name.dropLast(RequestSpool.request.count)))
    }
    return names.sorted()
  }

  /// What is asked, or left of it; `nil`: nothing that could be read.
  public func request(_ name: String) -> JournalRequest? {
    (try? readFile(file(name, RequestSpool.request), limit: RequestSpool.limit, links: false))
      .flatMap { JournalRequest($0) }
  }

  /// After a step: so much is left.
  func keep(_ request: JournalRequest, _ name: String) throws(FileError) {
    try write(Array(request.text.utf8), name + RequestSpool.request)
  }

  /// Answers, and takes the request away.
  func answer(_ answer: JournalAnswer, _ name: String) throws(FileError) {
    try write(Array(answer.text.utf8), name + RequestSpool.answer)
    unlink(file(name, RequestSpool.request))
  }

  /// The answer, taken out; `nil`: not yet.
  public func takeAnswer(_ name: String) -> JournalAnswer? {
    let path = file(name, RequestSpool.answer)
    guard let bytes = try? readFile(path, limit: RequestSpool.limit, links: false),
      let answer = JournalAnswer(bytes)
    else { return nil }
    unlink(path)
    return answer
  }

  /// Takes a request back that nobody does.
  public func withdraw(_ name: String) { unlink(file(name, RequestSpool.request)) }

  /// Answers that nobody has taken for a day.
  func sweep() {
    guard let folder = opendir(path) else { return }
    defer { closedir(folder) }
    let now = time(nil)
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard name.hasSuffix(RequestSpool.answer) || name.hasPrefix(".new-") else { continue }
      var status = stat()
      let file = "\(path)/\(name)"
      if lstat(file, &status) == 0, status.st_mtim.tv_sec < now - 86_400 { unlink(file) }
    }
  }

  private func file(_ name: String, _ ending: String) -> String { "\(path)/\(name)\(ending)" }

  private func write(_ bytes: [UInt8], _ name: String) throws(FileError) {
    let temporary = "\(path)/.new-\(getpid())-\(name)"
    unlink(temporary)
    let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o660)
    guard file >= 0 else { throw FileError(path: path, code: errno) }
    // Whatever the umask: the daemon and whoever asks share the folder's group.
    fchmod(file, 0o660)
    var failure: Int32 = 0
    var rest = bytes[...]
    while !rest.isEmpty, failure == 0 {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      let code = errno
      if count >= 0 { rest = rest.dropFirst(count) } else if code != EINTR { failure = code }
    }
    if failure == 0, fsync(file) != 0 { failure = errno }
    close(file)
    if failure == 0, rename(temporary, "\(path)/\(name)") != 0 { failure = errno }
    guard failure == 0 else {
      unlink(temporary)
      throw FileError(path: path, code: failure)
    }
    let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw FileError(path: path, code: errno) }
    defer { close(folder) }
    guard fsync(folder) == 0 else { throw FileError(path: path, code: errno) }
  }
}

/// Tells when a request is put into the spool. Where the kernel refuses a watch, requests are found when the daemon looks
/// around, every few seconds.
///
/// Unchecked: dispatch sources are not marked `Sendable`; the one here is a constant that is only cancelled.
final class RequestWatch: @unchecked Sendable {
  private let source: any DispatchSourceRead

  init?(_ spool: RequestSpool, wake: @escaping @Sendable () -> Void) {
    let inotify = linux_inotify_open()
    guard inotify >= 0 else { return nil }
    guard linux_inotify_add(inotify, spool.path, UInt32(IN_MOVED_TO)) >= 0 else {
      close(inotify)
      return nil
    }
    source = DispatchSource.makeReadSource(fileDescriptor: inotify, queue: .global())
    source.setEventHandler(
      handler: DispatchWorkItem {
        var events = [UInt8](repeating: 0, count: 4096)
        while linux_read(inotify, &events, events.count) > 0 {}
        wake()
      })
    source.setCancelHandler(handler: DispatchWorkItem { close(inotify) })
    source.activate()
  }

  func cancel() { source.cancel() }
}
