import Glibc

extension Claimer {
  /// Moves a claim back to where it came from; its row in the journal must say so first. Folders that are gone are made
  /// again. Nothing is replaced: when the name has been taken meanwhile, ` (2)`, ` (3)` … is put before the ending.
  ///
  /// Returns where it is now. When it throws, the claim is in `work/` still and is finished at the next start.
  @discardableResult
  public func handBack(_ number: Int64, to path: InboxPath, in root: Folder) throws(IntakeError)
    -> InboxPath
  {
    let folder = try makeFolders(root, path.parent, number)
    let source = Array(String(number).utf8)
    // Between file systems the copy first bears the dot-name that `finishInterrupted` understands.
    let taken = Array((Claimer.takenPrefix + String(number)).utf8)
    var from = (folder: work, name: source)
    for attempt in 1...1000 {
      let name = attempt == 1 ? path.name : Claimer.variant(path.name, attempt)
      do throws(IntakeError) {
        try move(from.folder, from.name, folder, name, .handBack, path, number)
        touch(work)
        touch(folder)
        return folder.path.appending(name)
      } catch  where error.cause.code == EXDEV {
        try carry(number, to: folder, taken)
        from = (folder, taken)
        do throws(IntakeError) {
          try move(folder, taken, folder, name, .handBack, path, number)
          return folder.path.appending(name)
        } catch  where error.cause.code == EEXIST {
          continue
        }
      } catch  where error.cause.code == EEXIST {
        continue
      }
    }
    throw IntakeError(.handBack, path: path, number: number, Errno(EEXIST))
  }

  private func carry(_ number: Int64, to folder: Folder, _ taken: [UInt8]) throws(IntakeError) {
    let name = Array(String(number).utf8)
    let descriptor = withName(name) {
      calls.open(work.descriptor, $0, O_RDONLY | O_NONBLOCK, 0)
    }
    guard descriptor >= 0 else {
      throw IntakeError(.handBack, number: number, Errno(descriptor))
    }
    try copy(OpenFile(descriptor), to: folder, taken, number)
    try folder.sync()
    let result = withName(name) { calls.unlink(work.descriptor, $0) }
    guard result >= 0 else { throw IntakeError(.handBack, number: number, Errno(result)) }
    try work.sync()
  }

  private func makeFolders(_ root: Folder, _ path: InboxPath, _ number: Int64)
    throws(IntakeError) -> Folder
  {
    var folder = root
    for name in path.components {
      let made = withName(name) { calls.makeFolder(folder.descriptor, $0, 0o2770) }
      guard made >= 0 || -made == EEXIST else {
        throw IntakeError(.handBack, path: path, number: number, Errno(made))
      }
      if made >= 0 { touch(folder) }
      folder = try folder.folder(name)
    }
    return folder
  }

  /// `report.html` → `report (2).html`, within the 255 bytes a name may have.
  static func variant(_ name: [UInt8], _ number: Int) -> [UInt8] {
    let suffix = Array(" (\(number))".utf8)
    var stem = name
    var ending: [UInt8] = []
    if let dot = name.lastIndex(of: Ascii.dot), dot > 0, name.count - dot <= 16 {
      stem = Array(name[..<dot])
      ending = Array(name[dot...])
    }
    let room = 255 - suffix.count - ending.count
    if stem.count > room {
      var cut = room
      // Not within a character of UTF-8.
      while cut > room - 3, stem[cut] & 0xC0 == 0x80 { cut -= 1 }
      stem = Array(stem[..<cut])
    }
    return stem + suffix + ending
  }
}
