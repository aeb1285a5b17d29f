import Forms
import Reports

/// Lays the rows of an alignment into the cells of a form.
struct RowFilling {
  /// A row of the form: where it stands in the alignment's order, and its cells.
  struct Slot: Sendable {
    let key: String
    let anchor: Int
    let cells: [CellKey]
    /// Under how many headings it stands: the deeper, the fewer fields merged cells leave beside its label.
    var depth = 0
  }

  let alignment: TableAlignment
  let slots: [Slot]
  var filling: Filling
  var found: TableFound
  /// Every row that was found has as many fields as the form: nothing has vanished.
  var isFull = true
  /// Rows that have fields have them where a blank one is seen: one without any has lost them.
  private var seesBlanks = false
  private var paddings: [[Int]: RowFit.Padding] = [:]
  private let barRows: BarRows
  let rulers: ColumnRulers
  private let placement: Placement
  /// Figures stand apart from their labels, and the relations tell whose they are.
  var isPlaced: Bool { !placement.rows.isEmpty }
  /// Rows, by their anchor, whose last field is the number in front of the next label.
  let serials: Set<Int>
  /// Where labels end on their lines, in a table laid out in columns: what stands before is no figure.
  let labelEdge: (wide: Int, narrow: Int)?
  private var tokens: [Token] { alignment.tokens }
  /// The place in the alignment of the row of each anchor, or -1.
  private let rowNumbers: [Int]

  /// - Parameters:
  ///   - relations: what must hold between the cells of the table.
  ///   - head: the block whose columns its head has.
  init(
    _ alignment: TableAlignment, slots: [Slot], table: TableNumber, relations: [Relation] = [],
    head: WordedBlock? = nil
  ) {
    self.alignment = alignment
    self.slots = slots
    filling = Filling(tokens: alignment.tokens)
    found = TableFound(table: table, state: .read)
    var numbers = [Int](repeating: -1, count: alignment.set.anchors.count)
    for (number, row) in alignment.rows.enumerated() where numbers[row.anchor] < 0 {
      numbers[row.anchor] = number
    }
    rowNumbers = numbers
    let pairs = slots.compactMap { slot in
      numbers[slot.anchor] < 0 ? nil : (slot: slot, row: alignment.rows[numbers[slot.anchor]])
    }
    isFull = pairs.allSatisfy { $0.row.fields.count == $0.slot.cells.count }
    // The last row may have taken the words behind the table for its own.
    let filled = pairs.filter { pair in
      pair.row.fields.first.map { !alignment.tokens[$0].isWords } ?? false
    }
    // In a table of rows without any other the label's own cell tells as much, or the head right above it.
    seesBlanks =
      filled.isEmpty
      ? !pairs.isEmpty
        && pairs.allSatisfy { pair in
          let start = pair.row.match.start
          let above = alignment.tokens[max(0, start - 2)..<start]
          return alignment.tokens[start].layout == .grid
            || above.contains { $0.layout == .fields && $0.isWords }
        }
      : filled.contains { alignment.tokens[$0.row.fields.lowerBound].keepsBlanks }
    barRows = BarRows(alignment, slots: slots)
    let count = slots.map { $0.cells.count }.max() ?? 0
    rulers = ColumnRulers(
      alignment,
      rows: pairs.filter { $0.slot.cells.count == count }.map(\.row), count: count, head: head)
    let labels = alignment.rows.filter { $0.match.isStrong }.flatMap { row in
      alignment.tokens[row.match.start..<row.match.end].filter(\.isWords).compactMap(\.columns)
    }
    labelEdge =
      labels.isEmpty
      ? nil
      : (
        labels.map(\.wide.upperBound).max() ?? 0, labels.map(\.narrow.upperBound).max() ?? 0
      )
    serials = alignment.side == .before ? Self.serials(alignment) : []
    placement = Placement(alignment, slots: slots, relations: relations)
    for (kind, pairs) in Dictionary(grouping: pairs, by: { Self.kind($0.slot) }) {
      paddings[kind] = RowFit.Padding(
        pairs.map(\.row.fields), count: kind[0], tokens: alignment.tokens)
    }
    for slot in slots {
      if serials.isEmpty, let fields = placement.rows[slot.key] {
        place(slot, fields)
      } else if let row = row(at: slot.anchor) {
        fill(slot, from: row)
      }
    }
    placeStrangers()
    for slot in slots where row(at: slot.anchor) == nil { miss(slot) }
    doubtMisspeltBesideGaps()
    doubtBesideNamesakes()
    if placement.rows.isEmpty {
      doubtBeforeGaps(relations)
      doubtBesideMiscounts()
      doubtBesideSurplus(table)
      doubtUnbalancedAmongShort()
      if alignment.side == .before {
        doubtBehindStrayFigures()
        doubtFiguresBeforeLabels()
        doubtFiguresBehindLast()
        doubtBeforeSpoiltFigures()
        doubtFiguresBeforeSubtotals()
      }
      doubtLoneBlankRow(relations)
      doubtUnlabelled(relations)
    }
    doubtOtherYears()
    doubtContinued()
    doubtLoneBesideTotal()
    doubtPageNumbers()
    doubtAcrossPages()
    compareRepeats()
    doubtShifted(relations)
    doubtOrphans(table)
    doubtFiguresOfNoRow(table)
    doubtFiguresBehindTable(table)
    if filling.figures == 0, found.cellCounts.isEmpty { found.state = .unfilled }
  }

  private static func kind(_ slot: Slot) -> [Int] { [slot.cells.count, slot.depth] }

  func fit(_ fields: Range<Int>, _ slot: Slot) -> RowFit {
    RowFit(
      fields, count: slot.cells.count, padding: paddings[Self.kind(slot)], tokens: tokens)
  }

  func row(at anchor: Int) -> TableAlignment.Row? {
    rowNumbers[anchor] >= 0
      ? alignment.rows[rowNumbers[anchor]] : alignment.displaced.first { $0.anchor == anchor }
  }

  func label(_ row: TableAlignment.Row) -> String {
    guard let inner = row.match.inner else {
      return filling.quote(row.match.start..<row.match.end)
    }
    return filling.quote(row.match.start..<inner.lowerBound) + " "
      + filling.quote(inner.upperBound..<row.match.end)
  }

  private mutating func place(_ slot: Slot, _ fields: [Int?]) {
    for (key, field) in zip(slot.cells, fields) {
      if let field { filling.fill(key, from: field) }
    }
    let open = zip(slot.cells, fields).filter { $0.1 == nil }.map(\.0)
    filling.blank(open)
    let movable = zip(slot.cells, fields).filter { $0.1.map(placement.movable.contains) ?? false }
    filling.doubt(
      .ambiguous, open + movable.map(\.0), quote: row(at: slot.anchor).map(label) ?? slot.key)
  }

  private mutating func fill(_ slot: Slot, from row: TableAlignment.Row) {
    if serials.contains(row.anchor) {
      let fields = row.fields.dropLast()
      if fields.count == slot.cells.count, row.isSure {
        for (key, field) in zip(slot.cells, fields) { filling.fill(key, from: field) }
      } else {
        misfit(slot, row)
      }
      return
    }
    if alignment.side == .behind, row.match.glued != nil {
      misfit(slot, row)
      return
    }
    if row.fields.isEmpty || fills(slot, runTogether: row) && !standsAlone(slot, row) {
      if let digits = digits(of: row) {
        fill(slot, digits, from: row)
        return
      }
    }
    switch barRows.fit(row.anchor)
      ?? (barRows.isShort(row.anchor) ? .mismatch : fit(row.fields, slot))
    {
    case .cells(let fields):
      for (key, field) in zip(slot.cells, fields) { filling.fill(key, from: field) }
      doubtMixtures(slot, fields)
      doubtStrange(slot, fields)
      doubtZerosInFront(slot, row)
      doubtShared(slot, fields, row)
      if !row.isSure || !isWhole(row, slot) {
        filling.doubt(.ambiguous, slot.cells, quote: label(row))
      }
    case .allBlank where row.fields.isEmpty && seesBlanks:
      misfit(slot, row)
    case .allBlank:
      filling.blank(slot.cells)
      if row.isInterrupted || !row.isSure || mayHaveLostLine(row, slot) {
        filling.doubt(.ambiguous, slot.cells, quote: label(row))
      } else if let words = wordsInPlaceOfFigures(row) {
        filling.doubt(.unreadable, slot.cells, quote: filling.quote(words))
      }
    case .mismatch:
      if let fields = rulers[row.fields]?.place(row.fields), fields.count == slot.cells.count,
        row.isSure
      {
        for (key, field) in zip(slot.cells, fields) {
          if let field { filling.fill(key, from: field) }
        }
        filling.blank(slot.cells)
        doubtMixtures(slot, row.fields)
        doubtJoined(slot, fields, row)
        doubtZerosInFront(slot, row)
      } else if let fields = withoutPageNumber(row, slot), row.isSure {
        for (key, field) in zip(slot.cells, fields) { filling.fill(key, from: field) }
      } else {
        misfit(slot, row)
      }
    }
  }

  mutating func misfit(_ slot: Slot, _ row: TableAlignment.Row) {
    filling.blank(slot.cells)
    let texts = (row.match.glued.map { [String($0)] } ?? []) + filling.texts(row.fields)
    filling.doubt(
      .cellCount, slot.cells, quote: ([label(row)] + texts).joined(separator: " "))
    found.cellCounts.append(.init(key: slot.key, expected: slot.cells.count, texts: texts))
  }

  private mutating func miss(_ slot: Slot) {
    guard !slot.cells.contains(where: { filling.cells[$0] != nil }) else { return }
    filling.blank(slot.cells)
    filling.doubt(
      .rowMissing, slot.cells, quote: slot.cells.first.map { $0.words.row } ?? slot.key)
    found.rowsMissing.append(slot.key)
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
