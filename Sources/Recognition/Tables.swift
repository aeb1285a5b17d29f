import Forms
import Reports

/// The three tables of a document.
struct Tables {
  /// `isTold`: the words of the table tell its form.
  var two: (reading: TableReading, template: Report.Templates.Table2, isTold: Bool)?
  var three: (reading: TableReading, template: Template, isTold: Bool)?
  var four: TableReading?

  var spans: [Range<Int>] {
    [two?.reading.span, three?.reading.span, four?.span].compactMap(\.self)
  }

  var readings: [TableReading] {
    [two?.reading, three?.reading, four].compactMap(\.self)
  }

  /// The year may decide a form that the words do not.
  var hangOnYear: Bool { !(two?.isTold ?? true) || !(three?.isTold ?? true) }

  /// At least one figure in at least one table.
  var hasFigures: Bool { readings.contains { $0.found.state == .read } }

  /// `year` decides only where nothing in the tables tells the form.
  init(_ tokens: [Token], year: Int?) {
    let aligner2 = Aligner(tokens: tokens, set: .table2)
    let aligner3 = Aligner(tokens: tokens, set: .table3)
    let whole = 0..<tokens.count
    let first2 = TableAlignment(aligner2, in: whole)
    two = Table2Reading.read(first2, year: year, inSection: Self.inSection(first2, tokens))
    let prevailing: Template =
      switch two?.template {
      case .v2019: .v2019
      case .v2021: .v2021
      default: year.flatMap(Template.prescribed(for:)) ?? .v2021
      }
    let first3 = TableAlignment(aligner3, in: whole)
    three = Table3Reading.read(first3, prevailing: prevailing)
    four =
      Table4Reading(tokens: tokens).read(from: three?.reading.span.upperBound ?? 0)
      ?? Table4Reading(tokens: tokens).read(from: 0)
    compareCopies(aligner2, aligner3, prevailing: prevailing, year: year)
  }

  private static func inSection(_ alignment: TableAlignment, _ tokens: [Token]) -> Bool {
    guard let first = alignment.rows.first else { return false }
    let start = first.match.start
    for index in stride(from: start - 1, through: max(0, start - 12), by: -1) {
      let words = tokens[index].folded
      if words.count <= 30, Outline.section(words, certain: false)?.section == .disclosure {
        return true
      }
    }
    return false
  }

  /// A second table of the same kind elsewhere (two reports in one file, a preview beside the text): where it says
  /// something else, neither is vouched for.
  private mutating func compareCopies(
    _ aligner2: Aligner, _ aligner3: Aligner, prevailing: Template, year: Int?
  ) {
    if let reading = two?.reading {
      for range in Self.around(reading.span, aligner2.tokens.count) {
        let copy = TableAlignment(aligner2, in: range)
        guard copy.rows.count >= 3,
          let other = Table2Reading.read(copy, year: year, inSection: false)
        else { continue }
        Self.compare(&two, other)
      }
    }
    if let reading = three?.reading {
      for range in Self.around(reading.span, aligner3.tokens.count) {
        let copy = TableAlignment(aligner3, in: range)
        guard copy.rows.count >= 5,
          let other = Table3Reading.read(copy, prevailing: prevailing)
        else { continue }
        Self.compare(&three, other)
      }
    }
  }

  private static func around(_ span: Range<Int>, _ count: Int) -> [Range<Int>] {
    [0..<span.lowerBound, span.upperBound..<count].filter { !$0.isEmpty }
  }

  private static func compare<T>(
    _ table: inout (reading: TableReading, template: T, isTold: Bool)?,
    _ other: (reading: TableReading, template: T, isTold: Bool)
  ) {
    guard let current = table else { return }
    if current.reading.found.state != .read, other.reading.found.state == .read {
      table = other
      return
    }
    guard other.reading.found.state == .read else { return }
    let missing = Set(
      other.reading.filling.doubts.flatMap { $0.reason == .rowMissing ? $0.cells : [] })
    let keys = current.reading.filling.cells.keys.filter { key in
      !missing.contains(key)
        && other.reading.filling.cells[key].map {
          $0.raw != current.reading.filling.cells[key]?.raw
        } ?? false
    }.sorted()
    table?.reading.filling.doubt(
      .ambiguous, keys, quote: current.reading.filling.quote(other.reading.span.prefix(20)))
  }
}
