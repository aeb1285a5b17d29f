import Documents
import Reports

/// An Excel workbook (.xlsx, .xlsm): what its visible sheets show, one after the other.
///
/// A figure is what the sheet shows. A formula whose result was not saved shows itself, so that it is no figure.
///
/// Source: ECMA-376 part 1, SpreadsheetML.
func readWorkbook(
  _ bytes: UnsafeRawBufferPointer, limits: ReadingLimits
) throws(ReadingFailure) -> Document {
  var parts = PackageParts(bytes, format: .xlsx, limits: limits)
  let main = try parts.relations(of: "").part("officeDocument") ?? "xl/workbook.xml"
  guard let source = try parts.read(main) else { throw parts.failure(.truncated, main) }
  var workbook = WorkbookParts()
  try parts.follow(source, named: main, with: &workbook)
  let relations = try parts.relations(of: main)

  let styles = relations.part("styles")
  let strings = relations.part("sharedStrings")
  let sheets = workbook.sheets.compactMap { relations.targets[$0]?.part }
  guard sheets.count == workbook.sheets.count else { throw parts.failure(.truncated, main) }
  let read = try parts.read(Set(sheets + [styles, strings].compactMap(\.self)))

  var found = SheetStyles()
  if let styles, let source = read[styles] {
    try parts.follow(source, named: styles, with: &found)
  }
  var shared = SharedStrings()
  if let strings, let source = read[strings] {
    try parts.follow(source, named: strings, with: &shared)
  }
  var items: [FlowItem] = []
  var remarks: Set<Document.Remark> = parts.hasMacros ? [.macros] : []
  if workbook.hasHiddenSheets { remarks.insert(.hiddenCells) }
  for part in sheets {
    guard let source = read[part] else { throw parts.failure(.truncated, part) }
    var builder = WorksheetBuilder(
      strings: shared.strings, styles: found, from1904: workbook.from1904,
      recalculates: workbook.recalculates, limits: limits)
    try parts.follow(source, named: part, with: &builder)
    builder.finish()
    var layout = SheetLayout(builder.sheet, limits: limits)
    let (shown, excess) = layout.items()
    if let excess { throw parts.failure(.tooComplex, excess) }
    if layout.hasHidden { remarks.insert(.hiddenCells) }
    items += shown + builder.sheet.pictures.map { .picture($0) }
  }
  var numbering = TableNumbering()
  var document = Document(blocks: items.map { numbering.block($0) })
  document.remarks = remarks
  return document
}

/// Follows a workbook: its visible sheets, in order.
private struct WorkbookParts: XMLFollower {
  /// The relations of their parts.
  private(set) var sheets: [String] = []
  private(set) var from1904 = false
  /// Whoever opens the file is to calculate all formulas.
  private(set) var recalculates = false
  private(set) var hasHiddenSheets = false
  var excess: String? { sheets.count > 1000 ? "> 1000 sheets" : nil }

  mutating func start(_ name: String, _ attributes: XMLAttributes) {
    switch name {
    case "workbookPr": from1904 = attributes.isSet("date1904")
    case "calcPr": recalculates = attributes.isSet("fullCalcOnLoad")
    case "sheet":
      guard let id = attributes["id"] else { break }
      // `hidden`, `veryHidden`.
      if let state = attributes["state"], state != "visible" {
        hasHiddenSheets = true
        break
      }
      sheets.append(id)
    default: break
    }
  }

  mutating func end(_ name: String) {}
  mutating func text(_ text: UnsafeBufferPointer<UInt8>) {}
}

extension XMLAttributes {
  /// A boolean of XML Schema.
  func isSet(_ name: String) -> Bool { self[name].map { $0 == "1" || $0 == "true" } ?? false }
}

/// Follows the formats of cells.
struct SheetStyles: XMLFollower {
  private var codes: [Int: String] = [:]
  private var struckFonts: [Bool] = []
  private var borders: [Bool] = []
  /// Number format, font and border of each style.
  private var styles: [(number: Int, font: Int, border: Int)] = []
  private var formats: [Int: NumberFormat] = [:]
  private var list = ""
  var excess: String? { styles.count > 65_536 ? "> 65536 styles" : nil }

  func isStruck(_ style: Int) -> Bool {
    styles.indices.contains(style) && struckFonts.indices.contains(styles[style].font)
      && struckFonts[styles[style].font]
  }

  func isBordered(_ style: Int) -> Bool {
    styles.indices.contains(style) && borders.indices.contains(styles[style].border)
      && borders[styles[style].border]
  }

  mutating func format(_ style: Int) -> NumberFormat {
    let number = styles.indices.contains(style) ? styles[style].number : 0
    if let format = formats[number] { return format }
    let format = codes[number].map { NumberFormat($0) } ?? NumberFormat(builtIn: number)
    formats[number] = format
    return format
  }

  mutating func start(_ name: String, _ attributes: XMLAttributes) {
    switch name {
    case "fonts", "borders", "cellXfs", "cellStyleXfs", "dxfs", "numFmts": list = name
    case "numFmt" where list == "numFmts":
      if let id = attributes["numFmtId"].flatMap({ Int($0) }) {
        codes[id] = attributes["formatCode"]
      }
    case "font" where list == "fonts": struckFonts.append(false)
    case "strike" where list == "fonts" && !struckFonts.isEmpty:
      struckFonts[struckFonts.count - 1] =
        attributes["val"].map { $0 != "0" && $0 != "false" } ?? true
    case "border" where list == "borders": borders.append(false)
    case "left", "right", "top", "bottom", "start", "end":
      guard list == "borders", !borders.isEmpty, let style = attributes["style"], style != "none"
      else { break }
      borders[borders.count - 1] = true
    case "xf" where list == "cellXfs":
      func number(_ name: String) -> Int { attributes[name].flatMap { Int($0) } ?? 0 }
      styles.append((number("numFmtId"), number("fontId"), number("borderId")))
    default: break
    }
  }

  mutating func end(_ name: String) { if name == list { list = "" } }
  mutating func text(_ text: UnsafeBufferPointer<UInt8>) {}
}
