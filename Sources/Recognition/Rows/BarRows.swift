import Forms
import Reports

/// Rows between bars: which of the fields behind a label are its cells, and in a stream (``BarText``), where no line ends a
/// row, which of those up to the next label.
///
/// Merged cells leave blank fields: behind a label or a figure that covers further columns, and in front of a label whose
/// group covers it from above. How many they leave is the same all over a table. So every way in which they could is held
/// against all rows of the table; the rows that are full tell it for those with blanks. A row that has fewer fields than the
/// others has lost one, and which, cannot be seen.
struct BarRows {
  private struct Row {
    let anchor: Int
    let kind: Kind
    /// Up to the next words.
    let fields: Range<Int>
    let filled: [Int]
    /// Under how many groups the next label stands, or 1 for the caption of a block; `nil` where the next words are no label
    /// of the table.
    let next: Int?
    let endsInTotal: Bool
    let isInStream: Bool
    /// Blank fields at the end of the head above.
    let behindHead: Int

    var before: Int { (filled.first ?? fields.upperBound) - fields.lowerBound }
    var behind: Int { fields.upperBound - 1 - (filled.last ?? fields.lowerBound - 1) }
    /// As many figures as cells, with nothing between them.
    var isFull: Bool {
      guard let first = filled.first, let last = filled.last else { return false }
      return filled.count == kind.count && last - first + 1 == kind.count
    }
  }

  private struct Kind: Hashable {
    /// Cells.
    let count: Int
    /// Groups above the label.
    let depth: Int
  }

  /// How many blank fields merged cells leave.
  private struct Padding {
    /// Behind a label, by the number of groups above it.
    let before: [Int]
    /// Figures of rows with fewer cells cover so many columns together.
    let width: Int
    /// In front of a label, by the number of groups above it; in table 2 in front of a label and of a caption.
    let lead: [Int]

    func before(_ row: Row) -> Int { before[row.kind.depth] }
    func behind(_ row: Row) -> Int {
      max(0, width - row.kind.count) + (row.next.map { lead[$0] } ?? 0)
    }
    func fields(_ row: Row) -> Int { before(row) + row.kind.count + behind(row) }

    /// How far a row speaks for it: full ones tell where their blanks stand.
    func weight(_ row: Row) -> Int {
      if row.isFull {
        guard row.before == before(row), row.behind >= behind(row) else { return 0 }
        return row.behind == behind(row) ? 3 : row.next == nil ? 2 : 0
      }
      return row.next != nil && row.fields.count == fields(row) ? 1 : 0
    }

    /// Labels under groups stand in columns of their own, as on the form, or in one column with them.
    static let ofGroups = [
      [0, 0, 0], [1, 1, 1], [2, 2, 2], [3, 3, 3], [2, 1, 0], [3, 2, 1], [1, 0, 0], [2, 1, 1],
    ].flatMap { before in
      [[0, 0, 0], [0, 1, 2], [1, 1, 1]].map { Padding(before: before, width: 0, lead: $0) }
    }
    /// The caption of the next block may be that of a table of its own: more bars stand in front of it.
    static let ofBlocks = [0, 1].flatMap { before in
      [0, 2, 3, 4].flatMap { width in
        [[0, 0], [0, 1], [0, 2], [0, 3], [1, 1], [1, 2]].map {
          Padding(before: [before], width: width, lead: $0)
        }
      }
    }
  }

  private let tokens: [Token]
  private var rows: [Int: Row] = [:]
  /// Those that explain most rows.
  private var paddings: [Padding] = []
  /// Some rows have one figure where others have several: a row that lost it looks blank.
  private var hasLoneFigures = false

  init(_ alignment: TableAlignment, slots: [RowFilling.Slot]) {
    tokens = alignment.tokens
    var depths: [Int: Int] = [:]
    for row in alignment.rows {
      let anchor = alignment.set.anchors[row.anchor]
      let slot = slots.first { $0.anchor == row.anchor }
      depths[row.match.start] = slot?.depth ?? (anchor.group == .results ? 0 : 1)
    }
    var behindHead = 0
    for row in alignment.rows {
      let above = tokens[..<row.match.start].reversed()
      let blanks = above.prefix(while: \.isBlank).count
      // Above the first row of a block, that is; those below it have a row above them.
      if above.dropFirst(blanks).first?.isWords ?? false,
        !alignment.rows.contains(where: { $0.match.end == row.match.start - blanks })
      {
        behindHead = blanks
      }
      guard let slot = slots.first(where: { $0.anchor == row.anchor }),
        let layout = row.fields.first.map({ tokens[$0].layout }),
        layout == .stream || layout == .fields
      else { continue }
      // On a line of its own nothing stands behind a row but what merged cells leave.
      let next = layout == .stream ? depths[row.fields.upperBound] : nil
      var fields = row.fields
      // A number without a bar behind it, in front of a label: it stands in the cell of the label.
      if next != nil, let last = fields.last, tokens[last].isUnclosed { fields.removeLast() }
      rows[row.anchor] = Row(
        anchor: row.anchor, kind: Kind(count: slot.cells.count, depth: slot.depth), fields: fields,
        filled: fields.filter { !tokens[$0].isBlank }, next: next,
        endsInTotal: slot.cells.last?.column == "total", isInStream: layout == .stream,
        behindHead: behindHead)
    }
    let all = rows.values.sorted { $0.anchor < $1.anchor }
    hasLoneFigures = all.contains { $0.kind.count > 1 && $0.filled.count == 1 }
    let full = all.filter(\.isFull)
    let isGrouped = slots.contains { $0.depth > 0 }
    let isHeard = isGrouped || full.isEmpty
    let weighed = (isGrouped ? Padding.ofGroups : Padding.ofBlocks).map { padding in
      // Full rows say it. Those with blanks, of which one may have lost a line, are heard where these leave it open; in
      // table 2 they are too few to say anything of each other.
      let byFull = full.reduce(0) { $0 + padding.weight($1) }
      let byAll = isHeard ? all.reduce(0) { $0 + padding.weight($1) } : byFull
      return (padding: padding, full: byFull, all: byAll)
    }
    let best = weighed.map { ($0.full, $0.all) }.max(by: <) ?? (0, 0)
    let possible = (isHeard ? all : full).reduce(0) { $0 + ($1.isFull ? 3 : 1) }
    if best.1 > 0, best.1 * 2 >= possible {
      paddings = weighed.filter { ($0.full, $0.all) == best }.map(\.padding)
    }
  }

  /// `nil` for a row that stands in no stream.
  func fit(_ anchor: Int) -> RowFit? {
    guard let row = rows[anchor], row.isInStream else { return nil }
    if row.fields.dropLast().contains(where: { tokens[$0].isUnclosed }) { return .mismatch }
    if row.filled.isEmpty { return isBlank(row) ? .allBlank : .mismatch }
    if row.isFull { return isWhole(row) ? .cells(row.filled) : .mismatch }
    // Beside blanks, words that may be figures may be two, with the bar between them lost: 4件4件.
    guard row.filled.count < row.kind.count,
      !row.filled.contains(where: { tokens[$0].mayBeFigures }), let cells = cells(row)
    else { return .mismatch }
    return .cells(Array(cells))
  }

  /// A row with blanks on a line of its own that has fewer fields than the full rows say, or without a figure than the head of
  /// its single column: it has lost one.
  func isShort(_ anchor: Int) -> Bool {
    guard let row = rows[anchor], !row.isInStream, !row.isFull else { return false }
    guard !row.filled.isEmpty else {
      return row.kind.count == 1 && row.fields.count < row.kind.count + row.behindHead
    }
    return !paddings.isEmpty && paddings.allSatisfy { row.fields.count < $0.fields(row) }
  }

  // MARK: Rows

  private func isBlank(_ row: Row) -> Bool {
    let needed = paddings.map { $0.fields(row) }.max() ?? row.kind.count
    // Merged cells leave as many blanks behind the head of a single column: rows that have all lost one say the same.
    guard row.fields.count >= max(needed, row.kind.count == 1 ? 1 + row.behindHead : 0) else {
      return false
    }
    // In front of a row that reports add, merged cells leave as many blanks as in front of one of the form.
    if hasLoneFigures, row.kind.count > 1, row.next == nil,
      rows.keys.contains(where: { $0 > row.anchor }),
      paddings.contains(where: { row.fields.count < $0.fields(row) + $0.lead[row.kind.depth] })
    {
      return false
    }
    // A bar may stand behind the table: here it would be in the place of a lost line.
    if row.next == nil, row.fields.count == needed, row.kind.count == 1 || hasLoneFigures,
      hasStrayBars || !hasFigureAtEnd
    {
      return false
    }
    // With a blank too many it may have lost its only figure all the same.
    return row.next == nil || row.fields.count == needed || row.kind.count > 1 && !hasLoneFigures
  }

  /// A cell, a figure, one blank field, and the stream ends: a bar on a line of its own behind a table.
  private var hasStrayBars: Bool {
    tokens.indices.dropLast(3).contains { index in
      tokens[index + 2].isBlank && tokens[index + 2].layout == .stream
        && tokens[index + 3].layout != .stream && tokens[index + 1].value.isValue
        && [index, index + 1].allSatisfy { tokens[$0].layout == .stream && !tokens[$0].isWords }
        && tokens[index].place.line != tokens[index + 1].place.line
    }
  }

  /// Another table ends with a figure: no bar stands behind the tables of this document.
  private var hasFigureAtEnd: Bool {
    tokens.indices.dropLast().contains { index in
      tokens[index].layout == .stream && tokens[index].value.isValue
        && tokens[index + 1].opensSection
    }
  }

  private func isWhole(_ row: Row) -> Bool {
    if paddings.contains(where: { $0.weight(row) > 0 }) { return true }
    // As many blanks in front as it has cells: they may be the row, and the figures those of one whose label is lost.
    if row.kind.count > 1, row.before >= row.kind.count { return false }
    // Other blanks beside it than other rows have: a figure twice and another one lost would be as many.
    return !row.endsInTotal || tokens.sumsUp(row.filled)
  }

  /// The cells of a row with blank ones.
  private func cells(_ row: Row) -> Range<Int>? {
    let starts = Set(paddings.map { $0.before(row) })
    guard starts.count == 1, let before = starts.first else { return nil }
    let start = row.fields.lowerBound + before
    let cells = start..<(start + row.kind.count)
    guard cells.upperBound <= row.fields.upperBound,
      row.filled.allSatisfy(cells.contains)
    else { return nil }
    let isExact = paddings.allSatisfy { $0.fields(row) == row.fields.count }
    if row.endsInTotal {
      return hasItsTotal(cells) && (isExact && isOnOneLine(row) || !isBesideZeros(cells))
        ? cells : nil
    }
    // A bar on a line of its own behind the table takes the place of a cell that is lost.
    let mayBeStray = row.next == nil && tokens[cells.upperBound - 1].isBlank && !isOnOneLine(row)
    return isExact && !mayBeStray ? cells : nil
  }

  private func isOnOneLine(_ row: Row) -> Bool {
    guard let first = row.fields.first, let last = row.fields.last else { return false }
    return tokens[first].place.line == tokens[last].place.line
  }

  /// Its total is there, and what it adds up, if anything: where two figures have run together the others have moved up, and a
  /// blank that merged cells leave stands in the place of the total.
  private func hasItsTotal(_ cells: Range<Int>) -> Bool {
    let filled = cells.filter { !tokens[$0].isBlank }
    return filled.last == cells.last && (filled.count == 1 || tokens.sumsUp(filled))
  }

  /// It has blanks beside zeros that are written: one may be the line of one more, and the row sums up as well.
  private func isBesideZeros(_ cells: Range<Int>) -> Bool {
    cells.contains { tokens[$0].isBlank }
      && cells.contains { tokens[$0].value.figure?.isZero ?? false }
  }
}
