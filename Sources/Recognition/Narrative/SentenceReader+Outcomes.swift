import Forms
import Reports

extension SentenceReader {
  private static let outcomes: [(words: Folded, subject: Statement.Subject)] = [
    (f("不予公开"), .denied), (f("无法提供"), .unable), (f("不予处理"), .rejected),
    (f("其他处理"), .otherwise), (f("部分公开"), .partial), (f("予以公开"), .granted),
  ]
  /// Reasons in front of an outcome make it a part of the group.
  private static let reasons = WordSet(["属于", "因", "涉及", "国家秘密", "第三方", "危及"])
  private static let joins = ["及", "和", "或", "与", "、", "以及"]
  private static let grantedBefore = WordSet(joins.flatMap { ["予以公开" + $0, "公开" + $0] })
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
        if subject == .partial, Self.grantedBefore.isSuffix(of: before) {
          tell(.grantedAndPartial, number)
        } else if subject != .granted || !Self.partialBehind.isPrefix(of: Array(words[position...]))
        {
          tell(subject, number)
        }
      }
    }
  }

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

  // MARK: Reviews and suits

  private static let review = f("行政复议")
  private static let suit = f("行政诉讼")
  private static let disclosure = f("信息公开")
  /// What an organ does for others, or with a part of its cases.
  private static let handlings = WordSet([
    "办理", "审理", "受理", "化解", "出庭", "应诉", "结案", "其中", "上年", "去年", "代理",
  ])

  private static let noCases = WordSet(
    spaced: "未发生 没有发生 没有 无 未产生 未出现 未被 未有 尚未发生 未引发 暂无 未")
  private static let noCaseFillers = WordSet(
    spaced:
      "因 由 政府信息公开 信息公开 政务公开 工作 申请 依申请公开 引发 引起 产生 导致 的 被 提起 任何 有关 涉及 相关 案件 及 和 与 或 、 行政复议 行政诉讼 以及 情况 答复 不服 而 发生 "
      + "过 情形 案 起诉 公开 政府信息 事项 为 件 等 或者 问题 被诉 应诉 有")
  mutating func readDisputes(_ clause: Clause) {
    let words = clause.words
    guard
      isAboutRequests || section == .disputes || sentence.contains(words: Self.disclosure)
        || section == .overview && Self.results.isIn(sentence)
    else { return }
    readNoDisputes(clause)
    guard !clause.numbers.isEmpty, !Self.handlings.isIn(words), !Self.unrelated.isIn(sentence),
      !Self.asReviewer.isIn(words) || words.contains(words: Self.disclosure)
    else { return }
    for (phrase, other, subject) in [
      (Self.review, Self.suit, Statement.Subject.review), (Self.suit, Self.review, .suit),
    ] {
      guard let start = words.find(phrase), words.findLast(phrase) == start else { continue }
      let number = clause.number(after: start + phrase.count, fillers: Words.caseFillers)
      // 行政复议、行政诉讼 N 件 counts both: none of both is none of each.
      let before = Array(words[..<start])
      if Self.joins.contains(where: { before.hasSuffix(other + Fold.fold($0)) })
        || Self.joins.contains(where: { before.hasSuffix(other + Fold.fold($0) + Self.raised) })
      {
        if let number, number.value.isZero {
          tell(.review, number)
          tell(.suit, number)
        }
        continue
      }
      tell(subject, number)
    }
  }

  private static let raised = f("提起")
  /// Words of table 4: a sentence that tells results by them tells that table.
  private static let results = WordSet(spaced: "结果维持 结果纠正 其他结果 尚未审结")
  private static let unrelated = WordSet(spaced: "无关 不涉及政府信息公开 非政府信息公开")
  /// What an organ of review says of its cases.
  private static let asReviewer = WordSet(spaced: "收到 新收 接收 接到 审结 办结 承办 调解 立案")

  /// 未发生行政复议、行政诉讼: from the word for none to the end of the clause nothing but cases.
  private mutating func readNoDisputes(_ clause: Clause) {
    let words = clause.words
    guard
      words.contains(words: Self.review) || words.contains(words: Self.suit),
      clause.numbers.allSatisfy({ number in
        clause.years.contains { $0.start == number.start }
      })
    else { return }
    for start in words.indices {
      guard let none = Self.noCases.word(at: start, in: words) else { continue }
      let rest = Array(words[(start + none.count)...])
      guard isOnly(Self.noCaseFillers, rest) else { continue }
      if rest.contains(words: Self.review) { tell(.review, value: Figure(0)) }
      if rest.contains(words: Self.suit) { tell(.suit, value: Figure(0)) }
      return
    }
  }
}
