import Glibc
import Synchronization
import Testing

@testable import Supervision

/// A manager's end of the notify socket.
final class TestManager: Sendable {
  let path: String
  private let descriptor: Int32

  init() {
    let folder = TestFile.folder()
    path = folder + "/notify"
    descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { room in
      for (at, byte) in path.utf8.enumerated() { room[at] = byte }
    }
    let bound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    precondition(bound == 0)
  }

  deinit {
    close(descriptor)
    TestFile.run("/bin/rm", ["-rf", String(path.dropLast("/notify".count))])
  }

  /// The next datagram; waits for it. Descriptors that come along are closed, as a manager does.
  func next(wait: Bool = true) -> String? {
    var buffer = [UInt8](repeating: 0, count: 4096)
    // `recv` drops passed descriptors, and thereby closes them.
    let flags = wait ? 0 : Int32(MSG_DONTWAIT)
    let count = recv(descriptor, &buffer, buffer.count, flags)
    return count < 0 ? nil : String(decoding: buffer[..<count], as: UTF8.self)
  }
}

@Suite(.timeLimit(.minutes(1))) struct `Telling the manager` {
  @Test func `several assignments go in one datagram`() {
    let manager = TestManager()
    let notifier = Notifier(socket: manager.path)
    #expect(notifier.send(.ready, .status("已收 3 份，通过 2 份")))
    #expect(manager.next() == "READY=1\nSTATUS=已收 3 份，通过 2 份")
  }

  static let assignments: [(Notifier.Assignment, String)] = [
    (.watchdog, "WATCHDOG=1"), (.watchdogTrigger, "WATCHDOG=trigger"), (.stopping, "STOPPING=1"),
    (.extendTimeout(.milliseconds(1500)), "EXTEND_TIMEOUT_USEC=1500000"), (.errno(28), "ERRNO=28"),
  ]

  @Test(arguments: assignments)
  func `each assignment has its text`(assignment: Notifier.Assignment, text: String) {
    let manager = TestManager()
    Notifier(socket: manager.path).send(assignment)
    #expect(manager.next() == text)
  }

  @Test func `a reload carries the monotonic time`() throws {
    let manager = TestManager()
    Notifier(socket: manager.path).send(.reloading)
    let text = try #require(manager.next())
    let lines = text.split(separator: "\n")
    #expect(lines.first == "RELOADING=1")
    let sent = try #require(lines.last.flatMap { Int64($0.dropFirst("MONOTONIC_USEC=".count)) })
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    let age = Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1000 - sent
    #expect((0..<60_000_000).contains(age))
  }

  @Test func `a status cannot smuggle in another assignment`() {
    let manager = TestManager()
    Notifier(socket: manager.path).send(.status("收报\nSTOPPING=1"))
    #expect(manager.next() == "STATUS=收报 STOPPING=1")
  }

  @Test func `an abstract socket is reached`() {
    // Nobody listens there; the name is well formed, so the kernel says so.
    let failures = Mutex<[Int32]>([])
    let notifier = Notifier(socket: "@shoubao-nobody") { code in
      failures.withLock { $0.append(code) }
    }
    #expect(!notifier.send(.ready))
    #expect(failures.withLock(\.self) == [ECONNREFUSED])
  }

  @Test func `without a manager nothing is sent and nothing fails`() {
    let notifier = Notifier(socket: nil) { _ in Issue.record("told of a failure") }
    #expect(!notifier.hasManager)
    #expect(!notifier.send(.ready))
    #expect(!notifier.barrier())
  }

  @Test func `a dead socket is told once`() {
    let told = Mutex(0)
    let notifier = Notifier(socket: "/nonexistent/notify") { code in
      #expect(code == ENOENT)
      told.withLock { $0 += 1 }
    }
    for _ in 0..<5 { #expect(!notifier.send(.watchdog)) }
    #expect(told.withLock(\.self) == 1)
  }

  @Test func `the barrier waits until the manager has read everything`() async {
    let manager = TestManager()
    let notifier = Notifier(socket: manager.path)
    #expect(!notifier.barrier(timeout: .milliseconds(20)))
    #expect(manager.next() == "BARRIER=1")
    notifier.send(.stopping)
    async let passed = notifier.barrier()
    #expect(manager.next() == "STOPPING=1")
    #expect(manager.next() == "BARRIER=1")
    #expect(await passed)
  }
}
