/// A grid of cells between lines drawn on a page.
struct PageGrid {
  struct Rule {
    let at: Double
    let from: Double
    let to: Double

    init(_ at: Double, _ from: Double, _ to: Double) {
      self.at = at
      self.from = from
      self.to = to
    }
  }

  struct Cell: Hashable {
    let row: Int
    let column: Int
    let rowSpan: Int
    let columnSpan: Int
  }

  let box: PageBox
  let rowCount: Int
  let columnCount: Int
  let cells: [Cell]
  /// Where columns begin, and the last ends.
  let columns: [Double]
  /// Where rows begin, and the last ends.
  private let rows: [Double]
  /// From where to where the figures of each column reach, where no lines are drawn.
  let figures: [ClosedRange<Double>]
  /// Lines are drawn around the cells.
  var isRuled: Bool { !rows.isEmpty }
  /// The cell over each place.
  private let owners: [Int]

  var area: Double { (box.right - box.left) * (box.bottom - box.top) }

  /// `nil`: fewer than two cells, or cells that are no rectangles.
  /// - Parameter near: what lies apart by less is one.
  init?(across: [Rule], down: [Rule], near: Double) {
    // A table may be open at its sides: there its lines end.
    let left = min(across.map(\.from).min() ?? 0, down.map(\.at).min() ?? 0)
    let right = max(across.map(\.to).max() ?? 0, down.map(\.at).max() ?? 0)
    let top = min(across.map(\.at).min() ?? 0, down.map(\.from).min() ?? 0)
    let bottom = max(across.map(\.at).max() ?? 0, down.map(\.to).max() ?? 0)
    let rows = PageGrid.apart(across.map(\.at) + [top, bottom], near)
    let columns = PageGrid.apart(down.map(\.at) + [left, right], near)
    let height = rows.count - 1
    let width = columns.count - 1
    guard height > 0, width > 0, height * width > 1, height * width <= 1_000_000 else { return nil }
    // Whether a line is drawn under each place of the grid, and to the right of it.
    var isUnder = [Bool](repeating: false, count: height * width)
    var isBeside = isUnder
    for line in across {
      guard let row = rows.firstIndex(where: { abs($0 - line.at) <= near }), row > 0 else {
        continue
      }
      for column in 0..<width {
        let middle = (columns[column] + columns[column + 1]) / 2
        if line.from <= middle, line.to >= middle { isUnder[(row - 1) * width + column] = true }
      }
    }
    for line in down {
      guard let column = columns.firstIndex(where: { abs($0 - line.at) <= near }), column > 0
      else { continue }
      for row in 0..<height {
        let middle = (rows[row] + rows[row + 1]) / 2
        if line.from <= middle, line.to >= middle { isBeside[row * width + column - 1] = true }
      }
    }
    var owners = [Int](repeating: -1, count: height * width)
    var cells: [Cell] = []
    for row in 0..<height {
      for column in 0..<width where owners[row * width + column] < 0 {
        // As far as nothing is drawn to the right, then as far down as nothing is drawn under all of it.
        var wide = 1
        while column + wide < width, !isBeside[row * width + column + wide - 1],
          owners[row * width + column + wide] < 0
        { wide += 1 }
        var high = 1
        while row + high < height,
          (column..<column + wide).allSatisfy({ !isUnder[(row + high - 1) * width + $0] })
        {
          // What is open below must be one cell below as well.
          let isWhole = (column..<column + wide - 1).allSatisfy {
            !isBeside[(row + high) * width + $0]
          }
          guard isWhole else { return nil }
          high += 1
        }
        for y in row..<row + high {
          for x in column..<column + wide { owners[y * width + x] = cells.count }
        }
        cells.append(Cell(row: row, column: column, rowSpan: high, columnSpan: wide))
      }
    }
    guard cells.count > 1 else { return nil }
    self.rows = rows
    self.columns = columns
    figures = []
    self.owners = owners
    self.cells = cells
    rowCount = height
    columnCount = width
    box = PageBox(left: left, top: top, right: right, bottom: bottom)
  }

  /// Cells around which no lines are drawn. Their columns are known by their number from the right alone, since on another
  /// page the outermost may be missing.
  init(
    _ cells: [Cell], rowCount: Int, columnCount: Int, figures: [ClosedRange<Double>] = [],
    top: Double, near: Double
  ) {
    self.cells = cells
    self.figures = figures
    self.rowCount = rowCount
    self.columnCount = columnCount
    columns = (0...columnCount).map { Double($0 - columnCount) * 2 * near }
    rows = []
    owners = []
    box = PageBox(left: 0, top: top, right: 0, bottom: top)
  }

  func box(of cell: Int) -> PageBox {
    let place = cells[cell]
    return PageBox(
      left: columns[place.column], top: rows[place.row],
      right: columns[place.column + place.columnSpan], bottom: rows[place.row + place.rowSpan])
  }

  /// The number of the cell that a point of the page lies in.
  func cell(at x: Double, _ y: Double) -> Int? {
    guard x >= box.left, x <= box.right, y >= box.top, y <= box.bottom,
      let row = rows.dropFirst().firstIndex(where: { y <= $0 }),
      let column = columns.dropFirst().firstIndex(where: { x <= $0 })
    else { return nil }
    return owners[(row - 1) * columnCount + column - 1]
  }

  /// Places in order; those closer than the tolerance are one.
  private static func apart(_ places: [Double], _ near: Double) -> [Double] {
    var kept: [Double] = []
    for place in places.sorted() {
      if let last = kept.last, place - last <= near { continue }
      kept.append(place)
    }
    return kept
  }
}
