import Glibc
import Reports
import Testing
import WorkerLink

/// Files made to do harm, each read by the real worker in its cage: refused for what it is, or read for what it shows,
/// within bounds of memory and processor time, and never at the cost of the worker.
@Suite("Hostile files", .serialized)
struct HostileTests {
  struct Case: CustomTestStringConvertible {
    var testDescription: String { name }
    /// As `Data/hostile.py` has it.
    let name: String
    let format: DocumentFormat
    /// `nil`: a container, to be opened member by member.
    let code: Refusal.Code?
    /// What the worker may have had at most, in MiB; about 25 are there before any document.
    let memory: Int
    /// Processor time, for a build without optimisation; one with it takes a tenth.
    var seconds = 10

    init(
      _ name: String, _ format: DocumentFormat, _ code: Refusal.Code?, memory: Int,
      seconds: Int = 10
    ) {
      self.name = name
      self.format = format
      self.code = code
      self.memory = memory
      self.seconds = seconds
    }
  }

  static let cases = [
    // More than 128 MiB unpacked.
    Case("docx-bomb", .docx, .tooLarge, memory: 400),
    Case("docx-bomb-text", .docx, .tooLarge, memory: 400),
    // 60 000 names for one and the same packed part: the first counts, and it is no XML.
    Case("docx-overlapping", .docx, .truncated, memory: 100),
    // No part of an office file has a document type, so none is read: no entity grows, none leads outside.
    Case("docx-entities", .docx, .tooComplex, memory: 50),
    Case("docx-external-entity", .docx, .tooComplex, memory: 50),
    Case("docx-deep", .docx, .tooComplex, memory: 100),
    Case("docx-deep-tables", .docx, .tooComplex, memory: 100),
    Case("docx-cells", .docx, .tooComplex, memory: 200),
    Case("docx-spans", .docx, .tooComplex, memory: 100),
    // Macros are never looked at.
    Case("docx-macro", .docx, .notAReport, memory: 50),
    Case("docx-encrypted", .docx, .encrypted, memory: 50),
    Case("html-deep", .html, .tooComplex, memory: 150, seconds: 20),
    Case("html-deep-tables", .html, .tooComplex, memory: 150, seconds: 20),
    Case("html-cells", .html, .tooComplex, memory: 250, seconds: 30),
    Case("html-spans", .html, .tooComplex, memory: 100),
    // The parser compares every attribute with all before it.
    Case("html-attributes", .html, .notAReport, memory: 100),
    // Opened by itself, and no deeper than the settings say.
    Case("zip-nested", .zip, nil, memory: 50),
    // 115 MB of text in 4 kB.
    Case("pdf-bomb", .pdf, .tooComplex, memory: 400, seconds: 30),
    Case("pdf-form-loop", .pdf, .empty, memory: 50),
    Case("pdf-page-loop", .pdf, .empty, memory: 50),
    Case("pdf-length-loop", .pdf, .empty, memory: 50),
    // The same page a hundred thousand times.
    Case("pdf-pages", .pdf, .empty, memory: 50),
    Case("pdf-encrypted", .pdf, .encrypted, memory: 50),
    // Two files in one are what they begin with.
    Case("polyglot", .docx, .notAReport, memory: 50),
    Case("pdf-in-front-of-zip", .pdf, .notAReport, memory: 50),
  ]

  @Test("Each is answered within bounds", arguments: HostileTests.cases)
  func answered(_ hostile: Case) async throws {
    // A name of its own tells this worker from those of other tests.
    let link = "/tmp/shb-\(getpid())-h"
    unlink(link)
    #expect(symlink(try #require(locateWorker()), link) == 0)
    defer { unlink(link) }
    let bench = try Bench(link) { settings in
      settings.count = 1
      settings.deadlineSeconds = 240
      settings.processorSeconds = 60
    }
    try await bench.pool.startAhead(1)
    let name = String(link.split(separator: "/").last?.prefix(15) ?? "")
    let worker = try #require(workers(name).first)
    let before = processorTicks(worker)
    // The name of a text file: what a file is called is believed by nobody.
    let result = try await bench.read(
      bytes: try made(hostile.name), label: hostile.name,
      request: WorkerRequest(fileName: "报告.txt"))
    #expect(bench.events.isEmpty)
    #expect(result.format == hostile.format)
    #expect(result.refusal?.code == hostile.code)
    #expect(result.report == nil)
    #expect(processorTicks(worker) - before < hostile.seconds * 100)
    let peak = contents("/proc/\(worker)/status").split(separator: "\n")
      .first { $0.hasPrefix("VmHWM:") }?.split(separator: " ").dropFirst().first
    #expect(try #require(peak.flatMap { Int($0) }) < hostile.memory << 10)
    #expect(try await bench.read("今日天气晴").refusal?.code == .notAReport)
    await bench.pool.shutdown()
  }

  /// What comes of opening a container: the reason why all of it is refused, or its members and how many of them have one.
  static let containers: [(name: String, code: Refusal.Code?, members: Int, refused: Int)] = [
    // 4 GB in one file: told, and not handed over. 6 GB in a hundred, 10 GB in a packed tar: refused whole.
    ("zip-bomb", nil, 1, 1), ("zip-bombs", .tooLarge, 0, 0), ("tar-bomb", .tooLarge, 0, 0),
    // Three archives inside each other are opened, the fourth is not.
    ("zip-nested", nil, 512, 512),
    // 60 000 entries for one and the same packed part are one member.
    ("zip-overlapping", nil, 1, 0),
    ("zip-outside", nil, 3, 0),
  ]

  @Test("Each container is opened within bounds", arguments: HostileTests.containers)
  func opened(_ hostile: (name: String, code: Refusal.Code?, members: Int, refused: Int))
    async throws
  {
    let bench = try Bench(try #require(locateWorker())) { settings in
      settings.count = 1
      settings.processorSeconds = 20
      settings.memoryBytes = 1 << 30
    }
    let spool = try #require(tmpfile())
    defer { fclose(spool) }
    let result = try await bench.read(
      bytes: try made(hostile.name), label: hostile.name,
      request: WorkerRequest(unpacking: UnpackingLimits()), spool: fileno(spool))
    #expect(bench.events.isEmpty)
    #expect(result.refusal?.code == hostile.code)
    let members = result.unpacked?.members ?? []
    #expect(members.count == hostile.members)
    #expect(members.count { $0.refusal != nil } == hostile.refused)
    #expect(!members.contains { $0.path.hasPrefix("/") || $0.path.contains("..") })
    await bench.pool.shutdown()
  }

  private func made(_ name: String) throws -> [UInt8] {
    let pipe = try #require(popen("python3 -I '\(Bench.data)hostile.py' \(name)", "r"))
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&piece, 1, piece.count, pipe), count > 0 {
      bytes += piece[..<count]
    }
    #expect(pclose(pipe) == 0)
    return bytes
  }
}
