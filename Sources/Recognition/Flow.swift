import Documents

/// A document as one sequence of tokens in reading order.
struct Flow {
  private(set) var tokens: [Token] = []
  private(set) var pictures: [PictureMark] = []
  private var row = 0
  private var tables = 0

  init(_ document: Document) {
    var lines: [Line] = []
    for block in document.blocks {
      switch block {
      case .paragraph(let paragraph): lines += Self.lines(of: paragraph)
      case .table(let table):
        add(&lines)
        add(table)
      case .picture(let picture):
        add(&lines)
        pictures.append(PictureMark(position: tokens.count, words: picture.words))
      }
    }
    add(&lines)
  }

  // MARK: Lines

  private struct Line {
    let text: Substring
    let indent: Int
    let place: TokenPlace
    let isHeading: Bool
  }

  private static func lines(of paragraph: Paragraph) -> [Line] {
    lines(of: paragraph.text, paragraph.place, paragraph.indent, isHeading: paragraph.isHeading)
  }

  private static func lines(
    of text: String, _ place: Place, _ indent: Int = 0, isHeading: Bool = false
  ) -> [Line] {
    let place = TokenPlace(page: place.page, line: place.line, table: place.table)
    guard text.utf8.contains(0x0A) else {
      return [Line(text: text[...], indent: indent, place: place, isHeading: isHeading)]
    }
    return text.split(separator: "\n").map {
      Line(text: $0, indent: 0, place: place, isHeading: isHeading)
    }
  }

  /// Lines that follow each other without a grid or a picture between them.
  private mutating func add(_ lines: inout [Line]) {
    defer { lines = [] }
    let texts = lines.map(\.text)
    var position = 0
    for stretch in BarText.stretches(texts) {
      addLines(lines[position..<stretch.lowerBound])
      let marked = stretch.filter { !Self.isPageMark(Fold.trimmed(texts[$0])) }
      add(BarText(marked.map { texts[$0] }[...]), lines: marked.map { lines[$0] })
      position = stretch.upperBound
    }
    addLines(lines[position...])
  }

  private mutating func add(_ stream: BarText, lines: [Line]) {
    row += 1
    for (index, piece) in stream.pieces.enumerated() {
      if stream.rowStarts.contains(index) { row += 1 }
      let line = lines[piece.line]
      let isText = piece.isBare && !FieldValue(piece.text).isValue
      append(piece.text, isText ? .line : .fields, line.place, isHeading: line.isHeading)
    }
    row += 1
  }

  private mutating func addLines(_ lines: ArraySlice<Line>) {
    let isLaidOut = LaidOutText.lines(lines.map(\.text))
    for (line, isLaidOut) in zip(lines, isLaidOut) { add(line, isLaidOut: isLaidOut) }
  }

  private mutating func add(_ line: Line, isLaidOut: Bool) {
    row += 1
    let trimmed = Fold.trimmed(line.text)
    guard !trimmed.isEmpty, !Self.isPageMark(trimmed) else { return }
    if let fields = Self.fields(line.text) {
      let filled = fields.filter { !Fold.trimmed($0).isEmpty }
      if fields.count > BarText.endless {
        add(BarText(fields: fields), lines: [line])
      } else if filled.count == 1, fields.count <= 2 {
        // One cell on the line: which blanks there were is not told.
        append(filled[0], .line, line.place, isHeading: line.isHeading)
      } else {
        for field in fields { append(field, .fields, line.place) }
      }
      return
    }
    if let parts = LaidOutText.wholePage(trimmed) {
      for part in parts {
        row += 1
        append(part, .line, line.place)
      }
      return
    }
    // A figure may stand behind its label or in a line of figures; sentences and labels do not end in a figure of
    // their own behind a space.
    if trimmed.utf8.count < 400 || isLaidOut,
      let pieces = LaidOutText.pieces(line.text, indent: line.indent, splitsWords: isLaidOut)
    {
      let isAlone = pieces.count == 1
      for piece in pieces {
        append(
          piece.text, isAlone ? .line : .spaced, line.place,
          isHeading: isAlone && line.isHeading, columns: piece.columns)
      }
      return
    }
    append(trimmed, .line, line.place, isHeading: line.isHeading)
  }

  private mutating func append(
    _ text: Substring, _ layout: Token.Layout, _ place: TokenPlace, spans: Bool = false,
    isHeading: Bool = false, columns: TextColumns? = nil
  ) {
    let raw = Fold.trimmed(text)
    let value = FieldValue(raw)
    tokens.append(
      Token(
        raw: raw, folded: value.shape == .words ? Fold.fold(raw) : [], value: value,
        layout: layout, row: row, place: place, spans: spans, isHeading: isHeading,
        columns: columns))
  }

  /// The fields of a line with bars or with tabs inside; `nil` where it has none.
  private static func fields(_ line: Substring) -> [Substring]? {
    let view = line.unicodeScalars
    if BarText.hasBar(line) {
      var fields = view.split(omittingEmptySubsequences: false, whereSeparator: BarText.isBar)
        .map { Substring($0) }
      // The bar at the end closes the last field. One at the start opens the first or closes a blank one: the blank
      // stands in front of a label, or is one field too many for the row.
      if let last = fields.last, Fold.trimmed(last).isEmpty { fields.removeLast() }
      // Lines of bars only are what merged cells leave; rulers are no cells.
      if fields.allSatisfy({ Fold.trimmed($0).isEmpty || BarText.isRuler($0) }) { return [] }
      return fields
    }
    guard line.utf8.contains(0x09) else { return nil }
    return view.split(separator: "\t", omittingEmptySubsequences: false).map { Substring($0) }
  }

  /// `-3-`, `— 4 —`, 第 3 页: page numbers that stand between the rows of a table.
  private static func isPageMark(_ line: Substring) -> Bool {
    guard line.utf8.count < 40 else { return false }
    let folded = Fold.fold(line)
    guard let first = folded.first, let last = folded.last, folded.count >= 3 else { return false }
    if first == U.dash, last == U.dash {
      let inner = folded.drop { $0 == U.dash }
      let digits = inner.prefix { Fold.isDigit($0) }
      return !digits.isEmpty && digits.count <= 3
        && inner.dropFirst(digits.count).allSatisfy { $0 == U.dash }
    }
    guard first == pageStart, let digits = folded.digits(at: 1, limit: 3) else { return false }
    guard folded.has(pageEnd, at: 1 + digits.count) else { return false }
    let rest = folded.dropFirst(2 + digits.count)
    return rest.isEmpty || rest.hasPrefix(pageTotal) || rest.first == 0x2F
  }

  private static let pageStart: UInt16 = 0x7B2C
  private static let pageEnd = f("页")
  private static let pageTotal = f("共")

  // MARK: Grids

  private mutating func add(_ table: Table) {
    tables += 1
    if Self.isPageLayout(table) {
      // The page is laid out in a grid; what its cells hold is text and tables of its own.
      for cell in table.cells {
        var lines = Self.lines(of: cell.text, table.place)
        add(&lines)
        for inner in cell.nested { add(inner) }
      }
      return
    }
    var current = -1
    for cell in table.cells {
      if cell.row != current {
        current = cell.row
        row += 1
      }
      let place = TokenPlace(
        page: table.place.page, line: table.place.line, table: table.place.table ?? tables,
        row: cell.row + 1, column: cell.column + 1)
      append(
        cell.text[...], .grid, place, spans: cell.rowSpan > 1 || cell.columnSpan > 1)
    }
    row += 1
  }

  private static func isPageLayout(_ table: Table) -> Bool {
    if table.rowCount == 1 && table.columnCount == 1 { return true }
    return table.cells.contains { !$0.nested.isEmpty || $0.text.utf8.count > 900 }
  }
}
