import Glibc
import Intake
import Journal
import Reports
import WorkerLink

/// A fault of ours, never of a document: the batch stays where it is and is tried again.
enum Trouble: Error, Sendable {
  case diskFull(String)
  /// Not full yet: what is left is kept for what was claimed.
  case diskLow(DiskShortage)
  /// SQLite cannot read its file.
  case journalDamaged(String)
  case other(String)

  /// What kept a step from being done.
  init(_ error: any Error) {
    switch error {
    case let trouble as Trouble: self = trouble
    case let shortage as DiskShortage: self = .diskLow(shortage)
    case let error as JournalError:
      switch error {
      case .diskFull: self = .diskFull("\(error)")
      case .damaged, .notAJournal: self = .journalDamaged("\(error)")
      default: self = .other("\(error)")
      }
    case let error as ArchiveError:
      if case .diskFull = error { self = .diskFull("\(error)") } else { self = .other("\(error)") }
    case let error as OutboxError:
      self = error.isDiskFull ? .diskFull(error.reason) : .other(error.reason)
    case WorkerFault.system(_, let code) where code == ENOSPC || code == EDQUOT:
      self = .diskFull("\(error)")
    case let error as IntakeError:
      let isFull = error.cause.code == ENOSPC || error.cause.code == EDQUOT
      self = isFull ? .diskFull("\(error)") : .other("\(error)")
    default: self = .other("\(error)")
    }
  }

  func reason(in language: Language) -> String {
    switch self {
    case .diskFull(let reason), .journalDamaged(let reason), .other(let reason): reason
    case .diskLow(let shortage): shortage.message(in: language)
    }
  }

  /// Whether another try has met the same; figures may differ.
  func isSame(as other: Trouble) -> Bool {
    if case .diskLow(let a) = self, case .diskLow(let b) = other { return a.path == b.path }
    return reason(in: .english) == other.reason(in: .english)
  }

  var isDiskFull: Bool {
    switch self {
    case .diskFull, .diskLow: true
    case .journalDamaged, .other: false
    }
  }

  /// The status line while it lasts.
  func status(in language: Language) -> String {
    let reason = reason(in: language)
    return switch self {
    case .diskFull, .diskLow:
      language.say("磁盘已满，暂停收报：\(reason)", en: "disk full, paused: \(reason)")
    case .journalDamaged: language.say("台账损坏，暂停收报：\(reason)", en: "paused: \(reason)")
    case .other: language.say("出错重试中：\(reason)", en: "in trouble: \(reason)")
    }
  }
}
