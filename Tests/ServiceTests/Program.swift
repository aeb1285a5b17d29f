import Dispatch
import FoundationEssentials
import Glibc
import Synchronization
import Testing
import WorkerLink

/// The real `shoubao` of this build, as a process.
final class Program: Sendable {
  struct Result: Sendable {
    /// The exit code; 256 and more: ended by the signal above 256.
    let status: Int32
    let output: [UInt8]
    let errors: String

    var text: String { String(decoding: output, as: UTF8.self) }
    var lines: [Substring] { text.split(separator: "\n") }

    func objects() throws -> [JSON] {
      try lines.map { try JSONDecoder().decode(JSON.self, from: Data($0.utf8)) }
    }

    func object() throws -> JSON {
      #expect(lines.count == 1)
      return try objects().first ?? .null
    }
  }

  static let killed: Int32 = 256 + SIGKILL

  let process: pid_t
  private let output: Int32
  private let errors: Int32

  /// `shoubao`, which stands beside the worker.
  static func path() throws -> String {
    try String(Office.worker().dropLast("-worker".count))
  }

  /// - Parameters:
  ///   - user: who runs it; `nil`: who runs the tests.
  ///   - worker: only for programs other than `shoubao`.
  init(
    _ arguments: [String], input: [UInt8] = [], user: uid_t? = nil, language: String = "zh"
  ) throws {
    var command = [try Program.path()] + arguments
    if let user {
      command =
        ["/usr/bin/setpriv", "--reuid=\(user)", "--regid=\(user)", "--clear-groups"] + command
    }
    let files = try (0..<3).map { _ in try Program.unnamed() }
    (output, errors) = (files[1], files[2])
    defer { close(files[0]) }
    try TestFolder.append(input, to: files[0])
    lseek(files[0], 0, SEEK_SET)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (number, file) in files.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, file, Int32(number))
    }
    let environment = ["PATH=/usr/bin:/bin", "SHOUBAO_LANGUAGE=\(language)", "LC_ALL=C.UTF-8"]
    var argv = command.map { strdup($0) } + [nil]
    var envp = environment.map { strdup($0) } + [nil]
    defer { for string in argv + envp { free(string) } }
    var process: pid_t = 0
    let result = posix_spawn(&process, command[0], &actions, nil, &argv, &envp)
    guard result == 0 else {
      errno = result
      throw SystemError(command[0])
    }
    self.process = process
  }

  deinit {
    close(output)
    close(errors)
  }

  private static func unnamed() throws -> Int32 {
    guard let file = tmpfile() else { throw SystemError("tmpfile") }
    defer { fclose(file) }
    let copy = fcntl(fileno(file), F_DUPFD_CLOEXEC, 3)
    guard copy >= 0 else { throw SystemError("dup") }
    return copy
  }

  func signal(_ number: Int32) { kill(process, number) }

  /// Waits for its end.
  func end() async -> Result {
    let status: Int32 = await withCheckedContinuation { continuation in
      // A thread that may wait: those of tasks are few.
      DispatchQueue.global().async { [process] in
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7F
        continuation.resume(returning: signal == 0 ? (status >> 8) & 0xFF : 256 + signal)
      }
    }
    return Result(
      status: status, output: Program.content(output),
      errors: String(decoding: Program.content(errors), as: UTF8.self))
  }

  /// What it has said on standard error so far.
  var said: String { String(decoding: Program.content(errors), as: UTF8.self) }

  private static func content(_ file: Int32) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = pread(file, &chunk, chunk.count, bytes.count)
      guard count > 0 else { return bytes }
      bytes += chunk[..<count]
    }
  }

  /// Runs it to its end.
  static func run(
    _ arguments: String..., input: [UInt8] = [], language: String = "zh"
  ) async throws -> Result {
    try await Program(arguments, input: input, language: language).end()
  }
}

/// Waits until something becomes true of another process, which no event of ours tells.
func eventually(
  seconds: Double = 60, _ what: String, _ isTrue: () throws -> Bool
) async throws {
  let deadline = SuspendingClock().now + .seconds(seconds)
  while SuspendingClock().now < deadline {
    if try isTrue() { return }
    try await Task.sleep(for: .milliseconds(20))
  }
  throw NeverHappened(what: what, log: [])
}

/// Any JSON, with `null` told apart from a key that is missing.
enum JSON: Decodable, Hashable, Sendable {
  case null
  case flag(Bool)
  case number(Double)
  case text(String)
  case list([JSON])
  case object([String: JSON])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .flag(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let value = try? container.decode([JSON].self) {
      self = .list(value)
    } else {
      self = .object(try container.decode([String: JSON].self))
    }
  }

  var keys: Set<String> {
    if case .object(let members) = self { Set(members.keys) } else { [] }
  }

  var members: [String: JSON] { if case .object(let members) = self { members } else { [:] } }

  subscript(key: String) -> JSON? {
    if case .object(let members) = self { members[key] } else { nil }
  }

  var text: String? { if case .text(let value) = self { value } else { nil } }
  var number: Int? { if case .number(let value) = self { Int(value) } else { nil } }
  var list: [JSON] { if case .list(let values) = self { values } else { [] } }
}
