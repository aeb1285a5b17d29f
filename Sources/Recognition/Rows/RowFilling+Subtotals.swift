extension RowFilling {
  private static let subtotals = ["小计", "合计"].map { Fold.fold($0) }

  /// Figures between two labels, where blanks leave nothing: the label before them has them, or the subtotal behind them
  /// that stands behind its figures as every other one. If all figures of the table stand so, nothing tells which.
  mutating func doubtFiguresBeforeSubtotals() {
    let tokens = alignment.tokens
    let filled = alignment.rows.filter { row in
      slots.contains { $0.anchor == row.anchor } && !row.fields.isEmpty
    }
    let isOpen = filled.allSatisfy { row in
      let behind = row.fields.upperBound
      guard !tokens[row.fields.lowerBound].keepsBlanks, behind < tokens.count,
        Self.subtotals.contains(tokens[behind].folded)
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
