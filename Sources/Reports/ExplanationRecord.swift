import Forms

/// The `explain` object of schema `shoubao.check/1`, which `check --explain` adds.
struct ExplanationRecord: Encodable {
  private let rows: [Explanation.Row]
  private let doubts: [Doubt]
  private let evidence: [Evidence]
  private let report: Report

  init(_ explanation: Explanation, of report: Report) {
    rows = explanation.rows
    doubts = report.doubts
    evidence = report.evidence
    self.report = report
  }

  private enum Key: String, CodingKey { case rows, doubts, evidence }

  func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(rows.map(RowRecord.init), forKey: .rows)
    try object.encode(doubts.map(DoubtRecord.init), forKey: .doubts)
    try object.encode(
      evidence.map { EvidenceRecord(evidence: $0, agrees: report.agrees(with: $0)) },
      forKey: .evidence)
  }
}

private struct RowRecord: Encodable {
  let row: Explanation.Row

  private enum Key: String, CodingKey {
    case table, row, label, match, similarity, place, fields
  }
  private enum FieldKey: String, CodingKey { case text, place, cell }

  func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(row.table, forKey: .table)
    try object.encode(row.row, forKey: .row)
    try object.encode(row.label, forKey: .label)
    try object.encode(row.match, forKey: .match)
    // Two decimals are all that a person makes of it.
    try object.encode((row.similarity * 100).rounded() / 100, forKey: .similarity)
    try object.encode(row.place, forKey: .place)
    var fields = object.nestedUnkeyedContainer(forKey: .fields)
    for field in row.fields {
      var inner = fields.nestedContainer(keyedBy: FieldKey.self)
      try inner.encode(field.text, forKey: .text)
      try inner.encode(field.place, forKey: .place)
      try inner.encode(field.cell, forKey: .cell)
    }
  }
}

private struct DoubtRecord: Encodable {
  let reason: Doubt.Reason
  let cells: [CellKey]
  let quote: String

  init(_ doubt: Doubt) {
    reason = doubt.reason
    cells = doubt.cells
    quote = doubt.quote
  }
}

private struct EvidenceRecord: Encodable {
  let evidence: Evidence
  let agrees: Bool?

  private enum Key: String, CodingKey { case subject, source, value, quote, agrees }

  func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(evidence.subject, forKey: .subject)
    try object.encode(evidence.source, forKey: .source)
    try object.encode(evidence.value, forKey: .value)
    try object.encode(evidence.quote, forKey: .quote)
    try object.encode(agrees, forKey: .agrees)
  }
}

extension Report {
  /// Whether a piece of evidence says what the report was taken for; `nil` where it decides nothing by itself.
  public func agrees(with evidence: Evidence) -> Bool? {
    switch evidence.subject {
    // With or without its county, 长乐镇 or 长乐镇人民政府: no other name.
    case .unit: unit.map { $0.contains(evidence.value) || evidence.value.contains($0) }
    case .region: region.map { $0.hasSuffix(evidence.value) || evidence.value.hasSuffix($0) }
    case .year: year.map { String($0) == evidence.value }
    case .published: published.map { $0.description == evidence.value }
    case .period: year.map { evidence.value.hasPrefix(String($0)) }
    case .notice, .speaker: nil
    }
  }
}
