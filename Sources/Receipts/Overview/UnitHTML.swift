import Reports

/// The page of one unit: every version of every year with its receipt, and its figures over the years.
public func unitHTML(_ unit: OverviewContent.Unit, _ content: OverviewContent) -> String {
  let language = content.language
  let title = visible(unit.name, limit: 60) + language.say("历年报送情况", en: ": reports over the years")
  let parts = [
    element("h1", [], foreign(unit.name, limit: 60)), who(unit, content),
    element(
      "nav", [("aria-label", language.say("其他页面", en: "Other pages"))],
      element(
        "a", [("href", "../" + overviewPage)],
        escaped(language.say("全部单位", en: "All units")))),
    years(unit, content), figures(unit, content),
  ]
  return htmlPage(
    title: title, style: overviewStyle, language: language,
    body: element("main", [], parts.filter { !$0.isEmpty }.joined(separator: "\n")))
}

private func who(_ unit: OverviewContent.Unit, _ content: OverviewContent) -> String {
  let language = content.language
  var facts: [String] = []
  if !unit.region.isEmpty { facts.append(foreign(unit.region, limit: 60)) }
  if let due = unit.due {
    facts.append(
      escaped(
        language.say(
          "\(content.year)年度应于 \(words(due)) 前报送", en: "\(content.year) due by \(due)")))
  } else {
    facts.append(escaped(language.say("不在应报单位名册中", en: "not on the roster")))
  }
  facts.append(escaped(language.say("截至 \(words(content.today))", en: "as of \(content.today)")))
  return element("p", [("class", "who")], facts.joined(separator: " · "))
}

private func years(_ unit: OverviewContent.Unit, _ content: OverviewContent) -> String {
  let language = content.language
  var rows: [String] = []
  for (year, standing) in zip(content.years, unit.standings).reversed() {
    let filings = Array(standing.filings.reversed())
    let height = filings.count > 1 ? String(filings.count) : nil
    let head =
      element(
        "th", [("scope", filings.count > 1 ? "rowgroup" : "row"), ("rowspan", height)], "\(year)")
      + spanning(standingCell(standing, language, from: "../"), height)
    guard !filings.isEmpty else {
      let nothing = language.say("没有收到", en: "nothing received")
      rows.append(
        element(
          "tr", [],
          head + element("td", [("colspan", "4"), ("class", "text absent")], escaped(nothing))))
      continue
    }
    for (index, filing) in filings.enumerated() {
      let number = language.say("第 \(filing.arrival) 号回执", en: "No. \(filing.arrival)")
      let cells = [
        receiptLink(filing, escaped(number), from: "../"),
        escaped(words(filing.received, language)),
        escaped(outcomeWord(filing.outcome, language: language)),
        "\(filing.errors) / \(filing.warnings)",
      ].map { element("td", [], $0) }
      rows.append(element("tr", [], (index == 0 ? head : "") + cells.joined()))
    }
  }
  let heads = [
    language.say("年度", en: "Year"), language.say("情况", en: "Standing"),
    language.say("收件", en: "Arrival"), language.say("收到", en: "Received"),
    language.say("结果", en: "Outcome"), language.say("需更正 / 请核对", en: "Errors / to check"),
  ].map { element("th", [("scope", "col")], escaped($0)) }
  let caption = language.say("每次报送一行，最新的在前", en: "One line for each version, newest first")
  return element(
    "div",
    [("class", "box"), ("role", "region"), ("tabindex", "0"), ("aria-labelledby", "filings")],
    element(
      "table", [],
      element("caption", [("id", "filings")], escaped(caption))
        + element("thead", [], element("tr", [], heads.joined()))
        + "\n" + element("tbody", [], rows.joined(separator: "\n"))))
}

private func words(_ date: CalendarDate, _ language: Language) -> String {
  language.say(words(date), en: date.description)
}

private func spanning(_ cell: String, _ height: String?) -> String {
  guard let height else { return cell }
  return "<td rowspan=\"\(height)\"" + cell.dropFirst("<td".count)
}

private func figures(_ unit: OverviewContent.Unit, _ content: OverviewContent) -> String {
  let language = content.language
  guard unit.figures.contains(where: { $0.values.contains { $0 != nil } }) else { return "" }
  let heads =
    [
      element(
        "th", [("scope", "col"), ("class", "text")], escaped(language.say("项目", en: "Measure")))
    ]
    + content.years.map { element("th", [("scope", "col")], "\($0)") }
  let rows = unit.figures.map { row in
    element(
      "tr", [],
      element("th", [("scope", "row"), ("class", "text")], escaped(row.name))
        + row.values.map { element("td", [("class", "number")], escaped($0 ?? "–")) }.joined())
  }
  let caption = language.say(
    "各年现行有效报告中的数字；“–”为空白、没有把握或没有报告",
    en: "Figures of the reports that count; – is blank, uncertain, or no report")
  return element("h2", text: language.say("历年数字", en: "Figures over the years"))
    + element(
      "div",
      [("class", "box"), ("role", "region"), ("tabindex", "0"), ("aria-labelledby", "figures")],
      element(
        "table", [],
        element("caption", [("id", "figures")], escaped(caption))
          + element("thead", [], element("tr", [], heads.joined()))
          + "\n" + element("tbody", [], rows.joined(separator: "\n"))))
}
