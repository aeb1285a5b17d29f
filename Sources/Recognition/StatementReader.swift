import Forms
import Reports

/// Reads figures told in the text. Precision comes first: what could be about something else is left out.
struct StatementReader {
  let tokens: [Token]
  let outline: Outline
  let tables: Tables
  let year: Int?
  let kind: Report.Kind?
  /// The first token behind the title.
  let start: Int

  func statements() -> [Statement] {
    var found: [Statement] = []
    for (section, lines) in texts() {
      for line in lines {
        let token = tokens[line]
        guard token.folded.count >= 6 else { continue }
        read(token.raw, section: section, into: &found)
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

  private func read(_ raw: Substring, section: Section?, into found: inout [Statement]) {
    let words = Fold.fold(raw)
    let isAboutRequests = StatementWords.aboutRequests.isIn(words)
    let cells = tables.two?.reading.filling.cells ?? [:]
    for sentence in Sentences.split(raw) {
      let folded = Fold.fold(sentence)
      guard folded.count >= 4, folded.count <= 600, folded.contains(where: Self.mayTell) else {
        continue
      }
      var reader = SentenceReader(
        sentence: folded, year: year, kind: kind, isAboutRequests: isAboutRequests,
        section: section, table2: cells)
      reader.read()
      let quote = String(Fold.trimmed(sentence))
      for (subject, value) in reader.found {
        found.append(Statement(subject: subject, value: value, quote: quote, section: section))
      }
    }
  }

  /// A sentence without a digit, a negation or a word for all tells nothing.
  private static func mayTell(_ c: UInt16) -> Bool { Fold.isDigit(c) || tellers.contains(c) }
  private static let tellers = Set(Array("未无没零全均都".utf16))

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
