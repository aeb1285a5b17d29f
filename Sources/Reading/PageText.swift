/// Where a character stands on its page: from the upper left corner, in a unit of the format's own.
struct PageBox {
  var left, top, right, bottom: Double
}

/// The characters of a page (PDF, OFD), put back into lines by where they stand.
struct PageText {
  private struct Character {
    let scalar: Unicode.Scalar
    let left: Double
    let right: Double
    let middle: Double
    let height: Double
  }

  private var characters: [Character] = []

  mutating func add(_ scalar: Unicode.Scalar, _ box: PageBox) {
    guard box.right >= box.left, box.bottom > box.top else { return }
    characters.append(
      Character(
        scalar: scalar, left: box.left, right: box.right, middle: (box.top + box.bottom) / 2,
        height: box.bottom - box.top))
  }

  /// Puts the characters of another page on this one.
  mutating func add(_ other: PageText) { characters += other.characters }

  /// From top to bottom. Half a character of the page's small type, in which its tables are set, is one space; a gap of
  /// less than a third of a character inside a line is none.
  func lines() -> [String] {
    guard !characters.isEmpty else { return [] }
    let heights = characters.map(\.height).sorted()
    // A few raised characters do not make the small type.
    let small = max(heights[min(4, heights.count - 1)], heights[heights.count / 2] / 3)
    return rows(within: small / 2).map { text($0, unit: small / 2) }.filter { !$0.isEmpty }
  }

  /// Characters whose middles are on one height.
  private func rows(within tolerance: Double) -> [[Character]] {
    var rows: [[Character]] = []
    var middle = 0.0
    for character in characters.sorted(by: { $0.middle < $1.middle }) {
      if let last = rows.indices.last, character.middle - middle < tolerance {
        rows[last].append(character)
        // The middle of the row follows its characters, so that a slightly raised one opens no row of its own.
        middle += (character.middle - middle) / Double(rows[last].count)
      } else {
        rows.append([character])
        middle = character.middle
      }
    }
    return rows.map { $0.sorted { $0.left < $1.left } }
  }

  private func text(_ row: [Character], unit: Double) -> String {
    var text = String.UnicodeScalarView()
    // How wide the text is so far: an ideograph is two.
    var width = 0
    var end: Double?
    for character in row {
      let gap = end.map { character.left - $0 } ?? .infinity
      if gap > min(character.height, unit * 2) / 3 {
        let column = Int((character.left / unit).rounded())
        let spaces = max(end == nil ? 0 : gap > unit * 2 ? 2 : 1, column - width)
        for _ in 0..<min(spaces, 400) { text.append(" ") }
        width += spaces
      }
      text.append(character.scalar)
      width += character.scalar.value >= 0x1100 ? 2 : 1
      end = character.right
    }
    return String(text)
  }
}
