import Forms
import Reports

/// The unit that a document itself gives for what is counted: the form wants single ones, and some write 百件 or 万件 into a
/// head or a note.
enum CountUnit {
  private static let multiples = CharacterSet(f("十百千万亿"))
  private static let counters = CharacterSet(f("件条份宗起项个部篇次"))
  private static let units = ["单位", "单位为", "单位是", "按", "以"].map { f($0) }
  private static let marks: CharacterSet = [U.open, U.colon, U.enumerationComma, U.comma, 0x2F]
  private static let ends = CharacterSet([U.close, U.enumerationComma, U.comma, 0x2F] + f("为"))

  /// Where these tokens say so: （百件）, 单位：万件, 百件.
  static func other(_ tokens: [Token], in range: Range<Int>) -> String? {
    for token in tokens[range.clamped(to: 0..<tokens.count)]
    where token.folded.count <= 40 && namesMultiple(token.folded) {
      return String(token.raw)
    }
    return nil
  }

  /// Notes below a table that say so: 注：以上单位为百件.
  static func note(_ tokens: [Token], in range: Range<Int>) -> String? {
    range.first { index in
      let words = tokens[index].folded
      return words.count <= 40 && words.contains(words: unit) && namesMultiple(words)
    }.map { String(tokens[$0].raw) }
  }

  private static let unit = f("单位")

  static func namesMultiple(_ words: Folded) -> Bool {
    words.indices.contains { index in
      guard counters.contains(words[index]), index > 0, multiples.contains(words[index - 1]),
        index + 1 == words.count || ends.contains(words[index + 1])
      else { return false }
      let before = words[..<index].reversed().drop { multiples.contains($0) }.reversed()
      guard let last = before.last else { return true }
      return marks.contains(last) || units.contains { Folded(before).hasSuffix($0) }
    }
  }
}

extension Tables {
  /// Doubts what is counted in tables whose head, or a note above it, gives another unit than the form.
  mutating func doubtCountUnits(_ tokens: [Token]) {
    var end = 0
    for reading in readings.sorted(by: { $0.span.lowerBound < $1.span.lowerBound })
    where !reading.span.isEmpty {
      // Labels of one table may stand among those of another, where a document is damaged.
      let start = min(max(end, reading.span.lowerBound - 12), reading.span.lowerBound)
      // What stands above the heading of the table belongs to the one before.
      let heading = tokens[start..<reading.span.lowerBound].lastIndex(where: \.opensSection)
      let notes = tokens[reading.span.upperBound...].prefix(3).prefix { !$0.opensSection }
      let around = (heading ?? start)..<reading.span.upperBound
      end = max(end, reading.span.upperBound)
      guard
        let quote = CountUnit.other(tokens, in: around)
          ?? CountUnit.note(tokens, in: notes.indices)
      else { continue }
      // None is none in every unit.
      let counts = reading.filling.cells.filter { key, cell in
        [.count, .signedCount].contains(key.kind) && !(cell.number?.isZero ?? true)
      }
      doubt(.otherUnit, counts.keys.sorted(), quote: quote)
    }
  }
}
