import Checking
import Collection
import Digests
import Journal
import Receipts
import Reports
import Roster

// Checks that need more than one report: made when a report is judged, and made again for those that it is compared with.

extension Daemon {
  // MARK: What others say about a report

  /// The report of the same unit for the year before.
  func before(_ report: Report, folder: String) throws(JournalError) -> ReportBefore {
    guard let filer = Filer(report, folder: folder),
      let newest = try neighbour(of: filer, year: filer.year - 1)
    else { return .missing }
    let versions = try journal.reader.versions(endingWith: newest.arrival)
    guard let chain = VersionChain(versions), let standing = chain.standing else {
      return .returned(arrival: newest.arrival)
    }
    guard let stored = try journal.reader.report(standing.arrival) else { return .missing }
    return .stands(stored, arrival: standing.arrival)
  }

  /// The newest report of the same unit for another year: by its name, or as the roster knows it.
  private func neighbour(of filer: Filer, year: Int) throws(JournalError) -> Filed? {
    let there = Filer(
      unit: filer.unit, region: filer.region, kind: filer.kind, year: year, folder: filer.folder)
    let named = try journal.reader.current(namedAs: there)
    if let index = there.latest(among: named.map(\.filer)) { return named[index] }
    guard let finder,
      let entry = finder.entry(unit: filer.unit, region: filer.region, kind: filer.kind)
    else { return nil }
    return try filings?.newest(of: entry, year: year, journal.reader)
  }

  /// Findings on a report that come from others. `number`: its own; only what came before it can be copied by it.
  func across(
    _ report: Report, _ number: Int, folder: String, before: ReportBefore
  ) throws(JournalError) -> [Finding] {
    let language = configuration.language
    guard let filer = Filer(report, folder: folder) else { return [] }
    var findings = acrossYears(report, before: before, language: language)
    if report.hasFigures {
      let same = try journal.reader.sameFigures(as: report, before: number)
      if let other = same.first(where: {
        filer.latest(among: [$0.filer]) == nil && !isSameUnit($0, filer)
      }) {
        findings.append(
          otherUnit(
            other.unit, arrival: other.arrival, received: other.received.date, language: language))
      }
    }
    if report.kind == .level, let sums = try memberSums(report) {
      findings += aggregation(report, sums, language: language)
    }
    return findings
  }

  /// By the roster: one unit under two names.
  private func isSameUnit(_ filed: Filed, _ filer: Filer) -> Bool {
    guard let finder, let entry = finder.entry(of: filed) else { return false }
    return entry == finder.entry(unit: filer.unit, region: filer.region, kind: filer.kind)
  }

  /// What the members of a level's report add up to; `nil`: it has none here.
  private func memberSums(_ report: Report) throws(JournalError) -> MemberSums? {
    guard let year = report.year, let unit = report.unit,
      let place = Region.governed(by: unit) ?? report.region
    else { return nil }
    let today = Journal.now().date
    let totals: Totals
    if let standing = try filings?.standing(in: place, year: year, today: today, journal.reader) {
      totals = try Totals(journal.reader, standing, region: place, hasRoster: true)
    } else {
      totals = try Totals(journal.reader, year: year, region: place, roster: nil, today: today)
    }
    let membership = totals.membership
    // A level without organs here would be added to itself.
    let members = membership.members.filter { $0.report.unit != unit }
    guard !members.isEmpty, members.count == membership.members.count else { return nil }
    return MemberSums(
      sums: totals.sums, members: members.count,
      absent: roster.map { _ in (membership.missing + membership.returned).map(\.unit) })
  }

  // MARK: What a report says about others

  /// Makes the checks again of those that reports are compared with: the same unit's for the next year at once, those of the
  /// level that they are part of when nothing else waits.
  func recheckNeighbours(of filers: [Filer]) throws {
    var next: [Int] = []
    for filer in filers {
      if let later = try neighbour(of: filer, year: filer.year + 1) { next.append(later.arrival) }
      levelsToRecheck[filer.year, default: RegionSet()].insert(place(of: filer))
    }
    try recheck(next)
  }

  private func place(of filer: Filer) -> String {
    let entry = finder?.entry(unit: filer.unit, region: filer.region, kind: filer.kind)
    return entry.map(Membership.place)
      ?? Membership.place(unit: filer.unit, region: filer.region, kind: filer.kind)
  }

  /// The next report of a level that has something new in it.
  /// - Returns: whether there may be more.
  func recheckLevels() throws -> Bool {
    if waitingLevels.isEmpty, let (year, places) = levelsToRecheck.popFirst() {
      waitingLevels = try journal.reader.levels(year: year) { level in
        places.hasOne(
          in: Membership.place(unit: level.unit, region: level.region, kind: level.kind))
      }.reversed()
    }
    guard let level = waitingLevels.popLast() else { return false }
    watchdog.beat(Daemon.loop, doing: "comparing levels with their members")
    try recheck([level])
    return true
  }

  /// Judges reports again by what others say now; everything else that was said of them stands.
  private func recheck(_ numbers: [Int]) throws {
    var judgements: [Judgement] = []
    for number in numbers {
      watchdog.beat(Daemon.loop, doing: "comparing reports")
      guard let detail = try journal.reader.arrival(number), let result = detail.arrival.result,
        let report = detail.report, result.outcome != .duplicate
      else { continue }
      let folder = detail.arrival.folder
      let new = try across(
        report, number, folder: folder, before: try before(report, folder: folder))
      let old = detail.findings.filter { isAcrossReports($0.check) }
      guard Set(new) != Set(old) else { continue }
      var verdict = Verdict(report, detail.findings.filter { !isAcrossReports($0.check) })
      for finding in new { verdict.add(finding) }
      var judgement = Judgement(
        number: number, digest: result.sha256, size: result.size, format: result.format,
        encoding: result.encoding, outcome: verdict.outcome, report: report,
        findings: verdict.findings, duration: result.duration, collection: result.year)
      // What is only a remark, or no longer said, needs nobody's attention.
      let failed = new.filter { $0.status == .fail && $0.severity != .info && !old.contains($0) }
      if verdict.outcome == .returned || !failed.isEmpty {
        judgement.notifications = [notification(report, verdict, failed)]
      }
      judgements.append(judgement)
    }
    try rejudge(judgements)
  }

  private func notification(
    _ report: Report, _ verdict: Verdict, _ failed: [Finding]
  ) -> NotificationRequest {
    let language = configuration.language
    let sentence = outcomeSentence(verdict.outcome, findings: verdict.findings, language: language)
    let first = failed.first.map(\.message) ?? ""
    return NotificationRequest(
      to: report.unit.map { .unit($0, region: report.region) } ?? .office,
      subject: verdict.outcome == .returned ? Outcome.returned.rawValue : "rechecked",
      message: language.say(
        "收到可以比对的另一份报告后重新核对：\(sentence)\(first)",
        en: "Compared with another report that has come: \(sentence) \(first)"))
  }
}
