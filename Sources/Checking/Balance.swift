import Forms

/// How one equation of a form stands on a report.
struct Balance: Sendable {
  enum Standing: Sendable, Hashable {
    /// Equal; where cells are blank: equal if those are none, and it cannot hold otherwise.
    case holds
    case fails
    /// Not decidable: these cells have no figure.
    case open([CellKey])
    /// Does not hold as read, and the program is not sure that it has read these cells rightly.
    case doubtful([CellKey])
  }

  let relation: Relation
  /// Sums of the known figures.
  let left: Exact
  let right: Exact
  /// Cells without a figure.
  let openLeft: [CellKey]
  let openRight: [CellKey]
  let standing: Standing

  /// Section 7 of the format reference: a blank is any number from 0 up. Known parts above the whole fail; known parts
  /// equal to it leave the blanks no choice but none; what is below cannot be decided.
  init(_ relation: Relation, _ ledger: Ledger) {
    self.relation = relation
    (left, openLeft) = ledger.sum(relation.left)
    (right, openRight) = ledger.sum(relation.right)
    let open = openLeft + openRight
    let decided: Standing =
      switch (openLeft.isEmpty, openRight.isEmpty) {
      case (true, true): left == right ? .holds : .fails
      case (false, false): .open(open)
      case (false, true): left == right ? .holds : left > right ? .fails : .open(open)
      case (true, false): left == right ? .holds : left < right ? .fails : .open(open)
      }
    let uncertain = relation.cells.filter(ledger.isUncertain)
    standing =
      switch decided {
      case .holds where open.contains(where: ledger.isText): .open(open)
      case .holds: .holds
      case .fails, .open, .doubtful: uncertain.isEmpty ? decided : .doubtful(uncertain)
      }
  }

  /// What the difference left − right may be so that the relation does not fail; `nil`: anything.
  var allowed: ClosedRange<Exact>? {
    if case .doubtful = standing { return nil }
    let zero = Exact.zero
    return switch (openLeft.isEmpty, openRight.isEmpty) {
    case (true, true): zero...zero
    case (false, true): Balance.farBelow...zero
    case (true, false): zero...Balance.farAbove
    case (false, false): nil
    }
  }

  /// Beyond any sum of figures of at most 18 digits.
  static let farAbove = Exact(Int.max)
  static let farBelow = -farAbove
}
