import Glibc
import Reports
import Testing
import WorkerLink

/// The worker of this build, beside the tests.
@Suite("The real worker", .serialized)
struct RealWorkerTests {
  @Test func `A page comes back with its format, its character set and an answer`() async throws {
    let bench = try Bench(try #require(locateWorker()))
    let page = try await bench.read("<html><body><p>今日天气晴</p></body></html>")
    #expect(page.format == .html)
    #expect(page.encoding == "utf-8")
    #expect(page.refusal?.code == .notAReport)
    let nothing = try await bench.read("")
    #expect(nothing.refusal?.code == .empty)
    let large = try await bench.read("报告", request: WorkerRequest(bytesLimit: 5))
    #expect(large.refusal?.code == .tooLarge)
    #expect(bench.events.isEmpty)
    await bench.pool.shutdown()
  }

  @Test func `What is no file comes back as that`() async throws {
    let bench = try Bench(try #require(locateWorker()))
    let null = open("/dev/null", O_RDONLY | O_CLOEXEC)
    defer { close(null) }
    let result = try await bench.pool.read(
      WorkerJob(descriptor: null, request: WorkerRequest(), label: "null"))
    #expect(result.refusal?.code == .notARegularFile)
    await bench.pool.shutdown()
  }

  @Test func `Nesting without end does not kill it`() async throws {
    let bench = try Bench(try #require(locateWorker()))
    let result = try await bench.read(String(repeating: "<table><tr><td>", count: 200_000))
    #expect(result.refusal?.code == .tooComplex)
    #expect(bench.events.isEmpty)
    await bench.pool.shutdown()
  }

  @Test func `None outlives the daemon, not even one at work`() async throws {
    await #expect(processExitsWith: .signal(SIGKILL)) {
      let bench = try Bench(try #require(locateWorker()))
      // Every attribute is compared with all before it: this takes the parser minutes.
      let names = (0..<300_000).map { "a\($0)" }.joined(separator: " ")
      let reading = Task { try await bench.read("<p \(names)>报告</p>") }
      #expect(await eventually { workers("shoubao-worker").contains { processorTicks($0) > 20 } })
      let worker = try #require(workers("shoubao-worker").first)
      write(String(worker), to: "/tmp/shoubao-orphan-\(getppid())")
      kill(getpid(), SIGKILL)
      _ = try await reading.value
    }
    let note = "/tmp/shoubao-orphan-\(getpid())"
    defer { unlink(note) }
    let worker = try #require(Int32(contents(note)))
    #expect(await eventually { !isRunning(worker) })
  }

  @Test func `Nobody else starts it`() {
    #expect(WorkerServer(arguments: ["shoubao-worker"]) == nil)
    #expect(WorkerServer(arguments: ["shoubao-worker", "x"]) == nil)
  }
}
