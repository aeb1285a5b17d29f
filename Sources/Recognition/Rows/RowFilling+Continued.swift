import Forms
import Reports

/// Figures whose line goes on below: 2 and .02, 20200 and 元, 349 and 余.
extension RowFilling {
  private static let ofMoney = ["元", "亿元", "千元", "百万元", "亿"].map(Fold.fold)
  private static let ofCounts =
    ["万", "元", "万元", "万件", "千件", "百件", "千", "百"].map(Fold.fold)
  private static let changes = ["余", "多", "余件", "多件", "%", "左右", "以上"].map(Fold.fold)
  private static let remarks = ["年", "应", "更正", "作废", "百", "千", "万", "元"].map(Fold.fold)

  mutating func doubtContinued() {
    let tokens = alignment.tokens
    guard alignment.side == .before else { return }
    for slot in slots {
      guard let row = row(at: slot.anchor), let last = row.fields.last, let cell = slot.cells.last,
        tokens[last].layout == .line, tokens[last].value.isValue,
        row.fields.upperBound < tokens.count
      else { continue }
      let next = tokens[row.fields.upperBound]
      guard next.layout == .line, next.isWords, !next.opensSection,
        !alignment.rows.contains(where: { $0.match.start == row.fields.upperBound }),
        Self.goesOn(next.folded, cell.kind)
      else { continue }
      filling.doubt(.splitDigits, [cell], quote: filling.quote(last..<row.fields.upperBound + 1))
    }
  }

  private static func goesOn(_ words: Folded, _ kind: ValueKind) -> Bool {
    guard words.count <= 10, let first = words.first else { return false }
    if [U.point, U.comma, U.fullStop].contains(first) {
      return words.dropFirst().allSatisfy(Fold.isDigit)
    }
    if changes.contains(words) { return true }
    switch kind {
    case .moneyInTenThousand, .moneyOfAnyUnit: if ofMoney.contains(words) { return true }
    case .count, .signedCount: if ofCounts.contains(words) { return true }
    }
    return first == U.open && words.last == U.close && words.contains(anyOf: remarks)
  }
}
