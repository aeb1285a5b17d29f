/// Writes a workbook (.xlsx, ECMA-376) for Excel, WPS and LibreOffice, row by row, in bounded memory: values in, bytes out.
///
///     var book = WorkbookWriter()
///     try book.beginSheet("数据", widths: [30, 12], frozenRows: 1)
///     try book.row([.text("单位", .head), .text("新收", .head)])
///     try book.row([.text("长乐镇"), .number("4")])
///     let bytes = try book.finish()
///
/// For many rows, ``take()`` now and then. Numbers are numbers with exactly the digits given; text is text, never a formula.
public struct WorkbookWriter: ~Copyable {
  private var zip = ZipWriter()
  private var sheet: OpenSheet?
  private var names: [String] = []

  /// Programs take no more rows; a longer sheet goes on in the next, with its frozen rows repeated.
  private let rowLimit: Int
  private static let columnLimit = 16_384

  private struct OpenSheet {
    let name: String
    let widths: [Double]
    let frozenRows: Int
    var frozen: [[SheetCell]] = []
    var rows = 0
    /// XML that is not handed on yet.
    var text: [UInt8] = []
  }

  public init() { self.init(rowLimit: 1_048_576) }

  init(rowLimit: Int) { self.rowLimit = rowLimit }

  /// Opens the next sheet; what was written before is complete.
  ///
  /// - Parameters:
  ///   - name: letters that no sheet may have are replaced, a long name is cut, a second one gets a number.
  ///   - widths: of the columns, in digits of the standard font.
  ///   - frozenRows: so many rows on top stay in view.
  public mutating func beginSheet(
    _ name: String, widths: [Double] = [], frozenRows: Int = 0
  ) throws(SheetError) {
    try endSheet()
    open(
      OpenSheet(
        name: sheetName(name, besides: names), widths: widths, frozenRows: frozenRows))
  }

  /// Adds a row below the last.
  public mutating func row(_ cells: [SheetCell], height: Double? = nil) throws(SheetError) {
    guard cells.count <= Self.columnLimit else { throw .tooManyColumns(cells.count) }
    guard var current = sheet.take() else { return }
    if current.rows == rowLimit {
      sheet = current
      try beginSheet(current.name, widths: current.widths, frozenRows: current.frozenRows)
      for head in current.frozen { try row(head) }
      current = sheet.take()!
    }
    if current.rows < current.frozenRows { current.frozen.append(cells) }
    current.rows += 1
    appendRow(current.rows, cells, height, to: &current.text)
    if current.text.count >= 1 << 16 {
      zip.append(current.text)
      current.text.removeAll(keepingCapacity: true)
    }
    sheet = current
  }

  /// Ends the sheet. Merged cells stand behind its rows in the file, so they are told here.
  public mutating func endSheet(merging merges: [SheetMerge] = [], wide: Bool = false)
    throws(SheetError)
  {
    guard let current = sheet.take() else { return }
    zip.append(current.text)
    var text = "</sheetData>"
    if !merges.isEmpty {
      text += "<mergeCells count=\"\(merges.count)\">"
      for merge in merges {
        text += "<mergeCell ref=\"\(cellName(merge.rows.lowerBound + 1, merge.columns.lowerBound)):"
        text += "\(cellName(merge.rows.upperBound + 1, merge.columns.upperBound))\"/>"
      }
      text += "</mergeCells>"
    }
    text += pageSetup(wide: wide) + "</worksheet>"
    zip.append(Array(text.utf8))
    try zip.endPart()
  }

  /// What is ready to be written; empty the buffer with it now and then.
  public mutating func take() -> [UInt8] { zip.take() }

  /// How many bytes wait in the buffer.
  public var waiting: Int { zip.waiting }

  /// Ends the workbook: the rest of its bytes.
  public consuming func finish() throws(SheetError) -> [UInt8] {
    try endSheet()
    // A workbook without a sheet is none.
    if names.isEmpty {
      try beginSheet("1")
      try endSheet()
    }
    for (name, content) in workbookParts(sheets: names) {
      zip.beginPart(name)
      zip.append(Array(content.utf8))
      try zip.endPart()
    }
    try zip.finish()
    return zip.take()
  }

  private mutating func open(_ new: OpenSheet) {
    names.append(new.name)
    zip.beginPart("xl/worksheets/sheet\(names.count).xml")
    zip.append(Array(sheetHead(widths: new.widths, frozenRows: new.frozenRows).utf8))
    sheet = new
  }
}

// MARK: Rows

private func appendRow(
  _ number: Int, _ cells: [SheetCell], _ height: Double?, to text: inout [UInt8]
) {
  text += "<row r=\"\(number)\"".utf8
  if let height { text += " ht=\"\(height)\" customHeight=\"1\"".utf8 }
  text += ">".utf8
  for (column, cell) in cells.enumerated() {
    if cell.content == .empty && cell.look == .plain { continue }
    text += "<c r=\"".utf8
    appendCellName(number, column, to: &text)
    text.append(UInt8(ascii: "\""))
    if cell.look != .plain { text += " s=\"\(cell.look.rawValue)\"".utf8 }
    switch cell.content {
    case .empty: text += "/>".utf8
    case .number(let numeral) where numeral.isExactInSheets:
      text += "><v>".utf8
      text += numeral.utf8
      text += "</v></c>".utf8
    case .number(let words), .text(let words):
      text += " t=\"inlineStr\"><is><t xml:space=\"preserve\">".utf8
      text += sheetText(words).utf8
      text += "</t></is></c>".utf8
    }
  }
  text += "</row>".utf8
}

private func appendCellName(_ row: Int, _ column: Int, to text: inout [UInt8]) {
  var letters: [UInt8] = []
  var rest = column + 1
  while rest > 0 {
    letters.append(UInt8(ascii: "A") + UInt8((rest - 1) % 26))
    rest = (rest - 1) / 26
  }
  text += letters.reversed()
  text += String(row).utf8
}

private func cellName(_ row: Int, _ column: Int) -> String {
  var name: [UInt8] = []
  appendCellName(row, column, to: &name)
  return String(decoding: name, as: UTF8.self)
}
