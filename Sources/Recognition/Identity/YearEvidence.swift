import Reports

/// The year as the body tells it: the period, the opening sentence, and beside it the sentence on fees; and the notice
/// cited for the format.
struct YearEvidence {
  let tokens: [Token]

  func gather(outline: Outline, into found: inout EvidenceList) {
    addPeriod(&found)
    addOpening(outline, &found)
    addFees(outline, &found)
    addNotice(&found)
  }

  private static let periodWords = WordSet([
    "统计期限", "统计时限", "统计周期", "统计时段", "统计区间", "统计时间", "统计", "期限", "时限", "周期", "时段", "所列数据", "截止",
    "截至",
  ])
  private static let until = WordSet(["截止", "截至"])

  private func addPeriod(_ found: inout EvidenceList) {
    var fallback: (period: Period, quote: String)?
    for token in tokens where token.isWords && token.folded.count >= 12 {
      guard let period = Period.find(in: token.folded) else { continue }
      let quote = Sentences.around(period.range.lowerBound, in: String(token.raw))
      if period.isWholeYear {
        found.add(.period, .period, period.value, quote)
        return
      }
      if Self.periodWords.isIn(token.folded) { fallback = fallback ?? (period, quote) }
    }
    if let fallback {
      found.add(.period, .period, fallback.period.value, fallback.quote)
      return
    }
    // 数据截止2023年12月31日: the end of the period, and no other day of a year is told so.
    for token in tokens where token.isWords && token.folded.count >= 12 {
      let words = token.folded
      guard Self.until.isIn(words), let year = Period.yearEnd(in: words, after: Self.until) else {
        continue
      }
      found.add(
        .year, .period, String(year.value), Sentences.around(year.index, in: String(token.raw)))
      return
    }
  }

  private func addOpening(_ outline: Outline, _ found: inout EvidenceList) {
    guard let range = outline.range(of: .overview, count: tokens.count),
      let first = range.first(where: { tokens[$0].folded.count > 15 }),
      let sentence = Sentences.split(tokens[first].raw).first
    else { return }
    let words = Fold.fold(sentence)
    for index in words.indices {
      guard let digits = words.digits(at: index, limit: 5), digits.count == 4,
        (2000...2099).contains(digits.value), words.has([U.year], at: index + 4)
      else { continue }
      // A date of a law or a notice is no report year.
      let next = index + 5
      let isDate = next < words.count && Fold.isDigit(words[next])
      let isNotice = index > 0 && words[index - 1] == U.open
      if !isDate, !isNotice {
        found.add(.year, .text, String(digits.value), String(sentence))
        return
      }
    }
  }

  private static let fee = f("信息处理费")

  /// 2023年度我局未收取信息处理费: a second witness of the year where the opening sentence tells one, and none without it.
  private func addFees(_ outline: Outline, _ found: inout EvidenceList) {
    guard found.best(.year, [.text]) != nil,
      let range = outline.range(of: .other, count: tokens.count)
    else { return }
    for index in range where tokens[index].folded.contains(words: Self.fee) {
      for sentence in Sentences.split(tokens[index].raw) {
        let words = Fold.fold(sentence)
        guard words.contains(words: Self.fee), let digits = words.digits(at: 0, limit: 5),
          digits.count == 4, (2000...2099).contains(digits.value), words.has([U.year], at: 4)
        else { continue }
        found.add(.year, .text, String(digits.value), String(Fold.trimmed(sentence)))
        return
      }
    }
  }

  private static let notice = f("办函")

  /// 国办公开办函〔2021〕30号 and other notices cited for the format.
  private func addNotice(_ found: inout EvidenceList) {
    for token in tokens where token.folded.count > 15 {
      let words = token.folded
      guard let index = words.find(Self.notice) else { continue }
      let tail = words[index...].prefix(20)
      guard let open = tail.firstIndex(of: U.open),
        let year = words.digits(at: open + 1, limit: 4), year.count == 4
      else { continue }
      var position = open + 5
      while position < words.count, !Fold.isDigit(words[position]), position < open + 9 {
        position += 1
      }
      guard let number = words.digits(at: position, limit: 3) else { continue }
      found.add(
        .notice, .text, "〔\(year.value)〕\(number.value)号",
        Sentences.around(index, in: String(token.raw)))
      return
    }
  }
}
