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
      return token.isMistypedFigure || token.mayBeFigures
        || index > 0 && tokens[index - 1].folded == token.folded
    }
  }
}
