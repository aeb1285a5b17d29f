import Forms
import Reports

/// Reading table 3: 25 or 23 rows of 7.
enum Table3Reading {
  static func read(
    _ alignment: TableAlignment, prevailing: Template
  ) -> (reading: TableReading, template: Template, isTold: Bool)? {
    guard isTable(alignment) else { return nil }
    let told = template(of: alignment)
    let template = told ?? prevailing
    let table = FormTable.of(.three, template)
    let block = table.blocks[0]
    let slots = template == .v2019 ? slots2019 : slots2021
    var rows = RowFilling(
      alignment, slots: slots, table: .three,
      relations: template == .v2019 ? relations2019 : relations2021,
      head: template == .v2019 ? .table3of2019 : .table3of2021)
    addSubtotals(alignment, block, to: &rows)
    doubtBesideLostSubtotals(alignment, block, &rows)
    let last = alignment.rows.last { !$0.fields.isEmpty }?.anchor
    let reading = TableReading(
      found: rows.found, filling: rows.filling, span: alignment.span,
      isComplete: last == slots.last?.anchor)
    return (reading, template, told != nil)
  }

  private static let slots2021 = slots(of: .table3of2021)
  private static let slots2019 = slots(of: .table3of2019)
  private static let relations2021 = FormTable.table3of2021.relations
  private static let relations2019 = FormTable.table3of2019.relations

  private static func slots(of table: WordedBlock) -> [RowFilling.Slot] {
    let anchors = AnchorSet.table3.anchors
    return zip(table.block.rows, table.cells).compactMap { row, cells in
      guard let anchor = anchors.firstIndex(where: { $0.roles.contains(.row(row.key)) }) else {
        return nil
      }
      let depth = row.group == nil ? 0 : row.group == .results ? 1 : 2
      return RowFilling.Slot(key: row.key, anchor: anchor, cells: cells, depth: depth)
    }
  }

  /// A long label with figures, or several labels: no sentence and no menu has them.
  private static func isTable(_ alignment: TableAlignment) -> Bool {
    let strong = alignment.rows.filter {
      alignment.set.anchors[$0.anchor].row != nil && $0.match.isStrong
        && $0.match.end - $0.match.start <= 4
    }
    let long = strong.filter { row in
      (row.match.start..<row.match.end).reduce(0) { $0 + alignment.tokens[$1].folded.count } >= 7
    }
    return long.count >= 3 || long.contains { !$0.fields.isEmpty }
  }

  private static let only2021 = Set(FormTable.table3of2021.blocks[0].rows.map(\.key))
    .subtracting(FormTable.table3of2019.blocks[0].rows.map(\.key))

  private static func template(of alignment: TableAlignment) -> Template? {
    let anchors = alignment.set.anchors
    if alignment.rows.contains(where: { row in
      anchors[row.anchor].row.map { only2021.contains($0) } ?? false
    }) {
      return .v2021
    }
    // （六）其他处理 without the rows below it: in a complete table the row of the older form.
    let last = alignment.rows.last?.anchor ?? 0
    for row in alignment.rows {
      let anchor = anchors[row.anchor]
      guard anchor.row != nil, anchor.group != nil else { continue }
      if !row.fields.isEmpty, row.fields.count != 0, last > row.anchor { return .v2019 }
      if last > row.anchor { return .v2019 }
    }
    return nil
  }

  /// Where groups have a subtotal behind them, the last row of a group without one may have its figures: blanks leave nothing, and
  /// its label may be lost.
  private static func doubtBesideLostSubtotals(
    _ alignment: TableAlignment, _ block: FormBlock, _ rows: inout RowFilling
  ) {
    guard alignment.side == .before, !rows.isFull, !rows.isPlaced else { return }
    let tokens = alignment.tokens
    let ends = RowGroup.allCases.compactMap { group -> (slot: RowFilling.Slot, isClosed: Bool)? in
      let keys = Set(block.rows.filter { $0.group == group }.map(\.key))
      let last = alignment.rows.lastIndex { row in
        rows.slots.contains { $0.anchor == row.anchor && keys.contains($0.key) }
      }
      guard group != .results, keys.count > 1, let last,
        let slot = rows.slots.first(where: { $0.anchor == alignment.rows[last].anchor })
      else { return nil }
      let row = alignment.rows[last]
      let next =
        last + 1 < alignment.rows.count
        ? alignment.rows[last + 1].match.start : row.fields.upperBound
      guard !row.fields.contains(where: { tokens[$0].keepsBlanks }) else { return nil }
      let between = row.match.end..<max(row.match.end, next)
      return (slot, tokens[between].contains { Aligner.isSubtotal($0.folded) })
    }
    guard ends.contains(where: \.isClosed) else { return }
    for end in ends where !end.isClosed {
      guard let row = rows.row(at: end.slot.anchor), !row.fields.isEmpty else { continue }
      rows.filling.doubt(.ambiguous, end.slot.cells, quote: rows.label(row))
    }
  }

  /// Figures behind a heading of a group: sums that the form does not have.
  private static func addSubtotals(
    _ alignment: TableAlignment, _ block: FormBlock, to rows: inout RowFilling
  ) {
    // Behind a heading of a group stand the figures of the label that follows them.
    guard !rows.isPlaced else { return }
    for (number, row) in alignment.rows.enumerated() {
      guard let group = alignment.set.anchors[row.anchor].group, !row.fields.isEmpty,
        !rows.slots.contains(where: { $0.anchor == row.anchor }),
        case .cells(let fields) = RowFit(
          row.fields, count: block.columns.count, tokens: alignment.tokens)
      else { continue }
      let members = block.rows.filter {
        group == .results ? $0.group != nil && $0.key != "results_total" : $0.group == group
      }
      // Where the first row of the group is lost these are its figures, not a sum.
      guard number + 1 < alignment.rows.count,
        let first = members.first,
        !rows.found.rowsMissing.contains(first.key)
      else { continue }
      for (column, field) in zip(block.columns, fields) {
        guard let value = alignment.tokens[field].value.figure else { continue }
        rows.found.subtotals.append(
          TableFound.Subtotal(
            label: rows.filling.quote(row.match.start..<row.match.end) + " "
              + column.label.official,
            value: value, parts: members.map { block.key($0, column) }))
      }
    }
  }
}
