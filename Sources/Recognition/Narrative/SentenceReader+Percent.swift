import Forms
import Reports

/// Percentages.
extension SentenceReader {
  private static let share: UInt16 = 0x5360

  private static let shareFillers = WordSet(
    spaced:
      "比 比为 比例 总数 总量 申请总数 申请总量 申请量 总件数 受理总数 收到申请总数 全部申请 的 约 为 达 办结 办结总数 答复 答复总数 办理总数 总申请量 总 全部")

  /// 占 N%: of any count told before in the section. Only a percentage of none of them is held against the nearest:
  /// what a share is of is seldom said.
  mutating func readPercent(_ clause: Clause) {
    guard isAboutRequests, let start = clause.words.firstIndex(of: Self.share),
      let number = clause.number(after: start + 1, fillers: Self.shareFillers), number.isPercent,
      clause.numbers.filter(\.isPercent).count == 1
    else { return }
    let told =
      clause.numbers.first { $0.end == start && Clause.countsMatters($0) }?.value.integer
      ?? (start == 0 ? part : nil)
    // More than all of it is a share of something else, or a growth.
    guard let part = told, number.value <= Figure(100) else { return }
    // The part itself is no whole, unless it was counted twice; two counts may be told of what is one whole (new
    // requests and those carried in).
    var others = counts
    if let own = others.lastIndex(of: part) { others.remove(at: own) }
    let wholes = others.filter { $0 > 0 && $0 >= part }
    let isOfSum = others.indices.contains { first in
      others[(first + 1)...].contains { second in
        let sum = others[first].addingReportingOverflow(second)
        return !sum.overflow && Self.isShare(number.value, part, of: sum.partialValue)
      }
    }
    guard
      let whole = wholes.first(where: { Self.isShare(number.value, part, of: $0) }) ?? wholes.first,
      !isOfSum || Self.isShare(number.value, part, of: whole)
    else { return }
    tell(.percent(part: part, whole: whole), value: number.value)
  }

  /// Whether the percentage is that share, rounded or cut to the places it has.
  private static func isShare(_ percent: Figure, _ part: Int, of whole: Int) -> Bool {
    var unit = Int128(1)
    for _ in 0..<percent.scale { unit *= 10 }
    let short = Int128(part) * 100 * unit - Int128(percent.unscaled) * Int128(whole)
    return short >= 0 ? short < Int128(whole) : -2 * short <= Int128(whole)
  }
}
