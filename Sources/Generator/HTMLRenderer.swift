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

  mutating func page() -> String {
    let prose = Prose(report)
    let furniture = Furniture(report: report)
    var article: [String] = []
    let title = prose.title(layout.title)
    article.append(heading(title))
    article.append(paragraph(layout.furniture ? furniture.dateLine : furniture.plainDateLine))
    for section in Section.allCases where !report.sectionsMissing.contains(section) {
      article.append(paragraph(prose.heading(section), strong: true))
      article += prose.paragraphs(section).map { paragraph($0) }
      for grid in report.grids(section, layout) { article += table(grid) }
    }
    var lines = ["<!DOCTYPE html>", "<html>", "<head>"] + meta(title.joined())
    lines += ["</head>", "<body>"]
    lines += around(article, furniture)
    lines += ["</body>", "</html>"]
    if layout.shape == .oneLine { return lines.joined() }
    let end = layout.carriageReturns ? "\r\n" : "\n"
    return lines.joined(separator: end) + end
  }

  /// The form as an office sends it round: headings and labels, no unit, no year, no figure.
  func blankForm() -> String {
    var renderer = self
    var lines = ["<!DOCTYPE html>", "<html>", "<head>"] + meta("政府信息公开工作年度报告格式")
    lines += ["</head>", "<body>", heading(["政府信息公开工作年度报告", "（格式）"])]
    for section in Section.allCases {
      lines.append(paragraph(Prose(report).heading(section), strong: true))
      for grid in report.grids(section, layout) { lines += renderer.table(grid) }
    }
    return (lines + ["</body>", "</html>"]).joined(separator: "\n")
  }

  private func meta(_ title: String) -> [String] {
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

  private func around(_ article: [String], _ furniture: Furniture) -> [String] {
    let head =
      layout.furniture ? furniture.head.map { "<div class=\"nav\">\(escaped($0))</div>" } : []
    let foot =
      layout.furniture ? furniture.foot.map { "<div class=\"foot\">\(escaped($0))</div>" } : []
    switch layout.shape {
    case .nested:
      return [
        "<table width=\"100%\" border=0><tr><td>", "<table><tr><td>",
      ] + head + [
        "</td></tr></table>", "</td></tr><tr><td>",
        "<table cellpadding=5><tr><td width=20>&nbsp;</td><td>",
      ] + article + [
        "</td></tr></table>", "</td></tr><tr><td>",
      ] + foot + ["</td></tr></table>"]
    case .soup:
      return [
        "<div id=\"app\"><div class=\"wrap\"><script>var n = '规章 0 0 0'; if (1 < 2) { n = 3; }</script>",
        "<ul class=\"menu\"><li><a href=\"/a\">政务公开</a></li><li><a href=\"/b\">互动交流</a></li></ul>",
      ] + head + ["<div class=\"main\"><div class=\"article\"><div class=\"con\">"] + article + [
        "</div></div></div>",
        "<div class=\"side\"><h3>相关信息</h3><ul><li><a href=\"/c\">办事指南</a></li></ul></div>",
      ] + foot + ["</div></div>"]
    default: return head + article + foot
    }
  }

  private func heading(_ lines: [String]) -> String {
    let words = lines.map(escaped).joined(separator: layout.shape == .word ? "<br>" : "<br/>")
    return layout.shape == .word
      ? "<p class=MsoNormal align=center><b><span style='font-size:22.0pt'>\(words)<o:p></o:p></span></b></p>"
      : "<h1>\(words)</h1>"
  }

  private func paragraph(_ text: String, strong: Bool = false) -> String {
    let words = escaped(text)
    switch layout.shape {
    case .word:
      // A word processor starts a new run wherever the font changes: inside words, too.
      return
        "<p class=MsoNormal style='text-indent:32.0pt'>\(strong ? "<b>" : "")<span lang=ZH-CN "
        + "style='font-size:16.0pt;font-family:仿宋'>\(words)</span><span lang=EN-US><o:p></o:p></span>"
        + "\(strong ? "</b>" : "")</p>"
    case .soup:
      return "<div class=\"p\"><span>\(strong ? "<strong>\(words)</strong>" : words)</span></div>"
    default: return "<p>\(strong ? "<strong>\(words)</strong>" : words)</p>"
    }
  }

  // MARK: Tables

  private mutating func table(_ grid: Grid) -> [String] {
    if layout.shape == .paragraphs {
      return grid.rows.flatMap { $0 }.flatMap { slot -> [String] in
        if slot.role == .figure {
          let printed = layout.print(slot.text, &random)
          return printed.isEmpty ? [] : ["<p>\(escaped(printed))</p>"]
        }
        return Grid.words(slot, layout).split(separator: "\n").map {
          "<p>\(escaped(String($0)))</p>"
        }
      }
    }
    let word = layout.shape == .word
    var lines = [
      word
        ? "<table class=MsoNormalTable border=1 cellspacing=0 cellpadding=0 style='border-collapse:collapse'>"
        : "<table>"
    ]
    let headRows = grid.rows.prefix { $0.allSatisfy { $0.role != .figure } }.count
    let marked = layout.shape == .clean
    for (number, row) in grid.rows.enumerated() {
      if marked, number == 0 { lines.append("<thead>") }
      if marked, number == headRows { lines.append("</thead><tbody>") }
      lines.append(
        (word ? "<tr style='height:20.0pt'>" : "<tr>")
          + row.map { cell($0, head: marked && number < headRows) }.joined() + "</tr>")
    }
    if marked { lines.append("</tbody>") }
    return lines + ["</table>"]
  }

  private mutating func cell(_ slot: Grid.Slot, head: Bool) -> String {
    let tag = head ? "th" : "td"
    var open = "<\(tag)"
    if slot.rowSpan > 1 { open += " rowspan=\"\(slot.rowSpan)\"" }
    if slot.columnSpan > 1 { open += " colspan=\"\(slot.columnSpan)\"" }
    let printed =
      slot.role == .figure ? layout.print(slot.text, &random) : Grid.words(slot, layout)
    let parts = printed.split(separator: "\n").map { escaped(String($0)) }
    let content: String
    switch layout.shape {
    case .word:
      open += " width=64 valign=top style='width:48.0pt;padding:0cm 5.4pt'"
      content =
        "<p class=MsoNormal align=center><span lang=EN-US>"
        + (parts.isEmpty ? "<o:p>&nbsp;</o:p>" : parts.joined(separator: "<br>\n"))
        + "</span></p>"
    case .soup, .nested:
      content = parts.isEmpty ? "<p>&nbsp;</p>" : parts.map { "<p>\($0)</p>" }.joined()
    default: content = parts.isEmpty ? "&nbsp;" : parts.joined(separator: "<br/>")
    }
    return open + ">" + content + "</\(tag)>"
  }

  private func escaped(_ text: String) -> String {
    var result = ""
    let text = layout.halfWidth ? Grid.narrowed(text) : text
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
