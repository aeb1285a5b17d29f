import Forms
import FoundationEssentials
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

  /// Each is a library of glibc's that must be there before the cage closes.
  @Test(
    "Every character set is read in the cage",
    arguments: [
      ("gb18030", "GB18030"), ("utf-16le", "UTF-16LE"), ("utf-16be", "UTF-16BE"),
      ("big5", "BIG5-HKSCS"), ("utf-8", "UTF-8"),
    ])
  func characterSet(_ name: String, _ converter: String) async throws {
    let bench = try Bench(try #require(locateWorker()))
    let mark = name.hasPrefix("utf-16") ? "\u{FEFF}" : ""
    let text = mark + "某某鎮人民政府年度報告，本年度未收到任何申請，特此說明。"
    let result = try await bench.read(bytes: encoded(text, converter))
    #expect(result.encoding == name)
    #expect(result.refusal?.code == .notAReport)
    #expect(bench.events.isEmpty)
    await bench.pool.shutdown()
  }

  /// Their characters are known from a map in poppler's folder alone.
  @Test(
    "A font that a PDF file does not bring is read in the cage",
    arguments: [("GBK-EUC-H", "GBK"), ("UniGB-UCS2-H", "UTF-16BE"), ("B5pc-H", "BIG5")])
  func foreignFont(_ map: String, _ converter: String) async throws {
    let bench = try Bench(try #require(locateWorker()))
    let page = pdf(encoded("今日天晴", converter), map: map, of: map == "B5pc-H" ? "CNS1" : "GB1")
    let result = try await bench.read(bytes: page)
    // Without the map there is nothing on the page.
    #expect(result.format == .pdf)
    #expect(result.refusal?.code == .notAReport)
    #expect(bench.events.isEmpty)
    await bench.pool.shutdown()
  }

  /// Three pages of a synthetic report as a scanner makes them, a little askew. Tesseract may be missing where shoubao
  /// runs; where it is tested it is not.
  @Test func `A scan is read in the cage, and no figure of it is vouched for`() async throws {
    let bench = try Bench(try #require(locateWorker())) { $0.scanSeconds = 600 }
    let result = try await bench.read(
      bytes: Array(Data(contentsOf: URL(filePath: Bench.data + "scan.tiff"))))
    let report = try #require(result.report)
    #expect(report.year == 2021)
    #expect(report.structure.remarks == [.opticallyRead])
    #expect(report.cells.count > 150)
    #expect(report.uncertain == Set(report.cells.keys))
    let read = [
      ("t3.new_received.natural", 116), ("t3.carried_in.company", 35),
    ]
    for (name, figure) in read {
      #expect(CellKey(name).flatMap { report.number($0) }?.integer == figure)
    }
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

/// The text in another character set, as glibc writes it.
private func encoded(_ text: String, _ characterSet: String) -> [UInt8] {
  guard let converter = iconv_open(characterSet, "UTF-8"), converter != iconv_t(bitPattern: -1)
  else { return [] }
  defer { iconv_close(converter) }
  var source = text.utf8.map { CChar(bitPattern: $0) }
  var target = [CChar](repeating: 0, count: source.count * 4)
  return source.withUnsafeMutableBufferPointer { source in
    target.withUnsafeMutableBufferPointer { target in
      var (from, to, left, free) = (
        source.baseAddress, target.baseAddress, source.count, target.count
      )
      _ = iconv(converter, &from, &left, &to, &free)
      return target.prefix(target.count - free).map { UInt8(bitPattern: $0) }
    }
  }
}

/// A PDF file with these bytes in a font of a known collection that it does not bring.
private func pdf(_ text: [UInt8], map: String, of collection: String) -> [UInt8] {
  let digits = text.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  let shown = "BT /F 12 Tf 100 700 Td <\(digits)> Tj ET"
  let objects = [
    "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[6 0 R]>>",
    "<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/\(map)/DescendantFonts[4 0 R]>>",
    """
    <</Type/Font/Subtype/CIDFontType0/BaseFont/Song/FontDescriptor 5 0 R/DW 1000\
    /CIDSystemInfo<</Registry(Adobe)/Ordering(\(collection))/Supplement 0>>>>
    """,
    """
    <</Type/FontDescriptor/FontName/Song/Flags 4/FontBBox[0 -200 1000 900]/Ascent 880/Descent -120\
    /ItalicAngle 0/CapHeight 700/StemV 80>>
    """,
    """
    <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents 7 0 R>>
    """,
    "<</Length \(shown.utf8.count)>>\nstream\n\(shown)\nendstream",
  ]
  // Without a table of places: poppler looks for the objects itself.
  let body = objects.enumerated().map { "\($0 + 1) 0 obj\n\($1)\nendobj\n" }.joined()
  return Array("%PDF-1.5\n\(body)trailer\n<</Size 8/Root 1 0 R>>\n%%EOF\n".utf8)
}
