import Forms
import Reports

// TXT-YEAR: the words of last year's report left standing.

extension Inquiry {
  /// A sentence of the sections on the year's work that begins with an earlier year and a subject (2021年我局…), tells
  /// figures of it, and does not name the report's own year; or an opening sentence that names another year. Comparisons
  /// and histories are left alone, and years to come are plans.
  var textYearFindings: [Finding] {
    guard let year = report.year else { return [] }
    for evidence in report.evidence
    where evidence.subject == .year && evidence.source == .text {
      guard let other = Int(evidence.value), other != year,
        !evidence.quote.mentions("\(year)年"), TextYear.isReportedOn(other, in: evidence.quote)
      else { continue }
      return [textYear(other, year, evidence.quote)]
    }
    for section in report.structure.sections where section.section <= .disputes {
      for sentence in TextYear.sentences(section.text) {
        if let other = TextYear.leftOver(sentence, year) {
          return [textYear(other, year, String(String.UnicodeScalarView(sentence)))]
        }
      }
    }
    return []
  }

  private func textYear(_ other: Int, _ year: Int, _ quote: String) -> Finding {
    Rule.textYear.finding(
      expected: String(year), found: String(other), quote: quote,
      say(
        "这是 \(year) 年的报告，这句话却写着 \(other) 年，像是沿用了以前的文字，请核对。",
        en:
          "This is the report for \(year), but the sentence speaks of \(other), as if left from an earlier "
          + "report. Please check."))
  }
}

enum TextYear {
  static func sentences(_ text: String) -> [ArraySlice<Unicode.Scalar>] {
    let scalars = Array(text.unicodeScalars)
    return scalars.indices.split { index in
      let scalar = scalars[index]
      // A point behind a character ends a sentence too.
      return "。；;！？\n".unicodeScalars.contains(scalar)
        || (scalar == "." || scalar == "．") && index > 0 && scalars[index - 1].value > 0x3000
    }
    .map { range in scalars[range.startIndex..<range.endIndex].drop { $0.properties.isWhitespace } }
  }

  /// Whether an opening sentence names the year as that of the report (2022年度…报告), and not as that of a law
  /// (2019年修订的…).
  static func isReportedOn(_ year: Int, in sentence: String) -> Bool {
    let clauses = sentence.split { "，。；、《》（）(),;".contains($0) }
    return clauses.contains { clause in
      guard let range = clause.firstRange(of: "\(year)年") else { return false }
      let rest = String(clause[range.upperBound...])
      return rest.mentions(anyOf: ["报告", "年报"])
        && !rest.mentions(anyOf: ["修订", "修正", "施行", "印发", "公布施行"])
    }
  }

  /// The earlier year a sentence reports on.
  static func leftOver(_ sentence: ArraySlice<Unicode.Scalar>, _ year: Int) -> Int? {
    let named = years(sentence)
    guard let first = named.first, first.start == sentence.startIndex, first.year < year,
      named.allSatisfy({ $0.year == first.year })
    else { return nil }
    var rest = sentence[(first.start + 5)...]
    if rest.first == "度" { rest = rest.dropFirst() }
    if rest.first == "，" || rest.first == "," || rest.first == ":" || rest.first == "：" {
      rest = rest.dropFirst()
    }
    guard let subject = rest.first, subjects.contains(subject) else { return nil }
    let words = String(String.UnicodeScalarView(rest))
    guard !words.mentions(anyOf: histories), tellsFigures(rest) else { return nil }
    return first.year
  }

  private static let subjects = Set("我本全共".unicodeScalars)
  private static let histories = [
    "相比", "较", "同比", "以来", "至今", "结转", "增长", "下降", "上年", "获", "被评", "起，", "制定", "成立",
  ]
  private static let counters = Set("件条份宗起次".unicodeScalars)

  /// A number and a counter behind it; of any width, in words, and with spaces between.
  private static func tellsFigures(_ text: ArraySlice<Unicode.Scalar>) -> Bool {
    let text = text.filter { !$0.properties.isWhitespace }
    return zip(text, text.dropFirst()).contains { numbers.contains($0) && counters.contains($1) }
  }
  private static let numbers = Set("0123456789０１２３４５６７８９二两三四五六七八九十".unicodeScalars)

  /// Every 20xx年 of the sentence, with its place.
  private static func years(
    _ text: ArraySlice<Unicode.Scalar>
  ) -> [(start: Int, year: Int)] {
    text.indices.compactMap { start in
      guard start + 4 < text.endIndex, text[start + 4] == "年", text[start] == "2",
        text[start + 1] == "0", isDigit(text[start + 2]), isDigit(text[start + 3]),
        start == text.startIndex || !isDigit(text[start - 1])
      else { return nil }
      let tens = Int(text[start + 2].value) - 48
      let ones = Int(text[start + 3].value) - 48
      return (start, 2000 + 10 * tens + ones)
    }
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
}
