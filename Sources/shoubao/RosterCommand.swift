import ArgumentParser
import Collection
import Journal
import Receipts
import Reports
import Service

struct RosterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "roster",
    abstract: text("应报单位：谁已报，谁待更正，谁逾期。", en: "Who must file, who has, who must mend, who is late."),
    discussion: text(
      "名册在 /etc/shoubao/roster.csv（或 --root 目录下的 roster.csv）。--json 的 state：missing returned accepted "
        + "accepted_with_warnings。",
      en:
        "The roster is /etc/shoubao/roster.csv (or roster.csv under --root). With --json, state is one of "
        + "missing, returned, accepted, accepted_with_warnings."))

  @OptionGroup var places: PlaceOptions

  @Option(help: ArgumentHelp(text("报告年度", en: "Report year."), valueName: "year"))
  var year: Int?

  @Flag(help: ArgumentHelp(text("每行一个 JSON 对象", en: "One JSON object a line.")))
  var json = false

  func run() throws {
    let configuration = try places.load()
    let language = configuration.language
    let roster = try places.roster(configuration)
    let today = Journal.now().date
    let reader = try places.reader(configuration)
    let standing: RosterStanding
    do {
      standing = try RosterStanding(
        reader, year: year ?? configuration.collectionYear(on: today), today: today, roster: roster)
    } catch {
      throw unavailable(error, language)
    }
    if json {
      for unit in standing.units { line(try encoded(unit.record)) }
      for chain in standing.unexpected { line(try encoded(chain.record(year: standing.year))) }
      return
    }
    if roster == nil {
      line(
        language.say(
          "没有应报单位名册 \(configuration.places.roster)：下面只是已收到的报告。",
          en:
            "There is no roster \(configuration.places.roster): these are only the reports received."
        ))
    }
    write(table(standing, language).render(colour: terminal))
    if roster != nil { line(summary(standing, language)) }
  }

  private func table(_ standing: RosterStanding, _ language: Language) -> TextTable {
    var table = TextTable([
      .init(language.say("单位", en: "unit"), width: 36),
      .init(language.say("地区", en: "region"), width: 20),
      .init(language.say("期限", en: "due")), .init(language.say("状态", en: "state")),
      .init(language.say("收报号", en: "arrival"), .right),
      .init(language.say("收到", en: "received")),
      .init(language.say("说明", en: "remark"), width: 44),
    ])
    for unit in standing.units {
      table.add([
        .init(unit.entry.unit), .init(unit.entry.region), "\(unit.due)",
        .init(standingWord(unit, language: language), style(unit)),
        .init(unit.chain.map { "\($0.newest.arrival)" } ?? ""),
        .init(unit.chain.map { "\($0.newest.received.date)" } ?? ""),
        .init(standingRemark(unit, language: language)),
      ])
    }
    for chain in standing.unexpected {
      let report = chain.newest
      table.add([
        .init(report.unit), .init(report.region ?? ""), "",
        .init(outcomeWord(report.outcome, language: language)), "\(report.arrival)",
        "\(report.received.date)",
        .init(standing.units.isEmpty ? "" : language.say("不在名册中", en: "not on the roster")),
      ])
    }
    return table
  }

  private func style(_ unit: UnitStanding) -> TextStyle {
    switch unit.state {
    case .missing: unit.isLate ? .red : .yellow
    case .returned: .red
    case .acceptedWithWarnings: .yellow
    case .accepted: unit.mustMend ? .yellow : .green
    }
  }

  private func summary(_ standing: RosterStanding, _ language: Language) -> String {
    language.say(
      "\(standing.year)年度，应报 \(standing.units.count)，已接收 \(standing.accepted.count)，"
        + "退回待更正 \(standing.returned.count)，未报 \(standing.missing.count)（其中逾期 \(standing.late.count)）",
      en: "report year \(standing.year): \(standing.units.count) expected, "
        + "\(standing.accepted.count) accepted, \(standing.returned.count) to be mended, "
        + "\(standing.missing.count) missing (\(standing.late.count) of them late)")
  }
}

extension UnitStanding {
  fileprivate var record: JSONValue {
    var record = chain?.members ?? VersionChain.none
    record["unit"] = .text(entry.unit)
    record["region"] = .text(entry.region)
    record["kind"] = .text(entry.kind.rawValue)
    record["aliases"] = .list(entry.aliases.map { .text($0) })
    record["year"] = .integer(year)
    record["expected"] = .flag(true)
    record["due"] = .text(due.description)
    record["days_left"] = .integer(daysLeft)
    record["state"] = .text(state.rawValue)
    record["late"] = .flag(isLate)
    record["due_soon"] = .flag(isDueSoon)
    record["also"] = .list(others.map { .integer($0.newest.arrival) })
    return .object(record)
  }
}

extension VersionChain {
  static var none: [String: JSONValue] {
    [
      "arrival": .null, "received": .null, "published": .null, "counts": .null,
      "reported_as": .null, "versions": .list([]), "errors": .null, "warnings": .null,
    ]
  }

  /// What the newest version is, which one counts, and all there were.
  fileprivate var members: [String: JSONValue] {
    [
      "arrival": .integer(newest.arrival), "received": .text(newest.received.description),
      "published": JSONValue(newest.published?.description),
      "counts": JSONValue(standing?.arrival), "reported_as": .text(newest.unit),
      "versions": .list(versions.map { .integer($0.arrival) }),
      "errors": .integer(newest.errors), "warnings": .integer(newest.warnings),
    ]
  }

  /// A report of nobody on the roster.
  fileprivate func record(year: Int) -> JSONValue {
    var record = members
    record["unit"] = .text(newest.unit)
    record["region"] = JSONValue(newest.region)
    record["kind"] = JSONValue(newest.kind?.rawValue)
    record["aliases"] = .list([])
    record["year"] = .integer(year)
    record["expected"] = .flag(false)
    record["due"] = .null
    record["days_left"] = .null
    record["state"] = .text((standing ?? newest).outcome.rawValue)
    record["late"] = .flag(false)
    record["due_soon"] = .flag(false)
    record["also"] = .list([])
    return .object(record)
  }
}
