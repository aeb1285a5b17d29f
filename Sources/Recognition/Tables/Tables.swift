import Forms
import Reports

/// The three tables of a document.
struct Tables {
  /// `isTold`: the words of the table tell its form.
  var two: (reading: TableReading, template: Report.Templates.Table2, isTold: Bool)?
  var three: (reading: TableReading, template: Template, isTold: Bool)?
  var four: TableReading?
  /// What tables 2 and 3 were read from.
  private(set) var alignments: [TableNumber: TableAlignment] = [:]
  /// Further tables of the same kinds.
  private(set) var copies: [Copy] = []

  struct Copy {
    let span: Range<Int>
    /// It has other figures than the table that was taken.
    let saysOther: Bool
  }

  var spans: [Range<Int>] {
    [two?.reading.span, three?.reading.span, four?.span].compactMap(\.self)
  }

  /// All cells of all tables that were found.
  var cells: [CellKey] { readings.flatMap(\.filling.cells.keys).sorted() }

  var readings: [TableReading] {
    [two?.reading, three?.reading, four].compactMap(\.self)
  }

  /// The year may decide a form that the words do not.
  var hangOnYear: Bool { !(two?.isTold ?? true) || !(three?.isTold ?? true) }

  /// At least one figure in at least one table.
  var hasFigures: Bool { readings.contains { $0.found.state == .read } }

  /// `year` decides only where nothing in the tables tells the form.
  init(_ tokens: [Token], year: Int?) {
    var aligner2 = Aligner(tokens: tokens, set: .table2)
    var aligner3 = Aligner(tokens: tokens, set: .table3)
    let whole = 0..<tokens.count
    var first2 = TableAlignment(aligner2, in: whole)
    var first3 = TableAlignment(aligner3, in: whole)
    let sides = LabelSideEvidence(two: (aligner2, first2), three: (aligner3, first3))
    if sides.two == .behind {
      aligner2 = aligner2.facing(.behind)
      first2 = TableAlignment(aligner2, in: whole)
    }
    if sides.three == .behind {
      aligner3 = aligner3.facing(.behind)
      first3 = TableAlignment(aligner3, in: whole)
    }
    two = Table2Reading.read(first2, year: year, inSection: Self.inSection(first2, tokens))
    alignments[.two] = first2
    let prevailing: Template =
      switch two?.template {
      case .v2019: .v2019
      case .v2021: .v2021
      default: year.flatMap(Template.prescribed(for:)) ?? .v2021
      }
    three = Self.readThree(first3, prevailing: prevailing)
    if sides.three == nil, let reading = three?.reading {
      doubt(
        .ambiguous, reading.filling.cells.keys.sorted(),
        quote: reading.filling.quote(reading.span.prefix(12)))
    }
    alignments[.three] = first3
    doubtBlanksAmongColumns(first3)
    let readings4 = Table4Reading(tokens: tokens)
    let later = readings4.read(from: three?.reading.span.upperBound ?? 0)
    let all4 = later.isEmpty ? readings4.read(from: 0) : later
    four = all4.first
    doubtLostCases()
    for other in all4.dropFirst() { compare(other) }
    compareCopies(aligner2, aligner3, prevailing: prevailing, year: year)
    // A whole report may stand in front of the one whose table 3 was taken.
    if let main = three?.reading.span.lowerBound, !later.isEmpty,
      copies.contains(where: { $0.span.upperBound <= main })
    {
      for other in readings4.read(from: 0) where other.span.upperBound <= main { compare(other) }
    }
  }

  /// Where white space keeps the columns, a blank row leaves nothing, and a lost line neither: a table 4 without its row is
  /// not vouched for where no row of table 3 is blank.
  private mutating func doubtLostCases() {
    guard let four, four.found.state == .unfilled, !four.span.isEmpty,
      four.filling.tokens[four.span.upperBound - 1].columns != nil
    else { return }
    let rows = Dictionary(grouping: three?.reading.filling.cells ?? [:]) { $0.key.row }
    let uncertain = three?.reading.filling.uncertain ?? []
    guard
      !rows.values.contains(where: { cells in
        cells.allSatisfy { $0.value.class == .blank && !uncertain.contains($0.key) }
      })
    else { return }
    doubt(
      .rowMissing, four.filling.cells.keys.sorted(), quote: four.filling.quote(four.span.prefix(8)))
  }

  /// Where table 3 has figures of several rows behind a label, as it has if it is told column by column, table 2 is told so as
  /// well: two labels, and then the figures of both, of which one that stands alone may be either's.
  private mutating func doubtBlanksAmongColumns(_ three: TableAlignment) {
    guard let reading = two?.reading else { return }
    let count = FormTable.table3of2021.blocks[0].columns.count
    let isByColumn = three.rows.contains { row in
      let values = row.fields.filter { three.tokens[$0].value.isValue }
      return values.count >= 2 * count && !three.tokens[values[0]].keepsBlanks
    }
    guard isByColumn else { return }
    for block in Template.allCases.flatMap({ FormTable.of(.two, $0).blocks }) {
      let rows = block.rows.map { row in
        block.keys(of: row).filter { reading.filling.cells[$0] != nil }
      }.filter { !$0.isEmpty }
      let blank = rows.filter { row in
        row.allSatisfy { reading.filling.cells[$0]?.class == .blank }
      }
      guard !blank.isEmpty, blank.count < rows.count else { continue }
      doubt(
        .ambiguous, rows.flatMap(\.self), quote: reading.filling.quote(reading.span.prefix(12)))
    }
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

  private static func readThree(
    _ alignment: TableAlignment, prevailing: Template
  ) -> (reading: TableReading, template: Template, isTold: Bool)? {
    guard var three = Table3Reading.read(alignment, prevailing: prevailing) else { return nil }
    let order = HeadOrder(tokens: alignment.tokens)
    let columns = FormTable.table3of2021.blocks[0].columns
    let full = alignment.rows.first { $0.fields.count == columns.count }
    let head = order.head(above: alignment.span.lowerBound)
    if order.hasSubtotal(in: head) {
      let shifted = Set(columns.dropFirst().dropLast().map(\.key))
      let cells = three.reading.filling.cells.keys.filter { shifted.contains(String($0.column)) }
      three.reading.filling.doubt(
        .headOrder, cells.sorted(), quote: three.reading.filling.quote(head.suffix(10)))
      return three
    }
    // In text laid out in columns the order of the words on its lines says nothing.
    guard HeadColumns(head, of: .table3of2021, tokens: alignment.tokens) == nil
    else { return three }
    let misplaced = Set(
      order.misplacedApplicants(in: head, over: full.map { Array($0.fields) } ?? [])
        .map { columns[$0].key })
    let cells = three.reading.filling.cells.keys.filter { misplaced.contains(String($0.column)) }
    three.reading.filling.doubt(
      .headOrder, cells.sorted(), quote: three.reading.filling.quote(head.suffix(10)))
    return three
  }

  // MARK: Copies

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
        if Self.isBetter(other.reading, than: two?.reading) {
          two = other
          alignments[.two] = copy
        } else {
          compare(other.reading)
        }
      }
    }
    if let reading = three?.reading {
      for range in Self.around(reading.span, aligner3.tokens.count) {
        let copy = TableAlignment(aligner3, in: range)
        guard copy.rows.count >= 5,
          let other = Self.readThree(copy, prevailing: prevailing)
        else { continue }
        if Self.isBetter(other.reading, than: three?.reading) {
          three = other
          alignments[.three] = copy
        } else {
          compare(other.reading)
        }
      }
    }
  }

  private static func around(_ span: Range<Int>, _ count: Int) -> [Range<Int>] {
    [0..<span.lowerBound, span.upperBound..<count].filter { !$0.isEmpty }
  }

  /// A table that is filled in tells more than the same one left empty.
  private static func isBetter(_ other: TableReading, than current: TableReading?) -> Bool {
    current?.found.state != .read && other.found.state == .read
  }

  private mutating func compare(_ other: TableReading) {
    guard other.found.state == .read,
      let current = readings.first(where: { $0.found.table == other.found.table })
    else { return }
    let missing = Set(other.filling.doubts.flatMap { $0.reason == .rowMissing ? $0.cells : [] })
    let keys = current.filling.cells.keys.filter { key in
      !missing.contains(key)
        && other.filling.cells[key].map { $0.raw != current.filling.cells[key]?.raw } ?? false
    }.sorted()
    copies.append(Copy(span: other.span, saysOther: !keys.isEmpty))
    // Where two tables differ, a row that only one of them has may be the other year's.
    let alone = keys.isEmpty ? [] : missing.filter { current.filling.cells[$0] != nil }.sorted()
    doubt(.toldTwice, keys + alone, quote: current.filling.quote(other.span.prefix(20)))
  }

  /// Doubts cells of whichever tables they belong to.
  mutating func doubt(_ reason: Doubt.Reason, _ keys: [CellKey], quote: String) {
    let byTable = Dictionary(grouping: keys, by: \.table)
    two?.reading.filling.doubt(reason, byTable[.two] ?? [], quote: quote)
    three?.reading.filling.doubt(reason, byTable[.three] ?? [], quote: quote)
    four?.filling.doubt(reason, byTable[.four] ?? [], quote: quote)
  }
}
