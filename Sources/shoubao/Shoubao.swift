import ArgumentParser

@main
struct Shoubao: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shoubao",
    abstract: text(
      "收报：收齐、核对政府信息公开工作年度报告，并逐份回执。",
      en: "Collects and checks annual reports on government information disclosure."),
    discussion: text(
      "把报告放进收报文件夹，就会在回执文件夹里得到一份回执。只想核对、不登记，用 shoubao check。",
      en:
        "Drop a report into the inbox and find a receipt in the outbox. To check without filing: shoubao check."
    ),
    version: version,
    subcommands: [
      ServeCommand.self, CheckCommand.self, StatusCommand.self, ListCommand.self,
      ShowCommand.self, NotificationsCommand.self, RosterCommand.self, TotalsCommand.self,
      ExportCommand.self, AcknowledgeCommand.self, ReprocessCommand.self, VerifyCommand.self,
      BackupCommand.self, CheckConfigCommand.self, DoctorCommand.self,
    ])

  static let version = "0.1.0"
}
