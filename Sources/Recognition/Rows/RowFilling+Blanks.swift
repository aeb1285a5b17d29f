import Forms
import Reports

/// Rows that look blank, or short of a blank, and may not be.
extension RowFilling {
  private var tokens: [Token] { alignment.tokens }

  /// Words on lines of their own behind a label without a figure, that are no words of the head: a figure mistyped so that
  /// it is none (`8O8`), and no blank.
  func wordsInPlaceOfFigures(_ row: TableAlignment.Row) -> Range<Int>? {
    guard row.fields.isEmpty else { return nil }
    // The label may stand behind it.
    let start = row.match.start
    if start > 0, tokens[start - 1].isMistypedFigure { return start - 1..<start }
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

  /// In a table laid out in columns the figures stand beside one of the lines of a label: with that line they are lost, and
  /// some words of the label too.
  func mayHaveLostLine(_ row: TableAlignment.Row, _ slot: Slot) -> Bool {
    guard tokens[row.match.start].columns != nil, let form = slot.cells.first?.words.row else {
      return false
    }
    let words = (row.match.start..<row.match.end).flatMap { tokens[$0].folded }
    return alignment.set.index[words] == nil && words.count < Fold.fold(form).count
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

  /// In a table that has rows with single blank cells, of which nothing is left, a row of as many figures as cells that does
  /// not sum up as others do may be short of one as well, and have a number of a page or a line twice.
  mutating func doubtUnbalancedAmongShort() {
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

  /// The only row without a figure in a table whose other rows are all full, where blanks leave nothing: left blank, or the
  /// line of its figures lost. It is lost if the relations lack just the figures of such a row.
  mutating func doubtLoneBlankRow(_ relations: [Relation]) {
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
}
