import ArgumentParser
import Journal
import Reports
import Service

struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: text(
      "备份台账和全部原件到一个 tar 文件；服务运行时也可以做。",
      en: "Copies the journal and every original to one tar file, also while the daemon runs."),
    discussion: text(
      "恢复：停止服务，tar -xpf FILE -C /var/lib/shoubao（或 --root 的目录），再启动；回执会重新写出。"
        + "退出码：0 完好；1 已备份，但有原件缺失或损坏。",
      en:
        "To restore: stop the daemon, tar -xpf FILE -C /var/lib/shoubao (or the folder of --root), start it; "
        + "receipts are written again. Exit codes: 0 sound; 1 made, but originals are missing or damaged."
    ))

  @OptionGroup var places: PlaceOptions

  @Argument(
    help: ArgumentHelp(
      text(
        "备份文件；完成后才出现，并替换同名的旧文件",
        en: "The file; it appears when it is whole, and takes the place of an older one."),
      valueName: "file"))
  var file: String

  func run() throws {
    let configuration = try places.load()
    let language = configuration.language
    let reader = try places.reader(configuration)
    let report: BackupReport
    do {
      report = try reader.backup(
        to: file, archive: Archive(path: configuration.places.archive),
        held: configuration.places.held, program: Shoubao.version, time: Journal.now())
    } catch {
      throw failed(error, language)
    }
    for digest in report.damaged {
      line(
        language.say(
          "✗ 原件 \(digest) 缺失或损坏；请运行 shoubao verify",
          en: "✗ the original \(digest) is missing or damaged: run shoubao verify"))
    }
    line(
      language.say(
        "已备份到 \(file)：收件 \(report.arrivals) 件、原件 \(report.originals) 份、台账 \(report.head.entries) 条，"
          + "末条哈希 \(report.head.hash)；共 \(report.size) 字节。",
        en: "\(file): \(report.arrivals) arrivals, \(report.originals) originals, "
          + "\(report.head.entries) entries, the last hash is \(report.head.hash); \(report.size) bytes."
      ))
    if !report.damaged.isEmpty { throw ExitStatus.problems.code }
  }

  private func failed(_ error: any Error, _ language: Language) -> any Error {
    guard let error = error as? BackupError else { return fail("\(error)", .unavailable) }
    if error.isDiskFull {
      return fail(
        language.say(
          "备份没有做成，空间不足（\(error)）；请换一个有空间的位置",
          en: "no backup was made, there is no room (\(error)): choose another place"), .tryAgain)
    }
    switch error {
    case .journal(let error): return unavailable(error, language)
    case .archive, .file:
      return fail(
        language.say("备份没有做成：\(error)", en: "no backup was made: \(error)"), .unavailable)
    }
  }
}
