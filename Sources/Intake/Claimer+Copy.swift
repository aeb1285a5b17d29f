import Glibc

/// Moves between file systems.
extension Claimer {
  func take(_ file: SettledFile, as number: Int64) throws(IntakeError) {
    let name = Array(String(number).utf8)
    let taken = Array((Claimer.takenPrefix + String(number)).utf8)
    // What lies there already is another file; `bring` would hold it for this one's copy.
    guard try !isInWork(name, number) else {
      throw IntakeError(.claim, path: file.path, number: number, Errno(EEXIST))
    }
    try move(file.folder, file.path.name, file.folder, taken, .claim, file.path, number)
    do throws(IntakeError) {
      // The name must be gone from the inbox for good before a second copy exists: else a power cut leaves two arrivals.
      try file.folder.sync()
      try bring(file.folder, taken, as: number)
    } catch {
      // The original is whole. Only when no copy stands beside it may it have its name again; else, or when that is
      // taken, it keeps the dot-name until the next start.
      let removed = withName(name) { calls.unlink(work.descriptor, $0) }
      guard removed >= 0 || -removed == ENOENT else { throw error.moved }
      let returned = Result { () throws(IntakeError) in
        try move(file.folder, taken, file.folder, file.path.name, .claim, file.path, number)
      }
      if case .failure = returned { throw error.moved }
      throw error
    }
  }

  private func isInWork(_ name: [UInt8], _ number: Int64) throws(IntakeError) -> Bool {
    switch withName(name, { calls.statusAt(work.descriptor, $0) }) {
    case .success: return true
    case .failure(let cause) where cause.code == ENOENT: return false
    case .failure(let cause): throw IntakeError(.copy, number: number, cause)
    }
  }

  /// Copies a taken file to `work/<number>`, unless that is done, and unlinks it.
  func bring(_ folder: Folder, _ taken: [UInt8], as number: Int64) throws(IntakeError) {
    let name = Array(String(number).utf8)
    if try !isInWork(name, number) {
      let descriptor = withName(taken) {
        calls.open(folder.descriptor, $0, O_RDONLY | O_NONBLOCK, 0)
      }
      guard descriptor >= 0 else {
        throw IntakeError(.claim, path: folder.path, number: number, Errno(descriptor))
      }
      let source = OpenFile(descriptor)
      guard case .success(let status) = calls.status(descriptor), status.kind == .regular else {
        throw IntakeError(.claim, path: folder.path, number: number, Errno(EINVAL))
      }
      let temporary = Array(".copy-\(number)".utf8)
      try copy(source, to: work, temporary, number)
      try move(work, temporary, work, name, .copy, nil, number)
      try work.sync()
    }
    let result = withName(taken) { calls.unlink(folder.descriptor, $0) }
    guard result >= 0 || -result == ENOENT else {
      throw IntakeError(.copy, number: number, Errno(result))
    }
    touch(folder)
  }

  /// Writes a new file and syncs it; after any failure it is removed and never synced again.
  func copy(_ source: OpenFile, to folder: Folder, _ name: [UInt8], _ number: Int64)
    throws(IntakeError)
  {
    try withName(name) { name throws(IntakeError) in
      _ = calls.unlink(folder.descriptor, name)
      let descriptor = calls.open(folder.descriptor, name, O_WRONLY | O_CREAT | O_EXCL, 0o600)
      guard descriptor >= 0 else { throw IntakeError(.copy, number: number, Errno(descriptor)) }
      let target = OpenFile(descriptor)
      let copied = calls.copy(source.descriptor, target.descriptor)
      let synced = copied < 0 ? Int32(copied) : calls.sync(target.descriptor)
      guard synced >= 0 else {
        _ = calls.unlink(folder.descriptor, name)
        throw IntakeError(copied < 0 ? .copy : .sync, number: number, Errno(synced))
      }
    }
  }
}
