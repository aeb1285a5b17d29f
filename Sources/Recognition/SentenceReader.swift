import Forms
import Reports

/// The statements of one sentence, clause by clause.
struct SentenceReader {
  private typealias W = StatementWords

  let sentence: Folded
  let year: Int?
  let kind: Report.Kind?
  /// The paragraph is about requests for information.
  let isAboutRequests: Bool
  let section: Section?
  let table2: [CellKey: Cell]
  private(set) var found: [(subject: Statement.Subject, value: Figure?)] = []
  /// The first figure told for all requests, and the last count told: what percentages are of.
  private var whole: Figure?
  private var part: Figure?

  init(
    sentence: Folded, year: Int?, kind: Report.Kind?, isAboutRequests: Bool, section: Section?,
    table2: [CellKey: Cell]
  ) {
    self.sentence = sentence
    self.year = year
    self.kind = kind
    self.isAboutRequests = isAboutRequests
    self.section = section
    self.table2 = table2
  }

  mutating func read() {
    // A sentence that begins with another year is about that year.
    let clauses = Clause.split(sentence)
    let named = clauses.flatMap { clause in clause.years.map(\.value) }
    let isOtherYear = named.first.map { first in year.map { first != $0 } ?? false } ?? false
    let isOtherScope =
      sentence.contains(anyOf: W.scopes)
      || kind != .level && sentence.contains(anyOf: W.levelScopes)
    for (index, clause) in clauses.enumerated() {
      if !isOtherScope {
        readCarried(clause)
        if !isOtherYear, !isAnotherYear(clause), !clause.words.contains(anyOf: W.comparisons) {
          readRequests(clause, rest: clauses[(index + 1)...])
          readOutcomes(clause)
          readApplicants(clause)
          readDisputes(clause)
          readTable2(clause)
          readNone(clause)
          readPercent(clause)
        }
      }
      if let last = clause.numbers.last(where: Clause.countsMatters) {
        part = last.value
      } else if !clause.numbers.isEmpty {
        part = nil
      }
    }
  }

  private func isAnotherYear(_ clause: Clause) -> Bool {
    guard let year else { return false }
    return clause.years.contains { $0.value != year }
  }

  private mutating func tell(_ subject: Statement.Subject, _ number: Clause.Number?) {
    guard let number, Clause.countsMatters(number), number.value.scale == 0 else { return }
    found.append((subject, number.value))
  }

  // MARK: Received and done

  private mutating func readRequests(_ clause: Clause, rest: ArraySlice<Clause>) {
    let words = clause.words
    guard !words.contains(anyOf: W.otherMatters), !words.contains(anyOf: W.branches) else { return }
    for verb in W.receivedVerbs {
      guard let start = words.find(verb) else { continue }
      if start > 0, Self.negations.contains(words[start - 1]) { return }
      let after = start + verb.count
      guard let number = clause.number(after: after, fillers: W.fillers),
        Clause.countsMatters(number) || number.counter == Self.itemCounter
      else { break }
      let before = Array(words[after..<number.start])
      let behind = Array(words[number.end...].prefix(12))
      guard before.contains(anyOf: W.requests) || behind.contains(anyOf: W.requests) else { break }
      found.append((.received, number.value))
      whole = whole ?? number.value
      break
    }
    guard isAboutRequests else { return }
    for verb in W.doneVerbs {
      guard let start = words.find(verb) else { continue }
      if start > 0, Self.negations.contains(words[start - 1]) { return }
      guard let number = clause.number(after: start + verb.count, fillers: W.doneFillers),
        Clause.countsMatters(number)
      else { continue }
      // 办理 alone is said of many things.
      if verb == Self.handling, !words[start..<number.start].contains(anyOf: W.requests) {
        continue
      }
      // A list behind the figure that closes with what is carried over is a list of all, not of what is done.
      let tail = rest.flatMap(\.words)
      let isList = clause.mark == U.colon || rest.first?.words.hasPrefix(f("其中")) == true
      if isList, tail.contains(words: Self.carry) { continue }
      // 5件予以公开 …: the figure belongs to what follows it.
      let behind = Array(words[number.end...])
      if behind.contains(anyOf: Self.outcomeWords) { continue }
      tell(.done, number)
      whole = whole ?? number.value
      break
    }
  }

  private static let negations = Set(Array("未无没不".utf16))
  private static let itemCounter: UInt16 = 0x6761
  private static let handling = f("办理")
  private static let carry = f("结转")
  private static let outcomeWords = ["予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理", "结转"].map(f)

  // MARK: Carried over

  private mutating func readCarried(_ clause: Clause) {
    let words = clause.words
    guard !words.contains(anyOf: W.otherMatters), isAboutRequests else { return }
    for verb in [Self.carry, f("顺延"), f("转")] {
      guard let start = words.find(verb) else { continue }
      var after = start + verb.count
      for joint in [f("至"), f("到"), f("入")] where words.has(joint, at: after) {
        after += joint.count
        break
      }
      if let end = yearWord(words, at: after, words: W.nextYear, offset: 1) {
        let number =
          clause.number(after: end, fillers: W.carryFillers)
          ?? clause.number(before: start, fillers: W.carryBefore)
        tell(.carriedOut, number)
        return
      }
      guard verb == Self.carry else { continue }
      if endsInLastYear(Array(words[..<start])) {
        tell(.carriedIn, clause.number(after: start + verb.count, fillers: W.carryFillers))
        return
      }
    }
  }

  /// The end of words for next year at `index`.
  private func yearWord(
    _ words: Folded, at index: Int, words list: [Folded], offset: Int
  ) -> Int? {
    for word in list where words.has(word, at: index) { return index + word.count }
    guard let year, let digits = words.digits(at: index, limit: 5), digits.count == 4,
      digits.value == year + offset, words.has([U.year], at: index + 4)
    else { return nil }
    return words.has([0x5EA6], at: index + 5) ? index + 6 : index + 5
  }

  private func endsInLastYear(_ words: Folded) -> Bool {
    if W.lastYear.contains(where: { words.hasSuffix($0) }) { return true }
    guard let year else { return false }
    let last = Array(String(year - 1).utf16) + [U.year]
    return words.hasSuffix(last) || words.hasSuffix(last + [0x5EA6])
  }

  // MARK: Outcomes

  private static let outcomes: [(words: Folded, subject: Statement.Subject)] = [
    (f("不予公开"), .denied), (f("无法提供"), .unable), (f("不予处理"), .rejected), (f("其他处理"), .otherwise),
    (f("部分公开"), .partial), (f("予以公开"), .granted),
  ]
  private static let reasons = ["属于", "因", "涉及", "国家秘密", "第三方", "危及"].map(f)
  private static let joins = ["及", "和", "或", "与", "、", "以及"].map(f)

  private mutating func readOutcomes(_ clause: Clause) {
    guard isAboutRequests else { return }
    let words = clause.words
    guard !words.contains(anyOf: W.otherMatters) else { return }
    for (phrase, subject) in Self.outcomes {
      var position = 0
      while let start = words.find(phrase, from: position) {
        position = start + phrase.count
        // 不予以公开 is no disclosure.
        if subject == .granted, start > 0, words[start - 1] == 0x4E0D { continue }
        let before = Array(words[..<start])
        let reach = Array(before.suffix(16))
        if subject != .granted, subject != .partial, reach.contains(anyOf: Self.reasons) {
          continue
        }
        let follows = clause.number(after: position, fillers: W.outcomeFillers)
        let precedes = clause.number(before: start, fillers: W.outcomeBefore)
        // Between two figures only the marks of the list could tell whose the phrase is.
        if follows != nil, precedes != nil, !isEnumerated(clause, start) { continue }
        guard let number = follows ?? precedes else { continue }
        if subject == .partial, isJoined(before) {
          tell(.grantedAndPartial, number)
        } else if subject != .granted || !joinsPartial(Array(words[position...])) {
          tell(subject, number)
        }
      }
    }
  }

  /// 3件、不予公开2件: the mark before the phrase says that what precedes it is another item.
  private func isEnumerated(_ clause: Clause, _ start: Int) -> Bool {
    start > 0 && clause.words[start - 1] == U.enumerationComma
  }

  private func isJoined(_ before: Folded) -> Bool {
    Self.joins.contains { before.hasSuffix(f("予以公开") + $0) || before.hasSuffix(f("公开") + $0) }
  }

  private func joinsPartial(_ behind: Folded) -> Bool {
    Self.joins.contains { behind.hasPrefix($0 + f("部分公开")) }
  }

  // MARK: Applicants

  private static let person = f("自然人")
  private static let organisations = ["法人或其他组织", "法人和其他组织", "法人及其他组织", "法人、其他组织"].map(f)

  private mutating func readApplicants(_ clause: Clause) {
    guard isAboutRequests, sentence.contains(anyOf: W.requests) else { return }
    let words = clause.words
    guard !words.contains(anyOf: W.otherMatters) else { return }
    if let start = words.find(Self.person) {
      tell(
        .natural, clause.number(after: start + Self.person.count, fillers: W.peopleFillers))
    }
    for phrase in Self.organisations {
      if let start = words.find(phrase) {
        tell(
          .organisations, clause.number(after: start + phrase.count, fillers: W.peopleFillers))
        break
      }
    }
  }

  // MARK: Reviews and suits

  private static let review = f("行政复议")
  private static let suit = f("行政诉讼")
  private static let handlings = ["办理", "审理", "受理", "化解", "出庭", "应诉", "结案", "其中", "上年", "去年", "代理"]
    .map(f)

  private mutating func readDisputes(_ clause: Clause) {
    let words = clause.words
    guard isAboutRequests || section == .disputes || sentence.contains(words: f("信息公开")),
      !words.contains(anyOf: Self.handlings)
    else { return }
    for (phrase, other, subject) in [
      (Self.review, Self.suit, Statement.Subject.review), (Self.suit, Self.review, .suit),
    ] {
      guard let start = words.find(phrase), words.findLast(phrase) == start else { continue }
      // 行政复议、行政诉讼 N 件 counts both.
      let before = Array(words[..<start])
      if Self.joins.contains(where: { before.hasSuffix(other + $0) }) { continue }
      tell(subject, clause.number(after: start + phrase.count, fillers: W.caseFillers))
    }
  }

  // MARK: Table 2

  private static let decisions: [(words: [Folded], keys: [String])] = [
    (["行政许可决定", "行政许可处理决定"].map(f), ["t2.license.decisions", "t2v19.license.decisions"]),
    (["行政处罚决定", "行政处罚处理决定"].map(f), ["t2.penalty.decisions", "t2v19.penalty.decisions"]),
    (["行政强制决定", "行政强制处理决定"].map(f), ["t2.coercion.decisions", "t2v19.coercion.decisions"]),
  ]
  private static let documents: [(words: [Folded], key: String)] = [
    (["制发行政规范性文件", "制发规范性文件"].map(f), "t2.normative.issued"),
    (["废止行政规范性文件", "废止规范性文件"].map(f), "t2.normative.repealed"),
    (
      ["现行有效行政规范性文件", "现行有效规范性文件", "现行有效的规范性文件", "现行有效的行政规范性文件", "规范性文件现行有效"].map(f),
      "t2.normative.in_force"
    ),
    (["制发规章"].map(f), "t2.rules.issued"), (["废止规章"].map(f), "t2.rules.repealed"),
  ]

  private mutating func readTable2(_ clause: Clause) {
    let words = clause.words
    guard !words.contains(anyOf: W.published), !words.contains(words: f("其中")) else { return }
    for (phrases, names) in Self.decisions {
      guard let key = names.compactMap({ CellKey($0) }).first(where: { table2[$0] != nil }) else {
        continue
      }
      tellTable2(clause, phrases, key)
    }
    for (phrases, name) in Self.documents {
      guard let key = CellKey(name), table2[key] != nil else { continue }
      tellTable2(clause, phrases, key)
    }
  }

  private mutating func tellTable2(_ clause: Clause, _ phrases: [Folded], _ key: CellKey) {
    for phrase in phrases {
      guard let start = clause.words.find(phrase),
        let number = clause.number(after: start + phrase.count, fillers: W.outcomeFillers),
        Clause.countsMatters(number) || number.counter == 0x90E8
      else { continue }
      found.append((.table2(key), number.value))
      return
    }
  }

  // MARK: None and all

  private static let none = StatementWords.list(
    "未收到 未新收 没有收到 未接到 未受理 未曾收到 尚未收到 无收到 没有接到 未接收到 未接收 没有受理 未新收到")
  private static let nothing = StatementWords.list(
    "零申请 无依申请公开 没有依申请公开 未发生依申请公开 无政府信息公开申请 没有政府信息公开申请")
  private static let asking = StatementWords.list("公开申请 依申请公开 申请公开 公开的申请")
  private static let noneFillers =
    StatementWords.fillers + StatementWords.list("通过 来自 有关 申请人 我局 本机关 我镇 我单位")

  private mutating func readNone(_ clause: Clause) {
    let words = clause.words
    guard
      clause.numbers.allSatisfy({ number in clause.years.contains { $0.start == number.start } }),
      !words.contains(anyOf: W.branches)
    else {
      readAllDone(clause)
      return
    }
    let matters = W.otherMatters.filter { words.contains(words: $0) }
    if matters.isEmpty {
      for phrase in Self.none {
        guard let start = words.find(phrase) else { continue }
        let rest = Array(words[(start + phrase.count)...])
        if rest.contains(anyOf: Self.asking), onlyFillers(rest) {
          found.append((.noRequests, nil))
          return
        }
      }
      for phrase in Self.nothing where words.contains(words: phrase) {
        found.append((.noRequests, nil))
        return
      }
    }
    readAllDone(clause)
  }

  private func onlyFillers(_ words: Folded) -> Bool {
    var index = 0
    while index < words.count {
      guard let filler = Self.noneFillers.first(where: { words.has($0, at: index) }) else {
        return words[index...].elementsEqual(f("情况")) || index + 2 >= words.count
      }
      index += filler.count
    }
    return true
  }

  private static let all = StatementWords.list("全部 均 均已 全部已 已全部 均能 都")
  private static let manners = StatementWords.list("已 按时 按期 依法 依规 及时 按规定 在法定期限内 在规定时限内 予以 进行")
  private static let ends = StatementWords.list("办结 答复 办理完毕 处理完毕 办理完结")
  private static let rates = StatementWords.list("办结率 答复率")

  private mutating func readAllDone(_ clause: Clause) {
    guard isAboutRequests, sentence.contains(anyOf: W.requests) else { return }
    let words = clause.words
    guard !words.contains(anyOf: W.otherMatters) else { return }
    for word in Self.all {
      guard let start = words.find(word) else { continue }
      var position = start + word.count
      while let manner = Self.manners.first(where: { words.has($0, at: position) }) {
        position += manner.count
      }
      if Self.ends.contains(where: { words.has($0, at: position) }) {
        found.append((.allDone, nil))
        return
      }
    }
    for rate in Self.rates {
      if let start = words.find(rate),
        let number = clause.number(after: start + rate.count, fillers: W.list("为 达 达到 均 均为 均达")),
        number.isPercent, number.value.integer == 100
      {
        found.append((.allDone, nil))
        return
      }
    }
  }

  // MARK: Percentages

  private static let share: UInt16 = 0x5360
  private static let shareFillers = StatementWords.list(
    "比 比为 比例 总数 总量 申请总数 申请总量 申请量 总件数 受理总数 收到申请总数 全部申请 的 约 为 达")

  private mutating func readPercent(_ clause: Clause) {
    guard isAboutRequests, let whole = whole?.integer, whole > 0,
      let start = clause.words.firstIndex(of: Self.share),
      let number = clause.number(after: start + 1, fillers: Self.shareFillers), number.isPercent
    else { return }
    let told =
      clause.number(before: start, fillers: []).flatMap {
        Clause.countsMatters($0) ? $0.value : nil
      } ?? (start == 0 ? part : nil)
    guard let part = told?.integer, part <= whole, clause.numbers.filter(\.isPercent).count == 1
    else { return }
    found.append((.percent(part: part, whole: whole), number.value))
  }
}
