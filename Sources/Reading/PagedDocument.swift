import Documents

/// The blocks of a document of pages (PDF, OFD), gathered page by page.
struct PagedDocument {
  private(set) var images = 0
  private(set) var hasText = false
  private var blocks: [Block] = []
  private struct Known {
    let grid: PageGrid
    let near: Double
    /// Where in ``blocks`` it stands.
    var block: Int
    /// Which table has its head.
    var head: Int

    var columns: [Double] { grid.columns }
    var isRuled: Bool { grid.isRuled }

    /// Without lines, columns without a figure are not seen: on another page there may be others.
    func hasFigures(under other: Known) -> Bool {
      grid.figures.count == other.grid.figures.count
        && zip(grid.figures, other.grid.figures).allSatisfy { $0.overlaps($1) }
    }
  }

  /// The tables so far.
  private var tables: [Known] = []
  private var lastPage: Range<Int>?
  /// Of the last page; `nil` for a table.
  private var lastLines: [HeadLine?] = []

  /// Puts a page behind those before it.
  mutating func add(_ page: PageBlocks, number: Int) {
    hasText = hasText || !page.text.isEmpty
    add(page.items(), number: number, near: page.rules.near, images: page.images)
  }

  /// - Parameter near: what lies apart by less is at one place.
  mutating func add(_ items: [PageBlocks.Item], number: Int, near: Double, images: Int) {
    self.images += images
    hasText = hasText || !items.isEmpty
    let before = lastPage
    let first = tables.count
    let lines = items.map(HeadLine.init)
    let again = HeadLine.repeated(lines, from: lastLines)
    lastLines = lines
    if images > 0 {
      blocks.append(.picture(Picture(words: "", place: Place(page: number))))
    }
    for (line, item) in items.enumerated() where !again.contains(line) {
      switch item {
      case .line(let text):
        blocks.append(
          .paragraph(Paragraph(text: text, place: Place(page: number, line: line + 1))))
      case .table(let grid, let texts):
        let place = Place(page: number, table: tables.count + 1)
        tables.append(Known(grid: grid, near: near, block: blocks.count, head: tables.count))
        blocks.append(.table(Table(grid, texts, place: place)))
      }
    }
    lastPage = first..<tables.count
    for table in first..<tables.count { doubtBlanks(of: table) }
    if let last = before?.last, tables.indices.contains(first) {
      dropHead(of: first, after: last)
      if !join(last, first) { doubtBlanks(of: first, after: last) }
      // Between them the number of a page may stand, and no other text.
      if blocks[tables[last].block + 1..<tables[first].block].allSatisfy(\.isPageNumber) {
        joinHead(last, first)
      }
    }
  }

  var document: Document { Document(blocks: blocks) }

  /// Takes away a head that is printed again where a table goes on on a new page.
  private mutating func dropHead(of one: Int, after other: Int) {
    let head = tables[other].head
    guard case .table(let first) = blocks[tables[head].block],
      case .table(let above) = blocks[tables[other].block],
      case .table(let table) = blocks[tables[one].block]
    else { return }
    // Several tables may touch each other: the last of them has its head in their midst.
    let starts = (1..<max(1, above.rowCount)).reversed().prefix(40)
    let count =
      [table.repeats(first, from: 0)] + starts.map { table.repeats(above, from: $0) }
    guard let count = count.first(where: { $0 > 0 }), let rest = table.dropping(count) else {
      return
    }
    blocks[tables[one].block] = .table(rest)
    tables[one].head = head
  }

  /// Puts together a row that the end of a page cuts in two: one of its halves has the label, both may have figures or
  /// parts of figures. Where both have words they are two rows. Tells whether there was one.
  private mutating func join(_ one: Int, _ other: Int) -> Bool {
    let (upper, lower) = (tables[one], tables[other])
    guard case .table(let above) = blocks[upper.block], case .table(let below) = blocks[lower.block]
    else { return false }
    // Cells are known by where they begin: behind the cut the outermost column may have lost its lines.
    let last = above.row(above.rowCount - 1, upper.columns, upper.near)
    let first = below.row(0, lower.columns, lower.near)
    let filled = Set(last.filter { !$0.value.isEmpty }.keys)
    let others = Set(first.filter { !$0.value.isEmpty }.keys)
    guard let left = filled.min(), let otherLeft = others.min(), left != otherLeft,
      filled.isSubset(of: first.keys), others.isSubset(of: last.keys),
      // Without lines between them, figures under each other are of two rows.
      upper.isRuled || filled.isDisjoint(with: others) && lower.hasFigures(under: upper),
      // The half without the label has figures alone.
      (left < otherLeft ? first : last).values.allSatisfy({ $0.isEmpty || $0.isFigure })
    else { return false }
    let whole = last.merging(first) { $0.isEmpty ? $1 : $1.isEmpty ? $0 : $0 + "\n" + $1 }
    // Where the label is, the row is.
    let blank = whole.mapValues { _ in "" }
    blocks[upper.block] = .table(
      above.setting(
        left < otherLeft ? whole : blank, row: above.rowCount - 1, upper.columns, upper.near))
    blocks[lower.block] = .table(
      below.setting(left < otherLeft ? blank : whole, row: 0, lower.columns, lower.near))
    return true
  }

  /// Where the end of a page cuts a row and no lines are drawn, figures are left without a label: blanks in the row beside them
  /// are not known to be blank. Neither are those below the cut where a row has no figure at all: its figures may stand above,
  /// beside the words of its group.
  private mutating func doubtBlanks(of one: Int, after other: Int) {
    guard !tables[one].isRuled, !tables[other].isRuled,
      case .table(let above) = blocks[tables[other].block],
      case .table(let table) = blocks[tables[one].block]
    else { return }
    let end = above.rowCount - 1
    if table.isBare(0) { blocks[tables[other].block] = .table(above.doubting(end)) }
    if above.isBare(end) || above.hasFigures(end) && !table.hasFigures(0) {
      blocks[tables[one].block] = .table(table.doubting(0))
    }
  }

  /// The same within a table: its first or last row may be the rest of one.
  private mutating func doubtBlanks(of one: Int) {
    guard !tables[one].isRuled, case .table(var table) = blocks[tables[one].block] else { return }
    let end = table.rowCount - 1
    // A head without labels beside it has one row.
    guard end > 0, !tables[one].grid.figures.isEmpty else { return }
    if table.isBare(0) { table = table.doubting(1) }
    if table.isBare(end) { table = table.doubting(end - 1) }
    blocks[tables[one].block] = .table(table)
  }

  /// Puts together a head and its figures, or the halves of a head, where the end of a page parts them.
  private mutating func joinHead(_ one: Int, _ other: Int) {
    guard tables[one].isRuled, tables[other].isRuled,
      case .table(var above) = blocks[tables[one].block],
      case .table(var below) = blocks[tables[other].block],
      above.columnCount == below.columnCount,
      zip(tables[one].columns, tables[other].columns).allSatisfy({
        abs($0 - $1) <= tables[one].near
      })
    else { return }
    // Words alone stand over the cut.
    let head = above.cells.filter { $0.row + $0.rowSpan == above.rowCount }
    guard head.count(where: { $0.text.isWords }) >= PagedDocument.fewestHeads,
      head.allSatisfy({ $0.text.isEmpty || $0.text.isWords })
    else { return }
    if let whole = above.completed(by: below), let rest = below.dropping(1) {
      above = whole
      below = rest
    }
    // Figures without a word beside them are those of the head above.
    let isFigures = below.cells.allSatisfy { $0.text.isEmpty || $0.text.isFigure }
    if isFigures, below.cells.contains(where: { $0.text.isFigure }) {
      blocks[tables[one].block] = .table(above.adding(below))
      blocks.remove(at: tables[other].block)
      for later in tables.indices where later > other { tables[later].block -= 1 }
      tables[other].block = tables[one].block
    } else {
      blocks[tables[one].block] = .table(above)
      blocks[tables[other].block] = .table(below)
    }
  }

  /// Heads of fewer columns stand beside labels.
  private static let fewestHeads = 4
}

extension Block {
  fileprivate var isPageNumber: Bool {
    guard case .paragraph(let paragraph) = self else { return false }
    let text = paragraph.text.filter { !$0.isWhitespace }
    return text.count <= 8 && !text.unicodeScalars.contains { $0.properties.isAlphabetic }
  }
}
