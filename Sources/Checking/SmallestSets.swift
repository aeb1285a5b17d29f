/// The smallest sets of cells whose change satisfies all relations of a group: error localisation after Fellegi and Holt
/// (1976), exact. Every set of the smallest size is found, once.
///
/// A set is built cell by cell. Whatever set is right, it has a cell in each relation that fails; and a second one in
/// each relation that holds and has one. So one relation that still needs a cell is chosen, and each of its cells tried
/// in turn; one that was tried is barred from then on, since all sets with it are known. Where no relation needs a cell,
/// the changes are computed; if they contradict each other, the relations that led to the contradiction need another
/// cell. As a cell stands in one row and one column at most, a set is given up as soon as more rows or more columns need
/// cells than may be added.
struct SmallestSets {
  struct Solution: Sendable, Hashable {
    /// Positions, in order.
    let cells: [Int]
    /// The new figures; `nil` where several would do.
    let values: [Int128?]
  }

  enum Answer: Sendable, Hashable {
    /// All sets of the smallest size; `isComplete` is false where there are more than were counted.
    case found([Solution], isComplete: Bool)
    /// No set of at most ``largest`` cells will do.
    case none
    /// Not decided within the effort that a report is worth.
    case tooMany
  }

  /// A longer list of wrong cells than this helps nobody find them.
  static let largest = 6
  static let mostSolutions = 500
  /// Sets looked at before the search gives up: what keeps one report below a millisecond.
  static let effort = 2500

  private let system: SumSystem
  private let form: SumForm
  private var chosen: [Int] = []
  private var barred: [Bool]
  private var solutions: [Solution] = []
  private var left: Int

  /// - Parameters:
  ///   - largest: the size of sets to stop at.
  ///   - effort: how many sets to look at.
  static func search(
    _ system: SumSystem, largest: Int = SmallestSets.largest, effort: Int = SmallestSets.effort
  ) -> Answer {
    var search = SmallestSets(system, effort)
    let (touched, doubly) = search.touched
    let needed = search.needed(touched, doubly)
    let smallest = max(search.fewest(needed), system.forced.count, 1)
    guard smallest <= largest else { return .none }
    for size in smallest...largest {
      search.extend(size - system.forced.count, touched, doubly)
      if !search.solutions.isEmpty {
        let isComplete = search.left > 0 && search.solutions.count < mostSolutions
        return .found(
          search.solutions.sorted { $0.cells.lexicographicallyPrecedes($1.cells) },
          isComplete: isComplete)
      }
      if search.left <= 0 { return .tooMany }
    }
    return .none
  }

  private init(_ system: SumSystem, _ effort: Int) {
    self.system = system
    form = system.form
    left = effort
    barred = system.values.map { $0 == nil }
    for cell in system.forced {
      chosen.append(cell)
      barred[cell] = true
    }
  }

  /// The relations with a chosen cell, and with two.
  private var touched: (UInt64, UInt64) {
    chosen.reduce((0, 0)) { ($0.0 | form.masks[$1], $0.1 | $0.0 & form.masks[$1]) }
  }

  private func needed(_ touched: UInt64, _ doubly: UInt64) -> UInt64 {
    system.failing & ~touched | system.tight & touched & ~doubly
  }

  /// Fewer cells than this cannot stand in all of these relations.
  private func fewest(_ needed: UInt64) -> Int {
    max(
      (needed & form.rows).nonzeroBitCount,
      form.columns.reduce(0) { $0 + (needed & $1 == 0 ? 0 : 1) })
  }

  private mutating func extend(_ remaining: Int, _ touched: UInt64, _ doubly: UInt64) {
    guard left > 0, solutions.count < Self.mostSolutions else { return }
    left -= 1
    let needed = needed(touched, doubly)
    let rows = needed & form.rows
    let columns = needed & ~form.rows
    let columnCount = form.columns.reduce(0) { $0 + (needed & $1 == 0 ? 0 : 1) }
    guard max(rows.nonzeroBitCount, columnCount) <= remaining else { return }
    guard needed == 0 else {
      // Where every further cell is needed in a row (a column), only cells of such rows (columns) come into question.
      let inRows = rows.nonzeroBitCount == remaining ? rows : ~0
      let inColumns = columnCount == remaining ? columns : ~0
      let shortest = needed & (~needed &+ 1)
      tryCells(of: shortest, remaining, touched, doubly, needed: needed) {
        $0 & inRows != 0 && $0 & inColumns != 0
      }
      return
    }
    switch solve(touched) {
    case .values(let values):
      guard remaining == 0 else { return }
      let order = chosen.indices.sorted { chosen[$0] < chosen[$1] }
      solutions.append(
        Solution(cells: order.map { chosen[$0] }, values: order.map { values[$0] }))
    case .contradiction(let relations):
      guard remaining > 0 else { return }
      tryCells(of: relations, remaining, touched, doubly, needed: 0) { _ in true }
    }
  }

  private mutating func tryCells(
    of relations: UInt64, _ remaining: Int, _ touched: UInt64, _ doubly: UInt64,
    needed: UInt64, where isUseful: (UInt64) -> Bool
  ) {
    var tried: [Int] = []
    var rest = relations
    while rest != 0 {
      let relation = rest.trailingZeroBitCount
      rest &= rest - 1
      for cell in form.members[relation] where !barred[cell] && isUseful(form.masks[cell]) {
        let mask = form.masks[cell]
        // The last cell stands in all that need one, and in no relation that would need another.
        guard remaining > 1 || needed & ~mask == 0 && mask & system.tight & ~touched == 0 else {
          continue
        }
        barred[cell] = true
        tried.append(cell)
        chosen.append(cell)
        extend(remaining - 1, touched | mask, doubly | touched & mask)
        chosen.removeLast()
      }
    }
    for cell in tried { barred[cell] = false }
  }
}

// MARK: The changes of a set

extension SmallestSets {
  private enum Outcome {
    /// For each chosen cell the new figure; `nil` where several would do.
    case values([Int128?])
    /// These relations cannot all hold while none of their other cells changes.
    case contradiction(UInt64)
  }

  /// No figure of a form has more than 18 digits.
  private static let figures: ClosedRange<Int128> = 0...999_999_999_999_999_999

  /// Relation by relation, wherever one cell is left to settle it; what stays open after that goes through elimination.
  /// A cell that need not change does not belong to a smallest set.
  private mutating func solve(_ touched: UInt64) -> Outcome {
    var changes = Array(repeating: Int128(0), count: chosen.count)
    var reasons = Array(repeating: UInt64(0), count: chosen.count)
    var open = chosen.count
    var pending = touched
    var isMoving = true
    while isMoving {
      isMoving = false
      var rest = pending
      while rest != 0 {
        let index = rest.trailingZeroBitCount
        let bit: UInt64 = 1 << UInt64(index)
        rest &= ~bit
        let need = system.needs[index]
        var sum: Int128 = 0
        var reason = bit
        var unsettled: Int?
        var isLeft = true
        var count = 0
        for (place, cell) in chosen.enumerated() where form.masks[cell] & bit != 0 {
          let side = form.isLeft(cell, of: index)
          if reasons[place] == 0 {
            count += 1
            unsettled = place
            isLeft = side
          } else {
            sum += side ? changes[place] : -changes[place]
            reason |= reasons[place]
          }
        }
        if count == 0 {
          pending &= ~bit
          guard need.contains(sum) else { return .contradiction(reason) }
        } else if count == 1, need.isExact, let place = unsettled, let low = need.low {
          pending &= ~bit
          isMoving = true
          open -= 1
          let change = isLeft ? low - sum : sum - low
          changes[place] = change
          reasons[place] = reason
          let cell = chosen[place]
          guard Self.figures.contains((system.values[cell] ?? 0) + change),
            change != 0 || system.forced.contains(cell)
          else { return .contradiction(reason) }
        }
      }
    }
    if open == 0 {
      return .values(zip(chosen, changes).map { (system.values[$0] ?? 0) + $1 })
    }
    return eliminate(pending, changes, reasons) ?? .contradiction(touched)
  }

  /// `nil` where no figures will do.
  private mutating func eliminate(
    _ relations: UInt64, _ changes: [Int128], _ reasons: [UInt64]
  ) -> Outcome? {
    let places = chosen.indices.filter { reasons[$0] == 0 }
    // Takes as long as many sets that are settled relation by relation.
    left -= places.count > 2 ? 30 : 10
    var bounds = Elimination(count: places.count)
    for (variable, place) in places.enumerated() {
      let value = system.values[chosen[place]] ?? 0
      bounds.bound([variable: 1], Self.figures.lowerBound - value, Self.figures.upperBound - value)
    }
    var rest = relations
    while rest != 0 {
      let index = rest.trailingZeroBitCount
      rest &= rest - 1
      var sum: Int128 = 0
      var terms: [Int: Int] = [:]
      for (place, cell) in chosen.enumerated() {
        guard form.masks[cell] & 1 << UInt64(index) != 0 else { continue }
        let sign = form.isLeft(cell, of: index) ? 1 : -1
        if let variable = places.firstIndex(of: place) {
          terms[variable] = sign
        } else {
          sum += Int128(sign) * changes[place]
        }
      }
      let need = system.needs[index]
      bounds.bound(terms, need.low.map { $0 - sum }, need.high.map { $0 - sum })
    }
    guard let ranges = bounds.ranges() else { return nil }
    var values: [Int128?] = zip(chosen, changes).map { (system.values[$0] ?? 0) + $1 }
    for (place, range) in zip(places, ranges) {
      let value = system.values[chosen[place]] ?? 0
      values[place] = range.lowerBound == range.upperBound ? value + range.lowerBound : nil
    }
    return .values(values)
  }
}
