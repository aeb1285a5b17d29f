import FoundationEssentials
import GRDB
public import Reports

/// What a report has besides its identity and its figures, as JSON, packed, in `reports.detail`.
///
/// The text of the sections is left out: it is most of a report's bytes, the original in the archive has it, and nothing
/// but reading the original again needs it. What tells whether another report has the same text is kept.
struct ReportDetail: Codable {
  var doubts: [Doubt]
  var structure: Structure
  var evidence: [Evidence]
  var statements: [Reports.Statement]

  init(_ report: Report) {
    doubts = report.doubts
    structure = report.structure.withoutText
    evidence = report.evidence
    statements = report.statements
  }

  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  init(json: [UInt8]) throws {
    self = try JSONDecoder().decode(ReportDetail.self, from: Data(json))
  }
}

extension Report {
  /// As the journal keeps it and gives it back: without the text of its sections. Receipts and checks that must come out
  /// the same after a restart are made from this.
  public var asJournaled: Report {
    var copy = self
    copy.structure = structure.withoutText
    return copy
  }

  /// Columns of `reports` from `unit` to `t4`.
  var columns: [DatabaseValue] {
    [
      unit.databaseValue, region.databaseValue, (kind?.rawValue).databaseValue,
      year.map(Int64.init).databaseValue, title.databaseValue,
      (published?.description).databaseValue, (template.two?.rawValue).databaseValue,
      (template.three?.rawValue).databaseValue, (template.four?.rawValue).databaseValue,
    ]
  }
}
