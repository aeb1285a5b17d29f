import Glibc

/// Makes the folders that are missing. Where they are there, their rights are the administrator's business.
func makeFolders(_ places: Places) throws(FileError) {
  func parent(_ path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }
  for folder in [parent(places.journal), places.inbox, places.outbox, parent(places.archive)] {
    try makeFolder(folder)
  }
  // Whoever may ask is in the folder's group.
  if mkdir(places.requests, 0o770) == 0 {
    chmod(places.requests, 0o770)
  } else if errno != EEXIST {
    throw FileError(path: places.requests, code: errno)
  }
}

/// Like `mkdir -p`.
private func makeFolder(_ path: String) throws(FileError) {
  var partial = path.hasPrefix("/") ? "/" : ""
  for component in path.split(separator: "/") {
    partial += (partial.isEmpty || partial.hasSuffix("/") ? "" : "/") + component
    if mkdir(partial, 0o755) == 0 {
      try syncFolder(of: partial)
    } else {
      let code = errno
      guard code == EEXIST || code == EISDIR || access(partial, X_OK) == 0 else {
        throw FileError(path: partial, code: code)
      }
    }
  }
  var status = stat()
  guard stat(path, &status) == 0 else { throw FileError(path: path, code: errno) }
  guard status.st_mode & S_IFMT == S_IFDIR else { throw FileError(path: path, code: ENOTDIR) }
}

/// A folder that was made is only as safe as its name in the one above.
private func syncFolder(of path: String) throws(FileError) {
  let parent =
    path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
  let folder = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  guard folder >= 0 else { throw FileError(path: parent, code: errno) }
  defer { close(folder) }
  guard fsync(folder) == 0 else { throw FileError(path: parent, code: errno) }
}

extension Places {
  /// No journal, or a file without content in its place. One whose only content is the write-ahead log is a journal.
  var hasNoJournal: Bool {
    [journal, journal + "-wal"].allSatisfy { path in
      var status = stat()
      return stat(path, &status) != 0 || status.st_size == 0
    }
  }
}
