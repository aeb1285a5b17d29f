import Forms
import Reports

/// Two figures without a space between them, where white space keeps the columns: the figures behind them have moved up.
extension RowFilling {
  private var tokens: [Token] { alignment.tokens }

  /// A figure and words behind it on the line of a row: two cells, or a part of another column. Between bars two figures with
  /// a word between them are two cells.
  mutating func doubtMixtures(_ slot: Slot, _ fields: some Collection<Int>) {
    for field in fields where [.stream, .fields].contains(tokens[field].layout) {
      guard JoinedFigures.areTwo(tokens[field]) else { continue }
      filling.doubt(.unreadable, slot.cells, quote: filling.quote(field..<(field + 1)))
    }
    for field in fields where tokens[field].layout == .spaced && tokens[field].isWords {
      guard
        tokens[field].mayBeFigures && fields.count < slot.cells.count
          || tokens[field].folded.first.map(Fold.isDigit) ?? false
      else { continue }
      filling.doubt(.unreadable, slot.cells, quote: filling.quote(field..<(field + 1)))
    }
  }

  /// A sign in a column that knows none; a character that no encoding explains, alone on its line; and
  /// beside a figure on its line words that look like one: what the row has lost, or has from another.
  mutating func doubtStrange(_ slot: Slot, _ fields: [Int]) {
    let strange = zip(slot.cells, fields).first { key, field in
      let token = tokens[field]
      if key.kind != .signedCount, JoinedFigures.hasSign(token) {
        return true
      }
      if token.isMistypedFigure,
        !token.raw.unicodeScalars.contains(where: \.properties.isAlphabetic),
        !token.raw.contains(where: \.isNumber), !sumsUp(fields, slot)
      {
        return true
      }
      return token.layout == .spaced
        && [field - 1, field + 1].contains { beside in
          tokens.indices.contains(beside) && !fields.contains(beside)
            && tokens[beside].row == token.row && tokens[beside].isWords
            && Token.mayBeFigures(tokens[beside].raw)
        }
    }
    guard let strange else { return }
    filling.doubt(.unreadable, slot.cells, quote: filling.quote(strange.1..<strange.1 + 1))
  }

  /// A blank may come from two figures without a space between them, when the figures behind these have moved up: then the
  /// row does not sum up, has lost its total, or is the only one with a blank.
  mutating func doubtJoined(_ slot: Slot, _ fields: [Int?], _ row: TableAlignment.Row) {
    guard JoinedFigures.mayHave(fields, tokens) else {
      // A line from which a character is lost in front of the figures stands under other columns.
      if slot.cells.last?.column == "total", fields.last == .some(nil), othersHaveTotals(row) {
        filling.doubt(.ambiguous, slot.cells, quote: label(row))
      }
      return
    }
    let isJoined: Bool
    if slot.cells.last?.column == "total" {
      // A dash is none.
      let told = fields.compactMap(\.self).filter { tokens[$0].value.figure != nil }
      isJoined = fields.last == .some(nil) || told.last == fields.last && !sumsUp(told)
    } else {
      let others = alignment.rows.filter { other in
        other.anchor != row.anchor
          && slots.contains { $0.anchor == other.anchor && $0.cells.count == slot.cells.count }
      }
      isJoined =
        fields.last == .some(nil)
        || others.allSatisfy { $0.fields.count == slot.cells.count }
    }
    if isJoined { filling.doubt(.cellCount, slot.cells, quote: label(row)) }
  }

  /// Nearly all: another row may be damaged as well.
  private func othersHaveTotals(_ row: TableAlignment.Row) -> Bool {
    let others = alignment.rows.filter { $0.anchor != row.anchor && !$0.fields.isEmpty }
    let without = others.count { other in
      rulers[other.fields]?.place(other.fields).map { $0.last == .some(nil) } ?? false
    }
    return without * 5 <= others.count
  }

  /// Nobody writes 04: two figures have become one.
  mutating func doubtZerosInFront(_ slot: Slot, _ row: TableAlignment.Row) {
    guard slot.cells.count > 1,
      row.fields.contains(where: { JoinedFigures.hasZeroInFront(tokens[$0]) })
    else { return }
    filling.doubt(.cellCount, slot.cells, quote: label(row))
  }
}
