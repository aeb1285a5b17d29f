/// What any file becomes: blocks in reading order, each with its place in the source. It knows no form.
public struct Document: Sendable, Hashable {
  public var blocks: [Block]
  /// The title that the file gives itself outside its text (`<title>`, document properties).
  public var title: String?
  /// The source breaks off: an element that must close does not, or the last line has no end inside a table.
  public var endsEarly = false
  /// What was read otherwise than it lies in the file, or left out, and a reader ought to know.
  public var remarks: Set<Remark> = []

  public enum Remark: String, Sendable, Hashable {
    /// Tracked changes, read as accepted.
    case trackedChanges
    /// Programs inside the document, left out.
    case macros
    /// Rows, columns or sheets with something in them that the program does not show, left out.
    case hiddenCells
    /// Figures of a web page that it does not show, left out.
    case hiddenText
    /// A picture, read by optical character recognition: every character is a guess.
    case opticallyRead
  }

  public init(blocks: [Block] = [], title: String? = nil) {
    self.blocks = blocks
    self.title = title
  }
}

public enum Block: Sendable, Hashable {
  case paragraph(Paragraph)
  case table(Table)
  /// A picture or an embedded object, with its words (alternative text, file name).
  case picture(Picture)
}

/// One line or paragraph of text. White space inside is as in the source; line breaks only where the source has them.
public struct Paragraph: Sendable, Hashable {
  public let text: String
  public let place: Place
  /// The source marks it as a heading (h1–h6, an outline level).
  public let isHeading: Bool
  /// White space in front of ``text`` on the line, in characters: where columns are kept by white space it counts.
  public let indent: Int

  public init(text: String, place: Place, isHeading: Bool = false, indent: Int = 0) {
    self.text = text
    self.place = place
    self.isHeading = isHeading
    self.indent = indent
  }
}

public struct Picture: Sendable, Hashable {
  public let words: String
  public let place: Place

  public init(words: String, place: Place) {
    self.words = words
    self.place = place
  }
}

/// A grid. Cells that span stand once, at their top left; positions that nothing covers are holes.
public struct Table: Sendable, Hashable {
  public let rowCount: Int
  public let columnCount: Int
  /// In reading order.
  public let cells: [GridCell]
  public let place: Place

  public init(rowCount: Int, columnCount: Int, cells: [GridCell], place: Place) {
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.cells = cells
    self.place = place
  }
}

public struct GridCell: Sendable, Hashable {
  /// From 0.
  public let row: Int
  public let column: Int
  public let rowSpan: Int
  public let columnSpan: Int
  /// Lines joined by line feeds.
  public let text: String
  /// Tables inside the cell; their text is not in ``text``.
  public let nested: [Table]
  /// Something that is no text stands in the cell: a picture, a list to choose from.
  public let holdsPicture: Bool

  public init(
    row: Int, column: Int, rowSpan: Int = 1, columnSpan: Int = 1, text: String,
    nested: [Table] = [], holdsPicture: Bool = false
  ) {
    self.row = row
    self.column = column
    self.rowSpan = rowSpan
    self.columnSpan = columnSpan
    self.text = text
    self.nested = nested
    self.holdsPicture = holdsPicture
  }
}

/// Where something stands in the source, counted from 1, as far as the format tells.
public struct Place: Sendable, Hashable {
  public var page: Int?
  public var line: Int?
  /// The number of the table in the document.
  public var table: Int?

  public init(page: Int? = nil, line: Int? = nil, table: Int? = nil) {
    self.page = page
    self.line = line
    self.table = table
  }
}
