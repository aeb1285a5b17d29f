/// Follows the sheets of an OpenDocument spreadsheet. The words of a cell are what it shows.
struct OpenSheetBuilder: XMLFollower {
  private(set) var sheets: [Sheet] = []
  private(set) var hasHiddenSheets = false
  var excess: String? { sheet.excess ?? (sheets.count > 1000 ? "> 1000 sheets" : nil) }

  private let styles: OpenDocumentStyles
  private let limits: ReadingLimits
  private var sheet: Sheet
  private var unseen = 0
  /// For each open span, whether it is raised or lowered.
  private var spans: [Bool] = []
  private var isInSheet = false
  private var isInCell = false
  private var row = 0
  private var column = 0
  /// Columns told so far, and the style of the cells in each.
  private var columnCount = 0
  private var columnStyles: [(columns: Range<Int>, style: String?)] = []
  /// The style of the column that the row has come to.
  private var columnStyle = 0
  private var rowRepeat = 1
  private var rowStyle: String?
  private var cell = Cell()
  /// What the row holds, since it may stand there many times.
  private var rowCells: [Cell] = []

  private struct Cell {
    var column = 0
    var count = 1
    var columnSpan = 1
    var rowSpan = 1
    var isCovered = false
    var isBordered = false
    var isStruck = false
    /// What it holds where it says nothing: a formula without a result, a number without words.
    var fallback = ""
    var text: [UInt8] = []
    var paragraphs = 0
  }

  init(styles: OpenDocumentStyles, limits: ReadingLimits) {
    self.styles = styles
    self.limits = limits
    sheet = Sheet(limits: limits)
  }

  mutating func start(_ name: String, _ attributes: XMLAttributes) {
    guard unseen == 0 else {
      unseen += 1
      return
    }
    switch name {
    case "table":
      if isInSheet {
        unseen = 1
      } else if styles.isUnseen(attributes["style-name"], family: "table") {
        hasHiddenSheets = true
        unseen = 1
      } else {
        beginSheet()
      }
    // Comments, the list of changes, drawings that lie over the sheet.
    case "annotation", "tracked-changes", "ruby-text", "forms", "desc", "title": unseen = 1
    case "shapes": unseen = 1
    case "table-column": if isInSheet { addColumns(attributes) }
    case "table-row": beginRow(attributes)
    case "table-cell", "covered-table-cell":
      if isInSheet { beginCell(attributes, isCovered: name != "table-cell") }
    case "p":
      if isInCell, cell.paragraphs > 0 { cell.text.append(0x0A) }
      cell.paragraphs += 1
    case "span":
      if styles.isUnseen(attributes["style-name"], family: "text") {
        unseen = 1
      } else {
        spans.append(styles.value(\.isRaised, of: attributes["style-name"], family: "text"))
        if spans.last == true { cell.text.append(0x20) }
      }
    case "s": cell.text.append(0x20)
    case "tab": cell.text.append(0x09)
    case "line-break": cell.text.append(0x0A)
    case "image", "object": if isInSheet { sheet.pictures.append("") }
    default: break
    }
  }

  mutating func end(_ name: String) {
    guard unseen == 0 else {
      unseen -= 1
      return
    }
    switch name {
    case "table":
      isInSheet = false
      sheets.append(sheet)
      sheet = Sheet(limits: limits)
    case "span": if spans.popLast() == true { cell.text.append(0x20) }
    case "table-row": endRow()
    case "table-cell", "covered-table-cell":
      guard isInCell else { break }
      isInCell = false
      rowCells.append(cell)
      column += cell.count
    default: break
    }
  }

  mutating func text(_ text: UnsafeBufferPointer<UInt8>) {
    guard unseen == 0, isInCell, cell.paragraphs > 0 else { return }
    for byte in text {
      cell.text.append(byte == 0x0A || byte == 0x0D || byte == 0x09 ? 0x20 : byte)
    }
  }

  // MARK: Parts of a sheet

  private mutating func beginSheet() {
    isInSheet = true
    (row, column, columnCount) = (0, 0, 0)
    columnStyles = []
  }

  private mutating func addColumns(_ attributes: XMLAttributes) {
    let range = columnCount..<columnCount + attributes.count("number-columns-repeated")
    columnCount = min(range.upperBound, 1 << 20)
    if columnStyles.count < limits.columns {
      columnStyles.append((range, attributes["default-cell-style-name"]))
    }
    if attributes["visibility"].map({ $0 != "visible" }) ?? false { sheet.hide(columns: range) }
  }

  private mutating func beginRow(_ attributes: XMLAttributes) {
    rowRepeat = attributes.count("number-rows-repeated")
    rowStyle = attributes["default-cell-style-name"]
    column = 0
    columnStyle = 0
    rowCells = []
    // `collapse`, `filter`.
    if attributes["visibility"].map({ $0 != "visible" }) ?? false {
      sheet.hide(rows: row..<row + rowRepeat)
    }
  }

  private mutating func beginCell(_ attributes: XMLAttributes, isCovered: Bool) {
    isInCell = true
    while columnStyles.indices.contains(columnStyle),
      columnStyles[columnStyle].columns.upperBound <= column
    {
      columnStyle += 1
    }
    let style =
      attributes["style-name"] ?? rowStyle
      ?? (columnStyles.indices.contains(columnStyle) ? columnStyles[columnStyle].style : nil)
    cell = Cell()
    cell.column = column
    cell.count = attributes.count("number-columns-repeated")
    cell.columnSpan = attributes.count("number-columns-spanned")
    cell.rowSpan = attributes.count("number-rows-spanned")
    cell.isCovered = isCovered
    cell.isBordered = styles.value(\.isBordered, of: style, family: "table-cell")
    cell.isStruck = styles.value(\.isStruck, of: style, family: "table-cell")
    if let value = attributes["value"] {
      cell.fallback = DecimalText(value)?.general ?? value
    } else if let formula = attributes["formula"], attributes["value-type"] == nil {
      // `of:=SUM([.B2:.B9])`.
      cell.fallback = formula.firstIndex(of: "=").map { String(formula[$0...]) } ?? formula
    }
  }

  private mutating func endRow() {
    guard isInSheet else { return }
    let filled = rowCells.contains { !$0.text.isEmpty || !$0.fallback.isEmpty }
    let times = filled ? min(rowRepeat, limits.cells + 1) : min(rowRepeat, Sheet.longestBlank)
    for number in row..<row + times {
      for cell in rowCells where !cell.isCovered { put(cell, row: number) }
      if sheet.excess != nil { break }
    }
    row += rowRepeat
  }

  private mutating func put(_ cell: Cell, row: Int) {
    var text = cell.isStruck ? "" : String(decoding: cell.text, as: UTF8.self)
    if cell.paragraphs == 0, !cell.isStruck { text = cell.fallback }
    if text.isEmpty {
      if cell.isBordered { sheet.frame(row: row, columns: cell.column..<cell.column + cell.count) }
    } else {
      for column in cell.column..<cell.column + min(cell.count, limits.columns + 1) {
        sheet.set(row: row, column: column, text: text, isBordered: cell.isBordered)
        if sheet.excess != nil { return }
      }
    }
    if cell.columnSpan > 1 || cell.rowSpan > 1 {
      sheet.merge(
        rows: row..<row + cell.rowSpan, columns: cell.column..<cell.column + cell.columnSpan)
    }
  }
}
