import Forms
import Reports

/// Whether a row with as many figures as cells has its own, all of them: sums, numbers of pages and of rows.
extension RowFilling {
  private var tokens: [Token] { alignment.tokens }

  /// In a line of figures with spaces a blank may have gone unseen, and a figure be in pieces: not where the columns or the
  /// sum of the row say otherwise.
  func isWhole(_ row: TableAlignment.Row, _ slot: Slot) -> Bool {
    guard tokens[row.fields.lowerBound].layout == .spaced, slot.cells.count > 1 else {
      return tokens[row.fields.lowerBound].layout != .spaced || isFull
    }
    if sumsUp(Array(row.fields), slot) { return true }
    if mayBeInPieces(row.fields) { return false }
    guard let ruler = rulers[row.fields] else { return isFull }
    // Rows with fewer cells stand under columns of the others.
    return slot.cells.count == ruler.width
      ? ruler.confirms(row.fields) : isFull || ruler.place(row.fields) != nil
  }

  /// Two of its figures stand one space apart, the others further: pieces of one, and another cell is gone.
  private func mayBeInPieces(_ fields: Range<Int>) -> Bool {
    let places = fields.compactMap { tokens[$0].columns?.narrow }
    guard places.count == fields.count else { return false }
    let gaps = zip(places, places.dropFirst()).map { $1.lowerBound - $0.upperBound }
    return gaps.contains(1) && gaps.contains { $0 > 1 }
  }

  /// The last cell is the total of the others, and is their sum.
  func sumsUp(_ fields: [Int], _ slot: Slot) -> Bool {
    guard slot.cells.last?.column == "total", fields.count == slot.cells.count else {
      return false
    }
    return sumsUp(fields)
  }

  func sumsUp(_ fields: [Int]) -> Bool {
    let values = fields.map { tokens[$0].value.figure?.integer }
    guard let total = values.last.flatMap({ $0 }), total < 1 << 40 else { return false }
    var sum = 0
    for value in values.dropLast() {
      guard let value, value < 1 << 40 else { return false }
      sum += value
    }
    return sum == total
  }

  /// No report has more pages.
  private static let lastPage = 999

  /// A lone figure on a line of its own behind a row that is whole and balanced without it: a page number, unless another
  /// of the figures could stand there twice as well, or one is in two pieces on its line.
  func withoutPageNumber(_ row: TableAlignment.Row, _ slot: Slot) -> [Int]? {
    guard alignment.side == .before, let last = row.fields.last,
      row.fields.count == slot.cells.count + 1,
      tokens[last].layout == .line, Set(row.fields.dropLast().map { tokens[$0].layout }).count == 1,
      let number = tokens[last].value.figure?.integer, (1...Self.lastPage).contains(number)
    else { return nil }
    let fields = Array(row.fields.dropLast())
    guard sumsUp(fields, slot) else { return nil }
    // Zeros always sum up; where each figure has its own line and rows are short, they may be those of a row whose label is
    // lost, and this its total.
    if tokens[fields[0]].layout == .line, leavesBlanks,
      fields.allSatisfy({ tokens[$0].value.figure?.isZero ?? false })
    {
      return nil
    }
    let raws = fields.map { tokens[$0].raw }
    let isOnly = row.fields.indices.dropLast().allSatisfy { index in
      let others = row.fields.filter { $0 != index }
      return !sumsUp(others, slot) || others.map { tokens[$0].raw } == raws
    }
    return isOnly && !isWholeInPieces(row.fields) ? fields : nil
  }

  /// With two neighbours taken for the halves of one figure the row sums up as well.
  private func isWholeInPieces(_ fields: Range<Int>) -> Bool {
    let digits = fields.compactMap { tokens[$0].value.figure?.integer }
    guard digits.count == fields.count, let total = digits.last, digits.allSatisfy({ $0 >= 0 })
    else { return false }
    return digits.indices.dropLast(2).contains { index in
      guard let joined = Int("\(digits[index])\(digits[index + 1])") else { return false }
      let parts = digits[..<index] + [joined] + digits[(index + 2)...].dropLast()
      return parts.allSatisfy { $0 < 1 << 40 } && parts.reduce(0, +) == total
    }
  }

  /// Lines of one figure in front of the labels that count them, 1, 2, 3: no figures of the rows above them.
  static func serials(_ alignment: TableAlignment) -> Set<Int> {
    let tokens = alignment.tokens
    let numbers = alignment.rows.map { row -> Int? in
      guard row.match.start > 0 else { return nil }
      let before = tokens[row.match.start - 1]
      return before.layout == .line ? before.value.figure?.integer : nil
    }
    let rising = zip(numbers, numbers.dropFirst()).filter { number, next in
      number.flatMap { number in next.map { $0 == number + 1 } } ?? false
    }.count
    guard rising >= 6, rising * 4 >= alignment.rows.count * 3 else { return [] }
    return Set(
      zip(alignment.rows, alignment.rows.dropFirst()).filter { row, next in
        row.fields.last.map { $0 == next.match.start - 1 && tokens[$0].layout == .line } ?? false
      }.map(\.0.anchor))
  }
}
