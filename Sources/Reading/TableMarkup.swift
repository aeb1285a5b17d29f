/// Something in the flow of a page or of a cell. Tables have been judged: only those with data are still tables.
enum FlowItem {
  case line(String, isHeading: Bool)
  case picture(String)
  case table(TableGrid)
}

/// A table as its tags tell it, before spans are laid out.
struct TableMarkup {
  struct Cell {
    let columnSpan: Int
    /// 0: down to the end of the group of rows.
    var rowSpan: Int
    var items: [FlowItem] = []
    /// What is seen in it is not in its text: an embedded picture, a list to choose from.
    var holdsUnread = false

    var holdsPicture: Bool {
      holdsUnread || items.contains { if case .picture = $0 { true } else { false } }
    }
  }

  struct Row {
    /// Rows of one `thead`, `tbody` or `tfoot`; a cell does not reach out of its group.
    let group: Int
    let part: Part
    var cells: [Cell] = []
  }

  /// The order in which the parts are shown, whatever the order of the source.
  enum Part: Int, Comparable {
    case head, body, foot
    static func < (a: Part, b: Part) -> Bool { a.rawValue < b.rawValue }
  }

  /// The caption, and what stands in the table outside its cells.
  var front: [FlowItem] = []
  var rows: [Row] = []

  /// Rows that have cells, in the order in which they are shown.
  var shownRows: [Row] {
    let filled = rows.filter { !$0.cells.isEmpty }
    guard filled.contains(where: { $0.part != .body }) else { return filled }
    return filled.filter { $0.part == .head } + filled.filter { $0.part == .body }
      + filled.filter { $0.part == .foot }
  }

  /// What the table comes to: a grid with its pictures behind it; or, where it only lays out a page, what is in its
  /// cells. `nil`: beyond the limits.
  func resolved(limits: ReadingLimits) -> [FlowItem]? {
    var rows = shownRows
    guard !rows.isEmpty else { return front }
    let rest = Self.cutOff(&rows)
    guard let grid = TableGrid(rows, limits: limits) else { return nil }
    if grid.isLayout { return front + rows.flatMap { $0.cells.flatMap(\.items) } }
    var pictures: [FlowItem] = []
    for case .picture(let words) in rows.lazy.flatMap({ $0.cells.flatMap(\.items) }) {
      pictures.append(.picture(words))
    }
    return front + [.table(grid)] + pictures + rest
  }

  /// A table whose end is lost has the rest of the page in its last cell, with the tables that follow: it ends in that
  /// cell. Taken for the grid of a page it would be parted into lines, and its blank cells be gone.
  private static func cutOff(_ rows: inout [Row]) -> [FlowItem] {
    func holdsTable(_ cell: Cell) -> Bool {
      cell.items.contains { if case .table = $0 { true } else { false } }
    }
    guard let end = rows.indices.last, let last = rows[end].cells.indices.last,
      holdsTable(rows[end].cells[last]), rows.count(where: { $0.cells.count > 1 }) >= leastRows,
      !rows.dropLast().contains(where: { $0.cells.contains(where: holdsTable) }),
      !rows[end].cells.dropLast().contains(where: holdsTable)
    else { return [] }
    let items = rows[end].cells[last].items
    // Its own words, if any, are a figure.
    var own = 0
    if case .line(let text, isHeading: false) = items.first, text.unicodeScalars.count <= 12 {
      own = 1
    }
    rows[end].cells[last].items = Array(items.prefix(own))
    return Array(items.dropFirst(own))
  }

  /// Fewer rows of several cells may be a menu beside an article.
  private static let leastRows = 4
}
