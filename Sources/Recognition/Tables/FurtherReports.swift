import Forms
import Reports

/// Reports of other units or other years in the same document.
///
/// A title in a menu or among links starts no report: the headings of one follow, and under them tables or text. The same
/// report twice (a preview above the text) is one, as long as the figures are the same.
struct FurtherReports {
  private struct Start {
    let position: Int
    let title: Title
    let words: String
  }

  let tokens: [Token]
  let tables: Tables

  /// Those after the first; empty for a document with one report.
  func find() -> [FurtherReport] {
    let starts = starts()
    guard starts.count > 1 else { return [] }
    let ends = starts.dropFirst().map(\.position) + [tokens.count]
    var first: Title?
    var further: [FurtherReport] = []
    for (start, end) in zip(starts, ends) where isReport(start.position..<end) {
      guard let main = first else {
        first = start.title
        continue
      }
      if Self.differ(main, start.title), !isRepeated(start.position..<end),
        !further.contains(where: { $0.title == start.words })
      {
        further.append(
          FurtherReport(title: start.words, place: tokens[start.position].place.text))
      }
    }
    return further
  }

  /// Titles with a heading of a section shortly behind them and no other title between.
  private func starts() -> [Start] {
    var starts: [Start] = []
    for position in tokens.indices {
      guard let start = title(at: position) else { continue }
      for next in (position + 1)..<min(tokens.count, position + Self.reach) {
        if title(at: next) != nil { break }
        if tokens[next].isWords, tokens[next].folded.count <= 45,
          Outline.section(tokens[next].folded, certain: tokens[next].isHeading) != nil
        {
          starts.append(start)
          break
        }
      }
    }
    return starts
  }

  /// Lines of a page that may stand between the title and the first heading: date, source, a table of data.
  private static let reach = 40
  private static let disclosure = f("公开")

  private func title(at position: Int) -> Start? {
    let words = tokens[position].folded
    guard words.count >= 6, words.count <= 90, words.contains(words: Self.disclosure),
      let title = Title(words)
    else { return nil }
    let raw = String(tokens[position].raw)
    // The unit may stand on the line above.
    if title.unit == nil, position > 0, tokens[position - 1].isWords,
      tokens[position - 1].folded.count <= 40,
      let joined = Title(tokens[position - 1].folded + words), let unit = joined.unit,
      title.year != nil || UnitName.isOrgan(Fold.fold(unit))
    {
      return Start(
        position: position, title: joined, words: String(tokens[position - 1].raw) + raw)
    }
    guard title.unit != nil || title.year != nil else { return nil }
    return Start(position: position, title: title, words: raw)
  }

  private func isReport(_ range: Range<Int>) -> Bool {
    if (tables.spans + tables.copies.map(\.span)).contains(where: { range.contains($0.lowerBound) })
    {
      return true
    }
    var sections: Set<Section> = []
    var current: Section?
    for index in range where tokens[index].isWords {
      if tokens[index].folded.count <= 45,
        let heading = Outline.section(tokens[index].folded, certain: tokens[index].isHeading)
      {
        current = heading.section
      } else if let current, tokens[index].folded.count >= Self.sentence {
        sections.insert(current)
      }
    }
    return sections.count >= 3
  }

  /// As many characters no line of a menu has.
  private static let sentence = 30

  /// Its tables are there, and are those that were taken.
  private func isRepeated(_ range: Range<Int>) -> Bool {
    let here = tables.copies.filter { range.contains($0.span.lowerBound) }
    return !here.isEmpty && !here.contains(where: \.saysOther)
  }

  private static func differ(_ a: Title, _ b: Title) -> Bool {
    if let a = a.year, let b = b.year, a != b { return true }
    guard let a = a.unit, let b = b.unit else { return false }
    // With and without the county in front.
    return !a.contains(b) && !b.contains(a)
  }
}
