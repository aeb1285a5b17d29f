import Forms
import Reports

/// The headings of the six sections, found by their words; numbers are kept as printed but decide nothing, for they
/// restart and shift in real reports.
struct Outline {
  struct Heading {
    let section: Section
    let position: Int
    let numeral: String?
  }

  private(set) var headings: [Heading] = []

  /// `tables` are the tokens that tables take: of several lists of headings (a contents page, a menu) the one with
  /// tables and text under it is the report.
  init(_ tokens: [Token], tables: [Range<Int>]) {
    let candidates = Self.candidates(tokens, tables: tables)
    var runs: [[Heading]] = []
    for heading in candidates {
      if let last = runs.last?.last, last.section == heading.section,
        heading.position - last.position <= 1
      {
        // The same line twice.
        continue
      }
      if runs.isEmpty || runs[runs.count - 1].contains(where: { $0.section == heading.section }) {
        runs.append([])
      }
      runs[runs.count - 1].append(heading)
    }
    guard runs.count > 1 else {
      headings = runs.first ?? []
      return
    }
    let weights = runs.enumerated().map { number, run in
      Self.weight(
        of: run, end: number + 1 < runs.count ? runs[number + 1][0].position : tokens.count,
        tokens, tables)
    }
    guard let best = weights.indices.max(by: { weights[$0] < weights[$1] }) else { return }
    // A heading may stand twice in one report (its text quoted, a table split): what comes later and is new belongs to it.
    headings = runs[best]
    for run in runs[(best + 1)...] {
      for heading in run where !headings.contains(where: { $0.section == heading.section }) {
        headings.append(heading)
      }
    }
    if let first = headings.first {
      for run in runs[..<best].reversed() {
        for heading in run.reversed()
        where heading.section < first.section
          && !headings.contains(where: { $0.section == heading.section })
          && Self.content(heading.position + 1, tokens) > 40
        {
          headings.insert(heading, at: 0)
        }
      }
    }
  }

  private static func content(_ position: Int, _ tokens: [Token]) -> Int {
    position < tokens.count ? tokens[position].folded.count : 0
  }

  private static func weight(
    of run: [Heading], end: Int, _ tokens: [Token], _ tables: [Range<Int>]
  ) -> Int {
    var weight = 0
    for (number, heading) in run.enumerated() {
      let next = number + 1 < run.count ? run[number + 1].position : end
      let text = tokens[heading.position..<next].dropFirst().reduce(0) {
        $0 + ($1.folded.count > 20 ? $1.folded.count : 0)
      }
      weight += min(text, 1000)
      for table in tables where table.lowerBound >= heading.position && table.lowerBound < next {
        weight += 10_000
      }
    }
    return weight
  }

  /// The tokens of a section: from its heading to the next one.
  func range(of index: Int, count: Int) -> Range<Int> {
    let start = headings[index].position + 1
    let end = headings.map(\.position).filter { $0 >= start }.min() ?? count
    return start..<max(start, end)
  }

  func range(of section: Section, count: Int) -> Range<Int>? {
    headings.firstIndex { $0.section == section }.map { range(of: $0, count: count) }
  }

  // MARK: Candidates

  private static func candidates(_ tokens: [Token], tables: [Range<Int>]) -> [Heading] {
    var found: [Heading] = []
    for (position, token) in tokens.enumerated() {
      guard token.isWords, token.folded.count >= 2, token.folded.count <= 45,
        !tables.contains(where: { $0.contains(position) })
      else { continue }
      if let heading = heading(token, at: position) {
        found.append(heading)
      } else if token.layout == .line, token.folded.count >= 4, token.folded.count <= 30,
        position + 1 < tokens.count, tokens[position + 1].layout == .line,
        tokens[position + 1].folded.count <= 12, numeral(token.folded).numeral != nil,
        let heading = section(token.folded + tokens[position + 1].folded, certain: true)
      {
        // Broken over two lines.
        found.append(
          Heading(section: heading.section, position: position, numeral: heading.numeral))
      }
    }
    return found
  }

  private static func heading(_ token: Token, at position: Int) -> Heading? {
    section(token.folded, certain: token.isHeading).map {
      Heading(section: $0.section, position: position, numeral: $0.numeral)
    }
  }

  private static let titles: [(words: Folded, section: Section)] = Section.allCases.flatMap {
    section in
    ([section.title.official] + section.title.variants).map { (Fold.fold($0), section) }
  }

  /// The section that these words are the title of.
  static func section(
    _ words: Folded, certain: Bool
  ) -> (section: Section, numeral: String?)? {
    let (numeral, rest) = numeral(words)
    var title = rest
    if let last = title.last, last == U.colon || last == U.fullStop { title.removeLast() }
    guard title.count >= 2 else { return nil }
    if let match = titles.first(where: { $0.words == title }) { return (match.section, numeral) }
    guard numeral != nil || certain, title.count >= 4 else { return nil }
    // 2023年政务公开总体情况: words in front of the title, and single wrong characters.
    let suffix = titles.filter { $0.words.count >= 4 && title.hasSuffix($0.words) }
      .max { $0.words.count < $1.words.count }
    if let suffix, title.count <= suffix.words.count + 16 { return (suffix.section, numeral) }
    var best: (section: Section, ratio: Double)?
    for (words, section) in titles {
      guard let ratio = Similarity.ratio(title, words, floor: 0.75) else { continue }
      if ratio > best?.ratio ?? 0 { best = (section, ratio) }
    }
    return best.map { ($0.section, numeral) }
  }

  /// 一、 in front of a title, as printed; （一） and 1. number parts of sections and are none.
  private static func numeral(_ words: Folded) -> (numeral: String?, rest: Folded) {
    var start = 0
    if words.first == 0x7B2C { start = 1 }
    var index = start
    while index < words.count, Ordinal.numerals.contains(words[index]) { index += 1 }
    guard index > start, index - start <= 2, index < words.count else { return (nil, words) }
    let numeral = words[start..<index].string
    if words.has(part, at: index) { index += part.count }
    guard index < words.count else { return (nil, words) }
    if Ordinal.separators.contains(words[index]) {
      return (numeral, Array(words[(index + 1)...]))
    }
    // 一总体情况: the mark is lost. Only where words of a title follow is the character a number.
    let rest = Array(words[index...])
    return titles.contains { $0.words == rest } ? (numeral, rest) : (nil, words)
  }

  private static let part = f("部分")
}
