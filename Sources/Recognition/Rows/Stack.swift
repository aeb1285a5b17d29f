/// Words that stand under each other in a table laid out in columns: 结果 over 维持.
enum Stack {
  /// Tokens that a line and the one after the next may have between them, at most.
  private static let reach = 48

  /// The words on the next or the next but one line that stand under these.
  static func below(_ index: Int, _ tokens: [Token]) -> Int? {
    next(index, tokens, in: stride(from: index + 1, to: min(tokens.count, index + reach), by: 1))
  }

  /// The words that stand over these.
  static func above(_ index: Int, _ tokens: [Token]) -> Int? {
    next(index, tokens, in: stride(from: index - 1, to: max(-1, index - reach), by: -1))
  }

  private static func next(
    _ index: Int, _ tokens: [Token], in others: StrideTo<Int>
  ) -> Int? {
    guard let columns = tokens[index].columns else { return nil }
    var row = tokens[index].row
    var lines = 0
    var best: (index: Int, distance: Int)?
    for other in others {
      let token = tokens[other]
      if token.row != row {
        guard best == nil, lines < 2 else { break }
        row = token.row
        lines += 1
      }
      guard !token.value.isValue else { break }
      guard lines > 0, let theirs = token.columns, theirs.overlaps(columns) else { continue }
      let distance = theirs.distance(to: columns)
      if distance < best?.distance ?? .max { best = (other, distance) }
    }
    return best?.index
  }

  /// What stands in one column with these words, from top to bottom: at most two above and two below.
  static func around(_ index: Int, _ tokens: [Token]) -> [Int] {
    var column = [index]
    while column.count < 3, let above = above(column[0], tokens) { column.insert(above, at: 0) }
    let top = column.count
    while column.count < top + 2, let below = below(column[column.count - 1], tokens) {
      column.append(below)
    }
    return column
  }

  /// The words of a head, each column from top to bottom.
  static func words(_ head: Range<Int>, _ tokens: [Token], longest: Int) -> Folded {
    var words: Folded = []
    var used: Set<Int> = []
    for index in head where tokens[index].folded.count <= longest && !used.contains(index) {
      words += tokens[index].folded
      var last = index
      // A caption over several columns stands above the first of them only.
      while let below = below(last, tokens), head.contains(below),
        above(below, tokens) == last, used.insert(below).inserted
      {
        words += tokens[below].folded
        last = below
      }
    }
    return words
  }
}
