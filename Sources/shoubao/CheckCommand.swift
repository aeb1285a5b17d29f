import ArgumentParser
import Digests
import Glibc
import Receipts
import Reports
import Service
import WorkerLink

struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: text(
      "读取并核对文件，不登记。", en: "Reads and checks files without registering them."),
    discussion: text(
      "退出码：0 全部接收；1 至少一份须退回；2 至少一份无法读取或不是年度报告。",
      en:
        "Exit codes: 0 all accepted; 1 at least one returned; 2 at least one unreadable or no report."
    ))

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, html }

  @Argument(
    help: ArgumentHelp(
      text("文件；- 表示标准输入", en: "Files; - is standard input."), valueName: "file"))
  var files: [String]

  @Option(help: ArgumentHelp(text("输出格式", en: "Output format.")))
  var format = Format.text

  @Flag(
    help: ArgumentHelp(
      text(
        "逐行说明表格怎样读出、依据是什么（text 或 json）",
        en: "Tell row by row how the tables were read, and why (text or json).")))
  var explain = false

  func validate() throws {
    if explain, format == .html {
      throw ValidationError(
        text("--explain 不能与 --format html 同用", en: "--explain does not go with --format html"))
    }
  }

  func run() async throws {
    guard let worker = locateWorker() else {
      throw fail(
        commandLanguage.say("找不到 shoubao-worker，请重新安装", en: "shoubao-worker is not there"),
        .fault)
    }
    var settings = WorkerSettings(executable: worker)
    settings.count = max(1, min(files.count, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))))
    let workers = WorkerPool(settings) { _ in }
    var status = ExitStatus.done
    do {
      // As many at a time as there are workers, answered in the order asked.
      let width = settings.count * 2
      for start in stride(from: 0, to: files.count, by: width) {
        let group = Array(files[start..<min(start + width, files.count)])
        for checked in try await checkAll(group, workers) {
          try show(checked)
          status = max(status, checked.status)
        }
      }
    } catch {
      await workers.shutdown()
      throw error
    }
    await workers.shutdown()
    if status != .done { throw status.code }
  }

  private func checkAll(_ files: [String], _ workers: WorkerPool) async throws -> [CheckedFile] {
    try await withThrowingTaskGroup(of: (Int, CheckedFile).self) { group in
      for (index, file) in files.enumerated() {
        group.addTask { (index, try await CheckedFile(file, workers, explaining: explain)) }
      }
      var results: [CheckedFile?] = files.map { _ in nil }
      for try await (index, checked) in group { results[index] = checked }
      return results.compactMap(\.self)
    }
  }

  private func show(_ checked: CheckedFile) throws {
    switch format {
    case .json: line(try encoded(checked.record))
    case .html: write(receiptHTML(checked.content))
    case .text:
      write(checkText(checked.content, colour: terminal))
      if explain { write(explanationText(checked.content)) }
    }
  }
}

/// One file and what is said about it.
private struct CheckedFile: Sendable {
  let content: ReceiptContent
  let record: CheckRecord

  var status: ExitStatus {
    switch record.outcome {
    case .accepted, .acceptedWithWarnings, .duplicate: .done
    case .returned: .problems
    case .unrecognised, .unreadable: .noReport
    }
  }

  init(_ file: String, _ workers: WorkerPool, explaining: Bool) async throws {
    let descriptor = try CheckedFile.open(file)
    defer { close(descriptor) }
    let (digest, bytes) = try CheckedFile.hash(descriptor, file)
    let parts = file.split(separator: "/")
    let job = WorkerJob(
      descriptor: descriptor,
      request: WorkerRequest(
        fileName: file == "-" ? nil : parts.last.map(String.init), explaining: explaining),
      label: file)
    let result: ReadingResult
    do throws(WorkerFault) {
      result = try await workers.read(job)
    } catch {
      throw fail("\(error)", .fault)
    }
    let verdict = Verdict(on: result, received: nil, roster: nil, language: commandLanguage)
    content = ReceiptContent(
      file: file, sha256: digest.description, bytes: bytes, format: result.format,
      encoding: result.encoding, outcome: verdict.outcome, refusal: verdict.refusal,
      report: verdict.report, findings: verdict.findings, language: commandLanguage)
    record = CheckRecord(content, file: file)
  }

  private static func open(_ file: String) throws -> Int32 {
    if file == "-" { return try spooled() }
    let descriptor = Glibc.open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      let reason = String(cString: strerror(errno))
      throw fail(
        commandLanguage.say("打不开 \(file)：\(reason)", en: "cannot open \(file): \(reason)"),
        .noInput)
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw fail(
        commandLanguage.say("\(file) 不是文件", en: "\(file) is no regular file"), .noInput)
    }
    return descriptor
  }

  /// Standard input in a file without a name, so that it can be read twice.
  private static func spooled() throws -> Int32 {
    guard let file = tmpfile() else {
      throw fail("tmpfile: \(String(cString: strerror(errno)))", .fault)
    }
    defer { fclose(file) }
    var chunk = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = read(STDIN_FILENO, &chunk, chunk.count)
      let code = errno
      if count < 0, code == EINTR { continue }
      guard count >= 0 else {
        throw fail("stdin: \(String(cString: strerror(code)))", .noInput)
      }
      if count == 0 { break }
      guard fwrite(chunk, 1, count, file) == count else {
        throw fail("tmpfile: \(String(cString: strerror(errno)))", .fault)
      }
    }
    fflush(file)
    let descriptor = dup(fileno(file))
    guard descriptor >= 0, lseek(descriptor, 0, SEEK_SET) == 0 else {
      throw fail("tmpfile: \(String(cString: strerror(errno)))", .fault)
    }
    return descriptor
  }

  private static func hash(_ descriptor: Int32, _ file: String) throws -> (Digest, Int) {
    var digest = SHA256()
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    var total = 0
    while true {
      let count = pread(descriptor, &chunk, chunk.count, total)
      let code = errno
      if count < 0, code == EINTR { continue }
      guard count >= 0 else {
        throw fail("\(file): \(String(cString: strerror(code)))", .noInput)
      }
      if count == 0 { return (digest.finish(), total) }
      chunk[..<count].withUnsafeBytes { digest.update($0) }
      total += count
    }
  }
}
