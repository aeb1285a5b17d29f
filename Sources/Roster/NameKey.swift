import Glibc

/// Region and name of a unit as the key of a dictionary: compared by bytes, which is many times faster than by characters.
public struct NameKey: Hashable, Sendable {
  private let name: String
  private let region: String

  public init(_ name: String, region: String) {
    self.name = name
    self.region = region
  }

  public static func == (a: Self, b: Self) -> Bool {
    // Those that are nearly the same differ in their names.
    a.name.hasBytes(of: b.name) && a.region.hasBytes(of: b.region)
  }

  public func hash(into hasher: inout Hasher) {
    name.hashBytes(into: &hasher)
    region.hashBytes(into: &hasher)
  }
}

extension String {
  /// Byte for byte the same, whatever Unicode takes for equal.
  fileprivate func hasBytes(of other: String) -> Bool {
    guard utf8.count == other.utf8.count else { return false }
    return withBytes { bytes in
      other.withBytes {
        bytes.isEmpty || memcmp($0.baseAddress!, bytes.baseAddress!, bytes.count) == 0
      }
    }
  }

  fileprivate func hashBytes(into hasher: inout Hasher) {
    withBytes { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }

  /// Without a copy, which only a string from elsewhere would need.
  func withBytes<T>(_ body: (UnsafeBufferPointer<UInt8>) -> T) -> T {
    utf8.withContiguousStorageIfAvailable(body) ?? Array(utf8).withUnsafeBufferPointer(body)
  }
}
