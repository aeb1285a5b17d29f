import Reports

/// Puts phrases together into the sections of a report. What is chosen hangs on the figures of the tables and on the
/// seed, not on what is told wrong: the same report is told right and wrong in the same words.
struct NarrativeComposer {
  private(set) var report: SyntheticReport
  var told: [Narration.Told] { speaker.told }
  var names: Set<String> { speaker.names }
  var tellsPercent: Bool {
    told.contains { told in
      if case .percent = told.subject { told.isOwed } else { false }
    }
  }

  private typealias Phrases = NarrativePhrases
  private let facts: NarrativeFacts
  private let contradiction: Narration.Contradiction?
  private var speaker: NarrativeSpeaker
  private var random: SplitMix64

  init(
    _ report: SyntheticReport, _ facts: NarrativeFacts, _ random: SplitMix64, breaksLines: Bool,
    _ contradiction: Narration.Contradiction?, _ alteration: (name: String, by: Int)? = nil
  ) {
    self.report = report
    self.facts = facts
    self.contradiction = contradiction
    self.random = random.fork(1)
    var style = NarrativeStyle.random(using: &self.random)
    if !breaksLines { style.breaks = false }
    if contradiction != nil { style.keepsCounter = true }
    speaker = NarrativeSpeaker(facts, style, random.fork(2))
    speaker.alteration = alteration
    speaker.percentOff = contradiction == .percent ? 4 : 0
    compose(style)
  }

  private mutating func compose(_ style: NarrativeStyle) {
    let inTable = random.chance(0.15)
    let isAnybody = contradiction == .anybody
    let requests = isAnybody ? "" : paragraph { $0.requests() }
    let disclosure = isAnybody ? "" : paragraph { $0.disclosure() }
    let disputes = !isAnybody && random.chance(0.6) ? paragraph { $0.disputes() } : ""
    let inSection4 = random.chance(0.5)
    let prose = Prose(report)
    let plain = paragraph { composer in
      composer.speaker.sayOne(of: Phrases.plain)
    }
    var page = random.fork(3)
    func print(_ text: String) -> String { style.page(text, &page) }
    var overview = prose.overview(
      disclosure: print(disclosure),
      requests: print((inTable ? plain : requests) + (inSection4 ? "" : disputes)))
    if isAnybody { overview = [Self.anybody] }
    report.sectionTexts[.overview] = overview.joined(separator: "\n")
    if inTable, !isAnybody { report.sectionTexts[.requests] = print(requests) }
    if inSection4, !disputes.isEmpty { report.sectionTexts[.disputes] = print(disputes) }
    if contradiction == .problems {
      report.sectionTexts[.problems] = random.pick(Phrases.emptyDuties)
    } else if random.chance(0.5) {
      report.sectionTexts[.problems] = random.pick(Phrases.fullDuties) + "。"
    }
    let other = paragraph { composer in
      composer.speaker.sayOne(of: composer.contradiction == .fee ? Phrases.noFees : Phrases.fees)
    }
    report.sectionTexts[.other] = print(other)
  }

  /// A text that could be anybody's (N12).
  private static let anybody =
    "各级部门高度重视信息公开，认真学习有关规定，健全工作机制，细化责任分工，拓展公开渠道，公开的深度和广度不断提高，"
    + "部分地区探索形成了可复制的经验，受到各方面好评，为经济社会发展营造了良好环境。"

  private mutating func paragraph(_ tell: (inout NarrativeComposer) -> Void) -> String {
    tell(&self)
    let text = speaker.take()
    return text.isEmpty ? "" : text + "。"
  }

  // MARK: Requests

  private mutating func requests() {
    if random.chance(0.3) { other() }
    if contradiction == .year {
      speaker.sayOne(of: Phrases.lastYears)
      speaker.say("。")
    }
    if contradiction == .placeholder {
      speaker.sayOne(of: Phrases.placeholders)
      speaker.say("。")
    }
    if facts.value("received") == 0 && facts.value("carriedIn") == 0 && facts.value("done") == 0
      || contradiction == .noRequests
    {
      speaker.sayOne(of: Phrases.none)
    } else {
      requestFigures()
    }
    for _ in 0..<random.int(0...3) {
      speaker.say("。")
      other(last: true)
    }
  }

  private mutating func other(last: Bool = false) {
    var phrases = random.chance(0.25) ? Phrases.plain : Phrases.others
    if !facts.isLevel, random.chance(0.1) { phrases = Phrases.otherScopes }
    speaker.sayOne(of: phrases)
    if !last { speaker.say(random.chance(0.8) ? "。" : "；") }
  }

  private mutating func requestFigures() {
    let carriedIn = facts.value("carriedIn")
    let carriedOut = facts.value("carriedOut")
    let hides = contradiction == .allDone
    let flow = random.int(0...9)
    if flow < 2, !hides {
      speaker.sayOne(of: Phrases.whole)
    } else if flow == 2, carriedOut > 0, facts.value("unable") > 0, !hides {
      speaker.sayOne(of: Phrases.closing)
      return
    } else {
      if flow < 5, carriedIn > 0 {
        speaker.sayOne(of: Phrases.receivedAll)
      } else {
        speaker.sayOne(of: Phrases.received)
        if random.chance(0.25) { speaker.sayOne(of: Phrases.comparisons) }
        let applicants = random.chance(0.3)
        if applicants, facts.value("received") > 0 { speaker.sayOne(of: Phrases.applicants) }
        if carriedIn > 0, random.chance(0.7) {
          speaker.sayOne(of: Phrases.carriedIn)
        } else if carriedIn == 0, random.chance(0.2) {
          speaker.sayOne(of: Phrases.nothingCarriedIn)
        }
      }
      if random.chance(0.8) {
        let both = flow == 5 && carriedIn > 0 && !speaker.names.contains("carriedIn")
        speaker.sayOne(of: both ? Phrases.doneWithCarriedIn : Phrases.done)
      }
      if carriedOut > 0, !hides, random.chance(0.8) {
        speaker.sayOne(of: Phrases.carriedOut)
      } else if carriedOut == 0, random.chance(0.2) {
        speaker.sayOne(of: Phrases.nothingCarriedOut)
      }
      if hides || carriedOut == 0 && random.chance(0.25) { speaker.sayOne(of: Phrases.allDone) }
    }
    if facts.value("done") > 0, random.chance(0.6) { outcomes() }
  }

  private mutating func outcomes() {
    var entries = Phrases.outcomeWords.filter { facts.value($0.name) > 0 || random.chance(0.3) }
    let together = random.chance(0.15) && facts.value("both") > 0
    if together { entries.removeAll { $0.name == "granted" || $0.name == "partial" } }
    guard !entries.isEmpty || together else { return }
    speaker.sayOne(of: Phrases.outcomeLeads)
    let mark = random.pick(["，", "，", "；", "、"])
    let isAhead = random.chance(0.8)
    let hasReasons = random.chance(0.2)
    let hasShares = !hasReasons && mark == "；" && speaker.names.contains("done")
    var isFirst = true
    if together {
      speaker.sayOne(of: Phrases.both)
      isFirst = false
    }
    for entry in entries {
      if !isFirst { speaker.say(mark) }
      isFirst = false
      speaker.sayOne(of: isAhead ? entry.ahead : entry.behind)
      if hasReasons { reasons(of: entry.name) }
      if hasShares { speaker.say("，占[办结总数的|办结的|]{%\(entry.name)/done}") }
    }
  }

  private mutating func reasons(of name: String) {
    let rows = (Phrases.reasons[name] ?? []).filter { facts.has($0.row) && facts.value($0.row) > 0 }
    guard !rows.isEmpty else { return }
    speaker.say("（[其中|]")
    speaker.say(rows.map { "\($0.words){-\($0.row)}" }.joined(separator: random.pick(["、", "，"])))
    speaker.say("）")
  }

  // MARK: The rest

  private mutating func disclosure() {
    guard random.chance(0.6) else { return }
    let known = Phrases.table2.filter { phrase in
      ["license", "penalty", "coercion", "issued", "repealed", "inForce"].allSatisfy { name in
        facts.has(name) || !phrase.contains("{\(name)")
      }
    }
    if random.chance(0.5) {
      speaker.sayOne(of: Phrases.published)
      speaker.say("。")
    }
    if random.chance(0.6), !known.isEmpty {
      speaker.sayOne(of: known)
    } else {
      speaker.sayOne(of: Phrases.published)
    }
  }

  private mutating func disputes() {
    let (review, suit) = (facts.value("review"), facts.value("suit"))
    if review == 0, suit == 0 {
      speaker.sayOne(of: random.chance(0.7) ? Phrases.noDisputes : Phrases.disputes)
    } else if suit == 0, random.chance(0.5) {
      speaker.sayOne(of: Phrases.review)
    } else if review == 0, random.chance(0.5) {
      speaker.sayOne(of: Phrases.suit)
    } else {
      speaker.sayOne(of: Phrases.disputes)
    }
  }
}
