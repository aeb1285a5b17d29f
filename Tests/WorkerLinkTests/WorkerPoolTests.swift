import Glibc
import Reports
import Testing
import WorkerLink

/// One after the other, since they count the stand-ins.
@Suite("The worker pool", .serialized)
struct WorkerPoolTests {
  @Test func `A hundred documents over two workers each get their own answer`() async throws {
    let bench = try Bench()
    try await withThrowingTaskGroup(of: (String, String?).self) { group in
      for number in 1...100 {
        group.addTask {
          let own = "document \(number)"
          return (own, try await bench.read(own).refusal?.detail)
        }
      }
      for try await (own, detail) in group { #expect(own == detail) }
    }
    #expect(workers().count <= 2)
    await bench.pool.shutdown()
    #expect(workers().isEmpty)
    #expect(bench.events.isEmpty)
  }

  /// In a process of its own, whose descriptors nobody else opens.
  @Test func `No descriptor is left behind, whatever workers do`() async {
    await #expect(processExitsWith: .success) {
      func round() async throws {
        let bench = try Bench { $0.deadlineSeconds = 0.1 }
        for document in ["one", "crash", "hang", "garbage", "close", "twice", "two"] {
          _ = try await bench.read(document)
        }
        await bench.pool.shutdown()
      }
      try await round()
      let before = entries("/proc/self/fd").count
      for _ in 1...2 { try await round() }
      #expect(entries("/proc/self/fd").count == before)
      #expect(workers().isEmpty)
    }
  }

  struct Misdeed: CustomTestStringConvertible {
    var testDescription: String { document }
    let document: String
    let code: Refusal.Code
    let ending: WorkerEnding
  }

  static let misdeeds = [
    Misdeed(document: "crash", code: .workerDied, ending: .signal(SIGSEGV)),
    Misdeed(document: "exit 3", code: .workerDied, ending: .exit(3)),
    Misdeed(document: "hang", code: .timedOut, ending: .overran(seconds: 0.7)),
    Misdeed(document: "close", code: .workerDied, ending: .closedLink),
    Misdeed(document: "garbage", code: .workerDied, ending: .garbled),
    Misdeed(document: "other", code: .workerDied, ending: .garbled),
    Misdeed(document: "endless", code: .workerDied, ending: .garbled),
    Misdeed(document: "half", code: .workerDied, ending: .exit(0)),
    Misdeed(document: "memory", code: .workerDied, ending: .exit(1)),
  ]

  @Test("A document that breaks its worker is tried twice and refused", arguments: misdeeds)
  func misdeed(_ misdeed: Misdeed) async throws {
    let bench = try Bench { $0.deadlineSeconds = 0.7 }
    let result = try await bench.read(misdeed.document)
    #expect(result.refusal?.code == misdeed.code)
    #expect(result.refusal?.detail == misdeed.ending.description)
    #expect(bench.events.map(\.ending) == [misdeed.ending, misdeed.ending])
    #expect(bench.events.map(\.isRetried) == [true, false])
    #expect(bench.events.map(\.job) == [misdeed.document, misdeed.document])
    #expect(Set(bench.events.map(\.pid)).count == 2)
    #expect(try await bench.read("next").refusal?.detail == "next")
    await bench.pool.shutdown()
    #expect(workers().isEmpty)
  }

  @Test func `Processor time has a limit of its own`() async throws {
    let bench = try Bench { settings in
      settings.processorSeconds = 0
      settings.deadlineSeconds = 20
    }
    let result = try await bench.read("spin")
    #expect(result.refusal?.code == .timedOut)
    #expect(bench.events.map(\.ending) == [.processorTime, .processorTime])
    await bench.pool.shutdown()
  }

  @Test func `A worker that dies once costs one more try`() async throws {
    let bench = try Bench { $0.memoryBytes = 0 }
    let document = "crash-once \(bench.folder)/note"
    #expect(try await bench.read(document).refusal?.detail == document)
    #expect(bench.events.map(\.ending) == [.signal(SIGABRT)])
    #expect(bench.events.map(\.isRetried) == [true])
    await bench.pool.shutdown()
  }

  @Test func `A hanging document does not hold up the others`() async throws {
    let bench = try Bench { $0.deadlineSeconds = 60 }
    let hanging = Task { try await bench.read("hang") }
    for number in 1...20 {
      #expect(try await bench.read("\(number)").refusal?.detail == "\(number)")
    }
    await bench.pool.shutdown()
    await #expect(throws: WorkerFault.shutDown) { try await hanging.value }
    #expect(workers().isEmpty)
  }

  @Test func `What a worker has started dies with it`() async throws {
    let bench = try Bench { $0.memoryBytes = 0 }
    #expect(try await bench.read("fork \(bench.folder)/note").refusal?.code == .workerDied)
    let child = try #require(Int32(contents("\(bench.folder)/note")))
    #expect(await eventually { !isRunning(child) })
    await bench.pool.shutdown()
  }

  @Test func `A worker gets the file, a clean environment and nothing else`() async throws {
    setenv("NOTIFY_SOCKET", "/run/none", 1)
    defer { unsetenv("NOTIFY_SOCKET") }
    // Descriptors that somebody forgot to close on exec.
    let forgotten = (0..<5).map { _ in open("/dev/null", O_RDONLY) }
    defer { for descriptor in forgotten { close(descriptor) } }
    let bench = try Bench()
    let request = WorkerRequest(fileName: "年报\n1.txt", folders: ["双河镇"], bytesLimit: 7)
    let detail = try #require(try await bench.read("look", request: request).refusal?.detail)
    let parts = detail.split(separator: ";")
    // Its three standard ones and the document.
    #expect(parts[0] == "4")
    #expect(
      Set(parts[1].split(separator: ","))
        .isSubset(of: ["LANG", "PATH", "TZ", "SWIFT_BACKTRACE", "LC_CTYPE"]))
    #expect(parts[2] == "True")
    #expect(parts[3].contains("'fileName': '年报\\n1.txt'") && parts[3].contains("'bytesLimit': 7"))
    await bench.pool.shutdown()
  }

  @Test func `A worker writes no file`() async throws {
    let bench = try Bench()
    _ = try await bench.read("write \(bench.folder)/note")
    #expect(contents("\(bench.folder)/note").isEmpty)
    await bench.pool.shutdown()
  }

  @Test func `An answer too many does not reach the next document`() async throws {
    let bench = try Bench { $0.count = 1 }
    #expect(try await bench.read("twice").refusal?.detail == "twice")
    #expect(try await bench.read("next").refusal?.detail == "next")
    #expect(bench.events.count <= 1)
    await bench.pool.shutdown()
  }

  @Test func `A worker killed while idle costs the next document nothing`() async throws {
    let bench = try Bench { $0.count = 1 }
    let first = try await bench.read("who").refusal?.detail
    let pid = try #require(first.flatMap { Int32($0.split(separator: " ")[0]) })
    kill(pid, SIGKILL)
    #expect(await eventually { !isRunning(pid) })
    #expect(try await bench.read("next").refusal?.detail == "next")
    #expect(bench.events.map(\.ending) == [.signal(SIGKILL)])
    #expect(bench.events.map(\.job) == [nil])
    await bench.pool.shutdown()
  }

  @Test func `A worker stays while there is work, and is replaced after its share`() async throws {
    let bench = try Bench { settings in
      settings.count = 1
      settings.documentsEach = 3
    }
    var turns: [String] = []
    for _ in 1...4 {
      let detail = try await bench.read("who").refusal?.detail ?? ""
      turns.append(String(detail.split(separator: " ")[1]))
    }
    #expect(turns == ["1", "2", "3", "1"])
    await bench.pool.shutdown()
  }

  @Test func `Idle workers leave, and come back for work`() async throws {
    let bench = try Bench { $0.idleSeconds = 0.05 }
    _ = try await bench.read("one")
    #expect(await eventually { workers().isEmpty })
    #expect(try await bench.read("two").refusal?.detail == "two")
    #expect(bench.events.isEmpty)
    await bench.pool.shutdown()
  }

  @Test func `Workers can be there before the work`() async throws {
    let bench = try Bench()
    try await bench.pool.startAhead(5)
    #expect(await eventually { workers().count == 2 })
    #expect(try await bench.read("one").refusal?.detail == "one")
    await bench.pool.shutdown()
    #expect(workers().isEmpty)
  }

  @Test func `Where a layer is missing nothing is read, unless the setting allows it`() async throws
  {
    let gap = Cage.Gap(.files, errno: ENOSYS)
    let strict = try Bench("half-open")
    await #expect(throws: WorkerFault.cageOpen([gap])) { try await strict.pool.startAhead(1) }
    await #expect(throws: WorkerFault.cageOpen([gap])) { try await strict.read("x") }
    #expect(strict.events.isEmpty)
    let lenient = try Bench("half-open") { $0.cage = .prefer }
    #expect(try await lenient.read("x").refusal?.detail == "x")
    for bench in [strict, lenient] { await bench.pool.shutdown() }
  }

  @Test func `What is ours is thrown and names no document`() async throws {
    let missing = try Bench("/nowhere/shoubao-worker")
    await #expect(throws: WorkerFault.executableMissing(path: "/nowhere/shoubao-worker")) {
      try await missing.read("x")
    }
    let ending = try Bench("ends-at-once")
    await #expect(
      throws: WorkerFault.startFailed(path: Bench.data + "ends-at-once", ending: .exit(127))
    ) {
      try await ending.read("x")
    }
    let silent = try Bench("never-greets") { $0.startSeconds = 0.1 }
    await #expect(
      throws: WorkerFault.startFailed(
        path: Bench.data + "never-greets", ending: .overran(seconds: 0.1))
    ) {
      try await silent.read("x")
    }
    let bench = try Bench()
    await #expect(throws: WorkerFault.system(call: "sendmsg", errno: EBADF)) {
      try await bench.pool.read(
        WorkerJob(descriptor: 9999, request: WorkerRequest(), label: "closed"))
    }
    #expect(try await bench.read("next").refusal?.detail == "next")
    for pool in [missing.pool, ending.pool, silent.pool, bench.pool] { await pool.shutdown() }
    #expect(workers().isEmpty)
  }

  /// In a process of its own, whose limits nobody else minds.
  @Test func `Out of descriptors is ours, and passes`() async {
    await #expect(processExitsWith: .success) {
      let bench = try Bench()
      let document = open("/dev/null", O_RDONLY | O_CLOEXEC)
      var taken: [Int32] = []
      while case let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC), descriptor >= 0 {
        taken.append(descriptor)
      }
      let job = WorkerJob(descriptor: document, request: WorkerRequest(), label: "x")
      await #expect(throws: WorkerFault.system(call: "socketpair", errno: EMFILE)) {
        try await bench.pool.read(job)
      }
      for descriptor in taken { close(descriptor) }
      #expect(try await bench.read("next").refusal?.detail == "next")
      await bench.pool.shutdown()
    }
  }

  @Test func `After the end nothing is read`() async throws {
    let bench = try Bench()
    await bench.pool.shutdown()
    await #expect(throws: WorkerFault.shutDown) { try await bench.read("x") }
    await bench.pool.shutdown()
  }
}
