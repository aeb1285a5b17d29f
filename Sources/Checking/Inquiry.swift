import Forms
import Reports

/// One report under examination. Each group of checks is an extension in a file of its own.
struct Inquiry: Sendable {
  let report: Report
  let context: CheckingContext
  let ledger: Ledger
  /// The relations of the tables, and where the wrong cells may be where one fails.
  let sums: [(group: SumGroup, localisation: Localisation?)]
  /// Cells of rows that are missing, of the wrong length or without separators: told once, by the checks of rows.
  let unassigned: Set<CellKey>
  /// The cells that the report has, in the order of the form.
  private let present: [TableNumber: [CellKey]]

  init(_ report: Report, _ context: CheckingContext) {
    self.report = report
    self.context = context
    let ledger = Ledger(report)
    self.ledger = ledger
    sums = SumGroup.all(report, ledger).map { ($0, Localisation($0, ledger)) }
    present = Dictionary(grouping: report.cells.keys.sorted()) { Self.tables[Int($0.index)] }
    var unassigned: Set<CellKey> = []
    for found in report.structure.tables {
      for row in found.rowsMissing + found.cellCounts.map(\.row) {
        unassigned.formUnion(Self.cells(ofRow: row, found.table, in: report))
      }
    }
    for doubt in report.doubts
    where doubt.reason == .cellCount || doubt.reason == .rowMissing || Self.isRunTogether(doubt) {
      unassigned.formUnion(doubt.cells)
    }
    self.unassigned = unassigned
  }

  var language: Language { context.language }

  func say(_ chinese: @autoclosure () -> String, en: @autoclosure () -> String) -> String {
    language.say(chinese(), en: en())
  }

  /// The cells of a table that the report has, in the order of the form.
  func cells(of table: TableNumber) -> [CellKey] {
    present[table] ?? []
  }

  /// The table of every cell there is, so that none is taken from a name again and again.
  private static let tables = CellKey.all.map(\.table)

  /// The cells of a row by its key; of table 2 on whichever form the report follows.
  static func cells(ofRow row: String, _ table: TableNumber, in report: Report) -> [CellKey] {
    let template: [Template] =
      switch table {
      case .two:
        switch report.template.two {
        case .v2019: [.v2019]
        case .v2021: [.v2021]
        case .mixed, nil: [.v2021, .v2019]
        }
      case .three: [report.template.three ?? .v2021]
      case .four: [.v2021]
      }
    // Table 4 is one row of fifteen: a count that is wrong is that of the whole.
    if table == .four, row == "t4" { return FormTable.table4.cells }
    return template.flatMap { template in
      FormTable.of(table, template).blocks.flatMap { block in
        block.rows.filter { $0.key == row }.flatMap(block.keys(of:))
      }
    }
    .filter { table != .two || report.cells.isEmpty || report.cells[$0] != nil }
  }

  /// The figure of a cell that may be judged: there, and vouched for.
  func sure(_ key: CellKey) -> Exact? { ledger.isUncertain(key) ? nil : ledger[key] }

  func sure(_ name: String) -> Exact? { CellKey(name).flatMap(sure) }

  /// Cells by their names; names are constants of this module, and a test reads them all.
  func keys(_ names: String...) -> [CellKey] { names.compactMap { CellKey($0) } }
}

extension Rule {
  /// A finding of this check. `member` completes the id of a family.
  func finding(
    for member: String? = nil, status: Finding.Status = .fail, cells: [CellKey] = [],
    expected: String? = nil, found: String? = nil, quote: String? = nil,
    suspect: Finding.Suspect? = nil, _ message: String
  ) -> Finding {
    Finding(
      check: id(member), status: status, severity: severity, cells: cells, expected: expected,
      found: found, message: message, quote: quote, suspect: suspect)
  }
}
