import Receipts
import Testing

@Suite struct Goldens {
  @Test(arguments: Example.allCases)
  func `a receipt reads as it did`(example: Example) throws {
    let content = try example.content()
    try expectGolden(receiptHTML(content), "\(example.rawValue).html")
    try expectGolden(receiptText(content), "\(example.rawValue).txt")
    try expectGolden(checkText(content), "\(example.rawValue).check.txt")
  }

  @Test(arguments: Example.allCases)
  func `a page is well-formed, whole in itself and without script`(example: Example) throws {
    let html = receiptHTML(try example.content())
    let root = try Markup(html).root
    for name in ["script", "link", "img", "iframe", "object", "form", "base"] {
      #expect(root.all(name).isEmpty)
    }
    #expect(!html.contains("url(") && !html.contains("@import") && !html.contains(" style="))
    for node in root.all("a") {
      let target = try #require(node.attributes["href"])
      #expect(target.hasPrefix("#n"))
      let ids = root.all("li").compactMap { $0.attributes["id"] }
      #expect(ids.contains(String(target.dropFirst())))
    }
    let ids = (root.all("li") + root.all("td") + root.all("caption")).compactMap {
      $0.attributes["id"]
    }
    #expect(Set(ids).count == ids.count)
  }

  @Test(arguments: Example.allCases)
  func `no line of a text receipt is wider than a page`(example: Example) throws {
    let content = try example.content()
    for line in receiptText(content).split(separator: "\n")
      + checkText(content).split(separator: "\n")
    {
      #expect(displayWidth(line) <= 78, "\(line)")
    }
  }
}
