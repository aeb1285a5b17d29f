import CGcrypt

/// SHA-256 (FIPS 180-4) through libgcrypt, piece by piece.
public struct SHA256: ~Copyable {
  private let handle: gcry_md_hd_t

  /// The library must be made ready exactly once, before its first use, by whichever thread comes first.
  private static let ready: Void = shoubao_gcrypt_start()

  public init() {
    _ = SHA256.ready
    var opened: gcry_md_hd_t?
    let error = gcry_md_open(&opened, Int32(GCRY_MD_SHA256.rawValue), 0)
    // SHA-256 is always there, in FIPS mode too: all that can fail is the allocation of some hundred bytes.
    guard error == 0, let opened else { preconditionFailure("libgcrypt: no memory for SHA-256") }
    handle = opened
  }

  deinit { gcry_md_close(handle) }

  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress, !bytes.isEmpty else { return }
    gcry_md_write(handle, base, bytes.count)
  }

  public mutating func update(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { update($0) }
  }

  /// The digest of everything so far. No more can be added.
  public consuming func finish() -> Digest {
    guard let result = gcry_md_read(handle, Int32(GCRY_MD_SHA256.rawValue)) else {
      preconditionFailure("libgcrypt: a digest that was opened cannot be read")
    }
    return Digest(UnsafeRawBufferPointer(start: result, count: 32))
  }

  /// The digest of bytes that are all there.
  public static func digest(of bytes: UnsafeRawBufferPointer) -> Digest {
    _ = ready
    return withUnsafeTemporaryAllocation(byteCount: 32, alignment: 8) { result in
      gcry_md_hash_buffer(
        Int32(GCRY_MD_SHA256.rawValue), result.baseAddress, bytes.baseAddress, bytes.count)
      return Digest(UnsafeRawBufferPointer(result))
    }
  }

  /// Of libgcrypt, as it is loaded.
  public static var libraryVersion: String {
    _ = ready
    return gcry_check_version(nil).map { String(cString: $0) } ?? "?"
  }

  public static func digest(of bytes: [UInt8]) -> Digest {
    bytes.withUnsafeBytes { digest(of: $0) }
  }
}
