/// Finds the cheapest explanation of a sequence of tokens by the labels of a form.
///
/// First every place where a label could stand is scored (as it is, over several lines, with errors); then the best
/// chain of places in the order of the form is found by dynamic programming. Chains are local: a label far away from the
/// table (in a menu, in a text) costs more than it brings. What figures follow a label counts too, so that words which
/// occur twice (其他, 总计) are told apart by their place.
struct Aligner {
  struct Match {
    /// Tokens `start..<end` are the label.
    let start: Int
    let end: Int
    let anchor: Int
    let score: Double
    /// The words are those of the form, or a known variant.
    let exact: Bool
    /// How much better than the next anchor it is.
    let margin: Double
    /// Fields that stand inside the label, between its upper and its lower lines.
    var inner: Range<Int>?
    /// Digits that stand behind the words in the same token, without a separator.
    var glued: Substring?

    /// Good enough to name the row without help from its neighbours.
    var isStrong: Bool { exact ? score >= 0.9 : score >= 0.8 && margin >= 0.15 }
  }

  let tokens: [Token]
  let set: AnchorSet
  let candidates: [Match]
  /// Where labels are taken to stand.
  private(set) var side = LabelSide.before
  /// Words that stand between tokens 0 and n, as cost.
  private let costBefore: [Double]

  init(tokens: [Token], set: AnchorSet) {
    self.tokens = tokens
    self.set = set
    var cost = 0.0
    var costs: [Double] = [0]
    costs.reserveCapacity(tokens.count + 1)
    for token in tokens {
      if token.isWords {
        cost += token.folded.count > 50 ? 0.3 : 0.04
      } else if !token.isBlank {
        cost += 0.005
      }
      costs.append(cost)
    }
    costBefore = costs
    candidates = Self.candidates(tokens, set)
  }

  /// The same, with labels on this side of their figures.
  func facing(_ side: LabelSide) -> Aligner {
    var other = self
    other.side = side
    return other
  }

  // MARK: Candidates

  private static func candidates(_ tokens: [Token], _ set: AnchorSet) -> [Match] {
    var matches: [Match] = []
    for start in tokens.indices {
      let first = tokens[start]
      guard first.isWords, !isLetter(first), first.folded.count <= set.longest + 20 else {
        continue
      }
      if let (words, digits) = Self.glued(first) {
        for number in set.index[words] ?? [] {
          let spelling = set.spellings[number]
          matches.append(
            Match(
              start: start, end: start + 1, anchor: spelling.anchor, score: spelling.weight,
              exact: true, margin: 1, glued: digits))
        }
      }
      guard first.folded.count <= set.longest + 8 else { continue }
      var words = first.folded
      var end = start + 1
      // Words that are a label by themselves are no part of a misspelt longer one, nor is it the same one misspelt.
      var isBroken = true
      var whole: [Int] = []
      while true {
        if end - start > 1 || set.index[words] != nil {
          isBroken = isBroken && set.index[tokens[end - 1].folded] == nil
        }
        if let found = lookUp(
          words, set, similar: isBroken, inField: end == start + 1 && first.columns == nil)
        {
          for (anchor, score, margin, exact) in found where exact || !whole.contains(anchor) {
            if exact { whole.append(anchor) }
            matches.append(
              Match(
                start: start, end: end, anchor: anchor,
                score: score - 0.01 * Double(end - start - 1), exact: exact, margin: margin))
          }
        }
        // A label may be broken over lines, but not over cells.
        guard end < tokens.count, end - start < 4, continues(tokens[end - 1], tokens[end]) else {
          break
        }
        words += tokens[end].folded
        guard words.count <= set.longest + 4 else { break }
        end += 1
      }
      if first.columns != nil { addStacked(from: start, tokens, set, to: &matches) }
    }
    return matches
  }

  /// Rows that reports add; no label of the form is broken so that such a word stands alone.
  static func isSubtotal(_ words: Folded) -> Bool {
    guard words.count == 2 else { return false }
    return subtotals.contains(words)
      || words.contains(U.unknown)
        && subtotals.contains { zip($0, words).allSatisfy { $0 == $1 || $1 == U.unknown } }
  }

  /// All of two characters.
  private static let subtotals = ["小计", "合计"].map { Fold.fold($0) }
  /// What is left of them.
  private static let ofSubtotals: Set<Folded> = Set(["小", "合", "计"].map(Fold.fold))

  /// Words on the next line, or the next of words kept apart by white space.
  private static func continues(_ token: Token, _ next: Token) -> Bool {
    guard next.isWords, !isSubtotal(next.folded), !isSubtotal(token.folded), !isLetter(next)
    else { return false }
    if token.row == next.row {
      return token.layout == .line || next.layout == .line
        || token.layout == .spaced && next.layout == .spaced
    }
    return token.layout == .line && (next.layout == .line || next.layout == .spaced)
  }

  /// O, l: a figure that is none any more, and no line of a label.
  private static func isLetter(_ token: Token) -> Bool {
    token.isMistypedFigure && token.raw.unicodeScalars.contains { $0.properties.isAlphabetic }
  }

  /// `规章000`: a label with the figures of its row glued to it.
  private static func glued(_ token: Token) -> (words: Folded, digits: Substring)? {
    guard let last = token.folded.last, Fold.isDigit(last) else { return nil }
    let digits = token.raw.unicodeScalars.reversed().prefix { "0"..."9" ~= $0 }.count
    let count = token.folded.reversed().prefix { Fold.isDigit($0) }.count
    guard digits == count, count < token.folded.count else { return nil }
    return (Array(token.folded.dropLast(count)), token.raw.suffix(digits))
  }

  /// A label whose lines stand under each other in a table laid out in columns: the figures of the row stand beside one of
  /// its lines, and words of other columns between them.
  private static func addStacked(
    from start: Int, _ tokens: [Token], _ set: AnchorSet, to matches: inout [Match]
  ) {
    var words = tokens[start].folded
    var last = start
    var fields: Range<Int>?
    var whole: [Int] = []
    var areLines = true
    for _ in 1...5 {
      guard set.index[tokens[last].folded] == nil, let columns = tokens[last].columns else {
        return
      }
      // The next line, and where its words stand under these.
      var next = last + 1
      var line = tokens[last].row
      var lines = 0
      var found: Int?
      while next < tokens.count, next - last < 24 {
        let token = tokens[next]
        if token.row != line {
          line = token.row
          lines += 1
          guard lines <= 3 else { break }
        }
        if token.value.isValue {
          let end = tokens[next...].prefix { $0.row == line }.endIndex
          // Figures of a second row belong to another label.
          guard fields == nil, token.layout == .spaced else { return }
          var first = next
          // The label's own words may look like damaged figures.
          while first - 1 > last, tokens[first - 1].row == line, tokens[first - 1].mayBeFigures {
            first -= 1
          }
          fields = first..<end
          next = end
          continue
        }
        if lines > 0, let other = token.columns, other.overlaps(columns) {
          found = next
          break
        }
        next += 1
      }
      guard let found, !isSubtotal(tokens[found].folded),
        !hasFigureBeside(found, tokens)
          || fields == nil && !Self.ofSubtotals.contains(tokens[found].folded)
      else { return }
      words += tokens[found].folded
      guard words.count <= set.longest + 4 else { return }
      areLines = areLines && found == last + 1 && continues(tokens[last], tokens[found])
      last = found
      // Lines like any others, without words of other columns beside or between them.
      guard fields != nil || !areLines else { continue }
      let rest =
        lookUp(Array(words.dropFirst(tokens[start].folded.count)), set, similar: true) ?? []
      // Words that are a label by themselves are no part of a misspelt longer one.
      let isBroken = set.index[tokens[found].folded] == nil
      for (anchor, score, margin, exact) in lookUp(words, set, similar: isBroken) ?? [] {
        // Words of another row above the label, with figures of their own (小计), are no part of it.
        guard !rest.contains(where: { $0.anchor == anchor && $0.score >= score }),
          exact || !whole.contains(anchor)
        else { continue }
        if exact { whole.append(anchor) }
        matches.append(
          Match(
            start: start, end: last + 1, anchor: anchor, score: score - 0.02, exact: exact,
            margin: margin, inner: fields))
      }
    }
  }

  /// A line of a label has no figures if another has them: this one is another label's, if one of a subtotal cut short.
  private static func hasFigureBeside(_ index: Int, _ tokens: [Token]) -> Bool {
    index + 1 < tokens.count && tokens[index + 1].row == tokens[index].row
      && tokens[index + 1].value.isValue
  }

  /// - Parameter inField: the words may be those of a group and of its row, as they stand in one field.
  private static func lookUp(
    _ words: Folded, _ set: AnchorSet, similar: Bool, inField: Bool = false
  ) -> [(anchor: Int, score: Double, margin: Double, exact: Bool)]? {
    if let spellings = set.index[words] {
      return spellings.map {
        let spelling = set.spellings[$0]
        return (spelling.anchor, spelling.weight, 1, true)
      }
    }
    // A remark in brackets behind the label.
    if words.last == U.close, let open = words.lastIndex(of: U.open), open >= 2,
      let spellings = set.index[words[..<open]]
    {
      return spellings.map {
        let spelling = set.spellings[$0]
        return (spelling.anchor, spelling.weight - 0.05, 1, spelling.weight == 1)
      }
    }
    guard similar, words.count >= 3 else { return nil }
    return inField ? behindGroup(words, set) ?? Self.similar(words, set) : Self.similar(words, set)
  }

  /// A row's label behind that of its group in one field, a character of either mistyped: as a whole it would be like those
  /// of the other rows of the group.
  private static func behindGroup(
    _ words: Folded, _ set: AnchorSet
  ) -> [(anchor: Int, score: Double, margin: Double, exact: Bool)]? {
    guard words.count >= 9 else { return nil }
    for prefix in set.prefixes where words.count >= prefix.words.count + 4 {
      let anchors = prefix.anchors
      if words.hasPrefix(prefix.words) {
        let found = Self.similar(Array(words.dropFirst(prefix.words.count)), set) ?? []
        if let row = found.first, anchors.contains(row.anchor) { return [row] }
      }
      let begins = words.hasPrefix(prefix.first)
      for cut in (prefix.words.count - 1)...(prefix.words.count + 1)
      where begins || words.has(prefix.second, at: cut - prefix.second.count) {
        let rest = words.dropFirst(cut)
        let rows = set.index[rest]?.map { set.spellings[$0] } ?? []
        guard rest.count >= 5,
          let row = rows.first(where: { $0.weight == 1 && anchors.contains($0.anchor) }),
          Similarity.distance(Array(words.prefix(cut)), prefix.words, limit: 1) != nil
        else { continue }
        return [(row.anchor, 0.95, 1, false)]
      }
    }
    return nil
  }

  /// The anchor most like these words, and how far the next one is.
  private static func similar(
    _ words: Folded, _ set: AnchorSet
  ) -> [(anchor: Int, score: Double, margin: Double, exact: Bool)]? {
    guard !words.isEmpty, words.count <= EditPattern.limit else { return nil }
    let signature = Similarity.signature(words)
    var best = (anchor: -1, score: 0.0)
    var second = 0.0
    for outline in set.similar[words.count] {
      let alone = signature & ~outline.signature
      let spelling: AnchorSet.Spelling
      var score = 0.0
      if outline.isCut {
        guard alone == 0 else { continue }
        spelling = set.spellings[outline.number]
      } else {
        // Characters that only one of both has cost at least one step each.
        let lost = outline.signature & ~signature
        guard alone.nonzeroBitCount <= outline.limit,
          lost.nonzeroBitCount <= outline.limit || alone == 0
        else { continue }
        spelling = set.spellings[outline.number]
        let distance =
          outline.pattern?.distance(to: words, limit: outline.limit)
          ?? (outline.pattern == nil
            ? EditPattern(words)?.distance(to: spelling.folded, limit: outline.limit) : nil)
        score = distance.map { 1 - Double($0) / Double(outline.longest) } ?? 0
      }
      if words.count >= AnchorSet.shortestCut, spelling.folded.count > words.count,
        spelling.folded.hasPrefix(words)
      {
        score = max(score, 0.85)
      }
      score *= spelling.weight
      if spelling.anchor == best.anchor {
        best.score = max(best.score, score)
      } else if score > best.score {
        second = best.score
        best = (spelling.anchor, score)
      } else {
        second = max(second, score)
      }
    }
    guard best.score >= Self.accepted else { return nil }
    return [(best.anchor, best.score * 0.98, best.score - second, false)]
  }

  /// Labels less alike than this are not taken for the same.
  private static let accepted = 0.65

  // MARK: Chains

  /// The best chain of labels in the order of the form within these tokens.
  func chain(in range: Range<Int>) -> [Match] {
    let pool = candidates.filter { $0.start >= range.lowerBound && $0.end <= range.upperBound }
    guard !pool.isEmpty else { return [] }
    var best = [Double](repeating: 0, count: pool.count)
    var previous = [Int](repeating: -1, count: pool.count)
    for k in pool.indices {
      let worth = value(of: pool[k])
      best[k] = worth
      // Pool is in the order of the text; what is far back is too dear to reach.
      for p in stride(from: k - 1, through: max(0, k - 250), by: -1) {
        guard pool[p].end <= pool[k].start, pool[p].anchor < pool[k].anchor else { continue }
        let total = best[p] + worth - gap(from: pool[p], to: pool[k])
        if total > best[k] {
          best[k] = total
          previous[k] = p
        }
      }
    }
    guard var index = best.indices.max(by: { best[$0] < best[$1] }) else { return [] }
    var chain: [Match] = []
    while index >= 0 {
      chain.append(pool[index])
      index = previous[index]
    }
    return chain.reversed()
  }

  private func value(of match: Match) -> Double {
    let anchor = set.anchors[match.anchor]
    let weight = anchor.row == nil || anchor.group != nil ? 0.6 : 1.0
    let figures =
      switch side {
      case .before: followers(of: match, before: tokens.count).count
      case .behind: leaders(of: match, after: 0).count
      }
    let bonus = anchor.counts.contains(figures) ? 0.15 : 0
    // Short words are found anywhere; long labels only in the table.
    let length = tokens[match.start..<match.end].reduce(0) { $0 + $1.folded.count }
    return weight * match.score * (length >= 6 ? 1 : 0.8) + bonus
  }

  private func gap(from p: Match, to k: Match) -> Double {
    costBefore[k.start] - costBefore[p.end] + 0.02 * Double(k.anchor - p.anchor - 1)
  }

  // MARK: Figures

  /// The fields that stand behind a label: in a row that keeps its blanks all fields to the end of the row, else the
  /// figures up to the next words; in a stream also the blanks up to them.
  func followers(of match: Match, before limit: Int) -> Range<Int> {
    if let inner = match.inner { return inner }
    let label = tokens[match.end - 1]
    var end = match.end
    if end < tokens.count, tokens[end].layout == .stream {
      while end < limit, end < tokens.count, tokens[end].isInStreamRow { end += 1 }
      return match.end..<end
    }
    if label.keepsBlanks {
      while end < limit, end < tokens.count, tokens[end].row == label.row { end += 1 }
    } else {
      while end < limit, end < tokens.count,
        !tokens[end].isWords || tokens[end].isMistypedFigure
          || tokens[end].row == label.row && tokens[end].mayBeFigures
      {
        end += 1
      }
      // A blank field in front of the next label on its line is of that line.
      while end > match.end, end < tokens.count, tokens[end].isWords, tokens[end - 1].isBlank,
        tokens[end - 1].row == tokens[end].row
      {
        end -= 1
      }
      // Words between the figures of a line, or behind them, stand in a cell.
      if end > match.end, tokens[end - 1].layout == .spaced {
        let row = tokens[end - 1].row
        while end < limit, end < tokens.count, tokens[end].row == row { end += 1 }
      }
      return withoutLoneWords(match.end..<end)
    }
    return match.end..<end
  }

  /// What looks like a mistyped figure is one beside others.
  private func withoutLoneWords(_ fields: Range<Int>) -> Range<Int> {
    let isAlone = tokens[fields].allSatisfy { $0.isWords && $0.layout == .line }
    return isAlone ? fields.lowerBound..<fields.lowerBound : fields
  }

  /// The figures that stand right in front of a label, where each cell stands on a line of its own.
  func leaders(of match: Match, after limit: Int) -> Range<Int> {
    var start = match.start
    while start > limit, !tokens[start - 1].keepsBlanks,
      tokens[start - 1].value.isValue || tokens[start - 1].isMistypedFigure
    {
      start -= 1
    }
    if tokens[start..<match.start].allSatisfy(\.isWords) { start = match.start }
    return start..<match.start
  }
}
