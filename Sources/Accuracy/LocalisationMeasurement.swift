import Checking
import Forms
import Glibc
import Reports

/// What the program says about where the wrong cells are, held against where they are.
public struct LocalisationMeasurement: Sendable {
  public var reports = 0
  /// Reports on which exactly the broken relations fail.
  public var exactChecks = 0
  /// One cell is named, and it is the one.
  public var namedRight = 0
  /// One cell is named, and it is not the one or its figure is another.
  public var namedWrong = 0
  /// Several ways are told.
  public var ties = 0
  /// The true cells and figures are among the corrections: of each group of relations that fails.
  public var among = 0
  /// They are, and a reader of the message sees them: among the first.
  public var told = 0
  /// Fewer cells than were changed explain everything, so that no search for the fewest can name the true ones.
  public var masked = 0
  /// More cells than can be located.
  public var tooMany = 0
  /// The true cells are not among the corrections, and should be.
  public var missed = 0
  /// The slip is named in the first correction.
  public var slipNamed = 0
  /// Reports with slips that have a name, and are not masked.
  public var slips = 0
  /// What localising took, in nanoseconds, report by report.
  public var times: [Int] = []
  /// The first that are not as they should be.
  public var examples: [String] = []

  public init() {}

  /// Neither masked nor more than can be located: the true cells must be told.
  public var locatable: Int { reports - masked - tooMany }

  /// Whether everything is told that can be told, and nothing that is not so.
  public var isRight: Bool { exactChecks == reports && namedWrong == 0 && missed == 0 }

  public mutating func add(_ other: Self) {
    reports += other.reports
    exactChecks += other.exactChecks
    namedRight += other.namedRight
    namedWrong += other.namedWrong
    ties += other.ties
    among += other.among
    told += other.told
    masked += other.masked
    tooMany += other.tooMany
    missed += other.missed
    slipNamed += other.slipNamed
    slips += other.slips
    times += other.times
    examples += other.examples.prefix(max(0, 20 - examples.count))
  }

  public mutating func add(_ test: LocalisationCase) {
    reports += 1
    let begun = processorTime()
    let found = localise(test.report)
    times.append(processorTime() - begun)

    let findings = check(test.report).filter { finding in
      Relation.Family.allCases.contains { finding.check.hasPrefix($0.rawValue) }
        && finding.status == .fail
    }
    let failing = Set(findings.map(\.check))
    if failing == test.broken, failing == Set(found.flatMap(\.failing)) {
      exactChecks += 1
    } else {
      note("fails \(failing.sorted()), broken \(test.broken.sorted())", test)
    }
    let groups = found.map { (localisation: $0, truth: test.truth(about: $0)) }
    let isMasked = groups.contains { group in
      group.localisation.fewest.map { $0 < group.truth.count } == true
        && !group.localisation.corrections.contains { $0.tells(group.truth) }
    }
    let isAmong = groups.allSatisfy { group in
      group.localisation.corrections.contains { $0.tells(group.truth) }
    }
    // All sets of the smallest size are told: the true one is among them if it has that size.
    let isMissed = groups.contains { group in
      guard let fewest = group.localisation.fewest, group.localisation.isComplete else {
        return false
      }
      return fewest >= group.truth.count
        && !group.localisation.corrections.contains { $0.tells(group.truth) }
    }
    among += isAmong ? 1 : 0
    masked += isMasked ? 1 : 0
    missed += isMissed ? 1 : 0
    tooMany += isAmong || isMasked || isMissed ? 0 : 1
    if isMissed { note("not among the corrections", test) }
    ties += found.contains { $0.corrections.count > 1 } ? 1 : 0
    if isAmong,
      groups.allSatisfy({ group in
        let ways = group.localisation.corrections
        return ways.prefix(ways.count > 4 ? 3 : 4).contains { $0.tells(group.truth) }
      })
    {
      told += 1
    }
    let suspects = Set(findings.compactMap(\.suspect))
    let isRight = suspects.allSatisfy { suspect in
      test.truth[suspect.cell].map(suspect.balancesAt.equals) == true
    }
    if !isRight, !isMasked {
      namedWrong += 1
      note("names \(suspects.map(\.cell))", test)
    } else if isRight, !suspects.isEmpty {
      namedRight += 1
    }
    if !isMasked, test.faults.contains(where: { $0.slip != nil }) {
      slips += 1
      let named = found.flatMap { $0.corrections.first?.mistakes.map(\.slip) ?? [] }
      if test.faults.compactMap(\.slip).allSatisfy(named.contains) { slipNamed += 1 }
    }
  }

  private mutating func note(_ what: String, _ test: LocalisationCase) {
    guard examples.count < 20 else { return }
    let truth = test.truth.sorted { $0.key < $1.key }
      .map { "\($0.key) \(test.report.number($0.key)?.description ?? "-") (\($0.value))" }
    examples.append(
      "\(test.faults.map(\.rawValue).joined(separator: " + ")) in \(truth.joined(separator: ", ")): \(what)"
    )
  }
}

extension LocalisationCase {
  /// The true figures of the cells that the relations of a group contain.
  fileprivate func truth(about localisation: Localisation) -> [CellKey: Figure] {
    let blocks = localisation.failing.filter { $0.hasPrefix(Relation.Family.caseSum.rawValue) }
      .map { $0.dropFirst(Relation.Family.caseSum.rawValue.count + 1) }
    return truth.filter { key, _ in
      blocks.isEmpty ? key.table == .three : key.table == .four && blocks.contains(key.row)
    }
  }
}

extension Correction {
  /// Whether these are the cells, and the figures where they are certain.
  fileprivate func tells(_ truth: [CellKey: Figure]) -> Bool {
    let changes = changes
    return changes.count == truth.count
      && changes.allSatisfy { change in
        guard let figure = truth[change.cell] else { return false }
        return change.balancesAt.map(figure.equals) ?? true
      }
  }
}

/// What this thread has used of a processor, in nanoseconds.
func processorTime() -> Int {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return time.tv_sec * 1_000_000_000 + time.tv_nsec
}
