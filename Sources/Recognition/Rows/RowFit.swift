/// Laying the fields of a row into its cells.
enum RowFit {
  case cells([Int])
  /// All blank: the label stands there and no field behind it.
  case allBlank
  /// Another number of fields than cells: which are blank is not known.
  case mismatch

  /// Fields that merged cells leave in every row of a kind.
  struct Padding {
    /// How many fields rows of this kind have.
    let usual: Int
    /// In front of the figures or behind them, as far as rows tell.
    let isLeading: Bool?

    /// - Parameter rows: the fields of all rows of one kind.
    init?(_ rows: [Range<Int>], count: Int, tokens: [Token]) {
      guard let usual = RowFit.usual(rows.map(\.count)) else { return nil }
      self.usual = usual
      var leading = 0
      var trailing = 0
      for row in rows where row.count == usual && usual > count {
        let ends = RowFit.blankEnds(row, count: count, tokens)
        if ends.leading != ends.trailing {
          leading += ends.leading ? 1 : 0
          trailing += ends.trailing ? 1 : 0
        }
      }
      isLeading = leading > 0 && trailing == 0 ? true : trailing > 0 && leading == 0 ? false : nil
    }
  }

  /// - Parameters:
  ///   - fields: the tokens behind the label.
  ///   - count: the cells of the row.
  ///   - padding: more fields than cells are padding only where that is usual.
  init(_ fields: Range<Int>, count: Int, padding: Padding? = nil, tokens: [Token]) {
    let keepsBlanks = fields.first.map { tokens[$0].keepsBlanks } ?? false
    let usual = padding?.usual ?? count
    if tokens[fields].allSatisfy(\.isBlank) {
      // A row that is short of fields where they are seen has lost one, and that may have been the figure.
      let isShort =
        keepsBlanks && fields.count < max(count, usual)
        && !fields.contains { tokens[$0].spans }
      self =
        isShort ? .mismatch : fields.count == count ? .cells(Array(fields)) : .allBlank
      return
    }
    if fields.count == count {
      // A blank at the end may be the padding that other rows have, or a margin, and a cell be lost.
      let mayBePadding =
        keepsBlanks && (usual > count || tokens[fields.lowerBound].isInShortRow && count > 1)
        && [fields.lowerBound, fields.upperBound - 1].contains { tokens[$0].isBlank }
      self =
        Self.isUniform(fields, tokens) && !mayBePadding ? .cells(Array(fields)) : .mismatch
      return
    }
    guard keepsBlanks, fields.count > count, fields.count == usual else {
      self = .mismatch
      return
    }
    let filled = fields.filter { !tokens[$0].isBlank }
    if count == 1, filled.count == 1 {
      self = .cells(filled)
      return
    }
    // Empty fields before or behind the figures are padding, if only one of both explains the row.
    let ends = Self.blankEnds(fields, count: count, tokens)
    guard ends.leading || ends.trailing,
      let isLeading = ends.leading != ends.trailing ? ends.leading : padding?.isLeading
    else {
      self = .mismatch
      return
    }
    self = .cells(Array(isLeading ? fields.suffix(count) : fields.prefix(count)))
  }

  private static func blankEnds(
    _ fields: Range<Int>, count: Int, _ tokens: [Token]
  ) -> (leading: Bool, trailing: Bool) {
    (
      fields.dropLast(count).allSatisfy { tokens[$0].isBlank },
      fields.dropFirst(count).allSatisfy { tokens[$0].isBlank }
    )
  }

  /// The number of fields that most rows have.
  static func usual(_ counts: [Int]) -> Int? {
    let groups = Dictionary(grouping: counts) { $0 }.mapValues(\.count)
    return groups.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key
  }

  /// Figures of one row stand either each on its own line or all on one: a mixture has a figure in pieces.
  private static func isUniform(_ fields: Range<Int>, _ tokens: [Token]) -> Bool {
    let spaced = fields.filter { tokens[$0].layout == .spaced }
    guard !spaced.isEmpty, fields.count > 1 else { return true }
    return spaced.count == fields.count && Set(fields.map { tokens[$0].row }).count == 1
  }
}
