/// Gathers the lines, pictures and tables of an office document in reading order.
struct OfficeFlow {
  private(set) var items: [FlowItem] = []
  /// Why the document is not followed any further.
  private(set) var excess: String?

  private let limits: ReadingLimits
  /// Paragraphs that are open; one stands in another where it is in a text box.
  private var paragraphs: [Paragraph] = []
  /// The tables that are open, outermost first.
  private var tables: [OpenTable] = []
  private var cellCount = 0
  private var blockCount = 0

  private struct Paragraph {
    var line: [UInt8] = []
    let isHeading: Bool
    var pictures: [String] = []
  }

  private struct OpenTable {
    var markup = TableMarkup()
    var isInCell = false
  }

  init(limits: ReadingLimits) { self.limits = limits }

  // MARK: Text

  mutating func beginParagraph(isHeading: Bool = false) {
    paragraphs.append(Paragraph(isHeading: isHeading))
  }

  mutating func endParagraph() {
    endLine()
    guard let paragraph = paragraphs.popLast() else { return }
    for words in paragraph.pictures { append(.picture(words)) }
  }

  mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
    guard let last = paragraphs.indices.last else { return }
    paragraphs[last].line.append(contentsOf: text)
  }

  mutating func append(_ text: String) {
    guard let last = paragraphs.indices.last else { return }
    paragraphs[last].line.append(contentsOf: text.utf8)
  }

  mutating func endLine() {
    guard let last = paragraphs.indices.last else { return }
    let bytes = paragraphs[last].line
    paragraphs[last].line.removeAll(keepingCapacity: true)
    let line = bytes.withUnsafeBufferPointer { bytes in
      String(decoding: bytes[WhiteSpace.trimmed(0..<bytes.count, of: bytes)], as: UTF8.self)
    }
    guard !line.isEmpty else { return }
    append(.line(line, isHeading: paragraphs[last].isHeading))
    countBlock()
  }

  /// A picture stands behind the paragraph that it is in.
  mutating func picture(_ words: String) {
    countBlock()
    if let last = paragraphs.indices.last {
      paragraphs[last].pictures.append(words)
    } else {
      append(.picture(words))
    }
  }

  private mutating func countBlock() {
    blockCount += 1
    if blockCount > limits.blocks { excess = "> \(limits.blocks) blocks" }
  }

  mutating func append(_ item: FlowItem) {
    guard let last = tables.indices.last else {
      items.append(item)
      return
    }
    if tables[last].isInCell, let row = tables[last].markup.rows.indices.last,
      let cell = tables[last].markup.rows[row].cells.indices.last
    {
      tables[last].markup.rows[row].cells[cell].items.append(item)
    } else {
      tables[last].markup.front.append(item)
    }
  }

  // MARK: Tables

  var isInTable: Bool { !tables.isEmpty }

  mutating func beginTable() { tables.append(OpenTable()) }

  mutating func beginRow() {
    guard let last = tables.indices.last else { return }
    tables[last].markup.rows.append(TableMarkup.Row(group: 0, part: .body))
  }

  mutating func beginCell(columnSpan: Int = 1, rowSpan: Int = 1) {
    guard let last = tables.indices.last else { return }
    if tables[last].markup.rows.isEmpty { beginRow() }
    let row = tables[last].markup.rows.count - 1
    tables[last].markup.rows[row].cells.append(
      TableMarkup.Cell(columnSpan: columnSpan, rowSpan: max(1, rowSpan)))
    tables[last].isInCell = true
    cellCount += 1
    if cellCount > limits.cells { excess = "> \(limits.cells) cells" }
  }

  mutating func endCell() {
    guard let last = tables.indices.last else { return }
    tables[last].isInCell = false
  }

  /// The cell that was just ended, so many times more.
  mutating func repeatCell(_ times: Int) {
    guard times > 0, let last = tables.indices.last,
      let row = tables[last].markup.rows.indices.last,
      let cell = tables[last].markup.rows[row].cells.last
    else { return }
    let count = min(times, limits.columns + 1)
    tables[last].markup.rows[row].cells += repeatElement(cell, count: count)
    cellCount += count
    if cellCount > limits.cells { excess = "> \(limits.cells) cells" }
  }

  /// The row that was just ended, so many times more.
  mutating func repeatRow(_ times: Int) {
    guard times > 0, let last = tables.indices.last, let row = tables[last].markup.rows.last else {
      return
    }
    cellCount += min(times, limits.cells + 1) * max(1, row.cells.count)
    guard cellCount <= limits.cells else {
      excess = "> \(limits.cells) cells"
      return
    }
    tables[last].markup.rows += repeatElement(row, count: times)
  }

  mutating func endTable() {
    guard let table = tables.popLast() else { return }
    append(table.markup)
  }

  /// A table that was put together elsewhere.
  mutating func append(_ markup: TableMarkup) {
    guard let resolved = markup.resolved(limits: limits) else {
      excess = "> \(limits.columns) columns"
      return
    }
    countBlock()
    for item in resolved { append(item) }
  }

  mutating func finish() {
    while !paragraphs.isEmpty { endParagraph() }
    while !tables.isEmpty { endTable() }
  }
}
