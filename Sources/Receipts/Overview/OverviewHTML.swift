import Reports

/// The overview of the outbox, `index.html`: how the collection stands, who must be followed up, every unit and year with a
/// link to its receipt. One self-contained file, well-formed as XML too; the same content gives the same text.
public func overviewHTML(_ content: OverviewContent) -> String {
  let language = content.language
  let heading = language.say(
    "\(content.year)年度政府信息公开工作年度报告收报情况",
    en: "Annual reports for \(content.year): how the collection stands")
  let parts = [
    element("h1", text: heading), asOf(content), links(content), tiles(content), follow(content),
    content.isTooManyForBoard ? regions(content) : board(content), refused(content),
    mistakes(content), progressPlot(content), measures(content), footer(content),
  ]
  return htmlPage(
    title: heading, style: overviewStyle + "\n:root{--years:\(content.years.count)}",
    language: language,
    body: element("main", [], parts.filter { !$0.isEmpty }.joined(separator: "\n")))
}

func asOf(_ content: OverviewContent) -> String {
  let language = content.language
  return element(
    "p", class: "who",
    text: language.say("截至 \(words(content.today))", en: "As of \(content.today)"))
}

private func links(_ content: OverviewContent) -> String {
  let language = content.language
  return element(
    "nav", [("aria-label", language.say("其他页面", en: "Other pages"))],
    element("a", [("href", noticePage)], escaped(language.say("公示栏（可打印）", en: "Notice to print"))))
}

// MARK: Counts

private func tiles(_ content: OverviewContent) -> String {
  let language = content.language
  var tiles: [(name: String, count: Int, style: String?)] = []
  if content.hasRoster { tiles.append((language.say("应报", en: "expected"), content.expected, nil)) }
  let accepted = content.count(.accepted, .acceptedWithWarnings, .correcting)
  tiles.append((language.say("✓ 已接收", en: "✓ accepted"), accepted, "good"))
  let toCheck = content.count(.acceptedWithWarnings)
  if toCheck > 0 {
    tiles.append((language.say("△ 其中请核对", en: "△ of them to check"), toCheck, "check"))
  }
  let returned = content.count(.returned)
  tiles.append(
    (language.say("✗ 退回待更正", en: "✗ to be mended"), returned, returned > 0 ? "bad" : nil))
  if content.hasRoster {
    let missing = content.count(.missing, .dueSoon)
    let late = content.count(.late)
    tiles.append((language.say("○ 未报", en: "○ missing"), missing, nil))
    tiles.append((language.say("! 逾期未报", en: "! late"), late, late > 0 ? "bad" : nil))
  }
  if content.strangers > 0 {
    tiles.append((language.say("名册以外", en: "not on the roster"), content.strangers, nil))
  }
  if content.waiting > 0 {
    tiles.append((language.say("正在处理", en: "in hand"), content.waiting, nil))
  }
  return element(
    "dl", [("class", "tiles")],
    tiles.map { tile in
      element(
        "div", [("class", tile.style)],
        element("dt", text: tile.name) + element("dd", text: "\(tile.count)"))
    }.joined())
}

// MARK: Who must be followed up

private func follow(_ content: OverviewContent) -> String {
  let language = content.language
  let now = content.units.compactMap { unit in unit.standings.last.map { (unit, $0) } }
  let groups: [(String, [OverviewContent.Standing.State])] = [
    (language.say("! 逾期未报", en: "! Late"), [.late]),
    (language.say("✗ 退回待更正", en: "✗ To be mended"), [.returned, .correcting]),
    (language.say("◔ 七天内到期", en: "◔ Due within seven days"), [.dueSoon]),
  ]
  let lists = groups.compactMap { title, states -> String? in
    let found = now.filter { states.contains($0.1.state) }
    guard !found.isEmpty else { return nil }
    let shown = found.prefix(OverviewContent.boardLimit)
    var items = shown.map { unit, standing in
      let more = remark(standing, unit, language)
      return element(
        "li", [],
        unitLink(unit, from: "") + (more.isEmpty ? "" : language.say("：", en: ": ") + more))
    }
    if found.count > shown.count {
      items.append(
        element("li", text: language.say("等，共 \(found.count) 个", en: "… \(found.count) in all")))
    }
    return element(
      "h3", text: title + language.say("（\(found.count)）", en: " (\(found.count))"))
      + element("ul", [("class", "follow")], items.joined(separator: "\n"))
  }
  guard !lists.isEmpty else { return "" }
  return element("h2", text: language.say("需要跟进", en: "To follow up"))
    + lists.joined(separator: "\n")
}

/// What the collector says on the telephone.
private func remark(
  _ standing: OverviewContent.Standing, _ unit: OverviewContent.Unit, _ language: Language
) -> String {
  switch standing.state {
  case .late:
    return escaped(
      language.say(
        "应于 \(unit.due.map(monthAndDay) ?? "") 报送，逾期 \(-standing.daysLeft) 天",
        en: "due \(unit.due?.description ?? ""), \(english(-standing.daysLeft, "day")) late"))
  case .dueSoon:
    return escaped(
      language.say(
        "\(unit.due.map(monthAndDay) ?? "") 到期，还有 \(standing.daysLeft) 天",
        en: "due \(unit.due?.description ?? ""), \(english(standing.daysLeft, "day")) left"))
  case .returned, .correcting:
    guard let report = standing.report else { return "" }
    let words = language.say(
      "第 \(report.arrival) 号，\(monthAndDay(report.received))，\(report.errors) 处需更正",
      en: "No. \(report.arrival), \(report.received), \(english(report.errors, "error"))")
    return receiptLink(report, escaped(words), from: "")
  case .accepted, .acceptedWithWarnings, .missing, .none: return ""
  }
}

/// 1月30日.
func monthAndDay(_ date: CalendarDate) -> String { "\(date.month)月\(date.day)日" }

// MARK: Links

/// - Parameter base: the way from the page to the outbox: empty, or `../`.
func receiptLink(_ filing: OverviewContent.Filing, _ content: String, from base: String) -> String {
  guard let receipt = filing.receipt else { return content }
  return element("a", [("href", base + href(receipt))], content)
}

func unitLink(_ unit: OverviewContent.Unit, from base: String) -> String {
  let name = foreign(unit.name, limit: 60)
  guard let page = unit.page else { return name }
  return element("a", [("href", base + href("\(overviewFolder)/\(page)".utf8))], name)
}

// MARK: The board

private func board(_ content: OverviewContent) -> String {
  let language = content.language
  let title = language.say("各单位历年报送情况", en: "Units and years")
  guard !content.units.isEmpty else {
    return element("h2", text: title)
      + element("p", class: "none", text: language.say("还没有报告。", en: "There is no report yet."))
  }
  let several = Set(content.units.map(\.region)).count > 1
  var heads = [
    element("th", [("scope", "col"), ("class", "text")], escaped(language.say("单位", en: "Unit")))
  ]
  if several {
    heads.append(
      element(
        "th", [("scope", "col"), ("class", "text")], escaped(language.say("地区", en: "Region"))))
  }
  heads += content.years.reversed().map { element("th", [("scope", "col")], "\($0)") }
  let rows = content.units.map { unit in
    var cells = [element("th", [("scope", "row")], unitLink(unit, from: ""))]
    if several { cells.append(element("td", [("class", "text")], foreign(unit.region, limit: 40))) }
    cells += unit.standings.reversed().map { standingCell($0, language, from: "") }
    return element("tr", [], cells.joined())
  }
  let caption = language.say(
    "每格是这个单位这一年度的最新情况，点开是回执",
    en: "Each cell: the newest of this unit for this year; it leads to the receipt")
  let table = element(
    "table", [("class", "board" + (content.years.count > 3 ? " many" : ""))],
    element("caption", [("id", "board")], escaped(caption))
      + element("thead", [], element("tr", [], heads.joined()))
      + "\n" + element("tbody", [], rows.joined(separator: "\n")))
  return element("h2", text: title) + legend(content)
    + element(
      "div",
      [("class", "box"), ("role", "region"), ("tabindex", "0"), ("aria-labelledby", "board")],
      table)
}

/// Sign and word, with colour; linked to the receipt where there is one.
func standingCell(
  _ standing: OverviewContent.Standing, _ language: Language, from base: String
) -> String {
  var text = "\(standing.state.sign) \(standing.state.word(language))"
  if standing.state == .returned, let errors = standing.report?.errors, errors > 0 {
    text += language.say(" \(errors) 处", en: " (\(errors))")
  }
  if standing.isFiledLate { text += language.say("·迟", en: " · late") }
  let content = standing.report.map { receiptLink($0, escaped(text), from: base) } ?? escaped(text)
  return element("td", [("class", standing.state.style)], content)
}

private func legend(_ content: OverviewContent) -> String {
  let language = content.language
  let used = Set(content.units.flatMap { $0.standings.map(\.state) })
  let words: [(OverviewContent.Standing.State, String)] = [
    (.accepted, language.say("已接收，没有问题", en: "accepted, nothing found")),
    (.acceptedWithWarnings, language.say("已接收，有内容请核对", en: "accepted, with points to check")),
    (
      .correcting,
      language.say("已接收，更正件有差错被退回", en: "accepted; its correction was returned")
    ),
    (.returned, language.say("退回，待更正", en: "returned, to be mended")),
    (.missing, language.say("未报，未到期", en: "missing, not yet due")),
    (.dueSoon, language.say("未报，七天内到期", en: "missing, due within seven days")),
    (.late, language.say("未报，已逾期", en: "missing and late")),
  ]
  var items = words.filter { used.contains($0.0) }.map { state, words in
    element("li", [], element("span", class: state.style, text: state.sign) + escaped(words))
  }
  if content.units.contains(where: { $0.standings.contains(where: \.isFiledLate) }) {
    items.append(
      element(
        "li", [],
        element("span", text: language.say("迟", en: "late"))
          + escaped(language.say("报送日期晚于规定日期", en: "came after its day"))))
  }
  return items.isEmpty ? "" : element("ul", [("class", "legend")], items.joined())
}

/// Where there are too many units for a board: each region in a line.
private func regions(_ content: OverviewContent) -> String {
  let language = content.language
  struct Tally {
    var units = 0, accepted = 0, returned = 0, missing = 0, late = 0
  }
  var order: [String] = []
  var tallies: [String: Tally] = [:]
  for unit in content.units {
    var tally = tallies[unit.region] ?? Tally()
    if tally.units == 0 { order.append(unit.region) }
    tally.units += 1
    switch unit.standings.last?.state ?? .none {
    case .accepted, .acceptedWithWarnings, .correcting: tally.accepted += 1
    case .returned: tally.returned += 1
    case .missing, .dueSoon: tally.missing += 1
    case .late: tally.late += 1
    case .none: break
    }
    tallies[unit.region] = tally
  }
  let heads = [
    language.say("地区", en: "Region"), language.say("单位", en: "Units"),
    language.say("✓ 已接收", en: "✓ Accepted"), language.say("✗ 退回", en: "✗ Returned"),
    language.say("○ 未报", en: "○ Missing"), language.say("! 逾期", en: "! Late"),
  ].map { element("th", [("scope", "col")], escaped($0)) }
  let shown = order.prefix(5000)
  let rows = shown.map { region in
    let tally = tallies[region] ?? Tally()
    let name = region.isEmpty ? escaped(language.say("未写明", en: "not given")) : foreign(region)
    let numbers = [tally.units, tally.accepted, tally.returned, tally.missing, tally.late]
    return element(
      "tr", [],
      element("th", [("scope", "row")], name)
        + numbers.map { element("td", [("class", "number")], "\($0)") }.joined())
  }
  let caption = language.say(
    "单位超过 \(OverviewContent.boardLimit) 个，按地区统计；逐个查看请用 shoubao roster",
    en:
      "More than \(OverviewContent.boardLimit) units, counted by region; shoubao roster lists them")
  return element("h2", text: language.say("各地区报送情况", en: "Regions"))
    + element(
      "div",
      [("class", "box"), ("role", "region"), ("tabindex", "0"), ("aria-labelledby", "board")],
      element(
        "table", [],
        element("caption", [("id", "board")], escaped(caption))
          + element("thead", [], element("tr", [], heads.joined()))
          + "\n" + element("tbody", [], rows.joined(separator: "\n"))))
    + (order.count > shown.count
      ? element(
        "p",
        text: language.say("只列出前 \(shown.count) 个地区。", en: "Only the first \(shown.count) regions.")
      )
      : "")
}

// MARK: Files that are no report; mistakes

private func refused(_ content: OverviewContent) -> String {
  let language = content.language
  guard content.refusedCount > 0 else { return "" }
  let items = content.refused.map { refused in
    let words = language.say(
      "第 \(refused.filing.arrival) 号，\(monthAndDay(refused.filing.received))，",
      en: "No. \(refused.filing.arrival), \(refused.filing.received), ")
    return element(
      "li", [],
      receiptLink(refused.filing, foreign(refused.file, limit: 120), from: "")
        + escaped(
          language.say("（", en: " (") + words
            + outcomeWord(refused.filing.outcome, language: language) + language.say("）", en: ")")))
  }
  let more =
    content.refusedCount > content.refused.count
    ? element(
      "p",
      text: language.say(
        "只列出最近 \(content.refused.count) 个；全部：shoubao list --outcome unrecognised（或 unreadable）",
        en: "The newest \(content.refused.count); all: shoubao list --outcome unrecognised"))
    : ""
  return element(
    "h2",
    text: language.say(
      "不能受理的文件（\(content.refusedCount)）", en: "Files that are no report (\(content.refusedCount))"))
    + element("ul", [], items.joined(separator: "\n")) + more
}

private func mistakes(_ content: OverviewContent) -> String {
  let language = content.language
  guard !content.mistakes.isEmpty, let most = content.mistakes.map(\.reports).max() else {
    return ""
  }
  let rows = content.mistakes.map { mistake in
    element(
      "tr", [],
      element(
        "th", [("scope", "row"), ("class", "text")],
        tag(mistake.severity, language) + escaped(checkName(mistake.check, language)))
        + element("td", [("class", "number")], "\(mistake.reports)")
        + element("td", [("class", "bar")], bar([(mistake.reports, "#8c120c")], of: most)))
  }
  let caption = language.say(
    "\(content.year)年度各次报送的 \(content.judgedCount) 份报告中，有下列问题的份数",
    en:
      "Of \(content.judgedCount) reports for \(content.year), each version counted, so many had these"
  )
  let heads = [
    language.say("问题", en: "Mistake"), language.say("份数", en: "Reports"),
    language.say("多少", en: "How often"),
  ].map { element("th", [("scope", "col")], escaped($0)) }
  return element("h2", text: language.say("常见问题", en: "Most frequent mistakes"))
    + element(
      "table", [("class", "bars")],
      element("caption", [], escaped(caption))
        + element("thead", [], element("tr", [], heads.joined()))
        + "\n" + element("tbody", [], rows.joined(separator: "\n")))
}

private func footer(_ content: OverviewContent) -> String {
  let language = content.language
  return element(
    "footer", [],
    element(
      "p",
      text: language.say(
        "本页由收报自动更新，内容均来自台账。命令：shoubao status、roster、list、totals。",
        en:
          "Kept up to date by shoubao from its journal. Commands: shoubao status, roster, list, totals."
      )))
}
