/// Slips that put several figures of a row of table 3 wrong at once, and what the row would be without.
///
/// Only the columns can bear them out: the figure that was pushed off the row is taken from the row's own sum.
struct RowSlip: Sendable, Hashable {
  let slip: Correction.Slip
  /// Positions and new figures, of changed cells only.
  let figures: [Int: Int128]

  /// The slips after which no relation that the row touches fails, and what `system` would be without them.
  static func mending(row: Int, _ system: SumSystem, others: Others) -> [(RowSlip, SumSystem)] {
    candidates(row: row, system).compactMap { candidate in
      guard others == .mayFail || candidate.mends(system) else { return nil }
      var mended = system
      mended.put(candidate.figures.map { ($0.key, $0.value) })
      guard others == .mayFail || mended.failing == 0 else { return nil }
      return (candidate, mended)
    }
  }

  /// What may still fail when the row is put right.
  enum Others { case hold, mayFail }

  /// A first look, before anything is copied: whether every column that fails would hold.
  private func mends(_ system: SumSystem) -> Bool {
    let form = system.form
    var mended: UInt64 = form.rows
    for (cell, value) in figures {
      let change = value - (system.values[cell] ?? 0)
      for term in form.terms[cell] where form.rows & 1 << UInt64(term.relation) == 0 {
        guard system.needs[term.relation].contains(term.isLeft ? change : -change) else {
          return false
        }
        mended |= 1 << UInt64(term.relation)
      }
    }
    return system.failing & ~mended == 0
  }

  private static func candidates(row: Int, _ system: SumSystem) -> [RowSlip] {
    let width = system.form.width
    let first = row * width
    let seen = (first..<first + width).map { system.values[$0] ?? 0 }
    guard seen.contains(where: { $0 > 0 }), !seen.contains(where: { $0 < 0 }) else { return [] }
    var result: [RowSlip] = []
    func add(_ slip: Correction.Slip, _ meant: [Int128], lost: Int) {
      guard let whole = balanced(meant, lost) else { return }
      var figures: [Int: Int128] = [:]
      for (column, value) in whole.enumerated() where value != seen[column] {
        figures[first + column] = value
      }
      guard figures.count > 2 else { return }
      result.append(RowSlip(slip: slip, figures: figures))
    }
    for start in 0..<width - 2 {
      for end in start + 1...width - 2 {
        // start...end stand at start + 1...end + 1, or the other way round. One figure that moved is no shift of the row,
        // unless the row's end went with it.
        let isWhole = start == 0 && end == width - 2
        func areMoved(_ columns: ClosedRange<Int>) -> Bool {
          seen[columns].count { $0 > 0 } >= (isWhole ? 1 : 2)
        }
        if seen[start] == 0, areMoved(start + 1...end + 1) {
          let meant = seen[..<start] + seen[start + 1...end + 1] + [0] + seen[(end + 2)...]
          add(.shiftedRight, Array(meant), lost: end + 1)
        }
        if seen[end + 1] == 0, areMoved(start...end) {
          let meant = seen[..<start] + [0] + seen[start...end] + seen[(end + 2)...]
          add(.shiftedLeft, Array(meant), lost: start)
        }
      }
    }
    for left in 0..<width - 1 where (1...9).contains(seen[left]) && (0...9).contains(seen[left + 1])
    {
      let joined = 10 * seen[left] + seen[left + 1]
      let meant = seen[..<left] + [joined] + seen[(left + 2)...] + [0]
      add(.split, Array(meant), lost: width - 1)
    }
    return result
  }

  /// The row with its lost figure: the last is the sum of the others.
  private static func balanced(_ row: [Int128], _ lost: Int) -> [Int128]? {
    var row = row
    let last = row.count - 1
    row[lost] = 0
    let parts = row[..<last].reduce(0, +)
    row[lost] = lost == last ? parts : row[last] - parts
    return row[lost] < 0 ? nil : row
  }
}
