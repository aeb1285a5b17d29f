import Forms
import Reports

/// What tells that a table did not come through whole: a copy that shows one damage may have others that do not show.
struct DamageSigns {
  let reading: TableReading
  /// Of table 4 there is none.
  let alignment: TableAlignment?
  private var filling: Filling { reading.filling }
  private var tokens: [Token] { reading.filling.tokens }

  /// Reasons that tell of the print. That a head is another one, or another unit is named, harms no figure.
  private static let reasons: Set<Doubt.Reason> = [
    .cellCount, .rowMissing, .ambiguous, .splitDigits, .unreadable,
  ]

  /// A row that could not be read as it stands; a label that is not quite one of the form, or stands twice; words with figures
  /// that are no row; words or figures that have no place in the table.
  var isDamaged: Bool {
    filling.doubts.contains { Self.reasons.contains($0.reason) } || hasOddLabels || hasStrayTokens
  }

  /// The cells of rows that have lost something, or have something too much. Blocks of table 2 are left out by units that have
  /// nothing to tell in them, and sums that the form does not have make their neighbours ambiguous.
  var brokenRows: Set<CellKey> {
    Set(
      filling.doubts.filter { doubt in
        Self.reasons.contains(doubt.reason) && doubt.reason != .ambiguous
          && !(doubt.reason == .rowMissing && reading.found.table == .two)
      }.flatMap(\.cells))
  }

  /// The cells of rows whose label is not there.
  var missingRows: Set<CellKey> {
    Set(filling.doubts.filter { $0.reason == .rowMissing }.flatMap(\.cells))
  }

  /// The rows of table 3 between bars that have fewer fields behind their label than others under as many headings, and
  /// those of a grid that have fewer than others of the same grid: a table cut in two is two grids.
  var shortRows: Set<String> {
    struct Place: Hashable {
      let depth: Int
      let grid: Int?
    }
    guard let alignment, reading.found.table == .three else { return [] }
    var rows: [Place: [(key: String, count: Int)]] = [:]
    for row in alignment.rows {
      guard let last = row.fields.last, [.fields, .grid].contains(tokens[last].layout),
        let key = alignment.set.anchors[row.anchor].row, let depth = Self.depths[key]
      else { continue }
      let place = Place(depth: depth, grid: tokens[last].place.table)
      rows[place, default: []].append((key, row.fields.count))
    }
    return Set(
      rows.values.flatMap { rows in
        let full = rows.map(\.count).max() ?? 0
        return rows.filter { $0.count < full }.map(\.key)
      })
  }

  /// The rows of table 3 beside which a figure stands that is in none of its cells.
  var surplusRows: Set<String> {
    guard let alignment, reading.found.table == .three else { return [] }
    let rows = alignment.rows.filter { row in
      row.fields.contains { tokens[$0].value.isValue && filling.sources[$0] == nil }
    }
    return Set(rows.compactMap { alignment.set.anchors[$0.anchor].row })
  }

  /// Under how many headings a row of table 3 stands.
  private static let depths = Dictionary(
    (FormTable.table3of2021.blocks[0].rows + FormTable.table3of2019.blocks[0].rows).map { row in
      (row.key, row.group == nil ? 0 : row.group == .results ? 1 : 2)
    }, uniquingKeysWith: { first, _ in first })

  /// No line ends its row: what is lost of it moves what stands behind that.
  var isStream: Bool { reading.span.contains { tokens[$0].layout == .stream } }

  private var hasOddLabels: Bool {
    guard let alignment else { return false }
    return alignment.hasLabelTwice || !alignment.strangers.isEmpty
      || alignment.rows.contains { !$0.match.exact }
  }

  private var hasStrayTokens: Bool {
    reading.span.contains { index in
      let token = tokens[index]
      guard token.isWords else { return token.value.isValue && filling.sources[index] == nil }
      return token.isMistypedFigure || token.mayBeFigures || filling.sources[index] != nil
        || index > 0 && tokens[index - 1].folded == token.folded
    }
  }
}
