import Glibc

/// A character set, with or without a mark at the start of the file, declared or not.
public enum TextEncoding: String, Sendable, CaseIterable {
  case utf8 = "utf-8"
  case utf8Marked = "utf-8-bom"
  case gb18030
  /// Declared as `gb2312`, as most pages in it are; holds characters that only GBK has.
  case gbkAsGB2312 = "gbk-as-gb2312"
  case utf16LittleEndian = "utf-16le"
  case utf16BigEndian = "utf-16be"

  static let ofTexts = allCases.filter { $0 != .gbkAsGB2312 }
  static let ofPages: [TextEncoding] = [.utf8, .utf8, .utf8Marked, .gb18030, .gbkAsGB2312]

  /// What a page says of itself.
  var declared: String? {
    switch self {
    case .utf8, .utf8Marked: "utf-8"
    case .gb18030: "gb18030"
    case .gbkAsGB2312: "gb2312"
    case .utf16LittleEndian, .utf16BigEndian: nil
    }
  }

  /// The bytes of a text. Characters outside the set become `?`; the generator's words have none.
  public func encode(_ text: String) -> [UInt8] {
    switch self {
    case .utf8: Array(text.utf8)
    case .utf8Marked: [0xEF, 0xBB, 0xBF] + Array(text.utf8)
    case .gb18030: Self.convert(text, to: "GB18030")
    case .gbkAsGB2312: Self.convert(text, to: "GBK")
    case .utf16LittleEndian:
      [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    case .utf16BigEndian:
      [0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    }
  }

  private static func convert(_ text: String, to set: String) -> [UInt8] {
    let converter = iconv_open(set, "UTF-8")
    guard converter != iconv_t(bitPattern: -1) else {
      preconditionFailure("this C library has no \(set)")
    }
    defer { iconv_close(converter) }
    var source = text.utf8.map { CChar(bitPattern: $0) }
    var target = [CChar](repeating: 0, count: source.count * 2 + 8)
    let written = source.withUnsafeMutableBufferPointer { source in
      target.withUnsafeMutableBufferPointer { target in
        var input = source.baseAddress
        var inputLeft = source.count
        var output = target.baseAddress
        let room = target.count
        var outputLeft = room
        while inputLeft > 0,
          iconv(converter, &input, &inputLeft, &output, &outputLeft) == -1, inputLeft > 0
        {
          // Not in the set: put `?` for the character, and step over it.
          output?.pointee = 0x3F
          output = output?.advanced(by: 1)
          outputLeft -= 1
          repeat {
            input = input?.advanced(by: 1)
            inputLeft -= 1
          } while inputLeft > 0 && UInt8(bitPattern: input?.pointee ?? 0) & 0xC0 == 0x80
        }
        return room - outputLeft
      }
    }
    return target.prefix(written).map { UInt8(bitPattern: $0) }
  }
}
