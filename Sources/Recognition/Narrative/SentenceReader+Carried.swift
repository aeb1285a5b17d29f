import Forms
import Reports

/// Requests carried over from last year and into the next.
extension SentenceReader {
  private static let carryVerbs = [carry, f("顺延"), f("转")]

  private static let into = WordSet(["至", "到", "入"])

  private static let unfinished = WordSet(
    spaced: "正在 在办 尚未 未到期 未办结 剩余 其余 尚有 还有 余下 未到答复期")

  private static let remaining = WordSet(spaced: "剩余 其余 尚有 还有 余下 另有")

  private static let noneCarried = WordSet(spaced: "没有 无 未有 并无 暂无 无需")

  private static let noneCarriedFillers = Words.carryFillers + Words.noneFillers

  static let carry = f("结转")

  func carriesOut(_ clause: Clause) -> Bool { carryOut(clause.words) != nil }

  /// Where 结转 begins and the words for next year end.
  private func carryOut(_ words: Folded) -> (start: Int, end: Int)? {
    for verb in Self.carryVerbs {
      guard let start = words.find(verb) else { continue }
      var after = start + verb.count
      if let joint = Self.into.word(at: after, in: words) { after += joint.count }
      if let end = endOfNextYear(words, at: after) { return (start, end) }
    }
    return nil
  }

  mutating func readCarried(_ clause: Clause, after previous: Clause?) {
    let words = clause.words
    if let (start, end) = carryOut(words) {
      let number =
        clause.number(after: end, fillers: Words.carryFillers)
        ?? clause.number(before: start, fillers: Words.carryBefore) ?? rest(clause, before: start)
      if let number {
        tell(.carriedOut, number)
      } else if isNone(words, before: start, after: end) {
        tell(.carriedOut, value: Figure(0))
      } else if clause.numbers.allSatisfy({ !Clause.countsMatters($0) }), let previous,
        previous.segment == clause.segment, Self.unfinished.isIn(previous.words),
        previous.numbers.count == 1
      {
        // 还有3件正在办理，结转至下年度.
        tell(.carriedOut, previous.numbers.first)
      }
      return
    }
    guard let start = words.find(Self.carry) else { return }
    let lastYear = Array(words[..<start])
    guard let last = endsInLastYear(lastYear) else { return }
    if let number = clause.number(after: start + 2, fillers: Words.carryFillers) {
      tell(.carriedIn, number)
    } else if isNone(words, before: start - last, after: start + 2) {
      tell(.carriedIn, value: Figure(0))
    }
  }

  /// 其余2件因需补正顺延至下年度: whatever the reason is, what is left is the one figure of the clause.
  func rest(_ clause: Clause, before start: Int) -> Clause.Number? {
    guard clause.numbers.count == 1, let number = clause.numbers.first, number.end <= start,
      Self.remaining.isSuffix(of: Array(clause.words[..<number.start]))
    else { return nil }
    return number
  }

  /// 无上年结转申请, 没有结转下年度的申请: said to be none.
  private func isNone(_ words: Folded, before start: Int, after end: Int) -> Bool {
    Self.noneCarried.isSuffix(of: Array(words[..<start]))
      && isOnly(Self.noneCarriedFillers, Array(words[end...]))
  }

  /// Behind the words for next year at `index`.
  private func endOfNextYear(_ words: Folded, at index: Int) -> Int? {
    if let word = Words.nextYear.word(at: index, in: words) { return index + word.count }
    guard let year, let digits = words.digits(at: index, limit: 5), digits.count == 4,
      digits.value == year + 1
    else { return nil }
    if words.has(Self.yearSpan, at: index + 4) { return index + 6 }
    return words.has([U.year], at: index + 4) ? index + 5 : nil
  }

  private static let yearSpan = f("年度")

  /// How long the words for last year are that end the words given.
  private func endsInLastYear(_ words: Folded) -> Int? {
    if let word = Words.lastYear.word(before: words.count, in: words) { return word.count }
    guard let year else { return nil }
    let last = Array(String(year - 1).utf16)
    if words.hasSuffix(last + [U.year]) { return 5 }
    return words.hasSuffix(last + Self.yearSpan) ? 6 : nil
  }
}
