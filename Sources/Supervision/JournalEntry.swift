/// One entry of the log: fields in the order they are written.
public struct JournalEntry: Sendable {
  public let event: Event?
  public let priority: Priority
  public let message: String
  /// Everything else, names valid.
  public let fields: [(name: String, value: String)]
  public let file: String
  public let line: UInt
  public let function: String

  /// A value longer than this is cut, and ends in `…`.
  static let valueLimit = 16_384

  static let identifier = "shoubaod"

  /// All fields as journald gets them.
  public var all: [(name: String, value: String)] {
    var out = [("MESSAGE", message), ("PRIORITY", String(priority.rawValue))]
    out.append(("SYSLOG_IDENTIFIER", Self.identifier))
    if let event {
      out.append(("MESSAGE_ID", event.messageID))
      out.append(("SHOUBAO_EVENT", event.rawValue))
    }
    out += fields
    out.append(("CODE_FILE", file))
    out.append(("CODE_LINE", String(line)))
    out.append(("CODE_FUNC", function))
    return out.map { ($0, Self.cut($1, to: Self.valueLimit)) }
  }

  /// As journald's socket takes it: `NAME=value`, or where a value has more than one line, its name, its length and it
  /// (https://systemd.io/JOURNAL_NATIVE_PROTOCOL).
  var datagram: [UInt8] {
    var bytes: [UInt8] = []
    for (name, value) in all {
      bytes += name.utf8
      if value.utf8.contains(0x0A) {
        bytes.append(0x0A)
        withUnsafeBytes(of: UInt64(value.utf8.count).littleEndian) { bytes += $0 }
      } else {
        bytes.append(UInt8(ascii: "="))
      }
      bytes += value.utf8
      bytes.append(0x0A)
    }
    return bytes
  }

  static func cut(_ value: String, to limit: Int) -> String {
    guard value.utf8.count > limit else { return value }
    var end = value.utf8.index(value.startIndex, offsetBy: limit - 3)
    while end > value.startIndex, end.samePosition(in: value.unicodeScalars) == nil {
      end = value.utf8.index(before: end)
    }
    return String(value[..<end]) + "…"
  }
}
