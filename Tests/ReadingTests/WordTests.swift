import Documents
import Foundation
import Reading
import Reports
import Testing

@Suite struct `Word files` {
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let body: String
    let outline: [String]
  }

  static let cases: [Case] = {
    let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Data/word.txt")
    let text = (try? String(contentsOf: path, encoding: .utf8)) ?? ""
    return text.components(separatedBy: "\n== ").dropFirst().map { part in
      let halves = part.components(separatedBy: "\n--\n")
      let lines = halves[0].components(separatedBy: "\n")
      return Case(
        testDescription: lines[0], body: expanded(lines.dropFirst().joined()),
        outline: halves[1].components(separatedBy: "\n").filter { !$0.isEmpty })
    }
  }()

  /// `{c:…}` and the other short forms as XML, from the inside out.
  static func expanded(_ text: String) -> String {
    var text = text
    while let match = text.firstMatch(of: /\{([pcrt]):([^{}]*)\}/) {
      let inner = String(match.2)
      let xml =
        switch match.1 {
        case "p": "<w:p><w:r><w:t>\(inner)</w:t></w:r></w:p>"
        case "c": "<w:tc><w:p><w:r><w:t>\(inner)</w:t></w:r></w:p></w:tc>"
        case "r": "<w:tr>\(inner)</w:tr>"
        default: "<w:tbl>\(inner)</w:tbl>"
        }
      text.replaceSubrange(match.range, with: xml)
    }
    return text
  }

  /// A heading; characters that are hidden, the same by another name, and shown again; a paragraph that is hidden; struck out.
  static let styles = """
    <w:styles xmlns:w="w"><w:style w:styleId="H"><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>\
    <w:style w:type="character" w:styleId="V"><w:rPr><w:vanish/></w:rPr></w:style>\
    <w:style w:type="character" w:styleId="W"><w:basedOn w:val="V"/></w:style>\
    <w:style w:type="character" w:styleId="X"><w:basedOn w:val="W"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>\
    <w:style w:type="paragraph" w:styleId="P"><w:basedOn w:val="P"/><w:rPr><w:vanish/></w:rPr></w:style>\
    <w:style w:type="character" w:styleId="S"><w:rPr><w:dstrike/></w:rPr></w:style></w:styles>
    """

  @Test(arguments: cases) func `are read as a reader sees them`(_ sample: Case) throws {
    let file = wordFile(sample.body, parts: ["word/styles.xml": Self.styles])
    let read = try readDocument(file)
    #expect(outline(read.document) == sample.outline)
    #expect(read.format == .docx && read.encoding == nil)
  }

  @Test func `The file of cases is there`() { #expect(Self.cases.count >= 20) }

  @Test func `The text stands where the package says, in the strict form too`() throws {
    let strict = wordFile("<w:p><w:r><w:t>甲</w:t></w:r></w:p>", main: "word/document2.xml")
    #expect(outline(try readDocument(strict).document) == ["甲"])
  }

  @Test func `A web page inside the file is read where it stands`() throws {
    let relations = """
      <Relationships><Relationship Id="c1" Type="http://x/relationships/aFChunk" Target="/word/page.htm"/>\
      <Relationship Id="c2" Type="http://x/relationships/aFChunk" Target="other.rtf"/></Relationships>
      """
    let page = "<html><body><p>页</p><table><tr><td>甲<td>1<tr><td>乙<td>2</table></body></html>"
    let body =
      "<w:p><w:r><w:t>前</w:t></w:r></w:p><w:altChunk r:id=\"c1\" xmlns:r=\"r\"/><w:altChunk w:id=\"c2\"/><w:altChunk w:id=\"c3\"/>"
    let file = wordFile(
      body,
      parts: [
        "word/_rels/document.xml.rels": relations, "word/page.htm": page,
        "word/other.rtf": "{\\rtf1 x}",
      ])
    #expect(
      outline(try readDocument(file).document)
        == ["前", "页", "[1] 2×2", "0:甲 | 1:1", "0:乙 | 1:2", "! altChunk", "! altChunk"])
  }

  @Test(
    arguments: [
      (
        "{t:{r:<w:tc><w:p><w:r><w:rPr><w:rStyle w:val=\"V\"/></w:rPr><w:t>甲12</w:t></w:r></w:p></w:tc>}}",
        true
      ),
      ("{t:{r:<w:tc><w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>甲</w:t></w:r></w:p></w:tc>}}", false),
      ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>12</w:t></w:r></w:p>", false),
    ])
  func `Hidden figures of a table are said`(_ body: String, _ isSaid: Bool) throws {
    let file = wordFile(Self.expanded(body), parts: ["word/styles.xml": Self.styles])
    #expect(try readDocument(file).document.remarks.contains(.hiddenText) == isSaid)
  }

  @Test func `Tracked changes and macros are said, plain files say nothing`() throws {
    let inserted = "<w:p><w:ins><w:r><w:t>甲</w:t></w:r></w:ins></w:p>"
    #expect(try readDocument(wordFile(inserted)).document.remarks == [.trackedChanges])
    let plain = "<w:p><w:r><w:t>甲</w:t></w:r></w:p>"
    #expect(try readDocument(wordFile(plain)).document.remarks.isEmpty)
    let macros = wordFile(plain, parts: ["word/vbaProject.bin": "x"])
    #expect(try readDocument(macros).document.remarks == [.macros])
  }

  @Test func `What breaks off, is locked or grows without end is refused with its reason`() {
    let whole = wordFile("<w:p><w:r><w:t>甲</w:t></w:r></w:p>")
    let bomb = "<!DOCTYPE x [<!ENTITY a \"甲甲甲\"><!ENTITY b \"&a;&a;\">]><x>&b;</x>"
    var small = ReadingLimits()
    small.unpacked = 64
    let cases: [([UInt8], ReadingLimits, Refusal.Code)] = [
      (Array(whole.prefix(whole.count - 80)), ReadingLimits(), .truncated),
      (wordFile("<w:p><w:r><w:t>甲"), ReadingLimits(), .truncated),
      (wordFile("", parts: ["word/document.xml": bomb]), ReadingLimits(), .tooComplex),
      (wordFile(String(repeating: "<w:sdt>", count: 100_000)), ReadingLimits(), .tooComplex),
      (
        wordFile(String(repeating: "<w:tbl><w:tr><w:tc>", count: 100_000)), ReadingLimits(),
        .tooComplex
      ),
      (
        wordFile("<w:tbl><w:tr>" + String(repeating: "<w:tc/>", count: 200_000)), ReadingLimits(),
        .tooComplex
      ),
      (whole, small, .tooLarge),
    ]
    for (bytes, limits, code) in cases {
      let failure = failure(bytes, limits: limits)
      #expect(failure?.refusal.code == code)
      #expect(failure?.format == .docx)
    }
  }
}
