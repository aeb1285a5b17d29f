import Forms
import Receipts
import Reports
import Testing

/// Nothing from outside steers a receipt.
@Suite struct Hostile {
  private static let attacks = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'-alert(1)-'", "</td></table>",
    "&lt;b&gt;", "]]>", "<!--", "\u{202E}gpj.exe", "\u{2066}a\u{2069}", "\u{0}\u{8}\u{1B}[31m",
    "\u{FFFE}\u{E000}\u{200B}", "a\nb\r\nc\td", "\u{2028}", "\u{E0041}", "</style><b>",
    String(repeating: "长", count: 5000),
  ]

  private func content(_ attack: String, _ outcome: Outcome) throws -> ReceiptContent {
    var report = Report.zeros()
    report.unit = attack
    report.region = attack
    report.title = attack
    let cell = try key("t3.granted.natural")
    report.cells[cell] = Cell(class: .text, raw: attack)
    report.cells[try key("t2.rules.issued")] = Cell(class: .number, number: Figure(1), raw: attack)
    return ReceiptContent(
      arrival: 1, received: Timestamp(microseconds: 0), file: attack, sha256: attack, bytes: 1,
      format: .html, encoding: attack, outcome: outcome,
      duplicateOf: .init(
        number: 1, received: Timestamp(microseconds: 0), outcome: .returned, file: attack),
      refusal: Refusal(.tooLarge, detail: attack), report: report,
      findings: [
        Finding(
          check: attack, severity: .error, cells: [cell], expected: attack, found: attack,
          message: attack, quote: attack),
        Finding(check: attack, status: .notAssessable, severity: .info, message: attack),
      ])
  }

  @Test(arguments: attacks, Outcome.allCases)
  func `a page keeps its elements, whatever a document says`(
    attack: String, outcome: Outcome
  ) throws {
    let html = receiptHTML(try content(attack, outcome))
    let plain = receiptHTML(try content("平常", outcome))
    func names(_ node: Markup.Node) -> [String] { [node.name] + node.children.flatMap(names) }
    // A raw text that equals its figure has no “read as”; everything else is the same tree.
    #expect(names(try Markup(html).root) == names(try Markup(plain).root))
    #expect(html.unicodeScalars.allSatisfy(isHarmless))
  }

  @Test(arguments: attacks, Outcome.allCases)
  func `a terminal gets no control character from a document`(
    attack: String, outcome: Outcome
  ) throws {
    let content = try content(attack, outcome)
    #expect((receiptText(content) + checkText(content)).unicodeScalars.allSatisfy(isHarmless))
  }

  @Test func `hidden characters are written out`() throws {
    let text = receiptText(try content("\u{202E}gpj.exe", .accepted))
    #expect(text.contains("\\u{202E}gpj.exe"))
    #expect(receiptHTML(try content("a\u{200B}b", .accepted)).contains("a\\u{200B}b"))
  }

  private func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control: scalar == "\n"
    case .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: false
    default: true
    }
  }
}
