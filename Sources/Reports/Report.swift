public import Forms

/// An annual report as recognised: what the document says, and how sure we are of it. It judges nothing.
public struct Report: Sendable, Hashable {
  /// The title as printed, joined to one line.
  public var title: String?
  /// The organ that reports: 长乐镇人民政府.
  public var unit: String?
  /// The county, city or province it belongs to: 嵊州市.
  public var region: String?
  public var kind: Kind?
  /// The year reported on; by the period where title and period differ.
  public var year: Int?
  public var published: CalendarDate?
  /// The form that each table follows; table 2 by block.
  public var template = Templates()
  /// Every cell of every table that was found, blank ones too; of a table that was not found, none.
  public var cells: [CellKey: Cell] = [:]
  /// Cells whose value is not vouched for: position ambiguous, digits split, unreadable.
  public var uncertain: Set<CellKey> = []
  /// Why each uncertain cell is so, for people.
  public var doubts: [Doubt] = []
  /// How the document is built: what was found and what was not.
  public var structure = Structure()
  /// Everything that names a unit, a region, a year or a date, best first.
  public var evidence: [Evidence] = []
  /// Figures and statements told in the text.
  public var statements: [Statement] = []
  /// How the tables were read; only where it was asked for.
  public var explanation: Explanation?

  public init() {}

  /// A report of an organ on itself, or of a level of government as a whole (article 49 of the Regulation).
  public enum Kind: String, Sendable, Codable {
    case own, level
  }

  public struct Templates: Sendable, Hashable, Codable {
    /// `2019`, `2021`, or `mixed` when blocks of table 2 differ; `nil`: not found.
    public var two: Table2?
    public var three: Template?
    public var four: Template?
    public init() {}

    public enum Table2: String, Sendable, Codable {
      case v2019 = "2019"
      case v2021 = "2021"
      case mixed
    }
  }

  /// The value of a cell, where it is a number.
  public func number(_ key: CellKey) -> Figure? { cells[key]?.number }

  public func has(_ table: TableNumber) -> Bool {
    switch table {
    case .two: template.two != nil
    case .three: template.three != nil
    case .four: template.four != nil
    }
  }
}

/// A reason why cells are uncertain.
public struct Doubt: Sendable, Hashable, Codable {
  public enum Reason: String, Sendable, Codable {
    /// A row has another number of cells than the form.
    case cellCount = "cell_count"
    /// A row of the form is not in the document.
    case rowMissing = "row_missing"
    /// Two ways of reading are about as good.
    case ambiguous
    /// A figure stands broken into pieces.
    case splitDigits = "split_digits"
    /// The document ends here: the figure may be cut off.
    case cutOff = "cut_off"
    /// The characters cannot be read as a figure.
    case unreadable
    /// The words of the head stand in another order than the columns of the form.
    case headOrder = "head_order"
    /// The document itself gives another unit than the form.
    case otherUnit = "other_unit"
    /// The words beside it name another year, another measure or something else than the form.
    case otherMeaning = "other_meaning"
    /// The text of the document corrects the figure.
    case corrected
    /// The document has the table twice, with other figures.
    case toldTwice = "told_twice"
    /// Read off a picture.
    case opticallyRead = "optically_read"
    /// The table is damaged, and nothing ties the figure to its label for certain.
    case damaged
  }

  public let reason: Reason
  public let cells: [CellKey]
  /// What stands there, as printed.
  public let quote: String

  public init(reason: Reason, cells: [CellKey], quote: String) {
    self.reason = reason
    self.cells = cells
    self.quote = quote
  }
}
