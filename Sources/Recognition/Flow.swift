import Documents

/// A document as one sequence of tokens in reading order.
struct Flow {
  private(set) var tokens: [Token] = []
  private(set) var pictures: [PictureMark] = []
  private var row = 0
  private var tables = 0

  init(_ document: Document) {
    for block in document.blocks {
      switch block {
      case .paragraph(let paragraph):
        add(paragraph.text, place: paragraph.place, isHeading: paragraph.isHeading)
      case .table(let table): add(table)
      case .picture(let picture):
        pictures.append(PictureMark(position: tokens.count, words: picture.words))
      }
    }
  }

  // MARK: Lines

  private mutating func add(_ text: String, place: Place, isHeading: Bool) {
    guard text.utf8.contains(0x0A) else {
      add(line: text[...], place: place, isHeading: isHeading)
      return
    }
    for line in text.split(separator: "\n") { add(line: line, place: place, isHeading: isHeading) }
  }

  private mutating func add(line: Substring, place: Place, isHeading: Bool) {
    row += 1
    let place = TokenPlace(page: place.page, line: place.line, table: place.table)
    let trimmed = Fold.trimmed(line)
    guard !trimmed.isEmpty, !Self.isPageMark(trimmed) else { return }
    if let fields = Self.fields(line) {
      let filled = fields.filter { !Fold.trimmed($0).isEmpty }
      if filled.count == 1, fields.count <= 2 {
        // One cell on the line: which blanks there were is not told.
        append(filled[0], .line, place, isHeading: isHeading)
      } else {
        for field in fields { append(field, .fields, place) }
      }
      return
    }
    // A figure may stand behind its label or in a line of figures; sentences and labels do not end in a figure of
    // their own behind a space.
    if trimmed.utf8.count < 400, let pieces = Self.pieces(trimmed) {
      for piece in pieces { append(piece, .spaced, place) }
      return
    }
    append(trimmed, .line, place, isHeading: isHeading)
  }

  private mutating func append(
    _ text: Substring, _ layout: Token.Layout, _ place: TokenPlace, spans: Bool = false,
    isHeading: Bool = false
  ) {
    let raw = Fold.trimmed(text)
    let value = FieldValue(raw)
    tokens.append(
      Token(
        raw: raw, folded: value.shape == .words ? Fold.fold(raw) : [], value: value,
        layout: layout, row: row, place: place, spans: spans, isHeading: isHeading))
  }

  private static func isBar(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "|", "｜", "│", "┃", "║": true
    default: false
    }
  }

  /// The fields of a line with bars or with tabs inside; `nil` where it has none.
  private static func fields(_ line: Substring) -> [Substring]? {
    let view = line.unicodeScalars
    if line.utf8.contains(where: { $0 == 0x7C || $0 == 0xEF || $0 == 0xE2 }),
      view.contains(where: isBar)
    {
      var fields = view.split(omittingEmptySubsequences: false, whereSeparator: isBar)
        .map { Substring($0) }
      // The bar at the end closes the last field. One at the start opens the first or closes a blank one: the blank
      // stands in front of a label, or is one field too many for the row.
      if let last = fields.last, Fold.trimmed(last).isEmpty { fields.removeLast() }
      // Lines of bars only are what merged cells leave; rulers are no cells.
      if fields.allSatisfy({ Fold.trimmed($0).isEmpty || isRuler($0) }) { return [] }
      return fields
    }
    guard line.utf8.contains(0x09) else { return nil }
    return view.split(separator: "\t", omittingEmptySubsequences: false).map { Substring($0) }
  }

  private static func isRuler(_ field: Substring) -> Bool {
    let text = Fold.trimmed(field)
    return text.utf8.count >= 3 && text.utf8.allSatisfy { $0 == 0x2D || $0 == 0x3A }
  }

  /// Figures behind words, or figures only, with white space between them.
  private static func pieces(_ line: Substring) -> [Substring]? {
    guard line.unicodeScalars.contains(where: { Fold.isSpace($0) }) else { return nil }
    let parts = line.unicodeScalars.split { Fold.isSpace($0) }.map { Substring($0) }
    var figures = 0
    for part in parts.reversed() {
      guard FieldValue(part).isValue else { break }
      figures += 1
    }
    guard figures > 0, parts.count > 1 else { return nil }
    let words = parts.dropLast(figures)
    if words.isEmpty {
      // `12 件` is one figure with its unit, and so on: read as one where that is possible.
      return FieldValue(line).shape == .number ? nil : parts
    }
    guard let first = words.first, let last = words.last else { return nil }
    return [line[first.startIndex..<last.endIndex]] + parts.suffix(figures)
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
        add(cell.text, place: table.place, isHeading: false)
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
