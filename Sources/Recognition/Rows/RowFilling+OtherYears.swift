import Forms

/// Rows whose label is like one of the form and names another year, or a plan: 上年新收 for 本年新收.
extension RowFilling {
  private static let years = [
    "本年", "上年", "去年", "往年", "历年", "下年", "上半年", "下半年", "累计", "计划", "预计", "目标",
  ].map(Fold.fold)
  private static let results = Fold.fold("办理结果")

  mutating func doubtOtherYears() {
    for slot in slots {
      guard let row = row(at: slot.anchor), let form = slot.cells.first?.words.row else { continue }
      var words: Folded = []
      let first = alignment.tokens[row.match.start].columns
      for index in row.match.start..<row.match.end
      where !(row.match.inner?.contains(index) ?? false) {
        let token = alignment.tokens[index]
        // Words of other columns between the lines of a label.
        if let first, let own = token.columns, !own.overlaps(first) { continue }
        words += token.folded
      }
      // 三、本年度办理结果 stands in front of labels in one field.
      if let group = words.find(Self.results) { words.removeFirst(group + Self.results.count) }
      let official = Fold.fold(form)
      guard
        Self.years.contains(where: { words.contains(words: $0) && !official.contains(words: $0) })
      else { continue }
      filling.doubt(.ambiguous, slot.cells, quote: label(row))
    }
  }
}
