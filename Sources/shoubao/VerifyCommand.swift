import ArgumentParser
import Glibc
import Journal
import Reports
import Service
import Supervision

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: text(
      "核对台账、原件和回执有没有被改动。",
      en: "Checks the journal's chain, the originals and every receipt."),
    discussion: text(
      "尾部被整齐截掉，只有与别处留存的末条哈希相比才看得出来："
        + "journalctl -u shoubaod SHOUBAO_EVENT=head -o cat | shoubao verify --heads -。"
        + "退出码：0 完好；1 发现损坏。",
      en:
        "That a tail was cut off shows only beside a head remembered elsewhere: "
        + "journalctl -u shoubaod SHOUBAO_EVENT=head -o cat | shoubao verify --heads -. "
        + "Exit codes: 0 sound; 1 damage found."))

  @OptionGroup var places: PlaceOptions

  @Option(
    help: ArgumentHelp(
      text(
        "别处留存的末条哈希，条数:哈希（可写多次）",
        en: "A head remembered elsewhere, ENTRIES:HASH; may be given several times."),
      valueName: "head"), transform: VerifyCommand.head)
  var head: [Head] = []

  @Option(
    help: ArgumentHelp(
      text(
        "含有 条数:哈希 的文本文件，“-”为标准输入",
        en: "A text file with such heads in its lines; “-” is standard input."), valueName: "file"))
  var heads: String?

  @Flag(help: ArgumentHelp(text("输出 JSON", en: "Print JSON.")))
  var json = false

  func run() throws {
    let configuration = try places.load()
    let language = configuration.language
    let reader = try places.reader(configuration)
    let remembered = try head + rememberedHeads(language)
    let report: VerifyReport
    do {
      let archive = try Archive(path: configuration.places.archive)
      let showsProgress = isatty(STDERR_FILENO) == 1
      report = try reader.verify(
        archive: archive, outbox: configuration.places.outbox, heads: remembered
      ) {
        if showsProgress { write("\r\($0.stage.rawValue) \($0.done) ", to: STDERR_FILENO) }
      }
      if showsProgress { write("\r\u{1B}[K", to: STDERR_FILENO) }
    } catch let error as JournalError {
      throw unavailable(error, language)
    } catch {
      throw fail("\(error)", .unavailable)
    }
    if json {
      line(try encoded(report.record))
    } else {
      print(report, language)
    }
    if !report.isSound {
      tellJournald(report, language)
      throw ExitStatus.problems.code
    }
  }

  /// Run by `shoubao-verify.timer`, nobody reads the lines above: damage is an event.
  private func tellJournald(_ report: VerifyReport, _ language: Language) {
    guard case .journal = EventLog.Destination.detect() else { return }
    EventLog(.journal).write(
      .journalDamaged,
      language.say(
        "核验发现损坏 \(report.damageCount) 处；请运行 shoubao verify 查看",
        en: "\(report.damageCount) damages found; shoubao verify tells them"))
  }

  private static func head(_ text: String) throws -> Head {
    guard let head = Head(text) else { throw ValidationError("\(text): ENTRIES:HASH") }
    return head
  }

  private func rememberedHeads(_ language: Language) throws -> [Head] {
    guard let heads else { return [] }
    let found = Head.all(in: try InputFile(opening: heads).text())
    // A file without any would make everything look compared that was not.
    guard !found.isEmpty else {
      throw fail(
        language.say(
          "\(heads) 里没有“条数:哈希”", en: "\(heads) has no ENTRIES:HASH in it"), .noInput)
    }
    return found
  }

  private func print(_ report: VerifyReport, _ language: Language) {
    for damage in report.damages {
      let place = [damage.number.map(String.init), damage.detail].compactMap(\.self)
      line(
        "✗ \(damage.subject.rawValue) \(place.joined(separator: " "))"
          + language.say(
            "：应为 \(damage.expected)，实为 \(damage.found)。",
            en: ": expected \(damage.expected), found \(damage.found). ")
          + damage.sure(language))
    }
    let counted = language.say(
      "核对台账 \(report.entries) 条、收件 \(report.arrivals) 件、原件 \(report.originals) 份、回执 \(report.receipts) 份",
      en: "\(report.entries) entries, \(report.arrivals) arrivals, \(report.originals) originals, "
        + "\(report.receipts) receipts")
    line(
      counted
        + (report.isSound
          ? language.say("，全部完好。", en: ": all sound.")
          : language.say("，发现损坏 \(report.damageCount) 处。", en: ": \(report.damageCount) damages.")))
  }
}

extension VerifyReport {
  fileprivate var record: JSONValue {
    [
      "sound": .flag(isSound), "entries": .integer(entries),
      "sound_entries": .integer(soundEntries), "head": JSONValue(head?.hash.description),
      "arrivals": .integer(arrivals), "originals": .integer(originals),
      "receipts": .integer(receipts), "damage_count": .integer(damageCount),
      "strangers": .integer(strangers),
      "damage": .list(
        damages.map {
          [
            "subject": .text($0.subject.rawValue), "number": JSONValue($0.number),
            "detail": JSONValue($0.detail), "expected": .text($0.expected),
            "found": .text($0.found),
          ]
        }),
    ]
  }
}
