import Documents

/// A document as one sequence of tokens in reading order.
struct Flow {
  private(set) var tokens: [Token] = []
  private(set) var pictures: [PictureMark] = []
  private var row = 0
  private var tables = 0
  private var pageBreaks = PageBreaks()
  private var margins = GridMargins()

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
    let marks = pageBreaks.marks(lines.map(\.text))
    lines = zip(lines, marks).filter { !$0.1 }.map(\.0)
    let texts = lines.map(\.text)
    var position = 0
    for stretch in BarText.stretches(texts) {
      addLines(lines[position..<stretch.lowerBound])
      add(BarText(texts[stretch]), lines: Array(lines[stretch]))
      position = stretch.upperBound
    }
    addLines(lines[position...])
  }

  private mutating func add(_ stream: BarText, lines: [Line]) {
    row += 1
    for (index, piece) in stream.pieces.enumerated() {
      if stream.rowStarts.contains(index) { row += 1 }
      let line = lines[piece.line]
      let isClosed = index + 1 < stream.pieces.count && stream.pieces[index + 1].isApart
      let isFigure =
        FieldValue(piece.text).isValue
        || isClosed && piece.isApart && Token.mayBeFigures(piece.text)
      append(
        piece.text, piece.isBare && !isFigure ? .line : .stream, line.place,
        isHeading: line.isHeading, isUnclosed: !isClosed)
    }
    row += 1
  }

  private mutating func addLines(_ lines: ArraySlice<Line>) {
    let isLaidOut = LaidOutText.lines(lines.map { ($0.text, $0.indent) })
    // How many fields the row above has.
    var above = 0
    for (index, isLaidOut) in zip(lines.indices, isLaidOut) {
      let fields = Self.fields(lines[index].text)
      if let fields, above >= Self.longRow, fields.count >= above,
        fields.allSatisfy({ Fold.trimmed($0).isEmpty })
      {
        addBlankRow(fields, lines[index].place)
      } else {
        // Asked only of a line with two fields.
        let isBeforeFigure =
          fields?.count == 2
          && lines[(index + 1)...].first.map { Self.isFigure($0.text) } ?? false
        add(lines[index], fields: fields, isLaidOut: isLaidOut, isBeforeFigure: isBeforeFigure)
      }
      above = fields?.count ?? above
    }
  }

  /// A line of bars or tabs only is what merged cells leave; but in one of as many fields as the long row above it has, or
  /// of more, every cell is blank.
  private mutating func addBlankRow(_ fields: [Substring], _ place: TokenPlace) {
    row += 1
    for field in fields { append(field, .fields, place) }
  }

  private static let longRow = 10

  /// One figure on a line, with bars around or without.
  private static func isFigure(_ line: Substring) -> Bool {
    let filled = (fields(line) ?? [line]).map { Fold.trimmed($0) }.filter { !$0.isEmpty }
    return filled.count == 1 && FieldValue(filled[0]).isValue
  }

  private mutating func add(
    _ line: Line, fields: [Substring]?, isLaidOut: Bool, isBeforeFigure: Bool
  ) {
    row += 1
    let trimmed = Fold.trimmed(line.text)
    guard !trimmed.isEmpty else { return }
    if let fields {
      let filled = fields.filter { !Fold.trimmed($0).isEmpty }
      // Lines of bars only are what merged cells leave; rulers are no cells.
      if filled.allSatisfy(BarText.isRuler) { return }
      if fields.count > BarText.endless {
        add(BarText(fields: fields), lines: [line])
      } else if filled.count == 1,
        fields.count == 1
          || fields.count == 2 && (isBeforeFigure || Fold.trimmed(fields[0]).isEmpty)
      {
        // One cell on the line, its figure perhaps on the next: which blanks there were is not told.
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
    rowSpan: Int = 1, isHeading: Bool = false, isUnclosed: Bool = false,
    columns: TextColumns? = nil
  ) {
    let raw = Fold.trimmed(text)
    let value = FieldValue(raw)
    tokens.append(
      Token(
        raw: raw, folded: value.shape == .words ? Fold.fold(raw) : [], value: value,
        layout: layout, row: row, place: place, spans: spans, rowSpan: rowSpan,
        isHeading: isHeading, isUnclosed: isUnclosed, columns: columns))
  }

  /// The fields of a line with bars or with tabs inside; `nil` where it has none.
  private static func fields(_ line: Substring) -> [Substring]? {
    if BarText.hasBar(line) {
      var fields = line.fields(between: BarText.isBar)
      // The bar at the end closes the last field. One at the start opens the first or closes a blank one: the blank
      // stands in front of a label, or is one field too many for the row.
      if let last = fields.last, Fold.trimmed(last).isEmpty { fields.removeLast() }
      return fields
    }
    guard line.withBytes({ $0.contains(0x09) }) else { return nil }
    return line.fields { $0 == 0x09 }
  }

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
    let short = GridMargins.shortRows(of: table)
    var current = -1
    for cell in margins.cells(inside: table) {
      if cell.row != current {
        current = cell.row
        row += 1
      }
      let place = TokenPlace(
        page: table.place.page, line: table.place.line, table: table.place.table ?? tables,
        row: cell.row + 1, column: cell.column + 1)
      let isPicture = cell.holdsPicture && Fold.trimmed(cell.text[...]).isEmpty
      append(
        isPicture ? Self.picture : cell.text[...], .grid, place,
        spans: cell.rowSpan > 1 || cell.columnSpan > 1, rowSpan: cell.rowSpan)
      tokens[tokens.count - 1].isInShortRow = short.contains(cell.row)
    }
    row += 1
  }

  /// A cell with a picture in place of words is not blank.
  private static let picture: Substring = "[图片]"

  private static func isPageLayout(_ table: Table) -> Bool {
    if table.rowCount == 1 && table.columnCount == 1 { return true }
    return table.cells.contains { !$0.nested.isEmpty || $0.text.utf8.count > 900 }
  }
}
