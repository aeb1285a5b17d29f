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

  public init(bytes: [UInt8], layout: Layout, truth: [CellKey: Cell], region: String?) {
    self.bytes = bytes
    self.layout = layout
    self.truth = truth
    self.region = region
  }
}

extension SyntheticReport {
  /// Prints the report. The same report, layout and seed give the same bytes.
  public func printed(_ layout: Layout, seed: UInt64) -> PrintedReport {
    let random = SplitMix64(seed: seed)
    let text: String
    if layout.shape.isHTML {
      var renderer = HTMLRenderer(self, layout, random)
      text = renderer.page()
    } else {
      var renderer = TextRenderer(self, layout, random)
      text = renderer.text()
    }
    var ignored = random
    let truth = self.truth.mapValues { cell in
      let printed = layout.print(cell.raw, &ignored)
      return Cell(class: cell.class, number: cell.number, raw: trimmed(printed))
    }
    let named = layout.furniture || organ.namesRegion
    return PrintedReport(
      bytes: layout.encoding.encode(text), layout: layout, truth: truth,
      region: named ? organ.county : nil)
  }

  private func trimmed(_ text: String) -> String {
    let start = text.drop { $0 == " " }
    let end = start.reversed().drop { $0 == " " }
    return String(end.reversed())
  }
}
