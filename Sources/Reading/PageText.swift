/// Where something stands on its page: from the upper left corner, in a unit of the format's own.
struct PageBox {
  var left, top, right, bottom: Double

  var middle: (x: Double, y: Double) { ((left + right) / 2, (top + bottom) / 2) }
}

/// The characters of a page or of a part of it (PDF, OFD), put back into lines by where they stand.
struct PageText {
  /// A line with the height of its middle.
  struct Line {
    let text: String
    let middle: Double
  }

  /// What stands together on a line, apart from what is beside it: words, or a figure.
  struct Piece {
    let text: String
    let left, right: Double
    let middle: Double
    let height: Double
    let isFigure: Bool
  }

  struct PiecedLine {
    let middle: Double
    let pieces: [Piece]
  }

  fileprivate struct Character {
    let scalar: Unicode.Scalar
    let left: Double
    let right: Double
    let middle: Double
    let height: Double

    /// Part of a number, as it is written.
    var isOfFigure: Bool {
      isDigit || ",.，．-－".unicodeScalars.contains(scalar)
    }

    /// Nothing else stands in a cell that holds a figure, or a dash for none.
    var isInFigureCell: Bool {
      isOfFigure || "+＋/／%％—–―".unicodeScalars.contains(scalar)
    }

    var isDigit: Bool { scalar.properties.numericType == .decimal }

    /// An ideograph.
    var isWide: Bool { scalar.value >= 0x2E80 && !isInFigureCell }

    /// How large the type is. The box of a character is often higher, an ideograph never wider.
    func size(_ unit: Double) -> Double {
      min(height, unit * 2, isWide && right > left ? right - left : .infinity)
    }

    /// Both are of one number: the next stands no further from the last than digits do.
    func follows(_ last: Character) -> Bool {
      isOfFigure && last.isOfFigure && left - last.right <= min(height, last.height) / 8
        && abs(middle - last.middle) < height / 4
    }

    func replaced(by scalar: Unicode.Scalar) -> Character {
      Character(scalar: scalar, left: left, right: left, middle: middle, height: height)
    }
  }

  private var characters: [Character] = []

  var isEmpty: Bool { characters.isEmpty }

  mutating func add(_ scalar: Unicode.Scalar, _ box: PageBox) {
    guard box.right >= box.left, box.bottom > box.top else { return }
    characters.append(
      Character(
        scalar: scalar, left: box.left, right: box.right, middle: (box.top + box.bottom) / 2,
        height: box.bottom - box.top))
  }

  /// Puts the characters of another page on this one.
  mutating func add(_ other: PageText) { characters += other.characters }

  /// The characters apart by the part of the page that each stands in; `nil`: in none. A figure that runs over the edge
  /// of all parts is in the one where it began; one that runs over the edge between two could be two figures, and is cut
  /// there with a mark that nobody can read.
  func parted<Part: Hashable>(by part: (Double, Double) -> Part?) -> [Part?: PageText] {
    var parts: [Part?: PageText] = [:]
    for row in rows(within: smallType / 2) {
      var rest = row.characters[...]
      while let first = rest.first {
        var last = first
        let run = rest.prefix { character in
          defer { last = character }
          return character.left == first.left || character.follows(last)
        }
        let places = run.map { part(($0.left + $0.right) / 2, $0.middle) }
        let inside = Set(places.compactMap { $0 })
        for (index, character) in run.enumerated() {
          let place = inside.count == 1 ? inside.first : places[index]
          if index > 0, inside.count > 1, places[index - 1] != places[index] {
            let mark = character.replaced(by: "\u{FFFD}")
            parts[places[index - 1], default: PageText()].characters.append(mark)
            parts[place, default: PageText()].characters.append(mark)
          }
          parts[place, default: PageText()].characters.append(character)
        }
        rest = rest.dropFirst(max(1, run.count))
      }
    }
    return parts
  }

  /// The height of the small type of the page, in which its tables are set.
  var smallType: Double {
    let heights = characters.map(\.height).sorted()
    guard !heights.isEmpty else { return 0 }
    // A few raised characters do not make the small type.
    return max(heights[min(4, heights.count - 1)], heights[heights.count / 2] / 3)
  }

  /// From top to bottom. Half a character of the page's small type is one space. A gap of less than a third of a character
  /// inside a line is none, in a line with wide gaps one of less than a fifth; before or behind a figure one of less than an
  /// eighth, since two narrow columns may stand so close.
  func lines() -> [Line] {
    let unit = smallType / 2
    return rows(within: unit).compactMap { row in
      let text = text(row.characters, unit: unit)
      return text.isEmpty ? nil : Line(text: text, middle: row.middle)
    }
  }

  /// The lines that ``lines()`` gives, in pieces: where it puts spaces they are apart.
  func piecedLines() -> [PiecedLine] {
    let unit = smallType / 2
    return rows(within: unit).map { row in
      let hasColumns = hasColumns(row.characters, unit: unit)
      var pieces: [[Character]] = []
      for character in row.characters where !character.scalar.properties.isWhitespace {
        if let last = pieces.last?.last,
          !isApart(character, last, unit: unit, hasColumns: hasColumns)
        {
          pieces[pieces.count - 1].append(character)
        } else {
          pieces.append([character])
        }
      }
      return PiecedLine(middle: row.middle, pieces: pieces.map(Piece.init))
    }
  }

  /// Whether a space belongs between a character and the one in front of it. Characters of a text that is stretched to the
  /// margin stand apart as well; in a line with wide gaps, of a table without lines, words of two columns stand no wider.
  private func isApart(
    _ character: Character, _ last: Character, unit: Double, hasColumns: Bool
  ) -> Bool {
    let isBesideFigure = character.isInFigureCell || last.isInFigureCell
    return character.left - last.right
      > character.size(unit) / (isBesideFigure ? 8 : hasColumns ? 5 : 3)
  }

  /// Whether it is a line of a table without lines: there is a wide gap in it; or between words there are gaps of at least a
  /// fifth of a character, and between the characters of a word none, as there are in a text that is stretched.
  private func hasColumns(_ row: [Character], unit: Double) -> Bool {
    let seen = row.filter { !$0.scalar.properties.isWhitespace }
    let gaps = zip(seen, seen.dropFirst()).map { last, next in
      (width: next.left - last.right, size: next.size(unit), words: last.isWide && next.isWide)
    }
    if gaps.contains(where: { $0.width > unit * 2 }) { return true }
    let wide = gaps.filter { $0.width > $0.size / 5 }
    let narrow = gaps.filter { $0.width < $0.size / 20 }
    // Beside figures and Latin letters programs leave such gaps in any text.
    return wide.count >= 4 && wide.allSatisfy(\.words) && wide.count + narrow.count == gaps.count
  }

  /// Characters whose middles are on one height.
  private func rows(within tolerance: Double) -> [(middle: Double, characters: [Character])] {
    var rows: [(middle: Double, characters: [Character])] = []
    for character in characters.sorted(by: { $0.middle < $1.middle }) {
      if let last = rows.indices.last, character.middle - rows[last].middle < tolerance {
        rows[last].characters.append(character)
        // The middle of the row follows its characters, so that a slightly raised one opens no row of its own.
        rows[last].middle +=
          (character.middle - rows[last].middle) / Double(rows[last].characters.count)
      } else {
        rows.append((character.middle, [character]))
      }
    }
    return rows.map { ($0.middle, once($0.characters.sorted { $0.left < $1.left })) }
  }

  /// Writers make bold type by printing a character twice, a hair apart.
  private func once(_ row: [Character]) -> [Character] {
    var kept: [Character] = []
    for character in row {
      let isAgain = kept.suffix(3).contains { other in
        other.scalar == character.scalar
          && character.left - other.left < (character.right - character.left) / 4
          && abs(character.middle - other.middle) < character.height / 4
      }
      if !isAgain { kept.append(character) }
    }
    return kept
  }

  private func text(_ row: [Character], unit: Double) -> String {
    var text = String.UnicodeScalarView()
    // How wide the text is so far: an ideograph is two.
    var width = 0
    var last: Character?
    let hasColumns = hasColumns(row, unit: unit)
    for character in row where !character.scalar.properties.isWhitespace {
      if last.map({ isApart(character, $0, unit: unit, hasColumns: hasColumns) }) ?? true {
        // A character may be said to stand anywhere, farther away than a number can tell.
        let place = (character.left / unit).rounded()
        let column = Int(Double.maximum(0, .minimum(place, 100_000)))
        let spaces = max(
          last.map { hasColumns || character.left - $0.right > unit * 2 ? 2 : 1 } ?? 0,
          column - width)
        for _ in 0..<min(spaces, 400) { text.append(" ") }
        width += spaces
      }
      text.append(character.scalar)
      width += character.scalar.value >= 0x1100 ? 2 : 1
      last = character
    }
    return String(text)
  }
}

extension PageText.Piece {
  /// Of characters from left to right.
  fileprivate init(_ characters: [PageText.Character]) {
    let scalars = characters.map(\.scalar)
    text = String(String.UnicodeScalarView(scalars))
    left = characters.map(\.left).min() ?? 0
    right = characters.map(\.right).max() ?? 0
    middle = characters.map(\.middle).reduce(0, +) / Double(characters.count)
    height = characters.map(\.height).max() ?? 0
    isFigure = characters.count <= 20 && characters.allSatisfy(\.isInFigureCell)
  }
}
