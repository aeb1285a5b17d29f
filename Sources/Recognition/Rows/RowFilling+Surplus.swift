import Forms
import Reports

/// More figures than the labels beside them have cells, where blanks leave nothing: the rows without figures may have them.
extension RowFilling {
  private var tokens: [Token] { alignment.tokens }

  mutating func doubtBesideSurplus(_ table: TableNumber) {
    for stranger in alignment.strangers
    where stranger.label.allSatisfy({ tokens[$0].isMistypedFigure }) {
      // A figure of the row which is none any more, and those behind it.
      let row = alignment.rows[stranger.after + (alignment.side == .before ? 0 : 1)]
      guard let slot = slots.first(where: { $0.anchor == row.anchor }) else { continue }
      let words = [stranger.label, stranger.fields].sorted { $0.lowerBound < $1.lowerBound }
      filling.doubt(
        .cellCount, slot.cells,
        quote: label(row) + " " + words.map(filling.quote).joined(separator: " "))
    }
    guard let surplus = surplus(table) else { return }
    func isBlank(_ slot: Slot) -> Bool {
      row(at: slot.anchor).map { row in
        !tokens[row.match.start].keepsBlanks
          && !row.fields.contains { tokens[$0].value.isValue }
      } ?? false
    }
    // Labels, and then the figures of all of them: beside a label without figures one that has some may have those of both.
    let blocks = table == .two ? Set(slots.filter(isBlank).map(block)) : []
    for slot in slots
    where isBlank(slot) || blocks.contains(block(slot)) && row(at: slot.anchor) != nil {
      filling.doubt(.ambiguous, slot.cells, quote: filling.quote(surplus))
    }
  }

  /// Figures, mistyped ones among them, that are too many for one row. In table 3 the number of a page is one too many as
  /// well: there it takes those of a whole row.
  private func surplus(_ table: TableNumber) -> Range<Int>? {
    let isSmall = table == .two
    func values(_ fields: Range<Int>) -> Int {
      guard let first = fields.first, !tokens[first].keepsBlanks else { return 0 }
      return fields.count { tokens[$0].value.isValue || tokens[$0].isMistypedFigure }
    }
    for slot in slots {
      let count = isSmall ? slot.cells.count + 1 : slot.cells.count * 2
      if let row = row(at: slot.anchor), values(row.fields) >= count { return row.fields }
      let other = alignment.repeats.first {
        $0.anchor == slot.anchor && values($0.fields) >= (isSmall ? 1 : count)
      }
      if let other { return other.fields }
    }
    let count = isSmall ? 1 : (slots.map { $0.cells.count }.max() ?? 0) * 2
    return alignment.strangers.first { values($0.fields) >= count }?.fields
  }
}
