import Documents
import Reading
import Reports
import Testing

@Suite struct `OFD files` {
  /// Lines with runs of spaces as two, which say: apart.
  private func lines(_ file: OFDFile) throws -> [String] {
    let read = try readDocument(file.bytes)
    #expect(read.format == .ofd && read.encoding == nil)
    return outline(read.document).map { line in
      line.split(separator: " ").map(String.init).joined(separator: "  ")
    }
  }

  @Test func `What stands on one height is one line, columns stay apart, digits together`() throws {
    let file = OFDFile(pages: [
      [(80, 50, "120"), (20, 40, "二、主动公开情况"), (20, 50, "规章"), (120, 50, "7")]
    ])
    #expect(try lines(file) == ["二、主动公开情况", "规章  120  7"])
  }

  @Test func `Steps may be counted, left out, or go on as they last were`() throws {
    let counted = """
      <ofd:TextObject Boundary="20 40 100 4" Size="4"><ofd:TextCode X="0" Y="3.5" DeltaX="g 3 4 20 2">收到申请甲12</ofd:TextCode></ofd:TextObject>
      """
    let without = """
      <ofd:TextObject Boundary="20 60 100 4" Size="4"><ofd:TextCode X="0" Y="3.5">收到申请</ofd:TextCode></ofd:TextObject>
      """
    #expect(try lines(OFDFile(layers: [counted + without])) == ["收到申请  甲12", "收到申请"])
  }

  @Test
  func `A run that goes down is a line for each character; a turned one stands as it is turned`()
    throws
  {
    let down = """
      <ofd:TextObject Boundary="20 40 4 40" Size="4"><ofd:TextCode X="0" Y="3.5" DeltaY="g 1 10">甲乙</ofd:TextCode></ofd:TextObject>
      """
    let moved = """
      <ofd:TextObject Boundary="0 0 210 297" Size="1" CTM="4 0 0 4 60 40"><ofd:TextCode X="0" Y="0.875" DeltaX="1">丙丁</ofd:TextCode></ofd:TextObject>
      """
    #expect(try lines(OFDFile(layers: [down + moved])) == ["甲  丙丁", "乙"])
  }

  @Test func `What a template draws is seen, what is not visible is not`() throws {
    let hidden =
      "<ofd:TextObject Visible=\"false\" Boundary=\"20 60 9 4\" Size=\"4\"><ofd:TextCode X=\"0\" Y=\"3\">暗</ofd:TextCode></ofd:TextObject>"
    let file = OFDFile(
      layers: [OFDFile.object((80, 40, "12")) + hidden],
      template: OFDFile.object((20, 40, "规章")))
    #expect(try lines(file) == ["规章  12"])
  }

  @Test func `The document stands where the entry says, in whatever way it says it`() throws {
    for root in ["/Doc_0/Document.xml", "./Doc_0/Document.xml", " Doc_0/../Doc_0/Document.xml\n"] {
      #expect(try lines(OFDFile(pages: [[(20, 40, "甲")]], root: root)) == ["甲"], "\(root)")
    }
  }

  @Test func `Places tell page and line`() throws {
    let file = OFDFile(pages: [[(20, 40, "甲")], [(20, 40, "乙"), (20, 60, "丙")]])
    let places = try readDocument(file.bytes).document.blocks.compactMap { block in
      if case .paragraph(let paragraph) = block { paragraph.place } else { nil }
    }
    #expect(places == [Place(page: 1, line: 1), Place(page: 2, line: 1), Place(page: 2, line: 2)])
  }

  @Test func `What has no text, lacks a page, is locked or goes on for ever is refused`() {
    let page = "Doc_0/Pages/Page_0/Content.xml"
    let text: [[OFDFile.Text]] = [[(20, 40, "甲乙丙丁")]]
    let bomb = "<!DOCTYPE x [<!ENTITY a \"甲甲甲\">]><x>&a;</x>"
    let deep = String(repeating: "<a>", count: 100_000)
    let steps =
      "<ofd:Page xmlns:ofd=\"o\"><ofd:TextObject Size=\"4\"><ofd:TextCode DeltaX=\"\(String(repeating: "g 99999999 1 ", count: 1000))\">甲</ofd:TextCode></ofd:TextObject></ofd:Page>"
    var few = ReadingLimits()
    few.pages = 2
    few.characters = 3
    let cases: [(String, OFDFile, ReadingLimits, Refusal.Code?)] = [
      (
        "a picture alone", OFDFile(layers: ["<ofd:ImageObject ResourceID=\"3\"/>"]),
        ReadingLimits(), .imageOnly
      ),
      ("nothing", OFDFile(pages: [[]]), ReadingLimits(), .empty),
      ("no page at all", OFDFile(), ReadingLimits(), .empty),
      (
        "a page that is not there", OFDFile(pages: text, parts: [page: nil]), ReadingLimits(),
        .truncated
      ),
      (
        "a template that is not there",
        OFDFile(pages: text, template: "", parts: ["Doc_0/Tpls/T.xml": nil]), ReadingLimits(),
        .truncated
      ),
      (
        "no document", OFDFile(pages: text, root: "Doc_1/Document.xml"), ReadingLimits(), .truncated
      ),
      (
        "a page that breaks off",
        OFDFile(pages: text, parts: [page: "<ofd:Page xmlns:ofd=\"o\"><a>"]), ReadingLimits(),
        .truncated
      ),
      (
        "locked", OFDFile(pages: text, parts: ["Encryptions.xml": "<e/>"]), ReadingLimits(),
        .encrypted
      ),
      ("entities", OFDFile(pages: text, parts: [page: bomb]), ReadingLimits(), .tooComplex),
      ("depth", OFDFile(pages: text, parts: [page: deep]), ReadingLimits(), .tooComplex),
      ("steps without end", OFDFile(pages: text, parts: [page: steps]), ReadingLimits(), nil),
      ("many pages", OFDFile(pages: [[], [], []]), few, .tooComplex),
      ("many characters", OFDFile(pages: text), few, .tooComplex),
    ]
    for (name, file, limits, code) in cases {
      #expect(failure(file.bytes, limits: limits)?.refusal.code == code, "\(name)")
    }
  }
}
