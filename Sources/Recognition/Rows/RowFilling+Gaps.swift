import Forms
import Reports

/// Rows of the form that are missing, words on no form, and what that makes doubtful beside them.
extension RowFilling {
  private var tokens: [Token] { alignment.tokens }

  /// Words on no form between two rows of the form: if just one row is missing there, its figures are probably these;
  /// they are shown, but not vouched for.
  mutating func placeStrangers() {
    guard !alignment.strangers.isEmpty else { return }
    // 其他 and 总计 are words of rows as well.
    let columns = Set(slots.flatMap(\.cells).map(\.foldedColumn)).filter { $0.count >= 4 }
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
        case .cells(let fields) = fit(stranger.fields, slot)
      {
        for (key, field) in zip(slot.cells, fields) { filling.fill(key, from: field) }
        filling.doubt(.ambiguous, slot.cells, quote: filling.quote(stranger.label))
      } else if !isHead {
        found.rowsUnknown.append(filling.quote(stranger.label))
      }
    }
  }

  /// A row of the form's words and more beside that row, with figures of its own: 行政强制措施 and 行政强制执行, 机关行政处罚 and
  /// 委托行政处罚. The form has one row for both, and which figures are meant nobody said.
  mutating func doubtBesideNamesakes() {
    for stranger in alignment.strangers
    where !alignment.repeats.contains(where: { $0.fields.overlaps(stranger.fields) }) {
      let words = stranger.label.flatMap { tokens[$0].folded }
      let block = alignment.set.anchors[alignment.rows[stranger.after].anchor].block
      let next = alignment.set.anchors[alignment.rows[stranger.after + 1].anchor].block
      for slot in slots where [block, next].contains(alignment.set.anchors[slot.anchor].block) {
        guard let row = row(at: slot.anchor), let form = slot.cells.first?.foldedRow else {
          continue
        }
        let name = Self.withoutNumber(form)
        guard name.count >= 4, words.contains(words: name) else { continue }
        filling.doubt(
          .ambiguous, slot.cells, quote: label(row) + " / " + filling.quote(stranger.label))
      }
    }
  }

  /// （一）予以公开, 2.重复申请: the words behind the number.
  private static func withoutNumber(_ words: Folded) -> Folded {
    guard
      let end = words.prefix(4).lastIndex(where: {
        [U.close, U.point, U.enumerationComma].contains($0)
      })
    else { return words }
    return Folded(words[(end + 1)...])
  }

  /// Words that are not quite those of the form or stand on several lines, beside a row of their block that is missing, may
  /// be what is left of both labels.
  mutating func doubtMisspeltBesideGaps() {
    for (index, slot) in slots.enumerated() {
      guard let row = row(at: slot.anchor), !row.match.exact || isBroken(row) && !isApart(row)
      else { continue }
      let beside = [index - 1, index + 1].filter { other in
        // Between blocks stand a caption and a head.
        slots.indices.contains(other)
          && (!row.match.exact || block(slots[other]) == block(slot))
      }
      if beside.contains(where: { found.rowsMissing.contains(slots[$0].key) }) {
        filling.doubt(.ambiguous, slot.cells, quote: label(row))
      }
    }
  }

  func block(_ slot: Slot) -> Int { alignment.set.anchors[slot.anchor].block }

  private func isBroken(_ row: TableAlignment.Row) -> Bool {
    row.match.end - row.match.start > 1 || tokens[row.match.start].raw.utf8.contains(0x0A)
  }

  /// The label stands in a field of its own, with its figures beside it.
  private func isApart(_ row: TableAlignment.Row) -> Bool {
    row.match.end - row.match.start == 1 && tokens[row.match.start].keepsBlanks
      && row.fields.first.map { tokens[$0].row == tokens[row.match.start].row } ?? false
  }

  /// Where blanks vanish, a row may have taken the figures of the next one, whose label is lost. Where no row is blank, only
  /// if the sums hold without the row that is missing: else its figures are lost with it.
  mutating func doubtBeforeGaps(_ relations: [Relation]) {
    let lost = Set(
      slots.filter { found.rowsMissing.contains($0.key) }.flatMap(\.cells))
    let sums = relations.filter { $0.cells.contains(where: lost.contains) }
    guard !isFull || !sums.isEmpty && sums.allSatisfy(filling.holds) else { return }
    // Headings of groups stand between figures and the label behind them.
    let rows =
      alignment.side == .before
      ? alignment.rows
      : alignment.rows.filter { row in slots.contains { $0.anchor == row.anchor } }
    for (before, behind) in zip(rows, rows.dropFirst()) {
      let row = alignment.side == .before ? before : behind
      guard let slot = slots.first(where: { $0.anchor == row.anchor }),
        row.fields.first.map({ !tokens[$0].keepsBlanks }) ?? true,
        slots.contains(where: {
          $0.anchor > before.anchor && $0.anchor < behind.anchor
            && found.rowsMissing.contains($0.key)
        })
      else { continue }
      filling.doubt(.ambiguous, slot.cells, quote: label(row))
    }
    // Behind the last label that is there, or in front of the first.
    let end = alignment.side == .before ? rows.last : rows.first
    let beside =
      alignment.side == .before
      ? slots.drop { $0.anchor <= end?.anchor ?? 0 }.first
      : slots.prefix { $0.anchor < end?.anchor ?? 0 }.last
    guard let end, let beside, let slot = slots.first(where: { $0.anchor == end.anchor }),
      block(beside) == block(slot), found.rowsMissing.contains(beside.key),
      let field = end.fields.first, !tokens[field].keepsBlanks
    else { return }
    filling.doubt(.ambiguous, slot.cells, quote: label(end))
  }

  /// Beside a row with too many or too few figures, a row without any is no blank row for certain.
  mutating func doubtBesideMiscounts() {
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
}
