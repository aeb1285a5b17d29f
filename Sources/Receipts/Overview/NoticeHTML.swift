import Reports

/// The notice for the wall (公示栏), `notice.html`: who has filed for the year, who must mend, who is missing. Made for A4.
public func noticeHTML(_ content: OverviewContent) -> String {
  let language = content.language
  let title = language.say(
    "\(content.year)年度政府信息公开工作年度报告报送情况公示",
    en: "Annual reports for \(content.year): who has filed")
  let body = [
    element("h1", text: title), summary(content), list(content),
    element(
      "p", [("class", "sign-off")],
      escaped(language.say("（单位盖章）", en: "(Seal of the office)")) + "<br/>"
        + escaped(language.say(words(content.today), en: content.today.description))),
  ]
  return htmlPage(
    title: title, style: noticeStyle, language: language,
    body: element("main", [("class", "notice")], body.joined(separator: "\n")))
}

private func summary(_ content: OverviewContent) -> String {
  let language = content.language
  let accepted = content.count(.accepted, .acceptedWithWarnings, .correcting)
  let returned = content.count(.returned)
  let missing = content.count(.missing, .dueSoon, .late)
  let late = content.count(.late)
  let chinese = [
    content.hasRoster ? "应报 \(content.expected) 个单位" : nil, "已接收 \(accepted) 个",
    "退回待更正 \(returned) 个",
    content.hasRoster ? "未报 \(missing) 个" + (late > 0 ? "（其中逾期 \(late) 个）" : "") : nil,
    content.strangers > 0 ? "另有名册以外单位 \(content.strangers) 个" : nil,
  ].compactMap(\.self).joined(separator: "，")
  let inEnglish = [
    content.hasRoster ? "\(content.expected) expected" : nil, "\(accepted) accepted",
    "\(returned) to be mended",
    content.hasRoster ? "\(missing) missing" + (late > 0 ? " (\(late) late)" : "") : nil,
    content.strangers > 0 ? "\(content.strangers) not on the roster" : nil,
  ].compactMap(\.self).joined(separator: ", ")
  return element(
    "p",
    text: language.say(
      "截至 \(words(content.today))，\(chinese)。", en: "As of \(content.today): \(inEnglish)."))
}

private func list(_ content: OverviewContent) -> String {
  let language = content.language
  guard !content.isTooManyForBoard else {
    return element(
      "p",
      text: language.say(
        "单位超过 \(OverviewContent.boardLimit) 个，不逐一列出。",
        en: "More than \(OverviewContent.boardLimit) units; they are not listed."))
  }
  let shown = content.units.filter {
    $0.isOnRoster || $0.standings.last?.state != OverviewContent.Standing.State.none
  }
  guard !shown.isEmpty else { return "" }
  let several = Set(shown.map(\.region)).count > 1
  let heads = [
    language.say("序号", en: "No."), language.say("单位", en: "Unit"),
    several ? language.say("地区", en: "Region") : nil, language.say("应报日期", en: "Due"),
    language.say("报送日期", en: "Filed"), language.say("情况", en: "Standing"),
  ].compactMap(\.self).map { element("th", [("scope", "col")], escaped($0)) }
  let rows = shown.enumerated().map { index, unit in
    let standing = unit.standings.last
    let state = onTheWall(standing?.state ?? .none)
    let filed = standing?.filings.first.map {
      language.say(monthAndDay($0.received), en: "\($0.received)")
    }
    let due = unit.due.map { language.say(monthAndDay($0), en: $0.description) }
    let late = standing?.isFiledLate == true ? language.say("（迟报）", en: " (late)") : ""
    let cells: [(String?, String)] =
      [
        ("number", "\(index + 1)"), ("text", foreign(unit.name, limit: 60)),
      ] + (several ? [("text", foreign(unit.region, limit: 40))] : [])
      + [
        (nil, escaped(due ?? "–")), (nil, escaped(filed ?? "–")),
        (nil, escaped("\(state.sign) \(state.word(language))\(late)")),
      ]
    return element(
      "tr", [("class", state == .late ? "late" : nil)],
      cells.enumerated().map { place, cell in
        // The unit heads its row.
        place == 1
          ? element("th", [("scope", "row"), ("class", "text")], cell.1)
          : element("td", [("class", cell.0)], cell.1)
      }.joined())
  }
  return element(
    "table", [],
    element(
      "caption", [],
      escaped(language.say("各单位报送情况一览表", en: "Units in the order of the roster")))
      + element("thead", [], element("tr", [], heads.joined()))
      + "\n" + element("tbody", [], rows.joined(separator: "\n")))
}

/// On the wall a report with points to check is simply accepted, and nobody is told off before the day.
private func onTheWall(
  _ state: OverviewContent.Standing.State
) -> OverviewContent.Standing.State {
  switch state {
  case .acceptedWithWarnings, .correcting: .accepted
  case .dueSoon: .missing
  case .accepted, .returned, .missing, .late, .none: state
  }
}
