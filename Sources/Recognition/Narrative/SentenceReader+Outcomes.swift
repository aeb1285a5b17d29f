import Forms
import Reports

extension SentenceReader {
  private static let outcomes: [(words: Folded, subject: Statement.Subject)] = [
    (f("不予公开"), .denied), (f("无法提供"), .unable), (f("不予处理"), .rejected),
    (f("其他处理"), .otherwise), (f("部分公开"), .partial), (f("予以公开"), .granted),
  ]
  /// Reasons in front of an outcome make it a part of the group.
  private static let reasons = WordSet(["属于", "因", "涉及", "国家秘密", "第三方", "危及"])
  static let joins = ["及", "和", "或", "与", "、", "以及"]
  private static let grantedBefore = WordSet(
    joins.flatMap { ["予以公开" + $0, "公开" + $0, "全部" + $0] })
  private static let partialBehind = WordSet(joins.map { $0 + "部分公开" })
  private static let not: UInt16 = 0x4E0D

  mutating func readOutcomes(_ clause: Clause) {
    let words = clause.words
    guard !clause.numbers.isEmpty else { return }
    for (phrase, subject) in Self.outcomes {
      var position = 0
      while let start = words.find(phrase, from: position) {
        position = start + phrase.count
        // 不予以公开 is no disclosure.
        if subject == .granted, start > 0, words[start - 1] == Self.not { continue }
        let before = Array(words[..<start])
        if subject != .granted, subject != .partial,
          Self.reasons.isIn(Array(before.suffix(16)))
        {
          continue
        }
        let follows = clause.number(after: position, fillers: Words.outcomeFillers)
        let precedes = clause.number(before: start, fillers: Words.outcomeBefore)
        // Between two figures only the marks of the list tell whose the phrase is.
        if follows != nil, precedes != nil,
          !(start > 0 && words[start - 1] == U.enumerationComma)
        {
          continue
        }
        guard let number = follows ?? precedes else { continue }
        if follows == nil, isJoinedToNext(Array(words[position...])) { continue }
        if subject == .partial, Self.grantedBefore.isSuffix(of: before) {
          tell(.grantedAndPartial, number)
        } else if subject != .granted || !Self.partialBehind.isPrefix(of: Array(words[position...]))
        {
          if follows != nil, isJoinedToFormer(before) { continue }
          tell(subject, number)
        }
      }
    }
  }

  /// 不予处理、其他处理4件: the figure is of both.
  private func isJoinedToFormer(_ before: Folded) -> Bool {
    guard let join = Self.joinWords.word(before: before.count, in: before) else { return false }
    let former = before.dropLast(join.count)
    return former.last.map { !Self.counters.contains($0) && !Fold.isDigit($0) } ?? false
  }

  /// 4件不予处理、其他处理.
  private func isJoinedToNext(_ behind: Folded) -> Bool {
    guard let join = Self.joinWords.word(at: 0, in: behind) else { return false }
    return Self.phrases.isPrefix(of: Array(behind[join.count...]))
  }

  private static let joinWords = WordSet(joins)
  private static let phrases = WordSet(outcomes.map(\.words))
  private static let counters = CharacterSet("件宗起份个例条次".utf16)

  // MARK: Applicants

  private static let person = f("自然人")
  private static let citizens = f("公民")
  private static let organisations = [
    "法人或其他组织", "法人和其他组织", "法人及其他组织", "法人、其他组织", "法人或者其他组织", "法人与其他组织",
  ].map(f)

  mutating func readApplicants(_ clause: Clause) {
    let namesBoth =
      sentence.contains(words: Self.person) && Self.organisations.contains(where: sentence.contains)
    guard !clause.numbers.isEmpty, namesRequests || namesBoth || Words.requests.isIn(sentence)
    else { return }
    let words = clause.words
    if let start = words.find(Self.person) {
      tell(
        .natural, clause.number(after: start + Self.person.count, fillers: Words.peopleFillers))
    }
    // 公民、法人和其他组织 are all who may ask.
    guard !sentence.contains(words: Self.citizens) else { return }
    for phrase in Self.organisations {
      if let start = words.find(phrase) {
        tell(
          .organisations,
          clause.number(after: start + phrase.count, fillers: Words.peopleFillers))
        break
      }
    }
  }
}
