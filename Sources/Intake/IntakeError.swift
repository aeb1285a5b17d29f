import Glibc

/// A step of intake that did not succeed.
public struct IntakeError: Error, Sendable, Hashable, CustomStringConvertible {
  public enum Step: String, Sendable {
    case openInbox, openFolder, listFolder, status, openFile, lease, watch
    case openWork, claim, copy, sync, hold, handBack, drop, leftovers
  }

  /// Whose fault it is, and so what is to be done.
  public enum Blame: Sendable {
    /// Ours or the machine's: nothing is said about the file; try again when mended.
    case ours
    /// The file's or its folder's: trying again changes nothing until somebody changes it.
    case file
    /// It is not there any more, or not the same: the next scan tells.
    case gone
  }

  public let step: Step
  public let path: InboxPath?
  /// The arrival number, where one was given.
  public let number: Int64?
  public let cause: Errno
  /// The file has its name in the inbox no more: its number must not be given up, ``Claimer/leftovers()`` or
  /// ``Claimer/finishInterrupted(in:)`` has it.
  public var isMoved = false

  init(_ step: Step, path: InboxPath? = nil, number: Int64? = nil, _ cause: Errno) {
    self.step = step
    self.path = path
    self.number = number
    self.cause = cause
  }

  public var blame: Blame {
    switch step {
    case .openInbox, .watch, .openWork, .copy, .sync, .leftovers, .drop: return .ours
    default: break
    }
    switch cause.code {
    case ENOENT, ESTALE, ENOTDIR, ELOOP: return .gone
    // The claim was broken off because a writer came back.
    case EBUSY where step == .claim: return .gone
    case EACCES, EPERM: return .file
    default: return .ours
    }
  }

  var moved: IntakeError {
    var error = self
    error.isMoved = true
    return error
  }

  public var description: String {
    let subject = [path.map { "“\($0)”" }, number.map { "arrival \($0)" }].compactMap(\.self)
    return "\(step.rawValue) \(subject.joined(separator: ", ")): \(cause)"
  }
}
