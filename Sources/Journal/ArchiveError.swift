import CLinux
public import Digests
import Glibc

/// Why the archive cannot keep or give back an original. Numbers are those of errno(3).
public enum ArchiveError: Error, Sendable, Hashable {
  /// No room, or quota used up: nothing was kept, try again when there is room.
  case diskFull(operation: String)
  /// The file is larger than the limit, in bytes; nothing was kept.
  case tooLarge(limit: Int)
  /// The original itself cannot be read.
  case source(errno: Int)
  /// There is no original with this digest.
  case missing(Digest)
  /// Something that is no regular file stands in its place.
  case notAFile(Digest)
  case io(operation: String, errno: Int)

  init(_ operation: String, _ result: Int32) {
    switch -result {
    case ENOSPC, EDQUOT: self = .diskFull(operation: operation)
    case let number: self = .io(operation: operation, errno: Int(number))
    }
  }

  /// Worth trying again later.
  public var isTransient: Bool {
    switch self {
    case .diskFull: true
    case .io(_, let number): [EMFILE, ENFILE, ENOMEM, EAGAIN].contains(Int32(number))
    default: false
    }
  }
}

extension ArchiveError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .diskFull(let operation): "no room in the archive: \(operation)"
    case .tooLarge(let limit): "larger than \(limit) bytes"
    case .source(let number): "the file cannot be read: \(systemMessage(Int32(number)))"
    case .missing(let digest): "the archive has no original \(digest)"
    case .notAFile(let digest): "the original \(digest) is no regular file"
    case .io(let operation, let number):
      "the archive cannot \(operation): \(systemMessage(Int32(number)))"
    }
  }
}
