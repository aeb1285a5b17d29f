public import Documents
import Forms
import Reports

/// Reads a document as an annual report on the national form, or says why it is none.
///
/// Figures are what the document says, or are listed as uncertain; nothing is computed, and a blank stays a blank.
///
/// - Parameter explaining: whether the report also tells how it was read, row by row.
public func recognise(
  _ document: Document, hints: Hints = Hints(), explaining: Bool = false
) -> Recognised {
  let document = PageCuts.joined(document)
  let flow = Flow(document)
  let tokens = flow.tokens
  // The form of a table does not hang on the year, unless its words are lost: then the second reading has it.
  var tables = Tables(tokens, year: nil)
  let outline = Outline(tokens, tables: tables.spans)
  let endsInTables = Ending.isInTables(tokens, tables: tables, outline: outline)
  let endsEarly = document.endsEarly || endsInTables
  let identity = Identity(
    flow, title: document.title, outline: outline, tables: tables.spans, hints: hints,
    endsEarly: endsEarly)
  if tables.hangOnYear, let year = identity.year, Template.prescribed(for: year) == .v2019 {
    tables = Tables(tokens, year: year)
  }
  if let refusal = Refusing.refusal(
    tokens, tables: tables, outline: outline, identity: identity, pictures: flow.pictures)
  {
    return .refused(refusal)
  }

  let further = FurtherReports(tokens: tokens, tables: tables).find()
  if let other = further.first {
    tables.doubt(.toldTwice, tables.cells, quote: other.title)
  }

  if let year = identity.year {
    tables.doubtHeads(of: year)
    tables.doubtOtherYears(than: year, tokens)
  }
  tables.doubtOtherColumns(tokens)
  tables.doubtCountUnits(tokens)
  tables.doubtCorrected(tokens)
  tables.doubtUntied()

  var report = Report()
  report.title = identity.title
  report.unit = identity.unit
  report.region = identity.region
  report.kind = identity.kind
  report.year = identity.year
  report.published = identity.published
  report.evidence = identity.evidence
  report.template.two = tables.two?.template
  report.template.three = tables.three?.template
  report.template.four = tables.four.map { _ in .v2021 }
  report.cells.reserveCapacity(tables.readings.reduce(0) { $0 + $1.filling.cells.count })
  let lastTable = tables.readings.map(\.span.upperBound).max()
  for (number, reading) in zip(
    TableNumber.allCases, [tables.two?.reading, tables.three?.reading, tables.four])
  {
    guard var reading else {
      let state = Absence.state(number, tokens, outline: outline, pictures: flow.pictures)
      report.structure.tables.append(TableFound(table: number, state: state))
      continue
    }
    if endsInTables, reading.span.upperBound == lastTable { Ending.doubtEnd(&reading) }
    report.cells.merge(reading.filling.cells) { first, _ in first }
    report.uncertain.formUnion(reading.filling.uncertain)
    report.doubts += reading.filling.doubts
    report.structure.tables.append(reading.found)
  }
  if document.remarks.contains(.opticallyRead) { doubtScan(&report) }
  report.structure.endsEarly = endsEarly
  report.structure.furtherReports = further.isEmpty ? nil : further
  report.structure.remarks = remarks(of: document)
  report.structure.sections = SectionTexts.sections(tokens, outline: outline, tables: tables.spans)
  report.statements = StatementReader(
    tokens: tokens, outline: outline, tables: tables, unit: identity.unit, year: identity.year,
    kind: identity.kind,
    start: identity.titleEnd ?? 0
  ).statements()
  if explaining { report.explanation = Explaining.explanation(tables) }
  return .report(report)
}

/// Off a picture every figure is a guess, and every blank may be a figure that was not seen. That sums hold proves nothing: a
/// digit that is taken for another in one place is in every place where it stands alone, in its sum as well.
private func doubtScan(_ report: inout Report) {
  for (table, keys) in Dictionary(grouping: report.cells.keys, by: \.table) {
    report.uncertain.formUnion(keys)
    report.doubts.append(
      Doubt(
        reason: .opticallyRead, cells: keys.sorted(), quote: "\(table)"))
  }
}

private func remarks(of document: Document) -> [Structure.Remark]? {
  guard !document.remarks.isEmpty else { return nil }
  return document.remarks.map { remark -> Structure.Remark in
    switch remark {
    case .trackedChanges: .trackedChanges
    case .macros: .macros
    case .hiddenCells: .hiddenCells
    case .hiddenText: .hiddenText
    case .opticallyRead: .opticallyRead
    }
  }.sorted { $0.rawValue < $1.rawValue }
}
