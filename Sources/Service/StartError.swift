import Glibc
import Intake
public import Journal
public import Reports
public import Supervision
public import WorkerLink

/// Why the daemon cannot start.
public enum StartError: Error, Sendable {
  case configuration(ConfigurationError)
  case roster(RosterError)
  case journal(JournalError)
  /// Originals without their journal: starting would begin a second history beside the first.
  case journalMissing(journal: String, archive: String)
  /// While it ran, somebody put another file in the journal's place, or removed it.
  case journalReplaced(journal: String)
  case workerMissing
  /// Workers cannot lock themselves in as the setting demands.
  case cageOpen([Cage.Gap])
  case folder(path: String, reason: String)
  /// The system gives no thread, or no descriptor for it; the errno.
  case noThread(Int32)
  case other(String)

  init(_ error: any Error) {
    switch error {
    case let error as StartError: self = error
    case let error as ConfigurationError: self = .configuration(error)
    case let error as RosterError: self = .roster(error)
    case let error as JournalError: self = .journal(error)
    case let error as FileError: self = .folder(path: error.path, reason: error.reason)
    default: self = .other("\(error)")
    }
  }

  /// As in sysexits.h; 78 keeps systemd from trying again.
  public var exitCode: Int32 {
    switch self {
    case .configuration(let error): error.isPassing ? 75 : 78
    case .roster(let error): error.isPassing ? 75 : 78
    case .cageOpen: 78
    case .journalReplaced, .noThread: 75
    case .journal(.inUse), .journal(.locked), .journal(.locksBroken): 75
    case .journal, .journalMissing: 69
    case .workerMissing, .folder: 69
    case .other: 70
    }
  }

  /// One line: what is wrong and what to do.
  public func message(in language: Language) -> String {
    switch self {
    case .configuration(let error): error.message(in: language)
    case .roster(let error): error.message(in: language)
    case .journal(.inUse(let path)):
      language.say(
        "另一个收报进程正在使用 \(path)；请先停止它，或者用 --root 另指一个目录",
        en: "another daemon uses \(path); stop it first, or name another folder with --root")
    case .journal(.newerSchema(let found, let known)):
      language.say(
        "台账由更新的程序写成（结构第 \(found) 版，本程序只认到第 \(known) 版），未作任何改动；请安装新版程序",
        en:
          "the journal was written by a newer program (schema \(found), this one knows \(known)) and was not touched; "
          + "install the newer program")
    case .journal(.locksBroken(let reason)):
      language.say(
        "台账的文件锁失灵（\(reason)），服务会重新启动，已收的文件不会丢失",
        en:
          "the locks of the journal have failed (\(reason)); the next start goes on, and nothing is lost"
      )
    case .journal(let error): language.say("台账不可用：\(error)", en: "\(error)")
    case .journalMissing(let journal, let archive):
      language.say(
        "\(archive) 里有原件，却没有台账 \(journal)；请从备份恢复台账，或把原件目录移走后再启动",
        en:
          "\(archive) holds originals, and there is no journal \(journal): restore it from the backup, or "
          + "move the originals away")
    case .journalReplaced(let journal):
      language.say(
        "台账文件 \(journal) 在运行中被替换或移走，已停止写入；请确认放在那里的台账是要用的那一份，服务会重新启动并接着用它",
        en:
          "the journal \(journal) was replaced or removed while the daemon ran, nothing more is written; see that "
          + "the file that is there is the one to be used, the next start goes on with it")
    case .workerMissing:
      language.say("找不到 shoubao-worker，请重新安装", en: "shoubao-worker is not there; install again")
    case .cageOpen(let gaps):
      language.say(
        "读取进程不能完全隔离，缺少 \(gaps.map(\.description).joined(separator: "、"))；请换用支持的内核，"
          + "或在 shoubao.toml 的 [workers] 中设 cage = \"prefer\"，接受较弱的隔离",
        en:
          "readers cannot lock themselves in: \(gaps.map(\.description).joined(separator: ", ")); use a kernel "
          + "that can, or accept less with cage = \"prefer\" in [workers] of shoubao.toml")
    case .folder(let path, let reason):
      language.say("目录 \(path) 不可用：\(reason)", en: "folder \(path) cannot be used: \(reason)")
    case .noThread(let errno):
      language.say(
        "系统不给新的线程（\(String(cString: strerror(errno)))），服务不能受看门狗监护；请查看服务的 TasksMax= 和本机的进程数",
        en:
          "the system gives no further thread (\(String(cString: strerror(errno)))), nothing could tell the watchdog that "
          + "the daemon lives; look at TasksMax= of the service and at the processes of this machine"
      )
    case .other(let reason): reason
    }
  }

  /// What it is told as.
  public var event: Event { if case .journalReplaced = self { .journalDamaged } else { .failed } }
}
