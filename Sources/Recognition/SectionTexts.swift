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
      let lines = lines(tokens, outline.range(of: index, count: tokens.count), tables: tables)
      return SectionFound(
        section: heading.section, heading: String(tokens[heading.position].raw),
        numeral: heading.numeral,
        text: lines.map { String(tokens[$0].raw) }.joined(separator: "\n"))
    }
  }

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
