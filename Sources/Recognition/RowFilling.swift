import Forms
import Reports

/// Lays the rows of an alignment into the cells of a form.
struct RowFilling {
  /// A row of the form: where it stands in the alignment's order, and its cells.
  struct Slot {
    let key: String
    let anchor: Int
    let cells: [CellKey]
  }

  let alignment: TableAlignment
  let slots: [Slot]
  var filling: Filling
  var found: TableFound
  /// Every row that was found has as many fields as the form: nothing has vanished.
  private var isFull = true
  private let usualCount: Int?
  private var tokens: [Token] { alignment.tokens }

  init(_ alignment: TableAlignment, slots: [Slot], table: TableNumber) {
    self.alignment = alignment
    self.slots = slots
    filling = Filling(tokens: alignment.tokens)
    found = TableFound(table: table, state: .read)
    usualCount = RowFit.usual(
      alignment.rows.filter { row in slots.contains { $0.anchor == row.anchor } }.map(
        \.fields.count))
    isFull = slots.allSatisfy { slot in
      guard let row = row(at: slot.anchor) else { return true }
      return row.fields.count == slot.cells.count
    }
    for slot in slots {
      if let row = row(at: slot.anchor) { fill(slot, from: row) }
    }
    placeStrangers()
    for slot in slots where row(at: slot.anchor) == nil { miss(slot) }
    doubtMisspeltBesideGaps()
    doubtBeforeGaps()
    doubtBesideMiscounts()
    doubtFiguresBeforeLabels()
    compareRepeats()
    if filling.figures == 0, found.cellCounts.isEmpty { found.state = .unfilled }
  }

  private func row(at anchor: Int) -> TableAlignment.Row? {
    alignment.rows.first { $0.anchor == anchor }
  }

  private func label(_ row: TableAlignment.Row) -> String {
    filling.quote(row.match.start..<row.match.end)
  }

  private mutating func fill(_ slot: Slot, from row: TableAlignment.Row) {
    switch RowFit(
      row.fields, count: slot.cells.count, usual: usualCount, tokens: tokens)
    {
    case .cells(let fields):
      for (key, field) in zip(slot.cells, fields) { filling.fill(key, from: field) }
      if !row.isSure { filling.doubt(.ambiguous, slot.cells, quote: label(row)) }
      // In a line of figures with spaces a blank may have gone unseen, and a figure be in pieces.
      if tokens[row.fields.lowerBound].layout == .spaced, !isFull {
        filling.doubt(.ambiguous, slot.cells, quote: label(row))
      }
    case .allBlank:
      filling.blank(slot.cells)
      if row.isInterrupted || !row.isSure {
        filling.doubt(.ambiguous, slot.cells, quote: label(row))
      } else if let words = wordsInPlaceOfFigures(row) {
        filling.doubt(.unreadable, slot.cells, quote: filling.quote(words))
      }
    case .mismatch:
      filling.blank(slot.cells)
      filling.doubt(
        .cellCount, slot.cells, quote: label(row) + " " + filling.quote(row.fields))
      found.cellCounts.append(
        .init(key: slot.key, expected: slot.cells.count, texts: filling.texts(row.fields)))
    }
  }

  /// Words on lines of their own behind a label without a figure, that are no words of the head: a figure mistyped so that
  /// it is none (`8O8`), and no blank.
  private func wordsInPlaceOfFigures(_ row: TableAlignment.Row) -> Range<Int>? {
    guard row.fields.isEmpty else { return nil }
    let words = row.rest.filter { index in
      let token = tokens[index]
      guard token.isWords, !token.keepsBlanks, token.folded != RowFilling.headOfLabels else {
        return false
      }
      return !RowFilling.headWords.contains {
        Similarity.containment(of: $0, in: token.folded) >= 0.8
          || Similarity.containment(of: token.folded, in: $0) >= 0.99
      }
    }
    guard let first = words.first, let last = words.last else { return nil }
    return first..<(last + 1)
  }

  private static let headOfLabels = Fold.fold("信息内容")
  /// The words above the columns of table 2, of both forms.
  private static let headWords: [Folded] = Set(
    [FormTable.table2of2019, .table2of2021].flatMap(\.blocks).flatMap(\.columns)
      .map(\.label.official)
  ).map(Fold.fold)

  private mutating func miss(_ slot: Slot) {
    guard !slot.cells.contains(where: { filling.cells[$0] != nil }) else { return }
    filling.blank(slot.cells)
    filling.doubt(
      .rowMissing, slot.cells, quote: slot.cells.first.map { $0.words.row } ?? slot.key)
    found.rowsMissing.append(slot.key)
  }

  /// Words on no form between two rows of the form: if just one row is missing there, its figures are probably these;
  /// they are shown, but not vouched for.
  private mutating func placeStrangers() {
    // 其他 and 总计 are words of rows as well.
    let columns = Set(slots.flatMap(\.cells).map(\.words.column)).map(Fold.fold).filter {
      $0.count >= 4
    }
    for (index, stranger) in alignment.strangers.enumerated() {
      let words = stranger.label.flatMap { tokens[$0].folded }
      let isHead = columns.contains { Similarity.containment(of: $0, in: words) >= 0.8 }
      let before = alignment.rows[stranger.after].anchor
      let after = alignment.rows[stranger.after + 1].anchor
      let missing = slots.filter { $0.anchor > before && $0.anchor < after }
      let alone =
        !alignment.strangers.enumerated().contains {
          $0.offset != index && $0.element.after == stranger.after
        }
      if !isHead, alone, missing.count == 1, let slot = missing.first,
        case .cells(let fields) = RowFit(
          stranger.fields, count: slot.cells.count, usual: usualCount, tokens: tokens)
      {
        for (key, field) in zip(slot.cells, fields) { filling.fill(key, from: field) }
        filling.doubt(.ambiguous, slot.cells, quote: filling.quote(stranger.label))
      } else if !isHead {
        found.rowsUnknown.append(filling.quote(stranger.label))
      }
    }
  }

  /// Words that are not quite those of the form or stand on several lines, beside a row that is missing, may be what is
  /// left of both labels.
  private mutating func doubtMisspeltBesideGaps() {
    for (index, slot) in slots.enumerated() {
      guard let row = row(at: slot.anchor), !row.match.exact || isBroken(row) else { continue }
      let beside = [index - 1, index + 1].filter(slots.indices.contains)
      if beside.contains(where: { found.rowsMissing.contains(slots[$0].key) }) {
        filling.doubt(.ambiguous, slot.cells, quote: label(row))
      }
    }
  }

  private func isBroken(_ row: TableAlignment.Row) -> Bool {
    row.match.end - row.match.start > 1 || tokens[row.match.start].raw.utf8.contains(0x0A)
  }

  /// Where blanks vanish, a row may have taken the figures of the next one, whose label is lost.
  private mutating func doubtBeforeGaps() {
    guard !isFull else { return }
    for (row, next) in zip(alignment.rows, alignment.rows.dropFirst()) {
      guard let slot = slots.first(where: { $0.anchor == row.anchor }),
        row.fields.first.map({ !tokens[$0].keepsBlanks }) ?? true,
        slots.contains(where: {
          $0.anchor > row.anchor && $0.anchor < next.anchor
            && found.rowsMissing.contains($0.key)
        })
      else { continue }
      filling.doubt(.ambiguous, slot.cells, quote: label(row))
    }
  }

  /// Beside a row with too many or too few figures, a row without any is no blank row for certain.
  private mutating func doubtBesideMiscounts() {
    let rows = alignment.rows
    let miscounted = rows.map { row -> Bool in
      let count = row.fields.filter { tokens[$0].value.isValue }.count
      guard count > 0, !(row.fields.first.map { tokens[$0].keepsBlanks } ?? false) else {
        return false
      }
      if let slot = slots.first(where: { $0.anchor == row.anchor }) {
        return count != slot.cells.count
      }
      return true
    }
    for index in rows.indices where miscounted[index] {
      for direction in [-1, 1] {
        var neighbour = index + direction
        while rows.indices.contains(neighbour), rows[neighbour].fields.isEmpty {
          if let slot = slots.first(where: { $0.anchor == rows[neighbour].anchor }) {
            filling.doubt(.ambiguous, slot.cells, quote: label(rows[neighbour]))
          }
          neighbour += direction
        }
      }
    }
  }

  /// Figures in front of the first label and none behind the last: the labels may stand behind their figures.
  private mutating func doubtFiguresBeforeLabels() {
    guard
      let first = alignment.rows.first(where: { row in slots.contains { $0.anchor == row.anchor } }
      ),
      let last = alignment.rows.last(where: { row in slots.contains { $0.anchor == row.anchor } }),
      last.fields.isEmpty, first.match.start > 0,
      tokens[first.match.start - 1].value.isValue, !tokens[first.match.start - 1].keepsBlanks
    else { return }
    filling.doubt(.ambiguous, slots.flatMap(\.cells), quote: label(first))
  }

  /// The same row twice with other figures.
  private mutating func compareRepeats() {
    for (anchor, fields) in alignment.repeats {
      guard let slot = slots.first(where: { $0.anchor == anchor }) else { continue }
      let here = slot.cells.map { filling.cells[$0]?.raw ?? "" }
      let there = fields.map { String(tokens[$0].raw) }
      if here != there {
        filling.doubt(.ambiguous, slot.cells, quote: filling.quote(fields))
      }
    }
  }
}

extension TableFound.CellCount {
  init(key: String, expected: Int, texts: [String]) {
    self.init(row: key, expected: expected, found: texts)
  }
}
