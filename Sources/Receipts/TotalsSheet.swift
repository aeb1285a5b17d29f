public import Collection
import Forms
public import Reports
public import Sheets

/// Totals as a workbook in the layout of the form: a sheet for each table, and one of notes with who is not in it.
public func totalsWorkbook(_ totals: Totals, language: Language) throws(SheetError) -> [UInt8] {
  let words = TotalsWords(totals: totals, language: language)
  var book = WorkbookWriter()
  for table in totals.tables {
    let grid = FormGrid(table)
    let layout = SheetLayout(grid, words)
    try book.beginSheet(
      words.title(table),
      widths: grid.number == .four
        ? []
        : [14, 18, 22].prefix(max(1, grid.labelColumns)).map { grid.labelColumns == 1 ? 28 : $0 })
    try book.row([.text(words.title + " · " + words.title(table), .title)])
    for row in layout.rows { try book.row(row) }
    let title = SheetMerge(rows: 0...0, columns: 0...(grid.columnCount - 1))
    try book.endSheet(merging: [title] + layout.merges, wide: grid.number != .two)
  }
  try book.beginSheet(language.say("说明", en: "notes"), widths: [100])
  for note in [words.title, words.summary] + words.notes { try book.row([.text(note, .note)]) }
  try book.beginSheet(
    language.say("未加入的单位", en: "not added"), widths: [14, 36, 24, 10], frozenRows: 1)
  try book.row(["record", "unit", "region", "arrival"].map { .text($0, .head) })
  for row in totalsRows(totals) where row[0] != "cell" {
    try book.row([
      .text(row[0]), .text(row[13]), .text(row[14]), row[15].isEmpty ? .empty() : .number(row[15]),
    ])
  }
  return try book.finish()
}

/// A grid of the form as rows of a sheet, below one row of title: every place of a merged cell is there, so that its frame
/// is drawn.
private struct SheetLayout {
  var rows: [[SheetCell]]
  var merges: [SheetMerge] = []

  init(_ grid: FormGrid, _ words: TotalsWords) {
    let lines = grid.bands.flatMap(\.rows)
    var places: [[SheetCell?]] = lines.map { _ in Array(repeating: nil, count: grid.columnCount) }
    for (number, line) in lines.enumerated() {
      var column = 0
      for cell in line {
        while column < grid.columnCount, places[number][column] != nil { column += 1 }
        guard column < grid.columnCount else { break }
        let (content, look) = SheetLayout.content(cell, words)
        let rowEnd = min(number + cell.rowSpan, lines.count) - 1
        let columnEnd = min(column + cell.columnSpan, grid.columnCount) - 1
        for row in number...rowEnd {
          for place in column...columnEnd { places[row][place] = .empty(look) }
        }
        places[number][column] = SheetCell(content, look)
        if rowEnd > number || columnEnd > column {
          merges.append(
            SheetMerge(rows: (number + 1)...(rowEnd + 1), columns: column...columnEnd))
        }
        column = columnEnd + 1
      }
    }
    rows = places.map { $0.map { $0 ?? .empty() } }
  }

  private static func content(
    _ cell: FormGrid.Cell, _ words: TotalsWords
  ) -> (SheetCell.Content, SheetCell.Look) {
    switch cell.content {
    case .columnHead(let text), .caption(let text): return (.text(text), .head)
    case .rowHead(let text), .remark(let text): return (.text(text), .label)
    case .figure(let key):
      let text = words.text(key)
      let look: SheetCell.Look = words.isPartial(key) ? .doubtful : .figure
      if words.totals.sums[key].figure != nil { return (.number(text), look) }
      return (text.isEmpty ? .empty : .text(text), look)
    }
  }
}
