/// Cells between bars that do not stand a row on a line: one cell a line with its bar, the bar on a line of its own before
/// or behind its cell, or the whole page on one line.
///
/// Such text is one stream: a bar closes the cell before it, wherever the lines break, and two bars with nothing between
/// them are a blank cell. Where a row ends is told only by the words of the next label.
struct BarText {
  struct Piece {
    let text: Substring
    /// Of the line in the stretch.
    let line: Int
    /// The line has no bar: it may be the first half of a label, a heading, or a whole cell.
    let isBare: Bool
    /// A bar stands between it and the piece before.
    var isApart = true
  }

  private(set) var pieces: [Piece] = []
  /// Which pieces begin a row.
  private(set) var rowStarts: Set<Int> = []

  /// Lines longer than this and without a bar are sentences.
  static let longestBareLine = 180
  /// Longer than the labels of the form, in bytes.
  private static let longestLabel = 120
  /// More fields than any row of a form has: rows that follow each other without a break.
  static let endless = 40
  /// No row behind a label of its own has so many fields.
  private static let longestLabelled = 12

  /// `|`, `｜`, `│`, `┃`, `║`.
  static func isBar(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x7C, 0xFF5C, 0x2502, 0x2503, 0x2551: true
    default: false
    }
  }

  static func hasBar(_ line: Substring) -> Bool {
    line.withBytes { $0.contains(where: isBar) }
  }

  static func isRuler(_ field: Substring) -> Bool {
    let text = Fold.trimmed(field)
    return text.utf8.count >= 3 && text.utf8.allSatisfy { $0 == 0x2D || $0 == 0x3A }
  }

  /// Whether each line begins or continues such a stream, as ranges of lines.
  static func stretches(_ lines: [Substring]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var index = 0
    while index < lines.count {
      guard hasBar(lines[index]) else {
        index += 1
        continue
      }
      let start = index
      var end = index
      var single = 0
      var bare = 0
      while index < lines.count, bare <= 4 {
        if hasBar(lines[index]) {
          let fields = lines[index].fields(between: isBar)
          let filled = fields.count { !Fold.trimmed($0).isEmpty && !isRuler($0) }
          if filled > 1 { break }
          if fields.count <= 3 { single += 1 }
          bare = 0
          index += 1
          end = index
        } else if lines[index].utf8.count <= longestBareLine {
          bare += 1
          index += 1
        } else {
          break
        }
      }
      // The last cell stands behind its bar.
      if end < lines.count, end > start, isLoneBar(lines[end - 1]),
        FieldValue(Fold.trimmed(lines[end])).isValue
      {
        end += 1
      }
      if single >= 8, single * 10 >= (end - start) * 3 { found.append(start..<end) }
      index = max(end, start + 1)
    }
    return found
  }

  private static func isLoneBar(_ line: Substring) -> Bool {
    let text = Fold.trimmed(line)
    return text.unicodeScalars.count == 1 && hasBar(text)
  }

  init(_ lines: ArraySlice<Substring>) {
    var isOpen = false
    var isApart = true
    func add(_ text: Substring, _ line: Int, isBare: Bool) {
      pieces.append(Piece(text: text, line: line, isBare: isBare, isApart: isApart))
      isApart = false
    }
    for (number, line) in lines.enumerated() {
      guard Self.hasBar(line) else {
        add(Fold.trimmed(line), number, isBare: true)
        isOpen = true
        continue
      }
      let fields = line.fields(between: Self.isBar)
      for (position, field) in fields.enumerated() {
        let text = Fold.trimmed(field)
        let isLast = position == fields.count - 1
        if Self.isRuler(text) {
          isOpen = true
        } else if !text.isEmpty || !isLast && !isOpen {
          add(text, number, isBare: false)
        }
        // A bar behind the field closes it.
        isOpen = isLast && !text.isEmpty
        isApart = isApart || !isLast
      }
    }
    findRows()
  }

  /// The fields of a whole page on one line: what stands between two tables is one field, with spaces for its lines.
  init(fields: [Substring]) {
    for field in fields {
      let text = Fold.trimmed(field)
      if text.utf8.count > Self.longestLabel, text.unicodeScalars.contains(where: Fold.isSpace) {
        pieces += text.unicodeScalars.split(whereSeparator: Fold.isSpace)
          .map { Piece(text: Substring($0), line: 0, isBare: true) }
      } else {
        pieces.append(Piece(text: text, line: 0, isBare: false))
      }
    }
    findRows()
  }

  /// A row begins at the first words behind figures. Blank cells that stand at the end of nearly every row are not cells:
  /// the bar at the end of one row and at the beginning of the next, or what merged cells leave.
  private mutating func findRows() {
    var ends: [(last: Int, next: Int)] = []
    // The first piece behind words, where many fields follow: a row without a label.
    var unlabelled: [Int] = []
    var lastValue: Int?
    var lastWords = -1
    for index in pieces.indices {
      let value = FieldValue(pieces[index].text)
      if value.isValue {
        lastValue = index
      } else if value.shape == .words {
        if let last = lastValue {
          ends.append((last, index))
          if last - lastWords >= Self.longestLabelled { unlabelled.append(lastWords + 1) }
        }
        lastValue = nil
        lastWords = index
      }
    }
    if let last = lastValue, last - lastWords >= Self.longestLabelled {
      unlabelled.append(lastWords + 1)
    }
    let usual = RowFit.usual(ends.map { $0.next - $0.last - 1 }) ?? 0
    for (last, next) in ends { rowStarts.insert(max(last + 1, next - usual)) }
    for first in unlabelled
    where pieces[first..<(first + usual)].allSatisfy({ $0.text.isEmpty }) {
      rowStarts.insert(first + usual)
    }
  }
}
