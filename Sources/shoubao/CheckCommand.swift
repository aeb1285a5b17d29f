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

  @OptionGroup var places: PlaceOptions

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
    let configuration = try places.loadIfGood()
    var settings = configuration.workerSettings(worker)
    settings.count = max(1, min(files.count, settings.count))
    // A clerk's machine may have an old kernel; it is his own file.
    settings.cage = .prefer
    let workers = WorkerPool(settings, report: { _ in }, cage: warn)
    var status = ExitStatus.done
    do {
      // As many at a time as there are workers, answered in the order asked.
      let width = settings.count * 2
      for start in stride(from: 0, to: files.count, by: width) {
        let group = Array(files[start..<min(start + width, files.count)])
        for checked in try await checkAll(group, workers, configuration.limits) {
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

  @Sendable private func warn(_ cage: Cage) {
    guard !cage.isClosed else { return }
    let gaps = cage.gaps.map(\.description).joined(separator: ", ")
    write(
      commandLanguage.say(
        "shoubao：读取进程隔离不全，缺 \(gaps)\n", en: "shoubao: reader not locked in by \(gaps)\n"),
      to: STDERR_FILENO)
  }

  private func checkAll(
    _ files: [String], _ workers: WorkerPool, _ limits: Configuration.Limits
  ) async throws -> [CheckedFile] {
    let reader = FileReader(workers: workers, limits: limits, explaining: explain)
    return try await inOrder(files) { try await CheckedFile.all($0, reader) }.flatMap(\.self)
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
