import Forms
import Reports

/// What a damaged page says of rows that look whole, where each cell stands on a line of its own.
///
/// A line lost and another one doubled or two joined can leave a row with as many figures as it has cells, and a row of one
/// figure with none. From its label to the next such a page is, character for character, the page of another report, and no
/// reader can know better than to read that one. The other report is printed and compared before any cell is taken for
/// told: what cannot be printed so stays unknowable.
struct Restating {
  let report: SyntheticReport
  let layout: Layout
  let seed: UInt64
  /// The damaged print.
  let fragments: [Fragment]
  /// What the whole report prints, without spaces, and what it is.
  private let printed: [String: Cell]

  init(_ report: SyntheticReport, _ layout: Layout, seed: UInt64, fragments: [Fragment]) {
    self.report = report
    self.layout = layout
    self.seed = seed
    self.fragments = fragments
    printed = Dictionary(
      report.printedTruth(layout).values.map { ($0.raw.filter { $0 != " " }, $0) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The cells of these rows as the page has them, of those rows of which it is the page of another report.
  func cells(_ rows: [[CellKey]]) -> [CellKey: Cell] {
    var told: [CellKey: Cell] = [:]
    for row in rows {
      guard let damaged = Self.figures(of: row, in: fragments, layout.shape) else { continue }
      var readings: [[Cell]] = []
      for texts in candidates(damaged, count: row.count) {
        let cells = texts.map(cell)
        if !readings.contains(cells), prints(cells, row, as: damaged) { readings.append(cells) }
      }
      guard readings.count == 1, let cells = readings.first else { continue }
      // Nobody writes 04: two figures without anything between them.
      for (key, cell) in zip(row, cells) where !Self.hasZeroInFront(cell.raw) { told[key] = cell }
    }
    return told
  }

  // MARK: The lines of a row

  /// The figures, bars and line ends that belong to the label of a row; of table 4, which has none, of all its figures.
  /// `nil` where the label is not there.
  static func figures(
    of row: [CellKey], in fragments: [Fragment], _ shape: Layout.Shape
  ) -> [String]? {
    func isPart(_ index: Int) -> Bool {
      fragments.indices.contains(index)
        && [.figure, .separator, .lineEnd, .tag].contains(fragments[index].kind)
    }
    let range: Range<Int>
    if row.first?.table == .four {
      guard let first = fragments.firstIndex(where: { Self.is($0, of: row) }) else { return [] }
      if shape == .columns { return nil }
      var start = first
      while isPart(start - 1) { start -= 1 }
      range = start..<(start + fragments[start...].indices.prefix(while: isPart).count)
    } else if shape == .labelsAfter {
      guard
        var end = fragments.firstIndex(where: { $0.kind == .label && $0.cells == row })
      else { return nil }
      // Words of groups stand between the figures and the label.
      while end > 0, [.head, .lineEnd].contains(fragments[end - 1].kind) { end -= 1 }
      var start = end
      while isPart(start - 1) { start -= 1 }
      range = start..<end
    } else {
      guard
        let label = fragments.lastIndex(where: { $0.kind == .label && $0.cells == row })
      else { return nil }
      let rest = (label + 1)..<fragments.endIndex
      range = rest.prefix(rest.prefix(while: isPart).count)
    }
    return lines(fragments[range])
  }

  private static func `is`(_ fragment: Fragment, of row: [CellKey]) -> Bool {
    fragment.kind == .figure && fragment.cells.allSatisfy(row.contains) && !fragment.cells.isEmpty
  }

  /// Figures that stand on one line are one; `|` for each bar. White space says nothing.
  private static func lines(_ fragments: ArraySlice<Fragment>) -> [String] {
    var lines: [String] = []
    var isOpen = false
    for fragment in fragments {
      switch fragment.kind {
      case .figure:
        for (number, line) in fragment.text.split(whereSeparator: \.isNewline).enumerated() {
          let text = String(line.filter { $0 != " " })
          if isOpen, number == 0 { lines[lines.count - 1] += text } else { lines.append(text) }
          isOpen = true
        }
      case .separator:
        lines += fragment.text.filter { $0 == "|" }.map(String.init)
        isOpen = false
      default: isOpen = false
      }
    }
    return lines
  }

  // MARK: Candidates

  /// What could stand in the cells, if nothing but blanks stands beside them.
  private func candidates(_ lines: [String], count: Int) -> [[String]] {
    let fields: [String]
    switch layout.shape {
    case .barLines, .barAlone:
      // A bar closes the cell in front of it, or opens the one behind it.
      let parts = lines.split(separator: "|", omittingEmptySubsequences: false)
      guard parts.allSatisfy({ $0.count <= 1 }) else { return [] }
      fields = parts.map { $0.first ?? "" }
    default:
      guard lines.count == count || lines.isEmpty else { return [] }
      return [lines.isEmpty ? Array(repeating: "", count: count) : lines]
    }
    guard fields.count >= count else { return [] }
    return (0...(fields.count - count)).compactMap { start in
      let cells = fields[start..<(start + count)]
      let others = fields[..<start] + fields[cells.endIndex...]
      return others.allSatisfy(\.isEmpty) ? Array(cells) : nil
    }
  }

  /// Whether a report with these cells prints just these lines.
  private func prints(_ cells: [Cell], _ row: [CellKey], as lines: [String]) -> Bool {
    var other = report
    for (key, cell) in zip(row, cells) { other.cells[key] = cell }
    var plain = layout
    plain.digits = .plain
    return Self.figures(of: row, in: other.fragments(plain, seed: seed), layout.shape) == lines
  }

  private func cell(_ text: String) -> Cell {
    if text.isEmpty { return .blank }
    if let printed = printed[text] {
      return Cell(class: printed.class, number: printed.number, raw: text)
    }
    let digits = text.unicodeScalars.compactMap { scalar in
      (0xFF10...0xFF19).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFEE0) : scalar
    }
    if digits.allSatisfy({ ("0"..."9").contains($0) }),
      let number = Figure(String(String.UnicodeScalarView(digits)))
    {
      return Cell(class: .number, number: number, raw: text)
    }
    return Cell(class: .text, raw: text)
  }

  private static func hasZeroInFront(_ text: String) -> Bool {
    text.count > 1 && (text.hasPrefix("0") || text.hasPrefix("０"))
      && text.allSatisfy(\.isWholeNumber)
  }
}

extension Layout.Shape {
  /// Cells stand on lines of their own beside their label.
  var isFlat: Bool {
    [.lines, .paragraphs, .barLines, .barAlone, .labelsAfter].contains(self)
  }
}
