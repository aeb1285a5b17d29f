import Glibc

/// Walks the inbox. What it finds is the truth; events only say when to look.
///
/// Guarantees: no name is followed through a link; every folder is watched before it is listed, so that what comes
/// later is announced; nothing is left out without being counted in the summary.
public struct InboxScanner: Sendable {
  public struct Settings: Sendable {
    /// Folders below the inbox; deeper ones are reported, not read.
    public var depth = 16
    /// Candidates handed over at a time.
    public var batch = 1024

    public init() {}
  }

  /// What one walk met.
  public struct Summary: Sendable {
    /// A folder that could not be read.
    public struct Trouble: Sendable, Hashable {
      public enum Reason: Sendable, Hashable {
        case tooDeep
        case failed(IntakeError)
      }
      public let path: InboxPath
      public let reason: Reason
    }

    public internal(set) var candidates = 0
    public internal(set) var folders = 0
    /// Entries whose names mean “not finished”, and dot-folders.
    public internal(set) var ignored = 0
    /// The first few; ``troubleCount`` counts all.
    public internal(set) var troubles: [Trouble] = []
    public internal(set) var troubleCount = 0
    /// The visitor ended the walk early.
    public internal(set) var isCut = false

    /// Whether everything below the inbox was seen.
    public var isComplete: Bool { troubleCount == 0 && !isCut }

    var failures = 0

    mutating func note(_ path: InboxPath, _ reason: Trouble.Reason) {
      troubleCount += 1
      if reason != .tooDeep { failures += 1 }
      if troubles.count < 16 { troubles.append(Trouble(path: path, reason: reason)) }
    }
  }

  let settings: Settings

  public init(_ settings: Settings = Settings()) { self.settings = settings }

  /// Gives every candidate below `root` to `visit`, in batches of one folder each, in the folder's order; files before
  /// the sub-folders. The walk ends when `visit` says `false`. With a watcher, each folder met is watched, and watches
  /// on folders that are no longer there are given up after a whole walk.
  ///
  /// Throws only when the inbox itself cannot be listed; trouble below it is in the summary.
  public func scan(
    _ root: Folder, watching watcher: InboxWatcher? = nil,
    _ visit: ([Candidate]) throws -> Bool
  ) throws -> Summary {
    var summary = Summary()
    let pass = watcher?.beginPass()
    var extent = InboxWatcher.PassExtent.part
    defer {
      if let pass { watcher?.endPass(pass, extent) }
    }
    _ = try walk(root, depth: 0, &summary, enter: { watcher?.watch($0, pass: pass ?? 0) }, visit)
    if !summary.isCut { extent = summary.failures == 0 ? .whole : .wholeButTroubles }
    return summary
  }

  private func walk(
    _ folder: Folder, depth: Int, _ summary: inout Summary, enter: (Folder) -> Void,
    _ visit: ([Candidate]) throws -> Bool
  ) throws -> Bool {
    // Watching and listing are one step, in this order: what is made in between is met by one or the other.
    enter(folder)
    summary.folders += 1
    var listing = try FolderListing(folder)
    var below: [[UInt8]] = []
    var batch: [Candidate] = []
    while let entry = try listing.next() {
      if entry.name.first == Ascii.dot || (!entry.mayBeFolder && IgnoredNames.contains(entry.name))
      {
        summary.ignored += 1
        continue
      }
      if entry.isFolder {
        below.append(entry.name)
        continue
      }
      let status: FileStatus
      switch withName(entry.name, { folder.calls.statusAt(folder.descriptor, $0) }) {
      case .success(let found): status = found
      case .failure(let cause) where cause.code == ENOENT: continue
      case .failure(let cause):
        let path = folder.path.appending(entry.name)
        summary.note(path, .failed(IntakeError(.status, path: path, cause)))
        continue
      }
      if status.kind == .folder {
        below.append(entry.name)
      } else if IgnoredNames.contains(entry.name) {
        summary.ignored += 1
      } else {
        summary.candidates += 1
        batch.append(
          Candidate(path: folder.path.appending(entry.name), folder: folder, status: status))
        if batch.count >= settings.batch {
          guard try visit(batch) else { return cut(&summary) }
          batch.removeAll(keepingCapacity: true)
        }
      }
    }
    if !batch.isEmpty {
      guard try visit(batch) else { return cut(&summary) }
    }
    for name in below {
      guard depth < settings.depth else {
        summary.note(folder.path.appending(name), .tooDeep)
        continue
      }
      let next: Folder
      do throws(IntakeError) {
        next = try folder.folder(name)
      } catch {
        // Gone, or no longer a folder: the next look meets what it is now.
        if error.blame != .gone {
          summary.note(folder.path.appending(name), .failed(error))
        }
        continue
      }
      do {
        guard try walk(next, depth: depth + 1, &summary, enter: enter, visit) else { return false }
      } catch let error as IntakeError where error.step == .listFolder && error.path == next.path {
        summary.note(next.path, .failed(error))
      }
    }
    return true
  }

  private func cut(_ summary: inout Summary) -> Bool {
    summary.isCut = true
    return false
  }
}

/// The entries of one folder, read 64 KiB at a time.
struct FolderListing: ~Copyable {
  struct Entry {
    let name: [UInt8]
    let type: UInt8

    var isFolder: Bool { type == 4 }
    /// File systems that do not tell (0) leave it to a status call.
    var mayBeFolder: Bool { type == 4 || type == 0 }
  }

  private let folder: Folder
  private let file: OpenFile
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 8)
  private var filled = 0
  private var at = 0

  /// Reads through a description of its own, so that two walks do not share a position.
  init(_ folder: Folder) throws(IntakeError) {
    self.folder = folder
    let descriptor = withName([Ascii.dot]) {
      folder.calls.open(folder.descriptor, $0, O_RDONLY | O_DIRECTORY, 0)
    }
    guard descriptor >= 0 else {
      buffer.deallocate()
      throw IntakeError(.listFolder, path: folder.path, Errno(descriptor))
    }
    file = OpenFile(descriptor)
  }

  deinit { buffer.deallocate() }

  // struct linux_dirent64: inode 8, offset 8, record length 2, type 1, name with its NUL.
  mutating func next() throws(IntakeError) -> Entry? {
    while true {
      if at >= filled {
        guard let base = buffer.baseAddress else { return nil }
        let count = folder.calls.list(file.descriptor, base, buffer.count)
        guard count >= 0 else {
          throw IntakeError(.listFolder, path: folder.path, Errno(Int32(count)))
        }
        if count == 0 { return nil }
        filled = Int(count)
        at = 0
      }
      let length = Int(buffer.loadUnaligned(fromByteOffset: at + 16, as: UInt16.self))
      let type = buffer[at + 18]
      let name = buffer[(at + 19)..<(at + length)].prefix { $0 != 0 }
      at += length
      if name.elementsEqual([Ascii.dot]) || name.elementsEqual([Ascii.dot, Ascii.dot]) { continue }
      return Entry(name: Array(name), type: type)
    }
  }
}
