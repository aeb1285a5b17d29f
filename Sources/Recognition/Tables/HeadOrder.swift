import Forms

/// Whether the words of a head stand in the order of the columns under them.
///
/// Figures are read in the order of the form, whatever the order of the words above them: merged cells flatten to
/// 自然人, 法人或其他组织, 总计, 商业企业 … 其他 (format reference, section 4.2), and that is no contradiction. Only an order that
/// no way of flattening gives is one: then the columns of the document may be others than those of the form, and its
/// figures are not vouched for. Only words as the form prints them count; what is cut short, broken or mistyped says
/// nothing.
struct HeadOrder {
  /// A label that stands in a head.
  private struct Found {
    let label: Int
    let token: Int
  }

  let tokens: [Token]

  // MARK: Table 2: one line of words above each block

  /// The columns of a block, by their position on the form, whose words stand in another order.
  func misplaced(_ block: WordedBlock, in head: Range<Int>) -> Set<Int> {
    let found = find(block.labels, in: head).map(\.label)
    return Self.misplaced(found).union(Self.doubled(found, of: block.labels.count))
  }

  /// Rows under the caption of another block: their tokens.
  func strayRows(_ alignment: TableAlignment) -> [TableAlignment.Row] {
    let rows = alignment.rows.filter { alignment.set.anchors[$0.anchor].row != nil }
    guard let first = rows.first, let last = rows.last else { return [] }
    var stray: [TableAlignment.Row] = []
    var caption: Int?
    var next = 0
    for position in max(0, first.match.start - 12)..<last.match.end {
      if next < rows.count, rows[next].match.start == position {
        if let number = caption {
          if alignment.set.anchors[rows[next].anchor].block != number {
            stray.append(rows[next])
          } else {
            // A later caption may be lost: what the first row does not contradict says nothing of those behind it.
            caption = nil
          }
        }
        next += 1
      } else if let number = captionNumber(at: position, alignment.set) {
        caption = number
      }
    }
    return stray
  }

  private func captionNumber(at position: Int, _ set: AnchorSet) -> Int? {
    guard tokens[position].isWords, let spellings = set.index[tokens[position].folded] else {
      return nil
    }
    for spelling in spellings {
      for case .caption(let number) in set.anchors[set.spellings[spelling].anchor].roles {
        return number
      }
    }
    return nil
  }

  // MARK: Table 3: two lines, of which the first has cells over both

  /// The columns of table 3 whose words contradict the order of the figures.
  ///
  /// - Parameters:
  ///   - head: the tokens above the first row.
  ///   - fields: the figures of a full row, for the columns of a grid.
  func misplacedApplicants(
    in head: Range<Int>, over fields: [Int]
  ) -> Set<Int> {
    let block = FormTable.table3of2021.blocks[0]
    let all = Set(block.columns.indices)
    let found = find(Self.applicants, in: head)
    let (natural, total, above) = (0, block.columns.count - 1, block.columns.count)
    let doubled = Self.doubled(found.map(\.label).filter { $0 < above }, of: above)
    guard doubled.isEmpty else { return doubled }
    if let order = columnsOfGrid(found, over: fields, count: block.columns.count) {
      return Set(order.indices.filter { order[$0] != $0 })
    }
    func first(_ label: Int) -> Int? { found.firstIndex { $0.label == label } }
    let members = found.map(\.label).filter { $0 > natural && $0 < total }
    // 自然人 and 总计 stand in the same line, as do the five kinds of organisations.
    if let natural = first(natural) {
      if let total = first(total), total < natural { return all }
      if let member = found.firstIndex(where: { $0.label > 0 && $0.label < total }),
        member < natural
      {
        return all
      }
      // In the text of a page cells of two lines may stand lower than those of one.
      if let above = first(above), above + 1 == natural, first(total) == natural + 1,
        tokens[found[above].token].place.page == nil,
        found[above].token != found[natural].token
      {
        return all
      }
    }
    if let total = first(total) {
      // 法人或其他组织 stands above its five kinds; told behind them it says nothing.
      if let above = first(above), total < above,
        let member = found.firstIndex(where: { $0.label > 0 && $0.label < found[total].label }),
        above < member
      {
        return all
      }
      let before = found[..<total].contains { $0.label > natural && $0.label < found[total].label }
      let behind = found[total...].contains {
        $0.label > natural && $0.label < found[total].label
      }
      if before, behind, members.count < block.columns.count { return all }
    }
    return Self.misplaced(members)
  }

  private static let applicants =
    WordedBlock.table3of2021.labels
    + [
      FormTable.table3of2021.blocks[0].columns.compactMap(\.parent).first
        .map(WordedBlock.spellings) ?? []
    ]

  /// A sum of the organisations has a column of its own among theirs, beside the total: then the figures under it and
  /// behind it are those of other columns.
  func hasSubtotal(in head: Range<Int>) -> Bool {
    let words = head.map { tokens[$0].folded }
    return words.contains { $0.contains(words: Self.subtotal) }
      || words.contains(Self.sum) && words.contains(Self.total)
  }

  private static let subtotal = Fold.fold("小计")
  private static let sum = Fold.fold("合计")
  private static let total = Fold.fold("总计")

  /// The label above each figure, where every label stands in one cell of the grid right above one figure.
  private func columnsOfGrid(_ found: [Found], over fields: [Int], count: Int) -> [Int]? {
    guard fields.count == count else { return nil }
    let columns = fields.compactMap { field in
      tokens[field].layout == .grid ? tokens[field].place.column : nil
    }
    guard columns.count == count else { return nil }
    var labels: [Int: Int] = [:]
    for found in found where found.label < count {
      guard tokens[found.token].layout == .grid, let column = tokens[found.token].place.column,
        labels.updateValue(found.label, forKey: column) == nil
      else { return nil }
    }
    let order = columns.compactMap { labels[$0] }
    return order.count == count && Set(order).count == count ? order : nil
  }

  // MARK: Table 4: three times the same five words

  /// The cells of table 4 whose words contradict the order of the figures.
  func misplacedCases(in head: Range<Int>) -> [CellKey] {
    let blocks = FormTable.table4.blocks
    let (results, captions) = (Self.results, Self.captions)
    let found = find(Self.cases, in: head).map(\.label)
    let (review, direct) = (results.count, results.count + 1)
    let (after, suits) = (results.count + 2, results.count + captions.count)
    func first(_ label: Int) -> Int { found.firstIndex(of: label) ?? -1 }
    var all: [CellKey] { FormTable.table4.cells }
    if first(suits) >= 0, first(suits) < first(review) { return all }
    if first(direct) >= 0, first(direct) < first(review) { return all }
    // Each column has the words of its block in its own cell: then the blocks stand one behind another.
    let blocksTold = found.filter { (review...after).contains($0) }
    if blocksTold.count > results.count * 2,
      zip(blocksTold, blocksTold.dropFirst()).contains(where: >)
    {
      return all
    }
    if !Self.misplaced(found.filter { $0 < results.count }).isEmpty { return all }
    if first(after) >= 0, first(after) < first(direct) { return blocks.suffix(2).flatMap(\.cells) }
    return []
  }

  private static let results =
    FormTable.table4.blocks[0].columns.map { WordedBlock.spellings($0.label) }
  private static let captions =
    FormTable.table4.blocks.compactMap(\.caption).map(WordedBlock.spellings)
  private static let cases =
    results + captions
    + [FormTable.table4.blocks.compactMap(\.parent).first.map(WordedBlock.spellings) ?? []]

  // MARK: Order

  /// The labels that are out of order, where a sequence may be told several times (a head on every page, three blocks):
  /// it is in order when it takes no more rising runs than its most frequent label has places.
  private static func misplaced(_ sequence: [Int]) -> Set<Int> {
    var counts: [Int: Int] = [:]
    var runs = sequence.isEmpty ? 0 : 1
    for (number, label) in sequence.enumerated() {
      counts[label, default: 0] += 1
      if number > 0, label <= sequence[number - 1] { runs += 1 }
    }
    guard runs > counts.values.max() ?? 0 else { return [] }
    var seen: Set<Int> = []
    let order = sequence.filter { seen.insert($0).inserted }
    let misplaced = order.indices.filter { index in
      order.indices.contains { other in
        other < index && order[other] > order[index] || other > index && order[other] < order[index]
      }
    }
    return Set(misplaced.map { order[$0] })
  }

  /// One label stands where another should, and that one nowhere: a word was copied into two columns, and which of them is its
  /// own is not known. A head on every page has them as often as there are pages.
  private static func doubled(_ sequence: [Int], of count: Int) -> Set<Int> {
    guard count > 1, !sequence.isEmpty, sequence.count % count == 0 else { return [] }
    let times = sequence.count / count
    let counts = (0..<count).map { label in sequence.count { $0 == label } }
    let odd = counts.indices.filter { counts[$0] != times }
    guard odd.count == 2, odd.allSatisfy({ abs(counts[$0] - times) == 1 }) else { return [] }
    return Set(odd)
  }

  // MARK: Words

  /// Words above or below these in the same column may be the rest of them: lines do not tell their order.
  private func isPart(_ index: Int, of head: Range<Int>) -> Bool {
    guard tokens[index].columns != nil else { return false }
    return [Stack.above(index, tokens), Stack.below(index, tokens)].compactMap(\.self)
      .contains(where: head.contains)
  }

  /// The labels that stand in these tokens as they are, from left to right; of several the longest. A label may be broken
  /// over lines, and a line may hold several.
  private func find(_ labels: [[Folded]], in head: Range<Int>) -> [Found] {
    var words: Folded = []
    var sources: [Int] = []
    for index in head
    where tokens[index].isWords && tokens[index].folded.count <= 60 && !isPart(index, of: head) {
      words += tokens[index].folded
      sources += Array(repeating: index, count: tokens[index].folded.count)
    }
    var matches: [(label: Int, range: Range<Int>)] = []
    var position = 0
    while position < words.count {
      var best: (label: Int, count: Int)?
      for (label, spellings) in labels.enumerated() {
        for spelling in spellings
        where spelling.count > best?.count ?? 0 && words.has(spelling, at: position) {
          best = (label, spelling.count)
        }
      }
      guard let best else {
        position += 1
        continue
      }
      matches.append((best.label, position..<(position + best.count)))
      position += best.count
    }
    // 其他 and 总计 are parts of other words too: alone they stand between other labels or fill their token.
    let isEdge = { (index: Int) in
      index == 0 || index == words.count || sources[index - 1] != sources[index]
    }
    return matches.enumerated().filter { number, match in
      guard match.range.count <= 2 else { return true }
      let begins =
        isEdge(match.range.lowerBound)
        || number > 0 && matches[number - 1].range.upperBound == match.range.lowerBound
      let ends =
        isEdge(match.range.upperBound)
        || number + 1 < matches.count
          && matches[number + 1].range.lowerBound == match.range.upperBound
      return begins && ends
    }.map { Found(label: $0.element.label, token: sources[$0.element.range.lowerBound]) }
  }
}

extension HeadOrder {
  /// The tokens of the head above a table: words, in a grid those of the same grid, in front of `start`.
  func head(above start: Int) -> Range<Int> {
    var first = start
    while first > 0, start - first < 24 {
      let token = tokens[first - 1]
      guard token.isWords && !token.isHeading || token.isBlank, token.folded.count <= 60,
        token.layout != .grid || token.place.table == tokens[start].place.table,
        Outline.section(token.folded, certain: false) == nil
      else { break }
      first -= 1
    }
    return first..<start
  }
}
