internal import CLinux

/// A file that lies in `work/` under its number.
public struct Claim: Sendable {
  public let number: Int64
  /// Where it was in the inbox.
  public let path: InboxPath
  /// As it is now. ``FileStatus/links`` above 1: it can still be written through another name.
  public let status: FileStatus
  public let content: SettledFile.Content
  /// Whether what was moved is what was settled. If not, look at ``content`` anew: it is that of the moved file.
  public let isAsSettled: Bool
  /// Whether nobody has written to it since it was settled, as far as can be told, nor waits to: what was read of it before it was
  /// claimed is what was claimed.
  public let isUntouched: Bool

  public var proof: SettledFile.Proof? {
    if case .readable(_, let proof) = content { proof } else { nil }
  }

  /// The descriptor to read from, at position 0; `nil` for what cannot be read.
  public var file: OpenFile? {
    if case .readable(let file, _) = content { file } else { nil }
  }

  /// Ends the lease; a writer who waits goes on. The descriptor stays open. To be called once the bytes have been copied or
  /// hashed, or at once where a later writer does no harm.
  public func releaseLease() {
    if let file { _ = linux_release_lease(file.descriptor) }
  }
}

/// What lies in `work/` from an earlier life.
public struct Leftovers: Sendable {
  public internal(set) var claims: [Leftover] = []
  /// Names that are no number; nobody but us writes there, so each is worth a line in the log.
  public internal(set) var foreign: [InboxPath] = []
}

public struct Leftover: Sendable {
  public let number: Int64
  public let status: FileStatus
}
