/// Names of journal fields. journald drops a field with a bad name without a word, so none is ever sent.
public enum FieldName {
  static let limit = 64

  /// Capital letters, digits and underscores, not beginning with an underscore or a digit, at most 64 bytes.
  public static func isValid(_ name: String) -> Bool {
    let bytes = Array(name.utf8)
    guard let first = bytes.first, bytes.count <= limit, isCapital(first) else { return false }
    return bytes.allSatisfy { isCapital($0) || isDigit($0) || $0 == UInt8(ascii: "_") }
  }

  /// The field of a logger's metadata key: `request-id` becomes `SHOUBAO_REQUEST_ID`. The prefix keeps a library from
  /// writing a field that means something to journald or to us.
  public static func of(metadataKey key: String) -> String {
    var out = Array("SHOUBAO_".utf8)
    for byte in key.utf8.prefix(limit - out.count) {
      switch byte {
      case _ where isCapital(byte) || isDigit(byte): out.append(byte)
      case UInt8(ascii: "a")...UInt8(ascii: "z"): out.append(byte & ~0x20)
      default: out.append(UInt8(ascii: "_"))
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  private static func isCapital(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
