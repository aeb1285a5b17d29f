import Forms
import Reports

/// The words of the head: two lines, of which one has the same five words three times.
extension Table4Reading {
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

  /// The words of the head, standing close together.
  func head(from start: Int) -> Range<Int>? {
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

  func wordLength(
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
}
