import Documents
import Reading
import Testing

/// What a page does not show is not read as if it did; what it shows is, whatever hides it elsewhere.
@Suite struct `Hidden words of a page` {
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let style: String
    /// The cell behind 规章, in front of one with 7.
    let cell: String
    let reads: String
    let isSaid: Bool

    init(_ why: String, style: String = "", _ cell: String, reads: String, isSaid: Bool = true) {
      testDescription = why
      self.style = style
      self.cell = cell
      self.reads = reads
      self.isSaid = isSaid
    }
  }

  static let cases: [Case] = [
    Case("transparent", "<td><span style='opacity:0'>9</span>1</td>", reads: "1"),
    Case("transparent in per cent", "<td><b style='opacity: 0.0%'>9</b>1</td>", reads: "1"),
    Case("half transparent", "<td><b style='opacity:.5'>9</b></td>", reads: "9", isSaid: false),
    Case("type of no size", "<td><font style='FONT-SIZE:0pt'>9</font>1</td>", reads: "1"),
    Case(
      "type of no size around type of some",
      "<td style='font-size:0'><b style='font-size:12px'>9</b></td>", reads: "9", isSaid: false),
    Case(
      "an invisible cell keeps its place", "<td style='visibility:hidden'>9</td>", reads: ""),
    Case(
      "visible inside invisible",
      "<td style='visibility:hidden'>8<b style='visibility:visible'>9</b></td>", reads: "9"),
    Case("important", "<td><b style='display:none !important'>9</b>1</td>", reads: "1"),
    Case(
      "a class", style: ".x{color:red;display:none}", "<td><i class='y x'>9</i>1</td>", reads: "1"),
    Case("an identity", style: "#k { opacity: 0 }", "<td><i id=k>9</i>1</td>", reads: "1"),
    Case(
      "one of several selectors", style: "p, td > .x { visibility:hidden }",
      "<td><i class=x>9</i>1</td>", reads: "1"),
    Case(
      "inside something else", style: ".menu .x{display:none}", "<td><i class=x>9</i></td>",
      reads: "9", isSaid: false),
    Case(
      "inside what it says", style: "table td .x{display:none}", "<td><i class=x>9</i>1</td>",
      reads: "1"),
    Case(
      "shown again by a more exact rule", style: ".x.on{display:inline} .x{display:none}",
      "<td><i class='x on'>9</i></td>", reads: "9", isSaid: false),
    Case(
      "the later rule", style: ".x{display:inline} .x{display:none}", "<td><i class=x>9</i>1</td>",
      reads: "1"),
    Case(
      "the element's own style wins", style: ".x{display:none}",
      "<td><i class=x style='display:inline'>9</i></td>", reads: "9", isSaid: false),
    Case(
      "unless the rule is important", style: ".x{display:none!important}",
      "<td><i class=x style='display:inline'>9</i>1</td>", reads: "1"),
    Case(
      "for printing only", style: "@media print{.x{display:none}}", "<td><i class=x>9</i></td>",
      reads: "9", isSaid: false),
    Case(
      "for the screen", style: "@media screen{.x{display:none}}", "<td><i class=x>9</i>1</td>",
      reads: "1"),
    Case(
      "a rule that is not followed may show it",
      style: ".x{display:none} .x:nth-child(1){display:inline}",
      "<td><i class=x>9</i></td>", reads: "9", isSaid: false),
    Case(
      "pointing at it does not count", style: ".x{display:none} .x:hover{display:inline}",
      "<td><i class=x>9</i>1</td>", reads: "1"),
    Case(
      "in a comment", style: "/* .x{display:none} */ .y{display:none}", "<td><i class=x>9</i></td>",
      reads: "9", isSaid: false),
    Case(
      "between the marks of a comment", style: "<!-- .x{display:none} -->",
      "<td><i class=x>9</i>1</td>", reads: "1"),
    Case(
      "struck out by a class", style: ".d{text-decoration:line-through}",
      "<td><i class=d>9</i>1</td>", reads: "1"),
    Case(
      "words without digits are not told", "<td><b style='display:none'>件</b>1</td>", reads: "1",
      isSaid: false),
  ]

  @Test(arguments: cases) func `are left out and said`(_ sample: Case) throws {
    let page =
      "<html><head><style>\(sample.style)</style></head><body><table><tr><td>规章</td>\(sample.cell)<td>7</td></tr></table></body></html>"
    let document = try readDocument(Array(page.utf8)).document
    #expect(outline(document) == ["[1] 1×3", "0:规章 | 1:\(sample.reads) | 2:7"])
    #expect(document.remarks == (sample.isSaid ? [.hiddenText] : []))
  }

  @Test func `A style sheet for paper hides nothing`() throws {
    let page =
      "<html><style media='print'>i{display:none}</style><table><tr><td>规章</td><td><i>9</i></td></tr></table></html>"
    #expect(outline(try readDocument(Array(page.utf8)).document) == ["[1] 1×2", "0:规章 | 1:9"])
  }
}
