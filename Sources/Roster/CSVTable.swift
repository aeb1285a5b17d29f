/// The records of a CSV file (RFC 4180) that are not empty; their fields without quotes and outer white space. The fields lie one
/// behind the other in one piece of memory: a country's roster has a million of them, and most are empty or like the one above.
struct CSVTable {
  struct Row {
    let line: Int
    /// The number of its first field.
    fileprivate let first: Int
    let count: Int
  }

  private(set) var rows: [Row] = []
  private var text: [UInt8] = []
  /// Where each field begins in ``text``, and where the last one ends.
  private var starts = [0]

  init(_ text: String) throws(RosterRefused.Problem.Carrier) {
    let bytes = Array(text.utf8)
    // Excel writes a byte order mark; it is no part of the first name.
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    self.text.reserveCapacity(bytes.count)
    var parser = Parser()
    var position = bytes.starts(with: mark) ? mark.count : 0
    while position < bytes.count {
      var end = position
      while end < bytes.count, !CSVTable.isSign(bytes[end]) { end += 1 }
      if end > position {
        try parser.take(plain: bytes[position..<end], of: &self)
        position = end
      } else {
        parser.take(bytes[position], of: &self)
        position += 1
      }
    }
    try parser.finish(&self)
  }

  /// What may be more than a letter of a field.
  private static func isSign(_ byte: UInt8) -> Bool {
    byte <= UInt8(ascii: ",")
      && (byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
        || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: " "))
  }

  private func range(_ row: Row, _ column: Int) -> Range<Int> {
    starts[row.first + column]..<starts[row.first + column + 1]
  }

  subscript(row: Row, column: Int) -> String {
    String(decoding: text[range(row, column)], as: UTF8.self)
  }

  func fields(_ row: Row) -> [String] { (0..<row.count).map { self[row, $0] } }

  func isEmpty(_ row: Row, _ column: Int) -> Bool { range(row, column).isEmpty }

  /// Whether two rows have the same in a column, which both have.
  func isSame(_ row: Row, _ other: Row, _ column: Int) -> Bool {
    let (a, b) = (range(row, column), range(other, column))
    guard a.count == b.count else { return false }
    for place in 0..<a.count where text[a.lowerBound + place] != text[b.lowerBound + place] {
      return false
    }
    return true
  }

  private struct Parser {
    private enum State { case start, bare, quoted, closed }

    private var state = State.start
    private var line = 1
    private var begin = 1
    /// Fields before this row.
    private var first = 0

    mutating func take(
      plain letters: ArraySlice<UInt8>, of table: inout CSVTable
    ) throws(RosterRefused.Problem.Carrier) {
      if state == .closed { throw .init(problem: .init(line: line, reason: .textAfterQuote)) }
      if state == .start { state = .bare }
      table.text += letters
    }

    mutating func take(_ byte: UInt8, of table: inout CSVTable) {
      let quote = UInt8(ascii: "\"")
      let newLine = UInt8(ascii: "\n")
      switch (state, byte) {
      case (.quoted, quote): state = .closed
      case (.quoted, _): table.text.append(byte)
      case (.closed, quote):
        table.text.append(byte)
        state = .quoted
      case (_, UInt8(ascii: ",")): endField(&table)
      case (_, newLine): endRow(&table)
      case (_, UInt8(ascii: "\r")): break
      case (.start, quote): state = .quoted
      case (.start, UInt8(ascii: " ")), (.closed, UInt8(ascii: " ")): break
      default: table.text.append(byte)
      }
      if byte == newLine { line += 1 }
      if byte == newLine, state == .start, table.starts.count - 1 == first { begin = line }
    }

    mutating func finish(_ table: inout CSVTable) throws(RosterRefused.Problem.Carrier) {
      if state == .quoted { throw .init(problem: .init(line: begin, reason: .quoteNotClosed)) }
      endRow(&table)
    }

    private mutating func endField(_ table: inout CSVTable) {
      let start = table.starts[table.starts.count - 1]
      if CSVTable.mayHaveOuterSpace(table.text[start...]) {
        let field = trimmed(String(decoding: table.text[start...], as: UTF8.self))
        table.text.replaceSubrange(start..., with: field.utf8)
      }
      table.starts.append(table.text.count)
      state = .start
    }

    private mutating func endRow(_ table: inout CSVTable) {
      endField(&table)
      if table.text.count > table.starts[first] {
        table.rows.append(Row(line: begin, first: first, count: table.starts.count - 1 - first))
        first = table.starts.count - 1
      } else {
        table.starts.removeLast(table.starts.count - 1 - first)
      }
    }
  }

  /// By the bytes that white space begins with, which no Chinese character does.
  private static func mayHaveOuterSpace(_ field: ArraySlice<UInt8>) -> Bool {
    func mayBegin(_ byte: UInt8) -> Bool {
      byte <= 0x20 || byte == 0xC2 || (0xE1...0xE3).contains(byte)
    }
    guard let first = field.first, let last = field.last else { return false }
    return mayBegin(first) || last <= 0x20 || field.suffix(3).contains(where: mayBegin)
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
