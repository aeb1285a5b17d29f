import Reading
import Testing

@Suite("Tables of a page")
struct TableTests {
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let html: String
    let outline: [String]

    init(_ description: String, _ html: String, _ outline: [String]) {
      testDescription = description
      self.html = html
      self.outline = outline
    }
  }

  static let cases: [Case] = [
    Case(
      "a plain table",
      "<table><tr><td>规章</td><td>1</td></tr><tr><td>许可</td><td>&nbsp;</td></tr></table>",
      ["[1] 2×2", "0:规章 | 1:1", "0:许可 | 1:"]),
    Case(
      "cells left open",
      "<table><tr><td>规章<td>1<tr><td>许可<td>2</table>",
      ["[1] 2×2", "0:规章 | 1:1", "0:许可 | 1:2"]),
    Case(
      "cells directly in the table",
      "<table><td>规章</td><td>1</td></table>",
      ["[1] 1×2", "0:规章 | 1:1"]),
    Case(
      "spans over rows and columns",
      """
      <table><tr><td rowspan=2>甲</td><td colspan=2>乙</td></tr><tr><td>1</td><td>2</td></tr></table>
      """,
      ["[1] 2×3", "0:甲@2×1 | 1:乙@1×2", "1:1 | 2:2"]),
    Case(
      "a span that runs into one from above ends there",
      """
      <table><tr><td>a</td><td>b</td><td rowspan=2>c</td></tr><tr><td colspan=3>d</td><td>e</td></tr>
      </table>
      """,
      ["[1] 2×4", "0:a | 1:b | 2:c@2×1", "0:d@1×2 | 3:e"]),
    Case(
      "columns made by spans alone are dropped",
      "<table><tr><td colspan=16>申请人情况</td></tr><tr><td>a</td><td>1</td><td>2</td></tr></table>",
      ["[1] 2×3", "0:申请人情况@1×3", "0:a | 1:1 | 2:2"]),
    Case(
      "a row span ends with its group and with the table",
      """
      <table><tbody><tr><td rowspan=9>a</td><td>1</td></tr></tbody>
      <tbody><tr><td>b</td><td rowspan=0>2</td></tr><tr><td>c</td></tr></tbody></table>
      """,
      ["[1] 3×2", "0:a | 1:1", "0:b | 1:2@2×1", "0:c"]),
    Case(
      "the foot is shown last, wherever it stands",
      """
      <table><tfoot><tr><td>总计<td>9</tfoot><tbody><tr><td>a<td>1</tbody>
      <thead><tr><td>头<td>数</thead></table>
      """,
      ["[1] 3×2", "0:头 | 1:数", "0:a | 1:1", "0:总计 | 1:9"]),
    Case(
      "a data table inside a cell",
      """
      <table><tr><td>a</td><td>1</td><td>2</td></tr><tr><td>b</td><td>3</td>
      <td>x<table><tr><td>4</td><td>5</td></tr></table></td></tr></table>
      """,
      ["[1] 2×3", "0:a | 1:1 | 2:2", "0:b | 1:3 | 2:x{[2] 1×2;0:4 | 1:5}"]),
    Case(
      "a table that lays out the page is taken apart",
      """
      <table><tr><td>首页</td><td>导航</td></tr><tr><td colspan=2><p>一、总体情况</p><p>正文</p>
      <table><tr><td>规章</td><td>1</td></tr><tr><td>许可</td><td>2</td></tr></table><p>三、</p>
      </td></tr></table>
      """,
      ["首页", "导航", "一、总体情况", "正文", "[1] 2×2", "0:规章 | 1:1", "0:许可 | 1:2", "三、"]),
    Case(
      "a table whose end is lost ends in the cell that holds the next one",
      """
      <table><tr><td>规章<td>1<tr><td>许可<td>2<tr><td>强制<tr><td>处罚<td>3<tr><td>收费<td>4
      <p>三、收到和处理政府信息公开申请情况</p><table><tr><td>甲<td>5<tr><td>乙<td>6</table><p>五、</p>
      """,
      [
        "[1] 5×2", "0:规章 | 1:1", "0:许可 | 1:2", "0:强制", "0:处罚 | 1:3", "0:收费 | 1:4",
        "三、收到和处理政府信息公开申请情况", "[2] 2×2", "0:甲 | 1:5", "0:乙 | 1:6", "五、",
      ]),
    Case(
      "one column is a run of lines",
      "<table><tr><td>规章</td></tr><tr><td>1<br>2</td></tr></table>", ["规章", "1", "2"]),
    Case(
      "an inner table left open",
      """
      <table><tr><td>a</td><td><table><tr><td>1</td><td>2</td></tr></td><td>3</td></tr></table>
      """,
      ["a", "[1] 2×2", "0:1 | 1:2", "0:3"]),
    Case(
      "a table between the cells of another ends it",
      """
      <table><tr><td>a</td><td>b</td></tr><table><tr><td>1</td><td>2</td></tr></table>
      <tr><td>c</td><td>d</td></tr></table>
      """,
      ["[1] 1×2", "0:a | 1:b", "[2] 1×2", "0:1 | 1:2", "[3] 1×2", "0:c | 1:d"]),
    Case(
      "text between cells stands in front",
      "<table><tr><td>a</td>单位:万元<td>1</td></tr></table>",
      ["单位:万元", "[1] 1×2", "0:a | 1:1"]),
    Case(
      "the caption stands in front",
      "<table><caption>表二</caption><tr><td>a</td><td>1</td></tr></table>",
      ["表二", "[1] 1×2", "0:a | 1:1"]),
    Case(
      "cells outside any table",
      "<div><tr><td>a</td><td>1</td></tr><tr><td>b</td><td>2</td></tr></div><p>后文</p>",
      ["[1] 2×2", "0:a | 1:1", "0:b | 1:2", "后文"]),
    Case(
      "pictures in cells stand behind the table",
      """
      <p>前<img src="/x/图1.png?v=1"></p><table><tr><td>a</td><td><img alt="表三" src="y.jpg"></td>
      </tr></table><img src="data:image/png;base64,AAAA"><img src=dot.gif width=1 height=1>
      """,
      ["前", "! 图1.png", "[1] 1×2", "0:a | 1:!", "! 表三 y.jpg", "! "]),
    Case(
      "what is shown without being text is no blank cell",
      """
      <table><tr><td>a</td><td><select><option>1<option selected>2</select></td><td><svg></svg></td>
      <td><img src=dot.gif width=1 height=1></td></tr></table>
      """,
      ["[1] 1×4", "0:a | 1:! | 2:! | 3:"]),
    Case(
      "Word's markup",
      """
      <table class=MsoTable><![if !supportMisalignedRows]><tr style='mso-yfti-irow:0'>
      <td width=64 style='width:48.0pt;mso-x:"a;b"'><p class=MsoNormal align=center><span
      style='font-family:宋体'>规章</span><span lang=EN-US><o:p></o:p></span></p></td>
      <td><p><span lang=EN-US>1<o:p>&nbsp;</o:p></span></p><!--[if gte mso 9]><b>7</b><![endif]--></td>
      </tr><![endif]></table>
      """,
      ["[1] 1×2", "0:规章 | 1:1"]),
    Case(
      "hidden, struck-out and deleted cells and words",
      """
      <table><tr><td>a</td><td style="DISPLAY : none">8</td><td><del>5</del>6</td>
      <td><s>1</s>2<sup>1</sup></td><td><script>document.write(3)</script>4</td></tr></table>
      """,
      ["[1] 1×4", "0:a | 1:6 | 2:2 1 | 3:4"]),
    Case(
      "figures in the fields of a form",
      """
      <table><tr><td>规章</td><td><input value="4"></td><td><input type=hidden value=9>
      <input type="TEXT" value=" 5 "></td></tr></table>
      """,
      ["[1] 1×3", "0:规章 | 1:4 | 2:5"]),
    Case(
      "lines of a cell",
      "<table><tr><td>商业<br>企业</td><td><p>1</p><p></p><p>2</p></td></tr></table>",
      ["[1] 1×2", "0:商业⏎企业 | 1:1⏎2"]),
  ]

  @Test("Tables become grids", arguments: cases)
  func tablesBecomeGrids(_ example: Case) throws {
    #expect(outline(try read(example.html).document) == example.outline)
  }

  @Test func `A report written in one table stays a table`() throws {
    let words = String(repeating: "本单位依法公开政府信息。", count: 80)
    var html = "<table><tr><td colspan=3>一、总体情况</td></tr><tr><td colspan=3>\(words)</td></tr>"
    for row in 1...10 { html += "<tr><td>行\(row)</td><td>\(row)</td><td>0</td></tr>" }
    let document = try read(html + "</table>").document
    guard case .table(let table) = document.blocks.first else {
      Issue.record("no table")
      return
    }
    #expect(document.blocks.count == 1)
    #expect(table.rowCount == 12)
    #expect(table.columnCount == 3)
  }

  @Test func `A few cells around an article lay out the page`() throws {
    let words = String(repeating: "本单位依法公开政府信息。", count: 80)
    let document = try read("<table><tr><td>导航</td><td>\(words)</td></tr></table>").document
    #expect(outline(document) == ["导航", words])
  }
}
