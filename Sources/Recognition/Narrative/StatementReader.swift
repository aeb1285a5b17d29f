import Forms
import Reports

/// Reads figures told in the text. Precision comes first: what could be about something else is left out.
struct StatementReader {
  let tokens: [Token]
  let outline: Outline
  let tables: Tables
  let unit: String?
  let year: Int?
  let kind: Report.Kind?
  /// The first token behind the title.
  let start: Int

  func statements() -> [Statement] {
    var found: [Statement] = []
    for (section, lines) in texts() {
      // A sub-heading such as （二）依申请公开 tells what the paragraphs under it are about.
      var topic = section == .requests
      var counts: [Int] = []
      for paragraph in paragraphs(lines) {
        let words = Fold.fold(paragraph)
        let isAbout =
          StatementWords.aboutRequests.isIn(words)
          || StatementWords.requests.isIn(words) && StatementWords.outcomes.isIn(words)
        if Self.isSubheading(words) { topic = section == .requests || isAbout }
        guard words.count >= 6 else { continue }
        read(
          paragraph, section: section, isAboutRequests: isAbout || topic, counts: &counts,
          into: &found)
        // What a share is of stands near it.
        counts = counts.suffix(60)
      }
    }
    return consistent(found)
  }

  /// The running text of each section; where no heading stands over the text, what comes before the first one.
  private func texts() -> [(section: Section?, lines: [Int])] {
    var texts: [(Section?, [Int])] = []
    let first = outline.headings.map(\.position).min() ?? tables.spans.map(\.lowerBound).min()
    if let first, !outline.headings.contains(where: { $0.section == .overview }), start < first {
      texts.append((nil, SectionTexts.lines(tokens, start..<first, tables: tables.spans)))
    }
    for index in outline.headings.indices {
      let range = outline.range(of: index, count: tokens.count)
      texts.append(
        (
          outline.headings[index].section,
          SectionTexts.lines(tokens, range, tables: tables.spans)
        ))
    }
    return texts
  }

  // MARK: Paragraphs

  /// Lines that a page or a copying program broke are one paragraph again.
  private func paragraphs(_ lines: [Int]) -> [Substring] {
    var paragraphs: [Substring] = []
    var open: (text: String, last: Int)?
    for line in lines {
      let token = tokens[line]
      if let joined = open {
        if line == joined.last + 1, !Self.isNumbered(token.folded) {
          let text = joined.text + Fold.trimmed(token.raw)
          open = Self.isBroken(token.folded) && text.utf8.count < 6000 ? (text, line) : nil
          if open == nil { paragraphs.append(text[...]) }
          continue
        }
        paragraphs.append(joined.text[...])
        open = nil
      }
      if Self.isBroken(token.folded) {
        open = (String(Fold.trimmed(token.raw)), line)
      } else {
        paragraphs.append(token.raw)
      }
    }
    if let open { paragraphs.append(open.text[...]) }
    return paragraphs
  }

  /// A line as long as a page is wide that ends in the middle of a sentence.
  private static func isBroken(_ words: Folded) -> Bool {
    guard words.count >= 22, let last = words.last else { return false }
    return !ends.contains(last)
  }
  private static let ends = CharacterSet("。;:!?.…".utf16)

  /// （二）…, 1.…: begins something new.
  private static func isNumbered(_ words: Folded) -> Bool {
    if words.first == U.open, let close = words.prefix(5).firstIndex(of: U.close), close > 1 {
      return words[1..<close].allSatisfy { numerals.contains($0) || Fold.isDigit($0) }
    }
    let count = words.prefix { numerals.contains($0) || Fold.isDigit($0) }.count
    return count > 0 && count < 3 && words.count > count
      && (words[count] == U.point || words[count] == U.enumerationComma)
      && !(words.count > count + 1 && Fold.isDigit(words[count + 1]))
  }
  private static let numerals = CharacterSet("一二三四五六七八九十".utf16)

  /// Numbered, or short and without a stop.
  private static func isSubheading(_ words: Folded) -> Bool {
    isNumbered(words) || words.count <= 20 && words.last.map { !ends.contains($0) } == true
  }

  // MARK: Sentences

  private func read(
    _ raw: Substring, section: Section?, isAboutRequests: Bool, counts: inout [Int],
    into found: inout [Statement]
  ) {
    let cells = tables.two?.reading.filling.cells ?? [:]
    let unit = unit.map { Fold.fold($0) }
    var isOfOffice = false
    let sentences = Sentences.split(raw)
    for (index, sentence) in sentences.enumerated() {
      let folded = Fold.fold(sentence)
      guard folded.count >= 4, folded.count <= 600, folded.contains(where: Self.mayTell) else {
        continue
      }
      var reader = SentenceReader(
        sentence: folded, unit: unit, year: year, kind: kind, isAboutRequests: isAboutRequests,
        section: section, table2: cells, counts: counts, isOfOffice: isOfOffice)
      reader.read()
      counts = reader.counts
      isOfOffice = reader.isOfOffice
      let quote = String(Fold.trimmed(sentence))
      // 行政诉讼3件。复议后起诉2件: the first may be of those brought directly.
      let isGoingOn =
        index + 1 < sentences.count && Self.afterReview.isIn(Fold.fold(sentences[index + 1]))
      for (subject, value) in reader.found where subject != .suit || !isGoingOn {
        found.append(Statement(subject: subject, value: value, quote: quote, section: section))
      }
    }
  }

  private static let afterReview = WordSet(["复议后起诉", "复议后提起", "复议后诉讼", "未经复议直接起诉"])

  /// A sentence without a digit, a negation or a word for all tells nothing.
  private static func mayTell(_ c: UInt16) -> Bool { Fold.isDigit(c) || tellers.contains(c) }
  private static let tellers = CharacterSet("未无没零全均都一二三四五六七八九十两".utf16)

  /// A subject told with two different figures tells nothing; except received with and without what was carried in.
  private func consistent(_ statements: [Statement]) -> [Statement] {
    var values: [Statement.Subject: [Figure]] = [:]
    for statement in statements {
      guard let value = statement.value else { continue }
      if !(values[statement.subject] ?? []).contains(where: { $0.equals(value) }) {
        values[statement.subject, default: []].append(value)
      }
    }
    return statements.filter { statement in
      guard let told = values[statement.subject], told.count > 1 else { return true }
      if case .percent = statement.subject { return true }
      guard statement.subject == .received, told.count == 2, let carried = values[.carriedIn],
        carried.count == 1
      else { return false }
      return (told[0] + carried[0]).equals(told[1]) || (told[1] + carried[0]).equals(told[0])
    }
  }
}
