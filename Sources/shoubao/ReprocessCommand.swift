import ArgumentParser
import Glibc
import Journal
import Receipts
import Reports
import Service
import Supervision
import WorkerLink

struct ReprocessCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reprocess",
    abstract: text(
      "用现在的程序重新读取并核对已归档的原件。", en: "Reads and checks archived originals again with today's program."),
    discussion: text(
      "结果有变化的，重新写回执；以前的结果保留在经过中。可以随时中断：服务运行时由服务继续做完，没有运行时下次接着做。",
      en:
        "What comes out differently gets new receipts; earlier judgements are kept. It can be interrupted: a "
        + "running daemon goes on by itself, else the next run or start does."))

  @OptionGroup var places: PlaceOptions

  @Argument(help: ArgumentHelp(text("收报号", en: "Arrival numbers."), valueName: "arrival"))
  var arrivals: [Int] = []

  @Flag(help: ArgumentHelp(text("全部", en: "All arrivals.")))
  var all = false

  func validate() throws {
    if arrivals.isEmpty != all {
      throw ValidationError(text("请写收报号，或者 --all", en: "name arrivals, or --all"))
    }
  }

  func run() async throws {
    let configuration = try places.load()
    let language = configuration.language
    let reader = try places.reader(configuration)
    let numbers: [Int]
    let head: Head
    do {
      numbers = try chosen(reader, language)
      head = try reader.head()
    } catch let error as JournalError {
      throw unavailable(error, language)
    }
    guard !numbers.isEmpty else {
      line(language.say("没有可以重新核对的原件", en: "there is nothing to read again"))
      return
    }
    let progress = Progress(language.say("重新核对", en: "reading again"))
    let answer = try await Asking(configuration).ask(
      .reprocess(numbers), waiting: nil,
      progress: { left in progress.show(numbers.count - left, of: numbers.count) },
      alone: { name in try await finish(name, configuration, language) })
    progress.end()
    if case .refused(let why) = answer { throw fail(why, .fault) }
    do {
      try report(reader, since: head, of: numbers, language)
    } catch let error as JournalError {
      throw unavailable(error, language)
    }
  }

  /// Without duplicates and containers, which others judge; one that was named and cannot be is told.
  private func chosen(_ reader: JournalReader, _ language: Language) throws -> [Int] {
    func isReadable(_ arrival: Arrival) -> Bool {
      guard let result = arrival.result, result.sha256 != nil else { return false }
      return result.outcome != .duplicate && result.outcome != .unpacked
    }
    if all {
      var numbers: [Int] = []
      try reader.eachArrival { if isReadable($0) { numbers.append($0.number) } }
      return numbers.sorted()
    }
    for number in arrivals {
      guard let arrival = try reader.arrival(number)?.arrival else {
        throw fail(
          language.say("没有第 \(number) 号", en: "there is no arrival \(number)"), .noInput)
      }
      guard isReadable(arrival) else {
        throw fail(
          language.say(
            "第 \(number) 号没有自己的原件可核对（重复报送、压缩包、待处理或没有内容）",
            en:
              "arrival \(number) has no original of its own to be read: a duplicate, an archive, waiting, or without bytes"
          ), .noInput)
      }
    }
    return Array(Set(arrivals)).sorted()
  }

  /// No daemon runs: one is made that does this and nothing else.
  private func finish(
    _ name: String, _ configuration: Configuration, _ language: Language
  ) async throws {
    guard let worker = locateWorker() else {
      throw fail(
        language.say("找不到 shoubao-worker，请重新安装", en: "shoubao-worker is not there"), .fault)
    }
    let daemon: Daemon
    do {
      daemon = try Daemon(
        configuration: configuration, base: places.base, mustExist: places.config != nil,
        log: EventLog(threshold: .warning), notifier: Notifier.takingEnvironment { _ in },
        worker: worker)
    } catch {
      throw fail(error.message(in: language), ExitStatus(rawValue: error.exitCode) ?? .fault)
    }
    do {
      try await daemon.answerAll()
    } catch {
      throw fail("\(error)", .tryAgain)
    }
  }

  private func report(
    _ reader: JournalReader, since head: Head, of numbers: [Int], _ language: Language
  ) throws {
    let changed = try reader.rejudged(since: head.entries).filter(Set(numbers).contains)
    line(
      language.say(
        "重新核对 \(numbers.count) 份，结果有变化 \(changed.count) 份",
        en: "\(numbers.count) read again, \(changed.count) came out differently"))
    for number in changed {
      guard let detail = try reader.arrival(number), let now = detail.arrival.result,
        let before = detail.past.last
      else { continue }
      let words = [before.outcome, now.outcome].map { outcomeWord($0, language: language) }
      line(
        language.say(
          "第 \(number) 号：\(words[0])（差错 \(before.errors)）→ \(words[1])（差错 \(now.errors)）",
          en:
            "number \(number): \(words[0]) (\(before.errors) errors) → \(words[1]) (\(now.errors) errors)"
        ))
    }
  }
}
