/// One record of a CSV file (RFC 4180): fields trimmed of outer white space, and the line it begins on.
struct CSVRow {
  let line: Int
  let fields: [String]

  /// All records that are not empty.
  static func rows(of text: String) throws(RosterRefused.Problem.Carrier) -> [CSVRow] {
    var parser = Parser()
    // Excel writes a byte order mark; it is no part of the first name.
    let scalars =
      text.unicodeScalars.first == "\u{FEFF}"
      ? text.unicodeScalars.dropFirst() : text.unicodeScalars[...]
    for scalar in scalars { try parser.take(scalar) }
    return try parser.finish()
  }

  private struct Parser {
    private enum State { case start, bare, quoted, closed }

    private var rows: [CSVRow] = []
    private var fields: [String] = []
    private var field = String.UnicodeScalarView()
    private var state = State.start
    private var line = 1
    private var begin = 1

    mutating func take(_ scalar: Unicode.Scalar) throws(RosterRefused.Problem.Carrier) {
      switch (state, scalar) {
      case (.quoted, "\""): state = .closed
      case (.quoted, _): field.append(scalar)
      case (.closed, "\""):
        field.append(scalar)
        state = .quoted
      case (_, ","): endField()
      case (_, "\n"): endRow()
      case (_, "\r"): break
      case (.start, "\""): state = .quoted
      case (.start, " "): break
      case (.closed, " "): break
      case (.closed, _): throw .init(problem: .init(line: line, reason: .textAfterQuote))
      default:
        field.append(scalar)
        state = .bare
      }
      if scalar == "\n" { line += 1 }
      if scalar == "\n", state == .start, fields.isEmpty { begin = line }
    }

    mutating func finish() throws(RosterRefused.Problem.Carrier) -> [CSVRow] {
      if state == .quoted { throw .init(problem: .init(line: begin, reason: .quoteNotClosed)) }
      endRow()
      return rows
    }

    private mutating func endField() {
      fields.append(trimmed(String(field)))
      field = .init()
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
  while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
  while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
  return String(scalars)
}
