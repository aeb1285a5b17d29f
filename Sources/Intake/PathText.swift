/// The escaped form of names that come from outside (``InboxPath/text``).
enum PathText {
  private static let hex = Array("0123456789abcdef".utf8)
  private static let backslash = UInt8(ascii: "\\")

  static func encode(_ bytes: [UInt8]) -> String {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var rest = bytes[...]
    while !rest.isEmpty {
      var decoder = UTF8()
      var iterator = rest.makeIterator()
      guard case .scalarValue(let scalar) = decoder.decode(&iterator) else {
        escape(rest.removeFirst(), into: &out)
        continue
      }
      let width = UTF8.width(scalar)
      if scalar == "\\" {
        out += [backslash, backslash]
      } else if misleads(scalar) {
        for byte in rest.prefix(width) { escape(byte, into: &out) }
      } else {
        out += rest.prefix(width)
      }
      rest.removeFirst(width)
    }
    return String(decoding: out, as: UTF8.self)
  }

  static func decode(_ text: String) -> [UInt8]? {
    var out: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == backslash else {
        out.append(byte)
        continue
      }
      guard let kind = rest.popFirst() else { return nil }
      if kind == backslash {
        out.append(backslash)
      } else if kind == UInt8(ascii: "x"), rest.count >= 2,
        let high = hex.firstIndex(of: rest.removeFirst()),
        let low = hex.firstIndex(of: rest.removeFirst())
      {
        out.append(UInt8(high << 4 | low))
      } else {
        return nil
      }
    }
    return out
  }

  private static func escape(_ byte: UInt8, into out: inout [UInt8]) {
    out += [backslash, UInt8(ascii: "x"), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
  }

  /// Characters that end a line or turn the direction of what follows: a name could then forge another line or name.
  private static func misleads(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }
}
