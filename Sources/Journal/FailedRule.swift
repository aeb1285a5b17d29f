import GRDB
import Reports

/// A row of table `failed`, but for the arrival's number: a check that failed with an error or a warning, however often. The
/// overview counts these over a whole year, and unpacks no findings for it. They are derived from the rows that the entries
/// pin, and `verify` compares them with those.
struct FailedRule: Hashable, Comparable, CustomStringConvertible {
  let rule: String
  let severity: String

  var description: String { "\(rule) \(severity)" }

  static func < (a: FailedRule, b: FailedRule) -> Bool {
    (a.rule, a.severity) < (b.rule, b.severity)
  }

  /// - Parameter findings: the canonical bytes of all findings of an arrival.
  /// - Returns: each once, in order. Of bytes that are no findings, those before.
  static func all(_ findings: [UInt8]) -> [FailedRule] {
    findings.withUnsafeBytes { bytes in
      var fields = CanonicalFields(bytes)
      var failed: Set<FailedRule> = []
      var texts: [UnsafeRawBufferPointer?] = []
      while let field = fields.next() {
        if case .text(let text) = field { texts.append(text) } else { texts.append(nil) }
        guard texts.count == Schema.Pinned.findingCount else { continue }
        // Columns in the order of `Schema.Pinned.finding`.
        if let rule = texts[2], let status = texts[3], let severity = texts[4],
          status.elementsEqual(Finding.Status.fail.rawValue.utf8),
          !severity.elementsEqual(Finding.Severity.info.rawValue.utf8)
        {
          failed.insert(
            FailedRule(
              rule: String(decoding: rule, as: UTF8.self),
              severity: String(decoding: severity, as: UTF8.self)))
        }
        texts.removeAll(keepingCapacity: true)
      }
      return failed.sorted()
    }
  }

  static func insert(_ failed: [FailedRule], _ db: Database, _ arrival: DatabaseValue) throws {
    for row in failed {
      try db.insert("failed", [arrival, row.rule.databaseValue, row.severity.databaseValue])
    }
  }
}
