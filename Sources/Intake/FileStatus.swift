internal import CLinux
import Glibc

/// What an entry of a folder is.
public enum FileKind: String, Sendable, Hashable {
  case regular, folder, symlink, fifo, socket, device, unknown

  init(mode: UInt32) {
    switch mode & UInt32(S_IFMT) {
    case UInt32(S_IFREG): self = .regular
    case UInt32(S_IFDIR): self = .folder
    case UInt32(S_IFLNK): self = .symlink
    case UInt32(S_IFIFO): self = .fifo
    case UInt32(S_IFSOCK): self = .socket
    case UInt32(S_IFBLK), UInt32(S_IFCHR): self = .device
    default: self = .unknown
    }
  }
}

/// Which file it is, while it lives: numbers are given again after its death, so this is never remembered on disk.
public struct FileIdentity: Sendable, Hashable {
  public let device: UInt64
  public let inode: UInt64
}

/// What the kernel says of an entry, a link not followed.
public struct FileStatus: Sendable, Hashable {
  public let kind: FileKind
  public let identity: FileIdentity
  /// The permission bits.
  public let permissions: UInt32
  public let owner: UInt32
  /// Names that the file has; more than one: it can be reached, and written, from elsewhere.
  public let links: UInt64
  /// Bytes.
  public let size: Int64
  /// Nanoseconds since 1970; a label that anybody may set, never compared with a clock.
  public let modified: Int64
  public let changed: Int64

  init(_ file: linux_file) {
    kind = FileKind(mode: file.mode)
    identity = FileIdentity(device: file.device, inode: file.inode)
    permissions = file.mode & 0o7777
    owner = file.owner
    links = file.links
    size = file.size
    modified = file.modified
    changed = file.changed
  }

  /// Whether it is the same file with the same content, as far as can be told without reading.
  func isSameContent(as other: FileStatus) -> Bool {
    identity == other.identity && size == other.size && modified == other.modified
  }

  /// Whether nothing has happened to content or file between two looks.
  func isAsBefore(_ other: FileStatus) -> Bool {
    kind == other.kind && identity == other.identity && size == other.size
      && modified == other.modified && changed == other.changed
  }
}
