import ArgumentParser
import Checking
import Digests
import Glibc
import Journal
import Receipts
import Reports
import Service

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: text(
      "一份文件的结果、数字、问题、回执和经过；或取回原件。",
      en: "One arrival: outcome, figures, findings, receipts, history; or its original."))

  @OptionGroup var places: PlaceOptions

  @Argument(help: ArgumentHelp(text("收报号", en: "Arrival number."), valueName: "arrival"))
  var arrival: Int

  @Flag(help: ArgumentHelp(text("输出 JSON", en: "Print JSON.")))
  var json = false

  @Flag(
    help: ArgumentHelp(
      text("把原件一字不差地写到标准输出", en: "Write the original's bytes to standard output.")))
  var original = false

  func run() throws {
    let configuration = try places.load()
    let language = configuration.language
    let reader = try places.reader(configuration)
    do {
      guard let detail = try reader.arrival(arrival) else {
        if let given = try reader.withdrawn(arrival) {
          throw fail(
            language.say(
              "第 \(arrival) 号于 \(given.date) \(given.clock) 作废：登记时文件还没有离开收报文件夹，随后用新的号码登记",
              en:
                "number \(arrival) was given up on \(given.date) \(given.clock): its file had not left the "
                + "inbox, and has got a later number"), .noInput)
        }
        throw fail(
          language.say("没有第 \(arrival) 号", en: "there is no arrival \(arrival)"), .noInput)
      }
      if original {
        if let dropped = try reader.expired(arrival) {
          throw fail(
            language.say(
              "第 \(arrival) 号的原件已于 \(dropped.date) 按保存期限删除",
              en: "the original of arrival \(arrival) was dropped by its age on \(dropped.date)"),
            .noInput)
        }
        try writeOriginal(detail, configuration)
      } else if json {
        line(try encoded(record(detail, reader, language)))
      } else {
        try printText(detail, reader, language)
      }
    } catch let error as JournalError {
      throw unavailable(error, language)
    } catch let error as ArchiveError {
      throw fail("\(error)", .unavailable)
    }
  }

  private func writeOriginal(_ detail: ArrivalDetail, _ configuration: Configuration) throws {
    guard let digest = detail.arrival.result?.sha256 else {
      throw fail(
        configuration.language.say(
          "第 \(arrival) 号没有可取回的原件（见 \(configuration.places.held)/\(arrival)）",
          en: "arrival \(arrival) has no bytes (see \(configuration.places.held)/\(arrival))"),
        .noInput)
    }
    let file = try Archive(path: configuration.places.archive).open(digest)
    defer { close(file) }
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = read(file, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw fail("read: \(String(cString: strerror(errno)))", .fault) }
      if count == 0 { return }
      write(chunk[..<count])
    }
  }

  /// A duplicate shows what was said of the first, and that it was said of the first.
  private func content(
    _ detail: ArrivalDetail, _ reader: JournalReader, _ language: Language
  ) throws -> ReceiptContent? {
    guard var content = try ReceiptContent(detail, reader, language) else { return nil }
    if let first = detail.arrival.result?.duplicateOf, let earlier = try reader.arrival(first),
      let said = try ReceiptContent(earlier, reader, language)
    {
      content.outcome = said.outcome
      content.refusal = said.refusal
      content.report = said.report
      content.findings =
        [
          sameFile(
            arrival: first, received: earlier.arrival.received.date, outcome: said.outcome,
            language: language)
        ] + said.findings
    }
    return content
  }

  private func record(
    _ detail: ArrivalDetail, _ reader: JournalReader, _ language: Language
  ) throws -> JSONValue {
    let arrival = detail.arrival
    let check = try content(detail, reader, language)
    return [
      "arrival": .integer(arrival.number), "received": .text(arrival.received.description),
      "outcome": JSONValue(arrival.result?.outcome.rawValue),
      "duplicate_of": JSONValue(arrival.result?.duplicateOf),
      "supersedes": JSONValue(arrival.result?.supersedes),
      "superseded_by": JSONValue(arrival.supersededBy),
      "version": JSONValue(arrival.identity?.version),
      "parent": JSONValue(arrival.parent),
      "members": .list(try reader.members(of: arrival.number).map { .integer($0.number) }),
      "notifications": .list(detail.notifications.map(\.record)),
      "receipts": .list(detail.receipts.map(\.json)),
      "history": .list(detail.history.map(\.json)),
      "earlier_judgements": .list(detail.past.map(\.json)),
      "check": check.map { .record(CheckRecord($0, file: arrival.displayName)) } ?? .null,
    ]
  }

  private func printText(
    _ detail: ArrivalDetail, _ reader: JournalReader, _ language: Language
  ) throws {
    guard let content = try ReceiptContent(detail, reader, language) else {
      line(
        language.say(
          "第 \(arrival) 号：\(detail.arrival.displayName)，待处理",
          en: "number \(arrival): \(detail.arrival.displayName), waiting"))
      return
    }
    write(receiptText(content))
    line("\n" + language.say("经过", en: "History"))
    var table = TextTable([
      .init(language.say("条", en: "entry"), .right), .init(language.say("时间", en: "time")),
      .init(language.say("事项", en: "kind")),
    ])
    for entry in detail.history {
      table.add([
        "\(entry.seq)", "\(entry.time.date) \(entry.time.clock)", .init(entry.kind.rawValue),
      ])
    }
    write(table.render(colour: terminal))
  }
}

extension ToldReceipt {
  fileprivate var json: JSONValue {
    [
      "path": .text(String(decoding: record.path, as: UTF8.self)),
      "html_sha256": .text(record.html.description), "text_sha256": .text(record.text.description),
      "told": .text(told.description), "replaced": .flag(replacedBy != nil),
    ]
  }
}

extension PastJudgement {
  fileprivate var json: JSONValue {
    [
      "entry": .integer(entry), "time": .text(judged.description),
      "outcome": .text(outcome.rawValue), "errors": .integer(errors),
      "warnings": .integer(warnings),
    ]
  }
}

extension Entry {
  fileprivate var json: JSONValue {
    [
      "entry": .integer(seq), "time": .text(time.description), "kind": .text(kind.rawValue),
      "hash": .text(hash.description),
    ]
  }
}
