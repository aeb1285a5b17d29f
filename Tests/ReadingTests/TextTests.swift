import Documents
import Reading
import Reports
import Testing

@Suite("Lines of a text and of a page")
struct TextTests {
  private func lines(_ text: String) throws -> [String] {
    try read(text).document.blocks.compactMap { block in
      guard case .paragraph(let paragraph) = block, let line = paragraph.place.line else {
        return nil
      }
      return "\(line):\(paragraph.text)"
    }
  }

  @Test func `Every kind of line end ends a line`() throws {
    #expect(
      try lines("a\nb\r\nc\rd\u{2028}e\u{2029}f\u{C}g\u{B}h\u{85}i")
        == ["1:a", "2:b", "3:c", "4:d", "5:e", "6:f", "7:g", "8:h", "9:i"])
  }

  @Test func `Blank lines are gaps in the numbers`() throws {
    #expect(try lines("\n规章\n\n \u{3000}\n0\n") == ["2:规章", "5:0"])
  }

  @Test func `White space at the ends goes, inside it stays`() throws {
    #expect(
      try lines("\u{3000}\u{A0} 规章 \u{200B}\u{3000}1  2 \u{FEFF}") == ["1:规章 \u{200B}\u{3000}1  2"])
  }

  @Test func `Tabs at the ends may be empty cells and stay`() throws {
    #expect(try lines(" \t规章\t\t1\t \n\t\t\n") == ["1:\t规章\t\t1\t"])
  }

  @Test func `A line of a million characters is a line`() throws {
    let text = String(repeating: "规章 | 0 | ", count: 100_000) + "完"
    #expect(try lines(text) == ["1:" + text])
  }

  @Test func `A text does not end early for want of a line end`() throws {
    #expect(try !read("规章\n0").document.endsEarly)
  }

  @Test func `Elements and breaks end lines of a page, inline elements do not`() throws {
    let page = """
      <html><head><title> 年报\n- 网站 </title><style>p{}</style></head><body><h2>双河镇<br>年度报告</h2>
      <div>一、<span>总体</span><font>情况</font><p>甲</p>乙</div><ul><li>丙<li>丁</ul><noscript>戊</noscript>
      <div hidden>己</div><div style="color:red; display:NONE">庚</div><pre>辛  1
      壬\t2</pre><p>&nbsp;</p><a href=x>癸</a>&emsp;子&lt;丑&gt;</body></html>
      """
    let document = try read(page).document
    #expect(document.title == "年报 - 网站")
    #expect(
      outline(document) == [
        "# 双河镇", "# 年度报告", "一、总体情况", "甲", "乙", "丙", "丁", "辛  1", "壬\t2", "癸\u{2003}子<丑>",
      ])
  }

  @Test func `A line end in the source is nothing between ideographs and a space elsewhere`() throws
  {
    #expect(
      outline(try read("<p>双河镇\n  人民政府\n2023\n年 度\n12\n34").document)
        == ["双河镇人民政府 2023 年 度 12 34"])
  }

  static let endings: [(String, Bool)] = [
    ("<html><body><p>一</p></body></html>", false),
    ("<html><body><p>一</p></body>", false),
    ("<html><body><table><tr><td>一</td></tr>", true),
    ("<html><body><p>一</p>", true),
    ("<html><body><table><tr><td>一</td></body></html>", false),
    ("<p>一</p>", false),
    ("<table><tr><td>一</td></tr></table>", false),
    ("<table><tr><td>一</td></tr>", true),
    ("<table><tr><td>一</td></tr></tab", true),
    ("<p>一</p><p class=\"x", true),
    ("<p>一</p><!-- x", true),
    ("<p>一</p><script>if (a<b) x = '<table>'</script>", false),
  ]

  @Test("A page says whether it breaks off", arguments: endings)
  func ending(_ page: String, breaksOff: Bool) throws {
    #expect(try read(page).document.endsEarly == breaksOff)
  }
}
