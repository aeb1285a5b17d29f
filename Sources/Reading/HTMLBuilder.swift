/// Follows a page's elements and gathers its lines, pictures and tables in reading order.
struct HTMLBuilder {
  private(set) var items: [FlowItem] = []
  private(set) var title: String?
  /// Why the page is not followed any further.
  private(set) var excess: String?

  private let limits: ReadingLimits
  private var line = HTMLLine()
  /// Pictures in the line; they stand behind it.
  private var pictures: [String] = []
  private var titleLine = HTMLLine()
  /// The elements that are open, outermost first.
  private var open: [Open] = []
  /// The tables that are open, outermost first. Every one but the outermost stands in a cell of the one before.
  private var tables: [OpenTable] = []
  private var headings = 0
  private var preformatted = 0
  /// How many open elements are not to be seen.
  private var unseen = 0
  private var visibility: HTMLVisibility
  /// How many open elements a style takes away.
  private var gone = 0
  /// Digits in tables that the page does not show, or strikes out, were left out.
  private(set) var hasHiddenFigures = false
  private var titles = 0
  private var cellCount = 0
  private var blockCount = 0
  private var serial = 0

  private struct Open {
    let element: HTMLElement
    let isUnseen: Bool
    /// A style takes it away.
    let isGone: Bool
    /// The table that the element opened, or in which it opened a row or a cell.
    var table = 0
    /// The row or the cell that it opened.
    var part = 0
  }

  private struct OpenTable {
    let serial: Int
    /// How many elements were open around it, for a table that has no element of its own.
    let impliedAt: Int?
    var markup = TableMarkup()
    var group = 0
    var part = TableMarkup.Part.body
    /// The serial of the row that is open.
    var row: Int?
    /// The serial of the cell that is open: the last of the last row.
    var cell: Int?
  }

  init(limits: ReadingLimits, sheet: HTMLStyleSheet) {
    self.limits = limits
    visibility = HTMLVisibility(sheet)
  }

  // MARK: Events

  mutating func start(_ name: String, _ attributes: HTMLAttributes) {
    let element = HTMLElement(name)
    let isGone = visibility.start(name, attributes)
    let isHidden = isGone || element == .unseen
    let isShown = unseen == 0 && !isHidden && !visibility.isVeiled
    if isShown, element == .picture || element == .embedded,
      let words = attributes.pictureWords(always: element == .picture)
    {
      pictures.append(words)
      countBlock()
      if line.isEmpty { endLine() }
    }
    if isShown, element == .embedded || element == .selection { markUnread() }
    var record = Open(
      element: element, isUnseen: isHidden || element == .embedded || element == .selection,
      isGone: isGone)
    if isGone { gone += 1 }
    if record.isUnseen {
      // Nothing joins across what is not seen: it may have stood between two figures.
      line.appendSpace()
      unseen += 1
    }
    defer { open.append(record) }
    guard unseen == 0 else { return }
    switch element {
    case .inline, .unseen, .picture, .embedded, .selection: break
    case .block: endLine()
    case .heading:
      endLine()
      headings += 1
    case .preformatted:
      endLine()
      preformatted += 1
    case .lineBreak: endLine()
    case .raised: line.appendSpace()
    case .title: titles += 1
    case .input:
      line.appendSpace()
      attributes.withInputText { text($0) }
      line.appendSpace()
    case .table: record.table = startTable()
    case .caption: endLine()
    case .head: startPart(.head)
    case .body: startPart(.body)
    case .foot: startPart(.foot)
    case .row: (record.table, record.part) = startRow()
    case .cell: (record.table, record.part) = startCell(attributes)
    }
  }

  mutating func end() {
    guard let record = open.popLast() else { return }
    visibility.end()
    defer {
      if record.isGone { gone -= 1 }
      if record.isUnseen {
        unseen -= 1
        line.appendSpace()
      }
      while let table = tables.last, let depth = table.impliedAt, depth > open.count {
        closeTable()
      }
    }
    guard unseen == 0 else { return }
    switch record.element {
    case .inline, .unseen, .lineBreak, .picture, .embedded, .selection, .input: break
    case .block, .caption: endLine()
    case .heading:
      endLine()
      headings -= 1
    case .preformatted:
      endLine()
      preformatted -= 1
    case .raised: line.appendSpace()
    case .title:
      titles -= 1
      if let text = titleLine.take(), title == nil { title = text }
    case .table:
      if tables.contains(where: { $0.serial == record.table }) {
        while let last = tables.last {
          closeTable()
          if last.serial == record.table { break }
        }
      }
    case .head, .body, .foot: startPart(.body)
    case .row:
      guard let table = tables.last, table.serial == record.table, table.row == record.part else {
        break
      }
      closeRow()
    case .cell:
      guard let table = tables.last, table.serial == record.table, table.cell == record.part
      else { break }
      closeCell()
    }
  }

  mutating func text(_ text: UnsafeBufferPointer<UInt8>) {
    if gone > 0 || visibility.isVeiled, !tables.isEmpty,
      text.contains(where: { (0x30...0x39).contains($0) })
    {
      hasHiddenFigures = true
    }
    guard unseen == 0 else { return }
    guard !visibility.isVeiled else {
      line.appendSpace()
      return
    }
    if titles > 0 {
      titleLine.append(text)
      return
    }
    // An implied table ends where something stands outside its cells.
    if let table = tables.last, table.impliedAt != nil, table.cell == nil,
      !WhiteSpace.trimmed(0..<text.count, of: text).isEmpty
    {
      closeTable()
    }
    guard preformatted > 0 else {
      line.append(text)
      return
    }
    var first = true
    for part in text.split(
      omittingEmptySubsequences: false, whereSeparator: { $0 == 0x0A || $0 == 0x0D })
    {
      if !first { endLine() }
      first = false
      line.append(asIs: part)
    }
  }

  mutating func finish() {
    endLine()
    while !tables.isEmpty { closeTable() }
  }

  // MARK: Flow

  private mutating func endLine() {
    if let text = line.take(keepsTabs: preformatted > 0) {
      append(.line(text, isHeading: headings > 0))
      countBlock()
    }
    guard !pictures.isEmpty else { return }
    for words in pictures { append(.picture(words)) }
    pictures.removeAll()
  }

  private mutating func countBlock() {
    blockCount += 1
    if blockCount > limits.blocks { excess = "> \(limits.blocks) blocks" }
  }

  /// Puts an item where the reader is: into the open cell, in front of the open table, or on the page.
  private mutating func append(_ item: FlowItem) {
    guard let last = tables.indices.last else {
      items.append(item)
      return
    }
    if tables[last].cell != nil {
      let row = tables[last].markup.rows.count - 1
      let cell = tables[last].markup.rows[row].cells.count - 1
      tables[last].markup.rows[row].cells[cell].items.append(item)
    } else {
      tables[last].markup.front.append(item)
    }
  }

  // MARK: Tables

  private mutating func nextSerial() -> Int {
    serial += 1
    return serial
  }

  private mutating func startTable(impliedAt depth: Int? = nil) -> Int {
    endLine()
    // A table put between the cells of another ends it, as in browsers.
    if let last = tables.last, last.cell == nil { closeTable() }
    let table = OpenTable(serial: nextSerial(), impliedAt: depth)
    tables.append(table)
    return table.serial
  }

  private mutating func startPart(_ part: TableMarkup.Part) {
    guard let last = tables.indices.last, tables[last].cell == nil else { return }
    closeRow()
    tables[last].group += 1
    tables[last].part = part
  }

  private mutating func startRow() -> (table: Int, row: Int) {
    endLine()
    if tables.isEmpty { _ = startTable(impliedAt: open.count) }
    closeRow()
    let last = tables.count - 1
    let row = nextSerial()
    tables[last].row = row
    tables[last].markup.rows.append(
      TableMarkup.Row(group: tables[last].group, part: tables[last].part))
    return (tables[last].serial, row)
  }

  private mutating func startCell(_ attributes: HTMLAttributes) -> (table: Int, cell: Int) {
    endLine()
    if tables.isEmpty { _ = startTable(impliedAt: open.count) }
    closeCell()
    if tables[tables.count - 1].row == nil { _ = startRow() }
    let last = tables.count - 1
    let cell = nextSerial()
    tables[last].cell = cell
    tables[last].markup.rows[tables[last].markup.rows.count - 1].cells.append(
      TableMarkup.Cell(columnSpan: attributes.columnSpan, rowSpan: attributes.rowSpan))
    cellCount += 1
    if cellCount > limits.cells { excess = "> \(limits.cells) cells" }
    return (tables[last].serial, cell)
  }

  /// The open cell shows something that its text does not tell.
  private mutating func markUnread() {
    guard let last = tables.indices.last, tables[last].cell != nil else { return }
    let row = tables[last].markup.rows.count - 1
    tables[last].markup.rows[row].cells[tables[last].markup.rows[row].cells.count - 1].holdsUnread =
      true
  }

  private mutating func closeCell() {
    endLine()
    guard let last = tables.indices.last else { return }
    tables[last].cell = nil
  }

  private mutating func closeRow() {
    closeCell()
    guard let last = tables.indices.last else { return }
    tables[last].row = nil
  }

  private mutating func closeTable() {
    closeRow()
    guard let table = tables.popLast() else { return }
    guard let resolved = table.markup.resolved(limits: limits) else {
      excess = "> \(limits.columns) columns"
      return
    }
    countBlock()
    for item in resolved { append(item) }
  }
}
