import Glibc

extension Claimer {
  /// Lists `work/`, lowest number first, and removes unfinished copies.
  public func leftovers() throws(IntakeError) -> Leftovers {
    var found = Leftovers()
    for name in try names(in: work) {
      let text = String(decoding: name, as: UTF8.self)
      if name.first == Ascii.dot {
        guard text.hasPrefix(".copy-") else {
          found.foreign.append(InboxPath.root.appending(name))
          continue
        }
        let result = withName(name) { calls.unlink(work.descriptor, $0) }
        guard result >= 0 else { throw IntakeError(.leftovers, Errno(result)) }
        continue
      }
      guard let number = Int64(text), String(number) == text, number > 0 else {
        found.foreign.append(InboxPath.root.appending(name))
        continue
      }
      switch withName(name, { calls.statusAt(work.descriptor, $0) }) {
      case .success(let status): found.claims.append(Leftover(number: number, status: status))
      case .failure(let cause): throw IntakeError(.leftovers, number: number, cause)
      }
    }
    found.claims.sort { $0.number < $1.number }
    return found
  }

  /// A leftover as a claim, to be finished. `path` is what the journal has for it.
  public func resume(_ leftover: Leftover, from path: InboxPath) throws(IntakeError) -> Claim {
    Claim(
      number: leftover.number, path: path, status: leftover.status,
      content: try content(of: leftover.number, leftover.status), isAsSettled: true,
      isUntouched: false)
  }

  /// Ends moves between file systems that a killed process left half done, anywhere below the inbox; to be called at the start,
  /// before ``leftovers()``. A dot-name with its number in `work/` has been copied and is removed; one without is
  /// copied now. (Anybody may make such a name: then it becomes a leftover of a number the journal does not know.)
  @discardableResult
  public func finishInterrupted(in root: Folder) throws -> [Int64] {
    var finished: [Int64] = []
    var folders = [root]
    while let folder = folders.popLast() {
      var listing = try FolderListing(folder)
      while let entry = try listing.next() {
        if entry.name.starts(with: Claimer.takenPrefix.utf8) {
          let digits = entry.name.dropFirst(Claimer.takenPrefix.utf8.count)
          guard let number = Int64(String(decoding: digits, as: UTF8.self)), number > 0 else {
            continue
          }
          try bring(folder, entry.name, as: number)
          finished.append(number)
        } else if entry.mayBeFolder, entry.name.first != Ascii.dot,
          folder.path.components.count < 16,
          let below = try? folder.folder(entry.name)
        {
          folders.append(below)
        }
      }
    }
    return finished
  }

  private func names(in folder: Folder) throws(IntakeError) -> [[UInt8]] {
    var listing = try FolderListing(folder)
    var names: [[UInt8]] = []
    while let entry = try listing.next() { names.append(entry.name) }
    return names
  }
}
