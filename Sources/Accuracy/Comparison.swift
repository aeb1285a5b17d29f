public import Forms
public import Generator
import Reading
import Recognition
public import Reports

import func Checking.check

/// What the program made of one printed report, held against the truth.
public struct Comparison: Sendable {
  public var exact = 0
  public var uncertain = 0
  /// Cells that nobody can tell from the print, and of which nothing false is said.
  public var unknowable = 0
  /// Values that are not what the document says, and are not marked uncertain. The worst there is.
  public var wrong: [CellKey] = []
  /// Cells of a printed table that the program does not list.
  public var missing: [CellKey] = []
  /// Cells listed that no printed table has.
  public var extra: [CellKey] = []
  /// Right values whose text is not as printed.
  public var otherText: [CellKey] = []
  /// `unit`, `region`, `year`, `published`, `kind`, where they differ; with both values.
  public var identity: [String] = []
  /// Checks that must fail and did not.
  public var missed: Set<String> = []
  /// Checks that failed and must not.
  public var unexpected: Set<String> = []
  /// Why it is called none, or cannot be read; then nothing else is compared.
  public var refusal: Refusal.Code?

  public var isRight: Bool {
    wrong.isEmpty && missing.isEmpty && extra.isEmpty && otherText.isEmpty && identity.isEmpty
      && missed.isEmpty && unexpected.isEmpty && refusal == nil
  }

  /// - Parameter checks: those that must fail, and no others; `nil` where only the figures are held against the truth.
  public init(
    of printed: PrintedReport, _ report: SyntheticReport, checks: Set<String>?
  ) {
    let recognised: Report
    do {
      switch recognise(try readDocument(printed.bytes).document) {
      case .report(let report): recognised = report
      case .refused(let refusal):
        self.refusal = refusal.code
        return
      }
    } catch {
      refusal = error.refusal.code
      return
    }
    // A row that is not printed has no figures to vouch for: blank or uncertain, as the program likes.
    compareCells(
      recognised,
      printed.truth.filter { key, _ in
        !report.rowsMissing.contains(String(key.row))
          || !recognised.uncertain.contains(key)
            && recognised.cells[key].map { $0.class != .blank } ?? false
      }, printed, rowsMissing: report.rowsMissing)
    guard let checks else { return }
    compareIdentity(recognised, report, printed)
    let failed = Set(
      check(recognised).filter { $0.status == .fail && $0.severity != .info }.map(\.check))
    missed = checks.subtracting(failed)
    unexpected = failed.subtracting(checks)
    // What is in doubt is counted cell by cell; to say so is right.
    if !recognised.uncertain.isEmpty { unexpected.remove("VAL-UNCERTAIN") }
  }

  private mutating func compareCells(
    _ report: Report, _ truth: [CellKey: Cell], _ printed: PrintedReport, rowsMissing: Set<String>
  ) {
    for (key, expected) in truth {
      if printed.mistyped.contains(key) || printed.unknowable.contains(key) {
        if let told = printed.restated[key], let cell = report.cells[key],
          Self.same(cell, told)
        {
          unknowable += 1
        } else {
          compareUnknowable(report, key, expected, mistyped: printed.mistyped.contains(key))
        }
      } else if report.uncertain.contains(key) {
        uncertain += 1
      } else if let cell = report.cells[key] {
        if !Self.same(cell, expected) {
          wrong.append(key)
        } else {
          exact += 1
          if cell.raw != expected.raw { otherText.append(key) }
        }
      } else {
        missing.append(key)
      }
    }
    extra = report.cells.keys.filter { key in
      truth[key] == nil && !report.uncertain.contains(key)
        && !rowsMissing.contains(String(key.row))
    }
  }

  /// A careful reader cannot tell: what is vouched for must still not be false.
  private mutating func compareUnknowable(
    _ report: Report, _ key: CellKey, _ expected: Cell, mistyped: Bool
  ) {
    guard !report.uncertain.contains(key), let cell = report.cells[key] else {
      unknowable += 1
      return
    }
    if mistyped ? cell.class == .text : Self.same(cell, expected) {
      unknowable += 1
    } else {
      wrong.append(key)
    }
  }

  private static func same(_ a: Cell, _ b: Cell) -> Bool {
    a.class == b.class
      && (a.number == b.number
        || (a.number != nil && a.number?.description == b.number?.description))
  }

  private mutating func compareIdentity(
    _ found: Report, _ report: SyntheticReport, _ printed: PrintedReport
  ) {
    func hold(_ name: String, _ found: String?, _ expected: String?) {
      if found != expected { identity.append("\(name): \(found ?? "–") ≠ \(expected ?? "–")") }
    }
    hold("unit", found.unit, report.organ.name)
    if let region = printed.region { hold("region", found.region, region) }
    hold("year", found.year.map(String.init), String(report.year))
    hold("published", found.published?.description, report.published.description)
    hold("kind", found.kind?.rawValue, report.organ.kind.rawValue)
  }
}
