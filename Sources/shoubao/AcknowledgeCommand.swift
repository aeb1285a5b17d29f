import ArgumentParser
import Journal
import Reports
import Service

struct AcknowledgeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "acknowledge",
    abstract: text("通知事项销号：已经处理。", en: "Marks notifications as seen."),
    discussion: text(
      "编号见 shoubao notifications。服务运行时由服务登记，没有运行时直接登记。",
      en:
        "The numbers are those of shoubao notifications. While the daemon runs it writes them; else this command does."
    ))

  @OptionGroup var places: PlaceOptions

  @Argument(help: ArgumentHelp(text("通知编号", en: "Ids of notifications."), valueName: "n"))
  var ids: [Int]

  func run() async throws {
    let configuration = try places.load()
    let language = configuration.language
    let reader = try places.reader(configuration)
    do {
      let known = Set(try reader.notifications().map(\.id))
      let unknown = ids.filter { !known.contains($0) }
      guard unknown.isEmpty else {
        let list = unknown.map(String.init).joined(separator: " ")
        throw fail(
          language.say("没有编号为 \(list) 的通知", en: "there are no notifications \(list)"), .noInput)
      }
      try reader.close()
    } catch let error as JournalError {
      throw unavailable(error, language)
    }
    let answer = try await Asking(configuration).ask(.acknowledge(ids)) { journal in
      .done(try journal.acknowledge(ids))
    }
    guard case .done(let changed) = answer else {
      if case .refused(let why) = answer { throw fail(why, .fault) }
      return
    }
    line(
      language.say("已销号 \(changed.count) 项", en: "\(changed.count) acknowledged")
        + (changed.count == ids.count
          ? ""
          : language.say(
            "，其余 \(ids.count - changed.count) 项此前已销号或已解决",
            en: ", \(ids.count - changed.count) were acknowledged or resolved before")))
  }
}
