import Forms
import Reports

/// The figures of a report, ready for sums: one place for each cell of any form.
struct Ledger: Sendable {
  private var values: [Exact?]
  private var doubtful: [Bool]
  private var words: [Bool]

  init(_ report: Report) {
    let count = CellKey.all.count
    values = Array(repeating: nil, count: count)
    doubtful = Array(repeating: false, count: count)
    words = Array(repeating: false, count: count)
    for (key, cell) in report.cells {
      values[Int(key.index)] = cell.number.map(Exact.init)
      words[Int(key.index)] = cell.class == .text
    }
    for key in report.uncertain { doubtful[Int(key.index)] = true }
  }

  /// The figure, where the cell has one.
  subscript(key: CellKey) -> Exact? { values[Int(key.index)] }

  /// Whether the program does not vouch for the cell.
  func isUncertain(_ key: CellKey) -> Bool { doubtful[Int(key.index)] }

  /// Whether words stand where a figure is due: unlike a blank they cannot be taken for none.
  func isText(_ key: CellKey) -> Bool { words[Int(key.index)] }

  /// The sum of the cells that have a figure, and which have none.
  func sum(_ keys: [CellKey]) -> (known: Exact, open: [CellKey]) {
    var known = Exact.zero
    var open: [CellKey] = []
    for key in keys {
      if let value = self[key] { known += value } else { open.append(key) }
    }
    return (known, open)
  }
}
