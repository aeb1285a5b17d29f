import Forms

/// Heads of table 2 that name something else than the column of the form: figures of another year, of all years, of a plan,
/// or a number of things where the form has an amount.
enum OtherHeads {
  private static let otherYears = [
    "上年", "上年度", "上一年", "上一年度", "去年", "历年", "本月", "当月", "本季度", "上半年", "下半年",
  ].map(Fold.fold)
  private static let plans = ["计划", "预计", "预期", "目标", "预算", "拟"].map(Fold.fold)
  private static let allYears = Fold.fold("累计")
  private static let thisYear = Fold.fold("本年")
  private static let counted = ["处理", "制发", "制作", "废止", "收费", "公开"].map(Fold.fold)
  private static let items = Fold.fold("项目")
  private static let inForce = Fold.fold("有效")
  private static let fee = Fold.fold("收费")
  private static let amount = Fold.fold("金额")
  private static let yuan = Fold.fold("元")

  /// The columns of a block, by their position on the form, over which such words stand.
  static func columns(of form: WordedBlock, in head: Range<Int>, _ tokens: [Token]) -> Set<Int> {
    let block = form.block
    var columns: Set<Int> = []
    for token in tokens[head] where token.isWords && token.folded.count <= 40 {
      let words = withoutRemarks(token.folded)
      if block.columns.count == 1, block.columns[0].kind == .moneyInTenThousand,
        words.contains(words: fee), words.contains(words: items), !words.contains(words: amount)
      {
        columns.insert(0)
      }
      // 上一年项目数量 is a column of the older form; 现行有效件数 counts all years.
      let isOther =
        isOfOtherYears(words) && !words.contains(words: items) && !words.contains(words: inForce)
      let isMoney = Folded(token.folded.dropFirst(words.count)).contains(words: yuan)
      guard isOther || isMoney else { continue }
      for subject in counted where words.contains(words: subject) {
        let meant = block.columns.indices.filter {
          form.labels[$0][0].contains(words: subject)
            && (isOther || block.columns[$0].kind == .count)
        }
        columns.formUnion(meant)
      }
    }
    return columns
  }

  private static func isOfOtherYears(_ words: Folded) -> Bool {
    words.contains(anyOf: otherYears) || words.contains(anyOf: plans)
      || words.contains(words: allYears) && !words.contains(words: thisYear)
  }

  /// What stands in brackets is a remark.
  private static func withoutRemarks(_ words: Folded) -> Folded {
    guard let open = words.firstIndex(of: U.open) else { return words }
    return Folded(words[..<open])
  }
}

extension Tables {
  /// Doubts columns of table 2 whose head names another year than the report's: 2022年处理决定数量.
  mutating func doubtHeads(of year: Int) {
    guard let alignment = alignments[.two], let reading = two?.reading else { return }
    let rows = alignment.rows.filter { alignment.set.anchors[$0.anchor].row != nil }
    let first = max(0, alignment.span.lowerBound - 8)
    for index in first..<alignment.span.upperBound {
      let token = alignment.tokens[index]
      guard token.isWords, token.folded.count <= 24,
        OtherHeads.names(otherYearThan: year, token.folded),
        let row = rows.first(where: { $0.match.start > index })
      else { continue }
      let block = alignment.set.anchors[row.anchor].block
      let keys = rows.filter { alignment.set.anchors[$0.anchor].block == block }.compactMap {
        alignment.set.anchors[$0.anchor].row
      }
      let cells = reading.filling.cells.keys.filter { key in
        keys.contains(String(key.row))
          && OtherHeads.isHead(token.folded, of: key.foldedColumn)
      }
      doubt(.headOrder, cells.sorted(), quote: String(token.raw))
    }
  }
}

extension OtherHeads {
  /// 年 with a digit in front.
  static func hasYear(_ words: Folded) -> Bool {
    words.indices.dropFirst().contains { words[$0] == U.year && Fold.isDigit(words[$0 - 1]) }
  }

  static func names(otherYearThan year: Int, _ words: Folded) -> Bool {
    words.indices.contains { index in
      guard words[index] == U.year, index >= 4,
        index == 4 || !Fold.isDigit(words[index - 5]),
        let named = Int(String(decoding: words[index - 4..<index], as: UTF16.self))
      else { return false }
      return (2000...2099).contains(named) && named != year
    }
  }

  /// The words name what the column counts.
  static func isHead(_ words: Folded, of column: Folded) -> Bool {
    (counted + [inForce]).contains { words.contains(words: $0) && column.contains(words: $0) }
  }
}
