import Forms

/// Prints a table as a program prints the text of a PDF that keeps the places of words: columns kept by spaces, labels
/// broken around the line of their figures, merged labels in the middle of their rows.
struct ColumnsRenderer {
  private let grid: Grid
  private let layout: Layout

  init(_ grid: Grid, _ layout: Layout) {
    self.grid = grid
    self.layout = layout
  }

  private struct Placed {
    let slot: Grid.Slot
    let row: Int
    let column: Int
    var lines: [String]
  }

  func lines(printing print: (String) -> String) -> [[Fragment]] {
    let placed = place(print)
    let columns = placed.map { $0.column + $0.slot.columnSpan }.max() ?? 1
    let widths = Self.widths(placed, columns)
    var starts = [0]
    for width in widths { starts.append(starts[starts.count - 1] + width + 2) }
    var wrapped = placed
    for index in wrapped.indices {
      let slot = wrapped[index].slot
      let end = min(columns, wrapped[index].column + slot.columnSpan)
      let room = starts[end] - starts[wrapped[index].column] - 2
      wrapped[index].lines = wrapped[index].lines.flatMap { Self.wrap($0, room) }
    }
    var heights = [Int](repeating: 1, count: grid.rows.count)
    for cell in wrapped where cell.slot.rowSpan == 1 {
      heights[cell.row] = max(heights[cell.row], cell.lines.count)
    }
    for cell in wrapped where cell.slot.rowSpan > 1 {
      let rows = cell.row..<min(grid.rows.count, cell.row + cell.slot.rowSpan)
      let room = heights[rows].reduce(0, +)
      if cell.lines.count > room { heights[rows.upperBound - 1] += cell.lines.count - room }
    }
    var tops = [0]
    for height in heights { tops.append(tops[tops.count - 1] + height) }
    var canvas = [[(start: Int, fragment: Fragment)]](repeating: [], count: tops[tops.count - 1])
    for cell in wrapped {
      let last = min(grid.rows.count, cell.row + cell.slot.rowSpan)
      let room = tops[last] - tops[cell.row]
      let first = tops[cell.row] + max(0, (room - cell.lines.count) / 2)
      for (number, text) in cell.lines.enumerated() where !text.isEmpty {
        canvas[first + number].append(
          (starts[cell.column], Fragment(text, cell.slot.kind, cell.slot.cells)))
      }
    }
    return canvas.compactMap(Self.line)
  }

  private func place(_ print: (String) -> String) -> [Placed] {
    var covered: [Int] = []
    var placed: [Placed] = []
    for (row, slots) in grid.rows.enumerated() {
      var column = 0
      func skip() {
        while column < covered.count, covered[column] > 0 {
          covered[column] -= 1
          column += 1
        }
      }
      for slot in slots {
        skip()
        let text =
          slot.role == .figure ? print(slot.text) : Grid.words(slot, layout).filter { $0 != "\n" }
        placed.append(Placed(slot: slot, row: row, column: column, lines: [text]))
        for _ in 0..<slot.columnSpan {
          while covered.count <= column { covered.append(0) }
          covered[column] = slot.rowSpan - 1
          column += 1
        }
      }
      skip()
    }
    return placed
  }

  /// Labels get up to 20 cells of the screen in one column, figures what they need.
  private static func widths(_ placed: [Placed], _ columns: Int) -> [Int] {
    var widths = [Int](repeating: 4, count: columns)
    for cell in placed where cell.slot.columnSpan == 1 {
      let width = cell.lines.map(Self.width).max() ?? 0
      let most =
        switch cell.slot.role {
        case .figure: width
        case .label: min(width, 20)
        case .group: min(width, 8)
        default: min(width, 8)
        }
      widths[cell.column] = max(widths[cell.column], most)
    }
    return widths
  }

  private static func wrap(_ text: String, _ room: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    var used = 0
    for character in text {
      let width = Self.width(String(character))
      if used + width > max(2, room), !line.isEmpty {
        lines.append(line)
        line = ""
        used = 0
      }
      line.append(character)
      used += width
    }
    return lines + [line]
  }

  private static func line(_ pieces: [(start: Int, fragment: Fragment)]) -> [Fragment]? {
    guard !pieces.isEmpty else { return nil }
    var line: [Fragment] = []
    var position = 0
    for piece in pieces.sorted(by: { $0.start < $1.start }) {
      let gap = max(position == 0 ? 0 : 1, piece.start - position)
      if gap > 0 { line.append(Fragment(String(repeating: " ", count: gap), .separator)) }
      line.append(piece.fragment)
      position = max(position, piece.start) + width(piece.fragment.text)
    }
    return line
  }

  private static func width(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + ($1.value < 0x1100 ? 1 : 2) }
  }
}
