import Forms
import Reports

/// The statements of one sentence, clause by clause.
struct SentenceReader {
  typealias Words = StatementWords

  let sentence: Folded
  let unit: Folded?
  let year: Int?
  let kind: Report.Kind?
  /// The paragraph is about requests for information.
  let isAboutRequests: Bool
  let section: Section?
  let table2: [CellKey: Cell]
  /// The counts that the section has told so far: what percentages are of.
  private(set) var counts: [Int]
  private(set) var found: [(subject: Statement.Subject, value: Figure?)] = []
  /// The last count told: what a percentage behind a comma is about.
  private(set) var part: Int?
  /// A list of all that was to be handled, with what is carried over at its end (N4): what is called done is a part.
  private var listsAll = false
  /// Requests were named in this sentence.
  private(set) var namesRequests = false
  /// In the report of a level, what its office received itself is being told: so it goes on to the end of the paragraph,
  /// or until the level is named again.
  private(set) var isOfOffice: Bool
  /// The requests themselves were counted in 条, and so is what became of them.
  private var countsItems = false

  init(
    sentence: Folded, unit: Folded?, year: Int?, kind: Report.Kind?, isAboutRequests: Bool,
    section: Section?,
    table2: [CellKey: Cell], counts: [Int], isOfOffice: Bool = false
  ) {
    self.sentence = sentence
    self.unit = unit
    self.year = year
    self.kind = kind
    self.isAboutRequests = isAboutRequests
    self.section = section
    self.table2 = table2
    self.counts = counts
    self.isOfOffice = isOfOffice
  }

  mutating func read() {
    let clauses = Clause.split(sentence)
    var segment = -1
    var isOtherYear = false
    var isOtherScope = false
    var isOtherMatter = false
    for (index, clause) in clauses.enumerated() {
      if clause.segment != segment {
        segment = clause.segment
        let part = clauses[index...].prefix { $0.segment == segment }
        isOtherYear =
          isAboutAnotherYear(part)
          ?? (isOtherYear || part.contains { Words.manyYears.isIn($0.words) })
        isOtherScope =
          part.contains(where: isOfOthers)
          || isOtherScope && !part.contains { Words.own.isIn($0.words) }
      }
      // 2022年收到9件，2023年收到18件: the second is the report's own again.
      if isOtherYear, !clause.isAside, namesOwnYear(clause) { isOtherYear = false }
      if kind == .level {
        isOfOffice =
          !Words.levelScopes.isIn(clause.words) && (isOfOffice || isByOffice(clause.words))
      }
      if isOtherScope || isOfOffice {
        keepCounts(clause)
        continue
      }
      let isReason = Words.reasons.isIn(clause.words)
      let namesOther = !isReason && Words.otherMatters.isIn(clause.words)
      // A clause that names nothing goes on about what the one before it named; an aside changes nothing.
      if !clause.isAside, !isReason {
        isOtherMatter = namesOther || isOtherMatter && !Words.requests.isIn(clause.words)
      }
      if !isOtherMatter, !namesOther {
        if isAboutRequests {
          readCarried(clause, after: index > 0 ? clauses[index - 1] : nil)
        }
      }
      if !isOtherYear, !isAnotherYear(clause), !Words.comparisons.isIn(clause.words) {
        if !isOtherMatter, !namesOther {
          readRequests(clause, rest: clauses[(index + 1)...])
          if isAboutRequests { readOutcomes(clause) }
          if isAboutRequests { readApplicants(clause) }
          readNone(clause)
          if isAboutRequests { readAllDone(clause) }
        }
        readDisputes(clause)
        readTable2(clause)
        readPercent(clause)
      }
      keepCounts(clause)
      if !isOtherMatter, Words.requests.isIn(clause.words) { namesRequests = true }
    }
  }

  private mutating func keepCounts(_ clause: Clause) {
    for number in clause.numbers where Clause.countsMatters(number) {
      if let value = number.value.integer { counts.append(value) }
    }
    if let last = clause.numbers.last(where: Clause.countsMatters) {
      part = last.value.integer
    } else if !clause.numbers.isEmpty {
      part = nil
    }
  }

  // MARK: Whose, and when

  private func isOfOthers(_ clause: Clause) -> Bool {
    Words.scopes.isIn(clause.words) || kind != .level && Words.levelScopes.isIn(clause.words)
  }

  /// 区政府办代表区政府受理, 县政府本级收到: the figure of a level is not its office's.
  private func isByOffice(_ words: Folded) -> Bool {
    guard
      let verb = (Words.receivedVerbs.words + Words.doneVerbs.words).compactMap({ words.find($0) })
        .min()
    else { return false }
    return Words.offices.isIn(Array(words[..<verb]))
  }

  /// A sentence that begins with another year is about that year; not so where figures are carried from one or to one,
  /// or compared with it. `nil` where no year is named.
  private func isAboutAnotherYear(_ clauses: ArraySlice<Clause>) -> Bool? {
    guard let year else { return nil }
    for clause in clauses {
      for named in clause.years {
        let before = Array(clause.words[..<named.start])
        let after = Array(clause.words[named.end...].prefix(6))
        if after.contains(words: Self.carry) || Self.towards.isSuffix(of: before) { continue }
        return named.value != year
      }
      if clause.numbers.contains(where: Clause.countsMatters) { return nil }
    }
    return nil
  }

  private func namesOwnYear(_ clause: Clause) -> Bool {
    clause.years.contains { named in
      named.value == year && !Self.towards.isSuffix(of: Array(clause.words[..<named.start]))
    }
  }

  private static let towards = WordSet(["至", "到", "入", "比", "较", "转", "与", "同"])

  private func isAnotherYear(_ clause: Clause) -> Bool {
    guard let year else { return false }
    return clause.years.contains { $0.value != year }
  }

  /// The words end with the name of an organ that is not the one that reports: 县政府办公室共(收到).
  private func isAnotherOrgan(_ words: Folded) -> Bool {
    guard let unit else { return false }
    var words = words[...]
    while let adverb = Words.adverbs.word(before: words.count, in: Array(words)) {
      words = words.dropLast(adverb.count)
    }
    guard let ending = Words.organs.word(before: words.count, in: Array(words)) else {
      return false
    }
    // 市局 is another's bureau to a town, and to a branch of it.
    if ending.count == 1, let level = words.dropLast().last, Self.levels.contains(level) {
      return !unit.hasSuffix(ending) || !unit.contains(level) || Self.branch.isIn(unit)
    }
    let name = words.suffix(ending.count + 2)
    guard name.count > ending.count + 1 else { return false }
    if Self.selves.contains(name[name.startIndex + 1]) { return false }
    return !unit.contains(words: Array(name))
  }

  private static let selves = Set(Array("我本全该各".utf16))
  private static let levels = Set(Array("省市县区州旗".utf16))
  private static let branch = WordSet(["分局", "支局"])

  // MARK: Telling

  mutating func tell(_ subject: Statement.Subject, _ number: Clause.Number?) {
    guard let number, countsRequests(number), number.value.scale == 0 else { return }
    found.append((subject, number.value))
  }

  /// 件 and its like; and 条 where the requests themselves were counted so.
  private func countsRequests(_ number: Clause.Number) -> Bool {
    Clause.countsMatters(number) || countsItems && number.counter == Self.itemCounter
  }

  mutating func tell(_ subject: Statement.Subject, value: Figure?) {
    found.append((subject, value))
  }

  // MARK: Received and done

  private mutating func readRequests(_ clause: Clause, rest: ArraySlice<Clause>) {
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
        || isAnotherOrgan(before)
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

  private static let negations = Set(Array("未无没不".utf16))
  private static let itemCounter: UInt16 = 0x6761
  private static let handling = f("办理")
  private static let added = f("新增")
  private static let ofThese = f("其中")
  private static let carry = f("结转")
  private static let outcomeWords = WordSet([
    "予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理", "结转",
  ])

  // MARK: Carried over

  private static let carryVerbs = [carry, f("顺延"), f("转")]
  private static let into = WordSet(["至", "到", "入"])
  private static let unfinished = WordSet(
    spaced: "正在 在办 尚未 未到期 未办结 剩余 其余 尚有 还有 余下 未到答复期")
  private static let remaining = WordSet(spaced: "剩余 其余 尚有 还有 余下 另有")
  private static let noneCarried = WordSet(spaced: "没有 无 未有 并无 暂无 无需")
  private static let noneCarriedFillers = Words.carryFillers + Words.noneFillers

  private func carriesOut(_ clause: Clause) -> Bool { carryOut(clause.words) != nil }

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

  private mutating func readCarried(_ clause: Clause, after previous: Clause?) {
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
  private func rest(_ clause: Clause, before start: Int) -> Clause.Number? {
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

  func isOnly(_ fillers: WordSet, _ words: Folded) -> Bool {
    var index = 0
    while index < words.count {
      guard let filler = fillers.word(at: index, in: words) else { return false }
      index += filler.count
    }
    return true
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

  // MARK: Percentages

  private static let share: UInt16 = 0x5360
  private static let shareFillers = WordSet(
    spaced:
      "比 比为 比例 总数 总量 申请总数 申请总量 申请量 总件数 受理总数 收到申请总数 全部申请 的 约 为 达 办结 办结总数 答复 答复总数 办理总数 总申请量 总 全部")

  /// 占 N%: of any count told before in the section. Only a percentage of none of them is held against the nearest:
  /// what a share is of is seldom said.
  private mutating func readPercent(_ clause: Clause) {
    guard isAboutRequests, let start = clause.words.firstIndex(of: Self.share),
      let number = clause.number(after: start + 1, fillers: Self.shareFillers), number.isPercent,
      clause.numbers.filter(\.isPercent).count == 1
    else { return }
    let told =
      clause.numbers.first { $0.end == start && Clause.countsMatters($0) }?.value.integer
      ?? (start == 0 ? part : nil)
    // More than all of it is a share of something else, or a growth.
    guard let part = told, number.value <= Figure(100) else { return }
    let wholes = counts.filter { $0 > 0 && $0 >= part }
    guard
      let whole = wholes.first(where: { Self.isShare(number.value, part, of: $0) }) ?? wholes.first
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
