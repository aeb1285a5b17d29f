import Forms
import Reports

/// A receipt as one self-contained HTML file, well-formed as XML too: no script, no outside resource. The same content
/// gives the same text.
public func receiptHTML(_ content: ReceiptContent) -> String {
  let notes = Notes(content.shownFindings)
  let parts = [
    head(content), verdict(content), membersHTML(content), tasks(content, notes),
    content.shownReport.map { tables($0, notes, content.language) } ?? "",
    findings(notes, content.language), footer(content),
  ]
  return htmlPage(
    title: title(content), style: receiptStyle, language: content.language,
    body: element("main", [], parts.filter { !$0.isEmpty }.joined(separator: "\n")))
}

private func title(_ content: ReceiptContent) -> String {
  let number = content.arrival.map { content.language.say("第 \($0) 号", en: "No. \($0)") }
  let unit = content.report?.unit.map { visible($0, limit: 60) }
  return [
    content.heading, number, unit, outcomeWord(content.outcome, language: content.language),
  ].compactMap(\.self).joined(separator: " · ")
}

private func head(_ content: ReceiptContent) -> String {
  let language = content.language
  let number = content.arrival.map { language.say(" 第 \($0) 号", en: " No. \($0)") } ?? ""
  var who: [String] = []
  if let unit = content.report?.unit { who.append(foreign(unit, limit: 80)) }
  if let year = content.report?.year { who.append(language.say("\(year) 年度", en: "year \(year)")) }
  return element("h1", text: content.heading + number)
    + (who.isEmpty ? "" : element("p", [("class", "who")], who.joined(separator: " · ")))
}

private func verdict(_ content: ReceiptContent) -> String {
  let language = content.language
  let look =
    switch content.outcome {
    case .accepted, .duplicate, .unpacked: "good"
    case .acceptedWithWarnings: "check"
    case .returned, .unrecognised, .unreadable: "bad"
    }
  var sentences = [element("p", class: "what", text: content.whatBecame)]
  if let words = content.refusalWords { sentences.append(element("p", text: words)) }
  let next = nextStep(content)
  if !next.isEmpty { sentences.append(element("p", text: next)) }
  if let file = content.duplicateOf?.file, content.outcome == .duplicate {
    sentences.append(
      element(
        "p", [], escaped(language.say("当时的文件名：", en: "Its name then: ")) + foreign(file)))
  }
  let sign = element("span", [("class", "sign"), ("aria-hidden", "true")], content.outcome.sign)
  return element(
    "section", [("class", "verdict \(look)")],
    sign + element("div", [], sentences.joined())) + list(content.facts)
}

/// Facts as a list of names and values; the values may come from outside.
private func list(_ facts: [Fact]) -> String {
  element(
    "dl", [],
    facts.map { fact in
      let value = foreign(fact.value)
      return element("dt", text: fact.name)
        + element("dd", [], fact.isCode ? element("code", [], value) : value)
    }.joined())
}

private func tasks(_ content: ReceiptContent, _ notes: Notes) -> String {
  let tasks = notes.tasks
  guard !tasks.isEmpty else { return "" }
  let language = content.language
  let items = tasks.map { task in
    let text = Notes.sentence(task, content.report, language)
    return element(
      "li", [],
      tag(task.severity, language) + foreign(text, limit: 600) + " "
        + links(task.notes.map(\.number)))
  }
  let title =
    tasks.contains { $0.severity == .error }
    ? language.say("需要更正和核对的内容", en: "What to correct and to check")
    : language.say("请核对的内容", en: "What to check")
  return element("h2", text: title)
    + element("ol", [("class", "todo")], items.joined(separator: "\n"))
}

func tag(_ severity: Finding.Severity, _ language: Language) -> String {
  element("span", class: "tag \(severity.rawValue)", text: severityWord(severity, language))
}

func links(_ numbers: [Int]) -> String {
  guard !numbers.isEmpty else { return "" }
  let anchors = numbers.map { element("a", [("href", "#n\($0)")], circled($0)) }
  return element("span", [("class", "marks")], anchors.joined())
}

func severityWord(_ severity: Finding.Severity, _ language: Language) -> String {
  switch severity {
  case .error: language.say("✗ 需更正", en: "✗ correct")
  case .warning: language.say("△ 请核对", en: "△ check")
  case .info: language.say("ⓘ 提示", en: "ⓘ remark")
  }
}

private func findings(_ notes: Notes, _ language: Language) -> String {
  guard !notes.failed.isEmpty || !notes.notAssessable.isEmpty else { return "" }
  var result = element("h2", text: language.say("检查意见", en: "Findings"))
  for severity in Finding.Severity.allCases {
    let told = notes.of(severity)
    guard !told.isEmpty else { continue }
    let title =
      severityWord(severity, language) + language.say("（\(told.count) 条）", en: " (\(told.count))")
    result += "\n" + element("h3", text: title)
    result += element(
      "ul", [("class", "notes")],
      told.map { note in
        element(
          "li", [("id", "n\(note.number)")],
          element("span", class: "mark", text: circled(note.number))
            + described(note.finding, language))
      }.joined(separator: "\n"))
  }
  guard !notes.notAssessable.isEmpty else { return result }
  let count = notes.notAssessable.count
  let title = language.say(
    "没有条件核对的 \(count) 项（所需的格子空白或读不准，不算差错）",
    en:
      "\(english(count, "check")) that could not be made (cells are blank or uncertain; no errors)")
  let items = notes.notAssessable.map { element("li", [], described($0, language)) }
  return result
    + element(
      "details", [("class", "grey")],
      element("summary", text: title)
        + element("ul", [("class", "notes")], items.joined(separator: "\n")))
}

/// The message, the words of the document it is about, and which check it was.
private func described(_ finding: Finding, _ language: Language) -> String {
  var result = element("p", [], foreign(finding.message, limit: 600))
  if let quote = finding.quote, !quote.isEmpty {
    result += element(
      "p", [("class", "more")],
      escaped(language.say("原文：", en: "The document says: "))
        + element("q", [], foreign(quote, limit: 240)))
  }
  let details = findingDetails(finding, language).map { foreign($0) }
  return result
    + element(
      "p", [("class", "more")],
      ([element("code", [], foreign(finding.check, limit: 60))] + details)
        .joined(separator: language.say("；", en: "; ")))
}

private func footer(_ content: ReceiptContent) -> String {
  element(
    "footer", [],
    element("h2", text: content.language.say("核验信息", en: "For verification")) + list(content.proof))
}
