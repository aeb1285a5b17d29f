import Glibc

/// Decides which candidates nobody writes any more.
///
/// A regular file is ready at once when the kernel gives a read lease on it: that is refused while anybody has it open, or
/// mapped, for writing. Where leases do not work (another user's file without `CAP_LEASE`, network mounts) it is ready
/// after a quiet time: as long as our own monotonic clock has seen no change of size, times or identity. What cannot
/// be read, and what is no regular file, also waits for quiet and is then handed over as that.
///
/// A file server closes what its client left half written when the connection was cut, and then no writer is left: a
/// document that is empty or lacks its end is waited for either way, so that the upload can be taken up again.
///
/// What is remembered here decides only *when* a file is looked at, never whether it was taken: losing it costs a quiet
/// time. No time of the file is ever compared with a clock or with another file's.
///
/// Every refusal has its own next look (``nextLook``); a close event may make it come sooner.
public struct Settler: Sendable {
  public typealias Instant = SuspendingClock.Instant

  public struct Settings: Sendable {
    /// Without a lease: unchanged for so long is finished.
    public var quietTime: Duration = .seconds(2)
    /// A document that breaks off is waited for this long after it was first seen, or last changed.
    public var brokenOffTime: Duration = .seconds(30)
    /// While a writer lives: the first next look, doubled up to the last.
    public var firstLook: Duration = .milliseconds(50)
    public var lastLook: Duration = .seconds(5)
    /// Files waited for at a time; further ones are looked at when there is room.
    public var waiting = 200_000

    public init() {}
  }

  private struct Waiting {
    /// As it was when the present quiet began.
    var status: FileStatus
    var quietSince: Instant
    var due: Instant
    var met: Instant
    var refusals = 0
    /// The caller asked to let it rest while it stays as it is.
    var restsUntil: Instant?
  }

  public var settings: Settings
  private let calls: FileCalls
  private var waiting: [InboxPath: Waiting] = [:]

  public init(_ settings: Settings = Settings(), calls: FileCalls = FileCalls()) {
    self.settings = settings
    self.calls = calls
  }

  /// Looks at one candidate. Never blocks: not on a FIFO, not on another's lease.
  public mutating func examine(_ candidate: Candidate, now: Instant) -> Decision {
    let path = candidate.path
    if waiting[path] == nil, waiting.count >= settings.waiting {
      return .wait(Wait(until: now + settings.lastLook, reason: .tooManyWaiting))
    }
    var entry =
      waiting[path]
      ?? Waiting(status: candidate.status, quietSince: now, due: now, met: now)
    entry.met = now
    if !entry.status.isAsBefore(candidate.status) {
      if !entry.status.isSameContent(as: candidate.status) { entry.restsUntil = nil }
      entry.status = candidate.status
      entry.quietSince = now
    }
    if let rest = entry.restsUntil {
      if now < rest { return keep(&entry, path, until: rest, .asked) }
      entry.restsUntil = nil
    }
    guard candidate.kind == .regular else {
      return whenQuiet(&entry, candidate, now) { .ready($0.settled(.notARegularFile)) }
    }
    return lookAtRegular(&entry, candidate, now)
  }

  private mutating func lookAtRegular(
    _ entry: inout Waiting, _ candidate: Candidate, _ now: Instant
  ) -> Decision {
    let path = candidate.path
    let descriptor = withName(path.name) {
      calls.open(candidate.folder.descriptor, $0, O_RDONLY | O_NONBLOCK, 0)
    }
    guard descriptor >= 0 else {
      switch -descriptor {
      case ENOENT:
        waiting[path] = nil
        return .gone
      case EACCES, EPERM:
        return whenQuiet(&entry, candidate, now) { .ready($0.settled(.noPermission)) }
      // Another's lease (a file server's client has it open for writing).
      case EAGAIN: return refuse(&entry, path, now, .writer)
      // It is a link or a socket by now.
      case ELOOP, ENXIO, ENODEV: return refuse(&entry, path, now, .changed)
      default:
        return refuse(
          &entry, path, now, .trouble(IntakeError(.openFile, path: path, Errno(descriptor))))
      }
    }
    let file = OpenFile(descriptor)
    switch calls.status(descriptor) {
    case .failure(let cause):
      return refuse(&entry, path, now, .trouble(IntakeError(.status, path: path, cause)))
    case .success(let status):
      guard status.isAsBefore(candidate.status) else {
        return refuse(&entry, path, now, .changed)
      }
    }
    let lease = calls.takeLease(descriptor)
    if lease >= 0 {
      let patience = entry.quietSince + settings.brokenOffTime
      if now < patience, Completeness.of(file) == .brokenOff {
        return keep(&entry, path, until: patience, .brokenOff)
      }
      waiting[path] = nil
      return .ready(candidate.settled(.readable(file, .lease)))
    }
    switch -lease {
    case EAGAIN: return refuse(&entry, path, now, .writer)
    // Not ours to lease, or no leases on this file system.
    case EACCES, EPERM, EINVAL, ENOLCK, EOPNOTSUPP, ENOSYS, ENOTTY:
      return whenQuiet(&entry, candidate, now) { candidate in
        .ready(candidate.settled(.readable(file, .quiet)))
      } orBrokenOff: {
        Completeness.of(file) == .brokenOff
      }
    default:
      return refuse(&entry, path, now, .trouble(IntakeError(.lease, path: path, Errno(lease))))
    }
  }

  private mutating func whenQuiet(
    _ entry: inout Waiting, _ candidate: Candidate, _ now: Instant,
    _ ready: (Candidate) -> Decision, orBrokenOff isBrokenOff: () -> Bool = { false }
  ) -> Decision {
    let quiet = entry.quietSince + settings.quietTime
    if now < quiet { return keep(&entry, candidate.path, until: quiet, .quiet) }
    let patience = entry.quietSince + settings.brokenOffTime
    if now < patience, isBrokenOff() {
      return keep(&entry, candidate.path, until: patience, .brokenOff)
    }
    waiting[candidate.path] = nil
    return ready(candidate)
  }

  private mutating func refuse(
    _ entry: inout Waiting, _ path: InboxPath, _ now: Instant, _ reason: Wait.Reason
  ) -> Decision {
    let pause = min(settings.firstLook * (1 << min(entry.refusals, 16)), settings.lastLook)
    entry.refusals += 1
    entry.quietSince = now
    return keep(&entry, path, until: now + pause, reason)
  }

  private mutating func keep(
    _ entry: inout Waiting, _ path: InboxPath, until: Instant, _ reason: Wait.Reason
  ) -> Decision {
    entry.due = until
    waiting[path] = entry
    return .wait(Wait(until: until, reason: reason))
  }
}

extension Settler {
  /// When the earliest waiting file is to be looked at; `nil` when none waits.
  public var nextLook: Instant? { waiting.values.lazy.map(\.due).min() }

  public var waitingCount: Int { waiting.count }

  /// The files whose next look has come.
  public func due(_ now: Instant) -> [InboxPath] {
    waiting.compactMap { $0.value.due <= now ? $0.key : nil }
  }

  /// “Look again later”: the file that stands at `candidate` rests for `pause` unless its size or modification time changes
  /// first. For a caller who has judged the content to be cut off and handed the file back: the next examination
  /// after that is as if nothing had been.
  public mutating func rest(_ candidate: Candidate, for pause: Duration, now: Instant) {
    waiting[candidate.path] = Waiting(
      status: candidate.status, quietSince: now, due: now + pause, met: now,
      restsUntil: now + pause)
  }

  /// Forgets one file, or all that no whole scan has met since `start`: they are gone.
  public mutating func forget(_ path: InboxPath) { waiting[path] = nil }

  public mutating func forgetUnmet(since start: Instant) {
    waiting = waiting.filter { $0.value.met >= start }
  }
}
