import ArgumentParser
import Journal
import Receipts
import Reports
import Service

struct NotificationsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notifications", abstract: text("待通知事项。", en: "The notification ledger."))

  @OptionGroup var places: PlaceOptions

  @Option(help: ArgumentHelp(text("单位名称", en: "Unit."), valueName: "unit"))
  var unit: String?

  @Flag(help: ArgumentHelp(text("只看未销号的", en: "Only those nobody has acknowledged.")))
  var unread = false

  @Flag(help: ArgumentHelp(text("每行一个 JSON 对象", en: "One JSON object a line.")))
  var json = false

  func run() throws {
    let configuration = try places.load()
    let language = configuration.language
    let reader = try places.reader(configuration)
    let notifications: [Notification]
    do {
      notifications = try reader.notifications(unit: unit, unread: unread)
    } catch {
      throw unavailable(error, language)
    }
    if json {
      for notification in notifications { line(try encoded(notification.record)) }
      return
    }
    var table = TextTable([
      .init(language.say("编号", en: "id"), .right),
      .init(language.say("收报号", en: "arrival"), .right),
      .init(language.say("对象", en: "to"), width: 30), .init(language.say("状态", en: "state")),
      .init(language.say("内容", en: "message"), width: 60),
    ])
    for notification in notifications {
      let to: String
      switch notification.addressee {
      case .office: to = language.say("主管部门", en: "office")
      case .unit(let unit, _): to = unit
      }
      table.add([
        "\(notification.id)", .init(notification.arrival.map(String.init) ?? ""), .init(to),
        .init(word(notification.state, language)), .init(notification.message),
      ])
    }
    write(table.render(colour: terminal))
  }

  private func word(_ state: Notification.State, _ language: Language) -> String {
    switch state {
    case .new: language.say("未通知", en: "new")
    case .told: language.say("已告知", en: "told")
    case .acknowledged: language.say("已销号", en: "acknowledged")
    case .resolved: language.say("已解决", en: "resolved")
    }
  }
}
