import ArgumentParser
import Reports
import Service
import WorkerLink

struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: text(
      "检查服务周围的一切：设置、文件夹、权限、空间、内核、时钟、程序库、隔离；不作改动。",
      en:
        "Looks at settings, folders, rights, room, kernel, clock, libraries and cage; changes nothing."
    ),
    discussion: text(
      "✓ 正常；! 能用，但应知道；✗ 须处理。安装的服务请用 root 检查。退出码：0 没有 ✗；1 有。",
      en:
        "✓ good; ! works, and should be known; ✗ must be mended. For the installed service, run it as root. "
        + "Exit codes: 0 no ✗; 1 there is one."))

  @OptionGroup var places: PlaceOptions

  @Flag(help: ArgumentHelp(text("输出 JSON，一项一行", en: "Print JSON, one line each.")))
  var json = false

  func run() async throws {
    let language = Configuration.examine(places: places.base, mustExist: false).configuration
      .language
    let findings = await Doctor(
      places: places.base, mustExist: places.config != nil, isService: places.root == nil,
      worker: locateWorker(), language: language
    ).examine()
    for finding in findings {
      if json {
        line(
          try encoded(
            [
              "subject": .text(finding.subject), "state": .text(finding.state.rawValue),
              "text": .text(finding.text),
            ] as JSONValue))
      } else {
        line("\(finding.state.mark) \(finding.text)")
      }
    }
    if findings.contains(where: { finding in finding.state == Doctor.Finding.State.wrong }) {
      throw ExitStatus.problems.code
    }
  }
}

extension Doctor.Finding.State {
  fileprivate var mark: String {
    switch self {
    case .good: "✓"
    case .notice: "!"
    case .wrong: "✗"
    }
  }
}
