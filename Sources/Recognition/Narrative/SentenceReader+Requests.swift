import Forms
import Reports

/// Requests received and done.
extension SentenceReader {
  mutating func readRequests(_ clause: Clause, rest: ArraySlice<Clause>) {
    guard !clause.numbers.isEmpty, !Words.branches.isIn(clause.words) else { return }
    if !readReceived(clause) { readUnsaid(clause) }
    if isAboutRequests { readDone(clause, rest: rest) }
  }

  private mutating func readReceived(_ clause: Clause) -> Bool {
    let words = clause.words
    for verb in Words.receivedVerbs.words {
      guard let start = words.find(verb) else { continue }
      if start > 0, Self.negations.contains(words[start - 1]) { return true }
      let after = start + verb.count
      guard let number = clause.number(after: after, fillers: Words.fillers),
        Clause.countsMatters(number) || number.counter == Self.itemCounter
      else { continue }
      let before = Array(words[..<number.start])
      let behind = Array(words[number.end...])
      let isNamed =
        Words.requests.isIn(before) || Words.requests.isIn(Array(behind.prefix(12)))
        || (namesRequests || isAboutRequests && verb != Self.added) && behind.isEmpty
          && Clause.countsMatters(number)
      guard isNamed else { continue }
      if isAnotherOrgan(Array(words[..<start])) { return true }
      tell(.received, value: number.value)
      if number.counter == Self.itemCounter { countsItems = true }
      return true
    }
    return false
  }

  /// Requests told without a verb: 本年度政府信息公开申请 12 件.
  private mutating func readUnsaid(_ clause: Clause) {
    let words = clause.words
    var position = 0
    while position < words.count {
      if let digits = words.digits(at: position, limit: 5), digits.count == 4, digits.value == year,
        words.has([U.year], at: position + 4)
      {
        position += 5
      } else if let word = Words.leads.word(at: position, in: words) {
        position += word.count
      } else {
        break
      }
    }
    guard let number = clause.number(after: position, fillers: Words.fillers),
      number.end == words.count, Clause.countsMatters(number),
      Words.aboutRequests.isIn(Array(words[position..<number.start]))
    else { return }
    tell(.received, value: number.value)
  }

  private mutating func readDone(_ clause: Clause, rest: ArraySlice<Clause>) {
    let words = clause.words
    guard !listsAll else { return }
    for verb in Words.doneVerbs.words {
      guard let start = words.find(verb),
        let number = clause.number(after: start + verb.count, fillers: Words.doneFillers),
        countsRequests(number)
      else { continue }
      let before = Array(words[..<start])
      if Words.doneBefore.isSuffix(of: before) || Self.outcomeWords.isSuffix(of: before)
        || isByDisclosing(before) || isAnotherOrgan(before)
      {
        return
      }
      // 办理 alone is said of many things, and in 结转下年办理 of what is not done.
      if verb == Self.handling,
        carriesOut(clause)
          || !Words.requests.isIn(Array(words[start..<number.start])) && !namesRequests
      {
        continue
      }
      if closesOnAll(number.value, clause, rest) {
        listsAll = true
        return
      }
      // 5件予以公开 …: the figure belongs to what follows it.
      let behind = words[number.end...].prefix { $0 != U.enumerationComma && !Fold.isDigit($0) }
      if Self.outcomeWords.isIn(Array(behind)) { continue }
      tell(.done, number)
      return
    }
  }

  /// 公开答复15件 is an outcome, 依申请公开答复15件 none.
  private func isByDisclosing(_ before: Folded) -> Bool {
    before.hasSuffix(Self.disclosing) && !Self.named.isSuffix(of: before)
  }

  private static let disclosing = f("公开")
  private static let named = WordSet(["申请公开", "信息公开", "政务公开"])

  /// A list behind the figure that adds up to it only with what is carried over at its end is a list of all, not of
  /// what is done (N4).
  private func closesOnAll(_ value: Figure, _ clause: Clause, _ rest: ArraySlice<Clause>) -> Bool {
    guard clause.mark == U.colon || rest.first?.words.hasPrefix(Self.ofThese) == true else {
      return false
    }
    var sum = 0
    for part in rest.prefix(while: { $0.segment == clause.segment }) where !part.isAside {
      for number in part.numbers where Clause.countsMatters(number) {
        // Figures in words of a text are small; what does not fit adds up to nothing.
        sum = sum.addingReportingOverflow(number.value.integer ?? 0).partialValue
      }
      if carriesOut(part) { return sum == value.integer }
    }
    return false
  }

  private static let negations = CharacterSet("未无没不".utf16)

  static let itemCounter: UInt16 = 0x6761

  private static let handling = f("办理")

  private static let added = f("新增")

  private static let ofThese = f("其中")

  private static let outcomeWords = WordSet([
    "予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理", "结转",
  ])
}
