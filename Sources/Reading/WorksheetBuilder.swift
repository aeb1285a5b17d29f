/// Follows a sheet of a workbook.
struct WorksheetBuilder: XMLFollower {
  private(set) var sheet: Sheet
  var excess: String? { sheet.excess }

  private let strings: [String]
  private var styles: SheetStyles
  private let from1904: Bool
  private let recalculates: Bool

  private var row = -1
  private var column = -1
  private var type = ""
  private var style = 0
  private var value: [UInt8]?
  private var formula: [UInt8]?
  private var inline = RichText()
  private var reading = Reading.nothing

  private enum Reading { case nothing, value, formula, inline }

  init(
    strings: [String], styles: SheetStyles, from1904: Bool, recalculates: Bool,
    limits: ReadingLimits
  ) {
    self.recalculates = recalculates
    self.strings = strings
    self.styles = styles
    self.from1904 = from1904
    sheet = Sheet(limits: limits)
  }

  mutating func start(_ name: String, _ attributes: XMLAttributes) {
    switch name {
    case "col": hideColumns(attributes)
    case "row":
      row = attributes["r"].flatMap { Int($0) }.map { $0 - 1 } ?? row + 1
      column = -1
      if attributes.isSet("hidden") || attributes["ht"].flatMap({ Double($0) }) == 0, row >= 0 {
        sheet.hide(rows: row..<row + 1)
      }
    case "c": startCell(attributes)
    case "v": begin(.value) { $0.value = [] }
    case "f": begin(.formula) { $0.formula = [] }
    case "is": reading = .inline
    case "mergeCell":
      guard let area = attributes["ref"].flatMap({ SheetReference.area($0) }) else { break }
      sheet.merge(rows: area.rows, columns: area.columns)
    case "drawing", "legacyDrawing", "picture":
      if name != "legacyDrawing" { sheet.pictures.append("") }
    default: if reading == .inline { inline.start(name, attributes) }
    }
  }

  private mutating func begin(_ what: Reading, _ prepare: (inout WorksheetBuilder) -> Void) {
    guard column >= 0 else { return }
    reading = what
    prepare(&self)
  }

  mutating func end(_ name: String) {
    switch name {
    case "v", "f", "is": reading = .nothing
    case "c": endCell()
    default: if reading == .inline { inline.end(name) }
    }
  }

  mutating func text(_ text: UnsafeBufferPointer<UInt8>) {
    switch reading {
    case .nothing: break
    case .value: value?.append(contentsOf: text)
    case .formula: formula?.append(contentsOf: text)
    case .inline: inline.text(text)
    }
  }

  private mutating func hideColumns(_ attributes: XMLAttributes) {
    guard let low = attributes["min"].flatMap({ Int($0) }),
      let high = attributes["max"].flatMap({ Int($0) }), low >= 1, high >= low, high <= 1 << 20,
      attributes.isSet("hidden") || attributes["width"].flatMap({ Double($0) }) == 0
    else { return }
    sheet.hide(columns: low - 1..<high)
  }

  private mutating func startCell(_ attributes: XMLAttributes) {
    if let place = attributes["r"].flatMap({ SheetReference.cell($0) }) {
      (row, column) = place
    } else {
      column += 1
    }
    type = attributes["t"] ?? "n"
    style = attributes["s"].flatMap { Int($0) } ?? 0
    value = nil
    formula = nil
    inline = RichText()
  }

  private mutating func endCell() {
    let words = styles.isStruck(style) ? "" : shown()
    sheet.set(row: row, column: column, text: words, isBordered: styles.isBordered(style))
  }

  private mutating func shown() -> String {
    let value = self.value.map { String(decoding: $0, as: UTF8.self) }
    let format = styles.format(style)
    switch type {
    case "inlineStr": return format.text(ofWords: inline.string)
    case "s":
      // A number that leads to no string is damage, not a figure.
      guard let value, !value.isEmpty else { return "" }
      guard let index = Int(value), strings.indices.contains(index) else { return "\u{FFFD}" }
      return format.text(ofWords: strings[index])
    case "str":
      if let value { return format.text(ofWords: RichText.unescaped(value)) }
    case "b": if let value { return value == "1" || value == "true" ? "TRUE" : "FALSE" }
    case "e", "d": if let value { return value }
    default:
      if let value, !value.isEmpty {
        noteFormula(value)
        return DecimalText(value).map { format.text(of: $0, from1904: from1904) } ?? value
      }
    }
    return formula.map { "=" + String(decoding: $0, as: UTF8.self) } ?? ""
  }

  private mutating func noteFormula(_ value: String) {
    guard let formula, let number = DecimalText(value) else { return }
    sheet.note(
      formula: "=" + String(decoding: formula, as: UTF8.self), isZero: number.isZero,
      isUnsure: recalculates)
  }

  mutating func finish() { sheet.settle() }
}

/// Follows the strings that cells share.
struct SharedStrings: XMLFollower {
  private(set) var strings: [String] = []
  private var rich = RichText()
  var excess: String? { nil }

  mutating func start(_ name: String, _ attributes: XMLAttributes) {
    if name == "si" { rich = RichText() } else { rich.start(name, attributes) }
  }

  mutating func end(_ name: String) {
    if name == "si" { strings.append(rich.string) } else { rich.end(name) }
  }

  mutating func text(_ text: UnsafeBufferPointer<UInt8>) { rich.text(text) }
}

/// A text in runs of several styles: struck-out ones are gone, raised ones kept apart; how characters are pronounced is
/// left out.
struct RichText {
  private var bytes: [UInt8] = []
  private var isText = false
  private var phonetic = 0
  private var isStruck = false
  private var isRaised = false

  var string: String { Self.unescaped(String(decoding: bytes, as: UTF8.self)) }

  mutating func start(_ name: String, _ attributes: XMLAttributes) {
    switch name {
    case "r": (isStruck, isRaised) = (false, false)
    case "rPh": phonetic += 1
    case "strike": isStruck = attributes["val"].map { $0 != "0" && $0 != "false" } ?? true
    case "vertAlign": isRaised = attributes["val"] != "baseline"
    case "t":
      isText = phonetic == 0 && !isStruck
      if isRaised, isText { bytes.append(0x20) }
    default: break
    }
  }

  mutating func end(_ name: String) {
    switch name {
    case "r": (isStruck, isRaised) = (false, false)
    case "rPh": phonetic = max(0, phonetic - 1)
    case "t":
      if isRaised, isText { bytes.append(0x20) }
      isText = false
    default: break
    }
  }

  mutating func text(_ text: UnsafeBufferPointer<UInt8>) {
    if isText { bytes.append(contentsOf: text) }
  }

  /// `_x000D_` stands for a character that XML cannot hold.
  static func unescaped(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "_")), text.contains("_x") else { return text }
    var result = ""
    var rest = text[...]
    while let mark = rest.firstIndex(of: "_") {
      result += rest[..<mark]
      rest = rest[mark...]
      let escape = rest.prefix(7)
      if escape.count == 7, escape.hasPrefix("_x"), escape.hasSuffix("_"),
        let number = UInt32(escape.dropFirst(2).dropLast(), radix: 16),
        let scalar = Unicode.Scalar(number)
      {
        result.unicodeScalars.append(scalar)
        rest = rest.dropFirst(7)
      } else {
        result.append("_")
        rest = rest.dropFirst()
      }
    }
    return result + rest
  }
}

/// `B5`, `$B$5`, `A1:C3`: letters of the column, number of the row.
enum SheetReference {
  static func cell(_ text: some StringProtocol) -> (row: Int, column: Int)? {
    var column = 0
    var row = 0
    for byte in text.utf8 where byte != UInt8(ascii: "$") {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z") where row == 0:
        column = column * 26 + Int(byte - UInt8(ascii: "A")) + 1
      case UInt8(ascii: "0")...UInt8(ascii: "9") where column > 0:
        row = row * 10 + Int(byte - UInt8(ascii: "0"))
      default: return nil
      }
      guard column <= 1 << 20, row <= 1 << 24 else { return nil }
    }
    return row > 0 && column > 0 ? (row - 1, column - 1) : nil
  }

  static func area(_ text: String) -> (rows: Range<Int>, columns: Range<Int>)? {
    let ends = text.split(separator: ":")
    guard let first = ends.first.flatMap({ cell($0) }), let last = ends.last.flatMap({ cell($0) }),
      first.row <= last.row, first.column <= last.column
    else { return nil }
    return (first.row..<last.row + 1, first.column..<last.column + 1)
  }
}
