/// A table on a page without lines around its cells, put together by where its words and figures stand.
///
/// Figures of one column overlap from side to side; words and figures of one row have their middles at one height; lines of
/// one cell stand closer to each other than rows do. Where a figure does not find its row so, nothing is made of it, and the
/// page is read line by line.
struct UnruledTable {
  let grid: PageGrid
  /// By the number of the cell.
  let texts: [Int: String]
  /// The lines that it takes, by their heights.
  let taken: Set<Double>
  /// Those of them that are lines all the same.
  private(set) var captions: [PageText.Line] = []

  /// Tables with fewer are read as well line by line.
  private static let fewestColumns = 4
  private static let mostLabelColumns = 4
  /// More than a page of paper has.
  private static let mostLines = 500
  private static let mostPieces = 5000

  /// The tables among the lines of a page, from top to bottom.
  /// - Parameters:
  ///   - near: see ``PageRules``.
  ///   - margins: see ``PageRules``.
  static func all(in lines: [PageText.PiecedLine], near: Double, margins: Double) -> [UnruledTable]
  {
    var tables = HeadedRow.all(in: lines, margins: margins).map { UnruledTable($0, near: near) }
    let taken = tables.reduce(into: Set()) { $0.formUnion($1.taken) }
    var start = 0
    while let stretch = UnruledStretch(lines, from: start, columns: fewestColumns) {
      if let table = UnruledTable(stretch, near: near, margins: margins),
        table.taken.isDisjoint(with: taken)
      {
        tables.append(table)
      }
      start = stretch.range.upperBound
    }
    return tables
  }

  private init(_ row: HeadedRow, near: Double) {
    let width = row.head.count
    let cells = (0..<2 * width).map {
      PageGrid.Cell(row: $0 / width, column: $0 % width, rowSpan: 1, columnSpan: 1)
    }
    grid = PageGrid(cells, rowCount: 2, columnCount: width, top: row.top, near: near)
    texts = Dictionary(uniqueKeysWithValues: (row.head + row.figures).enumerated().map { ($0, $1) })
    taken = row.taken
    captions = row.captions
  }

  private init?(_ stretch: UnruledStretch, near: Double, margins: Double) {
    guard stretch.columns.count >= UnruledTable.fewestColumns,
      stretch.lines.count <= UnruledTable.mostLines,
      stretch.lines.reduce(0, { $0 + $1.pieces.count }) <= UnruledTable.mostPieces,
      stretch.labelStacks.count <= UnruledTable.mostLabelColumns
    else { return nil }
    let layouts = stretch.distances.map { UnruledLayout(stretch, within: $0, margins: margins) }
    guard let layout = layouts.max(by: { $0.score < $1.score }), let rows = layout.rows else {
      return nil
    }
    let labels = layout.labelColumns
    let width = labels + stretch.columns.count
    var cells: [PageGrid.Cell] = []
    var texts: [Int: String] = [:]
    for (number, row) in rows.enumerated() {
      let first = (0..<labels).first { row.texts[$0] != nil }
      for column in 0..<width {
        // In front of a row's label stands what reaches down beside it; behind it, its own cell reaches to the figures.
        if column < labels, let first, column < first || column > first && row.texts[column] == nil
        {
          continue
        }
        var span = 1
        if column < labels, first != nil {
          while column + span < labels, row.texts[column + span] == nil { span += 1 }
        }
        texts[cells.count] = row.texts[column] ?? ""
        cells.append(
          PageGrid.Cell(row: number, column: column, rowSpan: 1, columnSpan: span))
      }
    }
    let middles = stretch.lines.map(\.middle)
    let top = rows.map(\.top).min() ?? 0
    let bottom = rows.map(\.bottom).max() ?? 0
    taken = Set(middles.filter { $0 >= top && $0 <= bottom })
    grid = PageGrid(
      cells, rowCount: rows.count, columnCount: width, figures: stretch.columns, top: top,
      near: near)
    self.texts = texts
  }
}

/// Lines of a page that may be rows of one table: figures stand under each other in columns, and words only in front of them.
struct UnruledStretch {
  private(set) var lines: [PageText.PiecedLine] = []
  /// Of the lines of the page.
  private(set) var range = 0..<0
  /// From where to where the figures of each column reach.
  private(set) var columns: [ClosedRange<Double>] = []
  /// The height of its type.
  private(set) var height = 1.0
  /// How far words in front of the figures reach.
  private var labelEnd = -Double.infinity

  /// `nil`: no line has as many figures, with no words between them that would be lost.
  init?(_ page: [PageText.PiecedLine], from start: Int, columns count: Int) {
    var seed = start
    while seed < page.count, !begins(with: page[seed], columns: count) { seed += 1 }
    guard seed < page.count else { return nil }
    var end = seed + 1
    // The rows of a table stand at about the same distances, and other text further off.
    var widest = 0.0
    while end < page.count {
      let gap = page[end].middle - page[end - 1].middle
      guard gap <= (end - seed > 5 ? 1.3 * widest : 3 * height), takes(page[end], wordsToo: true)
      else { break }
      widest = max(widest, gap)
      end += 1
    }
    var begin = seed
    while begin > start, page[begin].middle - page[begin - 1].middle <= 3 * height,
      takes(page[begin - 1], wordsToo: page[begin - 1].pieces.contains(where: isLabel))
    { begin -= 1 }
    range = begin..<end
    lines = Array(page[range])
  }

  /// Whether the line may be a row of a table with so many columns: a sentence has figures as well.
  private mutating func begins(with line: PageText.PiecedLine, columns count: Int) -> Bool {
    let figures = line.pieces.filter(\.isFigure)
    guard figures.count >= count else { return false }
    height = line.pieces.map(\.height).max() ?? 1
    columns = UnruledStretch.columns(figures)
    labelEnd = -.infinity
    return takes(line, wordsToo: true)
  }

  private var left: Double { columns[0].lowerBound }

  /// Whether the piece stands in front of all figures.
  func isLabel(_ piece: PageText.Piece) -> Bool { piece.right <= left + height / 4 }

  func column(of piece: PageText.Piece) -> Int? {
    let found = columns.indices.filter { columns[$0].overlaps(piece.left...piece.right) }
    return found.count == 1 ? found[0] : nil
  }

  /// A line of the table, whose figures may widen a column or make one. Words among the figures may be what one cell says,
  /// `详见附表`; several of them are a head, and so are words over more than one column.
  private mutating func takes(_ line: PageText.PiecedLine, wordsToo: Bool) -> Bool {
    labelEnd =
      line.pieces.filter { !$0.isFigure && isLabel($0) }.map(\.right).max().map {
        max($0, labelEnd)
      } ?? labelEnd
    // The number of a row may stand apart from its label; a figure in front of the columns so far begins another.
    let right = line.pieces.filter { !isLabel($0) || $0.isFigure && $0.left > labelEnd }
    let words = right.filter { !$0.isFigure }
    guard words.isEmpty || wordsToo && words.count == 1 && column(of: words[0]) != nil else {
      return false
    }
    columns = UnruledStretch.columns(
      right.filter(\.isFigure), and: columns)
    return true
  }

  private static func columns(
    _ figures: [PageText.Piece], and others: [ClosedRange<Double>] = []
  ) -> [ClosedRange<Double>] {
    let all = others + figures.map { $0.left...$0.right }
    var columns: [ClosedRange<Double>] = []
    for range in all.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = columns.last, range.lowerBound <= last.upperBound {
        columns[columns.count - 1] =
          last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        columns.append(range)
      }
    }
    return columns
  }

  /// How much room the figures of a column have between those beside them.
  func room(of column: Int) -> Double {
    let gaps = [
      column > 0 ? columns[column].lowerBound - columns[column - 1].upperBound : nil,
      column + 1 < columns.count
        ? columns[column + 1].lowerBound - columns[column].upperBound : nil,
    ]
    let own = columns[column].upperBound - columns[column].lowerBound
    // Beside the outermost there is as much as on its other side.
    return own + (gaps[0] ?? gaps[1] ?? 0) + (gaps[1] ?? gaps[0] ?? 0)
  }

  /// How far apart lines of one cell may be: between the distances that are found, each could be the limit.
  var distances: [Double] {
    var found: [Double] = []
    for pieces in stacks {
      found += zip(pieces, pieces.dropFirst()).map { $1.middle - $0.middle }
    }
    var limits = [0.0]
    for distance in found.sorted() where distance > limits.last ?? 0 && distance < 3 * height {
      limits.append(distance * 1.06)
      if limits.count > 12 { break }
    }
    return limits
  }

  /// Pieces under each other: words that begin at one place, figures of one column.
  var stacks: [[PageText.Piece]] { labelStacks + figureStacks }

  /// From left to right.
  var labelStacks: [[PageText.Piece]] {
    let labels = lines.flatMap { $0.pieces.filter(isLabel) }
    var stacks: [[PageText.Piece]] = []
    for piece in labels.sorted(by: { $0.left < $1.left }) {
      if let last = stacks.last?.last, piece.left - last.left < height / 2 {
        stacks[stacks.count - 1].append(piece)
      } else {
        stacks.append([piece])
      }
    }
    return stacks.map { $0.sorted { $0.middle < $1.middle } }
  }

  /// By columns.
  var figureStacks: [[PageText.Piece]] {
    var stacks = [[PageText.Piece]](repeating: [], count: columns.count)
    for piece in lines.flatMap(\.pieces) where !isLabel(piece) {
      if let column = column(of: piece) { stacks[column].append(piece) }
    }
    return stacks
  }
}

/// A table as it would be if lines up to a distance were of one cell.
struct UnruledLayout {
  struct Row {
    /// By columns, those of labels first.
    var texts: [Int: String] = [:]
    var top: Double
    var bottom: Double
    var middle: Double { (top + bottom) / 2 }
  }

  fileprivate struct Cell {
    let column: Int
    var text: String { pieces.map(\.text).joined(separator: "\n") }
    fileprivate(set) var pieces: [PageText.Piece]
    let top: Double
    var bottom: Double
    let first: Double
    var last: Double
    /// The middle of its first and its last line.
    var middle: Double { (first + last) / 2 }

    init(_ piece: PageText.Piece, column: Int) {
      self.column = column
      pieces = [piece]
      top = piece.middle - piece.height / 2
      bottom = piece.middle + piece.height / 2
      first = piece.middle
      last = piece.middle
    }
  }

  /// From top to bottom; `nil`: there are figures of which nothing tells whose they are.
  private(set) var rows: [Row]?
  let labelColumns: Int
  /// How well words and figures go together.
  private(set) var score = Int.min

  init(_ stretch: UnruledStretch, within distance: Double, margins: Double) {
    let labelStacks = stretch.labelStacks
    labelColumns = labelStacks.count
    let labels = labelStacks.enumerated().flatMap { UnruledLayout.cells($1, $0, distance) }
    let figures = stretch.figureStacks.enumerated().flatMap {
      UnruledLayout.cells($1, $0 + labelStacks.count, distance)
    }
    let near = stretch.height * 0.35
    let rooms = stretch.columns.indices.map(stretch.room)
    // On each side a neighbour keeps some of it free as well, mostly less than the most.
    let whole = { (cell: Cell) in
      WrappedFigure.whole(
        cell.pieces, width: rooms[cell.column - labelStacks.count], margins: 1.5 * margins)
    }
    guard var found = UnruledLayout.rows(figures, near, whole), !found.isEmpty
    else { return }
    // Labels at the height of a row are its own, those of the innermost column first.
    var owners: [Int: Int] = [:]
    for (number, row) in found.enumerated() {
      let beside = labels.indices.filter { abs(labels[$0].middle - row.middle) <= near }
      for label in beside where owners[label] == nil { owners[label] = number }
    }
    let bare = found.indices.filter { !owners.values.contains($0) }
    for (label, row) in owners { found[row].add(labels[label]) }
    // Other words stand beside several rows, or are rows without figures.
    var blank: [Row] = []
    for index in labels.indices where owners[index] == nil {
      let label = labels[index]
      let beside = found.indices.filter {
        label.top < found[$0].bottom - near && label.bottom > found[$0].top + near
      }.min { abs(found[$0].middle - label.middle) < abs(found[$1].middle - label.middle) }
      if let beside {
        found[beside].add(label, isBeside: true)
      } else {
        var row = Row(top: label.top, bottom: label.bottom)
        row.add(label)
        blank.append(row)
      }
    }
    score = 4 * (found.count - bare.count) - 8 * bare.count - (labels.count - owners.count)
    // The end of a page may part figures from their label.
    guard bare.allSatisfy({ $0 == 0 || $0 == found.count - 1 }), bare.count < 2,
      bare.count < found.count
    else { return }
    // Below the last row with figures other text may stand.
    let end = found[found.count - 1].middle
    rows = (found + blank.filter { $0.middle < end }).sorted { $0.middle < $1.middle }
  }

  private static func cells(
    _ stack: [PageText.Piece], _ column: Int, _ distance: Double
  ) -> [Cell] {
    var cells: [Cell] = []
    for piece in stack {
      if let last = cells.last, piece.middle - last.last <= distance {
        cells[cells.count - 1].add(piece)
      } else {
        cells.append(Cell(piece, column: column))
      }
    }
    return cells
  }

  /// Figures whose middles are at one height; `nil`: two of one column are.
  /// - Parameter whole: the one figure that the lines of a cell are, if they are.
  private static func rows(
    _ figures: [Cell], _ near: Double, _ whole: (Cell) -> String?
  ) -> [Row]? {
    var rows: [(cells: [Cell], middle: Double)] = []
    for figure in figures.sorted(by: { $0.middle < $1.middle }) {
      if let last = rows.last, figure.middle - last.middle <= near {
        let index = rows.count - 1
        guard !last.cells.contains(where: { $0.column == figure.column }) else { return nil }
        rows[index].cells.append(figure)
        rows[index].middle += (figure.middle - last.middle) / Double(rows[index].cells.count)
      } else {
        rows.append(([figure], figure.middle))
      }
    }
    return rows.map { Row($0.cells, whole) }
  }
}

extension UnruledLayout.Cell {
  fileprivate mutating func add(_ piece: PageText.Piece) {
    pieces.append(piece)
    bottom = piece.middle + piece.height / 2
    last = piece.middle
  }
}

extension UnruledLayout.Row {
  fileprivate init(
    _ figures: [UnruledLayout.Cell], _ whole: (UnruledLayout.Cell) -> String?
  ) {
    self.init(
      top: figures.map(\.top).min() ?? 0, bottom: figures.map(\.bottom).max() ?? 0)
    // Where all of its figures stand on several lines, they may be those of several rows.
    let isOne = figures.contains { $0.pieces.count == 1 }
    for cell in figures {
      texts[cell.column] = (isOne ? whole(cell) : nil) ?? cell.text
    }
  }

  fileprivate mutating func add(_ cell: UnruledLayout.Cell, isBeside: Bool = false) {
    texts[cell.column] = texts[cell.column].map { $0 + "\n" + cell.text } ?? cell.text
    guard !isBeside else { return }
    top = min(top, cell.top)
    bottom = max(bottom, cell.bottom)
  }
}
