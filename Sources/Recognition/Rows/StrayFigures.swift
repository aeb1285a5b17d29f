import Forms
import Reports

/// Rows of table 2 whose figures may be those of other labels: figures stand in front of the labels, beside a row without
/// any, or count the rows.
struct StrayFigures {
  let alignment: TableAlignment
  let filling: Filling
  private var tokens: [Token] { alignment.tokens }

  init(_ alignment: TableAlignment, _ filling: Filling) {
    self.alignment = alignment
    self.filling = filling
  }

  /// The rows of each block that has a row without a figure and a figure, if a mistyped one, in no cell: which label it
  /// belongs to is open.
  var besideBlanks: [TableAlignment.Row] {
    groups.flatMap { rows -> [TableAlignment.Row] in
      guard let first = rows.first, let last = rows.last,
        rows.contains(where: { row in !row.fields.contains { tokens[$0].value.isValue } })
      else { return [] }
      let start = startOfFigures(before: first.match.start)
      var end = max(last.fields.upperBound, last.match.end)
      while end < tokens.count, !tokens[end].isWords { end += 1 }
      let labels = rows.map { $0.match.start..<$0.match.end }
      let isStray = (start..<end).contains { index in
        isFigure(index) && filling.sources[index] == nil
          && !labels.contains { $0.contains(index) } && !isSerial(index)
      }
      return isStray ? rows : []
    }
  }

  /// Rows with further figures on the rows of the grid right under their own, beside no label: which of them count, or all of
  /// them, nobody said. The same figures once more say nothing else.
  var overFigures: [TableAlignment.Row] {
    labelled.filter { row in
      guard alignment.side == .before, let last = row.fields.last, tokens[last].keepsBlanks else {
        return false
      }
      let own = row.fields.filter { tokens[$0].value.isValue }.map { tokens[$0].raw }
      let end = tokens[row.fields.upperBound...].firstIndex(where: \.isWords) ?? tokens.count
      let under = (row.fields.upperBound..<end).filter { index in
        tokens[index].row != tokens[last].row && tokens[index].value.isValue
          && filling.sources[index] == nil && !isSerial(index)
      }
      return !under.isEmpty && under.map { tokens[$0].raw } != own
    }
  }

  /// All rows, if one has no figure while others stand in the lines of captions: they may stand a row too high or too low.
  var besideCaptions: [TableAlignment.Row] {
    let rows = labelled
    guard rows.contains(where: { row in !row.fields.contains { tokens[$0].value.isValue } }),
      alignment.rows.contains(where: { row in
        alignment.set.anchors[row.anchor].row == nil
          && row.fields.contains { tokens[$0].keepsBlanks && tokens[$0].value.isValue }
      })
    else { return [] }
    return rows
  }

  /// Rows that took the number in front of the next label, where every label has its own in front of it.
  var numbered: [TableAlignment.Row] {
    let rows = labelled
    let numbers = rows.map { row in
      row.match.start > 0 ? tokens[row.match.start - 1].value.figure?.integer : nil
    }
    guard rows.count >= 3,
      zip(numbers, numbers.dropFirst()).allSatisfy({ number, next in
        number.flatMap { number in next.map { number < .max && $0 == number + 1 } } ?? false
      })
    else { return [] }
    return zip(rows, rows.dropFirst()).filter { row, next in
      row.fields.contains(next.match.start - 1)
    }.map(\.0)
  }

  private var labelled: [TableAlignment.Row] {
    alignment.rows.filter { alignment.set.anchors[$0.anchor].row != nil }
  }

  /// Rows without words between them but their own.
  private var groups: [[TableAlignment.Row]] {
    var groups: [[TableAlignment.Row]] = []
    for row in labelled {
      if let before = groups.last?.last,
        alignment.set.anchors[before.anchor].block == alignment.set.anchors[row.anchor].block
          || startOfFigures(before: row.match.start) <= before.match.end
      {
        groups[groups.count - 1].append(row)
      } else {
        groups.append([row])
      }
    }
    return groups
  }

  private func startOfFigures(before end: Int) -> Int {
    var start = end
    while start > 0, end - start < 16,
      !tokens[start - 1].isWords || tokens[start - 1].isMistypedFigure
    {
      start -= 1
    }
    return start
  }

  private func isFigure(_ index: Int) -> Bool {
    tokens[index].value.isValue || tokens[index].isMistypedFigure
  }

  /// The first field of a line whose label and figures follow it, in a table that keeps a column for such numbers.
  private func isSerial(_ index: Int) -> Bool {
    guard tokens[index].keepsBlanks, index + 2 < tokens.count, tokens[index + 1].isWords,
      tokens[index + 1].row == tokens[index].row, tokens[index + 2].row == tokens[index].row
    else { return false }
    return !tokens[index + 2].isWords
  }
}
