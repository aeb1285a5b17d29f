/// An equation between cells: the sum of `left` equals the sum of `right`, exactly.
///
/// Numbers A1–A4 are those of the catalogue of arithmetic. Tolerance is 0: all cells are counts.
public struct Relation: Sendable, Hashable {
  public enum Family: String, Sendable, Hashable, CaseIterable {
    /// A1, printed on the form: 本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和.
    case identity = "T3-IDENTITY"
    /// A2, by construction of the form: （七）总计 is the sum of the outcome rows.
    case columnSum = "T3-COLSUM"
    /// A3, by construction: 总计 is the sum of the six kinds of applicants.
    case rowSum = "T3-ROWSUM"
    /// A4, by construction: 总计 is the sum of the four results.
    case caseSum = "T4-SUM"
  }

  public let family: Family
  /// The check that the relation is: `T3-IDENTITY-total`.
  public let check: String
  public let left: [CellKey]
  public let right: [CellKey]

  public var cells: [CellKey] { left + right }
}

extension FormTable {
  /// All equations that hold on this table: 39 for table 3 of 2021, 37 of 2019, 3 for table 4, none for table 2.
  public var relations: [Relation] {
    switch (number, template) {
    case (.two, _): []
    case (.three, .v2021): Self.relations3of2021
    case (.three, .v2019): Self.relations3of2019
    case (.four, _): Self.relations4
    }
  }

  private static let relations3of2021 = relations3(.table3of2021)
  private static let relations3of2019 = relations3(.table3of2019)

  private static func relations3(_ table: FormTable) -> [Relation] {
    let block = table.blocks[0]
    let outcomes = block.rows.filter { $0.group != nil && $0.key != "results_total" }
    func cell(_ row: String, _ column: String) -> CellKey { CellKey(known: "t3.\(row).\(column)") }
    let identities = block.columns.map { column in
      Relation(
        family: .identity, check: "T3-IDENTITY-\(column.key)",
        left: [cell("new_received", column.key), cell("carried_in", column.key)],
        right: [cell("results_total", column.key), cell("carried_out", column.key)])
    }
    let columnSums = block.columns.map { column in
      Relation(
        family: .columnSum, check: "T3-COLSUM-\(column.key)",
        left: outcomes.map { cell($0.key, column.key) },
        right: [cell("results_total", column.key)])
    }
    let rowSums = block.rows.map { row in
      Relation(
        family: .rowSum, check: "T3-ROWSUM-\(row.key)",
        left: block.columns.dropLast().map { cell(row.key, $0.key) },
        right: [cell(row.key, "total")])
    }
    return identities + columnSums + rowSums
  }

  private static let relations4 = FormTable.table4.blocks.map { block in
    let cells = block.cells
    return Relation(
      family: .caseSum, check: "T4-SUM-\(block.rows[0].key)",
      left: Array(cells.dropLast()), right: [cells[cells.count - 1]])
  }
}
