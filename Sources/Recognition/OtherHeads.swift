import Forms

/// Heads of table 2 that name something else than the column of the form: figures of another year, of all years, or a
/// number of things where the form has an amount.
enum OtherHeads {
  private static let otherYears = ["上年", "上年度", "上一年", "上一年度", "去年", "历年"].map(Fold.fold)
  private static let allYears = Fold.fold("累计")
  private static let thisYear = Fold.fold("本年")
  private static let counted = ["处理", "制发", "制作", "废止", "收费", "公开"].map(Fold.fold)
  private static let items = Fold.fold("项目")
  private static let inForce = Fold.fold("有效")
  private static let fee = Fold.fold("收费")
  private static let amount = Fold.fold("金额")

  /// The columns of a block, by their position on the form, over which such words stand.
  static func columns(of block: FormBlock, in head: Range<Int>, _ tokens: [Token]) -> Set<Int> {
    var columns: Set<Int> = []
    for token in tokens[head] where token.isWords && token.folded.count <= 40 {
      let words = withoutRemarks(token.folded)
      if block.columns.count == 1, block.columns[0].kind == .moneyInTenThousand,
        words.contains(words: fee), words.contains(words: items), !words.contains(words: amount)
      {
        columns.insert(0)
      }
      // 上一年项目数量 is a column of the older form; 现行有效件数 counts all years.
      guard isOfOtherYears(words), !words.contains(words: items), !words.contains(words: inForce)
      else { continue }
      for subject in counted where words.contains(words: subject) {
        let meant = block.columns.indices.filter {
          Fold.fold(block.columns[$0].label.official).contains(words: subject)
        }
        columns.formUnion(meant)
      }
    }
    return columns
  }

  private static func isOfOtherYears(_ words: Folded) -> Bool {
    words.contains(anyOf: otherYears)
      || words.contains(words: allYears) && !words.contains(words: thisYear)
  }

  /// What stands in brackets is a remark.
  private static func withoutRemarks(_ words: Folded) -> Folded {
    guard let open = words.firstIndex(of: U.open) else { return words }
    return Folded(words[..<open])
  }
}
