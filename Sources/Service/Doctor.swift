import Digests
import Glibc
import Intake
import Journal
public import Reports
import Roster
import WorkerLink

/// Looks at everything around the daemon that may keep it from working, or from working well; changes nothing.
public struct Doctor: Sendable {
  /// One thing looked at, and what was found.
  public struct Finding: Sendable, Hashable {
    public enum State: String, Sendable {
      case good
      /// Works, and should be known.
      case notice
      /// Keeps the daemon from working, or a promise from holding.
      case wrong
    }
    /// Stable, for programs: `folder.inbox`.
    public let subject: String
    public let state: State
    /// A sentence for people; what to do, where something is to be done.
    public let text: String
  }

  let places: Places
  let mustExist: Bool
  /// `shoubao-worker`; `nil`: not there.
  let worker: String?
  let language: Language
  /// Whose rights count.
  let account: Account

  /// - Parameters:
  ///   - isService: the places are those of the installed service, which runs as user `shoubao`.
  public init(
    places: Places, mustExist: Bool, isService: Bool, worker: String?, language: Language
  ) {
    self.places = places
    self.mustExist = mustExist
    self.worker = worker
    self.language = language
    account = isService ? .service : .caller
  }

  /// Everything, in the order in which a daemon would meet it.
  public func examine() async -> [Finding] {
    let (configuration, files, errors) = Configuration.examine(places: places, mustExist: mustExist)
    var findings = errors.map { finding("configuration", .wrong, $0.message(in: language)) }
    if errors.isEmpty { findings.append(settings(configuration, files)) }
    findings += [roster(configuration.places)]
    findings += who()
    findings += folders(configuration.places)
    findings += room(configuration.places)
    findings += watching(configuration)
    findings += [journal(configuration.places)]
    findings += machine(configuration)
    findings += await readers(configuration)
    return findings
  }

  func finding(_ subject: String, _ state: Finding.State, _ text: String) -> Finding {
    Finding(subject: subject, state: state, text: text)
  }

  func say(_ chinese: String, _ english: String) -> String { language.say(chinese, en: english) }

  private func settings(_ configuration: Configuration, _ files: [String]) -> Finding {
    let unreadable = files.filter { !account.mayRead($0) }
    guard unreadable.isEmpty else {
      return finding(
        "configuration", .wrong,
        say(
          "服务账户读不了 \(unreadable.joined(separator: "、"))；请运行 chmod 644",
          "the service cannot read \(unreadable.joined(separator: ", ")): chmod 644"))
    }
    return finding(
      "configuration", .good,
      files.isEmpty
        ? say("没有设置文件，全部使用默认值", "no settings: everything as by default")
        : say(
          "设置可用：\(files.joined(separator: "、"))",
          "settings are good: \(files.joined(separator: ", "))"
        ))
  }

  private func roster(_ places: Places) -> Finding {
    do throws(RosterError) {
      guard let roster = try places.loadRoster() else {
        return finding(
          "roster", .notice,
          say(
            "没有名册 \(places.roster)，不核对应报单位；格式见 man 5 roster.csv",
            "no roster \(places.roster), so nobody is expected: man 5 roster.csv"))
      }
      guard account.mayRead(places.roster) else {
        return finding(
          "roster", .wrong,
          say(
            "服务账户读不了 \(places.roster)；请运行 chmod 644",
            "the service cannot read \(places.roster): chmod 644"
          ))
      }
      return finding(
        "roster", .good,
        say("名册有 \(roster.entries.count) 个单位", "the roster has \(roster.entries.count) units"))
    } catch {
      return finding("roster", .wrong, error.message(in: language))
    }
  }

  private func journal(_ places: Places) -> Finding {
    let isRunning = Journal.isOpen(path: places.journal)
    let daemon =
      isRunning
      ? say("服务正在运行", "the daemon runs") : say("服务没有运行", "the daemon does not run")
    if places.hasNoJournal {
      guard (try? Archive(path: places.archive).isEmpty()) ?? true else {
        return finding(
          "journal", .wrong,
          StartError.journalMissing(journal: places.journal, archive: places.archive)
            .message(in: language))
      }
      return finding(
        "journal", .notice,
        say("还没有台账，首次启动时建立；\(daemon)", "no journal yet, the first start makes it; \(daemon)"))
    }
    do throws(JournalError) {
      let head = try JournalReader(path: places.journal).head()
      return finding(
        "journal", .good,
        say(
          "台账可读，\(head.entries) 条；\(daemon)",
          "the journal is readable, \(head.entries) entries; \(daemon)"))
    } catch {
      return finding("journal", .wrong, StartError.journal(error).message(in: language))
    }
  }
}
