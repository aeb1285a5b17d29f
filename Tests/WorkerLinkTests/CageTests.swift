import Glibc
import Reports
import Synchronization
import Testing
import WorkerLink

/// What somebody can do who has taken over the process that parses: nothing. The test worker tries, in the cage of the real
/// one.
@Suite("The cage", .serialized)
struct CageTests {
  private static func bench(
    _ change: (inout WorkerSettings) -> Void = { _ in }
  ) throws -> Bench {
    let worker = try #require(locateWorker()).replacing("shoubao-worker", with: "test-worker")
    return try Bench(worker) { settings in
      settings.count = 2
      settings.deadlineSeconds = 1.5
      change(&settings)
    }
  }

  struct Misdeed: CustomTestStringConvertible {
    var testDescription: String { document }
    let document: String
    let endings: Set<WorkerEnding>
    var code = Refusal.Code.workerDied
  }

  static let killed = WorkerEnding.signal(SIGSYS)
  static let deadly = [
    Misdeed(document: "crash", endings: [.signal(SIGSEGV)]),
    Misdeed(document: "trap", endings: [.signal(SIGILL), .signal(SIGTRAP)]),
    Misdeed(document: "abort", endings: [.signal(SIGABRT)]),
    Misdeed(document: "recurse", endings: [.signal(SIGSEGV)]),
    Misdeed(document: "allocate", endings: [.signal(SIGABRT), .signal(SIGILL)]),
    Misdeed(document: "hang", endings: [.overran(seconds: 1.5)], code: .timedOut),
    Misdeed(document: "spin", endings: [.overran(seconds: 1.5)], code: .timedOut),
    Misdeed(document: "flood-log", endings: [.overran(seconds: 1.5)], code: .timedOut),
    Misdeed(document: "flood-link", endings: [.garbled]),
    Misdeed(document: "run", endings: [killed]),
    Misdeed(document: "fork", endings: [killed]),
    Misdeed(document: "thread", endings: [killed]),
    Misdeed(document: "socket", endings: [killed]),
    Misdeed(document: "local-socket", endings: [killed]),
  ]

  @Test(
    "What ends or hangs is stopped, tried once more and refused; others go on",
    arguments: CageTests.deadly)
  func stopped(_ misdeed: Misdeed) async throws {
    let bench = try Self.bench()
    let evil = Task { try await bench.read(misdeed.document) }
    // Through the other worker, meanwhile: none waits for the deadline of the evil one.
    for number in 1...20 {
      let start = ContinuousClock().now
      #expect(try await bench.read("good \(number)").refusal?.detail == "good \(number)")
      #expect(ContinuousClock().now - start < .seconds(1.5))
    }
    let result = try await evil.value
    #expect(result.refusal?.code == misdeed.code)
    #expect(bench.events.count == 2)
    #expect(bench.events.map(\.isRetried) == [true, false])
    #expect(Set(bench.events.map(\.ending)).isSubset(of: misdeed.endings))
    await bench.pool.shutdown()
  }

  /// Document and what the call comes to.
  static let refused = [
    ("open /etc/passwd", "Permission denied"),
    ("open /proc/self/maps", "Permission denied"),
    ("open /", "Permission denied"),
    ("folder /usr/share/poppler", "done"),
    ("folder /usr/share", "Permission denied"),
    ("create /usr/share/poppler/x", "Operation not permitted"),
    ("create /tmp/shoubao-cage", "Operation not permitted"),
    ("delete /tmp/shoubao-cage", "Operation not permitted"),
    ("permit /tmp", "Operation not permitted"),
    ("kill", "Operation not permitted"),
    ("prioritise", "Operation not permitted"),
    ("code", "Operation not permitted"),
    ("limit", "Operation not permitted"),
  ]

  @Test func `What a library may try by mistake fails, and the worker goes on`() async throws {
    let bench = try Self.bench { $0.count = 1 }
    for (document, outcome) in Self.refused {
      #expect(try await bench.read(document).refusal?.detail == outcome, "\(document)")
    }
    #expect(bench.events.isEmpty)
    await bench.pool.shutdown()
  }

  @Test func `What a runtime library says of an end is told`() async throws {
    let bench = try Self.bench()
    _ = try await bench.read("trap")
    #expect(bench.events.first?.words?.contains("Fatal error: a trap of its own") == true)
    await bench.pool.shutdown()
  }

  @Test func `The kernel says the same of the real worker`() async throws {
    let bench = try Bench(try #require(locateWorker())) { $0.count = 1 }
    try await bench.pool.startAhead(1)
    let worker = try #require(workers("shoubao-worker").first)
    let status = contents("/proc/\(worker)/status").split(separator: "\n")
    func value(_ name: String) -> String? {
      status.first { $0.hasPrefix(name + ":") }.map {
        $0.dropFirst(name.count + 1).trimmingPrefix { " \t".contains($0) }
      }.map(String.init)
    }
    #expect(value("NoNewPrivs") == "1")
    #expect(value("Seccomp") == "2")
    #expect(value("CapPrm") == "0000000000000000")
    #expect(value("CapEff") == "0000000000000000")
    #expect(value("CapAmb") == "0000000000000000")
    #expect(value("Threads") == "1")
    await bench.pool.shutdown()
  }

  @Test func `Workers say how far they are locked in, once`() async throws {
    let cages = Mutex<[Cage]>([])
    var settings = WorkerSettings(executable: try #require(locateWorker()))
    settings.count = 2
    let pool = WorkerPool(
      settings, report: { _ in }, cage: { cage in cages.withLock { $0.append(cage) } })
    try await pool.startAhead(2)
    #expect(cages.withLock { $0 }.map(\.layers) == [Cage.Layer.allCases])
    #expect(cages.withLock { $0 }.allSatisfy { $0.landlock > 0 })
    await pool.shutdown()
  }
}
