import CLinux
import Glibc
import Testing

@testable import Intake

/// A folder of its own for one test, with an inbox; removed with the test.
final class TestPlace: Sendable {
  let path: String
  var inboxPath: String { path + "/inbox" }
  var inbox: Inbox { Inbox(path: inboxPath) }

  init(in base: String = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp") {
    var template = Array("\(base)/shoubao-test-XXXXXX".utf8CString)
    path = mkdtemp(&template).map { String(cString: $0) } ?? ""
    precondition(!path.isEmpty, "no folder for tests in \(base)")
    mkdir(inboxPath, 0o770)
  }

  deinit { TestPlace.remove(path) }

  static func remove(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    if status.st_mode & S_IFMT == S_IFDIR {
      guard let folder = opendir(path) else { return }
      while let entry = readdir(folder) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: UInt8.self, capacity: 256) { start in
            Array(UnsafeBufferPointer(start: start, count: strlen(start)))
          }
        }
        if name == [0x2E] || name == [0x2E, 0x2E] { continue }
        removeEntry(dirfd(folder), name, path)
      }
      closedir(folder)
      rmdir(path)
    } else {
      unlink(path)
    }
  }

  private static func removeEntry(_ folder: Int32, _ name: [UInt8], _ path: String) {
    if let text = String(validating: name, as: UTF8.self) {
      remove(path + "/" + text)
    } else {
      withName(name) { _ = unlinkat(folder, $0, 0) }
    }
  }

  /// A file made for writing; the descriptor is the caller's.
  static func create(_ path: String) -> Int32 {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o660)
    precondition(descriptor >= 0, "\(path): \(String(cString: strerror(errno)))")
    return descriptor
  }

  /// Closes a file that was written, and waits until the kernel knows of no writer: other tests start processes, and
  /// between fork and exec a child holds copies of all descriptors.
  static func finish(_ descriptor: Int32, _ path: String) {
    close(descriptor)
    awaitNoWriter(path)
  }

  static func awaitNoWriter(_ path: String) {
    let reader = open(path, O_RDONLY | O_CLOEXEC)
    precondition(reader >= 0)
    while linux_take_read_lease(reader) == -EAGAIN { sched_yield() }
    _ = linux_release_lease(reader)
    close(reader)
  }

  /// Writes a file below the inbox, closed at the end.
  func drop(_ name: String, _ content: String = "内容") { write(inboxPath + "/" + name, content) }

  func write(_ path: String, _ content: String) {
    let descriptor = TestPlace.create(path)
    let bytes = Array(content.utf8)
    precondition(Glibc.write(descriptor, bytes, bytes.count) == bytes.count)
    TestPlace.finish(descriptor, path)
  }

  func drop(bytes name: [UInt8]) {
    let folder = open(inboxPath, O_RDONLY | O_DIRECTORY)
    withName(name) { name in
      let descriptor = openat(folder, name, O_WRONLY | O_CREAT | O_CLOEXEC, 0o660)
      precondition(descriptor >= 0 && Glibc.write(descriptor, "x", 1) == 1)
      close(descriptor)
    }
    close(folder)
  }

  func makeFolder(_ name: String) { mkdir(inboxPath + "/" + name, 0o770) }

  func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(self.path + "/" + path, &status) == 0
  }

  func read(_ path: String) -> String? {
    let descriptor = open(self.path + "/" + path, O_RDONLY)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return TestPlace.content(descriptor)
  }

  static func content(_ descriptor: Int32) -> String {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }

  /// The entries of a folder below the place, dot-names too.
  func names(_ folder: String) -> Set<String> {
    guard let opened = try? Folder.open(path + "/" + folder, step: .openFolder, calls: FileCalls()),
      var listing = try? FolderListing(opened)
    else { return [] }
    var names: Set<String> = []
    while let entry = try? listing.next() { names.insert(PathText.encode(entry.name)) }
    return names
  }

  func claimer(_ calls: FileCalls = FileCalls()) throws -> Claimer {
    try Claimer(work: path + "/work", held: path + "/held", calls: calls)
  }

  /// All candidates, gathered; small places only.
  func candidates(_ scanner: InboxScanner = InboxScanner()) throws -> [Candidate] {
    var all: [Candidate] = []
    _ = try scanner.scan(inbox.open()) {
      all += $0
      return true
    }
    return all
  }

  func candidate(_ name: String) throws -> Candidate {
    try inbox.open().candidate(at: try #require(InboxPath(Array(name.utf8))))
  }

  func settled(_ name: String, _ calls: FileCalls = FileCalls()) throws -> SettledFile {
    var settler = Settler()
    let root = try Inbox(path: inboxPath, calls: calls).open()
    let candidate = try root.candidate(at: #require(InboxPath(Array(name.utf8))))
    guard case .ready(let file) = settler.examine(candidate, now: .now) else {
      throw NotReady()
    }
    return file
  }

  /// Settled by our own clock, as where there are no leases.
  func settledWithoutLease(_ name: String) throws -> SettledFile {
    var calls = FileCalls()
    calls.takeLease = { _ in -EACCES }
    var settler = Settler(calls: calls)
    let start = SuspendingClock.Instant.now
    _ = settler.examine(try candidate(name), now: start)
    guard case .ready(let file) = settler.examine(try candidate(name), now: start + .seconds(60))
    else { throw NotReady() }
    return file
  }

  struct NotReady: Error {}
}

extension SuspendingClock.Instant {
  static var now: Self { SuspendingClock().now }
}

extension Decision {
  var waitReason: Wait.Reason? {
    if case .wait(let wait) = self { wait.reason } else { nil }
  }

  var file: SettledFile? {
    if case .ready(let file) = self { file } else { nil }
  }

  var proof: SettledFile.Proof? {
    if case .readable(_, let proof) = file?.content { proof } else { nil }
  }

  var isGone: Bool {
    if case .gone = self { true } else { false }
  }
}

extension TestPlace {
  func readFile(_ path: String) -> String? {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    let text = TestPlace.content(descriptor)
    return String(text.prefix { $0 != "\n" })
  }
}
