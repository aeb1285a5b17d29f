import Glibc
import Synchronization

/// Takes files out of the inbox under the number of their arrival, and puts them back.
///
/// States and moves. A file is in the inbox under its name, in `work/` under its number, or in `held/` under its number
/// (what cannot be archived: links, FIFOs, what may not be read). Every move is one rename that replaces nothing, so
/// a process killed anywhere leaves the file in exactly one of them; ``leftovers()`` lists `work/` at the start.
/// The number's row in the journal is written *before* ``claim(_:as:)``; a claim without a row, or a row without a claim,
/// is told apart at the start by looking at both.
///
/// Where inbox and `work/` are on different file systems the file is first renamed to `.shoubao-taken-N` beside itself,
/// then copied under a temporary name, synced, renamed to its number, and only then unlinked. A process killed in between leaves
/// that dot-name; ``finishInterrupted(in:)`` ends the move at the next start.
///
/// A rename is safe from a power cut only after ``syncFolders()``: once for a batch, before anything is told of it.
public final class Claimer: Sendable {
  static let takenPrefix = ".shoubao-taken-"

  let work: Folder
  let held: Folder
  let calls: FileCalls
  /// Folders whose names have changed since the last sync.
  private let touched = Mutex<[FileIdentity: Folder]>([:])

  /// Both folders are made, mode 0700, where they are missing.
  public init(work: String, held: String, calls: FileCalls = FileCalls()) throws(IntakeError) {
    self.calls = calls
    self.work = try Claimer.ours(work, calls)
    self.held = try Claimer.ours(held, calls)
  }

  private static func ours(_ path: String, _ calls: FileCalls) throws(IntakeError) -> Folder {
    let made = path.withCString { calls.makeFolder(AT_FDCWD, $0, 0o700) }
    guard made >= 0 || -made == EEXIST else { throw IntakeError(.openWork, Errno(made)) }
    // What lies in a folder is only as safe as the folder's own name.
    if made >= 0 {
      let parent = String(path.lastIndex(of: "/").map { path[...$0] } ?? "./")
      try Folder.open(parent, step: .openWork, calls: calls).sync()
    }
    return try Folder.open(path, step: .openWork, calls: calls)
  }

  /// Moves a settled file to `work/<number>`.
  ///
  /// Whatever was moved is what is claimed: when the name was given to another file between settling and moving, the claim
  /// says so (``Claim/isAsSettled``) and its content is that of the moved file. Throws, with the file still in the
  /// inbox, when it is gone, when a writer opened it in the last moment (`EBUSY`), and when the world fails; unless
  /// ``IntakeError/isMoved`` says otherwise.
  public func claim(_ file: SettledFile, as number: Int64) throws(IntakeError) -> Claim {
    let to = Array(String(number).utf8)
    do throws(IntakeError) {
      try move(file.folder, file.path.name, work, to, .claim, file.path, number)
    } catch  where error.cause.code == EXDEV {
      try take(file, as: number)
    }
    touch(file.folder)
    let claim: Claim
    do throws(IntakeError) {
      claim = try examineMoved(file, number)
    } catch {
      throw error.moved
    }
    guard claim.proof == .contested, claim.isAsSettled else { return claim }
    // A writer waits for our lease, and will write what we have moved. Give the name back and let it.
    do throws(IntakeError) {
      try move(work, to, file.folder, file.path.name, .claim, file.path, number)
    } catch {
      return claim
    }
    throw IntakeError(.claim, path: file.path, number: number, Errno(EBUSY))
  }

  /// Whether ``claim(_:as:)`` leaves the file as it is: on another file system it becomes a copy.
  public func isOnSameDisk(_ file: SettledFile) -> Bool {
    file.status.identity.device == work.identity.device
  }

  /// Moves what cannot be archived to `held/<number>`, unopened. Where that is another file system, it stays in its folder as
  /// `.shoubao-held-<number>`, out of the way of scans.
  public func hold(_ file: SettledFile, as number: Int64) throws(IntakeError) {
    let to = Array(String(number).utf8)
    do throws(IntakeError) {
      try move(file.folder, file.path.name, held, to, .hold, file.path, number)
    } catch  where error.cause.code == EXDEV {
      let name = Array(".shoubao-held-\(number)".utf8)
      try move(file.folder, file.path.name, file.folder, name, .hold, file.path, number)
    }
    touch(file.folder)
    touch(held)
  }

  /// Moves a claim that cannot be archived after all from `work/` to `held/`.
  public func hold(claimed number: Int64) throws(IntakeError) {
    let name = Array(String(number).utf8)
    try move(work, name, held, name, .hold, nil, number)
    touch(work)
    touch(held)
  }

  /// Removes a claim whose arrival is committed. Removing it twice is no error.
  public func drop(_ number: Int64) throws(IntakeError) {
    let result = withName(Array(String(number).utf8)) { calls.unlink(work.descriptor, $0) }
    guard result >= 0 || -result == ENOENT else {
      throw IntakeError(.drop, number: number, Errno(result))
    }
    touch(work)
  }

  /// Makes every move so far safe from a power cut. After a failure nothing is known of them: the folders are to be read
  /// again, as at a start.
  public func syncFolders() throws(IntakeError) {
    let folders = touched.withLock { touched in
      defer { touched.removeAll() }
      return Array(touched.values)
    }
    for folder in folders { try folder.sync() }
  }

  // MARK: Moves

  func touch(_ folder: Folder) { touched.withLock { $0[folder.identity] = folder } }

  func move(
    _ from: Folder, _ name: [UInt8], _ to: Folder, _ newName: [UInt8], _ step: IntakeError.Step,
    _ path: InboxPath?, _ number: Int64
  ) throws(IntakeError) {
    let result = withName(name) { name in
      withName(newName) { calls.rename(from.descriptor, name, to.descriptor, $0) }
    }
    guard result >= 0 else {
      throw IntakeError(step, path: path, number: number, Errno(result))
    }
  }

  private func examineMoved(_ file: SettledFile, _ number: Int64) throws(IntakeError) -> Claim {
    touch(work)
    let name = Array(String(number).utf8)
    let status: FileStatus
    switch withName(name, { calls.statusAt(work.descriptor, $0) }) {
    case .success(let found): status = found
    case .failure(let cause):
      throw IntakeError(.claim, path: file.path, number: number, cause)
    }
    if case .readable(let open, let proof) = file.content, status.identity == file.status.identity {
      let isAlone = proof == .lease ? calls.leaseHeld(open.descriptor) == 1 : true
      return Claim(
        number: number, path: file.path, status: status,
        content: .readable(open, isAlone ? proof : .contested), isAsSettled: true,
        isUntouched: isAlone && proof != .contested && status.isSameContent(as: file.status))
    }
    return Claim(
      number: number, path: file.path, status: status, content: try content(of: number, status),
      isAsSettled: status.identity == file.status.identity, isUntouched: false)
  }

  /// Opens what lies in `work/`, as carefully as in the inbox: a link there is not followed, a FIFO not waited for.
  func content(of number: Int64, _ status: FileStatus) throws(IntakeError) -> SettledFile.Content {
    guard status.kind == .regular else { return .notARegularFile }
    let descriptor = withName(Array(String(number).utf8)) {
      calls.open(work.descriptor, $0, O_RDONLY | O_NONBLOCK, 0)
    }
    switch -descriptor {
    case EACCES, EPERM: return .noPermission
    case 1...: throw IntakeError(.claim, number: number, Errno(descriptor))
    default: break
    }
    let file = OpenFile(descriptor)
    switch -calls.takeLease(descriptor) {
    case ...0: return .readable(file, .lease)
    case EAGAIN: return .readable(file, .contested)
    default: return .readable(file, .quiet)
    }
  }
}
