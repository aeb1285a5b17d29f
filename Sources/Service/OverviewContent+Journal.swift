import Collection
import Forms
import Journal
import Receipts
import Reports
import Roster

// What the pages of the overview say, from the journal and the roster alone.

extension OverviewContent {
  /// - Parameters:
  ///   - year: the report year that is collected.
  ///   - waiting: files without an outcome.
  ///   - goOn: called between the parts.
  /// - Throws: also what `goOn` throws.
  init(
    _ journal: JournalReader, roster: Roster?, year: Int, today: CalendarDate, waiting: Int,
    language: Language, goOn: () throws(JournalError) -> Void = {}
  ) throws(JournalError) {
    let known = try journal.reportYears((year - OverviewContent.yearsShown + 1)...year)
    // Years without a report between others are shown: somebody missed them all.
    let years = Array((known.first ?? year)...year)
    self.init(language: language, today: today, year: year, years: years, hasRoster: roster != nil)
    self.waiting = waiting
    let now = try RosterStanding(journal, year: year, today: today, roster: roster)
    try goOn()
    let before = try RosterStanding(journal, year: year - 1, today: today, roster: roster)
    try goOn()
    progress = Progress(
      now: now.filingDays, before: before.filingDays, today: today.day(after: year))
    try addMeasures(journal, now, before)
    try goOn()
    let (checks, reports) = try journal.failedChecks(year: year, family: checkFamily)
    judgedCount = reports
    mistakes = checks.prefix(12).map {
      Mistake(check: $0.check, severity: $0.severity, reports: $0.reports)
    }
    try addRefused(journal)
    try goOn()
    let count = now.units.count + now.unexpected.count
    guard count <= OverviewContent.boardLimit else {
      self.years = [year]
      addUnits([now], [nil])
      return
    }
    var standings: [RosterStanding] = []
    var receipts: [[Int: [UInt8]]?] = []
    for shown in years {
      switch shown {
      case year: standings.append(now)
      case year - 1: standings.append(before)
      default:
        standings.append(
          try RosterStanding(journal, year: shown, today: today, roster: roster))
      }
      receipts.append(try journal.receiptPaths(year: shown))
      try goOn()
    }
    addUnits(standings, receipts)
    guard units.count <= OverviewContent.boardLimit else { return }
    try addFigures(journal, standings, goOn)
  }

  private static let yearsShown = 10

  // MARK: Units

  /// - Parameter receipts: of each year; `nil`: there are too many units for a board, and only what must be mended is told one by one.
  private mutating func addUnits(_ standings: [RosterStanding], _ receipts: [[Int: [UInt8]]?]) {
    var pages = PageNames()
    let hasPages = standings[standings.count - 1].units.count <= OverviewContent.boardLimit
    for (place, unit) in (standings.last?.units ?? []).enumerated() {
      let cells = zip(standings, receipts).map { standing, receipts in
        // All years have the same roster.
        Standing(standing.units[place], isThisYear: standing.year == year, receipts)
      }
      let entry = unit.entry
      units.append(
        Unit(
          name: entry.unit, region: entry.region, due: unit.due, standings: cells,
          page: hasPages ? pages.name(entry.unit, entry.region) : nil))
    }
    // Who is on no roster: by name, region and kind of report.
    var places: [Stranger: Int] = [:]
    var strangers: [(newest: Filed, chains: [VersionChain?])] = []
    for (index, standing) in standings.enumerated() {
      for chain in standing.unexpected {
        let place = places[Stranger(chain.newest)] ?? strangers.count
        if place == strangers.count {
          places[Stranger(chain.newest)] = place
          strangers.append((chain.newest, standings.map { _ in nil }))
        }
        strangers[place].chains[index] = chain
      }
    }
    let hasMorePages = hasPages && units.count + strangers.count <= OverviewContent.boardLimit
    for stranger in strangers {
      let cells = zip(stranger.chains, receipts).map { chain, receipts in
        chain.map { Standing($0, receipts) } ?? Standing(state: .none)
      }
      let (name, region) = (stranger.newest.unit, stranger.newest.region ?? "")
      units.append(
        Unit(
          name: name, region: region, due: nil, standings: cells,
          page: hasMorePages ? pages.name(name, region) : nil))
    }
  }

  private struct Stranger: Hashable {
    let name: NameKey
    let kind: Report.Kind?

    init(_ report: Filed) {
      name = NameKey(report.unit, region: report.region ?? "")
      kind = report.kind
    }
  }

  // MARK: Figures

  private static let measured: [(chinese: String, english: String, key: String)] = [
    ("新收申请（件）", "requests received", "t3.new_received.total"),
    ("上年结转（件）", "carried in", "t3.carried_in.total"),
    ("予以公开（件）", "granted", "t3.granted.total"),
    ("部分公开（件）", "partly granted", "t3.partial.total"),
    ("办理结果总计（件）", "answered", "t3.results_total.total"),
    ("结转下年度（件）", "carried out", "t3.carried_out.total"),
    ("行政复议（件）", "reviews", "t4.review.total"),
    ("未经复议直接起诉（件）", "suits without review", "t4.suit_direct.total"),
    ("复议后起诉（件）", "suits after review", "t4.suit_after_review.total"),
    ("行政许可决定（件）", "licences decided", "t2.license.decisions"),
    ("行政处罚决定（件）", "penalties decided", "t2.penalty.decisions"),
  ]

  private var names: [String] {
    OverviewContent.measured.map { language.say($0.chinese, en: $0.english) }
  }

  private static let keys = measured.compactMap { CellKey($0.key) }

  private mutating func addMeasures(
    _ journal: JournalReader, _ now: RosterStanding, _ before: RosterStanding
  ) throws(JournalError) {
    func sums(_ standing: RosterStanding) throws(JournalError) -> CellSums {
      let membership = Membership(standing, region: nil, hasRoster: hasRoster)
      return try journal.sums(of: membership.members.map(\.arrival))
    }
    let (mine, older) = (try sums(now), try sums(before))
    measures = zip(names, OverviewContent.keys).map { name, key in
      Measure(
        name: name, before: older[key].figure?.description, now: mine[key].figure?.description)
    }
  }

  private mutating func addFigures(
    _ journal: JournalReader, _ standings: [RosterStanding],
    _ goOn: () throws(JournalError) -> Void
  ) throws(JournalError) {
    let names = names
    for index in units.indices {
      try goOn()
      var columns: [[String?]] = []
      for standing in units[index].standings {
        let counts = standing.filings.last { $0.outcome != .returned }
        let figures = try counts.map { (filing) throws(JournalError) in
          try journal.figures(of: filing.arrival, OverviewContent.keys)
        }
        columns.append(figures.map { $0.map { $0?.description } } ?? names.map { _ in nil })
      }
      units[index].figures = names.enumerated().map { row, name in
        Figures(name: name, values: columns.map { $0[row] })
      }
    }
  }

  // MARK: Files that are no report

  private mutating func addRefused(_ journal: JournalReader) throws(JournalError) {
    let counts = try journal.counts(collection: year)
    refusedCount = counts[.unrecognised] + counts[.unreadable]
    guard refusedCount > 0 else { return }
    let limit = 20
    var files: [Arrival] = []
    for outcome in [Outcome.unrecognised, .unreadable] {
      files += try journal.arrivals(.init(year: year, outcome: outcome, limit: limit))
    }
    files.sort { $0.number > $1.number }
    for file in files.prefix(limit) {
      guard let result = file.result else { continue }
      let receipt = try journal.receiptPath(file.number)
      refused.append(
        Refused(
          file: file.displayName,
          filing: Filing(
            arrival: file.number, received: file.received.date, outcome: result.outcome, errors: 0,
            warnings: 0, receipt: receipt.map { $0 + Array(Outbox.endings[0].utf8) })))
    }
  }
}

extension OverviewContent.Standing {
  /// - Parameter isThisYear: only then is somebody late; of earlier years nobody is chased any more.
  fileprivate init(_ unit: UnitStanding, isThisYear: Bool, _ receipts: [Int: [UInt8]]?) {
    guard let chain = unit.chain else {
      let state: State =
        !isThisYear ? .missing : unit.isLate ? .late : unit.isDueSoon ? .dueSoon : .missing
      self.init(state: state, daysLeft: unit.daysLeft)
      return
    }
    self.init(chain, receipts)
    isFiledLate = unit.isLate
    guard let receipts, !unit.others.isEmpty else { return }
    let others = unit.others.flatMap(\.versions).map { OverviewContent.Filing($0, receipts) }
    filings = others + filings
  }

  fileprivate init(_ chain: VersionChain, _ receipts: [Int: [UInt8]]?) {
    let state: State =
      switch chain.standing?.outcome {
      case nil: .returned
      case _ where chain.isUnderCorrection: .correcting
      case .acceptedWithWarnings: .acceptedWithWarnings
      case .some: .accepted
      }
    let shown =
      if receipts != nil {
        chain.versions[...]
      } else if state == .returned || state == .correcting {
        chain.versions.suffix(1)
      } else {
        chain.versions.suffix(0)
      }
    self.init(
      state: state, filings: shown.map { OverviewContent.Filing($0, receipts ?? [:]) })
  }
}

extension OverviewContent.Filing {
  fileprivate init(_ report: Filed, _ receipts: [Int: [UInt8]]) {
    self.init(
      arrival: report.arrival, received: report.received.date, outcome: report.outcome,
      errors: report.errors, warnings: report.warnings,
      receipt: receipts[report.arrival].map { $0 + Array(Outbox.endings[0].utf8) })
  }
}

extension RosterStanding {
  /// The days on which units first filed, ascending; see ``OverviewContent/progress``.
  fileprivate var filingDays: [Int] {
    let chains = units.isEmpty ? unexpected : units.compactMap(\.chain)
    return chains.map { $0.first.received.date.day(after: year) }.sorted()
  }
}

extension CalendarDate {
  /// 1 is the first of January of the year after a report year.
  fileprivate func day(after reportYear: Int) -> Int {
    let newYear = CalendarDate(year: reportYear + 1, month: 1, day: 1)
    return daysSince1970 - (newYear?.daysSince1970 ?? 0) + 1
  }
}

/// Names of units' pages: those of the units, fit for a file and each its own.
private struct PageNames {
  private var taken: Set<String> = []

  mutating func name(_ unit: String, _ region: String) -> String {
    let plain = fit(unit)
    // Of several the first is called by its name alone, the others with their region.
    var name = taken.contains(plain) && !region.isEmpty ? fit("\(unit)（\(region)）") : plain
    var number = 2
    while !taken.insert(name).inserted {
      name = "\(plain)~\(number)"
      number += 1
    }
    return name + ".html"
  }

  private func fit(_ text: String) -> String {
    var name = ""
    for scalar in text.unicodeScalars where name.utf8.count < 200 {
      let isFit = scalar.value >= 0x20 && scalar != "/" && !(name.isEmpty && scalar == ".")
      name.unicodeScalars.append(isFit ? scalar : "_")
    }
    return name.isEmpty ? "_" : name
  }
}
