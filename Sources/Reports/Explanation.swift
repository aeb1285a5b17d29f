public import Forms

/// How a report was read, row by row: what `check --explain` shows. Made only when asked for, and never stored.
public struct Explanation: Sendable, Hashable, Codable {
  /// The rows of the tables in the order of the document.
  public var rows: [Row] = []

  public init() {}

  /// Words of the document that were taken for a row of the form, or for none.
  public struct Row: Sendable, Hashable, Codable {
    /// Why the words are this row.
    public enum Match: String, Sendable, Codable {
      /// They are those of the form, or a known variant.
      case exact
      /// They are like those of the form.
      case similar
      /// Little like them, but the rows before and behind leave no other.
      case byPosition = "by_position"
      /// Not certain.
      case unsure
      /// On no form.
      case none
      /// The head of table 4, whose figures have no label of their own.
      case head
    }

    public let table: TableNumber
    /// The row's key (`deny_third_party`); `nil`: a caption, a heading of a group, or a row that no form has.
    public let row: String?
    /// As printed.
    public let label: String
    public let match: Match
    /// 0 … 1: how much of the words agrees.
    public let similarity: Double
    public let place: String
    public let fields: [Field]

    public init(
      table: TableNumber, row: String?, label: String, match: Match, similarity: Double,
      place: String, fields: [Field]
    ) {
      self.table = table
      self.row = row
      self.label = label
      self.match = match
      self.similarity = similarity
      self.place = place
      self.fields = fields
    }
  }

  /// What stands behind the label, one after the other.
  public struct Field: Sendable, Hashable, Codable {
    /// As printed.
    public let text: String
    public let place: String
    /// The cell that it was laid into; `nil`: none.
    public let cell: CellKey?

    public init(text: String, place: String, cell: CellKey?) {
      self.text = text
      self.place = place
      self.cell = cell
    }
  }
}
