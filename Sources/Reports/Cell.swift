/// One cell of a form as a document fills it.
public struct Cell: Sendable, Hashable, Codable {
  /// What stands in the cell. A blank and “not applicable” are never a zero.
  public enum Class: String, Sendable, Codable, CaseIterable {
    /// A figure, possibly with a unit or a remark (kept in ``Cell/raw``).
    case number
    /// Nothing, or only white space; also a cell that the document does not have.
    case blank
    /// `/`, `—`, 无, 不涉及 … : said to be none or not applicable.
    case notApplicable = "not_applicable"
    /// Anything else: 详见附表.
    case text
  }

  public let `class`: Class
  /// Only for ``Class/number``.
  public let number: Figure?
  /// As in the document, outer white space removed.
  public let raw: String
  /// Where it stands: a line of the text, or table, row and column, all counted from 1.
  public let place: String?

  public init(class: Class, number: Figure? = nil, raw: String, place: String? = nil) {
    self.class = `class`
    self.number = number
    self.raw = raw
    self.place = place
  }

  public static let blank = Cell(class: .blank, raw: "")

  public static func number(_ value: Int) -> Cell {
    Cell(class: .number, number: Figure(value), raw: String(value))
  }
}
