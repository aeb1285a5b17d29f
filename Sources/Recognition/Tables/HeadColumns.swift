import Forms

/// The columns of a head laid out by white space: which words stand over which column, and where.
///
/// Lines of such a head come in any order (cells of two lines stand lower or higher than those of one), so only what
/// stands under each other counts. Nothing is told where the columns are not those of the form, by number and words.
struct HeadColumns {
  /// Where the words over each column stand, from left to right.
  let columns: [TextColumns]
  /// Whether ideographs count as two columns of the line.
  let isWide: Bool

  private struct Part {
    let words: Folded
    let columns: TextColumns
    let row: Int
  }

  /// - Parameters:
  ///   - head: the tokens above the first row.
  ///   - labels: the spellings of each column's words.
  init?(_ head: Range<Int>, labels: [[Folded]], tokens: [Token]) {
    var parts: [Part] = []
    for index in head where tokens[index].isWords && tokens[index].folded.count <= 60 {
      parts += Self.parts(of: tokens[index]).filter { !Self.captions.contains($0.words) }
    }
    guard parts.count >= labels.count, parts.count < 400 else { return nil }
    for width in [\TextColumns.wide, \TextColumns.narrow] {
      if let columns = Self.columns(parts, labels, width) {
        self.columns = columns
        isWide = width == \TextColumns.wide
        return
      }
    }
    return nil
  }

  /// What stands over several columns says nothing of any.
  private static let captions: Set<Folded> = {
    let columns = FormTable.table3of2021.blocks.flatMap(\.columns)
    let labels =
      columns.compactMap(\.parent)
      + FormTable.table4.blocks.flatMap { [$0.caption, $0.parent] }
      .compactMap(\.self)
    return Set(labels.flatMap(WordedBlock.spellings) + [Fold.fold("申请人情况")])
  }()

  /// Words of two columns may have a single space between them.
  private static func parts(of token: Token) -> [Part] {
    guard let columns = token.columns else { return [] }
    let wide = TextColumns.pieces(token.raw, indent: columns.wide.lowerBound)
    return TextColumns.pieces(token.raw, indent: columns.narrow.lowerBound).enumerated().map {
      Part(
        words: Fold.fold($1.text),
        columns: TextColumns(narrow: $1.columns.narrow, wide: wide[$0].columns.wide),
        row: token.row)
    }
  }

  private typealias Width = KeyPath<TextColumns, Range<Int>>

  private static func columns(
    _ parts: [Part], _ labels: [[Folded]], _ width: Width
  ) -> [TextColumns]? {
    let leaves = parts.filter { part in !spans(part, parts, width) }
      .sorted { $0.columns[keyPath: width].lowerBound < $1.columns[keyPath: width].lowerBound }
    var clusters: [[Part]] = []
    var end = Int.min
    for leaf in leaves {
      let range = leaf.columns[keyPath: width]
      if range.lowerBound < end {
        clusters[clusters.count - 1].append(leaf)
      } else {
        clusters.append([leaf])
      }
      end = max(end, range.upperBound)
    }
    func words(_ cluster: [Part]) -> Folded {
      cluster.enumerated().sorted { ($0.element.row, $0.offset) < ($1.element.row, $1.offset) }
        .flatMap(\.element.words)
    }
    let known = Set(labels.joined())
    // 总 计, spread over its column.
    var index = 0
    while index + 1 < clusters.count {
      if known.contains(words(clusters[index]) + words(clusters[index + 1])) {
        clusters[index] += clusters.remove(at: index + 1)
      }
      index += 1
    }
    guard clusters.count >= labels.count else { return nil }
    let last = clusters.suffix(labels.count)
    var told = 0
    for (cluster, spellings) in zip(last, labels) {
      let words = words(cluster)
      // The words of two columns on one heap: a caption over both, or a line that has shifted.
      guard
        !known.contains(where: { other in
          other.count >= 3 && words.contains(words: other)
            && !spellings.contains { $0.contains(words: other) }
        })
      else { return nil }
      if spellings.contains(where: { words.contains(words: $0) }) {
        told += 1
      } else if known.contains(words) {
        return nil
      }
    }
    guard told * 5 >= labels.count * 4 else { return nil }
    return last.map { cluster in
      let narrow = cluster.map(\.columns.narrow)
      let wide = cluster.map(\.columns.wide)
      return TextColumns(narrow: union(narrow), wide: union(wide))
    }
  }

  private static func union(_ ranges: [Range<Int>]) -> Range<Int> {
    (ranges.map(\.lowerBound).min() ?? 0)..<(ranges.map(\.upperBound).max() ?? 0)
  }

  /// Words that stand over two that stand beside each other.
  private static func spans(_ part: Part, _ parts: [Part], _ width: Width) -> Bool {
    let own = part.columns[keyPath: width]
    let below = parts.filter { $0.row > part.row && $0.columns[keyPath: width].overlaps(own) }
    return Dictionary(grouping: below, by: \.row).values.contains { line in
      line.contains { one in
        line.contains {
          one.columns[keyPath: width].upperBound <= $0.columns[keyPath: width].lowerBound
        }
      }
    }
  }
}

extension HeadColumns {
  /// The head of a block whose columns all stand in one line of figures.
  init?(_ head: Range<Int>, of block: WordedBlock, tokens: [Token]) {
    self.init(head, labels: block.labels, tokens: tokens)
  }
}
