import Forms

/// The relations of one group of cells, made ready for the search of wrong cells: positions in place of keys, sets of
/// relations as bits. The shorter a relation, the lower its bit.
///
/// Groups share no cell, so each is explained by itself: table 3 is one, each block of table 4 another.
struct SumForm: Sendable {
  struct Term: Sendable {
    let relation: Int
    /// Whether the cell stands on the left side.
    let isLeft: Bool
  }

  let relations: [Relation]
  /// Row by row, ``width`` cells each.
  let cells: [CellKey]
  let width: Int
  /// What each cell stands in.
  let terms: [[Term]]
  /// The positions of the cells of each relation.
  let members: [[Int]]
  /// The relations of each cell as bits.
  let masks: [UInt64]
  /// Sums over a row. A cell stands in one of them at most.
  let rows: UInt64
  /// For each column the relations that go down it. A cell stands in those of one column at most.
  let columns: [UInt64]

  private let positions: [CellKey: Int]

  func isLeft(_ cell: Int, of relation: Int) -> Bool {
    for term in terms[cell] where term.relation == relation { return term.isLeft }
    return false
  }

  func position(of key: CellKey) -> Int? { positions[key] }

  init(_ relations: [Relation], cells: [CellKey], width: Int) {
    let relations = relations.enumerated()
      .sorted { ($0.element.cells.count, $0.offset) < ($1.element.cells.count, $1.offset) }
      .map(\.element)
    let positions = Dictionary(uniqueKeysWithValues: zip(cells, cells.indices))
    var terms: [[Term]] = Array(repeating: [], count: cells.count)
    var rows: UInt64 = 0
    var columns = Array(repeating: UInt64(0), count: width)
    for (index, relation) in relations.enumerated() {
      for (side, isLeft) in [(relation.left, true), (relation.right, false)] {
        for position in side.compactMap({ positions[$0] }) {
          terms[position].append(Term(relation: index, isLeft: isLeft))
        }
      }
      switch relation.family {
      case .rowSum, .caseSum: rows |= 1 << UInt64(index)
      case .identity, .columnSum:
        let column = relation.right.first.flatMap { positions[$0] } ?? 0
        columns[column % width] |= 1 << UInt64(index)
      }
    }
    self.relations = relations
    self.cells = cells
    self.width = width
    self.positions = positions
    self.terms = terms
    self.rows = rows
    self.columns = columns
    members = relations.map { $0.cells.compactMap { positions[$0] } }
    masks = terms.map { $0.reduce(0) { $0 | 1 << UInt64($1.relation) } }
  }

  static func table3(_ template: Template) -> SumForm {
    template == .v2021 ? table3of2021 : table3of2019
  }

  /// The blocks of table 4.
  static let table4 = zip(FormTable.table4.relations, FormTable.table4.blocks).map {
    SumForm([$0], cells: $1.cells, width: $1.cells.count)
  }

  private static let table3of2021 = SumForm(FormTable.table3of2021)
  private static let table3of2019 = SumForm(FormTable.table3of2019)

  private init(_ table: FormTable) {
    self.init(table.relations, cells: table.cells, width: table.blocks[0].columns.count)
  }
}
