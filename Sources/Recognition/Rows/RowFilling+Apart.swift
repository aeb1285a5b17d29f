import Forms
import Reports

/// Figures that stand apart from the labels of their table, or from all labels.
extension RowFilling {
  private var tokens: [Token] { alignment.tokens }

  /// Figures in front of the first label, as many as its row has or with none behind the last label: the labels may stand
  /// behind their figures.
  mutating func doubtFiguresBeforeLabels() {
    let labelled = alignment.rows.filter { row in slots.contains { $0.anchor == row.anchor } }
    guard let first = labelled.first, let last = labelled.last,
      let slot = slots.first(where: { $0.anchor == first.anchor })
    else { return }
    // The label may stand there twice. Two figures run together are words that begin with a digit.
    let words = tokens[first.match.start].folded
    let above = tokens[..<first.match.start].reversed().drop { $0.folded == words }
    let before = above.prefix { token in
      guard !token.keepsBlanks else { return false }
      return token.value.isValue || Self.isMeant(token)
    }.count { $0.value.isValue }
    // With its figures behind the form's last label, every label has its own behind it, and only the first label is lost.
    let isClosed = last.anchor == slots.last?.anchor && last.fields.count == slots.last?.cells.count
    // Two that have run together are none, and stand where a figure would.
    let isMeant = above.first.map { $0.isWords && !$0.keepsBlanks && Self.isMeant($0) } ?? false
    guard before > 0 || isMeant,
      last.fields.isEmpty || before >= slot.cells.count && !isClosed
    else { return }
    filling.doubt(.ambiguous, slots.flatMap(\.cells), quote: label(first))
  }

  private static func isMeant(_ token: Token) -> Bool {
    token.folded.count <= 12 && Fold.isDigit(token.folded.first ?? 0)
  }

  /// Figures of no row, behind one that has its own and before a label without any: the end of a page parts a row between
  /// its figures, which stand in the middle of the lines of its label, and the label, with the head of the table in between.
  mutating func doubtBehindStrayFigures() {
    var stray: Int?
    for (number, row) in alignment.rows.enumerated() {
      if let slot = slots.first(where: { $0.anchor == row.anchor }) {
        if let stray, !row.fields.contains(where: { tokens[$0].value.isValue }) {
          filling.doubt(.ambiguous, slot.cells, quote: filling.quote(stray..<row.match.end))
        }
        stray = nil
      }
      guard number + 1 < alignment.rows.count else { return }
      let start = max(row.fields.upperBound, row.match.end)
      let end = max(start, alignment.rows[number + 1].match.start)
      let other = (start..<end).first { index in
        let token = tokens[index]
        return token.value.isValue && filling.sources[index] == nil && !isPageNumber(index)
      }
      stray = stray ?? other
    }
  }

  /// All figures of the table but a lone one stand behind its last label, where blanks leave nothing: those of a column, told
  /// behind all labels, may be as many as those of a row.
  mutating func doubtFiguresBehindLast() {
    let found = alignment.rows.filter { row in slots.contains { $0.anchor == row.anchor } }
    guard found.count >= 5, let last = found.last, let first = last.fields.first,
      !tokens[first].keepsBlanks, last.fields.count > 1,
      found.dropLast().allSatisfy({ $0.fields.count <= 1 })
    else { return }
    filling.doubt(
      .ambiguous, slots.flatMap(\.cells),
      quote: filling.quote(last.match.start..<last.fields.upperBound))
  }

  /// Behind the figures of the last row stands what was one until it lost its looks, as `I 79` did: there may be more of them
  /// than the row has cells.
  mutating func doubtBeforeSpoiltFigures() {
    guard let last = alignment.rows.last, let field = last.fields.last,
      !tokens[field].keepsBlanks, field + 1 < tokens.count,
      tokens[field + 1].isWords, Token.mayBeFigures(tokens[field + 1].raw),
      let slot = slots.first(where: { $0.anchor == last.anchor })
    else { return }
    filling.doubt(
      .ambiguous, slot.cells, quote: filling.quote(last.match.start..<field + 2))
  }

  /// Table 2 without a figure beside its labels, and figures behind the last of them: all of it column by column, or one
  /// label that is none of the form any more.
  mutating func doubtFiguresOfNoRow(_ table: TableNumber) {
    guard table == .two, filling.figures == 0, !slots.isEmpty else { return }
    let end = alignment.span.upperBound
    // The caption and the head of a block may stand between.
    let words = tokens[end...].prefix(10).prefix { token in
      token.isWords && !token.isHeading && token.folded.count <= 24
        && Outline.section(token.folded, certain: false) == nil
    }
    let figures = tokens[words.endIndex...].prefix { $0.value.isValue && !$0.keepsBlanks }
    guard figures.count >= 2 else { return }
    filling.doubt(
      .ambiguous, slots.flatMap(\.cells), quote: filling.quote(end..<figures.endIndex))
  }

  /// Figures right behind the last row of table 2, which has its own: labels, and then the figures of all of them, of which one
  /// is none any more and keeps the others from being counted.
  mutating func doubtFiguresBehindTable(_ table: TableNumber) {
    guard table == .two, let last = alignment.rows.last, let field = last.fields.first,
      !tokens[field].keepsBlanks
    else { return }
    let behind = tokens[alignment.span.upperBound...].prefix(4).prefix { !$0.opensSection }
    guard behind.count(where: { $0.value.isValue && !$0.keepsBlanks }) >= 2 else { return }
    let open = slots.filter { slot in
      row(at: slot.anchor).map { row in
        row.anchor == last.anchor || !row.fields.contains { tokens[$0].value.isValue }
      } ?? false
    }
    filling.doubt(
      .ambiguous, open.flatMap(\.cells),
      quote: filling.quote(last.match.start..<behind.endIndex))
  }

  private static let reviews = Fold.fold("行政复议")

  /// Hardly a row has a figure, while many stand between the labels or behind them: rows and columns may be swapped, or
  /// the figures stand where no label is.
  mutating func doubtOrphans(_ table: TableNumber) {
    guard table == .three else { return }
    let found = slots.compactMap { slot in row(at: slot.anchor) }
    let filled = found.filter { row in row.fields.contains { tokens[$0].value.isValue } }.count
    guard found.count >= 6, filled * 5 <= found.count else { return }
    let span = alignment.span
    let behind = tokens[span.upperBound...].prefix(slots.count * 12).prefix { token in
      !token.opensSection && !token.folded.contains(words: Self.reviews)
    }
    let orphans = (span.lowerBound..<behind.endIndex).filter { index in
      tokens[index].value.isValue && filling.sources[index] == nil
    }
    // Table 4 may follow without a heading or a head: its row alone says nothing. Behind labels that have no figure at all
    // those of a row are enough: what is left of the last label stands between.
    let apart = orphans.filter { $0 >= span.upperBound && !tokens[$0].keepsBlanks }
    let isApart = filled == 0 && apart.count >= slots.map { $0.cells.count }.max() ?? 0
    guard
      isApart || orphans.count >= found.count && orphans.count > FormTable.table4.cells.count * 2,
      let first = orphans.first, let last = orphans.last
    else { return }
    filling.doubt(
      .ambiguous, slots.flatMap(\.cells), quote: filling.quote(first..<min(last + 1, first + 24)))
  }

  /// Figures between two labels, where blanks leave nothing: the label before them has them, or the subtotal behind them
  /// that stands behind its figures as every other one. If all figures of the table stand so, nothing tells which.
  mutating func doubtFiguresBeforeSubtotals() {
    let tokens = alignment.tokens
    let filled = alignment.rows.filter { row in
      slots.contains { $0.anchor == row.anchor && $0.cells.count == row.fields.count }
    }
    let isOpen = filled.allSatisfy { row in
      let behind = row.fields.upperBound
      guard !tokens[row.fields.lowerBound].keepsBlanks, behind < tokens.count,
        Aligner.isSubtotal(tokens[behind].folded)
      else { return false }
      return behind + 1 == tokens.count || tokens[behind + 1].isWords
    }
    guard isOpen else { return }
    for row in filled {
      let cells = slots.first { $0.anchor == row.anchor }?.cells ?? []
      filling.doubt(
        .ambiguous, cells, quote: filling.quote(row.fields.lowerBound..<row.fields.upperBound + 1))
    }
  }
}
