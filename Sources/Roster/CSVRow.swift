/// One record of a CSV file (RFC 4180): fields trimmed of outer white space, and the line it begins on.
struct CSVRow {
  let line: Int
  let fields: [String]

  /// All records that are not empty.
  static func rows(of text: String) throws(RosterRefused.Problem.Carrier) -> [CSVRow] {
    var parser = Parser()
    // Excel writes a byte order mark; it is no part of the first name.
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let bytes = text.utf8.starts(with: mark) ? text.utf8.dropFirst(mark.count) : text.utf8[...]
    for byte in bytes { try parser.take(byte) }
    return try parser.finish()
  }

  private struct Parser {
    private enum State { case start, bare, quoted, closed }

    private var rows: [CSVRow] = []
    private var fields: [String] = []
    private var field: [UInt8] = []
    private var state = State.start
    private var line = 1
    private var begin = 1

    mutating func take(_ byte: UInt8) throws(RosterRefused.Problem.Carrier) {
      let quote = UInt8(ascii: "\"")
      let newLine = UInt8(ascii: "\n")
      switch (state, byte) {
      case (.quoted, quote): state = .closed
      case (.quoted, _): field.append(byte)
      case (.closed, quote):
        field.append(byte)
        state = .quoted
      case (_, UInt8(ascii: ",")): endField()
      case (_, newLine): endRow()
      case (_, UInt8(ascii: "\r")): break
      case (.start, quote): state = .quoted
      case (.start, UInt8(ascii: " ")): break
      case (.closed, UInt8(ascii: " ")): break
      case (.closed, _): throw .init(problem: .init(line: line, reason: .textAfterQuote))
      default:
        field.append(byte)
        state = .bare
      }
      if byte == newLine { line += 1 }
      if byte == newLine, state == .start, fields.isEmpty { begin = line }
    }

    mutating func finish() throws(RosterRefused.Problem.Carrier) -> [CSVRow] {
      if state == .quoted { throw .init(problem: .init(line: begin, reason: .quoteNotClosed)) }
      endRow()
      return rows
    }

    private mutating func endField() {
      fields.append(trimmed(String(decoding: field, as: UTF8.self)))
      field.removeAll(keepingCapacity: true)
      state = .start
    }

    private mutating func endRow() {
      endField()
      if fields.contains(where: { !$0.isEmpty }) {
        rows.append(CSVRow(line: begin, fields: fields))
      }
      fields = []
    }
  }
}

extension RosterRefused.Problem {
  /// A problem on its way out of the parser.
  struct Carrier: Error { let problem: RosterRefused.Problem }
}

/// Without outer white space.
func trimmed(_ text: some StringProtocol) -> String {
  var scalars = Substring(text).unicodeScalars
  while let first = scalars.first, first.isSpace { scalars.removeFirst() }
  while let last = scalars.last, last.isSpace { scalars.removeLast() }
  return String(scalars)
}

extension Unicode.Scalar {
  /// White space. The last is U+3000: no table is asked of a Chinese character.
  var isSpace: Bool { value <= 0x3000 && properties.isWhitespace }
}
