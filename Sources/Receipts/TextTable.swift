/// A table for terminals and text files that lines up with Chinese widths.
public struct TextTable: Sendable {
  public enum Alignment: Sendable, Hashable { case left, right }

  public struct Column: Sendable, Hashable {
    public let title: String
    public let alignment: Alignment
    /// Longer texts go on in further lines; `nil`: as wide as the widest text.
    public let width: Int?

    public init(_ title: String, _ alignment: Alignment = .left, width: Int? = nil) {
      self.title = title
      self.alignment = alignment
      self.width = width
    }
  }

  public struct Cell: Sendable, Hashable, ExpressibleByStringInterpolation {
    public let text: String
    public let style: TextStyle?

    public init(_ text: String, _ style: TextStyle? = nil) {
      self.text = text
      self.style = style
    }

    public init(stringLiteral value: String) { self.init(value) }
  }

  public let columns: [Column]
  public private(set) var rows: [[Cell]] = []

  public init(_ columns: [Column]) { self.columns = columns }

  /// Adds a row. Cells that are missing are blank, cells beyond the last column are dropped.
  public mutating func add(_ cells: [Cell]) {
    let blanks = Array(repeating: Cell(""), count: max(0, columns.count - cells.count))
    rows.append(Array(cells.prefix(columns.count)) + blanks)
  }

  /// The table with its heads and a rule below them, each line ended by a line feed. Control characters in cells are
  /// made visible; no line has spaces at its end.
  ///
  /// - Parameter colour: whether the styles of the cells are written as ANSI sequences.
  public func render(colour: Bool = false) -> String {
    var result = ""
    for line in lines(colour: colour) {
      result += line
      result += "\n"
    }
    return result
  }

  /// A line of a cell, and how wide it is.
  private typealias Field = (text: String, width: Int)

  /// The lines of ``render(colour:)``.
  func lines(colour: Bool = false) -> [String] {
    let heads = columns.map { Cell($0.title, .bold) }
    let table: [[[Field]]] = ([heads] + rows).map { row in
      zip(row, columns).map { cell, column in
        let text = visible(cell.text)
        return (column.width.map { wrapped(text, to: $0) } ?? [text])
          .map { ($0, displayWidth($0)) }
      }
    }
    let widths = columns.indices.map { column in
      table.reduce(0) { $1[column].reduce($0) { max($0, $1.width) } }
    }
    var result: [String] = []
    for (number, fields) in table.enumerated() {
      let cells = number == 0 ? heads : rows[number - 1]
      for line in 0..<(fields.map(\.count).max() ?? 0) {
        var text = ""
        for column in columns.indices {
          if column > 0 { text += "  " }
          let (field, width) = line < fields[column].count ? fields[column][line] : ("", 0)
          let space = String(repeating: " ", count: max(0, widths[column] - width))
          if columns[column].alignment == .right { text += space }
          if colour, !field.isEmpty, let style = cells[column].style {
            text += style.apply(to: field)
          } else {
            text += field
          }
          if columns[column].alignment == .left { text += space }
        }
        result.append(trimmedEnd(text))
      }
      if number == 0 {
        result.append(widths.map { String(repeating: "-", count: $0) }.joined(separator: "  "))
      }
    }
    return result
  }
}

/// How a terminal shows a text. Never the only sign of something: every style goes with words.
public enum TextStyle: Int, Sendable, Hashable, CaseIterable {
  // The numbers are those of ECMA-48, “select graphic rendition”.
  case bold = 1
  case faint = 2
  case red = 31
  case green = 32
  case yellow = 33

  public func apply(to text: String) -> String { "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" }
}
