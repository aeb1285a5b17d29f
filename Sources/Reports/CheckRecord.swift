import Forms

/// The result for one file as programs read it: schema `shoubao.check/1`. Keys are fixed; `null` is written out.
public struct CheckRecord: Sendable, Encodable {
  public let file: String
  /// Hexadecimal; `nil` only for what has no bytes (a link, a FIFO, a file that cannot be opened).
  public let sha256: String?
  public let bytes: Int
  public let format: DocumentFormat
  public let encoding: String?
  public let outcome: Outcome
  public let reason: Reason?
  public let report: Report?
  public let findings: [Finding]

  public struct Reason: Sendable, Hashable, Encodable {
    public let code: Refusal.Code
    /// In the language of the service.
    public let message: String

    public init(code: Refusal.Code, message: String) {
      self.code = code
      self.message = message
    }
  }

  public init(
    file: String, sha256: String?, bytes: Int, format: DocumentFormat, encoding: String?,
    outcome: Outcome, reason: Reason?, report: Report?, findings: [Finding]
  ) {
    self.file = file
    self.sha256 = sha256
    self.bytes = bytes
    self.format = format
    self.encoding = encoding
    self.outcome = outcome
    self.reason = reason
    self.report = report
    self.findings = findings
  }

  private enum Key: String, CodingKey {
    case schema, file, sha256, bytes, format, encoding, outcome, reason, report, findings, explain
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode("shoubao.check/1", forKey: .schema)
    try object.encode(file, forKey: .file)
    try object.encode(sha256, forKey: .sha256)
    try object.encode(bytes, forKey: .bytes)
    try object.encode(format, forKey: .format)
    try object.encode(encoding, forKey: .encoding)
    try object.encode(outcome, forKey: .outcome)
    try object.encode(reason, forKey: .reason)
    try object.encode(report.map(ReportRecord.init), forKey: .report)
    try object.encode(findings.map(FindingRecord.init), forKey: .findings)
    // Only where it was asked for.
    if let report, let explanation = report.explanation {
      try object.encode(ExplanationRecord(explanation, of: report), forKey: .explain)
    }
  }
}

/// The `report` object of schema `shoubao.check/1`.
private struct ReportRecord: Encodable {
  let report: Report

  private enum Key: String, CodingKey {
    case title, unit, region, kind, year, published, template, cells, uncertain
  }
  private enum TemplateKey: String, CodingKey { case t2, t3, t4 }

  func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(report.title, forKey: .title)
    try object.encode(report.unit, forKey: .unit)
    try object.encode(report.region, forKey: .region)
    try object.encode(report.kind, forKey: .kind)
    try object.encode(report.year, forKey: .year)
    try object.encode(report.published, forKey: .published)
    var template = object.nestedContainer(keyedBy: TemplateKey.self, forKey: .template)
    try template.encode(report.template.two, forKey: .t2)
    try template.encode(report.template.three, forKey: .t3)
    // Table 4 is the same on both forms; the contract names it by the newer one.
    try template.encode(report.template.four.map { _ in Template.v2021 }, forKey: .t4)
    try object.encode(report.cells.mapValues(CellRecord.init), forKey: .cells)
    try object.encode(report.uncertain.sorted(), forKey: .uncertain)
  }
}

private struct CellRecord: Encodable {
  let cell: Cell

  private enum Key: String, CodingKey { case `class`, number, raw }

  func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(cell.class, forKey: .class)
    try object.encode(cell.number, forKey: .number)
    try object.encode(cell.raw, forKey: .raw)
  }
}

private struct FindingRecord: Encodable {
  let finding: Finding

  private enum Key: String, CodingKey {
    case check, status, severity, cells, expected, found, message, quote, suspect
  }
  private enum SuspectKey: String, CodingKey {
    case cell
    case balancesAt = "balances_at"
  }

  func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(finding.check, forKey: .check)
    try object.encode(finding.status, forKey: .status)
    try object.encode(finding.severity, forKey: .severity)
    try object.encode(finding.cells, forKey: .cells)
    try object.encode(finding.expected, forKey: .expected)
    try object.encode(finding.found, forKey: .found)
    try object.encode(finding.message, forKey: .message)
    try object.encode(finding.quote, forKey: .quote)
    if let suspect = finding.suspect {
      var inner = object.nestedContainer(keyedBy: SuspectKey.self, forKey: .suspect)
      try inner.encode(suspect.cell, forKey: .cell)
      try inner.encode(suspect.balancesAt, forKey: .balancesAt)
    } else {
      try object.encodeNil(forKey: .suspect)
    }
  }
}
