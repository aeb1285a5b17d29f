/// A sheet of a workbook, as its cells tell it; columns and rows from 0.
struct Sheet {
  struct Cell {
    let row: Int
    let column: Int
    let lines: [String]
    let isBordered: Bool
  }

  struct Area {
    let rows: Range<Int>
    let columns: Range<Int>
  }

  /// Those with something in them.
  private(set) var cells: [Cell] = []
  private(set) var areas: [Area] = []
  /// For each row, the columns whose blank cells have a border.
  private(set) var frames: [Int: [Range<Int>]] = [:]
  private(set) var hiddenRows: [Range<Int>] = []
  private(set) var hiddenColumns: [Range<Int>] = []
  /// Results of 0 that formulas were saved with where nothing may have been calculated: the number of the cell, the formula.
  private var zeros: [(cell: Int, formula: String)] = []
  private var hasResults = false
  /// The formula of the cell that is set next.
  private var doubtful: String?
  /// Pictures of the sheet, which stand behind it.
  var pictures: [String] = []
  private var lastFilledRow = 0
  private(set) var excess: String?

  private let limits: ReadingLimits

  /// Bordered rows without a word further below than this belong to no table.
  static let longestBlank = 1000

  init(limits: ReadingLimits) { self.limits = limits }

  /// - Parameter text: lines apart by line feeds.
  mutating func set(row: Int, column: Int, text: String, isBordered: Bool) {
    guard row >= 0, column >= 0 else { return }
    let lines = Self.lines(of: text)
    defer { doubtful = nil }
    if let doubtful, !lines.isEmpty { zeros.append((cells.count, doubtful)) }
    if lines.isEmpty {
      if isBordered { frame(row: row, columns: column..<column + 1) }
      return
    }
    lastFilledRow = max(lastFilledRow, row)
    cells.append(Cell(row: row, column: column, lines: lines, isBordered: isBordered))
    if cells.count > limits.cells { excess = "> \(limits.cells) cells" }
  }

  /// The cell that is set next has a formula, with a number for its result.
  /// - Parameter isUnsure: whoever opens the file is asked to calculate.
  mutating func note(formula: String, isZero: Bool, isUnsure: Bool) {
    doubtful = isZero && isUnsure ? formula : nil
    if !isZero { hasResults = true }
  }

  /// Programs that write formulas without calculating save 0 for each. If every result of a sheet is 0, none is a figure:
  /// the formula stands in its place.
  mutating func settle() {
    guard !hasResults else { return }
    for (index, formula) in zeros where cells.indices.contains(index) {
      let cell = cells[index]
      cells[index] = Cell(
        row: cell.row, column: cell.column, lines: [formula], isBordered: cell.isBordered)
    }
  }

  mutating func frame(row: Int, columns: Range<Int>) {
    guard row <= lastFilledRow + Self.longestBlank else { return }
    var ranges = frames[row] ?? []
    if let last = ranges.last, last.upperBound == columns.lowerBound {
      ranges[ranges.count - 1] = last.lowerBound..<columns.upperBound
    } else {
      ranges.append(columns)
    }
    frames[row] = ranges
  }

  mutating func merge(rows: Range<Int>, columns: Range<Int>) {
    guard rows.count > 0, columns.count > 0, rows.count > 1 || columns.count > 1 else { return }
    areas.append(Area(rows: rows, columns: columns))
    if areas.count > limits.cells { excess = "> \(limits.cells) merged areas" }
  }

  mutating func hide(rows: Range<Int>) { Self.add(rows, to: &hiddenRows) }
  mutating func hide(columns: Range<Int>) { Self.add(columns, to: &hiddenColumns) }

  private static func add(_ range: Range<Int>, to ranges: inout [Range<Int>]) {
    guard !range.isEmpty else { return }
    if let last = ranges.last, last.upperBound == range.lowerBound {
      ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
    } else {
      ranges.append(range)
    }
  }

  static func lines(of text: String) -> [String] {
    text.split(whereSeparator: { $0.isNewline }).compactMap { line in
      let bytes = Array(line.utf8)
      let seen = bytes.withUnsafeBufferPointer { WhiteSpace.trimmed(0..<$0.count, of: $0) }
      return seen.isEmpty ? nil : String(decoding: bytes[seen], as: UTF8.self)
    }
  }
}

extension [Range<Int>] {
  /// The ranges in order, without overlaps.
  var united: [Range<Int>] {
    var result: [Range<Int>] = []
    for range in sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = result.last, range.lowerBound <= last.upperBound {
        result[result.count - 1] = last.lowerBound..<Swift.max(last.upperBound, range.upperBound)
      } else {
        result.append(range)
      }
    }
    return result
  }
}

/// Rows or columns with the hidden ones taken out: where each of the others is seen.
struct SeenLines {
  private let hidden: [Range<Int>]
  /// How many are hidden in front of each range.
  private let before: [Int]

  init(hidden: [Range<Int>]) {
    self.hidden = hidden.united
    var sum = 0
    var before: [Int] = []
    for range in self.hidden {
      before.append(sum)
      sum += range.count
    }
    self.before = before
  }

  /// The place among those that are seen; of a hidden one, that of the next which is.
  func place(_ line: Int) -> Int {
    // The last range that begins at or before the line.
    var low = 0
    var high = hidden.count
    while low < high {
      let middle = (low + high) / 2
      if hidden[middle].lowerBound <= line { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return line }
    let range = hidden[low - 1]
    return line < range.upperBound
      ? range.lowerBound - before[low - 1] : line - before[low - 1] - range.count
  }

  func isHidden(_ line: Int) -> Bool { place(line) == place(line + 1) }

  func places(_ lines: Range<Int>) -> Range<Int> {
    place(lines.lowerBound)..<place(lines.upperBound)
  }
}
