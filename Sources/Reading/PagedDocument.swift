import Documents

/// The blocks of a document of pages (PDF, OFD), gathered page by page.
struct PagedDocument {
  private(set) var images = 0
  private(set) var hasText = false
  private var blocks: [Block] = []
  /// Where the columns of each table begin, where in ``blocks`` it stands, and which table has its head.
  private var tables: [(columns: [Double], isRuled: Bool, near: Double, block: Int, head: Int)] = []
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
        tables.append((grid.columns, grid.isRuled, near, blocks.count, tables.count))
        blocks.append(.table(Table(grid, texts, place: place)))
      }
    }
    lastPage = first..<tables.count
    if let last = before?.last, tables.indices.contains(first) {
      dropHead(of: first, after: last)
      join(last, first)
      doubtBlanks(of: first, after: last)
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
  /// parts of figures. Where both have words they are two rows.
  private mutating func join(_ one: Int, _ other: Int) {
    let (upper, lower) = (tables[one], tables[other])
    guard case .table(let above) = blocks[upper.block], case .table(let below) = blocks[lower.block]
    else { return }
    // Cells are known by where they begin: behind the cut the outermost column may have lost its lines.
    let last = above.row(above.rowCount - 1, upper.columns, upper.near)
    let first = below.row(0, lower.columns, lower.near)
    let filled = Set(last.filter { !$0.value.isEmpty }.keys)
    let others = Set(first.filter { !$0.value.isEmpty }.keys)
    guard let left = filled.min(), let otherLeft = others.min(), left != otherLeft,
      filled.isSubset(of: first.keys), others.isSubset(of: last.keys),
      // Without lines between them, figures under each other are of two rows.
      upper.isRuled || filled.isDisjoint(with: others),
      // The half without the label has figures alone.
      (left < otherLeft ? first : last).values.allSatisfy({ $0.isEmpty || $0.isFigure })
    else { return }
    let whole = last.merging(first) { $0.isEmpty ? $1 : $1.isEmpty ? $0 : $0 + "\n" + $1 }
    // Where the label is, the row is.
    let blank = whole.mapValues { _ in "" }
    blocks[upper.block] = .table(
      above.setting(
        left < otherLeft ? whole : blank, row: above.rowCount - 1, upper.columns, upper.near))
    blocks[lower.block] = .table(
      below.setting(left < otherLeft ? blank : whole, row: 0, lower.columns, lower.near))
  }

  /// Where no lines are drawn and the end of a page cuts a row, its figures may stand above the cut beside the words of its
  /// group: the row below it that has no figures is not known to be blank.
  private mutating func doubtBlanks(of one: Int, after other: Int) {
    guard !tables[one].isRuled, !tables[other].isRuled,
      case .table(let above) = blocks[tables[other].block],
      case .table(let table) = blocks[tables[one].block]
    else { return }
    let columns = table.figureColumns
    guard !columns.isEmpty, table.rowCount > 1,
      above.cells.contains(where: { $0.row == above.rowCount - 1 && $0.text.isFigure }),
      table.cells.allSatisfy({ $0.row > 0 || !columns.contains($0.column) || $0.text.isEmpty })
    else { return }
    blocks[tables[one].block] = .table(
      table.replacing { cell in
        cell.row == 0 && columns.contains(cell.column) ? "\u{FFFD}" : nil
      })
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
