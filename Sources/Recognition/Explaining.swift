import Forms
import Reports

/// Telling how the tables of a document were read.
enum Explaining {
  static func explanation(_ tables: Tables) -> Explanation {
    var explanation = Explanation()
    for (reading, number) in [
      (tables.two?.reading, TableNumber.two), (tables.three?.reading, .three),
    ] {
      guard let reading, let alignment = tables.alignments[number] else { continue }
      explanation.rows += rows(alignment, reading, number)
    }
    if let four = tables.four { explanation.rows.append(row(four)) }
    return explanation
  }

  private static func rows(
    _ alignment: TableAlignment, _ reading: TableReading, _ table: TableNumber
  ) -> [Explanation.Row] {
    var rows = (alignment.rows + alignment.displaced).map { row in
      (
        start: row.match.start,
        row: Explanation.Row(
          table: table, row: alignment.set.anchors[row.anchor].row,
          label: reading.filling.quote(row.match.start..<row.match.end), match: match(row),
          similarity: row.match.exact ? 1 : row.match.score,
          place: alignment.tokens[row.match.start].place.text,
          fields: fields(row.fields, reading.filling))
      )
    }
    rows += alignment.strangers.map { stranger in
      (
        start: stranger.label.lowerBound,
        row: Explanation.Row(
          table: table, row: nil, label: reading.filling.quote(stranger.label), match: .none,
          similarity: 0, place: alignment.tokens[stranger.label.lowerBound].place.text,
          fields: fields(stranger.fields, reading.filling))
      )
    }
    return rows.sorted { $0.start < $1.start }.map(\.row)
  }

  private static func match(_ row: TableAlignment.Row) -> Explanation.Row.Match {
    guard row.isSure else { return .unsure }
    if row.match.exact { return .exact }
    return row.match.isStrong ? .similar : .byPosition
  }

  /// The figures of table 4 belong to the head as a whole.
  private static func row(_ reading: TableReading) -> Explanation.Row {
    let filling = reading.filling
    let first = filling.sources.keys.min() ?? reading.span.upperBound
    let head = reading.span.lowerBound..<max(reading.span.lowerBound, first)
    return Explanation.Row(
      table: .four, row: nil, label: filling.quote(head), match: .head, similarity: 1,
      place: filling.tokens[reading.span.lowerBound].place.text,
      fields: fields(head.upperBound..<reading.span.upperBound, filling))
  }

  private static func fields(_ range: Range<Int>, _ filling: Filling) -> [Explanation.Field] {
    range.map { index in
      Explanation.Field(
        text: String(filling.tokens[index].raw), place: filling.tokens[index].place.text,
        cell: filling.sources[index])
    }
  }
}
