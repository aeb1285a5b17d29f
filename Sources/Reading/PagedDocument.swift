import Documents

/// The blocks of a document of pages (PDF, OFD), gathered page by page.
struct PagedDocument {
  private(set) var images = 0
  private(set) var hasText = false
  private var blocks: [Block] = []
  /// Where the columns of each table begin, where in ``blocks`` it stands, and which table has its head.
  private var tables: [(columns: [Double], isRuled: Bool, near: Double, block: Int, head: Int)] = []
  private var lastPage: Range<Int>?

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
    if images > 0 {
      blocks.append(.picture(Picture(words: "", place: Place(page: number))))
    }
    for (line, item) in items.enumerated() {
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
}

extension Table {
  /// - Parameter texts: by the number of the cell.
  fileprivate init(_ grid: PageGrid, _ texts: [Int: String], place: Place) {
    self.init(
      rowCount: grid.rowCount, columnCount: grid.columnCount,
      cells: grid.cells.enumerated().map { index, cell in
        GridCell(
          row: cell.row, column: cell.column, rowSpan: cell.rowSpan, columnSpan: cell.columnSpan,
          text: texts[index] ?? "")
      }, place: place)
  }

  /// Without so many rows at the top; `nil` where a cell reaches further down, or a figure would be lost.
  fileprivate func dropping(_ count: Int) -> Table? {
    let top = cells.filter { $0.row < count }
    guard top.allSatisfy({ $0.row + $0.rowSpan <= count && !$0.text.isFigure }) else { return nil }
    return Table(
      rowCount: rowCount - count, columnCount: columnCount,
      cells: cells.filter { $0.row >= count }.map { cell in
        GridCell(
          row: cell.row - count, column: cell.column, rowSpan: cell.rowSpan,
          columnSpan: cell.columnSpan, text: cell.text, nested: cell.nested)
      }, place: place)
  }

  /// How many of the first rows say the same as rows of another table.
  fileprivate func repeats(_ other: Table, from start: Int) -> Int {
    let most = min(rowCount, other.rowCount - start)
    return (0..<most).first { texts(of: $0) != other.texts(of: start + $0) }
      ?? (most < rowCount ? most : 0)
  }

  /// Of the cells that begin in this row.
  fileprivate func texts(of row: Int) -> [String] {
    cells.filter { $0.row == row }.map(\.text)
  }

  /// The texts of the cells that stand in this row alone, by where they begin on the page.
  fileprivate func row(_ row: Int, _ columns: [Double], _ near: Double) -> [Int: String] {
    var texts: [Int: String] = [:]
    for cell in cells where cell.row == row && cell.rowSpan == 1 {
      texts[Table.place(columns[cell.column], near)] = cell.text
    }
    return texts
  }

  fileprivate func setting(
    _ texts: [Int: String], row: Int, _ columns: [Double], _ near: Double
  ) -> Table {
    Table(
      rowCount: rowCount, columnCount: columnCount,
      cells: cells.map { cell in
        guard cell.row == row, cell.rowSpan == 1,
          let text = texts[Table.place(columns[cell.column], near)]
        else { return cell }
        return GridCell(
          row: cell.row, column: cell.column, columnSpan: cell.columnSpan, text: text,
          nested: cell.nested)
      }, place: place)
  }

  /// In steps of the tolerance: lines of one table are drawn at the same places on each page.
  private static func place(_ column: Double, _ near: Double) -> Int {
    Int((column / near).rounded())
  }
}

extension String {
  /// Something, and nothing in it that could be a word: a number, a dash, a stroke.
  fileprivate var isFigure: Bool {
    !isEmpty && !unicodeScalars.contains { $0.properties.isAlphabetic }
  }
}
