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
    let rows = shownRows
    guard !rows.isEmpty else { return front }
    guard let grid = TableGrid(rows, limits: limits) else { return nil }
    if grid.isLayout { return front + rows.flatMap { $0.cells.flatMap(\.items) } }
    var pictures: [FlowItem] = []
    for case .picture(let words) in rows.lazy.flatMap({ $0.cells.flatMap(\.items) }) {
      pictures.append(.picture(words))
    }
    return front + [.table(grid)] + pictures
  }
}
