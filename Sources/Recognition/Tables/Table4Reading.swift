import Forms
import Reports

/// Reading table 4: one row of 5 + 5 + 5 under a head of two lines, whose words flatten in another order than the
/// figures.
struct Table4Reading {
  static let blocks = FormTable.table4.blocks
  private static let cells = FormTable.table4.cells
  static let count = cells.count

  let tokens: [Token]

  /// Every table 4 at or after `start`: the first that has figures, then others that have them; if none has, the first.
  func read(from start: Int) -> [TableReading] {
    var empty: TableReading?
    var filled: [TableReading] = []
    var position = start
    while let head = head(from: position) {
      let reading = reading(of: head)
      position = max(reading.span.upperBound, head.upperBound)
      if reading.found.state == .read {
        filled.append(reading)
      } else if empty == nil {
        empty = reading
      }
    }
    return filled.isEmpty ? empty.map { [$0] } ?? [] : filled
  }

  private func reading(of head: Range<Int>) -> TableReading {
    var filling = Filling(tokens: tokens)
    var found = TableFound(table: .four, state: .read)
    let runs = runs(after: head)
    let span = head.lowerBound..<(runs.last?.fields.upperBound ?? head.upperBound)
    let cells = Self.cells
    let filled = runs.filter { run in tokens[run.fields].contains { !$0.isBlank } }
    if filled.isEmpty, let strange = figuresBehindWords(from: span.upperBound) {
      // A mistyped first figure hides the others: they are there, and not read.
      filling.blank(cells)
      filling.doubt(.unreadable, cells, quote: filling.quote(strange))
      found.cellCounts.append(
        .init(row: "t4", expected: Self.count, found: filling.texts(strange)))
    } else if filled.isEmpty {
      found.state = .unfilled
      filling.blank(cells)
      // Where blanks are seen, a head without any row under it has lost the row, and one with too few of them a cell.
      let isWhole =
        runs.contains(where: \.isWhole)
        || runs.count == Self.blocks.count && runs.reduce(0) { $0 + $1.fields.count } == Self.count
      if tokens[head.upperBound - 1].keepsBlanks, !isWhole {
        filling.doubt(.rowMissing, cells, quote: filling.quote(head))
        found.rowsMissing = Self.blocks.map { $0.rows[0].key }
      }
    } else if let fields = assignment(filled, head: head) {
      for (key, field) in zip(cells, fields) {
        if let field { filling.fill(key, from: field) }
      }
      filling.blank(cells)
      if !filling.cells.values.contains(where: { $0.class != .blank }) { found.state = .unfilled }
      if let other = furtherRow(behind: filled[0].fields, from: span.upperBound) {
        filling.doubt(.ambiguous, cells, quote: filling.quote(other))
      }
      if let word = fields.compactMap(\.self).first(where: {
        isWordOfHead($0) || JoinedFigures.hasSign(tokens[$0])
      }) {
        filling.doubt(.ambiguous, cells, quote: filling.quote(word..<word + 1))
      }
      if lacksTotal(fields) || mayEndInBar(fields) || mayBeginInHead(fields) {
        filling.doubt(.ambiguous, cells, quote: filling.quote(filled[0].fields))
      }
      if isOfSpaced(fields), !fields.contains(nil),
        FormTable.table4.relations.count(where: { !filling.holds($0) }) > 1
      {
        // One figure in two pieces and a blank of which nothing is left are as many fields as cells: all between them is in the
        // cell beside its own.
        filling.doubt(.splitDigits, cells, quote: filling.quote(filled[0].fields))
      }
      if Table4Lines(tokens: tokens, fields: fields.compactMap(\.self)).mayBeShifted {
        filling.doubt(.ambiguous, cells, quote: filling.quote(filled[0].fields))
      }
      // Where the columns of the head are those of the form, the order of the words on its lines says nothing.
      if columns(of: head) == nil {
        filling.doubt(
          .headOrder, HeadOrder(tokens: tokens).misplacedCases(in: head),
          quote: filling.quote(head))
      }
    } else {
      filling.blank(cells)
      let all = filled[0].fields.lowerBound..<span.upperBound
      filling.doubt(.cellCount, cells, quote: filling.quote(all))
      let texts = filled.flatMap { filling.texts($0.fields) }
      found.cellCounts.append(
        .init(row: "t4", expected: Self.count, found: texts))
    }
    return TableReading(
      found: found, filling: filling, span: span, isComplete: !filled.isEmpty)
  }

  /// The 15 columns of a head laid out by white space.
  private func columns(of head: Range<Int>) -> HeadColumns? {
    HeadColumns(
      head, labels: Self.labels, tokens: tokens)
  }

  private static let labels = blocks.flatMap(\.columns).map { WordedBlock.spellings($0.label) }

  /// White space keeps the figures apart.
  private func isOfSpaced(_ fields: [Int?]) -> Bool {
    fields.contains { $0.map { tokens[$0].layout == .spaced } ?? false }
  }

  /// A total is blank where its block has figures, or where others are zeros that are written: a bar behind the table may be
  /// in the place of a lost line.
  private func lacksTotal(_ fields: [Int?]) -> Bool {
    guard fields.contains(where: { $0.map { tokens[$0].layout != .grid } ?? false }) else {
      return false
    }
    var start = 0
    let blocks = Self.blocks.map { block in
      defer { start += block.columns.count }
      return Array(fields[start..<(start + block.columns.count)])
    }
    func figure(_ field: Int?) -> Figure? { field.flatMap { tokens[$0].value.figure } }
    let written = blocks.compactMap { figure($0.last ?? nil) }
    return blocks.contains { block in
      // Words are no blank.
      guard (block.last ?? nil).map({ tokens[$0].isBlank }) ?? true else { return false }
      return block.contains { figure($0) != nil }
        || !written.isEmpty && written.allSatisfy(\.isZero)
    }
  }

  /// The last figure of a stream broken over lines is blank: so is a bar on a line of its own behind the table, and the line
  /// of a figure may be lost.
  private func mayEndInBar(_ fields: [Int?]) -> Bool {
    guard let first = fields.first ?? nil, let last = fields.last ?? nil else { return false }
    return tokens[last].layout == .stream && tokens[last].isBlank
      && tokens[first].place.line != tokens[last].place.line
  }

  /// The first figure of a stream is blank, and none behind it: so is what merged cells leave behind the head, and a figure may
  /// be lost.
  private func mayBeginInHead(_ fields: [Int?]) -> Bool {
    guard let first = fields.first ?? nil, tokens[first].layout == .stream, tokens[first].isBlank
    else { return false }
    return fields.dropFirst().allSatisfy { $0.map { !tokens[$0].isBlank } ?? false }
  }

  /// A word among the figures of a stream, where nothing but words parts the head from them: what is left of its last one, in
  /// the place of a figure that is lost.
  private func isWordOfHead(_ index: Int) -> Bool {
    tokens[index].layout == .stream && tokens[index].isWords && !tokens[index].mayBeFigures
  }

  /// Blanks may come from two figures without a space between them: then a block does not sum up, has parts and no total,
  /// or is the only one without.
  private func mayBeJoined(_ fields: [Int?]) -> Bool {
    let filled = fields.compactMap(\.self)
    if filled.contains(where: {
      tokens[$0].mayBeFigures || JoinedFigures.hasZeroInFront(tokens[$0])
    }) {
      return true
    }
    guard JoinedFigures.mayHave(fields, tokens) else { return false }
    var start = 0
    var totals = 0
    for block in Self.blocks {
      let own = fields[start..<(start + block.columns.count)]
      start = own.endIndex
      guard let last = own.last, let total = last else {
        if own.contains(where: { $0 != nil }) { return true }
        continue
      }
      totals += 1
      let parts = own.dropLast().compactMap(\.self)
      let sum = parts.reduce(Figure(0)) { $0 + (tokens[$1].value.figure ?? Figure(0)) }
      if !parts.isEmpty, let value = tokens[total].value.figure, !value.equals(sum) { return true }
    }
    return totals < Self.blocks.count
  }

  /// The tokens of the 15 cells: one row of all, or one of each block under its own words.
  private func assignment(_ rows: [Run], head: Range<Int>) -> [Int?]? {
    let runs = rows.map(\.fields)
    if runs.count == 1, runs[0].count < Self.count, let columns = columns(of: head),
      let ruler = ColumnRuler(runs, count: Self.count, head: columns, tokens: tokens),
      let fields = ruler.place(runs[0]), !mayBeJoined(fields)
    {
      return fields
    }
    if runs.count == 1, rows[0].isWhole,
      case .cells(let fields) = RowFit(
        runs[0], count: Self.count, tokens: tokens),
      !fields.contains(where: { JoinedFigures.hasZeroInFront(tokens[$0]) })
    {
      return fields
    }
    guard runs.count == Self.blocks.count else { return nil }
    var fields: [Int] = []
    var start = head.lowerBound
    for (run, block) in zip(runs, Self.blocks) {
      guard let caption = block.caption, run.count == block.columns.count else { return nil }
      let words = (start..<run.lowerBound).flatMap { tokens[$0].folded }
      let others = Self.blocks.filter { $0.caption != block.caption }.compactMap(\.caption)
      guard words.contains(words: Fold.fold(caption.official)),
        !others.contains(where: { words.contains(words: Fold.fold($0.official)) })
      else { return nil }
      fields += run
      start = run.upperBound
    }
    return fields
  }
}
