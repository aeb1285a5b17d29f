import Forms
import Reports

/// The width of text receipts, in columns of a terminal.
let textWidth = 78

/// A receipt as plain text: the same as ``receiptHTML(_:)`` says, in lines of at most 78 columns.
public func receiptText(_ content: ReceiptContent) -> String {
  let language = content.language
  let notes = Notes(content.shownFindings)
  let number = content.arrival.map { language.say(" 第 \($0) 号", en: " No. \($0)") } ?? ""
  var page = TextPage()
  page.line(content.heading + number)
  page.rule("=")
  page.text(
    content.whatBecame, first: "\(content.outcome.asciiSign) ")
  if let words = content.refusalWords { page.text(words) }
  let next = nextStep(content)
  if !next.isEmpty { page.text(next) }
  if let file = content.duplicateOf?.file, content.outcome == .duplicate {
    page.text(language.say("当时的文件名：", en: "Its name then: ") + visible(file))
  }
  page.space()
  page.facts(content.facts)
  page.append(membersText(content))

  let tasks = notes.tasks
  if !tasks.isEmpty {
    page.title(
      tasks.contains { $0.severity == .error }
        ? language.say("需要更正和核对的内容", en: "What to correct and to check")
        : language.say("请核对的内容", en: "What to check"))
    for (index, task) in tasks.enumerated() {
      let marks = task.notes.map { "[\($0.number)]" }.joined()
      let word = severityText(task.severity, language)
      page.text(
        "\(word) " + visible(Notes.sentence(task, content.report, language), limit: 600)
          + " \(marks)",
        first: "\(index + 1). ")
    }
  }
  if let report = content.shownReport {
    page.title(language.say("报告中的三张表", en: "The three tables of the report"))
    page.append(tablesText(report, notes, language))
  }
  page.append(findingsText(notes, language))
  page.title(language.say("核验信息", en: "For verification"))
  page.facts(content.proof)
  return page.result
}

private func findingsText(_ notes: Notes, _ language: Language) -> TextPage {
  var page = TextPage()
  guard !notes.failed.isEmpty || !notes.notAssessable.isEmpty else { return page }
  page.title(language.say("检查意见", en: "Findings"))
  for note in notes.failed {
    let finding = note.finding
    page.text(
      severityText(finding.severity, language) + " " + visible(finding.message, limit: 600),
      first: "[\(note.number)] ")
    page.details(finding, language)
  }
  guard !notes.notAssessable.isEmpty else { return page }
  page.space()
  page.text(
    language.say(
      "没有条件核对的 \(notes.notAssessable.count) 项（所需的格子空白或读不准，不算差错）：",
      en:
        "\(english(notes.notAssessable.count, "check")) that could not be made (cells are blank or "
        + "uncertain; no errors):"))
  for finding in notes.notAssessable {
    page.text("\(visible(finding.message, limit: 600))（\(visible(finding.check))）", first: "- ")
  }
  return page
}

func severityText(_ severity: Finding.Severity, _ language: Language) -> String {
  switch severity {
  case .error: language.say("【需更正】", en: "ERROR")
  case .warning: language.say("【请核对】", en: "CHECK")
  case .info: language.say("【提示】", en: "REMARK")
  }
}

extension Outcome {
  /// As ``sign``, in characters whose width no terminal disputes.
  var asciiSign: String {
    switch self {
    case .accepted: "[OK]"
    case .acceptedWithWarnings: "[!]"
    case .returned: "[X]"
    case .unrecognised, .unreadable: "[?]"
    case .duplicate: "[=]"
    case .unpacked: "[+]"
    }
  }
}
