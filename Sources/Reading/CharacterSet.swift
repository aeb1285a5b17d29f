import Glibc

/// The character sets that Chinese reports come in; raw values are the names of the contract.
enum CharacterSet: String, CaseIterable {
  case utf8 = "utf-8"
  /// Also what calls itself gb2312, gbk or cp936: their superset, so that nothing is lost by believing the larger one.
  case gb18030
  case utf16LE = "utf-16le"
  case utf16BE = "utf-16be"
  case big5
  /// Only where a page declares it: Chinese written as references among a few bytes of Windows' own.
  case windows1252 = "windows-1252"

  /// By a name as pages declare it.
  init?(declared name: String) {
    switch name.lowercased() {
    case "utf-8", "utf8", "unicode-1-1-utf-8": self = .utf8
    case "gb2312", "gb_2312-80", "gbk", "x-gbk", "cp936", "ms936", "windows-936", "gb18030",
      "gb-18030", "euc-cn", "x-euc-cn", "chinese", "csgb2312", "hz-gb-2312":
      self = .gb18030
    case "big5", "big-5", "big5-hkscs", "cp950", "x-x-big5", "csbig5": self = .big5
    case "windows-1252", "cp1252", "iso-8859-1", "iso8859-1", "latin1", "us-ascii", "ascii":
      self = .windows1252
    default: return nil
    }
  }

  private var iconvName: String {
    switch self {
    case .utf8: "UTF-8"
    case .gb18030: "GB18030"
    case .utf16LE: "UTF-16LE"
    case .utf16BE: "UTF-16BE"
    case .big5: "BIG5-HKSCS"
    case .windows1252: "CP1252"
    }
  }

  private var unit: Int { self == .utf16LE || self == .utf16BE ? 2 : 1 }

  /// Opens a converter and never closes it, which keeps its library loaded.
  func keepConverter() { _ = iconv_open("UTF-8", iconvName) }

  /// Bytes in UTF-8, what cannot be read replaced by U+FFFD.
  struct Conversion {
    var utf8: [UInt8] = []
    /// Sequences that the character set does not have, the last one apart.
    var broken = 0
    /// The bytes end inside a character.
    var isCutOff = false
  }

  /// `nil`: the system has no converter, or so much is broken that this is not the character set.
  func convert(_ bytes: UnsafeRawBufferPointer, brokenLimit: Int) -> Conversion? {
    guard let converter = iconv_open("UTF-8", iconvName), converter != iconv_t(bitPattern: -1)
    else { return nil }
    defer { iconv_close(converter) }
    var conversion = Conversion()
    conversion.utf8.reserveCapacity(bytes.count + bytes.count / 2 + 16)
    let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]
    var source = UnsafeMutablePointer(
      mutating: bytes.baseAddress?.assumingMemoryBound(to: CChar.self))
    var left = bytes.count
    let room = 64 << 10
    let buffer = UnsafeMutablePointer<CChar>.allocate(capacity: room)
    defer { buffer.deallocate() }
    while left > 0 {
      var target: UnsafeMutablePointer<CChar>? = buffer
      var free = room
      let result = iconv(converter, &source, &left, &target, &free)
      let reason = errno
      conversion.utf8.append(
        contentsOf: UnsafeRawBufferPointer(start: buffer, count: room - free))
      guard result == -1 else { continue }
      switch reason {
      case E2BIG: continue
      case EINVAL:
        conversion.isCutOff = true
        conversion.utf8.append(contentsOf: replacement)
        return conversion
      default:
        conversion.broken += 1
        guard conversion.broken <= brokenLimit else { return nil }
        conversion.utf8.append(contentsOf: replacement)
        let step = min(unit, left)
        source = source.map { $0 + step }
        left -= step
      }
    }
    return conversion
  }
}
