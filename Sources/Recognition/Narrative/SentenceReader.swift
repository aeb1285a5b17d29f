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
  var listsAll = false
  /// Requests were named in this sentence.
  private(set) var namesRequests = false
  /// In the report of a level, what its office received itself is being told: so it goes on to the end of the paragraph,
  /// or until the level is named again.
  private(set) var isOfOffice: Bool
  /// The requests themselves were counted in 条, and so is what became of them.
  var countsItems = false
  /// Reviews or suits: what was named last; and how many of them, if that was told last.
  var caseKind: Statement.CaseKind?
  var cases: Figure?

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
          ?? (isOtherYear || part.contains { Words.manyYears.isIn($0.words) || isSinceThen($0) })
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
          if isAboutRequests, !goesOn(behind: clause, clauses[(index + 1)...]) {
            readOutcomes(clause)
          }
          if isAboutRequests { readApplicants(clause) }
          readNone(clause)
          if isAboutRequests { readAllDone(clause) }
        }
        cases = Clause.hasCount(clause) ? nil : cases
        readDisputes(clause, rest: clauses[(index + 1)...])
        readCaseResults(clause)
        readTable2(clause)
        readPercent(clause)
      }
      keepCaseKind(clause)
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

  /// 2019年以来: of several years.
  private func isSinceThen(_ clause: Clause) -> Bool {
    clause.years.contains { named in
      named.value != year && Self.since.isPrefix(of: Array(clause.words[named.end...]))
    }
  }

  private static let since = WordSet(["以来", "起", "至今"])

  private static let towards = WordSet(["至", "到", "入", "比", "较", "转", "与", "同"])

  private func isAnotherYear(_ clause: Clause) -> Bool {
    guard let year else { return false }
    return clause.years.contains { $0.value != year }
  }

  /// The words end with the name of an organ that is not the one that reports: 县政府办公室共(收到).
  func isAnotherOrgan(_ words: Folded) -> Bool {
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

  private static let selves = CharacterSet("我本全该各".utf16)
  private static let levels = CharacterSet("省市县区州旗".utf16)
  private static let branch = WordSet(["分局", "支局"])

  /// 6件（本机关不掌握）、1件（需要制作）: behind the aside stands another figure of the same.
  private func goesOn(behind clause: Clause, _ rest: ArraySlice<Clause>) -> Bool {
    guard let aside = rest.first, aside.isAside, let next = rest.first(where: { !$0.isAside }),
      next.segment == clause.segment, Self.listed.contains(next.words[0])
    else { return false }
    return next.numbers.contains { $0.start == 1 && $0.end == next.words.count }
  }

  private static let listed = CharacterSet("、和及".utf16)

  // MARK: Telling

  mutating func tell(_ subject: Statement.Subject, _ number: Clause.Number?) {
    guard let number, countsRequests(number), number.value.scale == 0 else { return }
    found.append((subject, number.value))
  }

  /// 件 and its like; and 条 where the requests themselves were counted so.
  func countsRequests(_ number: Clause.Number) -> Bool {
    Clause.countsMatters(number) || countsItems && number.counter == Self.itemCounter
  }

  mutating func tell(_ subject: Statement.Subject, value: Figure?) {
    found.append((subject, value))
  }

  func isOnly(_ fillers: WordSet, _ words: Folded) -> Bool {
    var index = 0
    while index < words.count {
      guard let filler = fillers.word(at: index, in: words) else { return false }
      index += filler.count
    }
    return true
  }
}
