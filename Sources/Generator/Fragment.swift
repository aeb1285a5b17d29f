import Forms

/// A piece of a printed report, and what it is: so that whoever damages the print knows which cells suffer.
struct Fragment {
  enum Kind: Sendable, Hashable {
    case figure
    /// The words in front of a row of figures.
    case label
    /// The words above columns, captions, groups.
    case head
    case title
    case heading
    case words
    /// A tag of markup.
    case tag
    /// What stands between two cells of a row.
    case separator
    case lineEnd
  }

  var text: String
  var kind: Kind
  /// Of a figure its cell, of a label the cells of its row.
  var cells: [CellKey] = []

  init(_ text: String, _ kind: Kind, _ cells: [CellKey] = []) {
    self.text = text
    self.kind = kind
    self.cells = cells
  }
}
