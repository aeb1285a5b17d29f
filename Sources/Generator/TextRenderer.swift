import Forms
import Reports

/// Prints a report as plain text.
struct TextRenderer {
  let report: SyntheticReport
  let layout: Layout
  var random: SplitMix64

  init(_ report: SyntheticReport, _ layout: Layout, _ random: SplitMix64) {
    self.report = report
    self.layout = layout
    self.random = random
  }

  mutating func fragments() -> [Fragment] {
    var marks = random.fork(4)
    let page = Page(report, layout, &marks)
    var lines: [[Fragment]] = []
    for item in page.items {
      switch item {
      case .siteHead(let text), .siteFoot(let text), .words(let text):
        lines.append([Fragment(text, .words)])
      case .title(let parts): lines += parts.map { [Fragment($0, .title)] }
      case .heading(let text): lines.append([Fragment(text, .heading)])
      case .grid(let grid):
        var table = self.lines(of: grid)
        if layout.traits.contains(.pageMarks) { addPageMarks(&table, &marks) }
        if layout.traits.contains(.strayBars) { table.append([Fragment("|", .separator)]) }
        lines += table
      }
    }
    if layout.halfWidth {
      for line in lines.indices {
        for index in lines[line].indices where lines[line][index].kind != .figure {
          lines[line][index].text = Grid.narrowed(lines[line][index].text)
        }
      }
    }
    var end = layout.carriageReturns ? "\r\n" : "\n"
    if layout.blankLines { end += end }
    if layout.shape == .barsOneLine { end = " " }
    let last = Fragment(layout.carriageReturns ? "\r\n" : "\n", .lineEnd)
    return Array(lines.joined(separator: [Fragment(end, .lineEnd)])) + [last]
  }

  private mutating func lines(of grid: Grid) -> [[Fragment]] {
    switch layout.shape {
    case .bars, .barsOneLine:
      var lines = rows(of: grid, separator: " | ")
      for index in lines.indices {
        if layout.traits.contains(.rulers) {
          lines[index].insert(Fragment("| ", .separator), at: 0)
        }
        lines[index].append(Fragment(" |", .separator))
      }
      if layout.traits.contains(.rulers) {
        let width = grid.rows.map { $0.reduce(0) { $0 + $1.columnSpan } }.max() ?? 1
        let ruler = "|" + String(repeating: "---|", count: width)
        lines.insert([Fragment(ruler, .separator)], at: grid.headRows)
      }
      return lines
    case .tabs: return rows(of: grid, separator: "\t")
    case .barLines:
      return cells(of: grid).flatMap { slot, lines -> [[Fragment]] in
        var lines = lines.isEmpty ? [[Fragment("", .separator)]] : lines
        lines[lines.count - 1].append(Fragment(lines[0][0].text.isEmpty ? "|" : " |", .separator))
        if slot.columnSpan > 1 {
          lines.append([
            Fragment(String(repeating: "|", count: slot.columnSpan - 1), .separator)
          ])
        }
        return lines
      }
    case .barAlone:
      return cells(of: grid).flatMap { [[Fragment("|", .separator)]] + $0.lines }
        + [[Fragment("|", .separator)]]
    case .columns:
      return ColumnsRenderer(grid, layout).lines { layout.print($0, &random) }
    case .labelsAfter:
      return grid.rows.flatMap { row -> [[Fragment]] in
        let figures = row.filter { $0.role == .figure }
        let words = row.filter { $0.role != .figure }
        return (figures + words).flatMap { self.lines(of: $0) }
      }
    case .columnwise: return columnwise(grid)
    default: return cells(of: grid).flatMap(\.lines)
    }
  }

  // MARK: A cell a line

  private mutating func cells(of grid: Grid) -> [(slot: Grid.Slot, lines: [[Fragment]])] {
    var result: [(Grid.Slot, [[Fragment]])] = []
    for slot in grid.rows.joined() { result.append((slot, lines(of: slot))) }
    return result
  }

  /// A cell's lines; a figure that is not there leaves no line.
  private mutating func lines(of slot: Grid.Slot) -> [[Fragment]] {
    if slot.role == .figure {
      let printed = layout.print(slot.text, &random)
      return printed.isEmpty ? [] : [[Fragment(printed, .figure, slot.cells)]]
    }
    return Grid.words(slot, layout).split(separator: "\n").map {
      [Fragment(String($0), slot.kind, slot.cells)]
    }
  }

  /// Labels first, then the figures of each column.
  private mutating func columnwise(_ grid: Grid) -> [[Fragment]] {
    let words = grid.rows.joined().filter { $0.role != .figure }
    var lines: [[Fragment]] = []
    for slot in words { lines += self.lines(of: slot) }
    let figures = grid.rows.map { $0.filter { $0.role == .figure } }
    for column in 0..<(figures.map(\.count).max() ?? 0) {
      for row in figures where column < row.count { lines += self.lines(of: row[column]) }
    }
    return lines
  }

  // MARK: A row a line

  /// Merged cells leave their words once. As text copied from a table has it, there is nothing for the columns they cover;
  /// with ``Trait/mergedRuns`` an empty field for each, also below them.
  private mutating func rows(of grid: Grid, separator: String) -> [[Fragment]] {
    let runs = layout.traits.contains(.mergedRuns)
    // Columns that cells from above still cover: for how many rows.
    var covered: [Int] = []
    return grid.rows.map { slots in
      var fields: [Fragment] = []
      var column = 0
      func skipCovered() {
        while column < covered.count, covered[column] > 0 {
          covered[column] -= 1
          if runs { fields.append(Fragment("", .words)) }
          column += 1
        }
      }
      for slot in slots {
        skipCovered()
        let text =
          slot.role == .figure
          ? layout.print(slot.text, &random) : Grid.words(slot, layout).filter { $0 != "\n" }
        fields.append(Fragment(text, slot.kind, slot.cells))
        let tail = layout.traits.contains(.longTail) && slot.columnSpan == 16
        for number in 0..<slot.columnSpan {
          while covered.count <= column { covered.append(0) }
          covered[column] = slot.rowSpan - 1
          column += 1
          if number > 0, runs || tail { fields.append(Fragment("", .words)) }
        }
      }
      skipCovered()
      return joined(fields, separator)
    }
  }

  /// Empty fields leave bars without spaces between them: `2 | |||`.
  private func joined(_ fields: [Fragment], _ separator: String) -> [Fragment] {
    var line: [Fragment] = []
    for (number, field) in fields.enumerated() {
      if number > 0 {
        let tight =
          layout.traits.contains(.mergedRuns) && field.text.isEmpty
          && fields[number - 1].text.isEmpty
        line.append(Fragment(tight ? "|" : separator, .separator))
      }
      line.append(field)
    }
    return line
  }

  // MARK: Pages

  /// Page numbers and running heads between rows, as where a table runs over a page.
  private func addPageMarks(_ lines: inout [[Fragment]], _ random: inout SplitMix64) {
    guard lines.count > 12 else { return }
    let title = Prose(report).title(.unitYear).joined()
    for number in 1...2 {
      let mark = random.pick(["-\(number + 1)-", "— \(number + 1) —", "第 \(number + 1) 页 共 8 页"])
      var position = random.int(6...lines.count - 3)
      if ![.bars, .tabs, .columns].contains(layout.shape) {
        // Between two rows: in front of a label.
        while position < lines.count - 1, lines[position][0].kind != .label { position += 1 }
      } else if layout.shape == .columns {
        while position < lines.count - 1,
          !lines[position - 1].contains(where: { $0.kind == .figure })
        {
          position += 1
        }
      }
      var inserted = [[Fragment(mark, .words)]]
      if random.chance(0.4) { inserted.append([Fragment(title, .words)]) }
      lines.insert(contentsOf: inserted, at: position)
    }
  }
}

extension Grid.Slot {
  /// What the words or figures of the slot are in print.
  var kind: Fragment.Kind {
    switch role {
    case .figure: .figure
    case .label: .label
    case .caption, .head, .group: .head
    case .spacer: .words
    }
  }
}

extension Layout {
  /// What a figure looks like: digits of another width, spaces around, separators of thousands, a counter word.
  func print(_ raw: String, _ random: inout SplitMix64) -> String {
    guard !raw.isEmpty, raw.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return raw }
    switch digits {
    case .plain: return raw
    case .fullWidth:
      return String(
        String.UnicodeScalarView(
          raw.unicodeScalars.compactMap { Unicode.Scalar($0.value + 0xFEE0) }))
    case .spaced: return random.chance(0.5) ? " \(raw)" : "\(raw) "
    case .thousands:
      var grouped = ""
      for (position, digit) in raw.enumerated() {
        if position > 0, (raw.utf8.count - position).isMultiple(of: 3) { grouped += "," }
        grouped.append(digit)
      }
      return grouped
    case .counted: return raw + "件"
    }
  }
}
