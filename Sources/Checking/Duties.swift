import Forms
import Reports

// TXT-DUTY-*: what the sections of words must tell.

extension Inquiry {
  /// A section that is not there is told by FMT-SECTION-MISSING.
  var dutyFindings: [Finding] {
    [problems, processingFee].compactMap { $0 }
  }

  private func text(of section: Section) -> (heading: String, text: String)? {
    let found = report.structure.sections.filter { $0.section == section }
    // A list of contents repeats the headings without text.
    return found.max { $0.text.utf8.count < $1.text.utf8.count }.map { ($0.heading, $0.text) }
  }

  private var problems: Finding? {
    guard let (heading, text) = text(of: .problems) else { return nil }
    let letters = text.unicodeScalars.lazy.filter { $0.properties.isAlphabetic }.prefix(10).count
    guard letters < 10 else { return nil }
    return Rule.problems.finding(
      found: String(letters), quote: text.isEmpty ? heading : text,
      say(
        "第五部分没有写存在的问题和改进情况，条例第五十条要求报告，请补充。",
        en:
          "Section 5 tells no problems and improvements, which article 50 of the Regulation asks for."
      ))
  }

  private var processingFee: Finding? {
    guard let (heading, _) = text(of: .other) else { return nil }
    // Some put the sentence at the end of another section: told is told.
    let words = report.structure.sections.map(\.text)
    let told =
      words.contains { $0.mentions("处理费") }
      || text(of: .other).map { text in
        text.text.mentions(anyOf: ["收费", "收取", "费用"])
      } == true
    guard !told else { return nil }
    return Rule.processingFee.finding(
      quote: heading,
      say(
        "第六部分没有说明收取政府信息公开信息处理费的情况，没有收取的也应写明。",
        en:
          "Section 6 says nothing on fees for processing requests; none charged should be said too."
      ))
  }
}
