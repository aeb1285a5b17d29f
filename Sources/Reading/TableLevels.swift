/// Text and tables inside each other as Word keeps them: paragraphs that say how deep they stand, and marks at the end of
/// cells and rows. In RTF and in the binary files.
struct TableLevels {
  private(set) var items: [FlowItem] = []
  /// Why the document is not followed any further.
  private(set) var excess: String?

  private let limits: ReadingLimits
  private var levels: [Level] = []
  private var cellCount = 0
  private var blockCount = 0

  private struct Level {
    var table = EdgeTable()
    /// The cells of the row that is open, and what stands in the last of them.
    var cells: [[FlowItem]] = []
    var cell: [FlowItem] = []
  }

  /// What a row says of its cells.
  struct RowShape {
    struct Cell {
      var edge: Int
      var continuesLeft = false
      var continuesAbove = false
    }

    var start = 0
    var cells: [Cell] = []
  }

  init(limits: ReadingLimits) { self.limits = limits }

  /// A line or a picture that stands in so many tables.
  mutating func append(_ item: FlowItem, depth: Int) {
    open(depth)
    add(item)
    countBlock()
  }

  private mutating func add(_ item: FlowItem) {
    if let last = levels.indices.last {
      levels[last].cell.append(item)
    } else {
      items.append(item)
    }
  }

  mutating func endCell(depth: Int) {
    open(depth)
    guard let last = levels.indices.last else { return }
    levels[last].cells.append(levels[last].cell)
    levels[last].cell = []
    cellCount += 1
    if cellCount > limits.cells { excess = "> \(limits.cells) cells" }
  }

  mutating func endRow(_ shape: RowShape, depth: Int) {
    open(depth)
    guard let last = levels.indices.last else { return }
    var cells = levels[last].cells
    // What stands behind the last mark of a cell is kept with it.
    if !levels[last].cell.isEmpty {
      if cells.isEmpty { cells.append([]) }
      cells[cells.count - 1] += levels[last].cell
    }
    levels[last].cells = []
    levels[last].cell = []
    var row = EdgeTable.Row(start: shape.start, cells: [])
    for (index, items) in cells.enumerated() {
      // A row with more cells than it says: the others stand behind, each as wide as an inch.
      let told = shape.cells.indices.contains(index) ? shape.cells[index] : nil
      let edge = told?.edge ?? (row.cells.last?.edge ?? shape.start) + 1440
      row.cells.append(
        EdgeTable.Cell(
          edge: edge, continuesLeft: told?.continuesLeft ?? false,
          continuesAbove: told?.continuesAbove ?? false, items: items))
    }
    levels[last].table.rows.append(row)
  }

  /// Ends tables that stand deeper, and begins those that are missing.
  private mutating func open(_ depth: Int) {
    while levels.count > depth { close() }
    guard depth <= limits.depth else {
      excess = "> \(limits.depth) levels"
      return
    }
    while levels.count < depth { levels.append(Level()) }
  }

  private mutating func close() {
    guard var level = levels.popLast() else { return }
    // A row that has no end, as where the file breaks off.
    var rest = level.cells
    if !level.cell.isEmpty { rest.append(level.cell) }
    if !rest.isEmpty {
      let start = level.table.rows.last?.start ?? 0
      var row = EdgeTable.Row(start: start, cells: [])
      for (index, items) in rest.enumerated() {
        let above = level.table.rows.last?.cells
        let edge = above.flatMap { $0.indices.contains(index) ? $0[index].edge : nil }
        row.cells.append(
          EdgeTable.Cell(
            edge: edge ?? (row.cells.last?.edge ?? start) + 1440, items: items))
      }
      level.table.rows.append(row)
    }
    guard let resolved = level.table.markup.resolved(limits: limits) else {
      excess = "> \(limits.columns) columns"
      return
    }
    countBlock()
    for item in resolved { add(item) }
  }

  private mutating func countBlock() {
    blockCount += 1
    if blockCount > limits.blocks { excess = "> \(limits.blocks) blocks" }
  }

  mutating func finish() { while !levels.isEmpty { close() } }
}

/// A line of an office document without the white space at its ends; `nil`: nothing is left.
func seenLine(_ utf8: [UInt8]) -> String? {
  let line = utf8.withUnsafeBufferPointer { bytes in
    String(decoding: bytes[WhiteSpace.trimmed(0..<bytes.count, of: bytes)], as: UTF8.self)
  }
  return line.isEmpty ? nil : line
}
