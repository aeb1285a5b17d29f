/// A line of a page, as it is known again on the next.
struct HeadLine {
  /// Without spaces, of which another page may have more.
  let letters: String
  let hasColumns: Bool
  let hasDigit: Bool

  /// `nil`: it is a table.
  init?(_ item: PageBlocks.Item) {
    guard case .line(let text) = item else { return nil }
    letters = text.filter { !$0.isWhitespace }
    hasColumns = text.drop { $0 == " " }.unicodeScalars.split(separator: " ").count > 1
    hasDigit = text.unicodeScalars.contains { $0.properties.numericType == .decimal }
  }

  /// The lines at the top of a page that are a head without lines around it, printed again where its table goes on: three
  /// and more, in the order of the page before, without a figure. Fewer may be the head of the next part of a table, and a
  /// last one without columns may be a label.
  static func repeated(_ lines: [HeadLine?], from before: [HeadLine?]) -> Range<Int> {
    var found = 0..<0
    // The rest of a row that was cut may stand above.
    for start in 0..<min(3, lines.count) {
      for other in before.indices {
        var count = 0
        while start + count < lines.count, other + count < before.count,
          let line = lines[start + count], let known = before[other + count],
          line.letters == known.letters, !line.hasDigit
        { count += 1 }
        while count > 0, lines[start + count - 1]?.hasColumns == false { count -= 1 }
        if count >= 3, count > found.count { found = start..<start + count }
      }
    }
    return found
  }
}
