import Forms
import Reports

/// Reading table 2: blocks, each on one of the two forms.
enum Table2Reading {
  /// What is known of one block before its form is decided.
  private struct BlockEvidence {
    let number: Int
    var rows: [TableAlignment.Row] = []
    var isCaptioned = false
    /// How well the words of the head fit each form, 0…1.
    var head: [Template: Double] = [:]
    /// Forms that words of the head, whole or cut short, can only come from.
    var told: Set<Template> = []
    var template: Template?
    /// The form was taken from the other blocks, not from its own words or figures.
    var isBorrowed = false
    /// The tokens above its first row.
    var headSpan = 0..<0
  }

  static func read(
    _ alignment: TableAlignment, year: Int?, inSection: Bool
  ) -> (reading: TableReading, template: Report.Templates.Table2, isTold: Bool)? {
    var blocks = evidence(alignment)
    guard isTable(alignment, blocks, inSection: inSection) else { return nil }
    for index in blocks.indices { decide(&blocks[index], alignment) }
    let prevailing = prevailing(blocks, year: year)
    for index in blocks.indices where blocks[index].template == nil {
      blocks[index].template = exists(blocks[index].number, in: prevailing) ? prevailing : .v2019
      blocks[index].isBorrowed = true
    }

    var slots: [RowFilling.Slot] = []
    for number in union.indices {
      // What is not there follows the form of what stands beside it: 第（九）项 is no part of the newer one.
      let beside = blocks.min { abs($0.number - number) < abs($1.number - number) }
      let template = beside?.template ?? prevailing
      guard let block = block(number, in: template) else { continue }
      slots += block.slots
    }
    var rows = RowFilling(alignment, slots: slots, table: .two)
    func isTold(_ template: Template) -> Bool {
      blocks.contains { !$0.isBorrowed && $0.template == template }
    }
    for block in blocks where block.isBorrowed && !block.rows.isEmpty {
      let cells = block.rows.flatMap { row in
        slots.first { $0.anchor == row.anchor }?.cells ?? []
      }
      // Without words of its own a block could be of either form.
      if couldBeEither(block, alignment) || block.template != prevailing && isTold(prevailing) {
        rows.filling.doubt(
          .ambiguous, cells, quote: rows.filling.quote(alignment.span.prefix(12)))
      }
    }
    doubtHeads(&rows.filling, blocks, slots, alignment)
    let last = alignment.rows.last { !$0.fields.isEmpty }?.anchor
    let reading = TableReading(
      found: rows.found, filling: rows.filling, span: alignment.span,
      isComplete: last == slots.last?.anchor)
    let templates = Set(blocks.compactMap(\.template))
    let template: Report.Templates.Table2 =
      templates.count > 1 ? .mixed : templates.first == .v2019 ? .v2019 : .v2021
    return (reading, template, !blocks.contains(where: \.isBorrowed))
  }

  // MARK: Blocks

  private static let union = FormTable.table2of2019.blocks

  /// A block of one form, with its rows.
  private struct Block {
    let words: WordedBlock
    let slots: [RowFilling.Slot]
    var columns: [FormColumn] { words.block.columns }
    var rows: [FormRow] { words.block.rows }
  }

  private static func block(_ number: Int, in template: Template) -> Block? {
    template == .v2019 ? blocks2019[number] : blocks2021[number]
  }

  private static let blocks2019 = union.indices.map { worded($0, FormTable.table2of2019) }
  private static let blocks2021 = union.indices.map { worded($0, FormTable.table2of2021) }

  private static func worded(_ number: Int, _ table: FormTable) -> Block? {
    guard let block = table.blocks.first(where: { $0.caption == union[number].caption }) else {
      return nil
    }
    let words = WordedBlock(block)
    let slots = zip(block.rows, words.cells).compactMap { row, cells in
      AnchorSet.table2.anchors.firstIndex {
        $0.block == number && $0.roles.contains(.row(row.key))
      }.map { RowFilling.Slot(key: row.key, anchor: $0, cells: cells) }
    }
    return Block(words: words, slots: slots)
  }

  private static func exists(_ number: Int, in template: Template) -> Bool {
    block(number, in: template) != nil
  }

  private static func evidence(_ alignment: TableAlignment) -> [BlockEvidence] {
    var blocks: [BlockEvidence] = []
    for row in alignment.rows {
      let anchor = alignment.set.anchors[row.anchor]
      if blocks.last?.number != anchor.block { blocks.append(BlockEvidence(number: anchor.block)) }
      if anchor.row == nil {
        blocks[blocks.count - 1].isCaptioned = true
      } else {
        blocks[blocks.count - 1].rows.append(row)
      }
    }
    // The head of a block stands between what comes before it and its first row of figures.
    var start = max(0, alignment.span.lowerBound - 8)
    for index in blocks.indices {
      guard let first = blocks[index].rows.first else { continue }
      let end = min(first.fields.lowerBound, first.match.start)
      blocks[index].headSpan = min(start, end)..<end
      let words = headWords(alignment, blocks[index].headSpan)
      for template in Template.allCases {
        guard let block = block(blocks[index].number, in: template) else { continue }
        blocks[index].head[template] = fit(of: block.words, to: words)
      }
      blocks[index].told = told(by: alignment.tokens[blocks[index].headSpan], blocks[index].number)
      start = blocks[index].rows.last.map { max($0.fields.upperBound, $0.match.end) } ?? start
    }
    return blocks
  }

  private static func headWords(_ alignment: TableAlignment, _ range: Range<Int>) -> Folded {
    guard range.lowerBound < range.upperBound else { return [] }
    return Stack.words(range, alignment.tokens, longest: 40)
  }

  /// Forms of which a word of the head is the beginning of a column, as it is of no column of the other: 本年新, 对外公开.
  private static func told(by head: ArraySlice<Token>, _ number: Int) -> Set<Template> {
    let labels = Template.allCases.map { block(number, in: $0)?.words.labels ?? [] }
    var told: Set<Template> = []
    for token in head where token.folded.count >= 3 {
      let fitting = zip(Template.allCases, labels).filter { _, labels in
        labels.contains { $0.contains { $0.hasPrefix(token.folded) } }
      }
      if fitting.count == 1, let form = fitting.first { told.insert(form.0) }
    }
    return told
  }

  /// The share of a block's columns whose words stand in the head.
  private static func fit(of block: WordedBlock, to words: Folded) -> Double {
    guard !words.isEmpty else { return 0 }
    let all = Similarity.signature(words)
    let scores = block.labels.map { label -> Double in
      // Each character that is nowhere costs a step.
      let lost = label[0].count { all & Similarity.bit(of: $0) == 0 }
      guard 1 - Double(lost) / Double(label[0].count) >= 0.7 else { return 0 }
      let best = Similarity.containment(of: label[0], in: words)
      return best >= 0.7 ? best : 0
    }
    return scores.reduce(0, +) / Double(scores.count)
  }

  // MARK: What the heads say against the figures

  private static func doubtHeads(
    _ filling: inout Filling, _ blocks: [BlockEvidence], _ slots: [RowFilling.Slot],
    _ alignment: TableAlignment
  ) {
    let order = HeadOrder(tokens: alignment.tokens)
    func cells(_ rows: [TableAlignment.Row]) -> [CellKey] {
      rows.flatMap { row in slots.first { $0.anchor == row.anchor }?.cells ?? [] }
    }
    for evidence in blocks {
      guard let form = evidence.template.flatMap({ block(evidence.number, in: $0) }) else {
        continue
      }
      let columns = Set(
        order.misplaced(form.words, in: evidence.headSpan).map { form.columns[$0].key })
      filling.doubt(
        .headOrder, cells(evidence.rows).filter { columns.contains(String($0.column)) },
        quote: filling.quote(evidence.headSpan.suffix(8)))
      let others = OtherHeads.columns(of: form.words, in: evidence.headSpan, alignment.tokens)
      let keys = Set(others.map { form.columns[$0].key })
      filling.doubt(
        .headOrder, cells(evidence.rows).filter { keys.contains(String($0.column)) },
        quote: filling.quote(evidence.headSpan.suffix(8)))
      let money = cells(evidence.rows).filter { $0.kind == .moneyInTenThousand }
      let around = evidence.headSpan.lowerBound..<(evidence.rows.last?.match.end ?? 0)
      guard !money.isEmpty, !around.isEmpty,
        let unit = FeeUnit.other(alignment.tokens, head: around)
          ?? FeeUnit.note(alignment.tokens, behind: around.upperBound)
          ?? (FeeUnit.isTold(alignment.tokens[around])
            ? nil : FeeUnit.note(alignment.tokens, above: alignment.span.lowerBound))
      else { continue }
      // The cell's own unit is nearer to the figure than the head's; none is none in every unit.
      let concerned = money.filter { key in
        guard let cell = filling.cells[key], let amount = cell.number else { return false }
        return !amount.isZero && !cell.raw.contains("万")
      }
      filling.doubt(.otherUnit, concerned, quote: unit)
    }
    for row in order.strayRows(alignment) {
      filling.doubt(
        .headOrder, cells([row]), quote: filling.quote(row.match.start..<row.match.end))
    }
    let strays = StrayFigures(alignment, filling)
    for row in strays.besideBlanks + strays.besideCaptions + strays.numbered + strays.overFigures {
      filling.doubt(
        .ambiguous, cells([row]), quote: filling.quote(row.match.start..<row.match.end))
    }
  }

  // MARK: Which form

  private static func decide(_ block: inout BlockEvidence, _ alignment: TableAlignment) {
    if block.told.count == 1 {
      block.template = block.told.first
      return
    }
    let older = block.head[.v2019] ?? 0
    let newer = block.head[.v2021] ?? 0
    if max(older, newer) >= 0.3, abs(older - newer) >= 0.15 {
      block.template = older > newer ? .v2019 : .v2021
      return
    }
    // Rows and blocks that only one form has.
    let rows = block.rows.compactMap { alignment.set.anchors[$0.anchor].row }
    if !exists(block.number, in: .v2021)
      || rows.contains(where: { key in
        !(self.block(block.number, in: .v2021)?.rows.contains { $0.key == key } ?? false)
      })
    {
      block.template = .v2019
      return
    }
    let fitting = Template.allCases.filter { template in
      guard let form = self.block(block.number, in: template), !block.rows.isEmpty else {
        return false
      }
      return block.rows.allSatisfy { fits($0, form.columns.count, alignment.tokens) }
    }
    if fitting.count == 1 {
      block.template = fitting[0]
      // One figure of three may be left where blanks vanish.
      block.isBorrowed = true
    }
  }

  /// Blank fields beside a row's figures may be cells, or what merged cells leave.
  private static func fits(_ row: TableAlignment.Row, _ count: Int, _ tokens: [Token]) -> Bool {
    let keepsBlanks = row.fields.first.map { tokens[$0].keepsBlanks } ?? false
    return row.fields.count == count
      || keepsBlanks && row.fields.count > count
        && row.fields.count { !tokens[$0].isBlank } <= count
  }

  /// Without a head, the number of figures tells the form only if all of them are there.
  private static func couldBeEither(
    _ block: BlockEvidence, _ alignment: TableAlignment
  ) -> Bool {
    guard let older = self.block(block.number, in: .v2019),
      let newer = self.block(block.number, in: .v2021)
    else { return false }
    if older.columns.count == newer.columns.count { return true }
    let fewer = min(older.columns.count, newer.columns.count)
    let keepsBlanks = block.rows.allSatisfy { row in
      row.fields.first.map { alignment.tokens[$0].keepsBlanks } ?? false
    }
    if keepsBlanks {
      return block.rows.allSatisfy { row in
        row.fields.count != fewer && fits(row, fewer, alignment.tokens)
      }
    }
    let counts = block.rows.map(\.fields.count)
    if counts.allSatisfy({ $0 == max(older.columns.count, newer.columns.count) }) { return false }
    // The other blocks say the same, by their words.
    return counts.contains { $0 != newer.columns.count }
  }

  private static func prevailing(_ blocks: [BlockEvidence], year: Int?) -> Template {
    func weight(_ template: Template) -> Int {
      blocks.filter { $0.template == template }.reduce(0) { $0 + max(1, $1.rows.count) }
    }
    let older = weight(.v2019)
    let newer = weight(.v2021)
    if older != newer { return older > newer ? .v2019 : .v2021 }
    return year.flatMap(Template.prescribed(for:)) ?? .v2021
  }

  // MARK: Whether it is the table

  private static func isTable(
    _ alignment: TableAlignment, _ blocks: [BlockEvidence], inSection: Bool
  ) -> Bool {
    let rows = alignment.rows.filter { alignment.set.anchors[$0.anchor].row != nil }
    let filled = rows.filter { !$0.fields.isEmpty }
    guard !rows.isEmpty else { return false }
    let captioned = blocks.contains(where: \.isCaptioned)
    let headed = blocks.contains { ($0.head.values.max() ?? 0) >= 0.3 }
    if captioned, headed { return true }
    return !filled.isEmpty && (captioned || headed || inSection && filled.count >= 2)
  }
}
