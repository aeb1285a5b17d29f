import ArgumentParser
import Collection
import Journal
import Reports
import Roster
import Service

/// Where everything lies: options of all commands that use the journal.
struct PlaceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      text(
        "设置文件（默认 /etc/shoubao/shoubao.toml）",
        en: "Configuration file (default /etc/shoubao/shoubao.toml)."), valueName: "file"))
  var config: String?

  @Option(
    help: ArgumentHelp(
      text(
        "所有内容放在这个目录下，不用系统路径", en: "Keep everything under this folder, no system paths."),
      valueName: "dir"))
  var root: String?

  /// The places before any configuration is applied.
  var base: Places {
    var places = root.map(Places.under(root:)) ?? .system
    if let config { places.configuration = config }
    return places
  }

  /// Reads the configuration; a file that was named must be there.
  func load() throws -> Configuration {
    do {
      return try Configuration.load(places: base, mustExist: config != nil)
    } catch {
      throw fail(error.message(in: commandLanguage), .configuration)
    }
  }

  /// The same for a command that needs none: a mistake in a file that nobody named is told, and what is good of it counts.
  func loadIfGood() throws -> Configuration {
    guard config == nil, root == nil else { return try load() }
    let (configuration, _, errors) = Configuration.examine(places: base, mustExist: false)
    for error in errors { _ = fail(error.message(in: commandLanguage), .configuration) }
    return configuration
  }

  /// The journal, read-only.
  func reader(_ configuration: Configuration) throws -> JournalReader {
    do {
      return try JournalReader(path: configuration.places.journal)
    } catch {
      throw unavailable(error, configuration.language)
    }
  }

  /// All versions of a year's reports.
  func chains(
    _ journal: JournalReader, year: Int, _ language: Language
  ) throws -> [VersionChain] {
    do {
      return try VersionChain.all(journal, year: year)
    } catch {
      throw unavailable(error, language)
    }
  }

  func roster(_ configuration: Configuration) throws -> Roster? {
    do {
      return try configuration.places.loadRoster()
    } catch {
      throw fail(error.message(in: configuration.language), .configuration)
    }
  }
}

/// The journal does not answer.
func unavailable(_ error: JournalError, _ language: Language) -> any Error {
  switch error {
  case .unavailable(let path, _):
    fail(
      language.say(
        "没有台账 \(path)；请先启动服务，或用 --root 指明目录",
        en: "there is no journal \(path); start the service, or name its folder with --root"),
      .unavailable)
  case .locked, .locksBroken:
    fail(language.say("台账正忙，请稍后再试", en: "the journal is busy, try again"), .tryAgain)
  default: fail("\(error)", .unavailable)
  }
}
