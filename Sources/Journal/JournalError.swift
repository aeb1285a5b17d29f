import CLinux
import GRDB
import Glibc

/// Why the journal cannot do what was asked. Every case is ours, never a document's: nothing of it may become a verdict.
public enum JournalError: Error, Sendable, Hashable {
  /// The journal was written by a newer program.
  case newerSchema(found: Int, known: Int)
  /// The journal was written by an older program, and this connection only reads: start the daemon once.
  case olderSchema(found: Int, known: Int)
  /// A SQLite file, or any other file, that is no journal of shoubao.
  case notAJournal(path: String)
  /// SQLite says that the file is malformed.
  case damaged(message: String)
  /// Another process holds the file longer than the time-out allows: try again.
  case locked(message: String)
  /// The locks that connections take on the journal's index do not answer any more: of a system call on them that has failed, SQLite
  /// does not know what it has left. They go with the process, and the next one finds them in order.
  case locksBroken(message: String)
  /// Another daemon has this journal open for writing.
  case inUse(path: String)
  /// No room, or quota used up: nothing was written, try again when there is room.
  case diskFull(message: String)
  /// A system call failed; `code` is SQLite's extended result code, or 0.
  case io(code: Int, errno: Int, message: String)
  /// There is no journal, or it cannot be opened with the rights of this process.
  case unavailable(path: String, message: String)
  /// A row to be changed is not in the state that allows it: a mistake of the caller.
  case conflict(String)
  /// Reading was given up: nobody wanted its end any more.
  case interrupted
  /// Anything else that SQLite or decoding says.
  case other(code: Int, message: String)
}

extension JournalError {
  /// Worth trying again later without anybody mending anything but room or patience.
  public var isTransient: Bool {
    switch self {
    case .locked, .diskFull: true
    default: false
    }
  }

  init(_ error: any Error, path: String, errno number: Int32 = 0) {
    switch error {
    case let error as JournalError: self = error
    case let error as DatabaseError:
      self = JournalError(
        code: Int(error.extendedResultCode.rawValue), message: error.message ?? "", path: path,
        errno: number)
    default: self = .other(code: 0, message: String(describing: error))
    }
  }

  /// SQLite's result codes, https://www.sqlite.org/rescode.html.
  init(code: Int, message: String, path: String, errno number: Int32) {
    switch ResultCode(rawValue: Int32(code & 0xFF)) {
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked(message: message)
    case .SQLITE_PROTOCOL: self = .locksBroken(message: message)
    case .SQLITE_FULL: self = .diskFull(message: message)
    case .SQLITE_INTERRUPT: self = .interrupted
    case .SQLITE_CORRUPT: self = .damaged(message: message)
    case .SQLITE_NOTADB: self = .notAJournal(path: path)
    case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH, .SQLITE_READONLY:
      self = .unavailable(path: path, message: message)
    case .SQLITE_IOERR where number == ENOSPC || number == EDQUOT:
      self = .diskFull(message: message)
    case .SQLITE_IOERR:
      self = .io(code: code, errno: Int(number), message: message)
    default: self = .other(code: code, message: message)
    }
  }
}

extension JournalError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .newerSchema(let found, let known):
      "the journal has schema \(found), this program knows \(known): use the newer program"
    case .olderSchema(let found, let known):
      "the journal has schema \(found), this program needs \(known): start the daemon once"
    case .notAJournal(let path): "\(path) is no journal of shoubao"
    case .damaged(let message): "the journal is damaged: \(message); run verify"
    case .locked(let message): "the journal is locked: \(message); try again"
    case .locksBroken(let message): "the locks of the journal have failed: \(message); start again"
    case .inUse(let path): "journal already open by another daemon: \(path)"
    case .diskFull(let message): "no room for the journal: \(message)"
    case .io(let code, let errno, let message):
      "the journal cannot be read or written: \(message)"
        + " (SQLite \(code), \(String(cString: linux_error_name(Int32(errno)))))"
    case .unavailable(let path, let message): "no journal at \(path): \(message)"
    case .conflict(let message): "the journal refuses: \(message)"
    case .interrupted: "the journal was not read to the end: nobody wanted it any more"
    case .other(let code, let message): "the journal: \(message) (SQLite \(code))"
    }
  }
}
