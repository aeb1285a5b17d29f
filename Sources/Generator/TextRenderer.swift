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

  mutating func text() -> String {
    let prose = Prose(report)
    let furniture = Furniture(report: report)
    var lines = layout.furniture ? furniture.head : []
    lines += prose.title(layout.title)
    lines.append(layout.furniture ? furniture.dateLine : furniture.plainDateLine)
    for section in Section.allCases where !report.sectionsMissing.contains(section) {
      lines.append(prose.heading(section))
      lines += prose.paragraphs(section)
      for grid in grids(section) { lines += self.lines(of: grid) }
    }
    if layout.furniture { lines += furniture.foot }
    if layout.halfWidth { lines = lines.map(Grid.narrowed) }
    let end = layout.carriageReturns ? "\r\n" : "\n"
    return lines.joined(separator: layout.blankLines ? end + end : end) + end
  }

  private func grids(_ section: Section) -> [Grid] { report.grids(section, layout) }

  private mutating func lines(of grid: Grid) -> [String] {
    switch layout.shape {
    case .bars: grid.rows.map { row(of: $0, separator: " | ") + " |" }
    case .tabs: grid.rows.map { row(of: $0, separator: "\t") }
    default: grid.rows.flatMap { row in row.flatMap { cell(of: $0) } }
    }
  }

  /// A cell's lines; a figure that is not there leaves no line.
  private mutating func cell(of slot: Grid.Slot) -> [String] {
    if slot.role == .figure {
      let printed = layout.print(slot.text, &random)
      return printed.isEmpty ? [] : [printed]
    }
    return Grid.words(slot, layout).split(separator: "\n").map(String.init)
  }

  /// A row in one line. Merged cells leave their words once and nothing for the columns they cover, as text copied from
  /// a table has it.
  private mutating func row(of slots: [Grid.Slot], separator: String) -> String {
    var fields: [String] = []
    for slot in slots {
      fields.append(
        slot.role == .figure
          ? layout.print(slot.text, &random)
          : String(Grid.words(slot, layout).filter { $0 != "\n" }))
    }
    return fields.joined(separator: separator)
  }
}

extension SyntheticReport {
  /// The tables of a section as printed.
  func grids(_ section: Section, _ layout: Layout) -> [Grid] {
    switch section {
    case .disclosure: tablesMissing.contains(.two) ? [] : Grid.tables2(self, one: layout.oneTable2)
    case .requests: tablesMissing.contains(.three) ? [] : [Grid.table3(self)]
    case .disputes: tablesMissing.contains(.four) ? [] : [Grid.table4(self)]
    default: []
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
