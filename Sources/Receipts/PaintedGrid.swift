import Forms

/// A table as markup, but for what stands in its figures: receipts of one form differ in nothing else.
struct PaintedGrid: Sendable {
  struct Figure: Sendable {
    /// Everything since the figure before.
    let before: String
    let key: CellKey
    let cell: FormGrid.Cell
    /// What comes before a number that nothing is said about; ``PaintedGrid/plainEnd`` comes after it.
    let plain: String
  }

  static let plainEnd = "</bdi></td>"

  private(set) var figures: [Figure] = []
  /// Everything behind the last figure.
  private(set) var end = ""

  static func of(_ grid: FormGrid) -> PaintedGrid {
    grid.standard.flatMap { standard[$0] } ?? PaintedGrid(grid)
  }

  private static let standard = Dictionary(
    uniqueKeysWithValues: FormGrid.Standard.allCases.map {
      ($0, PaintedGrid(FormGrid.laidOut($0)))
    })

  private init(_ grid: FormGrid) {
    for (number, band) in grid.bands.enumerated() {
      if number > 0 { end += "\n" }
      let body = grid.number == .two ? "<tbody class=\"block\">" : "<tbody>"
      end += band.isHead ? "<thead>" : body
      for (number, row) in band.rows.enumerated() {
        end += number > 0 ? "\n<tr>" : "<tr>"
        for cell in row { add(cell, inHead: band.isHead) }
        end += "</tr>"
      }
      end += band.isHead ? "</thead>" : "</tbody>"
    }
  }

  private mutating func add(_ cell: FormGrid.Cell, inHead: Bool) {
    let spans = cell.spans
    switch cell.content {
    case .caption(let text):
      // A caption heads the rows of its block.
      end += element("th", [("class", "block"), ("scope", "rowgroup")] + spans, escaped(text))
    case .remark(let text):
      end += element("td", [("class", "remark")] + spans, escaped(text))
    case .columnHead(let text):
      let scope = inHead && cell.columnSpan > 1 ? "colgroup" : "col"
      let pieces = pairs(of: text).map { escaped($0) }
      end += element("th", [("scope", scope)] + spans, pieces.joined(separator: "<wbr/>"))
    case .rowHead(let text):
      let isTall = cell.rowSpan > 10
      end += element(
        "th",
        [("class", isTall ? "tall" : nil), ("scope", cell.rowSpan > 1 ? "rowgroup" : "row")]
          + spans,
        escaped(text))
    case .figure(let key):
      // The end tags of an empty element are those of a plain figure.
      let empty = element(
        "td", [("class", "f"), ("id", key.name)] + spans, element("bdi", text: ""))
      figures.append(
        Figure(
          before: end, key: key, cell: cell,
          plain: String(empty.dropLast(PaintedGrid.plainEnd.count))))
      end = ""
    }
  }
}

extension FormGrid.Cell {
  /// Attributes of the element.
  var spans: [(String, String?)] {
    [
      ("rowspan", rowSpan > 1 ? String(rowSpan) : nil),
      ("colspan", columnSpan > 1 ? String(columnSpan) : nil),
    ]
  }
}
