/// Region and name of a unit as the key of a dictionary: compared by bytes, which is many times faster than by characters.
public struct NameKey: Hashable, Sendable {
  private let bytes: [UInt8]

  public init(_ name: String, region: String) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(region.utf8.count + 1 + name.utf8.count)
    bytes += region.utf8
    bytes.append(UInt8(ascii: "\n"))
    bytes += name.utf8
    self.bytes = bytes
  }

  public func hash(into hasher: inout Hasher) {
    bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
  }
}
