public import Forms

/// What a check has to say about a report. A check that passes says nothing.
public struct Finding: Sendable, Hashable, Codable {
  public enum Status: String, Sendable, Codable {
    case fail
    /// A cell it needs is blank, or a report it needs is missing.
    case notAssessable = "not_assessable"
  }

  public enum Severity: String, Sendable, Codable, CaseIterable, Comparable {
    case error, warning, info

    /// Errors come first.
    public static func < (a: Self, b: Self) -> Bool {
      allCases.firstIndex(of: a)! < allCases.firstIndex(of: b)!
    }
  }

  /// The id in the catalogue: `T3-IDENTITY-total`.
  public let check: String
  public let status: Status
  public let severity: Severity
  public let cells: [CellKey]
  public let expected: String?
  public let found: String?
  /// One sentence a clerk understands, in the language of the service.
  public let message: String
  /// The sentence or label in the document that it is about.
  public let quote: String?
  public let suspect: Suspect?

  public init(
    check: String, status: Status = .fail, severity: Severity, cells: [CellKey] = [],
    expected: String? = nil, found: String? = nil, message: String, quote: String? = nil,
    suspect: Suspect? = nil
  ) {
    self.check = check
    self.status = status
    self.severity = severity
    self.cells = cells
    self.expected = expected
    self.found = found
    self.message = message
    self.quote = quote
    self.suspect = suspect
  }

  /// The one cell that is most likely wrong, and the value at which every relation would hold. Never used to change a
  /// figure.
  public struct Suspect: Sendable, Hashable, Codable {
    public let cell: CellKey
    public let balancesAt: Figure

    public init(cell: CellKey, balancesAt: Figure) {
      self.cell = cell
      self.balancesAt = balancesAt
    }
  }
}
