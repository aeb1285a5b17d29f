import ArgumentParser
import Journal
import Receipts
import Reports
import Service

struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: text("收到的文件，新的在前。", en: "Arrivals, newest first."))

  @OptionGroup var places: PlaceOptions

  @Option(help: ArgumentHelp(text("报告年度", en: "Report year."), valueName: "year"))
  var year: Int?

  @Option(help: ArgumentHelp(text("单位名称", en: "Unit."), valueName: "unit"))
  var unit: String?

  @Option(
    help: ArgumentHelp(
      text("结果：", en: "Outcome: ") + Outcome.allCases.map(\.rawValue).joined(separator: " "),
      valueName: "outcome"),
    transform: outcome(named:))
  var outcome: Outcome?

  @Flag(help: ArgumentHelp(text("每行一个 JSON 对象", en: "One JSON object a line.")))
  var json = false

  func run() throws {
    let configuration = try places.load()
    let reader = try places.reader(configuration)
    let filter = JournalReader.Filter(year: year, unit: unit, outcome: outcome)
    do {
      if json {
        try reader.eachArrival(filter) { line(try encoded($0.record)) }
      } else {
        try printTable(reader, filter, configuration.language)
      }
    } catch let error as JournalError {
      throw unavailable(error, configuration.language)
    }
  }

  private func printTable(
    _ reader: JournalReader, _ filter: JournalReader.Filter, _ language: Language
  ) throws {
    var table = TextTable([
      .init(language.say("号", en: "No"), .right), .init(language.say("收到", en: "received")),
      .init(language.say("结果", en: "outcome")),
      .init(language.say("单位", en: "unit"), width: 36),
      .init(language.say("年度", en: "year"), .right),
      .init(language.say("差错", en: "errors"), .right),
      .init(language.say("核对", en: "check"), .right),
      .init(language.say("文件", en: "file"), width: 40),
    ])
    try reader.eachArrival(filter) { arrival in
      let outcome = arrival.result?.outcome
      table.add([
        "\(arrival.number)", "\(arrival.received.date) \(arrival.received.clock.prefix(5))",
        .init(
          outcome.map { outcomeWord($0, language: language) }
            ?? language.say("待处理", en: "waiting"), outcome.map(style)),
        .init(unit(arrival, language)), .init(arrival.identity?.year.map(String.init) ?? ""),
        "\(arrival.result?.errors ?? 0)", "\(arrival.result?.warnings ?? 0)",
        .init(arrival.displayName),
      ])
    }
    write(table.render(colour: terminal))
  }

  /// Of a duplicate, where its answer stands.
  private func unit(_ arrival: Arrival, _ language: Language) -> String {
    arrival.result?.duplicateOf.map { language.say("见第 \($0) 号", en: "see No. \($0)") }
      ?? arrival.identity?.unit ?? ""
  }

  private func style(_ outcome: Outcome) -> TextStyle {
    switch outcome {
    case .accepted, .duplicate, .unpacked: .green
    case .acceptedWithWarnings: .yellow
    case .returned, .unrecognised, .unreadable: .red
    }
  }
}

private func outcome(named name: String) throws -> Outcome {
  guard let outcome = Outcome(rawValue: name) else {
    throw ValidationError(Outcome.allCases.map(\.rawValue).joined(separator: ", "))
  }
  return outcome
}
