public import Forms
public import Reports

/// A report as a file, with the truth about it.
public struct PrintedReport: Sendable {
  public let bytes: [UInt8]
  public let layout: Layout
  /// What each cell holds: class and number as in the report, raw as this layout prints it.
  public let truth: [CellKey: Cell]
  /// What the file says of its region; `nil` where neither the title nor the page names it.
  public let region: String?
  /// Cells whose value the print does not tell: whatever is said of them with certainty must be right all the same.
  public let unknowable: Set<CellKey>
  /// Cells in which something stands that was a figure once: text, or uncertain, never a number.
  public let mistyped: Set<CellKey>
  /// Cells of damaged rows whose lines are, character for character, those of another report (``Restating``), and what they
  /// hold there: no reader of the file can know better than to read that. Also a figure mistyped in one of two lines that stand
  /// twice, as the other has it.
  public let restated: [CellKey: Cell]

  public init(
    bytes: [UInt8], layout: Layout, truth: [CellKey: Cell], region: String?,
    unknowable: Set<CellKey> = [], mistyped: Set<CellKey> = [], restated: [CellKey: Cell] = [:]
  ) {
    self.bytes = bytes
    self.layout = layout
    self.truth = truth
    self.region = region
    self.unknowable = unknowable
    self.mistyped = mistyped
    self.restated = restated
  }
}

extension SyntheticReport {
  /// Prints the report. The same report, layout and seed give the same bytes.
  public func printed(_ layout: Layout, seed: UInt64) -> PrintedReport {
    let fragments = fragments(layout, seed: seed)
    let text = fragments.map(\.text).joined()
    return PrintedReport(
      bytes: layout.encoding.encode(text), layout: layout, truth: printedTruth(layout),
      region: region(layout), unknowable: unknowable(layout))
  }

  /// Two reports in one file of text, this one first.
  public func printed(before other: SyntheticReport, _ layout: Layout, seed: UInt64) -> [UInt8] {
    let both = fragments(layout, seed: seed) + other.fragments(layout, seed: seed &+ 1)
    return layout.encoding.encode(both.map(\.text).joined())
  }

  /// The report in pieces that know what they are.
  func fragments(_ layout: Layout, seed: UInt64) -> [Fragment] {
    let random = SplitMix64(seed: seed)
    if layout.shape.isHTML {
      var renderer = HTMLRenderer(self, layout, random)
      return renderer.fragments()
    }
    var renderer = TextRenderer(self, layout, random)
    return renderer.fragments()
  }

  /// The truth as this layout prints it.
  func printedTruth(_ layout: Layout) -> [CellKey: Cell] {
    var ignored = SplitMix64(seed: 0)
    return truth.mapValues { cell in
      let printed = layout.print(cell.raw, &ignored)
      return Cell(class: cell.class, number: cell.number, raw: trimmed(printed))
    }
  }

  func region(_ layout: Layout) -> String? {
    layout.furniture || organ.namesRegion ? organ.county : nil
  }

  /// Cells that nobody can tell from the print: where blanks leave no trace, all of a row in which some cells are blank and
  /// others are not (rule 3 of section 13 of the format reference).
  func unknowable(_ layout: Layout) -> Set<CellKey> {
    guard !layout.shape.keepsBlanks else { return [] }
    let truth = truth
    var rows = (blocks2 + FormTable.of(.three, template3).blocks).flatMap { block in
      block.rows.map(block.keys(of:))
    }
    rows.append(FormTable.table4.cells)
    return Set(
      rows.filter { row in
        let blank = row.count { truth[$0]?.class == .blank }
        return blank > 0 && blank < row.count
      }.joined())
  }

  private func trimmed(_ text: String) -> String {
    let start = text.drop { $0 == " " }
    let end = start.reversed().drop { $0 == " " }
    return String(end.reversed())
  }
}
