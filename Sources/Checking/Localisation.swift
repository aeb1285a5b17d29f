import Forms
public import Reports

/// Where the wrong cells may be of which the failing relations of one group tell: table 3, or a block of table 4.
public struct Localisation: Sendable, Hashable {
  /// The ids of the checks that fail.
  public let failing: [String]
  /// The size of the smallest sets of cells whose change makes everything hold; `nil` where it is more than six, or too
  /// much to find out.
  public let fewest: Int?
  /// All smallest sets and, where one slip in a row explains as much as several wrong cells, that; best first: few
  /// slips, known slips, the order of the form.
  public let corrections: [Correction]
  /// False where there are more smallest sets than these.
  public let isComplete: Bool

  /// The one cell that explains everything, where there is no other and its figure is certain.
  public var suspect: Correction.Change? {
    guard fewest == 1, isComplete else { return nil }
    let single = corrections.filter { $0.changes.count == 1 }
    guard single.count == 1, let change = single[0].changes.first, change.balancesAt != nil else {
      return nil
    }
    return change
  }
}

/// Explains the failing relations of a report, group by group; groups in which nothing fails are left out.
///
/// Exact for up to six cells, and bounded in effort: of a report in which dozens of relations fail it says that they
/// are too many (``Localisation/fewest`` is `nil`).
public func localise(_ report: Report) -> [Localisation] {
  let ledger = Ledger(report)
  return SumGroup.all(report, ledger).compactMap { Localisation($0, ledger) }
}

/// The relations of a group as they stand on a report.
struct SumGroup: Sendable {
  let form: SumForm
  /// In the order of ``SumForm/relations``.
  let balances: [Balance]

  init(_ form: SumForm, _ ledger: Ledger) {
    self.form = form
    balances = form.relations.map { Balance($0, ledger) }
  }

  static func all(_ report: Report, _ ledger: Ledger) -> [SumGroup] {
    (report.template.three.map { [SumGroup(.table3($0), ledger)] } ?? [])
      + (report.template.four.map { _ in SumForm.table4.map { SumGroup($0, ledger) } } ?? [])
  }
}

extension Localisation {
  /// `nil` where nothing fails.
  init?(_ group: SumGroup, _ ledger: Ledger) {
    let failing = group.balances.filter { $0.standing == .fails }
    guard !failing.isEmpty else { return nil }
    self.failing = failing.map(\.relation.check)
    guard let system = SumSystem(group.form, group.balances, ledger) else {
      (fewest, corrections, isComplete) = (nil, [], true)
      return
    }
    var found: [Correction] = []
    let answer = SmallestSets.search(system)
    switch answer {
    case .found(let sets, let isComplete):
      fewest = sets[0].cells.count
      self.isComplete = isComplete
      found = sets.map { Correction($0, group.form, ledger) }
    case .none, .tooMany:
      (fewest, isComplete) = (nil, true)
    }
    if group.form.columns.contains(where: { $0 != 0 }) {
      let wholes = Correction.slipsInRows(system, ledger, fewerThan: fewest ?? .max)
      let known = Set(wholes.map(\.changes))
      found = wholes + found.filter { !known.contains($0.changes) }
    }
    corrections = found.enumerated()
      .map { (rank: [$0.element.mistakes.count, $0.element.unnamed, $0.offset], $0.element) }
      .sorted { $0.rank.lexicographicallyPrecedes($1.rank) }
      .map(\.1)
  }
}

extension Correction {
  /// Wrong figures of which nothing tells how they came about.
  fileprivate var unnamed: Int { mistakes.count { $0.slip == nil } }

  /// A set of cells; neighbours that one slip explains are one mistake.
  fileprivate init(_ set: SmallestSets.Solution, _ form: SumForm, _ ledger: Ledger) {
    var rest = zip(set.cells, set.values).map { position, value in
      (position, Change(form.cells[position], ledger, value))
    }
    var mistakes: [Mistake] = []
    while !rest.isEmpty {
      let (position, change) = rest.removeFirst()
      let pair = rest.indices.lazy.compactMap { index -> (Int, Slip)? in
        let other = rest[index]
        let isBeside = other.0 == position + 1 && other.0 % form.width != 0
        guard isBeside || other.0 == position + form.width,
          let slip = Slip(change, other.1, areInARow: isBeside)
        else { return nil }
        return (index, slip)
      }.first
      if let (index, slip) = pair {
        mistakes.append(Mistake(slip: slip, changes: [change, rest.remove(at: index).1]))
      } else {
        mistakes.append(Mistake(change))
      }
    }
    self.init(mistakes: mistakes)
  }

  /// Rows put wrong by one slip: alone, or beside another row or a wrong cell. Only what needs fewer slips than `limit`.
  fileprivate static func slipsInRows(
    _ system: SumSystem, _ ledger: Ledger, fewerThan limit: Int
  ) -> [Correction] {
    guard limit > 1 else { return [] }
    let form = system.form
    let rows = 0..<form.cells.count / form.width
    let failing = rows.filter { row in
      system.failing & form.rows & form.masks[row * form.width] != 0
    }
    guard failing.count <= 2, system.forced.isEmpty else { return [] }
    func correction(_ slips: [RowSlip], _ more: [Mistake] = []) -> Correction {
      Correction(
        mistakes: slips.map { slip in
          Mistake(
            slip: slip.slip,
            changes: slip.figures.sorted { $0.key < $1.key }
              .map { Change(form.cells[$0.key], ledger, $0.value) })
        } + more)
    }
    if failing.count <= 1 {
      let alone = (failing.isEmpty ? Array(rows) : failing).flatMap { row in
        RowSlip.mending(row: row, system, others: .hold).map { correction([$0.0]) }
      }
      if !alone.isEmpty { return alone }
    }
    guard limit > 2, let first = failing.first else { return [] }
    var pairs: [Correction] = []
    for row in failing {
      for (slip, rest) in RowSlip.mending(row: row, system, others: .mayFail) {
        if case .found(let sets, true) = SmallestSets.search(rest, largest: 1) {
          pairs += sets.filter { slip.figures[$0.cells[0]] == nil }
            .map { correction([slip], Correction($0, form, ledger).mistakes) }
        }
        guard row == first, failing.count == 2 else { continue }
        pairs += RowSlip.mending(row: failing[1], rest, others: .hold)
          .map { correction([slip, $0.0]) }
      }
    }
    return pairs
  }
}

extension Correction.Change {
  fileprivate init(_ cell: CellKey, _ ledger: Ledger, _ value: Int128?) {
    self.init(
      cell: cell, found: ledger[cell]?.figure,
      balancesAt: value.flatMap { Figure(String($0)) })
  }
}

extension Correction.Mistake {
  fileprivate init(_ change: Correction.Change) {
    let slip =
      if let found = change.found, let meant = change.balancesAt {
        Correction.Slip(found: found, meant: meant)
      } else {
        Correction.Slip?.none
      }
    self.init(slip: slip, changes: [change])
  }
}

extension Correction.Slip {
  fileprivate init?(
    _ first: Correction.Change, _ second: Correction.Change, areInARow: Bool
  ) {
    guard let a = first.found, let b = second.found, let c = first.balancesAt,
      let d = second.balancesAt
    else { return nil }
    self.init(found: (a, b), meant: (c, d), areInARow: areInARow)
  }
}
