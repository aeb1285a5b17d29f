import Forms

/// The labels found for one table and the fields behind each.
struct TableAlignment {
  struct Row {
    let anchor: Int
    let match: Aligner.Match
    /// Tokens that stand behind the label, or in front of it where labels stand behind their figures.
    let fields: Range<Int>
    /// The label is certain: by its words, or by its neighbours on both sides.
    var isSure: Bool
    /// Words that no label explains stand between the label and figures.
    let isInterrupted: Bool
    /// What stands between the fields and the next label on that side, and is no heading: where figures are missing, these
    /// may be mistyped ones.
    let rest: Range<Int>

    func with(fields: Range<Int>, isSure: Bool) -> Row {
      Row(
        anchor: anchor, match: match, fields: fields, isSure: isSure,
        isInterrupted: isInterrupted, rest: rest)
    }
  }

  /// Words with figures behind them which are no label of the form.
  struct Stranger {
    let label: Range<Int>
    let fields: Range<Int>
    /// The matched label before it, as an index of ``rows``.
    let after: Int
  }

  let set: AnchorSet
  let tokens: [Token]
  /// Where the labels stand.
  let side: LabelSide
  private(set) var rows: [Row] = []
  private(set) var strangers: [Stranger] = []
  /// Rows of the form that stand at another place than on the form, in fields of their own.
  private(set) var displaced: [Row] = []
  /// Other places where a row of the form stands with fields of its own.
  private(set) var repeats: [(anchor: Int, fields: Range<Int>)] = []
  /// A row of the form stands at another place as well, with fields of its own or without.
  private(set) var hasLabelTwice = false

  var span: Range<Int> {
    guard let first = rows.first, let last = rows.last else { return 0..<0 }
    return min(
      first.fields.lowerBound, first.match.start)..<max(last.fields.upperBound, last.match.end)
  }

  init(_ aligner: Aligner, in range: Range<Int>) {
    set = aligner.set
    tokens = aligner.tokens
    side = aligner.side
    let chain = aligner.chain(in: range)
    guard side == .before else {
      addRowsBehind(chain, aligner, in: range)
      confirmByPosition()
      findStrangersBehind()
      findRepeats(aligner)
      return
    }
    for (number, match) in chain.enumerated() {
      // Behind the last label only what stands next to it can be its own.
      let next =
        number + 1 < chain.count
        ? chain[number + 1].start : min(range.upperBound, match.end + 3)
      let limit = number + 1 < chain.count ? next : range.upperBound
      let fields = aligner.followers(of: match, before: limit)
      rows.append(
        Row(
          anchor: match.anchor, match: match, fields: fields, isSure: match.isStrong,
          isInterrupted: fields.isEmpty && hasFigures(ofNoSubtotal: fields.upperBound..<next),
          rest: rest(behind: fields, before: next, isLast: number + 1 == chain.count)))
    }
    confirmByPosition()
    rows = FurtherColumns.dropped(from: rows, set: set, tokens: tokens) ?? rows
    findStrangers()
    findDisplaced(aligner)
    findRepeats(aligner)
  }

  /// Behind the last row of a table other text follows: only a short word right behind the label, or one of digits and
  /// letters, could be meant as its figure.
  private func rest(behind fields: Range<Int>, before next: Int, isLast: Bool) -> Range<Int> {
    let start = fields.upperBound
    guard start < next else { return start..<start }
    guard isLast else { return start..<next }
    let words = tokens[start].folded
    // With its unit behind it or without: 463o.3124万元. A heading that begins with a number has more words than digits.
    let isFigure =
      words.count <= 24 && words.first.map(Fold.isDigit) ?? false
      && words.count(where: { $0 >= 0x80 }) * 2 < words.count
    let isMeant =
      isFigure || tokens[start].isMistypedFigure || !tokens[start].isHeading && words.count <= 6
    return start..<(isMeant ? start + 1 : start)
  }

  /// Figures on one line with 小计 are its own.
  private func hasFigures(ofNoSubtotal range: Range<Int>) -> Bool {
    let subtotals = range.filter { Aligner.isSubtotal(tokens[$0].folded) }.map {
      tokens[$0].row
    }
    return range.contains { tokens[$0].value.isValue && !subtotals.contains(tokens[$0].row) }
  }

  private func hasFigures(_ range: Range<Int>) -> Bool {
    range.lowerBound < range.upperBound && tokens[range].contains { $0.value.isValue }
  }

  /// Weak words are the row between two certain rows that the form has there and nowhere else.
  private mutating func confirmByPosition() {
    for index in rows.indices where !rows[index].isSure {
      guard index > 0, index + 1 < rows.count else { continue }
      let before = rows[index - 1]
      let after = rows[index + 1]
      rows[index].isSure =
        before.match.isStrong && after.match.isStrong && before.anchor == rows[index].anchor - 1
        && after.anchor == rows[index].anchor + 1 && !rows[index].fields.isEmpty
    }
  }

  private mutating func findStrangers() {
    for index in rows.indices.dropLast() {
      var position = max(rows[index].fields.upperBound, rows[index].match.end)
      let limit = rows[index + 1].match.start
      while position < limit {
        guard tokens[position].isWords else {
          position += 1
          continue
        }
        let start = position
        while position < limit, tokens[position].isWords { position += 1 }
        let end = position
        let row = tokens[end - 1].row
        let keepsBlanks = tokens[end - 1].keepsBlanks
        while position < limit, !tokens[position].isWords,
          !keepsBlanks || tokens[position].row == row
        {
          position += 1
        }
        if hasFigures(end..<position) {
          strangers.append(Stranger(label: start..<end, fields: end..<position, after: index))
        }
      }
    }
  }

  /// A label that stands once in the table, word for word, beside its fields, is that row wherever it stands in its block.
  private mutating func findDisplaced(_ aligner: Aligner) {
    guard !rows.isEmpty else { return }
    let span = span
    let used = Set(rows.map(\.anchor))
    func isInside(_ match: Aligner.Match) -> Bool {
      // Right above the first row that is in its place, or among the others.
      (span.lowerBound - 12..<span.upperBound).contains(match.start)
        && tokens[match.start..<max(match.start, span.lowerBound)].allSatisfy(\.keepsBlanks)
    }
    let matches = aligner.candidates.filter { match in
      match.exact && match.score >= 0.9 && set.anchors[match.anchor].row != nil
        && tokens[match.start].keepsBlanks && isInside(match)
        && !rows.contains { $0.match.start < match.end && match.start < $0.match.end }
    }
    // Where a row of the form stands twice there are two tables.
    guard !matches.contains(where: { used.contains($0.anchor) }) else { return }
    for match in matches where matches.count(where: { $0.anchor == match.anchor }) == 1 {
      let fields = aligner.followers(of: match, before: tokens.count)
      let before = rows.last { $0.match.start < match.start } ?? rows[0]
      guard hasFigures(fields), set.anchors[before.anchor].block == set.anchors[match.anchor].block
      else { continue }
      displaced.append(
        Row(
          anchor: match.anchor, match: match, fields: fields, isSure: match.isStrong,
          isInterrupted: false, rest: fields.upperBound..<fields.upperBound))
      strangers.removeAll { $0.label.overlaps(match.start..<match.end) }
    }
  }

  private mutating func findRepeats(_ aligner: Aligner) {
    let span = span
    let used = Set(rows.map(\.match.start))
    // The first row may stand once more right above itself, the last right below.
    func isBeside(_ match: Aligner.Match) -> Bool {
      guard side == .before else { return false }
      if match.start >= span.upperBound {
        return match.anchor == rows.last?.anchor
          && !tokens[span.upperBound..<match.start].contains(where: \.isWords)
      }
      return match.anchor == rows.first?.anchor
        && aligner.followers(of: match, before: span.lowerBound).upperBound == span.lowerBound
    }
    for match in aligner.candidates {
      guard match.exact, match.score >= 0.9, span.contains(match.start) || isBeside(match),
        !used.contains(match.start), set.anchors[match.anchor].row != nil,
        !displaced.contains(where: { $0.anchor == match.anchor }),
        !rows.contains(where: { $0.match.start < match.end && match.start < $0.match.end })
      else { continue }
      hasLabelTwice = true
      let fields =
        switch side {
        case .before:
          aligner.followers(
            of: match, before: match.start < span.upperBound ? span.upperBound : tokens.count)
        case .behind: aligner.leaders(of: match, after: span.lowerBound)
        }
      if hasFigures(fields) || tokens[fields].contains(where: { Token.mayBeFigures($0.raw) }) {
        repeats.append((match.anchor, fields))
      }
    }
  }

  // MARK: Labels behind their figures

  private mutating func addRowsBehind(
    _ chain: [Aligner.Match], _ aligner: Aligner, in range: Range<Int>
  ) {
    for (number, match) in chain.enumerated() {
      // Headings between the figures and the first label under them.
      var top = number
      while top > 0, isHeading(chain[top - 1], over: chain[top]) { top -= 1 }
      let lower = top > 0 ? chain[top - 1].end : range.lowerBound
      let leadsOn = number + 1 < chain.count && isHeading(match, over: chain[number + 1])
      let fields =
        leadsOn ? match.start..<match.start : aligner.leaders(of: chain[top], after: lower)
      // In front of the first label stands the head: only what begins with a digit, or is of digits and marks, could be
      // meant as its figures.
      let isMeant =
        top == 0 && match.start > lower
        && tokens[match.start - 1].folded.contains(where: Fold.isDigit)
        && (Fold.isDigit(tokens[match.start - 1].folded.first ?? 0)
          || Token.mayBeFigures(tokens[match.start - 1].raw))
      let hasMeant = isMeant || top == 0 && hasLineTwice(match, after: lower)
      let rest =
        top > 0 && !leadsOn
        ? lower..<fields.lowerBound : (hasMeant ? match.start - 1 : match.start)..<match.start
      // The figures behind the label before have a label of their own.
      let isTaken =
        rest.last.map { Aligner.isSubtotal(tokens[$0].folded) } ?? true
      rows.append(
        Row(
          anchor: match.anchor, match: match, fields: fields, isSure: match.isStrong,
          isInterrupted: fields.isEmpty && !isTaken && hasFigures(rest), rest: rest))
    }
  }

  /// A line of the label stands once more between it and figures.
  private func hasLineTwice(_ match: Aligner.Match, after lower: Int) -> Bool {
    guard match.start - 2 >= lower, tokens[match.start - 2].value.isValue else { return false }
    let words = tokens[match.start - 1].folded
    return tokens[match.start..<match.end].contains { $0.folded == words }
  }

  /// A heading with the first label of its rows right behind it.
  private func isHeading(_ match: Aligner.Match, over next: Aligner.Match) -> Bool {
    set.anchors[match.anchor].group != nil && match.end == next.start
      && next.anchor == match.anchor + 1
  }

  private mutating func findStrangersBehind() {
    for index in rows.indices.dropLast() {
      var position = rows[index].match.end
      let next = rows[index + 1]
      let limit = min(next.fields.lowerBound, next.match.start)
      while position < limit {
        let start = position
        while position < limit, tokens[position].value.isValue { position += 1 }
        let end = position
        while position < limit, !tokens[position].value.isValue { position += 1 }
        if start < end, end < position {
          strangers.append(Stranger(label: end..<position, fields: start..<end, after: index))
        }
      }
    }
  }
}
