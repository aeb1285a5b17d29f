public import Reports
public import Roster

/// What a check knows beside the report itself.
public struct CheckingContext: Sendable {
  public var language: Language
  /// The day the report came in.
  public var received: CalendarDate?
  /// What the roster says of the report's unit; `nil` where there is no roster.
  public var roster: Roster.Answer?
  /// The current report of the same unit for the year before, where the journal has it.
  public var previous: Report?

  public init(
    language: Language = .chinese, received: CalendarDate? = nil, roster: Roster.Answer? = nil,
    previous: Report? = nil
  ) {
    self.language = language
    self.received = received
    self.roster = roster
    self.previous = previous
  }
}

/// Everything that section 11 of the format reference has to say about one report.
///
/// A check that passes says nothing. Failures come before what cannot be assessed, errors before warnings and infos,
/// then the order of the form; the same report gives the same findings.
///
/// What stands in the way is told once: a missing table, a missing row or a row of the wrong length is one finding,
/// and relations that cannot be assessed for this reason alone add none. Where several relations of a family cannot be
/// assessed for the same reason (blank cells, or cells that the program is not sure of), one finding with the id of
/// the family (`T3-ROWSUM`) lists the cells; a single one keeps its own id.
public func check(_ report: Report, in context: CheckingContext = .init()) -> [Finding] {
  let inquiry = Inquiry(report, context)
  let findings =
    inquiry.structureFindings + inquiry.remarkFindings + inquiry.copyFindings
    + inquiry.tableFindings + inquiry.rowFindings
    + inquiry.templateFindings + inquiry.headFindings + inquiry.identityFindings
    + inquiry.valueFindings
    + inquiry.table2Findings + inquiry.relationFindings + inquiry.digitSplitFindings
    + inquiry.table3Findings + inquiry.table4Findings + inquiry.textFigureFindings
    + inquiry.statementFindings + inquiry.textYearFindings + inquiry.dutyFindings
    + inquiry.placeholderFindings + inquiry.deadlineFindings
  return ordered(inquiry.isScan ? findings.map(guessed) : findings)
}

/// Failures first, by severity, then as they stand on the form.
private func ordered(_ findings: [Finding]) -> [Finding] {
  guard findings.count > 1 else { return findings }
  return findings.enumerated()
    .map { (rank: rank($0.element) + [$0.offset], finding: $0.element) }
    .sorted { $0.rank.lexicographicallyPrecedes($1.rank) }
    .map(\.finding)
}

private func rank(_ finding: Finding) -> [Int] {
  let first = finding.cells.min()
  let group =
    switch finding.check.prefix(3) {
    case "FMT", "ID-": 0
    case "TXT": 5
    case "DL-", "DUP": 6
    default: first?.table.rawValue ?? 1
    }
  return [
    finding.status == .fail ? 0 : 1,
    Finding.Severity.allCases.firstIndex(of: finding.severity) ?? 0, group,
    first.map { Int($0.index) } ?? 0, Rule.place(of: finding.check),
  ]
}
