import Forms
import Reports

/// Lines of plain text, wrapped to the width of a receipt.
struct TextPage: Sendable {
  private(set) var result = ""

  mutating func line(_ text: some StringProtocol) {
    result += text
    result += "\n"
  }

  mutating func space() { result += "\n" }

  mutating func rule(_ mark: Character) { line(String(repeating: mark, count: textWidth)) }

  mutating func title(_ text: String) {
    space()
    line(text)
    rule("-")
  }

  /// A paragraph; its further lines stand below the end of `first`.
  mutating func text(_ text: String, first: String = "") {
    let indent = displayWidth(first)
    for (index, part) in wrapped(text, to: textWidth - indent).enumerated() {
      line((index == 0 ? first : String(repeating: " ", count: indent)) + part)
    }
  }

  /// Names and values in two columns.
  mutating func facts(_ facts: [Fact]) {
    let width = facts.map { displayWidth($0.name) }.max() ?? 0
    for fact in facts {
      text(visible(fact.value), first: padded(fact.name, to: width, .left) + "  ")
    }
  }

  /// What stands below the message of a finding: quote, cells, figures, the check.
  mutating func details(_ finding: Finding, _ language: Language) {
    if let quote = finding.quote, !quote.isEmpty {
      text(
        language.say(
          "原文：“\(visible(quote, limit: 240))”",
          en: "The document says: “\(visible(quote, limit: 240))”"),
        first: "    ")
    }
    let parts = findingDetails(finding, language).map { visible($0) } + [visible(finding.check)]
    text(parts.joined(separator: language.say("；", en: "; ")), first: "    ")
  }

  mutating func append(_ page: TextPage) { result += page.result }
}
