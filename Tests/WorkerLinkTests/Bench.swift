import Glibc
import Reports
import Synchronization
import WorkerLink

/// A pool over a stand-in worker, what it reports, and a folder for documents.
final class Bench: Sendable {
  let pool: WorkerPool
  let folder: String
  private let log: EventLog

  var events: [WorkerEvent] { log.events.withLock { $0 } }

  static let data = #filePath.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/Data/"

  init(_ worker: String = "stand-in", _ change: (inout WorkerSettings) -> Void = { _ in }) throws {
    var settings = WorkerSettings(executable: worker.hasPrefix("/") ? worker : Bench.data + worker)
    change(&settings)
    let log = EventLog()
    self.log = log
    pool = WorkerPool(settings) { event in log.events.withLock { $0.append(event) } }
    var template = Array("/tmp/shoubao-link-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Failure(errno: errno) }
    folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    unlink("\(folder)/note")
    rmdir(folder)
  }

  /// Reads a document with this content; the content is also its label.
  func read(_ content: String, request: WorkerRequest = WorkerRequest()) async throws
    -> ReadingResult
  {
    try await read(bytes: Array(content.utf8), label: content, request: request)
  }

  func read(
    bytes: [UInt8], label: String = "bytes", request: WorkerRequest = WorkerRequest(),
    spool: Int32 = -1
  ) async throws -> ReadingResult {
    var template = Array("\(folder)/XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw Failure(errno: errno) }
    defer { close(descriptor) }
    unlink(template)
    guard write(descriptor, bytes, bytes.count) == bytes.count else { throw Failure(errno: errno) }
    return try await pool.read(
      WorkerJob(descriptor: descriptor, request: request, label: label, spool: spool))
  }

  struct Failure: Error { let errno: Int32 }

  private final class EventLog: Sendable {
    let events = Mutex<[WorkerEvent]>([])
  }
}

/// The workers of this name that are children of this process, zombies too. Other tests may have children of their own.
func workers(_ name: String = "stand-in") -> [Int32] {
  entries("/proc/self/task").flatMap { task in
    contents("/proc/self/task/\(task)/children").split(separator: " ").compactMap { Int32($0) }
  }
  .filter { contents("/proc/\($0)/comm").hasPrefix(name) }
}

func entries(_ path: String) -> [String] {
  guard let folder = opendir(path) else { return [] }
  defer { closedir(folder) }
  var names: [String] = []
  while let entry = readdir(folder) {
    let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    if !name.hasPrefix(".") { names.append(name) }
  }
  return names
}

func contents(_ path: String) -> String {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { return "" }
  defer { close(descriptor) }
  var bytes = [UInt8](repeating: 0, count: 65536)
  let length = read(descriptor, &bytes, bytes.count)
  return length > 0 ? String(decoding: bytes[..<length], as: UTF8.self) : ""
}

func write(_ text: String, to path: String) {
  let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
  guard descriptor >= 0 else { return }
  defer { close(descriptor) }
  let bytes = Array(text.utf8)
  _ = write(descriptor, bytes, bytes.count)
}

/// Whether the process runs: neither gone nor a zombie.
func isRunning(_ pid: Int32) -> Bool {
  let status = contents("/proc/\(pid)/stat")
  guard let end = status.lastIndex(of: ")") else { return false }
  return !status[end...].hasPrefix(") Z")
}

/// The processor time that the process has used, in hundredths of a second.
func processorTicks(_ pid: Int32) -> Int {
  let status = contents("/proc/\(pid)/stat")
  guard let end = status.lastIndex(of: ")") else { return 0 }
  // Behind the name, utime and stime are the twelfth and thirteenth fields.
  let fields = status[end...].split(separator: " ")
  return fields.count > 13 ? (Int(fields[12]) ?? 0) + (Int(fields[13]) ?? 0) : 0
}

/// Waits for what another process does, at most ten seconds.
func eventually(_ condition: () -> Bool) async -> Bool {
  for _ in 0..<1000 {
    if condition() { return true }
    try? await Task.sleep(for: .milliseconds(10))
  }
  return condition()
}
