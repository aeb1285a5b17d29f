import Forms

/// A column beside the figures that holds none: what is counted (件 in every row), the numbers of the rows, remarks.
///
/// Such a field would be one too many in every row of the table, or take the place of a figure where a row has lost one. It
/// is told by all rows together: no column of figures has words in every row or counts the rows.
struct FurtherColumns {
  private let tokens: [Token]
  private let set: AnchorSet
  /// Rows of the form with figures, where blanks are seen.
  private let rows: [TableAlignment.Row]

  /// The fields of each row without those columns; `nil` where there are none.
  static func dropped(
    from rows: [TableAlignment.Row], set: AnchorSet, tokens: [Token]
  ) -> [TableAlignment.Row]? {
    let own = rows.filter { row in
      set.anchors[row.anchor].row != nil && row.fields.contains { tokens[$0].value.isValue }
        && tokens[row.fields.lowerBound].keepsBlanks
    }
    let columns = FurtherColumns(tokens: tokens, set: set, rows: own)
    return columns.withoutLabels(rows) ?? columns.withoutRemarks(rows)
  }

  /// A column between the labels and the figures.
  private func withoutLabels(_ all: [TableAlignment.Row]) -> [TableAlignment.Row]? {
    let leads = rows.filter { isTooLong(begin($0)..<$0.fields.upperBound, $0) }.map(begin)
    guard isMost(leads.count), isLabel(leads) else { return nil }
    var last: Int?
    return all.map { row in
      let lead = begin(row)
      guard isPart(row), lead < row.fields.upperBound else { return row }
      let number = tokens[lead].value.figure?.integer
      let isNext = last.flatMap { last in number.map { $0 > last && $0 <= last + 2 } } ?? false
      if leads.contains(lead) || (isWords(leads[0]) ? isUnit(lead) : isNext) {
        last = number
        return row.with(fields: (lead + 1)..<row.fields.upperBound, isSure: row.isSure)
      }
      // A row without that field has lost it or a figure.
      last = last.map { $0 + 1 }
      return row.with(fields: row.fields, isSure: false)
    }
  }

  /// A column behind the figures.
  private func withoutRemarks(_ all: [TableAlignment.Row]) -> [TableAlignment.Row]? {
    let tooLong = rows.filter { isTooLong($0.fields, $0) }
    guard isMost(tooLong.count), isRemark(tooLong.map { $0.fields.upperBound - 1 }) else {
      return nil
    }
    return all.map { row in
      guard isPart(row), isTooLong(row.fields, row) || isWords(row.fields.upperBound - 1) else {
        return row
      }
      return row.with(fields: row.fields.dropLast(), isSure: row.isSure)
    }
  }

  private func isMost(_ count: Int) -> Bool { count >= 3 && count * 4 >= rows.count * 3 }

  /// What merged cells leave beside the label is blank.
  private func begin(_ row: TableAlignment.Row) -> Int {
    row.fields.first { !tokens[$0].isBlank } ?? row.fields.upperBound
  }

  private func isPart(_ row: TableAlignment.Row) -> Bool {
    row.fields.count > 1 && tokens[row.fields.lowerBound].keepsBlanks
      && set.anchors[row.anchor].row != nil
  }

  /// One field more than the form.
  private func isTooLong(_ fields: Range<Int>, _ row: TableAlignment.Row) -> Bool {
    let counts = set.anchors[row.anchor].counts
    return !counts.contains(fields.count) && counts.contains(fields.count - 1)
  }

  private func isWords(_ index: Int) -> Bool { tokens[index].isWords }

  private func isUnit(_ index: Int) -> Bool { Self.units.contains(tokens[index].folded) }

  /// What stands between the labels and the figures: the same short word in every row, 件 or 万元 for amounts; or numbers
  /// that count the rows.
  private func isLabel(_ fields: [Int]) -> Bool {
    fields.allSatisfy(isUnit) || countsRows(fields)
  }

  /// What stands behind the figures: numbers that count the rows, or words here and there.
  private func isRemark(_ fields: [Int]) -> Bool {
    if isLabel(fields) { return true }
    let words = fields.filter(isWords)
    return !words.isEmpty && fields.allSatisfy { isWords($0) || tokens[$0].isBlank }
      && !words.contains { Fold.isDigit(tokens[$0].folded.first ?? 0) }
  }

  /// Other units than those of the form are no label: what they say of the figure must not be lost.
  private static let units = Set(["件", "项", "个", "宗", "起", "条", "份", "万元"].map(Fold.fold))

  /// One more in every row, but for rows that are left out; from 1 where there are few.
  private func countsRows(_ fields: [Int]) -> Bool {
    let numbers = fields.compactMap { tokens[$0].value.figure?.integer }
    guard numbers.count == fields.count, let first = numbers.first, let last = numbers.last,
      numbers.count >= 5, (0...3).contains(first), last <= 99,
      zip(numbers, numbers.dropFirst()).allSatisfy({ $0 < $1 })
    else { return false }
    let steps = zip(numbers, numbers.dropFirst()).count { $1 == $0 + 1 }
    return steps * 5 >= (numbers.count - 1) * (numbers.count < 10 ? 5 : 3)
  }
}
