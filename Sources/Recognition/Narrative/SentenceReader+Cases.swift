import Forms
import Reports

/// Reviews and suits over requests for information, and how they ended.
extension SentenceReader {
  private static let review = f("行政复议")
  private static let suit = f("行政诉讼")
  private static let disclosure = f("信息公开")
  /// What an organ does for others, or with a part of its cases.
  private static let handlings = WordSet([
    "办理", "审理", "受理", "化解", "出庭", "应诉", "结案", "其中", "上年", "去年", "代理", "新增", "新发生",
  ])

  private static let noCases = WordSet(
    spaced: "未发生 没有发生 没有 无 未产生 未出现 未被 未有 尚未发生 未引发 暂无 未")
  private static let noCaseFillers = WordSet(
    spaced:
      "因 由 政府信息公开 信息公开 政务公开 工作 申请 依申请公开 引发 引起 产生 导致 的 被 提起 任何 有关 涉及 相关 案件 及 和 与 或 、 行政复议 行政诉讼 以及 情况 答复 不服 而 发生 "
      + "过 情形 案 起诉 公开 政府信息 事项 为 件 等 或者 问题 被诉 应诉 有")
  mutating func readDisputes(_ clause: Clause, rest: ArraySlice<Clause>) {
    let words = clause.words
    guard
      isAboutRequests || section == .disputes || sentence.contains(words: Self.disclosure)
        || section == .overview && Self.results.isIn(sentence)
    else { return }
    readNoDisputes(clause)
    // 行政诉讼18件，其中涉政府信息公开的5件: all cases of the organ.
    if let next = rest.first(where: { !$0.isAside }), next.words.hasPrefix(Self.ofThese),
      next.words.contains(words: Self.disclosure)
    {
      return
    }
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
      cases = number?.value
    }
  }

  /// Which kind of cases a clause behind this one goes on about.
  mutating func keepCaseKind(_ clause: Clause) {
    let review = clause.words.findLast(Self.review)
    let suit = clause.words.findLast(Self.suit)
    guard review != nil || suit != nil else { return }
    caseKind = (suit ?? -1) > (review ?? -1) ? .suit : .review
  }

  private static let raised = f("提起")
  private static let ofThese = f("其中")
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

  // MARK: How they ended

  private static let ends: [(words: WordSet, result: Statement.CaseResult)] = [
    (WordSet(spaced: "尚未审结 未审结 正在审理 尚在审理"), .pending), (WordSet(spaced: "其他结果"), .other),
    (WordSet(spaced: "维持 胜诉"), .upheld), (WordSet(spaced: "纠正 败诉"), .corrected),
  ]
  private static let endFillers =
    Words.caseFillers + WordSet(spaced: "原行政行为 原答复 原决定 行政行为 结果 中 被 我局 我镇 本机关")
  private static let endBefore = WordSet(spaced: "被 结果 案件 复议机关 法院 判决 为 获 予以 我局 我镇 本机关 已 经 决定 裁定")
  private static let allOf = WordSet(spaced: "均 全部 均被 均予以 均获 全部被 均已 全部予以 结果均 结果均为 均为 全部获")
  /// Not of cases: 维持稳定, 纠正错误.
  private static let otherObjects = WordSet(spaced: "稳定 秩序 错误 不当 问题 偏差 率 及时")

  /// 行政复议2件，其中维持1件、纠正1件；行政诉讼3件，均胜诉: whose results they are, the kind named last tells.
  mutating func readCaseResults(_ clause: Clause) {
    let words = clause.words
    guard
      isAboutRequests || section == .disputes || sentence.contains(words: Self.disclosure)
        || section == .overview && Self.results.isIn(sentence),
      !Self.unrelated.isIn(sentence)
    else { return }
    for (ends, result) in Self.ends {
      for word in ends.words {
        guard let start = words.find(word), words.findLast(word) == start else { continue }
        let before = Array(words[..<start])
        let named = [
          (Statement.CaseKind.review, before.findLast(Self.review)),
          (.suit, before.findLast(Self.suit)),
        ].max { ($0.1 ?? -1) < ($1.1 ?? -1) }
        guard let kind = named?.1 == nil ? caseKind : named?.0,
          !Self.otherObjects.isPrefix(of: Array(words[(start + word.count)...]))
        else { continue }
        if clause.numbers.isEmpty, Self.allOf.isSuffix(of: before) {
          if let count = cases, named?.1 == nil { tell(.result(kind, result), value: count) }
        } else if let number = caseNumber(clause, around: start..<(start + word.count)) {
          tell(.result(kind, result), number)
        }
        break
      }
    }
  }

  /// Between two figures only the marks of the list tell whose the word is.
  private func caseNumber(_ clause: Clause, around word: Range<Int>) -> Clause.Number? {
    let follows = clause.number(after: word.upperBound, fillers: Self.endFillers)
    let precedes = clause.number(before: word.lowerBound, fillers: Self.endBefore)
    guard follows == nil || precedes == nil else {
      return clause.words[word.lowerBound - 1] == U.enumerationComma ? follows : nil
    }
    return follows ?? precedes
  }
}
