import Forms

/// How the relations of a group stand, as bounds on what may change: for each relation a range in which the changes of
/// its cells, those on the right counted negative, must add up.
///
/// Whole numbers only. Blanks and cells that the program does not vouch for are as ``Balance/allowed`` has them: a relation
/// with a blank on one side bounds the changes from one side, one that fails on figures in doubt bounds nothing.
///
/// What holds for all numbers holds for the whole ones, since the coefficients form a totally unimodular matrix. Each cell
/// stands in one row and in one column, which makes a network; only the cells of （七）总计 stand in two relations of
/// their column. The criterion of Ghouila-Houri is met all the same: where the row of （七）总计 is among the chosen relations,
/// take all columns against it; where it is not, the sums of the columns against the identities.
struct SumSystem: Sendable {
  /// What the changes of a relation must add up to; `nil`: no bound.
  struct Need: Sendable {
    var low: Int128?
    var high: Int128?

    /// Whether no change at all is wrong.
    var isFailing: Bool { low.map { $0 > 0 } == true || high.map { $0 < 0 } == true }
    /// Whether the sum is settled.
    var isExact: Bool { low != nil && low == high }

    func contains(_ sum: Int128) -> Bool {
      low.map { sum >= $0 } != false && high.map { sum <= $0 } != false
    }
  }

  let form: SumForm
  /// The figures; `nil` where the cell has none, or none that could be changed. Of a cell in ``forced``: 0.
  private(set) var values: [Int128?]
  private(set) var needs: [Need]
  /// Relations that fail.
  private(set) var failing: UInt64 = 0
  /// Relations that hold and leave no room.
  private(set) var tight: UInt64 = 0
  /// Cells of failing relations whose figure no cell of a form can have: below 0, or a fraction.
  let forced: [Int]

  private var sides: [Side]

  /// A relation: left − right, and how many cells of either side have no figure.
  private struct Side: Sendable {
    var difference: Int128
    var openLeft: Int
    var openRight: Int
    let isDoubtful: Bool

    var need: Need {
      if isDoubtful { return Need() }
      return switch (openLeft > 0, openRight > 0) {
      case (false, false): Need(low: -difference, high: -difference)
      case (true, false): Need(low: nil, high: -difference)
      case (false, true): Need(low: -difference, high: nil)
      case (true, true): Need()
      }
    }
  }

  /// `nil` where a relation holds fractions that no change to whole numbers mends.
  init?(_ form: SumForm, _ balances: [Balance], _ ledger: Ledger) {
    self.form = form
    let exact = form.cells.map { ledger[$0] }
    var isForced = Array(repeating: false, count: exact.count)
    for balance in balances where balance.standing == .fails {
      for key in balance.relation.cells {
        guard let position = form.position(of: key), let value = exact[position] else { continue }
        if value.isNegative || !value.isWhole { isForced[position] = true }
      }
    }
    forced = isForced.indices.filter { isForced[$0] }
    values = exact.indices.map { isForced[$0] ? 0 : exact[$0]?.whole }
    sides = []
    needs = []
    for (balance, members) in zip(balances, form.members) {
      var difference = balance.left - balance.right
      for position in members where isForced[position] {
        let isLeft = balance.relation.left.contains(form.cells[position])
        let value = exact[position] ?? .zero
        difference += isLeft ? -value : value
      }
      let isDoubtful = if case .doubtful = balance.standing { true } else { false }
      guard let whole = difference.whole else {
        guard isDoubtful else { return nil }
        sides.append(Side(difference: 0, openLeft: 0, openRight: 0, isDoubtful: true))
        continue
      }
      sides.append(
        Side(
          difference: whole, openLeft: balance.openLeft.count, openRight: balance.openRight.count,
          isDoubtful: isDoubtful))
    }
    needs = sides.map(\.need)
    mark(0..<sides.count)
  }

  private mutating func mark(_ relations: some Sequence<Int>) {
    for index in relations {
      let bit: UInt64 = 1 << UInt64(index)
      let need = needs[index]
      failing = need.isFailing ? failing | bit : failing & ~bit
      tight = need.isExact && !need.isFailing ? tight | bit : tight & ~bit
    }
  }

  /// Puts figures into cells, blank ones too.
  mutating func put(_ figures: [(position: Int, value: Int128)]) {
    for (position, value) in figures {
      let old = values[position]
      values[position] = value
      for term in form.terms[position] {
        let change = value - (old ?? 0)
        sides[term.relation].difference += term.isLeft ? change : -change
        if old == nil {
          if term.isLeft {
            sides[term.relation].openLeft -= 1
          } else {
            sides[term.relation].openRight -= 1
          }
        }
        needs[term.relation] = sides[term.relation].need
      }
      mark(form.terms[position].lazy.map(\.relation))
    }
  }
}
