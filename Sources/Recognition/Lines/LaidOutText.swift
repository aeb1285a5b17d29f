/// Lines whose parts are kept apart by white space: a figure behind its label, a row of figures, or whole tables whose
/// columns stand under each other (text of a PDF).
enum LaidOutText {
  /// For each line, whether it stands in a table laid out in columns.
  ///
  /// A row of such a table ends in two or more figures with wide gaps between them; lines near one hold parts of labels
  /// and of the head.
  static func lines(_ lines: [(text: Substring, indent: Int)]) -> [Bool] {
    var marks = [Bool](repeating: false, count: lines.count)
    // The last line up to which all are marked.
    var end = -1
    for (index, line) in lines.enumerated()
    where isRow(line.text) || isHead(line.text) || index <= end && isApart(line.text, line.indent) {
      for near in max(0, index - reach, end - reach)...min(lines.count - 1, index + reach) {
        marks[near] = true
      }
      end = min(lines.count - 1, index + reach)
    }
    return marks
  }

  /// Short words only, at least four of them, far apart: over columns that may all be blank.
  private static func isHead(_ line: Substring) -> Bool {
    guard line.utf8.count < 2000, line.withBytes({ $0.contains(0x20) }) else { return false }
    let pieces = TextColumns.pieces(line, indent: 0)
    guard pieces.count >= 4 else { return false }
    let gaps = zip(pieces, pieces.dropFirst()).count {
      $1.columns.narrow.lowerBound - $0.columns.narrow.upperBound >= 2
    }
    return gaps >= 3
      && pieces.dropFirst().allSatisfy {
        $0.text.unicodeScalars.count <= 12 && !FieldValue($0.text).isValue
      }
  }

  /// Parts of labels beside each other, or far from the margin, where rows are blank.
  private static func isApart(_ line: Substring, _ indent: Int) -> Bool {
    guard line.utf8.count < 400 else { return false }
    let pieces = TextColumns.pieces(line, indent: indent)
    return pieces.first?.columns.narrow.lowerBound ?? 0 >= 4
      || zip(pieces, pieces.dropFirst()).contains {
        $1.columns.narrow.lowerBound - $0.columns.narrow.upperBound >= 2
      }
  }

  /// A label in a narrow column is broken over that many lines above and below its figures; heads are as high.
  private static let reach = 6

  private static func isRow(_ line: Substring) -> Bool {
    guard line.utf8.count < 2000, let tail = tail(line), hasWideGap(line),
      FieldValue(tail).isValue
    else { return false }
    let pieces = TextColumns.pieces(line, indent: 0)
    let row = Array(pieces.suffix(while: { FieldValue($0.text).isValue }))
    return zip(row, row.dropFirst()).contains {
      $1.columns.narrow.lowerBound - $0.columns.narrow.upperBound >= 2
    }
  }

  /// What stands behind the last white space that is not at the end; `nil` where it is longer than figures are.
  private static func tail(_ line: Substring) -> Substring? {
    line.withBytes { bytes in
      var start = bytes.count
      var end = start
      var count = 0
      while start > 0 {
        var before = start
        if Fold.isSpace(bytes.scalar(before: &before)) {
          if count > 0 { break }
          end = before
        } else {
          count += 1
          guard count < 20 else { return nil }
        }
        start = before
      }
      return line.part(start..<end)
    }
  }

  /// Two columns of white space beside each other.
  private static func hasWideGap(_ line: Substring) -> Bool {
    var isBehindSpace = false
    return line.withBytes { bytes in
      bytes.contains { scalar in
        let isSpace = Fold.isSpace(scalar)
        defer { isBehindSpace = isSpace }
        return isSpace && isBehindSpace
      }
    }
  }

  /// Figures behind words, or figures only, with white space between them.
  ///
  /// - Parameter splitsWords: wide gaps also keep words apart: a group's label, a part of a row's label.
  static func pieces(
    _ line: Substring, indent: Int, splitsWords: Bool
  ) -> [TextColumns.Piece]? {
    guard splitsWords || line.withBytes({ $0.contains(where: Fold.isSpace) }) else { return nil }
    let parts = TextColumns.pieces(line, indent: indent)
    let figures = parts.suffix(while: { FieldValue($0.text).isValue }).count
    guard splitsWords || figures > 0 && parts.count > 1 else { return nil }
    let words = parts.dropLast(figures)
    // `12 件` is one figure with its unit, and so on: read as one where that is possible.
    if words.isEmpty, !splitsWords, FieldValue(Fold.trimmed(line)).shape == .number { return nil }
    return joined(words, in: line, gap: splitsWords ? 2 : .max) + parts.suffix(figures)
  }

  /// The parts of a whole page on one line, with spaces for its line breaks; `nil` for any other line.
  static func wholePage(_ line: Substring) -> [Substring]? {
    guard line.utf8.count > 1000 else { return nil }
    let parts = line.fields(between: Fold.isSpace).filter { !$0.isEmpty }
    guard parts.count > BarText.endless else { return nil }
    let figures = parts.count { FieldValue($0).isValue }
    return figures > BarText.endless / 2 && figures < parts.count - 10 ? parts : nil
  }

  /// Words with less than `gap` columns between them are one piece.
  private static func joined(
    _ parts: ArraySlice<TextColumns.Piece>, in line: Substring, gap: Int
  ) -> [TextColumns.Piece] {
    var pieces: [TextColumns.Piece] = []
    for part in parts {
      if let last = pieces.last,
        part.columns.narrow.lowerBound - last.columns.narrow.upperBound < gap
      {
        pieces[pieces.count - 1] = TextColumns.Piece(
          text: line[last.text.startIndex..<part.text.endIndex],
          columns: TextColumns(
            narrow: last.columns.narrow.lowerBound..<part.columns.narrow.upperBound,
            wide: last.columns.wide.lowerBound..<part.columns.wide.upperBound))
      } else {
        pieces.append(part)
      }
    }
    return pieces
  }
}
