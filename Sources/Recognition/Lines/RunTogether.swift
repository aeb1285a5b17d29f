/// Figures of one row without anything between them: `0000000`.
enum RunTogether {
  /// The figures, if there is only one way to part the digits: as many figures as cells, none of more than one digit with
  /// a zero in front; and where `sumsUp`, the last is the sum of the others. Ways with fewer figures (blank cells that
  /// vanished) count as well.
  static func split(_ digits: Substring, into count: Int, sumsUp: Bool) -> [Substring]? {
    let values = digits.utf8.compactMap { (0x30...0x39).contains($0) ? Int($0 - 0x30) : nil }
    guard values.count == digits.utf8.count, values.count >= count, values.count <= 24 else {
      return nil
    }
    if count == 1 { return values.count < 19 ? [digits] : nil }
    if values.allSatisfy({ $0 == 0 }) {
      return values.count == count ? digits.indices.map { digits[$0...$0] } : nil
    }
    guard sumsUp else { return nil }
    var search = Search(values: values, count: count)
    search.part(from: 0, sum: 0)
    guard search.found.count == 1, let ends = search.found.first, ends.count == count else {
      return nil
    }
    let indices = Array(digits.indices) + [digits.endIndex]
    return zip([0] + ends, ends).map { digits[indices[$0]..<indices[$1]] }
  }

  private struct Search {
    let values: [Int]
    let count: Int
    /// Where the figures end, for each way; two are enough to know that there is not just one.
    var found: [[Int]] = []
    private var ends: [Int] = []
    private var steps = 0

    init(values: [Int], count: Int) {
      self.values = values
      self.count = count
    }

    mutating func part(from start: Int, sum: Int) {
      guard found.count < 2, ends.count < count, start < values.count else { return }
      steps += 1
      guard steps < 100_000 else {
        // Too many to try: not just one.
        found = [[], []]
        return
      }
      var value = 0
      for end in (start + 1)...values.count {
        value = value * 10 + values[end - 1]
        guard value < 1_000_000_000 else { return }
        ends.append(end)
        if end == values.count {
          if value == sum, ends.count > 1 { found.append(ends) }
        } else {
          part(from: end, sum: sum + value)
        }
        ends.removeLast()
        // A figure does not begin with a zero.
        if values[start] == 0 { return }
      }
    }
  }
}
