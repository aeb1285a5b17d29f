public import Forms

/// What of the form's skeleton a document has.
public struct Structure: Sendable, Hashable, Codable {
  /// Section headings in the order of the document.
  public var sections: [SectionFound] = []
  /// Tables, found or expected by their heading.
  public var tables: [TableFound] = []
  /// The document ends before the form does (no closing tag, a row cut off).
  public var endsEarly = false
  /// Further reports, of other units or years, in the same document: the figures of none are vouched for. `nil`: none.
  public var furtherReports: [FurtherReport]?
  /// What was read otherwise than it lies in the file, or left out, in their order. `nil`: nothing.
  public var remarks: [Remark]?

  public enum Remark: String, Sendable, Codable, CaseIterable {
    /// Tracked changes, read as accepted.
    case trackedChanges = "tracked_changes"
    case macros
    /// Rows, columns or sheets that are hidden.
    case hiddenCells = "hidden_cells"
    /// Figures that a web page does not show.
    case hiddenText = "hidden_text"
    /// A picture, read by optical character recognition.
    case opticallyRead = "optically_read"
  }

  public init() {}

  /// The same without the text of its sections.
  public var withoutText: Structure {
    var copy = self
    copy.sections = sections.map(\.withoutText)
    return copy
  }
}

/// A second report in a document.
public struct FurtherReport: Sendable, Hashable, Codable {
  /// As printed.
  public let title: String
  /// Where the title stands.
  public let place: String

  public init(title: String, place: String) {
    self.title = title
    self.place = place
  }
}

/// A section heading and the text under it.
public struct SectionFound: Sendable, Hashable, Codable {
  public let section: Section
  /// As printed, with its number.
  public let heading: String
  /// The number as printed (一, 二 …), if any: numbering may restart or be shifted.
  public let numeral: String?
  /// The paragraphs, without tables, joined by line feeds.
  public var text: String
  /// Of a text that was let go.
  private var kept: Wording?

  public init(section: Section, heading: String, numeral: String?, text: String) {
    self.section = section
    self.heading = heading
    self.numeral = numeral
    self.text = text
  }

  /// Tells whether another document says the same here. `nil`: there are no words, or they were let go by a program that
  /// kept nothing of them.
  public var wording: Wording? { text.isEmpty ? kept : Wording(text) }

  /// The same without its text, of which only ``wording`` is kept.
  public var withoutText: SectionFound {
    var copy = self
    copy.kept = wording
    copy.text = ""
    return copy
  }
}

/// How a table of the form was found.
public struct TableFound: Sendable, Hashable, Codable {
  public enum State: String, Sendable, Codable {
    /// At least one row with its figures.
    case read
    /// The heading of the section stands there, and no table.
    case missing
    /// As missing, and a picture or an attachment stands in its place.
    case picture
    /// Labels without a single figure anywhere: the blank form.
    case unfilled
  }

  public let table: TableNumber
  public var state: State
  /// Rows of the form (keys such as `deny_third_party`; `block.row` is not needed: rows are unique in a table) that are
  /// not in the document.
  public var rowsMissing: [String] = []
  /// Rows with figures whose label is on no form, as printed.
  public var rowsUnknown: [String] = []
  /// Rows with another number of cells than the form: none of their cells is vouched for.
  public var cellCounts: [CellCount] = []
  /// Subtotals printed where the form has none: （三） to （六）, 法人或其他组织小计.
  public var subtotals: [Subtotal] = []

  public init(table: TableNumber, state: State) {
    self.table = table
    self.state = state
  }

  public struct CellCount: Sendable, Hashable, Codable {
    public let row: String
    public let expected: Int
    public let found: [String]

    public init(row: String, expected: Int, found: [String]) {
      self.row = row
      self.expected = expected
      self.found = found
    }
  }

  /// A printed sum that the form does not have, with the cells it should be the sum of.
  public struct Subtotal: Sendable, Hashable, Codable {
    public let label: String
    public let value: Figure
    public let parts: [CellKey]

    public init(label: String, value: Figure, parts: [CellKey]) {
      self.label = label
      self.value = value
      self.parts = parts
    }
  }
}
