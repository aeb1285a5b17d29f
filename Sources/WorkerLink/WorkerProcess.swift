import CLinux
import FoundationEssentials
import Glibc
import Reports

/// One worker process and the link to it. Used by one thread, which starts it and ends it: the kernel kills a worker when
/// the thread that started it ends.
final class WorkerProcess {
  let pid: Int32
  private(set) var served = 0
  private let socket: Int32
  /// Becomes readable when the process ends, also where something it started still holds the socket.
  private let ending: Int32
  /// What the worker writes to standard error. It lies in the pipe until the worker ends, or until the next document; what
  /// does not fit is lost, so that nothing from outside can fill the log.
  private let words: Int32
  private let settings: WorkerSettings
  /// What it loads beside the usual.
  private let part: ReaderPart?

  /// What became of one document.
  enum Answer {
    case result(ReadingResult)
    /// The worker was gone before it had the document.
    case stale
    case failed(Failure)
    case fault(WorkerFault)
  }

  enum Failure: Equatable {
    case silent(seconds: Double)
    case closed, garbled
  }

  /// Starts the program; sets its limits. It has not said yet that it is there: see ``greet()``.
  init(_ settings: WorkerSettings, _ part: ReaderPart? = nil) throws(WorkerFault) {
    self.settings = settings
    self.part = part
    guard access(settings.executable, X_OK) == 0 else {
      throw .executableMissing(path: settings.executable)
    }
    var pair: [Int32] = [-1, -1]
    let paired = linux_socket_pair(&pair)
    guard paired == 0 else { throw .system(call: "socketpair", errno: -paired) }
    socket = pair[0]
    var pipe: [Int32] = [-1, -1]
    let piped = linux_pipe(&pipe)
    guard piped == 0 else {
      for descriptor in pair { close(descriptor) }
      throw .system(call: "pipe2", errno: -piped)
    }
    words = pipe[0]
    let spawned = WorkerProcess.spawn(
      settings.executable, part, socket: pair[1], words: pipe[1])
    close(pair[1])
    close(pipe[1])
    guard spawned > 0 else {
      close(socket)
      close(words)
      throw .system(call: "posix_spawn", errno: -spawned)
    }
    pid = spawned
    ending = linux_process_descriptor(spawned)
    guard ending >= 0 else {
      let number = -ending
      _ = end()
      throw .system(call: "pidfd_open", errno: number)
    }
    let limited =
      settings.memoryBytes > 0 ? linux_limit_memory(pid, UInt64(settings.memoryBytes)) : 0
    guard limited == 0 else {
      _ = end()
      throw .system(call: "prlimit", errno: -limited)
    }
  }

  private static func spawn(
    _ path: String, _ part: ReaderPart?, socket: Int32, words: Int32
  ) -> Int32 {
    // Nothing of the daemon's environment: no notification socket, no loader's paths. With a time zone of its own name
    // glibc looks for none on disk.
    let environment = [
      "PATH=/usr/bin:/bin", "LANG=C.UTF-8", "TZ=UTC0", "SWIFT_BACKTRACE=enable=no",
    ]
    func copies(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
      texts.map { strdup($0) } + [nil]
    }
    let arguments = copies([path, String(getpid())] + (part.map { [$0.rawValue] } ?? []))
    let variables = copies(environment)
    defer { for text in arguments + variables { free(text) } }
    return linux_spawn(path, arguments, variables, socket, words)
  }

  enum Greeting {
    case cage(Cage)
    case failed(Failure)
  }

  /// Waits until the worker says that it is there, and how far it has locked itself in.
  func greet() -> Greeting {
    let deadline = Deadline(after: settings.startSeconds)
    let start = receive(Link.greeting.count + Link.Head.size, by: deadline)
    guard case .bytes(let bytes) = start else { return .failed(inStarting(start)) }
    let head = Link.Head(Array(bytes.dropFirst(Link.greeting.count)))
    guard bytes.starts(with: Link.greeting), head.length <= Link.greetingLimit else {
      return .failed(.garbled)
    }
    let rest = receive(head.length, by: deadline)
    guard case .bytes(let json) = rest else { return .failed(inStarting(rest)) }
    guard let cage = try? JSONDecoder().decode(Cage.self, from: Data(json)) else {
      return .failed(.garbled)
    }
    return .cage(cage)
  }

  private func inStarting(_ received: Received) -> Failure {
    switch received {
    case .failed(.silent): .silent(seconds: settings.startSeconds)
    case .failed(let failure): failure
    case .bytes: .garbled
    }
  }

  func read(_ job: WorkerJob) -> Answer {
    // Between documents the link is silent: anything to be read is the end, or from a worker out of step.
    if linux_await(socket, ending, 0) != 0 { return .stale }
    let limited = linux_limit_processor(pid, UInt64(settings.processor(part)))
    if limited == -ESRCH { return .stale }
    guard limited == 0 else { return .fault(.system(call: "prlimit", errno: -limited)) }
    _ = heard()
    let number = UInt64.random(in: .min ... .max)
    guard let request = try? Link.frame(job.request, number: number) else {
      return .fault(.system(call: "encode", errno: EINVAL))
    }
    let deadline = Deadline(after: settings.deadline(part))
    switch Link.send(request, passing: job.descriptor, to: socket) {
    case 0: break
    case EPIPE, ECONNRESET: return .stale
    case let reason: return .fault(.system(call: "sendmsg", errno: reason))
    }
    served += 1
    return answer(to: number, by: deadline, for: job)
  }

  private func answer(to number: UInt64, by deadline: Deadline, for job: WorkerJob) -> Answer {
    let head: Link.Head
    switch receive(Link.Head.size, by: deadline) {
    case .bytes(let bytes): head = Link.Head(bytes)
    case .failed(let failure): return .failed(failure)
    }
    guard head.number == number, head.length <= Link.frameLimit else { return .failed(.garbled) }
    switch receive(head.length, by: deadline) {
    case .failed(let failure): return .failed(failure)
    case .bytes(let json):
      guard let result = try? JSONDecoder().decode(ReadingResult.self, from: Data(json)) else {
        return .failed(.garbled)
      }
      guard let unpacked = result.unpacked else { return .result(result) }
      guard let limits = job.request.unpacking,
        let total = unpacked.total(within: limits)
      else { return .failed(.garbled) }
      return pour(total, into: job.spool, by: deadline) ?? .result(result)
    }
  }

  /// The bytes behind an answer; `nil`: they are in the file, all of them.
  private func pour(_ count: Int, into spool: Int32, by deadline: Deadline) -> Answer? {
    // An earlier try may have left some there.
    guard ftruncate(spool, 0) == 0, lseek(spool, 0, SEEK_SET) == 0 else {
      return .fault(.system(call: "ftruncate", errno: errno))
    }
    var left = count
    while left > 0 {
      switch receive(min(left, 256 << 10), by: deadline) {
      case .failed(let failure): return .failed(failure)
      case .bytes(let bytes):
        let result = bytes.withUnsafeBytes { linux_write_all(spool, $0.baseAddress, $0.count) }
        guard result >= 0 else { return .fault(.system(call: "write", errno: Int32(-result))) }
        left -= bytes.count
      }
    }
    return nil
  }

  private enum Received {
    case bytes([UInt8])
    case failed(Failure)
  }

  private func receive(_ count: Int, by deadline: Deadline) -> Received {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: min(max(count, 1), 256 << 10))
    while bytes.count < count {
      let ready = linux_await(socket, ending, deadline.milliseconds)
      if ready == -EINTR { continue }
      guard ready > 0 else { return .failed(.silent(seconds: settings.deadline(part))) }
      guard ready == 1 else { return .failed(.closed) }
      var passed: Int32 = -1
      let wanted = min(piece.count, count - bytes.count)
      let result = piece.withUnsafeMutableBytes { buffer in
        linux_receive(socket, buffer.baseAddress, wanted, 0, &passed)
      }
      // A worker has nothing to hand us.
      if passed >= 0 { close(passed) }
      if result == -Int64(EAGAIN) { continue }
      guard result > 0 else { return .failed(.closed) }
      bytes.append(contentsOf: piece[..<Int(result)])
    }
    return .bytes(bytes)
  }

  /// Ends the process, and whatever it has started, and says how it ended. Blocks until the kernel has let go of it.
  func end(_ failure: Failure? = nil) -> (ending: WorkerEnding, words: LastWords) {
    // The link closes a moment before the process is gone.
    let endedItself = failure == .closed && awaitEnd(Deadline(after: 1))
    if ending >= 0 { close(ending) }
    close(socket)
    // The group exists as long as its leader has not been reaped.
    kill(-pid, SIGKILL)
    kill(pid, SIGKILL)
    var status: Int32 = 0
    let reaped = linux_reap(pid, &status)
    let said = LastWords(heard())
    close(words)
    let ending: WorkerEnding
    switch failure {
    case .silent(let seconds): ending = .overran(seconds: seconds)
    case .garbled: ending = .garbled
    case .closed where !endedItself: ending = .closedLink
    case .closed, nil:
      let number = status & 0x7F
      if reaped != 0 {
        ending = .closedLink
      } else if number == SIGXCPU {
        ending = .processorTime
      } else {
        ending = number == 0 ? .exit(status >> 8 & 0xFF) : .signal(number)
      }
    }
    return (ending, said)
  }

  /// What is in the pipe, which is then empty.
  private func heard() -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 64 << 10)
    let length = linux_read(words, &bytes, bytes.count)
    return length > 0 ? Array(bytes[..<Int(length)]) : []
  }
}

extension WorkerProcess {
  private func awaitEnd(_ deadline: Deadline) -> Bool {
    while true {
      let ready = linux_await(-1, ending, deadline.milliseconds)
      if ready != -EINTR { return ready == 2 }
    }
  }
}

/// A moment of the monotonic clock.
struct Deadline {
  private let nanoseconds: UInt64

  init(after seconds: Double) {
    nanoseconds = Deadline.now + UInt64(max(0, seconds) * 1e9)
  }

  /// What is left, rounded up; 0 when it is over.
  var milliseconds: Int32 {
    let now = Deadline.now
    guard nanoseconds > now else { return 0 }
    return Int32(clamping: (nanoseconds - now + 999_999) / 1_000_000)
  }

  private static var now: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}

extension Unpacked {
  /// The bytes of all members; `nil`: no honest worker answers so.
  fileprivate func total(within limits: UnpackingLimits) -> Int? {
    guard members.count <= limits.members else { return nil }
    var total = 0
    for member in members {
      guard let size = member.size else { continue }
      guard size >= 0, size <= limits.memberBytes else { return nil }
      total += size
      guard total <= limits.bytes else { return nil }
    }
    return total
  }
}
