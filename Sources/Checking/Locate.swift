import Forms
import Reports

/// A way to explain all the failing relations of a group of tables by wrong cells: the changes after which nothing
/// fails.
struct Explanation: Sendable, Hashable {
  struct Change: Sendable, Hashable {
    let cell: CellKey
    let found: Exact
    /// `nil`: several values would do.
    let balancesAt: Exact?
  }

  let changes: [Change]
}

/// Every cell whose change alone makes all relations of the group hold, in the order of the form: error localisation
/// after Fellegi and Holt for one cell, exact. The new value is a whole number not below 0. Empty where nothing fails
/// or where no single cell explains it.
///
/// A cell is an explanation when one difference mends every failing relation it stands in, it stands in all that fail,
/// and breaks none that holds.
func explanations(of balances: [Balance], _ ledger: Ledger) -> [Explanation] {
  let failing = balances.filter { $0.standing == .fails }
  guard let first = failing.first else { return [] }
  let candidates = first.relation.cells.filter { cell in
    ledger[cell] != nil && failing.dropFirst().allSatisfy { $0.relation.cells.contains(cell) }
  }
  return candidates.sorted().compactMap { cell in
    guard let found = ledger[cell] else { return nil }
    var low = -found
    var high = Balance.farAbove
    for balance in balances {
      guard let allowed = balance.allowed else { continue }
      let difference = balance.left - balance.right
      if balance.relation.left.contains(cell) {
        low = max(low, allowed.lowerBound - difference)
        high = min(high, allowed.upperBound - difference)
      } else if balance.relation.right.contains(cell) {
        low = max(low, difference - allowed.upperBound)
        high = min(high, difference - allowed.lowerBound)
      }
    }
    guard low <= high else { return nil }
    guard low == high else {
      return Explanation(changes: [.init(cell: cell, found: found, balancesAt: nil)])
    }
    let value = found + low
    guard value.isWhole else { return nil }
    return Explanation(changes: [.init(cell: cell, found: found, balancesAt: value)])
  }
}

extension Explanation {
  /// The one cell that explains everything, where there is no other and its value is certain.
  static func only(_ explanations: [Explanation]) -> Change? {
    guard explanations.count == 1, let change = explanations[0].changes.first,
      explanations[0].changes.count == 1, change.balancesAt != nil
    else { return nil }
    return change
  }
}
