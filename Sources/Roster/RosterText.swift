import Glibc

/// The text of a `roster.csv`: UTF-8, or GB18030 (which GBK and GB2312 are parts of), as Excel and WPS save “CSV” in China.
enum RosterText {
  /// - Returns: `nil` where the bytes are neither; a damaged file of UTF-8 is never read as GB18030, where it would be names
  ///   that nobody has.
  static func decode(_ bytes: [UInt8]) -> String? {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    return isDamagedUTF8(bytes) ? nil : gb18030(bytes)
  }

  /// Whether Chinese characters in UTF-8 are at least as many as bytes that UTF-8 does not explain. In a text of GB18030 next to
  /// nothing is such a character by chance.
  private static func isDamagedUTF8(_ bytes: [UInt8]) -> Bool {
    var chinese = 0
    var broken = 0
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      if scalar == "\u{FFFD}" { broken += 1 }
      if (0x4E00...0x9FFF).contains(scalar.value) { chinese += 1 }
    }
    return chinese >= broken
  }

  private static func gb18030(_ bytes: [UInt8]) -> String? {
    guard let converter = iconv_open("UTF-8", "GB18030"), converter != iconv_t(bitPattern: -1)
    else { return nil }
    defer { iconv_close(converter) }
    // No character grows by more than half.
    let room = bytes.count * 3 / 2 + 16
    var source = bytes.map { CChar(bitPattern: $0) }
    let text = [UInt8](unsafeUninitializedCapacity: room) { target, count in
      source.withUnsafeMutableBufferPointer { source in
        target.withMemoryRebound(to: CChar.self) { target in
          var (from, left) = (source.baseAddress, source.count)
          var (to, free) = (target.baseAddress, target.count)
          let result = iconv(converter, &from, &left, &to, &free)
          count = result == -1 ? 0 : room - free
        }
      }
    }
    return text.isEmpty ? nil : String(validating: text, as: UTF8.self)
  }
}
