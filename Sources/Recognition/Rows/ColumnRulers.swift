import Forms

/// The rulers of a table laid out by white space: one for each stretch that has columns of its own.
///
/// The rest of a table on a new page is laid out anew, often without its head and with less room for labels. Where the first
/// label stands nearer to the margin than any above it that was not at the margin, another stretch begins.
struct ColumnRulers {
  private var stretches: [(start: Int, ruler: ColumnRuler?)] = []

  /// - Parameters:
  ///   - rows: the rows with as many cells as the table has columns.
  ///   - head: the block whose words stand above the columns.
  init(_ alignment: TableAlignment, rows: [TableAlignment.Row], count: Int, head: WordedBlock?) {
    let tokens = alignment.tokens
    var lefts: [Int] = []
    var parts: [[TableAlignment.Row]] = [[]]
    for row in rows {
      if row.match.isStrong, let left = tokens[row.match.start].columns?.wide.lowerBound {
        if left < lefts.max() ?? 0, !lefts.contains(where: { abs($0 - left) <= 1 }),
          lefts.count > 1
        {
          parts.append([])
          lefts = []
        }
        lefts.append(left)
      }
      parts[parts.count - 1].append(row)
    }
    let order = HeadOrder(tokens: tokens)
    for part in parts {
      guard let first = part.first else { continue }
      let start = part.count == rows.count ? alignment.span.lowerBound : first.match.start
      let columns = head.flatMap { HeadColumns(order.head(above: start), of: $0, tokens: tokens) }
      stretches.append(
        (
          first.match.start,
          ColumnRuler(part.map(\.fields), count: count, head: columns, tokens: tokens)
        ))
    }
  }

  /// The ruler for the row with these fields.
  subscript(fields: Range<Int>) -> ColumnRuler? {
    stretches.last { $0.start <= fields.lowerBound }?.ruler
  }
}
