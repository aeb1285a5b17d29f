import ArgumentParser
import Collection
import Glibc
import Journal
import Receipts
import Reports
import Roster
import Service

struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: text("收报进度。", en: "How the collection stands."))

  @OptionGroup var places: PlaceOptions

  @Option(help: ArgumentHelp(text("报告年度", en: "Report year."), valueName: "year"))
  var year: Int?

  @Flag(help: ArgumentHelp(text("输出 JSON", en: "Print JSON.")))
  var json = false

  func run() async throws {
    let configuration = try places.load()
    let reader = try places.reader(configuration)
    let today = Journal.now().date
    let year = year ?? configuration.collectionYear(on: today)
    // Without a roster nobody is missing, and nobody's versions are read.
    var standing: RosterStanding?
    if access(configuration.places.roster, F_OK) == 0 {
      // A country's takes a third of a second, and as long as its journal.
      async let listed = try? configuration.places.loadRoster()
      let chains = try places.chains(reader, year: year, configuration.language)
      standing = await listed.map {
        RosterStanding(year: year, today: today, roster: $0, chains: chains)
      }
    }
    let status: CollectionStatus
    let isRunning: Bool
    do throws(JournalError) {
      isRunning = Journal.isOpen(path: configuration.places.journal)
      status = try CollectionStatus(
        reader, year: year,
        units: standing.map {
          .init(expected: $0.units.count, missing: $0.missing.count, late: $0.late.count)
        }, inInbox: configuration.places.filesInInbox())
    } catch {
      throw unavailable(error, configuration.language)
    }
    let shortage = DiskShortage.find(
      at: configuration.places, reserve: configuration.disk.reserveBytes)
    if json {
      line(try encoded(status.record(standing, isRunning: isRunning)))
    } else {
      print(status, standing, isRunning, shortage, configuration.language)
    }
  }

  private func print(
    _ status: CollectionStatus, _ standing: RosterStanding?, _ isRunning: Bool,
    _ shortage: DiskShortage?, _ language: Language
  ) {
    line(status.line(in: language))
    line(
      isRunning
        ? language.say("服务：正在运行", en: "daemon: running")
        : language.say("服务：没有运行", en: "daemon: stopped"))
    if let shortage {
      line(
        language.say(
          "磁盘空间不足，暂停收报：\(shortage.message(in: language))",
          en: "disk low, nothing new is taken in: \(shortage.message(in: language))"))
    }
    if let last = status.last, let result = last.result {
      let what = last.identity?.unit ?? last.displayName
      line(
        language.say(
          "最近：第 \(last.number) 号，\(last.received.date) \(last.received.clock)，\(what)，",
          en: "last: number \(last.number), \(last.received.date) \(last.received.clock), \(what), "
        )
          + outcomeWord(result.outcome, language: language))
    }
    for (title, units) in [
      (language.say("逾期未报", en: "late"), standing?.late),
      (language.say("未报", en: "missing"), standing?.missing.filter { !$0.isLate }),
      (language.say("退回待更正", en: "to be mended"), standing?.returned),
    ] {
      guard let units, !units.isEmpty else { continue }
      line("\(title)：" + units.map(\.entry.unit).joined(separator: "、"))
    }
    line(
      language.say("台账：", en: "journal: ")
        + language.say("\(status.head.entries) 条，", en: "\(status.head.entries) entries, ")
        + "\(status.head.hash)")
  }
}

extension CollectionStatus {
  /// The `status --json` object of the contract. `expected` is `null` without a roster: nobody has said who must report.
  fileprivate func record(_ standing: RosterStanding?, isRunning: Bool) -> JSONValue {
    func names(_ units: [UnitStanding]?) -> JSONValue {
      .list((units ?? []).map { .text($0.entry.unit) })
    }
    return [
      "year": .integer(year), "expected": JSONValue(units?.expected),
      "received": .integer(counts.received),
      "accepted": .integer(accepted),
      "accepted_with_warnings": .integer(counts[.acceptedWithWarnings]),
      "returned": .integer(counts[.returned]), "unrecognised": .integer(counts[.unrecognised]),
      "unpacked": .integer(counts[.unpacked]),
      "unreadable": .integer(counts[.unreadable]), "duplicate": .integer(counts[.duplicate]),
      "missing": names(standing?.missing), "late": names(standing?.late),
      "queue": .integer(queue), "last": last.map(\.record) ?? .null,
      "daemon": .text(isRunning ? "running" : "stopped"),
      "journal": ["entries": .integer(head.entries), "head": .text(head.hash.description)],
    ]
  }
}
