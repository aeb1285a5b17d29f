/// One cell of a sheet: what it says, and how it looks.
public struct SheetCell: Sendable, Hashable {
  public enum Content: Sendable, Hashable {
    case empty
    case text(String)
    /// An exact decimal numeral as printed: `-12.50`. A program for sheets keeps fifteen digits: a longer one, and what
    /// is no plain numeral, is written as text, so that no digit is ever changed.
    case number(String)
  }

  public var content: Content
  public var look: Look

  public init(_ content: Content, _ look: Look = .plain) {
    self.content = content
    self.look = look
  }

  public static func text(_ text: String, _ look: Look = .plain) -> SheetCell {
    SheetCell(.text(text), look)
  }

  public static func number(_ numeral: String, _ look: Look = .plain) -> SheetCell {
    SheetCell(.number(numeral), look)
  }

  public static func number(_ value: Int, _ look: Look = .plain) -> SheetCell {
    SheetCell(.number("\(value)"), look)
  }

  public static func empty(_ look: Look = .plain) -> SheetCell { SheetCell(.empty, look) }

  /// How a cell looks. The number is its place among the formats in `xl/styles.xml`.
  public enum Look: Int, Sendable, Hashable, CaseIterable {
    /// As the program shows cells by itself.
    case plain
    /// The heading over a whole sheet or table: large, in the middle.
    case title
    /// A head of columns: bold, shaded, framed, in the middle, wrapped.
    case head
    /// Words of a form beside its figures: framed, wrapped, at the left.
    case label
    /// A figure of a form: framed, in the middle.
    case figure
    /// A figure that needs a look: framed, shaded.
    case doubtful
    /// Text that may be long: wrapped, on top.
    case note
  }
}

/// Cells that are shown as one, counted from 0, ends included.
public struct SheetMerge: Sendable, Hashable {
  public let rows: ClosedRange<Int>
  public let columns: ClosedRange<Int>

  public init(rows: ClosedRange<Int>, columns: ClosedRange<Int>) {
    self.rows = rows
    self.columns = columns
  }
}

public enum SheetError: Error, Sendable, Hashable {
  /// A sheet or the whole file would be 4 GiB or more.
  case tooLarge
  /// No more than 16 384 columns fit in a sheet.
  case tooManyColumns(Int)
}

extension String {
  /// A numeral that a program for sheets keeps digit for digit.
  var isExactInSheets: Bool {
    var rest = utf8[...]
    if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    let parts = rest.split(
      separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    guard
      parts.allSatisfy({ part in
        !part.isEmpty && part.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      })
    else { return false }
    let digits = parts.joined().drop { $0 == UInt8(ascii: "0") }
    return digits.count <= 15
  }
}
