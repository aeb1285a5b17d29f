import Reports

/// The text under each heading, without tables and without the foot of the page.
enum SectionTexts {
  static func sections(
    _ tokens: [Token], outline: Outline, tables: [Range<Int>]
  ) -> [SectionFound] {
    outline.headings.indices.sorted {
      outline.headings[$0].position < outline.headings[$1].position
    }.map { index in
      let heading = outline.headings[index]
      let range = outline.range(of: index, count: tokens.count)
      let lines = withoutHead(
        lines(tokens, range, tables: tables), tokens, tables: tables)
      return SectionFound(
        section: heading.section, heading: String(tokens[heading.position].raw),
        numeral: heading.numeral,
        text: lines.map { String(tokens[$0].raw) }.joined(separator: "\n"))
    }
  }

  /// Without the words of the table's head, which stand as lines of their own in front of the first row.
  private static func withoutHead(
    _ lines: [Int], _ tokens: [Token], tables: [Range<Int>]
  ) -> [Int] {
    var kept = lines
    for table in tables {
      var next = table.lowerBound
      while let last = kept.lastIndex(of: next - 1), isHead(tokens[next - 1]) {
        kept.remove(at: last)
        next -= 1
      }
    }
    return kept
  }

  /// A short line without a stop, or the rule printed over table 3.
  private static func isHead(_ token: Token) -> Bool {
    token.isWords
      && (token.folded.count <= 14 && !token.folded.contains(where: stops.contains)
        || token.folded.contains(words: rule))
  }

  private static let stops: CharacterSet = [U.fullStop, U.comma, U.semicolon]
  private static let rule = f("勾稽关系")

  /// The tokens of running text in a range.
  static func lines(
    _ tokens: [Token], _ range: Range<Int>, tables: [Range<Int>]
  ) -> [Int] {
    var lines: [Int] = []
    for index in range {
      let token = tokens[index]
      if tables.contains(where: { $0.contains(index) }) { continue }
      if Furniture.isEnd(token.folded) { break }
      if token.layout == .line || token.layout == .spaced { lines.append(index) }
    }
    return lines
  }
}
