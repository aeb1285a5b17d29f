import Documents
import Reports

/// A binary Excel workbook (.xls), or what WPS writes in the same format (.et): what its visible sheets show.
///
/// Source: MS-XLS (BIFF8, since Excel 97); older ones are another format.
func readBinaryWorkbook(
  _ bytes: UnsafeRawBufferPointer, format: DocumentFormat, limits: ReadingLimits
) throws(ReadingFailure) -> Document {
  func failure(_ code: Refusal.Code, _ detail: String) -> ReadingFailure {
    ReadingFailure(Refusal(code, detail: detail), format: format)
  }
  let streams = try CompoundFile.streams(
    ["Workbook", "Book"], bytes, format: format, limits: limits)
  guard let stream = streams["Workbook"] else {
    throw failure(.unsupportedFormat, "Excel 95")
  }
  do throws(BinaryRecords.Failure) {
    let workbook = try BinaryWorkbook(stream, limits: limits)
    var items: [FlowItem] = []
    var remarks: Set<Document.Remark> = workbook.hasHiddenSheets ? [.hiddenCells] : []
    for start in workbook.sheets {
      var builder = BinarySheetBuilder(workbook, limits: limits)
      try builder.read(stream, from: start)
      var layout = SheetLayout(builder.sheet, limits: limits)
      let (shown, excess) = layout.items()
      if let excess { throw .excess(excess) }
      if layout.hasHidden { remarks.insert(.hiddenCells) }
      items += shown + builder.sheet.pictures.map { .picture($0) }
    }
    var numbering = TableNumbering()
    var document = Document(blocks: items.map { numbering.block($0) })
    document.remarks = remarks
    return document
  } catch {
    switch error {
    case .broken: throw failure(.truncated, "Excel")
    case .encrypted: throw failure(.encrypted, "Excel")
    case .tooOld: throw failure(.unsupportedFormat, "Excel 95")
    case .excess(let words): throw failure(.tooComplex, words)
    }
  }
}

/// The records of a stream: a number, a length, that many bytes.
struct BinaryRecords {
  enum Failure: Error {
    case broken, encrypted, tooOld
    case excess(String)
  }

  struct Record {
    let type: Int
    let data: [UInt8]
  }

  private let stream: [UInt8]
  private var index: Int

  init(_ stream: [UInt8], from start: Int = 0) {
    self.stream = stream
    index = start
  }

  /// The next record up to the end of its part, parts inside it left out; `nil` at that end.
  mutating func next() throws(Failure) -> Record? {
    var inner = 0
    while true {
      guard let record = try any() else { throw .broken }
      switch record.type {
      case Self.beginning: inner += 1
      case Self.end:
        guard inner > 0 else { return nil }
        inner -= 1
      default: if inner == 0 { return record }
      }
    }
  }

  /// The records that go on with the one just read.
  mutating func continuations() throws(Failure) -> [[UInt8]] {
    var parts: [[UInt8]] = []
    while stream.number(at: index, size: 2) == 0x003C, let record = try any() {
      parts.append(record.data)
    }
    return parts
  }

  /// The record with which a part begins.
  mutating func begin() throws(Failure) {
    guard let record = try any(), record.type == Self.beginning else { throw .broken }
    guard record.data.number(at: 0, size: 2) == 0x0600 else { throw .tooOld }
  }

  private static let beginning = 0x0809
  private static let end = 0x000A

  private mutating func any() throws(Failure) -> Record? {
    guard let type = stream.number(at: index, size: 2),
      let length = stream.number(at: index + 2, size: 2)
    else { return nil }
    guard index + 4 + length <= stream.count else { throw .broken }
    defer { index += 4 + length }
    return Record(type: type, data: Array(stream[index + 4..<index + 4 + length]))
  }
}

/// What all sheets of a binary workbook share.
struct BinaryWorkbook {
  /// Where in the stream the visible sheets begin.
  private(set) var sheets: [Int] = []
  private(set) var hasHiddenSheets = false
  private(set) var strings: [String] = []
  private(set) var from1904 = false
  private var codes: [Int: String] = [:]
  private var struckFonts: [Bool] = []
  private var styles: [(font: Int, format: Int, isBordered: Bool)] = []

  init(_ stream: [UInt8], limits: ReadingLimits) throws(BinaryRecords.Failure) {
    var records = BinaryRecords(stream)
    try records.begin()
    var texts: [BinaryStrings.Text] = []
    while let record = try records.next() {
      let data = record.data
      func number(_ offset: Int, _ size: Int = 2) -> Int {
        data.number(at: offset, size: size) ?? 0
      }
      switch record.type {
      case 0x002F: throw .encrypted
      case 0x0022: from1904 = number(0) == 1
      case 0x0031: struckFonts.append(number(2) & 0x08 != 0)
      case 0x041E:
        var strings = BinaryStrings([Array(data.dropFirst(2))])
        codes[number(0)] = strings.text()?.string
      // Any of the four sides has a line.
      case 0x00E0: styles.append((number(0), number(2), number(10) != 0))
      case 0x0085:
        // Hidden, very hidden; charts and macro sheets.
        guard number(5, 1) == 0 else { break }
        if number(4, 1) & 3 == 0 { sheets.append(number(0, 4)) } else { hasHiddenSheets = true }
      case 0x00FC:
        var strings = BinaryStrings([Array(data.dropFirst(8))] + (try records.continuations()))
        while let text = strings.text() { texts.append(text) }
        guard texts.count >= number(4, 4) else { throw .broken }
      default: break
      }
      guard sheets.count <= 1000, styles.count <= 65_536 else { throw .excess("> 65536 styles") }
    }
    strings = texts.map { text in text.without { isStruckFont($0) } }
  }

  /// Fonts are counted without a fourth one, which never is.
  private func isStruckFont(_ number: Int) -> Bool {
    let index = number > 4 ? number - 1 : number
    return struckFonts.indices.contains(index) && struckFonts[index]
  }

  func isStruck(_ style: Int) -> Bool {
    styles.indices.contains(style) && isStruckFont(styles[style].font)
  }

  func isBordered(_ style: Int) -> Bool {
    styles.indices.contains(style) && styles[style].isBordered
  }

  /// The format of a style, by its number.
  func formatNumber(_ style: Int) -> Int {
    styles.indices.contains(style) ? styles[style].format : 0
  }

  func format(_ number: Int) -> NumberFormat {
    codes[number].map { NumberFormat($0) } ?? NumberFormat(builtIn: number)
  }
}
