import Foundation
import Receipts
import Reports
import Testing

@Suite struct `The overview` {
  static func pages(_ content: OverviewContent) -> [(name: String, html: String)] {
    [
      ("overview", overviewHTML(content)), ("unit", unitHTML(content.units[0], content)),
      ("notice", noticeHTML(content)),
    ]
  }

  @Test func `reads as it did`() throws {
    for (name, html) in Self.pages(Office.content()) { try expectGolden(html, "\(name).html") }
    try expectGolden(overviewHTML(Office.content(language: .english)), "overviewEnglish.html")
  }

  @Test(arguments: Language.allCases)
  func `is well-formed, whole in itself and without script`(language: Language) throws {
    for (_, html) in Self.pages(Office.content(language: language)) {
      let root = try Markup(html).root
      for name in ["script", "link", "img", "iframe", "object", "form", "base"] {
        #expect(root.all(name).isEmpty)
      }
      #expect(!html.contains("url(") && !html.contains("@import") && !html.contains(" style="))
      #expect(root.all("h1").count == 1 && !root.all("title")[0].text.isEmpty)
      for table in root.all("table") {
        #expect(try Grid(table).isRectangle)
        #expect(table.all("caption").count == 1)
        #expect(table.all("th").allSatisfy { $0.attributes["scope"] != nil })
      }
      for box in root.all("div") where box.attributes["role"] == "region" {
        let name = box.attributes["aria-labelledby"]
        #expect(box.all("caption").contains { $0.attributes["id"] == name })
      }
    }
  }

  @Test func `says every state in sign and word, not by colour alone`() throws {
    let root = try Markup(overviewHTML(Office.content())).root
    let board = try #require(root.all("table").first)
    let words = Set(board.all("td").map(\.text))
    let expected = [
      "✓ 已接收", "△ 请核对", "◇ 更正退回", "✗ 退回 3 处", "○ 未报", "◔ 临期未报", "! 逾期未报", "– 无",
    ]
    #expect(words.isSuperset(of: expected), "\(words)")
    #expect(words.contains { $0.hasSuffix("·迟") })
    let signs = words.map { $0.prefix { $0 != " " } }
    #expect(Set(signs).count == Office.states.count)
  }

  @Test func `leads from each cell to its receipt, from any page`() throws {
    let content = Office.content()
    let receipts = Set(
      content.units.flatMap { $0.standings.compactMap { $0.report?.receipt } }
        + content.refused.compactMap(\.filing.receipt))
    func targets(_ html: String) throws -> [String] {
      try Markup(html).root.all("a").compactMap { $0.attributes["href"] }
    }
    let overview = try targets(overviewHTML(content))
    let led = Set(overview.compactMap { $0.removingPercentEncoding }.map { Array($0.utf8) })
    #expect(led.isSuperset(of: receipts))
    #expect(overview.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } && !$0.contains("?") })
    #expect(overview.contains("notice.html"))
    #expect(overview.contains { $0.hasPrefix("units/%E9%9D%92") })
    for target in try targets(unitHTML(content.units[0], content)) {
      #expect(target.hasPrefix("../"))
    }
  }

  @Test func `counts what is expected, accepted, to be mended, missing and late`() throws {
    let root = try Markup(overviewHTML(Office.content())).root
    let tiles = try #require(root.all("dl").first)
    let counts = zip(tiles.all("dt"), tiles.all("dd")).map { "\($0.text) \($1.text)" }
    // Seven on the roster, one of each state but none; the eighth is a stranger who filed nothing.
    #expect(
      counts == [
        "应报 7", "✓ 已接收 3", "△ 其中请核对 1", "✗ 退回待更正 1", "○ 未报 2", "! 逾期未报 1",
        "正在处理 2",
      ])
  }

  @Test func `counts who is on no roster apart`() throws {
    var content = Office.content()
    content.units[7].standings[content.years.count - 1] = .init(state: .accepted)
    let tiles = try #require(try Markup(overviewHTML(content)).root.all("dl").first)
    let counts = zip(tiles.all("dt"), tiles.all("dd")).map { "\($0.text) \($1.text)" }
    #expect(counts.contains("✓ 已接收 3") && counts.contains("名册以外 1"), "\(counts)")
    let notice = noticeHTML(content)
    #expect(notice.contains("应报 7 个单位，已接收 3 个") && notice.contains("另有名册以外单位 1 个"))
  }

  @Test func `lists whom to follow up, and what to say`() {
    let html = overviewHTML(Office.content())
    #expect(html.contains("应于 1月31日 报送，逾期 4 天"))
    #expect(html.contains("1月31日 到期，还有 3 天"))
    #expect(html.contains("3 处需更正"))
  }

  @Test func `draws a value that is not zero, and none for zero`() throws {
    let root = try Markup(overviewHTML(Office.content())).root
    let bars = root.all("svg").filter { $0.attributes["aria-hidden"] == "true" }
    let widths = bars.map { $0.all("rect").map { Double($0.attributes["width"] ?? "") ?? -1 } }
    #expect(widths.suffix(3) == [[100, 98.59], [0, 100], [0, 0]])
  }

  @Test func `tells the progress in words beside the plot`() {
    let html = overviewHTML(Office.content())
    #expect(html.contains("2024年度已有 5 个单位报送；2023年度同日 3 个，共 6 个"))
  }

  @Test(arguments: ["<script>alert(1)</script>", "\"><img src=x>", "\u{202E}镇", "镇\u{0}"])
  func `keeps its elements whatever a unit calls itself`(attack: String) throws {
    func names(_ node: Markup.Node) -> [String] { [node.name] + node.children.flatMap(names) }
    let hostile = Office.content(name: { _ in attack })
    let plain = Office.content(name: { _ in "镇" })
    for (one, other) in zip(Self.pages(hostile), Self.pages(plain)) {
      #expect(names(try Markup(one.html).root) == names(try Markup(other.html).root))
    }
  }

  @Test func `of sixty units and ten years stays below a megabyte`() {
    let content = Office.content(units: 60, years: 10)
    #expect(overviewHTML(content).utf8.count < 1_000_000)
    #expect(unitHTML(content.units[0], content).utf8.count < 100_000)
    #expect(noticeHTML(content).utf8.count < 100_000)
  }

  @Test func `of a whole country counts regions instead of units`() throws {
    var content = Office.content(units: 0)
    content.units = (0..<170_000).map { index in
      OverviewContent.Unit(
        name: "单位\(index)", region: "县\(index % 2800)", due: Office.day(2025, 1, 31),
        standings: [.init(state: index % 5 == 0 ? .late : .accepted)], page: nil)
    }
    content.years = [2024]
    let html = overviewHTML(content)
    #expect(html.utf8.count < 1_500_000)
    let table = try #require(try Markup(html).root.all("table").first)
    #expect(table.all("tbody")[0].all("tr").count == 2800)
    #expect(html.contains("等，共 34000 个"))
  }

  @Test func `without a roster misses nobody`() {
    var content = Office.content()
    content.hasRoster = false
    for index in content.units.indices { content.units[index].due = nil }
    for html in [overviewHTML(content), noticeHTML(content)] { #expect(!html.contains("应报 ")) }
  }

  @Test func `puts on the wall who has filed, not what is to be checked`() {
    let html = noticeHTML(Office.content())
    #expect(html.contains("应报 7 个单位，已接收 3 个，退回待更正 1 个，未报 3 个（其中逾期 1 个）"))
    #expect(!html.contains("请核对") && !html.contains("临期") && !html.contains("更正退回"))
    #expect(html.contains("（迟报）") && html.contains("（单位盖章）"))
  }
}
