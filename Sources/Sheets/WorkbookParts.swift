// The parts of a workbook that are the same in every one, and the words in it.

private let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
private let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
private let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

func sheetHead(widths: [Double], frozenRows: Int) -> String {
  var text = declaration + "<worksheet xmlns=\"\(main)\">"
  text += "<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>"
  text += "<sheetViews><sheetView workbookViewId=\"0\">"
  if frozenRows > 0 {
    text += "<pane ySplit=\"\(frozenRows)\" topLeftCell=\"A\(frozenRows + 1)\""
    text += " activePane=\"bottomLeft\" state=\"frozen\"/>"
  }
  text += "</sheetView></sheetViews>"
  if !widths.isEmpty {
    text += "<cols>"
    for (index, width) in widths.enumerated() {
      text +=
        "<col min=\"\(index + 1)\" max=\"\(index + 1)\" width=\"\(width)\" customWidth=\"1\"/>"
    }
    text += "</cols>"
  }
  return text + "<sheetData>"
}

/// A4 (paper 9), as wide as the paper and as many pages long as it takes.
func pageSetup(wide: Bool) -> String {
  "<pageSetup paperSize=\"9\" orientation=\"\(wide ? "landscape" : "portrait")\""
    + " fitToWidth=\"1\" fitToHeight=\"0\"/>"
}

/// Everything but the sheets, by its place in the file.
func workbookParts(sheets: [String]) -> [(name: String, content: String)] {
  let numbers = Array(1...sheets.count)
  let types = numbers.map { number in
    "<Override PartName=\"/xl/worksheets/sheet\(number).xml\" "
      + "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"
  }
  let listed = zip(numbers, sheets).map { number, name in
    "<sheet name=\"\(escaped(name))\" sheetId=\"\(number)\" r:id=\"r\(number)\"/>"
  }
  let related = numbers.map { number in
    "<Relationship Id=\"r\(number)\" Type=\"\(office)/worksheet\" "
      + "Target=\"worksheets/sheet\(number).xml\"/>"
  }
  let relationships = "http://schemas.openxmlformats.org/package/2006/relationships"
  return [
    (
      "[Content_Types].xml",
      declaration
        + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
        + "<Default Extension=\"rels\" "
        + "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
        + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
        + "<Override PartName=\"/xl/workbook.xml\" ContentType="
        + "\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>"
        + "<Override PartName=\"/xl/styles.xml\" ContentType="
        + "\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>"
        + types.joined() + "</Types>"
    ),
    (
      "_rels/.rels",
      declaration + "<Relationships xmlns=\"\(relationships)\">"
        + "<Relationship Id=\"r1\" Type=\"\(office)/officeDocument\" Target=\"xl/workbook.xml\"/>"
        + "</Relationships>"
    ),
    (
      "xl/workbook.xml",
      declaration + "<workbook xmlns=\"\(main)\" xmlns:r=\"\(office)\"><sheets>" + listed.joined()
        + "</sheets></workbook>"
    ),
    (
      "xl/_rels/workbook.xml.rels",
      declaration + "<Relationships xmlns=\"\(relationships)\">" + related.joined()
        + "<Relationship Id=\"styles\" Type=\"\(office)/styles\" Target=\"styles.xml\"/>"
        + "</Relationships>"
    ),
    ("xl/styles.xml", declaration + styles),
  ]
}

/// Formats in the order of ``SheetCell/Look``.
private let styles: String = {
  func font(size: Int, bold: Bool) -> String {
    "<font>\(bold ? "<b/>" : "")<sz val=\"\(size)\"/><name val=\"宋体\"/><family val=\"3\"/>"
      + "<charset val=\"134\"/></font>"
  }
  func fill(_ colour: String) -> String {
    "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FF\(colour)\"/>"
      + "<bgColor indexed=\"64\"/></patternFill></fill>"
  }
  let sides = ["left", "right", "top", "bottom"].map { side in
    "<\(side) style=\"thin\"><color auto=\"1\"/></\(side)>"
  }
  func format(font: Int = 0, fill: Int = 0, border: Int = 0, alignment: String = "") -> String {
    "<xf numFmtId=\"0\" fontId=\"\(font)\" fillId=\"\(fill)\" borderId=\"\(border)\" xfId=\"0\""
      + (font > 0 ? " applyFont=\"1\"" : "") + (fill > 0 ? " applyFill=\"1\"" : "")
      + (border > 0 ? " applyBorder=\"1\"" : "")
      + (alignment.isEmpty ? "/>" : " applyAlignment=\"1\"><alignment \(alignment)/></xf>")
  }
  let middle = "horizontal=\"center\" vertical=\"center\""
  let formats = SheetCell.Look.allCases.map { look in
    switch look {
    case .plain: format()
    case .title: format(font: 2, alignment: middle + " wrapText=\"1\"")
    case .head: format(font: 1, fill: 2, border: 1, alignment: middle + " wrapText=\"1\"")
    case .label: format(border: 1, alignment: "vertical=\"center\" wrapText=\"1\"")
    case .figure: format(border: 1, alignment: middle)
    case .doubtful: format(fill: 3, border: 1, alignment: middle)
    case .note: format(alignment: "vertical=\"top\" wrapText=\"1\"")
    }
  }
  return "<styleSheet xmlns=\"\(main)\">"
    + "<fonts count=\"3\">" + font(size: 11, bold: false) + font(size: 11, bold: true)
    + font(size: 14, bold: true) + "</fonts>"
    // The first two are what every program takes them for, whatever they say.
    + "<fills count=\"4\"><fill><patternFill patternType=\"none\"/></fill>"
    + "<fill><patternFill patternType=\"gray125\"/></fill>" + fill("E7ECF3") + fill("FFEDC2")
    + "</fills><borders count=\"2\"><border><left/><right/><top/><bottom/><diagonal/></border>"
    + "<border>" + sides.joined() + "<diagonal/></border></borders>"
    + "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>"
    + "</cellStyleXfs><cellXfs count=\"\(formats.count)\">" + formats.joined()
    + "</cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/>"
    + "</cellStyles></styleSheet>"
}()

/// Text as content or attribute of XML.
private func escaped(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// The text of a cell: what XML cannot hold as ECMA-376 writes it (22.9.2.19, `_x000D_`), at most 32 767 characters, which
/// is all that programs take.
func sheetText(_ text: String) -> String {
  let plain = text.utf8.allSatisfy { byte in
    // Of U+FFFE and U+FFFF the first byte is 0xEF.
    byte >= 0x20 && byte != UInt8(ascii: "_") && byte != 0xEF
  }
  var result = text
  if !plain {
    result = ""
    let scalars = Array(text.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      switch scalar.value {
      case 0x9, 0xA: result.unicodeScalars.append(scalar)
      case 0..<0x20, 0xFFFE, 0xFFFF: result += code(scalar.value)
      // What only looks like such a code is text.
      case 0x5F where looksLikeCode(scalars[index...]): result += code(0x5F)
      default: result.unicodeScalars.append(scalar)
      }
    }
  }
  let limit = 32_767
  if result.utf16.count > limit {
    while result.utf16.count > limit - 1 { result.unicodeScalars.removeLast() }
    result += "…"
  }
  return escaped(result)
}

private func code(_ value: UInt32) -> String {
  let digits = String(value, radix: 16, uppercase: true)
  return "_x" + String(repeating: "0", count: 4 - digits.count) + digits + "_"
}

private func looksLikeCode(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
  let word = scalars.prefix(7)
  guard word.count == 7 else { return false }
  let (first, second) = (word[word.startIndex], word[word.startIndex + 1])
  return first == "_" && second == "x" && word.last == "_"
    && word.dropFirst(2).dropLast().allSatisfy { $0.properties.isASCIIHexDigit }
}

/// A name that a sheet may have: without `[]:*?/\`, at most 31 letters, not that of another.
func sheetName(_ name: String, besides others: [String]) -> String {
  var clean = ""
  for scalar in name.unicodeScalars {
    let isForbidden = scalar.value < 0x20 || "[]:*?/\\".unicodeScalars.contains(scalar)
    clean.unicodeScalars.append(isForbidden ? "_" : scalar)
  }
  while clean.hasPrefix("'") { clean.removeFirst() }
  while clean.hasSuffix("'") { clean.removeLast() }
  if clean.isEmpty { clean = "1" }
  let taken = Set(others.map { $0.lowercased() })
  func cut(_ room: Int) -> String {
    var short = clean
    while short.utf16.count > room { short.removeLast() }
    return short
  }
  var result = cut(31)
  var number = 2
  while taken.contains(result.lowercased()) {
    let mark = " (\(number))"
    result = cut(31 - mark.utf16.count) + mark
    number += 1
  }
  return result
}
