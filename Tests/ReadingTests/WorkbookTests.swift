import Documents
import Foundation
import Reading
import Reports
import Testing

@Suite struct `Excel workbooks` {
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let sheet: String
    let outline: [String]
  }

  static let cases: [Case] = {
    dataFile("workbook.txt").components(separatedBy: "\n== ").dropFirst().map { part in
      let halves = part.components(separatedBy: "\n--\n")
      let lines = halves[0].components(separatedBy: "\n")
      return Case(
        testDescription: lines[0], sheet: expanded(lines.dropFirst().joined()),
        outline: halves[1].components(separatedBy: "\n").filter { !$0.isEmpty })
    }
  }()

  static func expanded(_ text: String) -> String {
    var text = text
    while let match = text.firstMatch(of: /\{([drnse])([0-9]?):([^{}]*)\}/) {
      let inner = String(match.3)
      let style = match.2.isEmpty ? "" : " s=\"\(match.2)\""
      let xml =
        switch match.1 {
        case "d": "<sheetData>\(inner)</sheetData>"
        case "r": "<row>\(inner)</row>"
        case "n": "<c\(style)><v>\(inner)</v></c>"
        case "s": "<c\(style) t=\"inlineStr\"><is><t>\(inner)</t></is></c>"
        default: "<c\(style)/>"
        }
      text.replaceSubrange(match.range, with: xml)
    }
    return text
  }

  static let styles = """
    <styleSheet><numFmts><numFmt numFmtId="164" formatCode="0%"/></numFmts>\
    <fonts><font/><font><strike/></font></fonts>\
    <borders><border/><border><left style="thin"/></border></borders>\
    <cellStyleXfs><xf numFmtId="9" borderId="1"/></cellStyleXfs>\
    <cellXfs><xf/><xf borderId="1"/><xf fontId="1"/><xf numFmtId="164"/></cellXfs></styleSheet>
    """

  @Test(arguments: cases) func `are read as a reader sees them`(_ sample: Case) throws {
    let read = try readDocument(workbook([("", sample.sheet)], styles: Self.styles))
    #expect(outline(read.document) == sample.outline)
    #expect(read.document.remarks.isEmpty != sample.testDescription.contains("hidden"))
    #expect(read.format == .xlsx && read.encoding == nil)
  }

  @Test func `The files of cases are there`() {
    #expect(Self.cases.count >= 15)
    #expect(Self.formats.count >= 35)
  }

  static let formats: [[String]] = dataFile("number-formats.tsv").components(separatedBy: "\n")
    .filter { !$0.isEmpty && !$0.hasPrefix("#\u{20}") }.map { $0.components(separatedBy: "\t") }

  @Test(arguments: formats) func `show numbers by their format`(_ row: [String]) throws {
    let code = row[0].replacing("&", with: "&amp;").replacing("\"", with: "&quot;")
      .replacing("<", with: "&lt;")
    let styles = """
      <styleSheet><numFmts><numFmt numFmtId="164" formatCode="\(code)"/></numFmts>\
      <cellXfs><xf/><xf numFmtId="164"/></cellXfs></styleSheet>
      """
    let sheet = Self.expanded("{d:{r:{s:甲}{n1:\(row[1])}{s:乙}}}")
    let document = try readDocument(workbook([("", sheet)], styles: styles)).document
    #expect(outline(document).last == "0:甲 | 1:\(row[2]) | 2:乙", "\(row)")
  }

  @Test func `Visible sheets follow each other, hidden ones are not seen`() throws {
    let row = "{d:{r:{s:甲}{n:1}}}"
    let file = workbook([
      ("", Self.expanded(row)), (" state=\"hidden\"", Self.expanded(row.replacing("甲", with: "暗"))),
      (" state=\"veryHidden\"", "<broken"), (" state=\"visible\"", Self.expanded("{d:{r:{s:尾}}}")),
    ])
    let document = try readDocument(file).document
    #expect(outline(document) == ["[1] 1×2", "0:甲 | 1:1", "尾"])
    #expect(document.remarks == [.hiddenCells])
  }

  @Test func `Days are counted from 1904 where the workbook says so`() throws {
    let styles = "<styleSheet><cellXfs><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
    let sheet = Self.expanded("{d:{r:{s:甲}{n:43858}}}")
    let file = workbook([("", sheet)], styles: styles, properties: "<workbookPr date1904=\"1\"/>")
    #expect(outline(try readDocument(file).document).last == "0:甲 | 1:2024/1/29")
  }

  @Test func `Formulas saved as 0 by a program that does not calculate are no figures`() throws {
    let sheet = "{d:{r:{s:甲}<c><f>B2</f><v>0</v></c>}{r:{s:乙}<c><f>C2</f><v>0</v></c>{n:3}}}"
    let properties = "<calcPr fullCalcOnLoad=\"1\"/>"
    func shown(_ sheet: String, _ properties: String) throws -> [String] {
      let file = workbook([("", Self.expanded(sheet))], properties: properties)
      return outline(try readDocument(file).document)
    }
    #expect(try shown(sheet, properties) == ["[1] 2×3", "0:甲 | 1:=B2 | 2:", "0:乙 | 1:=C2 | 2:3"])
    // Excel saves what it has calculated; and where one result is another number, all have been.
    #expect(try shown(sheet, "") == ["[1] 2×3", "0:甲 | 1:0 | 2:", "0:乙 | 1:0 | 2:3"])
    let calculated = sheet.replacing("<f>C2</f><v>0</v>", with: "<f>C2</f><v>3</v>")
    #expect(try shown(calculated, properties) == ["[1] 2×3", "0:甲 | 1:0 | 2:", "0:乙 | 1:3 | 2:3"])
  }

  @Test func `What breaks off or grows without end is refused with its reason`() {
    let whole = workbook([("", Self.expanded("{d:{r:{s:甲}{n:1}}}"))])
    var small = ReadingLimits()
    small.unpacked = 64
    let wide = "<row><c r=\"A1\"><v>1</v></c><c r=\"XFD1\"><v>1</v></c></row>"
    let many = "<row>" + String(repeating: "<c><v>1</v></c>", count: 200) + "</row>"
    let tall = (1...40).map { row in
      "<row>" + String(repeating: "<c><v>1</v></c>", count: row == 1 ? 2000 : 0) + "</row>"
    }.joined()
    let columns = (0..<2000).map { number in
      let high = number / 26 - 1
      let letters = [high >= 26 ? high / 26 - 1 : -1, high < 0 ? -1 : high % 26, number % 26]
      return letters.filter { $0 >= 0 }.map { String(UnicodeScalar(UInt8(65 + $0))) }.joined()
    }
    let tallAreas = columns.map { "<mergeCell ref=\"\($0)1:\($0)40\"/>" }.joined()
    let area = (1...2000).map { "<mergeCell ref=\"A\($0):XFD1048576\"/>" }.joined()
    let cases: [([UInt8], ReadingLimits, Refusal.Code?)] = [
      (Array(whole.prefix(whole.count - 80)), ReadingLimits(), .truncated),
      (workbook([("", "<sheetData><row><c><v>1")]), ReadingLimits(), .truncated),
      (workbook([("", "<sheetData>\(wide)</sheetData>")]), ReadingLimits(), .tooComplex),
      (
        workbook([("", "<sheetData>\(String(repeating: many, count: 501))</sheetData>")]),
        ReadingLimits(), .tooComplex
      ),
      (
        workbook([("", "<sheetData>\(many)</sheetData><mergeCells>\(area)</mergeCells>")]),
        ReadingLimits(), nil
      ),
      (
        workbook([
          (
            "",
            "<sheetData>\(tall)<row><c><v>1</v></c></row></sheetData><mergeCells>\(tallAreas)</mergeCells>"
          )
        ]), ReadingLimits(), nil
      ),
      (whole, small, .tooLarge),
    ]
    for (index, (bytes, limits, code)) in cases.enumerated() {
      #expect(failure(bytes, limits: limits)?.refusal.code == code, "case \(index)")
    }
  }
}
