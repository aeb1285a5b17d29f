/// Where a piece of text stands on its line, in columns from 0.
///
/// Programs that keep the columns of a table by white space count either every character as one column or Chinese ones
/// as two; which one it was is told by what lines up, so both are kept.
struct TextColumns: Hashable {
  var narrow: Range<Int>
  var wide: Range<Int>

  func overlaps(_ other: TextColumns) -> Bool {
    narrow.overlaps(other.narrow) || wide.overlaps(other.wide)
  }

  /// Where ideographs count as two columns, or as one.
  func overlaps(_ other: TextColumns, isWide: Bool) -> Bool {
    isWide ? wide.overlaps(other.wide) : narrow.overlaps(other.narrow)
  }

  /// How far two pieces are from standing exactly under each other: by their left ends, their middles or their right ends.
  func distance(to other: TextColumns) -> Int {
    [(narrow, other.narrow), (wide, other.wide)].flatMap { a, b in
      let left = abs(a.lowerBound - b.lowerBound)
      let right = abs(a.upperBound - b.upperBound)
      let middle = abs(a.lowerBound + a.upperBound - b.lowerBound - b.upperBound) / 2
      return [left, middle, right]
    }.min() ?? 0
  }

  /// The pieces of a line between white space, and where each stands.
  struct Piece {
    let text: Substring
    let columns: TextColumns
  }

  static func pieces(_ line: Substring, indent: Int) -> [Piece] {
    var pieces: [Piece] = []
    var narrow = indent
    var wide = indent
    var start: (index: Int, narrow: Int, wide: Int)?
    func close(_ end: Int) {
      guard let begun = start else { return }
      pieces.append(
        Piece(
          text: line.part(begun.index..<end),
          columns: TextColumns(narrow: begun.narrow..<narrow, wide: begun.wide..<wide)))
      start = nil
    }
    line.withBytes { bytes in
      var index = 0
      while index < bytes.count {
        let before = index
        let scalar = bytes.scalar(at: &index)
        if Fold.isSpace(scalar) {
          close(before)
        } else if start == nil {
          start = (before, narrow, wide)
        }
        narrow += 1
        wide += isWide(scalar) ? 2 : 1
      }
      close(bytes.count)
    }
    return pieces
  }

  /// As programs count that set Chinese text: whatever is not Latin, Greek or Cyrillic is as wide as an ideograph.
  private static func isWide(_ scalar: UInt32) -> Bool { scalar >= 0x1100 }
}
