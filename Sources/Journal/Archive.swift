import CLinux
public import Digests
import Glibc

/// Originals by their SHA-256: `ab/cdef…`, files of mode 0440 in folders of mode 0750.
///
/// A file gets its name only when all its bytes are on the disk, so a name always means the whole content. One process
/// writes (the holder of the journal's lock); any may read.
public final class Archive: Sendable {
  /// What ``store(_:limit:)`` has kept.
  public struct Stored: Sendable, Hashable {
    public let digest: Digest
    public let size: Int
    /// A file of this name was there, with other bytes: it was damaged, and the sound copy has taken its place.
    public let replacedDamage: Bool

    public init(digest: Digest, size: Int, replacedDamage: Bool) {
      self.digest = digest
      self.size = size
      self.replacedDamage = replacedDamage
    }
  }

  /// A stretch of an open file that becomes an original of its own.
  public struct Part: Sendable, Hashable {
    public let file: Int32
    public let offset: Int
    public let size: Int

    public init(file: Int32, offset: Int, size: Int) {
      self.file = file
      self.offset = offset
      self.size = size
    }
  }

  let root: Int32
  static let temporary = ".incoming-"

  /// Opens the folder; with `create`, makes it if there is none.
  public init(path: String, create: Bool = false) throws(ArchiveError) {
    let made = create ? linux_make_folder_at(AT_FDCWD, path, 0o750) : 0
    guard made >= 0 || made == -EEXIST else { throw ArchiveError("make its folder", made) }
    let folder = linux_open_at(AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
    guard folder >= 0 else { throw ArchiveError("open its folder", folder) }
    root = folder
    guard made >= 0, create else { return }
    let above = linux_open_at(root, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
    guard above >= 0 else { throw ArchiveError("open the folder above it", above) }
    defer { close(above) }
    let synced = linux_sync(above)
    guard synced >= 0 else { throw ArchiveError("sync the folder above it", synced) }
  }

  deinit { close(root) }

  /// Makes the folders and removes what a crash left half written. For the writer, before it stores anything.
  /// - Returns: how many half-written files there were.
  @discardableResult
  public func prepare() throws(ArchiveError) -> Int {
    for prefix in 0..<256 {
      let name = (prefix < 16 ? "0" : "") + String(prefix, radix: 16)
      let made = linux_make_folder_at(root, name, 0o750)
      guard made >= 0 || made == -EEXIST else { throw ArchiveError("make a folder", made) }
    }
    let synced = linux_sync(root)
    guard synced >= 0 else { throw ArchiveError("sync its folder", synced) }
    var count = 0
    for name in try names(in: root) where name.hasPrefix(Archive.temporary) {
      let result = linux_unlink_at(root, name)
      guard result >= 0 || result == -ENOENT else {
        throw ArchiveError("remove \(name)", result)
      }
      count += 1
    }
    return count
  }

  /// No original was ever stored: beside a journal that is new, that is as it should be.
  public func isEmpty() throws(ArchiveError) -> Bool {
    for folder in try names(in: root) where !folder.hasPrefix(".") {
      let opened = linux_open_at(root, folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, 0)
      guard opened >= 0 else { throw ArchiveError("open \(folder)", opened) }
      defer { close(opened) }
      guard try names(in: opened).isEmpty else { return false }
    }
    return true
  }

  /// The original, open for reading from its start; the caller closes it. Its content is not checked here.
  public func open(_ digest: Digest) throws(ArchiveError) -> Int32 {
    let file = linux_open_at(
      root, Archive.path(digest), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0)
    switch file {
    case 0...: break
    case -ENOENT, -ENOTDIR: throw .missing(digest)
    case -ELOOP: throw .notAFile(digest)
    default: throw ArchiveError("open \(digest)", file)
    }
    var status = linux_file()
    let result = linux_status(file, &status)
    guard result >= 0, status.mode & S_IFMT == S_IFREG else {
      close(file)
      throw result < 0 ? ArchiveError("look at \(digest)", result) : .notAFile(digest)
    }
    return file
  }

  /// What the bytes that stand under this name really are.
  public func content(_ digest: Digest) throws(ArchiveError) -> (digest: Digest, size: Int) {
    let file = try open(digest)
    defer { close(file) }
    var hash = SHA256()
    let size = try Archive.read(file, limit: .max) { hash.update($0) }
    return (hash.finish(), size)
  }

  static func path(_ digest: Digest) -> String { folder(digest) + "/" + name(digest) }
  static func folder(_ digest: Digest) -> String { String(digest.description.prefix(2)) }
  static func name(_ digest: Digest) -> String { String(digest.description.dropFirst(2)) }

  /// The whole file from its first byte, wherever its descriptor stands; or a stretch of it.
  /// - Returns: the number of bytes.
  static func read(
    _ file: Int32, from offset: Int = 0, count wanted: Int = .max, limit: Int,
    _ body: (UnsafeRawBufferPointer) throws(ArchiveError) -> Void
  ) throws(ArchiveError) -> Int {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 * 1024, alignment: 16)
    defer { buffer.deallocate() }
    var total = 0
    while true {
      let most = min(buffer.count, wanted - total)
      let count = linux_read_at(file, buffer.baseAddress, most, Int64(offset + total))
      guard count >= 0 else { throw .source(errno: Int(-count)) }
      total += Int(count)
      guard total <= limit else { throw .tooLarge(limit: limit) }
      try body(UnsafeRawBufferPointer(rebasing: buffer[..<Int(count)]))
      if count < most || total == wanted { return total }
    }
  }

  /// The entries of a folder but `.` and `..`; names are ours, so they are ASCII.
  func names(in folder: Int32) throws(ArchiveError) -> [String] {
    // A descriptor of its own: reading moves the position.
    let copy = linux_open_at(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
    guard copy >= 0 else { throw ArchiveError("open its folder", copy) }
    defer { close(copy) }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 * 1024, alignment: 8)
    defer { buffer.deallocate() }
    var result: [String] = []
    while true {
      let count = linux_list(copy, buffer.baseAddress, buffer.count)
      guard count >= 0 else { throw ArchiveError("list its folder", Int32(count)) }
      if count == 0 { return result }
      var position = 0
      while position < Int(count) {
        // struct linux_dirent64: inode and offset, 8 bytes each; length, 2; type, 1; the name, ended by a zero.
        let length = Int(buffer.loadUnaligned(fromByteOffset: position + 16, as: UInt16.self))
        let name = buffer[(position + 19)..<(position + length)].prefix { $0 != 0 }
        let text = String(decoding: name, as: UTF8.self)
        if text != ".", text != ".." { result.append(text) }
        position += length
      }
    }
  }
}
