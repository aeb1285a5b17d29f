import Glibc

/// A descriptor that is closed with its last owner; closing also ends a lease taken on it.
public final class OpenFile: Sendable {
  public let descriptor: Int32

  init(_ descriptor: Int32) { self.descriptor = descriptor }
  deinit { close(descriptor) }
}

/// A folder held open: what happens to names above it cannot lead anywhere else.
public final class Folder: Sendable {
  let file: OpenFile
  /// Where it is under the inbox; `.root` for the inbox and for folders that are not under it.
  public let path: InboxPath
  public let identity: FileIdentity
  let calls: FileCalls

  var descriptor: Int32 { file.descriptor }

  private init(_ file: OpenFile, path: InboxPath, identity: FileIdentity, calls: FileCalls) {
    self.file = file
    self.path = path
    self.identity = identity
    self.calls = calls
  }

  private static let flags = O_RDONLY | O_DIRECTORY | O_NONBLOCK

  /// Opens a folder of our own by its path. The last component must not be a link.
  static func open(_ path: String, step: IntakeError.Step, calls: FileCalls) throws(IntakeError)
    -> Folder
  {
    try adopt(
      path.withCString { calls.open(AT_FDCWD, $0, flags, 0) }, path: .root, step: step, calls: calls
    )
  }

  /// Opens a sub-folder, one component, no link.
  func folder(_ name: [UInt8]) throws(IntakeError) -> Folder {
    try Folder.adopt(
      withName(name) { calls.open(descriptor, $0, Folder.flags, 0) }, path: path.appending(name),
      step: .openFolder, calls: calls)
  }

  /// The folder at a path below this one, each component opened in the one before, no link on the way.
  public func folder(at path: InboxPath) throws(IntakeError) -> Folder {
    var folder = self
    for name in path.components { folder = try folder.folder(name) }
    return folder
  }

  /// The entry at a path below this one as it is now.
  public func candidate(at path: InboxPath) throws(IntakeError) -> Candidate {
    let folder = try folder(at: path.parent)
    switch withName(path.name, { calls.statusAt(folder.descriptor, $0) }) {
    case .success(let status): return Candidate(path: path, folder: folder, status: status)
    case .failure(let cause): throw IntakeError(.status, path: path, cause)
    }
  }

  func sync() throws(IntakeError) {
    let result = calls.sync(descriptor)
    guard result >= 0 else { throw IntakeError(.sync, path: path, Errno(result)) }
  }

  private static func adopt(
    _ descriptor: Int32, path: InboxPath, step: IntakeError.Step, calls: FileCalls
  ) throws(IntakeError) -> Folder {
    guard descriptor >= 0 else { throw IntakeError(step, path: path, Errno(descriptor)) }
    let file = OpenFile(descriptor)
    switch calls.status(descriptor) {
    case .success(let status):
      return Folder(file, path: path, identity: status.identity, calls: calls)
    case .failure(let cause): throw IntakeError(step, path: path, cause)
    }
  }
}

/// The inbox by its path. Opened anew for every pass, so that a folder put in its place is seen.
public struct Inbox: Sendable {
  public let path: String
  let calls: FileCalls

  /// The path's last component must be the folder itself: a link put there is refused with `ELOOP` or `ENOTDIR`.
  public init(path: String, calls: FileCalls = FileCalls()) {
    self.path = path
    self.calls = calls
  }

  public func open() throws(IntakeError) -> Folder {
    try Folder.open(path, step: .openInbox, calls: calls)
  }
}

/// An entry that is neither a folder nor to be ignored.
public struct Candidate: Sendable {
  public let path: InboxPath
  /// The folder it was seen in; keeps a descriptor open, so candidates are not to be collected.
  public let folder: Folder
  public let status: FileStatus

  public var kind: FileKind { status.kind }
}
