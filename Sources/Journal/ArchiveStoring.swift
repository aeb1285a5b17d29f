import CLinux
import Digests
import Glibc

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
    var folders = Folders(root: root)
    var copies = parts.map { part in
      Result { () throws(ArchiveError) -> Copy in try copy(part, limit: limit) }
    }
    for case .success(let copy) in copies { linux_start_sync(copy.file) }
    for index in copies.indices {
      guard case .success(let copy) = copies[index] else { continue }
      let result = linux_sync(copy.file)
      close(copy.file)
      if result < 0 {
        linux_unlink_at(root, copy.name)
        copies[index] = .failure(ArchiveError("sync an original", result))
      }
    }
    var stored: [Result<Stored, ArchiveError>] = []
    for copied in copies {
      do throws(ArchiveError) {
        stored.append(.success(try settle(try copied.get(), &folders)))
      } catch {
        if case .success(let copy) = copied { linux_unlink_at(root, copy.name) }
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

  /// A copy under a temporary name, still open.
  private struct Copy {
    let file: Int32
    let name: String
    let digest: Digest
    let size: Int
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
      return Copy(file: file, name: name, digest: hash.finish(), size: size)
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
        linux_unlink_at(root, copy.name)
        return Stored(digest: copy.digest, size: copy.size, replacedDamage: false)
      }
      replacedDamage = result == -EEXIST
      result = linux_rename(root, copy.name, folder, name)
    }
    guard result >= 0 else { throw ArchiveError("name an original", result) }
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
