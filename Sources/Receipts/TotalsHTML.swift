public import Collection
import Forms
public import Reports

/// Totals as a page whose tables keep their shape when they are copied into Word or WPS: borders and spans stand in the
/// tables themselves, and a cell holds its figure and nothing else.
public func totalsHTML(_ totals: Totals, language: Language) -> String {
  let words = TotalsWords(totals: totals, language: language)
  let notes = element(
    "ul", [], words.notes.map { element("li", text: $0) }.joined(separator: "\n"))
  let tables = totals.tables.map { table in
    element("h2", text: words.title(table)) + grid(FormGrid(table), words.title(table), words)
  }
  let hasPartial = totals.tables.contains { $0.cells.contains(where: words.isPartial) }
  let legend =
    hasPartial
    ? element(
      "p", [],
      element("span", [("style", partial)], "&#160;12&#160;")
        + escaped(
          language.say(
            " 有单位这一格没有可加的数字（空白、“/”或没有把握），合计只含填了数字的单位。",
            en: " some unit has no figure here; the sum has those that do.")))
    : ""
  let policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
  return """
    <!DOCTYPE html>
    <html lang="\(language.say("zh-CN", en: "en"))" xmlns="http://www.w3.org/1999/xhtml">
    <head><meta charset="utf-8"/>
    <meta http-equiv="Content-Security-Policy" content="\(escaped(policy))"/>
    <meta name="viewport" content="width=device-width, initial-scale=1"/>
    <title>\(escaped(words.title))</title>
    <style>\(style)</style></head>
    <body><main><h1>\(escaped(words.title))</h1>
    <p><b>\(escaped(words.summary))</b></p>
    \(notes)
    \(legend)
    \(tables.joined(separator: "\n"))
    </main></body></html>

    """
}

private let style = """
  body{margin:0;background:#fff;color:#1c2026;font:16px/1.6 "Noto Sans CJK SC","Source Han Sans SC",\
  "PingFang SC","Microsoft YaHei","WenQuanYi Micro Hei",system-ui,sans-serif}
  main{max-width:64rem;margin:0 auto;padding:1.5rem}h1{font-size:1.4rem}h2{font-size:1.1rem}
  div{overflow-x:auto}@page{size:A4;margin:14mm 12mm}
  @media print{main{padding:0}div{overflow:visible}tr{break-inside:avoid}}
  """

// In the cells themselves: what is pasted elsewhere has no style sheet.
private let border = "border:1px solid #000;padding:2px 4px;text-align:center"
private let partial = "background:#fff3c4"

private func grid(_ grid: FormGrid, _ title: String, _ words: TotalsWords) -> String {
  let rows = grid.bands.flatMap { band in
    band.rows.map { row in
      element("tr", [], row.map { cell($0, inHead: band.isHead, words) }.joined())
    }
  }
  return element(
    "div",
    [("role", "region"), ("tabindex", "0"), ("aria-label", title)],
    element(
      "table",
      [
        ("border", "1"), ("cellspacing", "0"), ("cellpadding", "3"),
        ("style", "border-collapse:collapse;border:1px solid #000;width:100%;font-size:10.5pt"),
      ], element("tbody", [], rows.joined(separator: "\n"))))
}

private func cell(_ cell: FormGrid.Cell, inHead: Bool, _ words: TotalsWords) -> String {
  let spans: [(String, String?)] = [
    ("rowspan", cell.rowSpan > 1 ? String(cell.rowSpan) : nil),
    ("colspan", cell.columnSpan > 1 ? String(cell.columnSpan) : nil),
  ]
  func head(_ scope: String, _ text: String, _ more: String = "") -> String {
    element(
      "th", [("scope", scope), ("style", border + ";font-weight:normal" + more)] + spans,
      escaped(text))
  }
  switch cell.content {
  case .caption(let text): return head("rowgroup", text)
  case .remark(let text):
    return element("td", [("style", border + ";text-align:left")] + spans, escaped(text))
  case .columnHead(let text): return head(cell.columnSpan > 1 ? "colgroup" : "col", text)
  case .rowHead(let text):
    return head(cell.rowSpan > 1 ? "rowgroup" : "row", text, ";text-align:left")
  case .figure(let key):
    let isPartial = words.isPartial(key)
    return element(
      "td",
      [
        ("style", border + (isPartial ? ";" + partial : "")),
        ("title", isPartial ? note(key, words) : nil),
      ] + spans, escaped(words.text(key)))
  }
}

/// How many members are in the sum, and why the others are not.
private func note(_ key: CellKey, _ words: TotalsWords) -> String {
  let cell = words.totals.sums[key]
  return words.language.say(
    "\(cell.numbers) 个单位有数字；空白 \(cell.blank)，不适用 \(cell.notApplicable)，文字 \(cell.text)，"
      + "没有把握 \(cell.uncertain)",
    en: "\(cell.numbers) figures; \(cell.blank) blank, \(cell.notApplicable) not applicable, "
      + "\(cell.text) words, \(cell.uncertain) uncertain")
}
