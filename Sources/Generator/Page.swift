import Forms
import Reports

/// A report as a sequence of what stands on its page, before it is known how it is printed.
struct Page {
  enum Item {
    /// A line of the web site around the report, above or below it.
    case siteHead(String)
    case siteFoot(String)
    case title([String])
    case words(String)
    case heading(String)
    case grid(Grid)
  }

  var items: [Item] = []

  init(_ report: SyntheticReport, _ layout: Layout, _ random: inout SplitMix64) {
    let prose = Prose(report)
    let furniture = Furniture(report: report)
    let traits = layout.traits
    if layout.furniture { items += furniture.head.map(Item.siteHead) }
    if traits.contains(.chrome) { items.append(.siteHead("长者版 无障碍 | 登录 注册 | 分享到：微信 微博")) }
    if traits.contains(.quoted) { items += PageWords.before.map(Item.words) }
    var title = prose.title(layout.title)
    if traits.contains(.gluedSite) {
      title[title.count - 1] += random.pick(["-", "_", " | "]) + furniture.site
    }
    items.append(.title(title))
    items.append(.words(layout.furniture ? furniture.dateLine : furniture.plainDateLine))
    if traits.contains(.chrome) { items.append(.words("【字体：大 中 小】 打印 收藏 分享到：")) }
    let sections = Section.allCases.filter { !report.sectionsMissing.contains($0) }
    let headings = Dictionary(
      uniqueKeysWithValues: sections.map {
        ($0, PageWords.heading($0, prose: prose, traits, &random))
      })
    if traits.contains(.contents) {
      items.append(.words("目　录"))
      for (number, section) in sections.enumerated() {
        guard let heading = headings[section] else { continue }
        items.append(.words("\(heading)……………………\(number / 2 + 1)"))
      }
    }
    if traits.contains(.metadata) {
      items.append(.grid(PageWords.metadata(report, random.int(100...999))))
    }
    for section in sections {
      if let heading = headings[section], !heading.isEmpty { items.append(.heading(heading)) }
      items += prose.paragraphs(section).map { .words(PageWords.paragraph($0, traits)) }
      let grids = report.grids(section, layout, &random)
      if !grids.isEmpty { items += PageWords.between(report, section, traits).map(Item.words) }
      items += grids.map(Item.grid)
    }
    if traits.contains(.quoted) { items += PageWords.after.map(Item.words) }
    if layout.furniture { items += furniture.foot.map(Item.siteFoot) }
    rewrite(Script(traits, seed: random.next()))
  }

  /// Changes the characters of all words; figures stay.
  private mutating func rewrite(_ script: Script) {
    guard script.changes else { return }
    items = items.map { item in
      switch item {
      case .siteHead(let text): .siteHead(script.write(text))
      case .siteFoot(let text): .siteFoot(script.write(text))
      case .title(let lines): .title(lines.map { script.write($0) })
      case .words(let text): .words(script.write(text))
      case .heading(let text): .heading(script.write(text))
      case .grid(var grid):
        .grid(
          {
            for row in grid.rows.indices {
              for slot in grid.rows[row].indices where grid.rows[row][slot].role != .figure {
                grid.rows[row][slot].text = script.write(grid.rows[row][slot].text)
              }
            }
            return grid
          }())
      }
    }
  }
}

/// What the traits of a page say.
private enum PageWords {
  static let before = [
    "政务信息摘登", "编者按：为方便群众查阅，现将有关单位报来的材料全文登载如下，供各单位学习参考。",
  ]
  static let after = ["以上材料由报送单位负责解释。欢迎读者来信。"]

  static func heading(
    _ section: Section, prose: Prose, _ traits: Set<Trait>, _ random: inout SplitMix64
  ) -> String {
    var numeral = section.numeral
    if traits.contains(.restarted), section != .overview,
      let before = Section(rawValue: section.rawValue - 1)
    {
      numeral = before.numeral
    }
    if traits.contains(.noFirstHeading), section == .overview { return "" }
    let words =
      traits.contains(.olderHeadings) && !section.title.variants.isEmpty
      ? random.pick(section.title.variants) : section.title.official
    guard traits.contains(.olderHeadings) || traits.contains(.restarted) else {
      return prose.heading(section)
    }
    return "\(numeral)、\(words)"
  }

  static func paragraph(_ text: String, _ traits: Set<Trait>) -> String {
    var text = text
    if traits.contains(.subNumbers) {
      for (number, numeral) in ["（一）", "（二）", "（三）", "（四）", "（五）"].enumerated()
      where text.hasPrefix(numeral) {
        text = "\(number + 1).\(text.dropFirst(numeral.count))"
      }
    }
    if traits.contains(.lostCharacters), text.contains("统计期限") {
      text = text.filter { $0 != "年" && $0 != "月" }
    }
    return text
  }

  static func metadata(_ report: SyntheticReport, _ number: Int) -> Grid {
    func slot(_ text: String) -> Grid.Slot { Grid.Slot(text: text, role: .caption) }
    return Grid(rows: [
      [
        slot("索引号"), slot("00\(number)\(report.year)-0\(number % 9)"), slot("发布机构"),
        slot(report.organ.name),
      ],
      [slot("生成日期"), slot("\(report.published)"), slot("废止日期"), slot("")],
      [slot("文号"), slot("无"), slot("主题分类"), slot("政府信息公开年度报告")],
    ])
  }

  static func between(
    _ report: SyntheticReport, _ section: Section, _ traits: Set<Trait>
  ) -> [String] {
    var lines: [String] = []
    if traits.contains(.textBeforeTable), section == .requests,
      let received = report.value("t3.new_received.total"),
      let done = report.value("t3.results_total.total")
    {
      lines.append("\(report.organ.short)全年共收到申请\(received)件，办结\(done)件，均在法定时限内作出答复。")
    }
    if traits.contains(.lineBeforeTable) {
      lines.append("单位：\(report.organ.name) \(report.year)年度")
    }
    return lines
  }
}
