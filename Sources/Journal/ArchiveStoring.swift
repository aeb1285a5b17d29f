import CLinux
public import Digests
import Glibc
import Synchronization

extension Archive {
  /// Keeps a group of originals; when this returns, those that succeeded are on the disk under their names.
  ///
  /// Each file is synced, each folder once for the whole group. An original that is there already is compared byte for
  /// byte. After a failure of one nothing of it is left, and it can be stored again, which writes anew under a new name.
  /// - Parameters:
  ///   - files: descriptors open for reading; their positions do not matter and do not change.
  ///   - limit: the most bytes that one may have.
  public func store(_ files: [Int32], limit: Int) -> [Result<Stored, ArchiveError>] {
    store(files.map { Part(file: $0, offset: 0, size: .max) }, limit: limit)
  }

  /// As ``store(_:limit:)-([Int32],_)``, for stretches of files.
  public func store(_ parts: [Part], limit: Int = .max) -> [Result<Stored, ArchiveError>] {
    let copies = copy(parts, limit: limit)
    var kept = keep(copies.compactMap { try? $0.get() }).makeIterator()
    return copies.map { copied in copied.flatMap { _ in kept.next()! } }
  }

  /// The first half of storing: copies that are ours, whatever happens to the files, and that can be read. Nothing of them is
  /// sure to be on the disk before ``keep(_:)``; without it they go when nobody holds them.
  public func copy(_ files: [Int32], limit: Int) -> [Result<Copy, ArchiveError>] {
    copy(files.map { Part(file: $0, offset: 0, size: .max) }, limit: limit)
  }

  private func copy(_ parts: [Part], limit: Int) -> [Result<Copy, ArchiveError>] {
    parts.map { part in
      Result { () throws(ArchiveError) -> Copy in try copy(part, limit: limit) }
    }
  }

  /// The second half: waits for the disk. See ``store(_:limit:)-([Int32],_)``.
  public func keep(_ copies: [Copy]) -> [Result<Stored, ArchiveError>] {
    var folders = Folders(root: root)
    for copy in copies { linux_start_sync(copy.file) }
    // All of them before the first gets its name: the disk is waited for once.
    let synced = copies.map { linux_sync($0.file) }
    var stored: [Result<Stored, ArchiveError>] = []
    for (copy, result) in zip(copies, synced) {
      do throws(ArchiveError) {
        guard result >= 0 else { throw ArchiveError("sync an original", result) }
        stored.append(.success(try settle(copy, &folders)))
      } catch {
        stored.append(.failure(error))
      }
    }
    let unsynced = folders.sync()
    for index in stored.indices {
      guard case .success(let original) = stored[index],
        let error = unsynced[Archive.folder(original.digest)]
      else { continue }
      stored[index] = .failure(error)
    }
    return stored
  }

  /// Keeps one original.
  public func store(_ file: Int32, limit: Int) throws(ArchiveError) -> Stored {
    try store([file], limit: limit)[0].get()
  }

  /// The bytes of an original that has no name yet, in a file of the archive.
  public final class Copy: Sendable {
    public let digest: Digest
    public let size: Int
    fileprivate let file: Int32
    fileprivate let name: String
    private let archive: Archive
    private let isNamed = Atomic(false)

    fileprivate init(_ name: String, of archive: Archive, file: Int32, digest: Digest, size: Int) {
      self.name = name
      self.archive = archive
      self.file = file
      self.digest = digest
      self.size = size
    }

    fileprivate func hasGotItsName() { isNamed.store(true, ordering: .relaxed) }

    deinit {
      close(file)
      if !isNamed.load(ordering: .relaxed) { linux_unlink_at(archive.root, name) }
    }

    /// Open for reading from its start, before it is kept; the caller closes it.
    public func open() throws(ArchiveError) -> Int32 {
      let opened = linux_open_at(
        archive.root, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0)
      guard opened >= 0 else { throw ArchiveError("open a copy", opened) }
      return opened
    }
  }

  private static func newName() -> String {
    temporary + String(UInt64.random(in: 0...UInt64.max), radix: 16)
  }

  /// An empty file without a name, open for reading and writing: room for what is on its way into the archive. The caller
  /// closes it, and it is gone.
  public func spool() throws(ArchiveError) -> Int32 {
    let name = Archive.newName()
    let file = linux_open_at(
      root, name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw ArchiveError("make a file", file) }
    linux_unlink_at(root, name)
    return file
  }

  private func copy(_ source: Part, limit: Int) throws(ArchiveError) -> Copy {
    let name = Archive.newName()
    let file = linux_open_at(
      root, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o440)
    guard file >= 0 else { throw ArchiveError("make a file", file) }
    do {
      var hash = SHA256()
      let size = try Archive.read(
        source.file, from: source.offset, count: source.size, limit: limit
      ) { bytes throws(ArchiveError) in
        hash.update(bytes)
        let result = linux_write_all(file, bytes.baseAddress, bytes.count)
        guard result >= 0 else { throw ArchiveError("write an original", result) }
      }
      return Copy(name, of: self, file: file, digest: hash.finish(), size: size)
    } catch {
      close(file)
      linux_unlink_at(root, name)
      throw error
    }
  }

  /// Gives the copy its name, unless the same bytes have it already.
  private func settle(_ copy: Copy, _ folders: inout Folders) throws(ArchiveError) -> Stored {
    let folder = try folders.open(Archive.folder(copy.digest))
    let name = Archive.name(copy.digest)
    var result = linux_rename_noreplace(root, copy.name, folder, name)
    var replacedDamage = false
    // EINVAL: a file system without renaming that refuses to replace.
    if result == -EEXIST || result == -EINVAL {
      let standing = try? content(copy.digest)
      if let standing, standing == (copy.digest, copy.size) {
        return Stored(digest: copy.digest, size: copy.size, replacedDamage: false)
      }
      replacedDamage = result == -EEXIST
      result = linux_rename(root, copy.name, folder, name)
    }
    guard result >= 0 else { throw ArchiveError("name an original", result) }
    copy.hasGotItsName()
    return Stored(digest: copy.digest, size: copy.size, replacedDamage: replacedDamage)
  }

  /// The folders that a group touches.
  private struct Folders: ~Copyable {
    private let root: Int32
    private var open: [String: Int32] = [:]
    private var rootChanged = false

    init(root: Int32) { self.root = root }

    deinit { for folder in open.values { close(folder) } }

    mutating func open(_ name: String) throws(ArchiveError) -> Int32 {
      if let folder = open[name] { return folder }
      let made = linux_make_folder_at(root, name, 0o750)
      guard made >= 0 || made == -EEXIST else { throw ArchiveError("make a folder", made) }
      if made >= 0 { rootChanged = true }
      let folder = linux_open_at(root, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, 0)
      guard folder >= 0 else { throw ArchiveError("open a folder", folder) }
      open[name] = folder
      return folder
    }

    /// - Returns: the folders that are not sure to be on the disk.
    func sync() -> [String: ArchiveError] {
      // A folder whose own name may be lost is as bad as one that was not synced.
      let whole = rootChanged ? linux_sync(root) : 0
      return open.compactMapValues { folder in
        let result = linux_sync(folder)
        if result < 0 { return ArchiveError("sync a folder", result) }
        return whole < 0 ? ArchiveError("sync its folder", whole) : nil
      }
    }
  }
}
