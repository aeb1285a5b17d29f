import ArgumentParser
import Reports
import Roster
import Service

struct CheckConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check-config",
    abstract: text(
      "检查设置和名册，不改变运行中的服务。",
      en: "Checks settings and roster, and leaves the running service alone."),
    discussion: text(
      "每处错误一行：文件、行号、原因。退出码：0 可用；78 有错误。",
      en: "A line for each mistake: file, line, reason. Exit codes: 0 good; 78 there is a mistake.")
  )

  @OptionGroup var places: PlaceOptions

  func run() throws {
    let (configuration, files, errors) = Configuration.examine(
      places: places.base, mustExist: places.config != nil)
    let language = configuration.language
    var problems = errors.map { $0.message(in: language) }
    var units: Int?
    do throws(RosterError) {
      units = try configuration.places.loadRoster()?.entries.count
    } catch {
      problems.append(error.message(in: language))
    }
    if !problems.isEmpty {
      for problem in problems { _ = fail(problem, .configuration) }
      throw ExitStatus.configuration.code
    }
    line(
      files.isEmpty
        ? language.say("没有设置文件，全部使用默认值。", en: "No settings: everything as by default.")
        : language.say("设置可用：", en: "Settings are good: ") + files.joined(separator: ", "))
    line(
      units.map {
        language.say(
          "名册可用：\(configuration.places.roster)，\($0) 个单位",
          en: "The roster is good: \(configuration.places.roster), \($0) units")
      }
        ?? language.say(
          "没有名册 \(configuration.places.roster)，不核对应报单位",
          en: "No roster \(configuration.places.roster): nobody is expected"))
  }
}
