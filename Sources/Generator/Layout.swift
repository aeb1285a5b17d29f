/// How a report is printed into a file.
public struct Layout: Sendable, Hashable {
  public var shape: Shape
  public var encoding: TextEncoding
  /// `(` for `（`, `:` for `：` in labels and headings.
  public var halfWidth = false
  public var splitting = Splitting.none
  /// A blank line between the lines of a text.
  public var blankLines = false
  /// Lines end in CR LF.
  public var carriageReturns = false
  /// The head and foot of a web site around the report.
  public var furniture = false
  /// Table 2 as one table; else its blocks stand as tables of their own.
  public var oneTable2 = true
  public var digits = Digits.plain
  public var title = Title.unitYear
  public var traits: Set<Trait> = []

  public enum Shape: String, Sendable, CaseIterable {
    /// Text, one cell a line, as copied from a web page.
    case lines
    /// Text, a row a line, ` | ` between the cells.
    case bars
    /// Text, a row a line, tabulators between the cells.
    case tabs
    /// A web page with tables as one would write them.
    case clean
    /// Markup as a word processor pastes it.
    case word
    /// The article inside tables that only lay out the page.
    case nested
    /// Containers in containers, scripts and menus around the article.
    case soup
    /// The whole page on one line.
    case oneLine = "one-line"
    /// A web page of paragraphs, one cell each.
    case paragraphs
    /// Text, one cell a line, each ending in a bar (F3).
    case barLines = "bar-lines"
    /// Text, a bar on a line of its own before each cell (F4).
    case barAlone = "bar-alone"
    /// Text, the whole page on one line, bars between the cells (F6).
    case barsOneLine = "bars-one-line"
    /// Text whose columns are kept by spaces, as a PDF gives it.
    case columns
    /// Text, one cell a line, each label behind its figures.
    case labelsAfter = "labels-after"
    /// Text, the labels of a table, then its figures column by column.
    case columnwise

    /// The shapes that reports most often come in.
    public static let usual: [Shape] = [
      .lines, .bars, .tabs, .clean, .word, .nested, .soup, .oneLine, .paragraphs,
    ]
    /// Shapes in which a careful reader can tell every cell.
    public static let legible = allCases.filter { $0 != .columnwise }

    public var isHTML: Bool {
      switch self {
      case .clean, .word, .nested, .soup, .oneLine, .paragraphs: true
      default: false
      }
    }
    /// A web page with tables.
    public var isGrid: Bool { isHTML && self != .paragraphs }
    /// Cells that hold nothing can still be seen. Of a line with a bar only, one cannot say whether it is a cell.
    public var keepsBlanks: Bool {
      isGrid || [.bars, .tabs, .barsOneLine, .columns].contains(self)
    }
  }

  /// Where labels break over lines.
  public enum Splitting: String, Sendable, CaseIterable {
    case none
    /// Words of table heads: 商业⏎企业.
    case heads
    /// Also labels of rows: 规⏎章.
    case all
  }

  public enum Digits: String, Sendable, CaseIterable {
    case plain, fullWidth, spaced, thousands, counted
  }

  /// Orders of the title's parts that reports use.
  public enum Title: String, Sendable, CaseIterable {
    case unitYear, yearUnit, yearOfUnit, bracketed, yearbook, twoLines
  }

  public init(_ shape: Shape, _ encoding: TextEncoding = .utf8) {
    self.shape = shape
    self.encoding = encoding
  }

  /// A layout of a shape, with everything else by chance.
  public static func random(_ shape: Shape, using random: inout SplitMix64) -> Layout {
    var layout = Layout(shape)
    layout.encoding = random.pick(shape.isHTML ? TextEncoding.ofPages : TextEncoding.ofTexts)
    layout.halfWidth = random.chance(0.4)
    layout.splitting = random.pick([.none, .heads, .all])
    layout.blankLines = random.chance(0.5)
    layout.carriageReturns = random.chance(0.3)
    layout.furniture = random.chance(0.6)
    layout.oneTable2 = random.chance(0.5)
    layout.digits = random.pick([.plain, .plain, .plain, .plain, .fullWidth, .spaced, .thousands])
    layout.title = random.pick(Title.allCases)
    return layout
  }

  public var fileExtension: String { shape.isHTML ? encoding == .utf8 ? "html" : "htm" : "txt" }

}
