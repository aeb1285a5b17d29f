import Reports

extension Table4Reading {
  /// The row of figures in a stream between bars (``BarText``): up to the next words.
  ///
  /// Bars on lines of their own behind the table leave blank fields more; but they also take the place of a cell whose line
  /// is lost, and a lost line leaves a blank between two bars. So a row with blanks that is broken over lines counts only
  /// where its blocks sum up.
  func streamRun(from start: Int) -> Run {
    let all = start..<(start + tokens[start...].prefix(while: \.isInStreamRow).count)
    let whole = candidates(in: all)
    guard !all.dropLast().contains(where: { tokens[$0].isUnclosed }), whole.count == 1,
      let cells = whole.first
    else { return Run(fields: all, isWhole: false) }
    return Run(fields: cells)
  }

  /// Fifteen fields with nothing but blanks beside them that can be the cells.
  private func candidates(in all: Range<Int>) -> [Range<Int>] {
    let filled = all.filter { !tokens[$0].isBlank }
    guard all.count >= Self.count, let first = filled.first, let last = filled.last else {
      return all.count >= Self.count ? [all.prefix(Self.count)] : []
    }
    let isOnOneLine = tokens[all.lowerBound].place.line == tokens[all.upperBound - 1].place.line
    if isOnOneLine, all.count == Self.count, first == all.lowerBound { return [all] }
    return (all.lowerBound...(all.upperBound - Self.count)).map { $0..<($0 + Self.count) }
      .filter { cells in
        guard cells.contains(first), cells.contains(last) else { return false }
        // A line that stands twice would shift the others.
        let isInPlace = isOnOneLine || cells.lowerBound == all.lowerBound
        return filled.count == Self.count
          ? isOnOneLine || unbalancedBlocks(cells) < 2 : isInPlace && hasConsistentBlocks(cells)
      }
  }

  /// One wrong figure breaks one block; a line that stands twice where another is lost shifts the figures of several.
  private func unbalancedBlocks(_ cells: Range<Int>) -> Int {
    let starts = stride(
      from: cells.lowerBound, to: cells.upperBound, by: Self.blocks[0].columns.count)
    return starts.count { start in
      let own = (start..<(start + Self.blocks[0].columns.count)).filter {
        tokens[$0].value.amount != nil
      }
      return own.count == Self.blocks[0].columns.count && !tokens.sumsUp(own)
    }
  }

  /// With its blanks taken as none each block sums up, or has its total only, or nothing at all.
  private func hasConsistentBlocks(_ cells: Range<Int>) -> Bool {
    var start = cells.lowerBound
    for block in Self.blocks {
      let own = start..<(start + block.columns.count)
      start = own.upperBound
      let filled = own.filter { !tokens[$0].isBlank }
      guard let last = filled.last else { continue }
      guard last == own.last else { return false }
      if filled.count > 1, !tokens.sumsUp(filled) { return false }
    }
    return true
  }
}

extension [Token] {
  /// The last figure is the sum of the others; `/` is none.
  func sumsUp(_ fields: [Int]) -> Bool {
    guard let last = fields.last, let total = self[last].value.amount else { return false }
    var sum = Figure(0)
    for field in fields.dropLast() {
      guard let amount = self[field].value.amount else { return false }
      sum = sum + amount
    }
    return sum.equals(total)
  }
}

extension FieldValue {
  /// What it adds to a sum.
  var amount: Figure? { shape == .notApplicable ? Figure(0) : figure }
}
