/// The place of a file or folder under the inbox: bytes, as the kernel has them, components joined by `/`.
///
/// A name on Linux is any bytes but `/` and NUL. Nothing here decodes them, so no two names ever become one.
public struct InboxPath: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The components joined by `/`, no `/` at either end; empty for the inbox itself.
  public let bytes: [UInt8]

  /// The inbox itself.
  public static let root = InboxPath(unchecked: [])

  private init(unchecked bytes: [UInt8]) { self.bytes = bytes }

  /// Refuses what could lead out of the inbox or is no path: an empty component, `.`, `..`, NUL, a leading `/`.
  public init?(_ bytes: [UInt8]) {
    for part in bytes.split(separator: Ascii.slash, omittingEmptySubsequences: false)
    where !InboxPath.isName(part) { return nil }
    self.bytes = bytes
  }

  /// Reads what ``text`` has written.
  public init?(text: String) {
    guard let bytes = PathText.decode(text) else { return nil }
    self.init(bytes)
  }

  static func isName(_ part: some Collection<UInt8>) -> Bool {
    !part.isEmpty && !part.elementsEqual([Ascii.dot])
      && !part.elementsEqual([Ascii.dot, Ascii.dot])
      && !part.contains { $0 == 0 || $0 == Ascii.slash }
  }

  /// An entry of this folder; the name comes from the kernel or has been tested.
  func appending(_ name: [UInt8]) -> InboxPath {
    InboxPath(unchecked: bytes.isEmpty ? name : bytes + [Ascii.slash] + name)
  }

  public var components: [[UInt8]] { bytes.split(separator: Ascii.slash).map(Array.init) }

  /// The last component; empty for the inbox itself.
  public var name: [UInt8] {
    guard let slash = bytes.lastIndex(of: Ascii.slash) else { return bytes }
    return Array(bytes[(slash + 1)...])
  }

  public var parent: InboxPath {
    guard let slash = bytes.lastIndex(of: Ascii.slash) else { return .root }
    return InboxPath(unchecked: Array(bytes[..<slash]))
  }

  /// The path for people, logs and JSON: UTF-8 as it stands, but control characters and bytes that are no UTF-8 as
  /// `\xNN` and a backslash as `\\`. One line always, and ``init(text:)`` gives the same bytes back.
  public var text: String { PathText.encode(bytes) }
  public var description: String { text }

  public static func < (a: Self, b: Self) -> Bool { a.bytes.lexicographicallyPrecedes(b.bytes) }
}

enum Ascii {
  static let slash = UInt8(ascii: "/")
  static let dot = UInt8(ascii: ".")
  static let tilde = UInt8(ascii: "~")
  static let dollar = UInt8(ascii: "$")
}
