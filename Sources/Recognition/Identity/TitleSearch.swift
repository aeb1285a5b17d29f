/// The title of the report among the lines of the document; it may stand on up to three of them.
struct TitleSearch {
  let parts: Title
  /// As printed, joined to one line.
  let words: String
  let range: Range<Int>
  /// The unit is that of a line above a title which is complete without it, and names a whole level of government: it
  /// may be the title's first half or the name of the web site.
  let unitIsBanner: Bool

  static func find(in tokens: [Token], before body: Int) -> TitleSearch? {
    var best: (score: Int, range: Range<Int>, title: Title)?
    // A title stands before the report, except where the copy has only its end; then it is searched everywhere.
    for range in [0..<min(body, tokens.count), 0..<min(tokens.count, 400)] where best == nil {
      for start in range where tokens[start].folded.last != U.colon {
        var words: Folded = []
        for end in start..<min(start + 3, range.upperBound) {
          let token = tokens[end]
          guard token.isWords || end > start && token.value.shape == .number,
            token.folded.count <= 70
          else { break }
          words += token.isWords ? token.folded : Fold.fold(token.raw)
          guard let title = Title(words) else { continue }
          let score = score(title, words, lines: end - start, isHeading: token.isHeading)
          if score > best?.score ?? Int.min { best = (score, start..<(end + 1), title) }
        }
      }
    }
    guard let best else { return nil }
    return TitleSearch(best.title, best.range, tokens)
  }

  private static func score(
    _ title: Title, _ words: Folded, lines: Int, isHeading: Bool
  ) -> Int {
    var score = 10 - 3 * lines
    if title.unit != nil { score += 4 }
    if title.year != nil { score += 4 }
    if title.isOnDisclosure { score += 3 }
    if isHeading { score += 5 }
    if words.contains(0x3E) { score -= 8 }
    return score
  }

  private init(_ title: Title, _ range: Range<Int>, _ tokens: [Token]) {
    parts = title
    self.range = range
    words = tokens[range].map { String($0.raw) }.joined()
    let first = tokens[range.lowerBound]
    let rest = tokens[range.dropFirst()].reduce(into: Folded()) { $0 += $1.folded }
    let isOneHeading = first.isHeading && tokens[range].allSatisfy(\.isHeading)
    unitIsBanner =
      range.count > 1 && !isOneHeading && Title(rest).map { $0.unit == nil } ?? false
      && !first.folded.contains(where: Fold.isDigit)
      && title.unit.map { UnitName.level(f($0)) != nil } ?? false
  }
}
