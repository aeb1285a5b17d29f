import Forms
import Reports

/// Reading table 4: one row of 5 + 5 + 5 under a head of two lines, whose words flatten in another order than the
/// figures.
struct Table4Reading {
  static let blocks = FormTable.table4.blocks
  static let count = FormTable.table4.cells.count

  private struct Word {
    let folded: Folded
    /// Nowhere else than in this head.
    let isDistinct: Bool
  }

  private static let words: [Word] = {
    var list: [Folded: Bool] = [:]
    for block in blocks {
      for label in [block.caption, block.parent].compactMap(\.self) {
        list[Fold.fold(label.official)] = label.official.count > 4
      }
      for column in block.columns {
        list[Fold.fold(column.label.official)] = column.label.official.count == 4
        for variant in column.label.variants where list[Fold.fold(variant)] == nil {
          list[Fold.fold(variant)] = false
        }
      }
    }
    return list.map { Word(folded: $0.key, isDistinct: $0.value) }
  }()

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

  // MARK: Head

  /// The words of the head, standing close together.
  private func head(from start: Int) -> Range<Int>? {
    var position = start
    while position < tokens.count {
      guard let first = wordLength(at: position)?.length else {
        position += 1
        continue
      }
      var end = position + first
      var distinct: Set<Folded> = []
      var pieces = 0
      if let word = wordLength(at: position), word.isDistinct { distinct.insert(word.folded) }
      var next = end
      while next < min(tokens.count, end + 4) {
        if let word = wordLength(at: next) {
          next += word.length
          end = next
          if word.isDistinct { distinct.insert(word.folded) }
        } else if isPieces(next) {
          next += 1
          end = next
          pieces += 1
        } else if tokens[next].isWords, tokens[next].folded.count > 30 {
          break
        } else if tokens[next].value.shape == .number {
          break
        } else {
          // What merged cells leave, in front of words or behind them, keeps nothing apart.
          if next == end, tokens[next].isBlank, isBeforeWord(next) { end += 1 }
          next += 1
        }
      }
      if distinct.count >= 3 || pieces >= 2 && Self.captions.isSubset(of: distinct) {
        return position..<endOfLines(under: end)
      }
      position = end
    }
    return nil
  }

  /// Blank fields up to the next word of the head, and no row of blanks only.
  private func isBeforeWord(_ index: Int) -> Bool {
    let next = tokens[index...].prefix(Self.count).first { !$0.isBlank }
    guard let next, tokens[index].row == next.row || tokens[index].row == tokens[index - 1].row
    else { return false }
    return Self.words.contains { $0.folded == Self.bare(next.folded) }
  }

  /// The rest of words broken over the lines of a head laid out in columns, up to the figures.
  private func endOfLines(under end: Int) -> Int {
    let rows = tokens[end...].prefix(48).prefix { token in
      token.isWords && token.columns != nil && token.folded.count <= 8 && !token.isHeading
    }
    guard tokens[end - 1].columns != nil, rows.endIndex < tokens.count,
      tokens[rows.endIndex].value.isValue,
      tokens[rows.endIndex].row - tokens[end - 1].row <= 6
    else { return end }
    // Words in front of the figures on their line are no part of the head.
    return rows.firstIndex { $0.row == tokens[rows.endIndex].row } ?? rows.endIndex
  }

  private static let captions = Set(
    blocks.filter { $0.parent != nil }.compactMap(\.caption).map { Fold.fold($0.official) })
  private static let letters = Set(
    blocks[0].columns.flatMap { Fold.fold($0.label.official) })

  /// A line of the columns' words cut anywhere, as narrow columns of a PDF break them: 结果维 结果纠, 持 正.
  private func isPieces(_ index: Int) -> Bool {
    let token = tokens[index]
    return token.isWords && token.folded.count <= 24
      && token.folded.allSatisfy(Self.letters.contains)
  }

  private func wordLength(
    at index: Int
  ) -> (length: Int, folded: Folded, isDistinct: Bool)? {
    guard index < tokens.count, tokens[index].isWords else { return nil }
    if let word = captioned(tokens[index].folded) { return (1, word.folded, word.isDistinct) }
    var folded = tokens[index].folded
    var length = 1
    var best: (length: Int, folded: Folded, isDistinct: Bool)?
    while folded.count <= 10 {
      let bare = Self.bare(folded)
      if let word = Self.words.first(where: { Self.isLike(bare, $0.folded) }) {
        best = (length, word.folded, word.isDistinct)
      }
      guard length < 4, index + length < tokens.count, tokens[index + length].isWords,
        tokens[index].layout == .line
      else { break }
      folded += tokens[index + length].folded
      length += 1
    }
    return best ?? stacked(index)
  }

  /// A column's words behind the words above it in one cell: 行政复议结果维持.
  private func captioned(_ words: Folded) -> Word? {
    guard words.count > 6, words.count <= 16 else { return nil }
    return Self.words.first { word in
      Self.results.contains(word.folded) && words.hasSuffix(word.folded)
        && Self.allCaptions.contains { words.hasPrefix($0) }
    }
  }

  private static let results = Set(blocks[0].columns.map { Fold.fold($0.label.official) })
  private static let allCaptions = blocks.flatMap { [$0.caption, $0.parent] }.compactMap(\.self).map
  {
    Fold.fold($0.official)
  }

  /// A word whose upper or lower part this is, in a head laid out in columns.
  private func stacked(_ index: Int) -> (length: Int, folded: Folded, isDistinct: Bool)? {
    guard tokens[index].columns != nil, tokens[index].folded.count <= 6 else { return nil }
    let column = Stack.around(index, tokens)
    guard let own = column.firstIndex(of: index) else { return nil }
    for top in 0...own {
      for bottom in own..<column.count where bottom > top {
        let folded = column[top...bottom].flatMap { tokens[$0].folded }
        if let word = Self.words.first(where: { $0.folded == folded }) {
          return (1, word.folded, word.isDistinct)
        }
      }
    }
    return nil
  }

  /// Without a remark in brackets behind the words: 总计（件）.
  private static func bare(_ words: Folded) -> Folded {
    guard words.last == U.close, let open = words.lastIndex(of: U.open), open >= 2 else {
      return words
    }
    return Array(words[..<open])
  }

  private static func isLike(_ a: Folded, _ b: Folded) -> Bool {
    if a == b { return true }
    return b.count >= 7 && Similarity.distance(a, b, limit: 2) != nil
  }

  // MARK: Figures

  private func reading(of head: Range<Int>) -> TableReading {
    var filling = Filling(tokens: tokens)
    var found = TableFound(table: .four, state: .read)
    let runs = runs(after: head)
    let span = head.lowerBound..<(runs.last?.fields.upperBound ?? head.upperBound)
    let cells = FormTable.table4.cells
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

  /// Lines behind the head that begin with words and are figures after that, before any heading or sentence.
  private func figuresBehindWords(from start: Int) -> Range<Int>? {
    var end = start
    var hasFigure = false
    while end < min(tokens.count, start + Self.count + 3) {
      let token = tokens[end]
      guard !token.isHeading, end == start || token.folded.count <= 8 else { break }
      hasFigure = hasFigure || token.value.isValue
      end += 1
    }
    return hasFigure ? start..<end : nil
  }

  /// Another row of about as many figures right behind the one that was read: the year before or after it, and nothing
  /// on the form tells which of them is this year's.
  private func furtherRow(behind read: Range<Int>, from end: Int) -> Range<Int>? {
    var start = end
    while start < min(tokens.count, end + 2), tokens[start].isBlank || isLabelOfRow(start) {
      start += 1
    }
    guard start < tokens.count else { return nil }
    let keepsBlanks = tokens[start].keepsBlanks
    let fields = tokens[start...].prefix(Self.count + 2).prefix { token in
      !token.isWords && (!keepsBlanks || token.row == tokens[start].row)
    }
    let figures = fields.filter(\.value.isValue).map(\.raw)
    guard figures.count >= Self.count * 2 / 3,
      figures != tokens[read].filter(\.value.isValue).map(\.raw)
    else { return nil }
    return end..<fields.endIndex
  }

  private func isLabelOfRow(_ index: Int) -> Bool {
    let token = tokens[index]
    return token.isWords && !token.isHeading && token.folded.count <= 12
  }

  /// A row of figures.
  struct Run {
    var fields: Range<Int>
    /// It has a field for each column, as far as blank ones are seen.
    var isWhole = true
  }

  /// Rows of figures behind the head; further ones only while words of the head stand between.
  private func runs(after head: Range<Int>) -> [Run] {
    var runs: [Run] = []
    let margins = margins(of: head)
    var position = head.upperBound
    let grid = tokens[head.upperBound - 1]
    while position < tokens.count {
      if grid.layout == .grid {
        guard tokens[position].place.table == grid.place.table else { break }
      }
      let token = tokens[position]
      if token.isInStreamRow {
        let run = streamRun(from: position)
        position += tokens[position...].prefix(while: \.isInStreamRow).count
        if run.fields.count < 5, tokens[run.fields].allSatisfy(\.isBlank) { continue }
        runs.append(run)
        if run.fields.count >= Self.count { break }
        continue
      }
      if token.keepsBlanks {
        let start = position
        // In a stream without figures nothing but the next line of text ends the row.
        while position < tokens.count, tokens[position].row == token.row,
          tokens[position].keepsBlanks
        {
          position += 1
        }
        var fields = start..<position
        // What stands in front of the figures is a label; more than one word makes it no row of figures.
        let words = fields.filter { tokens[$0].isWords }
        if words.count > Self.count / 3, !fields.contains(where: { tokens[$0].value.isValue }) {
          if fields.contains(where: { wordLength(at: $0) != nil }) { continue }
          break
        }
        if margins == (0, 0), fields.count == Self.count + 1, tokens[start].isWords {
          fields = (start + 1)..<position
        }
        if margins == (0, 0), fields.count == Self.count + 1, hasRemarks(head) {
          fields = start..<(position - 1)
        }
        if tokens[fields].allSatisfy(\.isBlank), fields.count < 5 { continue }
        if countsColumns(fields) { continue }
        var isWhole = fields.count >= Self.count
        if margins != (0, 0) {
          // A row with fewer fields than the head has columns has lost one: which, cannot be seen.
          if margins == (1, 0), fields.count == Self.count + 1, endsInStrayBar(fields) {
            // A figure stands in no column of labels; of two blanks nothing tells which is no cell.
            fields = start..<(position - 1)
            isWhole = !tokens[start].isBlank
          } else if fields.count == Self.count + margins.before + margins.behind {
            fields = (start + margins.before)..<(position - margins.behind)
            isWhole = tokens[fields.upperBound..<position].allSatisfy(\.isBlank)
          } else {
            isWhole = grid.layout != .grid && fields.count == Self.count && !tokens[start].isBlank
          }
        }
        runs.append(Run(fields: fields, isWhole: isWhole))
        if grid.layout != .grid { if fields.count >= Self.count { break } }
        continue
      }
      if token.isWords {
        // A new page begins under the head: its running head is a line that the document has had before.
        if runs.isEmpty, position < head.upperBound + 3, token.folded.count >= 8,
          tokens[..<head.lowerBound].contains(where: { $0.folded == token.folded })
        {
          position += 1
          continue
        }
        // A block with a head of its own.
        guard runs.count < 3, let word = wordLength(at: position) else { break }
        position += word.length
        continue
      }
      let start = position
      while position < tokens.count, !tokens[position].keepsBlanks,
        !tokens[position].isWords || tokens[position].isMistypedFigure
          || token.layout == .spaced && tokens[position].row == tokens[position - 1].row
      {
        position += 1
      }
      runs.append(Run(fields: start..<endOfFirst(of: start..<position)))
    }
    return runs
  }

  /// A column behind those of the form.
  private func hasRemarks(_ head: Range<Int>) -> Bool {
    // Its words stand in the upper line of the head.
    tokens[max(0, head.lowerBound - Self.count - 1)..<head.upperBound].contains { token in
      token.keepsBlanks && Self.remarks.contains(token.folded)
    }
  }

  private static let remarks = Set(["备注", "说明"].map(Fold.fold))

  /// 1, 2, 3 … 15 under the head are the numbers of its columns.
  private func countsColumns(_ fields: Range<Int>) -> Bool {
    let numbers = tokens[fields].compactMap { $0.value.figure?.integer }
    return numbers.count >= Self.count - 1 && numbers.count == fields.count
      && zip(numbers, numbers.dropFirst()).allSatisfy { $0 < .max && $1 == $0 + 1 }
  }

  /// The same line of figures twice is one.
  private func endOfFirst(of lines: Range<Int>) -> Int {
    let first = tokens[lines].prefix { $0.row == tokens[lines.lowerBound].row }.endIndex
    return tokens[lines.lowerBound].layout == .spaced
      && tokens[lines.lowerBound..<first].map(\.raw) == tokens[first..<lines.upperBound].map(\.raw)
      ? first : lines.upperBound
  }

  /// In a stream a bar on a line of its own behind the table leaves a blank field more.
  private func endsInStrayBar(_ fields: Range<Int>) -> Bool {
    guard let first = fields.first, let last = fields.last else { return false }
    return tokens[first].layout == .fields && tokens[first].place.line != tokens[last].place.line
      && !tokens[first].isWords && tokens[last].isBlank
  }

  /// Columns beside those of the head's words: for a label in front of the figures, or left empty all the way down.
  private func margins(of head: Range<Int>) -> (before: Int, behind: Int) {
    let first = tokens[head.lowerBound]
    let hasLabel =
      head.lowerBound > 0 && tokens[head.lowerBound - 1].row == first.row
      && (first.layout == .grid || tokens[head.lowerBound - 1].isBlank)
    guard first.layout == .grid else { return (hasLabel ? 1 : 0, 0) }
    let width = head.compactMap { tokens[$0].place.column }.max() ?? 0
    let words = head.compactMap { tokens[$0].isWords ? tokens[$0].place.column : nil }.max()
    return (hasLabel ? 1 : 0, width - (words ?? width))
  }

  /// The 15 columns of a head laid out by white space.
  private func columns(of head: Range<Int>) -> HeadColumns? {
    HeadColumns(
      head, labels: Self.blocks.flatMap(\.columns).map { HeadColumns.spellings($0.label) },
      tokens: tokens)
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
