import Forms
import Reports

/// The statements of one sentence, clause by clause.
struct SentenceReader {
  typealias Words = StatementWords

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
    let clauses = Clause.split(sentence)
    let isOtherYear = isAboutAnotherYear(clauses)
    let isOtherScope =
      Words.scopes.isIn(sentence) || kind != .level && Words.levelScopes.isIn(sentence)
    guard !isOtherScope else { return }
    var isOtherMatter = false
    for (index, clause) in clauses.enumerated() {
      // A clause that names nothing goes on about what the one before it named.
      isOtherMatter =
        Words.otherMatters.isIn(clause.words)
        || isOtherMatter && !Words.requests.isIn(clause.words)
      if !isOtherMatter, isAboutRequests { readCarried(clause) }
      if !isOtherYear, !isAnotherYear(clause), !Words.comparisons.isIn(clause.words) {
        if !isOtherMatter {
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
      if let last = clause.numbers.last(where: Clause.countsMatters) {
        part = last.value
      } else if !clause.numbers.isEmpty {
        part = nil
      }
    }
  }

  /// A sentence that begins with another year is about that year; not so where figures are carried from one or to one,
  /// or compared with it.
  private func isAboutAnotherYear(_ clauses: [Clause]) -> Bool {
    guard let year else { return false }
    for clause in clauses {
      for named in clause.years {
        let before = Array(clause.words[..<named.start])
        let after = Array(clause.words[named.end...].prefix(3))
        if after.contains(words: Self.carry) || Self.towards.isSuffix(of: before) { continue }
        return named.value != year
      }
      if clause.numbers.contains(where: Clause.countsMatters) { return false }
    }
    return false
  }

  private static let towards = WordSet(["至", "到", "入", "比", "较", "转"])

  private func isAnotherYear(_ clause: Clause) -> Bool {
    guard let year else { return false }
    return clause.years.contains { $0.value != year }
  }

  mutating func tell(_ subject: Statement.Subject, _ number: Clause.Number?) {
    guard let number, Clause.countsMatters(number), number.value.scale == 0 else { return }
    found.append((subject, number.value))
  }

  mutating func tell(_ subject: Statement.Subject, value: Figure?) {
    found.append((subject, value))
  }

  // MARK: Received and done

  private mutating func readRequests(_ clause: Clause, rest: ArraySlice<Clause>) {
    let words = clause.words
    guard !clause.numbers.isEmpty, !Words.branches.isIn(words) else { return }
    for verb in Words.receivedVerbs.words {
      guard let start = words.find(verb) else { continue }
      if start > 0, Self.negations.contains(words[start - 1]) { return }
      let after = start + verb.count
      guard let number = clause.number(after: after, fillers: Words.fillers),
        Clause.countsMatters(number) || number.counter == Self.itemCounter
      else { break }
      let before = Array(words[after..<number.start])
      let behind = Array(words[number.end...].prefix(12))
      guard Words.requests.isIn(before) || Words.requests.isIn(behind) else { break }
      tell(.received, value: number.value)
      whole = whole ?? number.value
      break
    }
    guard isAboutRequests else { return }
    for verb in Words.doneVerbs.words {
      guard let start = words.find(verb) else { continue }
      if start > 0, Self.negations.contains(words[start - 1]) { return }
      guard let number = clause.number(after: start + verb.count, fillers: Words.doneFillers),
        Clause.countsMatters(number)
      else { continue }
      // 办理 alone is said of many things.
      if verb == Self.handling, !Words.requests.isIn(Array(words[start..<number.start])) {
        continue
      }
      // A list behind the figure that closes with what is carried over is a list of all, not of what is done.
      let isList =
        clause.mark == U.colon || rest.first?.words.hasPrefix(Self.ofThese) == true
      if isList, rest.contains(where: { $0.words.contains(words: Self.carry) }) { continue }
      // 5件予以公开 …: the figure belongs to what follows it.
      if Self.outcomeWords.isIn(Array(words[number.end...])) { continue }
      tell(.done, number)
      whole = whole ?? number.value
      break
    }
  }

  private static let negations = Set(Array("未无没不".utf16))
  private static let itemCounter: UInt16 = 0x6761
  private static let handling = f("办理")
  private static let ofThese = f("其中")
  private static let carry = f("结转")
  private static let outcomeWords = WordSet([
    "予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理", "结转",
  ])

  // MARK: Carried over

  private static let carryVerbs = [carry, f("顺延"), f("转")]
  private static let into = WordSet(["至", "到", "入"])

  private mutating func readCarried(_ clause: Clause) {
    let words = clause.words
    guard !clause.numbers.isEmpty else { return }
    for verb in Self.carryVerbs {
      guard let start = words.find(verb) else { continue }
      var after = start + verb.count
      if let joint = Self.into.word(at: after, in: words) { after += joint.count }
      if let end = endOfNextYear(words, at: after) {
        let number =
          clause.number(after: end, fillers: Words.carryFillers)
          ?? clause.number(before: start, fillers: Words.carryBefore)
        tell(.carriedOut, number)
        return
      }
      guard verb == Self.carry else { continue }
      if endsInLastYear(Array(words[..<start])) {
        tell(
          .carriedIn, clause.number(after: start + verb.count, fillers: Words.carryFillers))
        return
      }
    }
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

  private func endsInLastYear(_ words: Folded) -> Bool {
    if Words.lastYear.isSuffix(of: words) { return true }
    guard let year else { return false }
    let last = Array(String(year - 1).utf16)
    return words.hasSuffix(last + [U.year]) || words.hasSuffix(last + Self.yearSpan)
  }

  // MARK: Percentages

  private static let share: UInt16 = 0x5360
  private static let shareFillers = WordSet(
    spaced: "比 比为 比例 总数 总量 申请总数 申请总量 申请量 总件数 受理总数 收到申请总数 全部申请 的 约 为 达")

  private mutating func readPercent(_ clause: Clause) {
    guard isAboutRequests, let whole = whole?.integer, whole > 0,
      let start = clause.words.firstIndex(of: Self.share),
      let number = clause.number(after: start + 1, fillers: Self.shareFillers), number.isPercent
    else { return }
    let told =
      clause.numbers.first { $0.end == start && Clause.countsMatters($0) }?.value
      ?? (start == 0 ? part : nil)
    guard let part = told?.integer, part <= whole, clause.numbers.filter(\.isPercent).count == 1
    else { return }
    tell(.percent(part: part, whole: whole), value: number.value)
  }
}
