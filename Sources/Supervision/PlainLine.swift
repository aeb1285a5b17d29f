import Glibc

/// An entry as one line for people: time, level, event, message, then the fields.
enum PlainLine {
  static let limit = 4096

  static func of(_ entry: JournalEntry, at time: timespec) -> String {
    var line = "\(stamp(time)) \(entry.priority.word) "
    if let event = entry.event { line += "\(event.rawValue) " }
    line += escape(entry.message)
    for (name, value) in entry.fields {
      let needsQuotes = value.isEmpty || value.utf8.contains { $0 == 0x20 || $0 == 0x22 }
      line += " \(name)="
      line += needsQuotes ? "\"\(escape(value, quotes: true))\"" : escape(value)
    }
    return JournalEntry.cut(line, to: limit)
  }

  /// Local time with its offset, to the millisecond (RFC 3339).
  private static func stamp(_ time: timespec) -> String {
    var seconds = time.tv_sec
    var parts = tm()
    localtime_r(&seconds, &parts)
    func two(_ n: some BinaryInteger) -> String { n < 10 ? "0\(n)" : "\(n)" }
    let offset = parts.tm_gmtoff / 60
    let sign = offset < 0 ? "-" : "+"
    let milli = String(1000 + time.tv_nsec / 1_000_000).dropFirst()
    return "\(Int(parts.tm_year) + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))T"
      + "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec)).\(milli)"
      + "\(sign)\(two(abs(offset) / 60)):\(two(abs(offset) % 60))"
  }

  /// No control character, line end or turn of direction reaches the terminal.
  private static func escape(_ text: String, quotes: Bool = false) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x0A: out.append(contentsOf: "\\n".unicodeScalars)
      case 0x09: out.append(contentsOf: "\\t".unicodeScalars)
      case 0x22 where quotes: out.append(contentsOf: "\\\"".unicodeScalars)
      case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF:
        out.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
      default: out.append(scalar)
      }
    }
    return String(out)
  }
}
