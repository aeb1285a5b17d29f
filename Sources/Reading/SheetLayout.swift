/// What a reader sees on a sheet: lines of text and tables, from top to bottom.
///
/// A sheet has no tables of its own. Rows without anything part them; a row with one cell that is no part of a framed
/// table, or with a long text, is a line of text.
struct SheetLayout {
  /// A cell with words, or an area of cells that are one.
  private struct Piece {
    let rows: Range<Int>
    let columns: Range<Int>
    let lines: [String]
    let isBordered: Bool
  }

  private enum RowKind { case gap, text, grid }

  private let limits: ReadingLimits
  private var pieces: [Piece] = []
  /// The pieces that begin in a row, from left to right.
  private var inRow: [Int: [Int]] = [:]
  /// For each row that an area from above reaches into, the pieces.
  private var reachingInto: [Int: [Int]] = [:]
  private var framed: Set<Int> = []
  /// Pieces that are alone in their row, and text by themselves.
  private var texts: Set<Int> = []
  /// The tables of the sheet have borders.
  private var hasFrames = false
  private var excess: String?
  /// Cells with words are hidden.
  private(set) var hasHidden = false

  /// As many characters no label has.
  private static let longText = 60

  init(_ sheet: Sheet, limits: ReadingLimits) {
    self.limits = limits
    excess = sheet.excess
    let rows = SeenLines(hidden: sheet.hiddenRows)
    let columns = SeenLines(hidden: sheet.hiddenColumns)
    gather(sheet, rows, columns)
    for (row, ranges) in sheet.frames where !rows.isHidden(row) {
      if ranges.contains(where: { !columns.places($0).isEmpty }) { framed.insert(rows.place(row)) }
    }
    hasFrames = pieces.lazy.filter(\.isBordered).count >= 10
    for row in inRow.keys {
      let own = words(in: row)
      if own.count == 1, isText(own[0]) { texts.insert(own[0]) }
    }
  }

  private mutating func gather(_ sheet: Sheet, _ rows: SeenLines, _ columns: SeenLines) {
    // Areas over a whole row or column of the sheet reach no further than its words.
    let used = Sheet.Area(
      rows: 0..<(sheet.cells.map(\.row).max() ?? 0) + 1,
      columns: 0..<(sheet.cells.map(\.column).max() ?? 0) + 1)
    var areas: [SheetPosition: Sheet.Area] = [:]
    for area in sheet.areas {
      areas[SheetPosition(area.rows.lowerBound, area.columns.lowerBound)] = Sheet.Area(
        rows: area.rows.clamped(to: used.rows), columns: area.columns.clamped(to: used.columns))
    }
    var seen: Set<SheetPosition> = []
    for cell in sheet.cells {
      let position = SheetPosition(cell.row, cell.column)
      // Of two cells that say the same place, as only damaged files have them, the first counts.
      guard seen.insert(position).inserted else { continue }
      let area = areas[position]
      let pieceRows = rows.places(area?.rows ?? cell.row..<cell.row + 1)
      let pieceColumns = columns.places(area?.columns ?? cell.column..<cell.column + 1)
      guard !pieceRows.isEmpty, !pieceColumns.isEmpty else {
        hasHidden = true
        continue
      }
      pieces.append(
        Piece(
          rows: pieceRows, columns: pieceColumns, lines: cell.lines, isBordered: cell.isBordered))
    }
    // Areas without a word: blank cells of a table, if they stand in one.
    for (position, area) in areas where !seen.contains(position) {
      let pieceRows = rows.places(area.rows)
      let pieceColumns = columns.places(area.columns)
      guard !pieceRows.isEmpty, !pieceColumns.isEmpty, pieceRows.count <= Sheet.longestBlank else {
        continue
      }
      pieces.append(Piece(rows: pieceRows, columns: pieceColumns, lines: [], isBordered: false))
    }
    pieces.sort {
      ($0.rows.lowerBound, $0.columns.lowerBound) < ($1.rows.lowerBound, $1.columns.lowerBound)
    }
    var reached = 0
    for (index, piece) in pieces.enumerated() {
      inRow[piece.rows.lowerBound, default: []].append(index)
      for row in piece.rows.dropFirst().prefix(Sheet.longestBlank) {
        reachingInto[row, default: []].append(index)
      }
      reached += min(piece.rows.count, Sheet.longestBlank)
      if reached > 4 * limits.cells {
        excess = "> \(4 * limits.cells) merged cells"
        return
      }
    }
  }

  /// `nil`, with the reason: beyond the limits.
  mutating func items() -> (items: [FlowItem], excess: String?) {
    if let excess { return ([], excess) }
    let occupied = Set(inRow.keys).union(reachingInto.keys).union(framed).sorted()
    var items: [FlowItem] = []
    var stretch: [Int] = []
    for row in occupied {
      let kind = kind(of: row)
      if kind != .grid || stretch.last.map({ $0 + 1 != row }) ?? false {
        items += self.stretch(stretch)
        stretch = []
      }
      switch kind {
      case .gap: break
      case .grid: stretch.append(row)
      case .text:
        for piece in words(in: row) {
          items += pieces[piece].lines.map { .line($0, isHeading: false) }
        }
      }
      if let excess { return ([], excess) }
    }
    items += self.stretch(stretch)
    return (items, excess)
  }

  private func words(in row: Int) -> [Int] {
    (inRow[row] ?? []).filter { !pieces[$0].lines.isEmpty }
  }

  /// Text by itself, whatever stands around.
  private func isText(_ piece: Int) -> Bool {
    let piece = pieces[piece]
    if piece.lines.reduce(0, { $0 + $1.unicodeScalars.count }) >= Self.longText { return true }
    return hasFrames && !piece.isBordered
  }

  /// Pieces with words that begin further up, those apart that are lines of text.
  private func reaching(into row: Int) -> [Int] {
    (reachingInto[row] ?? []).filter {
      !pieces[$0].lines.isEmpty && !texts.contains($0)
    }
  }

  private func kind(of row: Int) -> RowKind {
    let above = reaching(into: row)
    let own = words(in: row)
    if own.count == 1, above.isEmpty, isText(own[0]) { return .text }
    if own.isEmpty, above.isEmpty { return framed.contains(row) ? .grid : .gap }
    return .grid
  }

  // MARK: Tables

  /// Rows that follow each other: tables, and between them the rows of one cell over their whole width, which are lines
  /// of text.
  private mutating func stretch(_ rows: [Int]) -> [FlowItem] {
    let columns = rows.flatMap { words(in: $0) }.map { pieces[$0].columns }
    guard let left = columns.map(\.lowerBound).min(), let right = columns.map(\.upperBound).max()
    else { return [] }
    var items: [FlowItem] = []
    var part: [Int] = []
    for row in rows {
      let own = words(in: row)
      if own.count == 1, right - left > 1, pieces[own[0]].columns == left..<right,
        pieces[own[0]].rows.count == 1, reaching(into: row).isEmpty
      {
        items += table(part)
        items += pieces[own[0]].lines.map { .line($0, isHeading: false) }
        part = []
      } else {
        part.append(row)
      }
    }
    return items + table(part)
  }

  /// Rows that follow each other, as a table; lines in front of its first row with two cells stand in front of it.
  private mutating func table(_ rows: [Int]) -> [FlowItem] {
    let begin = rows.firstIndex { words(in: $0).count > 1 || hasFrames && framed.contains($0) }
    guard let begin else {
      // One column of words is no table.
      return rows.flatMap { words(in: $0) }.flatMap { pieces[$0].lines }
        .map { .line($0, isHeading: false) }
    }
    var front: [FlowItem] = []
    var rows = rows[...]
    if !hasFrames {
      for row in rows[..<begin] {
        guard !reachesBeyond(row) else { break }
        front += words(in: row).flatMap { pieces[$0].lines }.map { .line($0, isHeading: false) }
        rows = rows.dropFirst()
      }
    }
    while let last = rows.last, words(in: last).isEmpty, (reachingInto[last] ?? []).isEmpty {
      // Frames below the last row with words are blank rows of a form to be filled in by hand.
      rows = rows.dropLast()
    }
    guard let markup = markup(Array(rows)) else { return [] }
    guard let resolved = markup.resolved(limits: limits) else {
      excess = "> \(limits.columns) columns"
      return []
    }
    return front + resolved
  }

  private func reachesBeyond(_ row: Int) -> Bool {
    words(in: row).contains { pieces[$0].rows.count > 1 }
  }

  private mutating func markup(_ rows: [Int]) -> TableMarkup? {
    let shown = rows.flatMap { words(in: $0) + (reachingInto[$0] ?? []) }
      .filter { !pieces[$0].lines.isEmpty }
    guard let left = shown.map({ pieces[$0].columns.lowerBound }).min(),
      let right = shown.map({ pieces[$0].columns.upperBound }).max()
    else { return nil }
    guard right - left <= limits.columns, (right - left) * rows.count <= 4 * limits.cells else {
      excess = "> \(limits.columns) columns"
      return nil
    }
    // Rows and columns of the grid that each place belongs to; pieces that overlap, as only damaged files have them,
    // leave the place to the first.
    let width = right - left
    var owner = [Int?](repeating: nil, count: width * rows.count)
    var starts: [[(column: Int, piece: Int?)]] = Array(repeating: [], count: rows.count)
    for (index, row) in rows.enumerated() {
      var begins: [Int: Int] = [:]
      for piece in inRow[row] ?? [] { begins[pieces[piece].columns.lowerBound] = piece }
      for column in left..<right where owner[index * width + column - left] == nil {
        let piece = begins[column]
        starts[index].append((column, piece))
        guard let piece else { continue }
        for covered in pieces[piece].rows.prefix(rows.count - index) {
          for place in pieces[piece].columns where place < right {
            let position = (index + covered - row) * width + place - left
            if owner.indices.contains(position), owner[position] == nil { owner[position] = piece }
          }
        }
      }
    }
    // A row in which no cell begins is seen as part of the one above.
    var keptBefore = [0]
    for row in starts {
      keptBefore.append(keptBefore[keptBefore.count - 1] + (row.isEmpty ? 0 : 1))
    }
    var markup = TableMarkup()
    for index in starts.indices where !starts[index].isEmpty {
      var made = TableMarkup.Row(group: 0, part: .body)
      for (column, number) in starts[index] {
        let piece = number.map { pieces[$0] }
        let end = index + (piece.map { min($0.rows.count, rows.count - index) } ?? 1)
        let height = keptBefore[end] - keptBefore[index]
        let columnSpan = piece.map { min($0.columns.upperBound, right) - column } ?? 1
        made.cells.append(
          TableMarkup.Cell(
            columnSpan: columnSpan, rowSpan: max(1, height),
            items: (piece?.lines ?? []).map { .line($0, isHeading: false) }))
      }
      markup.rows.append(made)
    }
    return markup
  }
}

private struct SheetPosition: Hashable {
  let row: Int
  let column: Int

  init(_ row: Int, _ column: Int) {
    self.row = row
    self.column = column
  }
}
