import Forms

/// Rows whose label is like one of the form and names another year, or a plan, or something else: 上年新收 for 本年新收,
/// 行政处罚（罚款金额：万元）, 非行政规范性文件.
extension RowFilling {
  /// Years, and what is left out or over.
  private static let others = WordSet([
    "本年", "上年", "去年", "往年", "历年", "下年", "上半年", "下半年", "累计", "计划", "预计", "目标",
    "非行政", "不予行政", "已审结",
  ])
  private static let measures = ["元", "人次", "金额", "申请数"].map(Fold.fold)

  /// 3.补正后申请内容仍不明确小计: the label of another row stands behind it, and the figures may be that one's.
  private func endsInSubtotal(_ words: Folded) -> Bool {
    words.count > 4 && Aligner.isSubtotal(Array(words.suffix(2)))
  }

  /// A remark in brackets gives something else than a number of matters.
  private func namesOtherMeasure(_ words: Folded) -> Bool {
    guard let open = words.lastIndex(of: U.open), words.last == U.close else { return false }
    return Self.measures.contains { Folded(words[open...]).contains(words: $0) }
  }

  private static let results = Fold.fold("办理结果")

  mutating func doubtOtherYears() {
    for slot in slots {
      guard let row = row(at: slot.anchor), let official = slot.cells.first?.foldedRow else {
        continue
      }
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
      guard
        Self.others.isIn(words)
          && Self.others.words.contains(where: {
            words.contains(words: $0) && !official.contains(words: $0)
          }) || slot.cells.contains(where: { $0.kind == .count }) && namesOtherMeasure(words)
          || official.last != words.last && endsInSubtotal(words)
      else { continue }
      filling.doubt(.otherMeaning, slot.cells, quote: label(row))
    }
  }
}
