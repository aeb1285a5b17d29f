import Documents
import Foundation
import Reading
import Reports
import Testing

@Suite struct `OpenDocument files` {
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let isSheet: Bool
    let body: String
    let outline: [String]
  }

  static let cases: [Case] = {
    dataFile("open-document.txt").components(separatedBy: "\n== ").dropFirst().map { part in
      let halves = part.components(separatedBy: "\n--\n")
      let lines = halves[0].components(separatedBy: "\n")
      return Case(
        testDescription: lines[0], isSheet: lines[0].hasPrefix("sheet"),
        body: expanded(lines.dropFirst().joined(separator: "\n")),
        outline: halves[1].components(separatedBy: "\n").filter { !$0.isEmpty })
    }
  }()

  static func expanded(_ text: String) -> String {
    var text = text
    while let match = text.firstMatch(of: /\{([pcrtn]):([^{}]*)\}/) {
      let inner = String(match.2)
      let xml =
        switch match.1 {
        case "p": "<text:p>\(inner)</text:p>"
        case "c": "<table:table-cell><text:p>\(inner)</text:p></table:table-cell>"
        case "r": "<table:table-row>\(inner)</table:table-row>"
        case "t": "<table:table>\(inner)</table:table>"
        default:
          "<table:table-cell office:value-type=\"float\" office:value=\"\(inner)\">"
            + "<text:p>\(inner.count == 1 ? inner + ".0" : "12.0")</text:p></table:table-cell>"
        }
      text.replaceSubrange(match.range, with: xml)
    }
    return text
  }

  static func content(_ body: String, isSheet: Bool) -> String {
    let spaces = ["office", "text", "table", "draw", "style", "fo"].map {
      "xmlns:\($0)=\"urn:oasis:names:tc:opendocument:xmlns:\($0):1.0\""
    }.joined(separator: " ")
    let styles = """
      <style:style style:name="S" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>\
      <style:style style:name="HH" style:family="text" style:parent-style-name="H"/>\
      <style:style style:name="R" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>\
      <style:style style:name="B" style:family="table-cell"><style:table-cell-properties fo:border="1pt solid"/></style:style>\
      <style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>\
      <style:style style:name="H" style:family="paragraph"><style:text-properties text:display="none"/></style:style>\
      <style:style style:name="X" style:family="table"><style:table-properties table:display="false"/></style:style>
      """
    let kind = isSheet ? "spreadsheet" : "text"
    return """
      <?xml version="1.0" encoding="UTF-8"?><office:document \(spaces)>\
      <office:automatic-styles>\(styles)</office:automatic-styles>\
      <office:body><office:\(kind)>\(body)</office:\(kind)></office:body></office:document>
      """
  }

  static func package(_ content: String, media: String = "text", manifest: String = "") -> [UInt8] {
    stored([
      ("mimetype", Array("application/vnd.oasis.opendocument.\(media)".utf8)),
      ("content.xml", Array(content.utf8)),
      ("META-INF/manifest.xml", Array("<manifest>\(manifest)</manifest>".utf8)),
    ])
  }

  @Test(arguments: cases) func `are read as a reader sees them`(_ sample: Case) throws {
    let content = Self.content(sample.body, isSheet: sample.isSheet)
    let file = Self.package(content, media: sample.isSheet ? "spreadsheet" : "text")
    let read = try readDocument(file)
    #expect(outline(read.document) == sample.outline)
    #expect(read.format == (sample.isSheet ? .ods : .odt) && read.encoding == nil)
    let remarks: Set<Document.Remark> =
      sample.body.contains("tracked-changes")
      ? [.trackedChanges] : sample.body.contains("collapse") ? [.hiddenCells] : []
    #expect(read.document.remarks == remarks)
    // The same in one XML file, and under the name of the other kind.
    #expect(outline(try readDocument(Array(content.utf8)).document) == sample.outline)
    let misnamed = try readDocument(Self.package(content, media: "text"))
    #expect(misnamed.format == read.format)
  }

  @Test func `The file of cases is there`() { #expect(Self.cases.count >= 10) }

  @Test func `What breaks off, is locked or grows without end is refused with its reason`() {
    let whole = Self.package(Self.content("<text:p>甲</text:p>", isSheet: false))
    let locked = Self.package("", manifest: "<file-entry><encryption-data/></file-entry>")
    func sheet(_ cells: String) -> [UInt8] {
      Self.package(
        Self.content("<table:table>\(cells)</table:table>", isSheet: true), media: "spreadsheet")
    }
    func text(_ cells: String) -> [UInt8] {
      Self.package(Self.content("<table:table>\(cells)</table:table>", isSheet: false))
    }
    let filled =
      "<table:table-cell table:number-columns-repeated=\"900\"><text:p>1</text:p></table:table-cell>"
    let many = "<table:table-row table:number-rows-repeated=\"1000000\">\(filled)</table:table-row>"
    let cases: [([UInt8], Refusal.Code)] = [
      (Array(whole.prefix(whole.count - 80)), .truncated),
      (Self.package("<office:document><office:body>"), .truncated),
      (locked, .encrypted),
      (sheet(many), .tooComplex),
      (text(many), .tooComplex),
      (Self.package("<!DOCTYPE x [<!ENTITY a \"甲\">]><x>&a;</x>"), .tooComplex),
    ]
    for (index, (bytes, code)) in cases.enumerated() {
      #expect(failure(bytes)?.refusal.code == code, "case \(index)")
    }
  }
}
