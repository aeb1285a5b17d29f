public import Checking
public import Reports
public import Roster

/// What is said about one file: the same on every path, whether it was dropped or checked by hand.
public struct Verdict: Sendable {
  public var outcome: Outcome
  public let refusal: Refusal?
  public let report: Report?
  public private(set) var findings: [Finding]

  /// A file that gives no report.
  public init(_ refusal: Refusal) {
    outcome = refusal.outcome
    self.refusal = refusal
    report = nil
    findings = []
  }

  /// The verdict on what the worker read.
  ///
  /// - Parameters:
  ///   - received: the day the file came in; `nil` for a check by hand.
  ///   - roster: who must report, where the office has said so.
  ///   - before: the same unit's report for the year before, where the journal has it.
  public init(
    on result: ReadingResult, received: CalendarDate?, roster: Roster?,
    before: ReportBefore = .missing, language: Language
  ) {
    guard let report = result.report else {
      self.init(result.refusal ?? Refusal(.notAReport))
      return
    }
    let answer = report.unit.flatMap { roster?.match(unit: $0, region: report.region) }
    let findings = check(
      report,
      in: CheckingContext(
        language: language, received: received, roster: answer, previous: before.report))
    self.init(report, findings)
  }

  /// The verdict that findings give.
  init(_ report: Report, _ findings: [Finding]) {
    outcome = Outcome.of(findings)
    refusal = nil
    self.report = report
    self.findings = findings
  }

  /// Adds what only the journal knows, and judges anew.
  public mutating func add(_ finding: Finding) {
    findings.append(finding)
    findings.sort { ($0.failed ? 0 : 1, $0.severity) < ($1.failed ? 0 : 1, $1.severity) }
    outcome = Outcome.of(findings)
  }

  public var errors: Int { count(.error) }
  public var warnings: Int { count(.warning) }

  private func count(_ severity: Finding.Severity) -> Int {
    findings.count { $0.failed && $0.severity == severity }
  }
}

extension Finding {
  /// Something is wrong, and not merely unassessable.
  fileprivate var failed: Bool { status == .fail }
}
