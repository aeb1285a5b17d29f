import Forms
import GRDB
import Reports

/// An arrival's rows as the tables have them. They are taken apart outside the transaction, by all cores where there are many.
struct StoredArrival: Sendable {
  private let arrival: Arrival
  private let report: StoredReport?
  private let findings: DatabaseValue
  private let notifications: [Notification]
  private let receipts: [ToldReceipt]
  private let history: [Entry]
  private let past: [PastJudgement]

  /// `nil`: there is no such number.
  init?(_ db: Database, _ number: Int) throws {
    let statement = try db.cachedStatement(sql: Arrival.query + " WHERE a.number = ?")
    guard let row = try Row.fetchOne(statement, arguments: [number]) else { return nil }
    arrival = try Arrival(row)
    report = try StoredReport(db, number)
    findings = try Finding.packed(db, of: number)
    notifications = try Notification.all(db, "WHERE arrival = ?", [number])
    receipts = try ToldReceipt.all(db, of: number)
    history = try Entry.all(db, of: number)
    past = try PastJudgement.all(db, of: number)
  }

  func detail(_ catalogue: CellCatalogue, by unpacker: Unpacker) throws -> ArrivalDetail {
    ArrivalDetail(
      arrival: arrival, report: try report?.report(catalogue, by: unpacker),
      findings: try Finding.all(findings, of: arrival.number, by: unpacker),
      notifications: notifications, receipts: receipts, history: history, past: past)
  }
}

/// The same of a report.
struct StoredReport: Sendable {
  private let arrival: Int
  private let values: [DatabaseValue]

  /// `nil`: the arrival has no report.
  init?(_ db: Database, _ arrival: Int) throws {
    let statement = try db.cachedStatement(
      sql: """
        SELECT unit, region, kind, year, title, published, t2, t3, t4, detail, packed \
        FROM reports JOIN figures USING (arrival) \
        WHERE arrival = ?
        """)
    guard let row = try Row.fetchOne(statement, arguments: [arrival]) else { return nil }
    self.arrival = arrival
    values = Array(row.databaseValues)
  }

  /// As recognised, but for the text of its sections.
  func report(_ catalogue: CellCatalogue, by unpacker: Unpacker) throws -> Report {
    let detail = try ReportDetail(
      json: try values[9].unpacked(.report, of: arrival, by: unpacker) ?? [])
    var report = Report()
    report.unit = .fromDatabaseValue(values[0])
    report.region = .fromDatabaseValue(values[1])
    report.kind = try values[2].coded()
    report.year = .fromDatabaseValue(values[3])
    report.title = .fromDatabaseValue(values[4])
    report.published = String.fromDatabaseValue(values[5]).flatMap { CalendarDate($0) }
    report.template.two = try values[6].coded()
    report.template.three = try values[7].coded()
    report.template.four = try values[8].coded()
    report.doubts = detail.doubts
    report.structure = detail.structure
    report.evidence = detail.evidence
    report.statements = detail.statements
    (report.cells, report.uncertain) = try catalogue.figures(values[10], of: arrival, by: unpacker)
    return report
  }
}

extension CellCatalogue {
  /// - Parameter packed: the row of table `figures`.
  func figures(
    _ packed: DatabaseValue, of arrival: Int, by unpacker: Unpacker
  ) throws -> (cells: [CellKey: Cell], uncertain: Set<CellKey>) {
    let canonical = try packed.unpacked(.figures, of: arrival, by: unpacker) ?? []
    guard let figures = FigureCode(canonical: canonical)?.decoded(catalogue: self) else {
      throw JournalError.damaged(message: "the figures of arrival \(arrival) cannot be read")
    }
    return figures
  }
}
