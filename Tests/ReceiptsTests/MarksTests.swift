import Forms
import Receipts
import Reports
import Testing

/// What a cell looks like for what is said about it.
@Suite struct Marks {
  private func cell(_ name: String, _ example: Example) throws -> Markup.Node {
    let root = try Markup(receiptHTML(try example.content())).root
    return try #require(root.all("td").first { $0.attributes["id"] == name })
  }

  @Test(arguments: [
    ("t3.granted.natural", "f wrong suspect", "✗3①②如改为 8 则平衡"),
    ("t3.granted.total", "f wrong", "✗9①"), ("t3.results_total.natural", "f wrong", "✗11②"),
    ("t3.partial.natural", "f sum", "1"), ("t3.granted.company", "f sum", "1"),
    ("t2.coercion.decisions", "f wrong", "✗-4③"),
    ("t3.reject_repeat.company", "f unsure", "?空白"),
    ("t3.reject_petition.natural", "f sum unsure", "?O"),
    ("t3.reject_abusive.charity", "f", "空白"), ("t3.deny_third_party.research", "f", "0"),
    ("t2.fee.amount_wan", "f", "3.50万元读作 3.50"),
  ])
  func `a cell shows what stands there and what is said about it`(
    name: String, style: String, text: String
  ) throws {
    let cell = try cell(name, .returned)
    #expect(cell.attributes["class"] == style)
    #expect(cell.text == text)
  }

  @Test func `a cell that is said not to apply is shown as printed`() throws {
    #expect(try cell("t4.suit_direct.pending", .warnings).text == "/")
  }

  @Test func `an uncertain cell tells why it is so`() throws {
    let title = try cell("t3.reject_repeat.company", .returned).attributes["title"]
    #expect(title == "“（五）不予处理 2.重复申请”行“商业企业”列：这一行的格数与表格不符；原文“2.重复申请 0 0”")
  }

  @Test func `what one cell explains is one thing to mend, and errors come first`() throws {
    let root = try Markup(receiptHTML(try Example.returned.content())).root
    let list = try #require(root.all("ol").first)
    #expect(list.children.count == 4)
    #expect(list.children[0].text.contains("如改为 8"))
    #expect(list.children[0].text.hasSuffix("①②"))
    #expect(list.children.map { $0.text.prefix(5) } == ["✗ 需更正", "✗ 需更正", "△ 请核对", "△ 请核对"])
  }

  @Test func `more than fifty findings keep their numbers`() throws {
    var content = try Example.accepted.content()
    content.findings = (1...60).map {
      Finding(check: "X-\($0)", severity: .warning, message: "第 \($0) 句")
    }
    let items = try Markup(receiptHTML(content)).root.all("li").filter {
      $0.attributes["id"] != nil
    }
    #expect(items.count == 60)
    #expect(items[49].text.hasPrefix("㊿"))
    #expect(items[50].text.hasPrefix("(51)"))
  }
}
