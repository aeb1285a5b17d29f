public import Forms

/// A version of the report of one unit, region, kind and year.
public struct Filed: Sendable, Hashable {
  public let arrival: Int
  public let unit: String
  public let region: String?
  public let kind: Report.Kind?
  public let year: Int
  public let outcome: Outcome
  public let received: Timestamp
  public let published: CalendarDate?
  public let version: Int
  /// Of the inbox.
  public let folder: String
  /// The newer version; `nil`: this is the newest.
  public let supersededBy: Int?
  public let errors: Int
  public let warnings: Int
  /// The form that table 2 follows, and table 3; `nil`: not found.
  public let table2: Report.Templates.Table2?
  public let table3: Template?

  public init(
    arrival: Int, unit: String, region: String?, kind: Report.Kind?, year: Int, outcome: Outcome,
    received: Timestamp, published: CalendarDate? = nil, version: Int = 1, folder: String = "",
    supersededBy: Int? = nil, errors: Int = 0, warnings: Int = 0,
    table2: Report.Templates.Table2? = nil, table3: Template? = nil
  ) {
    self.arrival = arrival
    self.unit = unit
    self.region = region
    self.kind = kind
    self.year = year
    self.outcome = outcome
    self.received = received
    self.published = published
    self.version = version
    self.folder = folder
    self.supersededBy = supersededBy
    self.errors = errors
    self.warnings = warnings
    self.table2 = table2
    self.table3 = table3
  }

  public var filer: Filer {
    Filer(unit: unit, region: region, kind: kind, year: year, folder: folder)
  }
}
