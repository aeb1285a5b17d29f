import Forms
import Receipts
import Reports
import Testing

/// The place of each figure in a table of the form, counted by hand from the official forms.
@Suite struct Tables {
  /// Each cell with a number of its own, so that none can stand for another.
  private func numbered(_ report: Report) -> Report {
    var report = report
    for key in report.cells.keys { report.cells[key] = .number(10_000 + Int(key.index)) }
    return report
  }

  private func grids(_ report: Report) throws -> [String: Grid] {
    let content = ReceiptContent(
      file: "a", sha256: nil, bytes: 0, format: .html, outcome: .accepted, report: report)
    let tables = try Markup(receiptHTML(content)).root.all("table")
    return try Dictionary(
      uniqueKeysWithValues: tables.map { ($0.attributes["class"] ?? "", try Grid($0)) })
  }

  @Test(arguments: [
    (Report.Templates.Table2.v2021, Template.v2021, 200), (.v2019, .v2019, 198),
    (.v2021, .v2019, 186), (.v2019, .v2021, 212),
  ])
  func `every figure stands in the page once, under its own row and column`(
    two: Report.Templates.Table2, three: Template, count: Int
  ) throws {
    let report = numbered(.zeros(two: two, three: three))
    var seen: Set<String> = []
    for (name, grid) in try grids(report) {
      #expect(grid.isRectangle, "\(name)")
      for place in grid.places {
        guard let id = place.node.attributes["id"] else { continue }
        #expect(seen.insert(id).inserted, "\(id) twice")
        let key = try key(id)
        #expect(place.node.text == "\(10_000 + Int(key.index))")
        let heads = (0..<place.row).compactMap { grid.node($0, place.column)?.text }
        #expect(heads.contains(key.words.column), "\(id) under \(heads)")
        let labels = (0..<place.column).compactMap { grid.node(place.row, $0)?.text }
        if key.table == .four {
          #expect(heads.contains(key.words.row), "\(id) under \(heads)")
          if let group = key.words.group { #expect(heads.contains(group)) }
        } else {
          #expect(labels.contains(key.words.row), "\(id) beside \(labels)")
          if let group = key.words.group { #expect(labels.contains(group)) }
        }
      }
    }
    #expect(seen.count == count)
    #expect(seen == Set(report.cells.keys.map(\.name)))
  }

  @Test func `table 3 has the size and the merged heads of the form`() throws {
    let grid = try #require(try grids(.zeros())["t3"])
    #expect(grid.width == 10)
    #expect(grid.height == 28)
    let rows = [
      (0, 3, "申请人情况"), (1, 3, "自然人"), (1, 4, "法人或其他组织"), (1, 9, "总计"), (2, 4, "商业企业"),
      (2, 8, "其他"), (3, 0, "一、本年新收政府信息公开申请数量"), (5, 0, "三、本年度办理结果"), (26, 0, "三、本年度办理结果"),
      (7, 1, "（三）不予公开"), (14, 1, "（三）不予公开"), (15, 1, "（四）无法提供"), (26, 1, "（七）总计"),
      (27, 0, "四、结转下年度继续办理"),
    ]
    for (row, column, text) in rows { #expect(grid.node(row, column)?.text == text) }
  }

  @Test func `table 4 stands in one row below three rows of heads`() throws {
    let grid = try #require(try grids(.zeros())["t4"])
    #expect(grid.width == 15)
    #expect(grid.height == 4)
    #expect(grid.node(0, 5)?.text == "行政诉讼")
    #expect(grid.node(0, 14)?.text == "行政诉讼")
    #expect(grid.node(1, 10)?.text == "复议后起诉")
  }

  @Test func `a table that mixes the forms shows the blocks that are there`() throws {
    let report = try #require(try Example.mixed.content().report)
    let grid = try #require(try grids(report)["t2"])
    let captions = grid.places.filter { $0.node.attributes["class"] == "block" }.map(\.node.text)
    #expect(captions == ["第二十条第（一）项", "第二十条第（五）项", "第二十条第（六）项", "第二十条第（八）项"])
    #expect(grid.isRectangle)
    #expect(grid.places.compactMap { $0.node.attributes["id"] }.count == 10)
  }

  @Test func `the text has every figure too, in its row`() throws {
    let report = numbered(.zeros())
    let text = receiptText(
      ReceiptContent(
        file: "a", sha256: nil, bytes: 0, format: .text, outcome: .accepted, report: report))
    for key in report.cells.keys {
      #expect(text.split(separator: "\n").count { $0.contains("\(10_000 + Int(key.index))") } == 1)
    }
  }
}
