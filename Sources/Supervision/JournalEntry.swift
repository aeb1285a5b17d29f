internal import CSystemd
import Glibc

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

  /// Sends to journald. 0 says only that it was sent: without a journald the answer is 0 as well.
  func send() -> Int32 {
    var bytes: [UInt8] = []
    var ends: [Int] = []
    for (name, value) in all {
      bytes += name.utf8
      bytes.append(UInt8(ascii: "="))
      bytes += value.utf8
      ends.append(bytes.count)
    }
    return bytes.withUnsafeMutableBytes { buffer in
      var start = 0
      var parts: [iovec] = []
      for end in ends {
        parts.append(iovec(iov_base: buffer.baseAddress?.advanced(by: start), iov_len: end - start))
        start = end
      }
      return sd_journal_sendv(parts, Int32(parts.count))
    }
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
