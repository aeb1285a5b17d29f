import Forms
import Reports

/// Prints a report as a web page.
struct HTMLRenderer {
  let report: SyntheticReport
  let layout: Layout
  var random: SplitMix64

  init(_ report: SyntheticReport, _ layout: Layout, _ random: SplitMix64) {
    self.report = report
    self.layout = layout
    self.random = random
  }

  mutating func fragments() -> [Fragment] {
    let furniture = Furniture(report: report)
    var marks = random.fork(4)
    let page = Page(report, layout, &marks)
    var article: [[Fragment]] = []
    var title = Prose(report).title(layout.title).joined()
    var head: [String] = []
    var foot: [String] = []
    for item in page.items {
      switch item {
      case .siteHead(let text): head.append(text)
      case .siteFoot(let text): foot.append(text)
      case .title(let lines):
        title = lines.joined()
        article.append(heading(lines))
      case .words(let text): article.append(paragraph(text, .words))
      case .heading(let text): article.append(paragraph(text, .heading, strong: true))
      case .grid(let grid):
        if layout.traits.contains(.hidden) { article.append(hidden(&marks)) }
        article += table(grid)
      }
    }
    var lines = (["<!DOCTYPE html>", "<html>", "<head>"] + meta(title, furniture)).map(tag)
    lines += ["</head>", "<body>"].map(tag)
    lines += around(article, head, foot)
    lines += ["</body>", "</html>"].map(tag)
    if layout.shape == .oneLine { return Array(lines.joined()) }
    let end = Fragment(layout.carriageReturns ? "\r\n" : "\n", .lineEnd)
    return Array(lines.joined(separator: [end])) + [end]
  }

  private func tag(_ text: String) -> [Fragment] { [Fragment(text, .tag)] }

  /// The form as an office sends it round: headings and labels, no unit, no year, no figure.
  func blankForm() -> String {
    var renderer = self
    var marks = random
    var lines =
      (["<!DOCTYPE html>", "<html>", "<head>"]
      + meta("政府信息公开工作年度报告格式", Furniture(report: report))).map(tag)
    lines += ["</head>", "<body>"].map(tag) + [heading(["政府信息公开工作年度报告", "（格式）"])]
    for section in Section.allCases {
      lines.append(paragraph(Prose(report).heading(section), .heading, strong: true))
      for grid in report.grids(section, layout, &marks) { lines += renderer.table(grid) }
    }
    lines += ["</body>", "</html>"].map(tag)
    return lines.map { $0.map(\.text).joined() }.joined(separator: "\n")
  }

  private func meta(_ title: String, _ furniture: Furniture) -> [String] {
    var lines: [String] = []
    if let set = layout.encoding.declared {
      lines.append(
        layout.shape == .word || layout.encoding == .gbkAsGB2312
          ? "<meta http-equiv=Content-Type content=\"text/html; charset=\(set)\">"
          : "<meta charset=\"\(set)\">")
    }
    let site = layout.furniture ? "_\(report.organ.county)人民政府" : ""
    lines.append("<title>\(escaped(title))\(site)</title>")
    if layout.shape == .word {
      lines.append(
        "<style><!-- p.MsoNormal {margin:0cm; font-family:宋体} @page Section1 {size:595pt 842pt} --></style>"
      )
    }
    return lines
  }

  // MARK: The page around the article

  private func around(
    _ article: [[Fragment]], _ head: [String], _ foot: [String]
  ) -> [[Fragment]] {
    func site(_ lines: [String], _ name: String) -> [[Fragment]] {
      lines.map {
        [
          Fragment("<div class=\"\(name)\">", .tag), Fragment(escaped($0), .words),
          Fragment("</div>", .tag),
        ]
      }
    }
    let head = site(head, "nav")
    let foot = site(foot, "foot")
    switch layout.shape {
    case .nested:
      return [
        "<table width=\"100%\" border=0><tr><td>", "<table><tr><td>",
      ].map(tag) + head
        + [
          "</td></tr></table>", "</td></tr><tr><td>",
          "<table cellpadding=5><tr><td width=20>&nbsp;</td><td>",
        ].map(tag) + article
        + [
          "</td></tr></table>", "</td></tr><tr><td>",
        ].map(tag) + foot + ["</td></tr></table>"].map(tag)
    case .soup:
      return [
        "<div id=\"app\"><div class=\"wrap\"><script>var n = '规章 0 0 0'; if (1 < 2) { n = 3; }</script>",
        "<ul class=\"menu\"><li><a href=\"/a\">政务公开</a></li><li><a href=\"/b\">互动交流</a></li></ul>",
      ].map(tag) + head
        + ["<div class=\"main\"><div class=\"article\"><div class=\"con\">"].map(tag)
        + article
        + [
          "</div></div></div>",
          "<div class=\"side\"><h3>相关信息</h3><ul><li><a href=\"/c\">办事指南</a></li></ul></div>",
        ].map(tag) + foot + ["</div></div>"].map(tag)
    default: return head + article + foot
    }
  }

  private func heading(_ lines: [String]) -> [Fragment] {
    let word = layout.shape == .word
    var line = [
      Fragment(
        word
          ? "<p class=MsoNormal align=center><b><span style='font-size:22.0pt'>" : "<h1>", .tag)
    ]
    for (number, text) in lines.enumerated() {
      if number > 0 { line.append(Fragment(word ? "<br>" : "<br/>", .tag)) }
      line.append(Fragment(escaped(text), .title))
    }
    return line + [Fragment(word ? "<o:p></o:p></span></b></p>" : "</h1>", .tag)]
  }

  private func paragraph(
    _ text: String, _ kind: Fragment.Kind, strong: Bool = false
  ) -> [Fragment] {
    let (open, close) =
      switch layout.shape {
      // A word processor starts a new run wherever the font changes: inside words, too.
      case .word:
        (
          "<p class=MsoNormal style='text-indent:32.0pt'>\(strong ? "<b>" : "")<span lang=ZH-CN "
            + "style='font-size:16.0pt;font-family:仿宋'>",
          "</span><span lang=EN-US><o:p></o:p></span>\(strong ? "</b>" : "")</p>"
        )
      case .soup:
        (
          "<div class=\"p\"><span>\(strong ? "<strong>" : "")",
          "\(strong ? "</strong>" : "")</span></div>"
        )
      default: ("<p>\(strong ? "<strong>" : "")", "\(strong ? "</strong>" : "")</p>")
      }
    return [Fragment(open, .tag), Fragment(escaped(text), kind), Fragment(close, .tag)]
  }

  /// Figures of another table that no reader sees.
  private func hidden(_ random: inout SplitMix64) -> [Fragment] {
    let words = "规章 \(random.int(1...9)) \(random.int(1...9)) 行政许可 \(random.int(10...99))"
    return [
      Fragment(
        random.pick([
          "<div style=\"display:none\"><p>\(words)</p></div>",
          "<p style=\"DISPLAY: none;\">\(words)</p>", "<!-- \(words) -->",
          "<div hidden>\(words)</div>",
          "<table style=\"display: none\"><tr><td>行政许可</td><td>77</td></tr></table>",
        ]), .tag)
    ]
  }

  // MARK: Tables

  private mutating func table(_ grid: Grid) -> [[Fragment]] {
    if layout.shape == .paragraphs {
      return grid.rows.flatMap { $0 }.flatMap { slot -> [[Fragment]] in
        if slot.role == .figure {
          let printed = layout.print(slot.text, &random)
          return printed.isEmpty
            ? [] : [inParagraph(Fragment(escaped(printed, asPrinted: true), .figure, slot.cells))]
        }
        return Grid.words(slot, layout).split(separator: "\n").map {
          inParagraph(Fragment(escaped(String($0)), slot.kind, slot.cells))
        }
      }
    }
    let word = layout.shape == .word
    let traits = layout.traits
    var lines = [
      tag(
        word
          ? "<table class=MsoNormalTable border=1 cellspacing=0 cellpadding=0 style='border-collapse:collapse'>"
          : "<table>")
    ]
    let headRows = grid.headRows
    let marked = layout.shape == .clean && !traits.contains(.bodies)
    for (number, row) in grid.rows.enumerated() {
      if marked, number == 0 { lines.append(tag("<thead>")) }
      if marked, number == headRows { lines.append(tag("</thead><tbody>")) }
      var line = tag(word ? "<tr style='height:20.0pt'>" : "<tr>")
      for slot in row {
        let isHead =
          marked && number < headRows
          || traits.contains(.headerCells) && (slot.role == .label || slot.role == .head)
        line += cell(slot, head: isHead)
      }
      if !traits.contains(.openTags) { line += tag("</tr>") }
      if traits.contains(.bodies) { line = tag("<tbody>") + line + tag("</tbody>") }
      lines.append(line)
    }
    if marked { lines.append(tag("</tbody>")) }
    return lines + [tag("</table>")]
  }

  private func inParagraph(_ fragment: Fragment) -> [Fragment] {
    [Fragment("<p>", .tag), fragment, Fragment("</p>", .tag)]
  }

  private mutating func cell(_ slot: Grid.Slot, head: Bool) -> [Fragment] {
    let name = head ? "th" : "td"
    var open = "<\(name)"
    if slot.rowSpan > 1 { open += " rowspan=\"\(slot.rowSpan)\"" }
    if slot.columnSpan > 1 { open += " colspan=\"\(slot.columnSpan)\"" }
    let printed =
      slot.role == .figure ? layout.print(slot.text, &random) : Grid.words(slot, layout)
    let parts = printed.split(separator: "\n").map {
      Fragment(escaped(String($0), asPrinted: slot.role == .figure), slot.kind, slot.cells)
    }
    var content: [Fragment]
    switch layout.shape {
    case .word:
      open += " width=64 valign=top style='width:48.0pt;padding:0cm 5.4pt'"
      content =
        tag("<p class=MsoNormal align=center><span lang=EN-US>")
        + (parts.isEmpty ? tag("<o:p>&nbsp;</o:p>") : Self.joined(parts, "<br>\n"))
        + tag("</span></p>")
    case .soup, .nested:
      content = parts.isEmpty ? tag("<p>&nbsp;</p>") : parts.flatMap(inParagraph)
    default: content = parts.isEmpty ? tag("&nbsp;") : Self.joined(parts, "<br/>")
    }
    if layout.traits.contains(.hidden), slot.role == .figure, random.chance(0.05) {
      content += tag("<span style=\"display:none\">7</span>")
    }
    return tag(open + ">") + content + (layout.traits.contains(.openTags) ? [] : tag("</\(name)>"))
  }

  private static func joined(_ parts: [Fragment], _ separator: String) -> [Fragment] {
    Array(parts.map { [$0] }.joined(separator: [Fragment(separator, .tag)]))
  }

  /// - Parameter asPrinted: a figure, whose brackets stay as they are.
  private func escaped(_ text: String, asPrinted: Bool = false) -> String {
    var result = ""
    let text = layout.halfWidth && !asPrinted ? Grid.narrowed(text) : text
    for character in text {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      default: result.append(character)
      }
    }
    return result
  }
}
