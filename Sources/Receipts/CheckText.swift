import Forms
import Reports

/// What `shoubao check` says on a terminal: the file and its outcome, whose report it is, how many figures were read,
/// and one paragraph for each finding that failed.
///
/// - Parameter colour: whether to write ANSI colours; every colour goes with a word.
public func checkText(_ content: ReceiptContent, colour: Bool = false) -> String {
  let language = content.language
  let notes = Notes(content.shownFindings)
  func styled(_ text: String, _ style: TextStyle?) -> String {
    colour ? style?.apply(to: text) ?? text : text
  }
  var page = TextPage()
  let word = outcomeWord(content.outcome, language: language)
  page.line(
    visible(content.file) + language.say("：", en: ": ") + styled(word, content.outcome.style))
  if let words = content.refusalWords { page.text(words, first: "  ") }
  if let report = content.shownReport { page.text(identity(report, language), first: "  ") }
  if let report = content.shownReport { page.text(counts(report, language), first: "  ") }
  for note in notes.failed {
    let finding = note.finding
    let severity = styled(severityText(finding.severity, language), finding.severity.style)
    page.space()
    page.line("  \(severity) \(visible(finding.check))")
    page.text(visible(finding.message, limit: 600), first: "    ")
    if let quote = finding.quote, !quote.isEmpty {
      page.text(language.say("原文：", en: "text: ") + visible(quote, limit: 240), first: "    ")
    }
    if !finding.cells.isEmpty {
      page.text(
        language.say("格子：", en: "cells: ") + names(finding.cells), first: "    ")
    }
  }
  if !notes.notAssessable.isEmpty {
    page.space()
    page.text(
      language.say("没有条件核对：", en: "not assessable: ")
        + notes.notAssessable.map { visible($0.check) }.joined(separator: " "), first: "  ")
  }
  return page.result
}

private func identity(_ report: Report, _ language: Language) -> String {
  let unknown = language.say("未识别", en: "not recognised")
  let parts = [
    language.say("单位 ", en: "unit ") + (report.unit ?? unknown),
    language.say("地区 ", en: "region ") + (report.region ?? unknown),
    language.say("年度 ", en: "year ") + (report.year.map(String.init) ?? unknown),
    language.say("发布 ", en: "published ") + (report.published?.description ?? unknown),
    language.say("格式 ", en: "form ")
      + [
        report.template.two?.rawValue, report.template.three?.rawValue,
        report.template.four.map { _ in Template.v2021.rawValue },
      ].map { $0 ?? "-" }.joined(separator: "/"),
  ]
  return visible(parts.joined(separator: "  "))
}

private func counts(_ report: Report, _ language: Language) -> String {
  let cells = report.cells.values
  let (numbers, blanks) = (cells.count { $0.class == .number }, cells.count { $0.class == .blank })
  let others = cells.count - numbers - blanks
  let uncertain = report.uncertain.count
  return language.say(
    "数字 \(numbers) 个，空白 \(blanks) 格，其他 \(others) 格，没有把握 \(uncertain) 格",
    en: "\(numbers) figures, \(blanks) blank, \(others) other, \(uncertain) uncertain")
}

/// Keys, as programs call the cells; a long list is cut.
private func names(_ keys: [CellKey]) -> String {
  let shown = keys.prefix(8).map(\.name).joined(separator: " ")
  return keys.count > 8 ? "\(shown) … (\(keys.count))" : shown
}

extension Finding.Severity {
  fileprivate var style: TextStyle? {
    switch self {
    case .error: .red
    case .warning: .yellow
    case .info: nil
    }
  }
}
