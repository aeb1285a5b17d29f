public import Forms
import GRDB
public import Reports

// What only the overview asks: answers over a whole year that no list would give quickly enough.

extension JournalReader {
  /// Years of which there is a report, ascending.
  public func reportYears(_ range: ClosedRange<Int>) throws(JournalError) -> [Int] {
    try connection.read { db in
      try Int.fetchAll(
        db,
        sql: """
          SELECT DISTINCT year FROM reports WHERE year BETWEEN ? AND ? AND version IS NOT NULL \
          ORDER BY year
          """,
        arguments: [range.lowerBound, range.upperBound])
    }
  }

  /// The receipts in the outbox of the reports of a year, by arrival, without their endings. One whose place another has taken is
  /// not among them.
  public func receiptPaths(year: Int) throws(JournalError) -> [Int: [UInt8]] {
    try connection.read { db in
      var paths: [Int: [UInt8]] = [:]
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT t.arrival, t.path FROM reports r JOIN receipts t ON t.arrival = r.arrival \
          WHERE r.year = ? AND t.replaced_by IS NULL
          """, arguments: [year])
      while let row = try rows.next() { paths[row[0]] = row.bytes(1) ?? [] }
      return paths
    }
  }

  /// The receipt in the outbox of one arrival, without its ending; `nil`: not written, or another has taken its place.
  public func receiptPath(_ arrival: Int) throws(JournalError) -> [UInt8]? {
    try connection.read { db in
      try Row.fetchOne(
        db, sql: "SELECT path FROM receipts WHERE arrival = ? AND replaced_by IS NULL",
        arguments: [arrival]
      )?.bytes(0)
    }
  }

  public struct FailedCheck: Sendable, Hashable {
    /// As the finding has it, or what it was counted under.
    public let check: String
    public let severity: Finding.Severity
    /// In how many reports; one with several such findings counts once.
    public let reports: Int
  }

  /// Checks that failed with an error or a warning in the reports of a year, each version a report; most frequent first.
  ///
  /// - Parameter family: under what a check is counted.
  /// - Returns: also how many reports there are.
  public func failedChecks(
    year: Int, family: (String) -> String
  ) throws(JournalError) -> (checks: [FailedCheck], reports: Int) {
    struct Count {
      var severity: Finding.Severity
      var reports = 0
      var last = 0
    }
    return try connection.read { db in
      let reports =
        try Int.fetchOne(db, sql: "SELECT count(*) FROM reports WHERE year = ?", arguments: [year])
        ?? 0
      let rows = try RowStream(
        db,
        """
        SELECT f.arrival, f.rule, f.severity = 'error' FROM reports r \
        CROSS JOIN failed f ON f.arrival = r.arrival WHERE r.year = \(year)
        """)
      var families: [String: String] = [:]
      var counts: [String: Count] = [:]
      while rows.hasRow {
        let arrival = rows.integer(0) ?? 0
        let check = rows.text(1) ?? ""
        if families[check] == nil { families[check] = family(check) }
        var count = counts[families[check]!] ?? Count(severity: .warning)
        if rows.integer(2) == 1 { count.severity = .error }
        if count.last != arrival { count.reports += 1 }
        count.last = arrival
        counts[families[check]!] = count
        try rows.advance()
      }
      let checks = counts.map {
        FailedCheck(check: $0.key, severity: $0.value.severity, reports: $0.value.reports)
      }.sorted { ($1.reports, $0.check) < ($0.reports, $1.check) }
      return (checks, reports)
    }
  }

  /// Some figures of a report; `nil` where the cell is no number, or not vouched for.
  public func figures(
    of arrival: Int, _ keys: [CellKey]
  ) throws(JournalError) -> [Figure?] {
    try connection.read { db in
      let statement = try db.cachedStatement(sql: "SELECT packed FROM figures WHERE arrival = ?")
      guard let row = try Row.fetchOne(statement, arguments: [arrival]) else {
        return keys.map { _ in nil }
      }
      let report = try catalogue.figures(row[0], of: arrival, by: Unpacker())
      return keys.map { report.uncertain.contains($0) ? nil : report.cells[$0]?.number }
    }
  }
}
