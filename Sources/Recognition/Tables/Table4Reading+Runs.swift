import Forms
import Reports

/// The rows of figures behind the head.
extension Table4Reading {
  /// A row of figures.
  struct Run {
    var fields: Range<Int>
    /// It has a field for each column, as far as blank ones are seen.
    var isWhole = true
  }

  /// Rows of figures behind the head; further ones only while words of the head stand between.
  func runs(after head: Range<Int>) -> [Run] {
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
        var start = position
        // In a stream without figures nothing but the next line of text ends the row.
        while position < tokens.count, tokens[position].row == token.row,
          tokens[position].keepsBlanks
        {
          position += 1
        }
        // The head may end on the row of its figures, where one that is none keeps them from being told apart.
        let ofHead = (start..<position).filter {
          tokens[$0].layout != .grid && wordLength(at: $0) != nil
        }
        if ofHead.count > 1, let last = ofHead.last,
          tokens[last..<position].contains(where: \.value.isValue)
        {
          start = last + 1
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
    let before = tokens[..<head.lowerBound].suffix { $0.row == first.row }
    let hasLabel =
      switch first.layout {
      case .grid: !before.isEmpty
      // In front of the first words; those of a spoilt label may part it from the head.
      case .fields: before.first?.isBlank ?? false
      default: before.last?.isBlank ?? false
      }
    guard first.layout == .grid else { return (hasLabel ? 1 : 0, 0) }
    let width = head.compactMap { tokens[$0].place.column }.max() ?? 0
    let words = head.compactMap { tokens[$0].isWords ? tokens[$0].place.column : nil }.max()
    return (hasLabel ? 1 : 0, width - (words ?? width))
  }

  /// Another row of about as many figures right behind the one that was read: the year before or after it, and nothing
  /// on the form tells which of them is this year's.
  func furtherRow(behind read: Range<Int>, from end: Int) -> Range<Int>? {
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

  /// Lines behind the head that begin with words and are figures after that, before any heading or sentence.
  func figuresBehindWords(from start: Int) -> Range<Int>? {
    var end = start
    var hasFigure = false
    while end < min(tokens.count, start + Self.count + 3) {
      let token = tokens[end]
      guard !token.isHeading, end == start || token.folded.count <= 8 else { break }
      hasFigure = hasFigure || token.value.isValue || Token.mayBeFigures(token.raw)
      end += 1
    }
    return hasFigure ? start..<end : nil
  }
}
