/// What is drawn on one page, and what it is read as: tables where lines are drawn around cells, lines of text elsewhere.
struct PageBlocks {
  enum Item {
    case line(String)
    /// With the texts of its cells by their numbers.
    case table(PageGrid, [Int: String])
  }

  var text = PageText()
  var rules: PageRules
  /// Pictures on the page.
  var images = 0

  /// - Parameter points: how many points one unit of the format is.
  init(points: Double = 1) { rules = PageRules(points: points) }

  /// Puts what is drawn on another page on this one.
  mutating func add(_ other: PageBlocks) {
    text.add(other.text)
    rules.add(other.rules)
    images += other.images
  }

  /// From top to bottom.
  func items() -> [Item] {
    struct Part: Hashable {
      let grid: Int
      let cell: Int
    }
    let grids = rules.grids()
    let parts = text.parted { x, y -> Part? in
      for (number, grid) in grids.enumerated() {
        if let cell = grid.cell(at: x, y) { return Part(grid: number, cell: cell) }
      }
      return nil
    }
    var texts: [Int: [Int: String]] = [:]
    var items: [(top: Double, item: Item)] = []
    for (part, text) in parts {
      if let part {
        let box = grids[part.grid].box(of: part.cell)
        texts[part.grid, default: [:]][part.cell] = text.cellText(
          width: box.right - box.left, margins: rules.margins)
      } else {
        let tables = UnruledTable.all(
          in: text.piecedLines(), near: rules.near, margins: rules.margins)
        let taken = tables.reduce(into: Set()) { $0.formUnion($1.taken) }
        items += tables.map { ($0.grid.box.top, .table($0.grid, $0.texts)) }
        let lines = tables.flatMap(\.captions)
        items += (lines + text.lines().filter { !taken.contains($0.middle) })
          .map { ($0.middle, .line($0.text)) }
      }
    }
    // Lines drawn around nothing are no table.
    items += texts.map { (grids[$0.key].box.top, .table(grids[$0.key], $0.value)) }
    return items.sorted { $0.top < $1.top }.map(\.item)
  }
}

extension PageText {
  /// The lines of a cell, without the white space around each; a figure that its width has broken is whole.
  fileprivate func cellText(width: Double, margins: Double) -> String {
    let lines = lines()
    if lines.count > 1 {
      let pieces = piecedLines().map(\.pieces).filter { !$0.isEmpty }
      if pieces.allSatisfy({ $0.count == 1 }),
        let figure = WrappedFigure.whole(pieces.flatMap { $0 }, width: width, margins: margins)
      {
        return figure
      }
    }
    return lines.map { String($0.text.drop { $0 == " " }) }.joined(separator: "\n")
  }
}
