import Forms
import Reports

/// Lays the rows of an alignment into the cells of a form.
struct RowFilling {
  /// A row of the form: where it stands in the alignment's order, and its cells.
  struct Slot {
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
  private var isFull = true
  /// Every row that has fields has them where a blank one is seen: one without any has lost them.
  private var seesBlanks = false
  private var paddings: [[Int]: RowFit.Padding] = [:]
  private let barRows: BarRows
  private let rulers: ColumnRulers
  private let placement: Placement
  /// Figures stand apart from their labels, and the relations tell whose they are.
  var isPlaced: Bool { !placement.rows.isEmpty }
  /// Rows, by their anchor, whose last field is the number in front of the next label.
  private let serials: Set<Int>
  /// Where labels end on their lines, in a table laid out in columns: what stands before is no figure.
  private let labelEdge: (wide: Int, narrow: Int)?
  private var tokens: [Token] { alignment.tokens }

  /// - Parameters:
  ///   - relations: what must hold between the cells of the table.
  ///   - head: the block whose columns its head has.
  init(
    _ alignment: TableAlignment, slots: [Slot], table: TableNumber, relations: [Relation] = [],
    head: FormBlock? = nil
  ) {
    self.alignment = alignment
    self.slots = slots
    filling = Filling(tokens: alignment.tokens)
    found = TableFound(table: table, state: .read)
    let pairs = slots.compactMap { slot in
      alignment.rows.first { $0.anchor == slot.anchor }.map { (slot: slot, row: $0) }
    }
    isFull = pairs.allSatisfy { $0.row.fields.count == $0.slot.cells.count }
    let filled = pairs.filter { !$0.row.fields.isEmpty }
    // In a grid of rows without any other the label's own cell tells as much.
    seesBlanks =
      filled.isEmpty
      ? !pairs.isEmpty
        && pairs.allSatisfy { alignment.tokens[$0.row.match.start].layout == .grid }
      : filled.allSatisfy { alignment.tokens[$0.row.fields.lowerBound].keepsBlanks }
    barRows = BarRows(alignment, slots: slots)
    let count = slots.map(\.cells.count).max() ?? 0
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
    if placement.rows.isEmpty {
      doubtBeforeGaps()
      doubtBesideMiscounts()
      doubtUnbalancedAmongShort()
      if alignment.side == .before {
        doubtFiguresBeforeLabels()
        doubtFiguresBeforeSubtotals()
      }
      doubtLoneBlankRow(relations)
      doubtUnlabelled(relations)
    }
    doubtPageNumbers()
    compareRepeats()
    doubtShifted(relations)
    doubtOrphans(table)
    if filling.figures == 0, found.cellCounts.isEmpty { found.state = .unfilled }
  }

  private static func kind(_ slot: Slot) -> [Int] { [slot.cells.count, slot.depth] }

  private func fit(_ fields: Range<Int>, _ slot: Slot) -> RowFit {
    RowFit(
      fields, count: slot.cells.count, padding: paddings[Self.kind(slot)], tokens: tokens)
  }

  func row(at anchor: Int) -> TableAlignment.Row? {
    alignment.rows.first { $0.anchor == anchor }
      ?? alignment.displaced.first { $0.anchor == anchor }
  }

  private func label(_ row: TableAlignment.Row) -> String {
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
    filling.doubt(.ambiguous, open, quote: row(at: slot.anchor).map(label) ?? slot.key)
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
      doubtZerosInFront(slot, row)
      doubtShared(slot, fields, row)
      if !row.isSure || !isWhole(row, slot) {
        filling.doubt(.ambiguous, slot.cells, quote: label(row))
      }
    case .allBlank where row.fields.isEmpty && seesBlanks:
      misfit(slot, row)
    case .allBlank:
      filling.blank(slot.cells)
      if row.isInterrupted || !row.isSure {
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

  /// A figure and words behind it on the line of a row: two cells, or a part of another column.
  private mutating func doubtMixtures(_ slot: Slot, _ fields: some Collection<Int>) {
    for field in fields where tokens[field].layout == .spaced && tokens[field].isWords {
      guard
        tokens[field].mayBeFigures && fields.count < slot.cells.count
          || tokens[field].folded.first.map(Fold.isDigit) ?? false
      else { continue }
      filling.doubt(.unreadable, slot.cells, quote: filling.quote(field..<(field + 1)))
    }
  }

  /// A blank may come from two figures without a space between them, when the figures behind these have moved up: then the
  /// row does not sum up, has lost its total, or is the only one with a blank.
  private mutating func doubtJoined(_ slot: Slot, _ fields: [Int?], _ row: TableAlignment.Row) {
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

  private func othersHaveTotals(_ row: TableAlignment.Row) -> Bool {
    alignment.rows.allSatisfy { other in
      guard other.anchor != row.anchor, !other.fields.isEmpty else { return true }
      return rulers[other.fields]?.place(other.fields).map { $0.last != .some(nil) } ?? true
    }
  }

  /// Nobody writes 04: two figures have become one.
  private mutating func doubtZerosInFront(_ slot: Slot, _ row: TableAlignment.Row) {
    guard slot.cells.count > 1,
      row.fields.contains(where: { JoinedFigures.hasZeroInFront(tokens[$0]) })
    else { return }
    filling.doubt(.cellCount, slot.cells, quote: label(row))
  }

  private mutating func misfit(_ slot: Slot, _ row: TableAlignment.Row) {
    filling.blank(slot.cells)
    let texts = (row.match.glued.map { [String($0)] } ?? []) + filling.texts(row.fields)
    filling.doubt(
      .cellCount, slot.cells, quote: ([label(row)] + texts).joined(separator: " "))
    found.cellCounts.append(.init(key: slot.key, expected: slot.cells.count, texts: texts))
  }

  /// In a line of figures with spaces a blank may have gone unseen, and a figure be in pieces: not where the columns or the
  /// sum of the row say otherwise.
  private func isWhole(_ row: TableAlignment.Row, _ slot: Slot) -> Bool {
    guard tokens[row.fields.lowerBound].layout == .spaced, slot.cells.count > 1 else {
      return tokens[row.fields.lowerBound].layout != .spaced || isFull
    }
    if sumsUp(Array(row.fields), slot) { return true }
    guard let ruler = rulers[row.fields] else { return isFull }
    // Rows with fewer cells stand under columns of the others.
    return slot.cells.count == ruler.width
      ? ruler.confirms(row.fields) : isFull || ruler.place(row.fields) != nil
  }

  /// The last cell is the total of the others, and is their sum.
  private func sumsUp(_ fields: [Int], _ slot: Slot) -> Bool {
    guard slot.cells.last?.column == "total", fields.count == slot.cells.count else {
      return false
    }
    return sumsUp(fields)
  }

  private func sumsUp(_ fields: [Int]) -> Bool {
    let values = fields.map { tokens[$0].value.figure?.integer }
    guard let total = values.last.flatMap({ $0 }), total < 1 << 40 else { return false }
    var sum = 0
    for value in values.dropLast() {
      guard let value, value < 1 << 40 else { return false }
      sum += value
    }
    return sum == total
  }

  /// A lone figure on a line of its own behind a row that is whole and balanced without it: a page number, unless another
  /// of the figures could stand there twice as well.
  private func withoutPageNumber(_ row: TableAlignment.Row, _ slot: Slot) -> [Int]? {
    guard alignment.side == .before, let last = row.fields.last,
      row.fields.count == slot.cells.count + 1,
      tokens[last].layout == .line, (tokens[last].value.figure?.integer ?? 0) > 0
    else { return nil }
    let fields = Array(row.fields.dropLast())
    guard sumsUp(fields, slot) else { return nil }
    let raws = fields.map { tokens[$0].raw }
    let isOnly = row.fields.indices.dropLast().allSatisfy { index in
      let others = row.fields.filter { $0 != index }
      return !sumsUp(others, slot) || others.map { tokens[$0].raw } == raws
    }
    return isOnly ? fields : nil
  }

  /// Lines of one figure in front of the labels that count them, 1, 2, 3: no figures of the rows above them.
  private static func serials(_ alignment: TableAlignment) -> Set<Int> {
    let tokens = alignment.tokens
    let numbers = alignment.rows.map { row -> Int? in
      guard row.match.start > 0 else { return nil }
      let before = tokens[row.match.start - 1]
      return before.layout == .line ? before.value.figure?.integer : nil
    }
    let rising = zip(numbers, numbers.dropFirst()).filter { number, next in
      number.flatMap { number in next.map { $0 == number + 1 } } ?? false
    }.count
    guard rising >= 6, rising * 4 >= alignment.rows.count * 3 else { return [] }
    return Set(
      zip(alignment.rows, alignment.rows.dropFirst()).filter { row, next in
        row.fields.last.map { $0 == next.match.start - 1 && tokens[$0].layout == .line } ?? false
      }.map(\.0.anchor))
  }

  // MARK: Figures without anything between them

  private func fills(_ slot: Slot, runTogether row: TableAlignment.Row) -> Bool {
    row.fields.count == 1 && slot.cells.count > 1
  }

  /// The only figure of a row that stands in one of its columns, and is not all of them.
  private func standsAlone(_ slot: Slot, _ row: TableAlignment.Row) -> Bool {
    guard row.isSure, let digits = digits(of: row),
      rulers[row.fields]?.place(row.fields) != nil
    else {
      return false
    }
    return digits.utf8.count < slot.cells.count
      || RunTogether.split(
        digits, into: slot.cells.count, sumsUp: slot.cells.last?.column == "total") == nil
  }

  /// Rows have fewer figures than cells, each by itself: what stands alone in a row may be its only figure.
  private var leavesBlanks: Bool {
    slots.contains { slot in
      guard let row = row(at: slot.anchor), let first = row.fields.first,
        tokens[first].value.isValue, row.fields.count < slot.cells.count
      else { return false }
      guard row.fields.count == 1 else { return true }
      return digits(of: row).map { $0.utf8.count < slot.cells.count } ?? true
    }
  }

  private func digits(of row: TableAlignment.Row) -> Substring? {
    guard let field = row.fields.first else { return row.match.glued }
    let raw = tokens[field].raw
    return row.match.glued == nil && raw.utf8.count > 1
      && raw.utf8.allSatisfy { (0x30...0x39).contains($0) } ? raw : nil
  }

  private mutating func fill(_ slot: Slot, _ digits: Substring, from row: TableAlignment.Row) {
    guard row.isSure, !leavesBlanks || digits.utf8.allSatisfy({ $0 == 0x30 }),
      let figures = RunTogether.split(
        digits, into: slot.cells.count, sumsUp: slot.cells.last?.column == "total")
    else {
      misfit(slot, row)
      return
    }
    let field = row.fields.first ?? row.match.start
    for (key, figure) in zip(slot.cells, figures) { filling.fill(key, figure, from: field) }
  }

  /// Words on lines of their own behind a label without a figure, that are no words of the head: a figure mistyped so that
  /// it is none (`8O8`), and no blank.
  private func wordsInPlaceOfFigures(_ row: TableAlignment.Row) -> Range<Int>? {
    guard row.fields.isEmpty else { return nil }
    let words = row.rest.filter { index in
      let token = tokens[index]
      if let columns = token.columns, let edge = labelEdge, columns.wide.upperBound <= edge.wide,
        columns.narrow.upperBound <= edge.narrow
      {
        return false
      }
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
  /// The words above the columns of tables 2 and 3, of both forms, and those of groups, which a new page repeats.
  private static let headWords: [Folded] = {
    let columns = [FormTable.table2of2019, .table2of2021, .table3of2021].flatMap(\.blocks)
      .flatMap(\.columns)
    let labels =
      columns.map(\.label) + columns.compactMap(\.parent) + RowGroup.allCases.map(\.label)
    return Set(labels.map(\.official) + applicants).map(Fold.fold)
  }()
  private static let applicants = ["申请人情况", "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"]

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
        case .cells(let fields) = fit(stranger.fields, slot)
      {
        for (key, field) in zip(slot.cells, fields) { filling.fill(key, from: field) }
        filling.doubt(.ambiguous, slot.cells, quote: filling.quote(stranger.label))
      } else if !isHead {
        found.rowsUnknown.append(filling.quote(stranger.label))
      }
    }
  }

  /// Words that are not quite those of the form or stand on several lines, beside a row of their block that is missing, may
  /// be what is left of both labels.
  private mutating func doubtMisspeltBesideGaps() {
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

  private func block(_ slot: Slot) -> Int { alignment.set.anchors[slot.anchor].block }

  private func isBroken(_ row: TableAlignment.Row) -> Bool {
    row.match.end - row.match.start > 1 || tokens[row.match.start].raw.utf8.contains(0x0A)
  }

  /// The label stands in a field of its own, with its figures beside it.
  private func isApart(_ row: TableAlignment.Row) -> Bool {
    row.match.end - row.match.start == 1 && tokens[row.match.start].keepsBlanks
      && row.fields.first.map { tokens[$0].row == tokens[row.match.start].row } ?? false
  }

  /// Where blanks vanish, a row may have taken the figures of the next one, whose label is lost.
  private mutating func doubtBeforeGaps() {
    guard !isFull else { return }
    for (before, behind) in zip(alignment.rows, alignment.rows.dropFirst()) {
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

  /// In a table that has rows with single blank cells, of which nothing is left, a row of as many figures as cells that does
  /// not sum up as others do may be short of one as well, and have a number of a page or a line twice.
  private mutating func doubtUnbalancedAmongShort() {
    let rows = slots.compactMap { slot in row(at: slot.anchor).map { (slot: slot, row: $0) } }
      .filter { pair in
        pair.slot.cells.last?.column == "total"
          && pair.row.fields.contains { tokens[$0].value.isValue }
          && pair.row.fields.allSatisfy { tokens[$0].layout == .line }
      }
    guard rows.contains(where: { $0.row.fields.count < $0.slot.cells.count }) else { return }
    let full = rows.filter { $0.row.fields.count == $0.slot.cells.count }
    let unbalanced = full.filter { _, row in
      let values = row.fields.filter { tokens[$0].value.shape != .notApplicable }
      return !values.isEmpty && !(values.last == row.fields.last && sumsUp(values))
    }
    // Where hardly a row sums up, that says nothing of any.
    guard unbalanced.count * 2 < full.count || full.count < 3 else { return }
    for (slot, row) in unbalanced {
      filling.doubt(.ambiguous, slot.cells, quote: label(row))
    }
  }

  /// Figures in front of the first label, as many as its row has or with none behind the last label: the labels may stand
  /// behind their figures.
  private mutating func doubtFiguresBeforeLabels() {
    let labelled = alignment.rows.filter { row in slots.contains { $0.anchor == row.anchor } }
    guard let first = labelled.first, let last = labelled.last,
      let slot = slots.first(where: { $0.anchor == first.anchor })
    else { return }
    // Two figures run together are words that begin with a digit.
    let before = tokens[..<first.match.start].reversed().prefix { token in
      guard !token.keepsBlanks else { return false }
      return token.value.isValue
        || token.folded.count <= 12 && Fold.isDigit(token.folded.first ?? 0)
    }.count { $0.value.isValue }
    // With its figures behind the form's last label, every label has its own behind it, and only the first label is lost.
    let isClosed = last.anchor == slots.last?.anchor && last.fields.count == slots.last?.cells.count
    guard before > 0, last.fields.isEmpty || before >= slot.cells.count && !isClosed else { return }
    filling.doubt(.ambiguous, slots.flatMap(\.cells), quote: label(first))
  }

  /// The only row without a figure in a table whose other rows are all full, where blanks leave nothing: left blank, or the
  /// line of its figures lost. It is lost if the relations lack just the figures of such a row.
  private mutating func doubtLoneBlankRow(_ relations: [Relation]) {
    guard !relations.isEmpty else { return }
    var blank: (slot: Slot, row: TableAlignment.Row)?
    for slot in slots {
      guard let row = row(at: slot.anchor) else { continue }
      if row.fields.isEmpty {
        guard blank == nil, row.match.glued == nil else { return }
        blank = (slot, row)
      } else if tokens[row.fields.lowerBound].keepsBlanks || row.fields.count != slot.cells.count {
        return
      }
    }
    guard let blank, filling.figures > 0, found.rowsMissing.isEmpty else { return }
    // What would be lacking in each column, if there were figures.
    let lacking = blank.slot.cells.compactMap { cell -> Figure? in
      func sum(_ keys: [CellKey]) -> Figure {
        keys.reduce(Figure(0)) { $0 + (filling.cells[$1]?.number ?? Figure(0)) }
      }
      let relation = relations.first { $0.family != .rowSum && $0.cells.contains(cell) }
      return relation.map {
        $0.left.contains(cell) ? sum($0.right) - sum($0.left) : sum($0.left) - sum($0.right)
      }
    }
    // One wrong cell elsewhere is lacking in one column only; the figures of a row also sum up to their total.
    guard lacking.count == blank.slot.cells.count, let total = lacking.last,
      !lacking.contains(where: \.isNegative), !total.isZero,
      lacking.dropLast().reduce(Figure(0), +).equals(total)
    else { return }
    filling.doubt(.ambiguous, blank.slot.cells, quote: label(blank.row))
  }

  /// Hardly a row has a figure, while many stand between the labels or behind them: rows and columns may be swapped, or
  /// the figures stand where no label is.
  private mutating func doubtOrphans(_ table: TableNumber) {
    guard table == .three else { return }
    let found = slots.compactMap { slot in row(at: slot.anchor) }
    let filled = found.filter { row in row.fields.contains { tokens[$0].value.isValue } }.count
    guard found.count >= 6, filled * 5 <= found.count else { return }
    let span = alignment.span
    let behind = tokens[span.upperBound...].prefix(slots.count * 12).prefix { token in
      !token.isHeading && Outline.section(token.folded, certain: false) == nil
    }
    let orphans = (span.lowerBound..<behind.endIndex).filter { index in
      tokens[index].value.isValue && filling.sources[index] == nil
    }
    // Table 4 may follow without a heading: its row alone says nothing.
    guard orphans.count >= found.count, orphans.count > FormTable.table4.cells.count * 2,
      let first = orphans.first, let last = orphans.last
    else { return }
    filling.doubt(
      .ambiguous, slots.flatMap(\.cells), quote: filling.quote(first..<min(last + 1, first + 24)))
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
