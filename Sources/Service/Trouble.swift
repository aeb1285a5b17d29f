import Glibc
import Intake
import Journal
import WorkerLink

/// A fault of ours, never of a document: the batch stays where it is and is tried again.
enum Trouble: Error, Sendable {
  case diskFull(String)
  case other(String)

  /// What kept a step from being done.
  init(_ error: any Error) {
    switch error {
    case let trouble as Trouble: self = trouble
    case let error as JournalError:
      if case .diskFull = error { self = .diskFull("\(error)") } else { self = .other("\(error)") }
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

  var reason: String {
    switch self {
    case .diskFull(let reason), .other(let reason): reason
    }
  }

  var isDiskFull: Bool {
    if case .diskFull = self { true } else { false }
  }
}
