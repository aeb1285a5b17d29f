import Forms
import Reports

/// A table laid out as on the official form, with merged cells, in rows from top to bottom.
struct FormGrid: Sendable {
  struct Cell: Sendable, Hashable {
    enum Content: Sendable, Hashable {
      /// Heads one column or several.
      case columnHead(String)
      /// Heads one row or several.
      case rowHead(String)
      /// A caption across the whole table.
      case caption(String)
      /// The remark on the arithmetic at the top left of table 3.
      case remark(String)
      case figure(CellKey)
    }

    let content: Content
    var rowSpan = 1
    var columnSpan = 1
  }

  /// Rows that belong together: a block of table 2, the head, the body.
  struct Band: Sendable, Hashable {
    let isHead: Bool
    let rows: [[Cell]]
  }

  let number: TableNumber
  let bands: [Band]
  let columnCount: Int
  /// Columns at the left that hold labels.
  let labelColumns: Int
  private(set) var standard: Standard?

  /// The table of a report; `nil` where the document does not have it.
  init?(_ number: TableNumber, of report: Report) {
    switch (number, report.template.two) {
    case (.two, .v2019): self = Self.laidOut(.table2of2019)
    case (.two, .v2021): self = Self.laidOut(.table2of2021)
    case (.two, _):
      let blocks = FormTable.blocksOfTable2(of: report)
      guard !blocks.isEmpty else { return nil }
      self.init(table2: blocks)
    case (.three, _):
      guard let template = report.template.three else { return nil }
      self = Self.laidOut(template == .v2019 ? .table3of2019 : .table3of2021)
    case (.four, _):
      guard report.has(.four) else { return nil }
      self = Self.laidOut(.table4)
    }
  }

  /// The tables that most reports have. One that mixes the forms is none of them.
  enum Standard: Sendable, CaseIterable {
    case table2of2019, table2of2021, table3of2019, table3of2021, table4

    fileprivate var table: FormTable {
      switch self {
      case .table2of2019: .table2of2019
      case .table2of2021: .table2of2021
      case .table3of2019: .table3of2019
      case .table3of2021: .table3of2021
      case .table4: .table4
      }
    }
  }

  static func laidOut(_ standard: Standard) -> FormGrid {
    all[standard] ?? FormGrid(standard.table)
  }

  // Laid out once: every receipt shows them.
  private static let all = Dictionary(
    uniqueKeysWithValues: Standard.allCases.map { standard in
      var grid = FormGrid(standard.table)
      grid.standard = standard
      return (standard, grid)
    })

  /// A table of a form, whatever report fills it.
  init(_ table: FormTable) {
    switch table.number {
    case .two: self.init(table2: table.blocks)
    case .three: self.init(table3: table.blocks[0])
    case .four: self.init(table4: table.blocks)
    }
  }

  /// All cells of figures, in the order of the form.
  var keys: [CellKey] {
    bands.flatMap(\.rows).flatMap(\.self).compactMap {
      if case .figure(let key) = $0.content { key } else { nil }
    }
  }
}

extension FormTable {
  /// The blocks of table 2 that the document has; where it mixes the forms, those of both in the order of article 20.
  static func blocksOfTable2(of report: Report) -> [FormBlock] {
    switch report.template.two {
    case nil: []
    case .v2019: table2of2019.blocks
    case .v2021: table2of2021.blocks
    case .mixed:
      // The blocks of 2019 name every item that the form of 2021 has.
      table2of2019.blocks.flatMap { old in
        ([old] + table2of2021.blocks.filter { $0.caption == old.caption })
          .filter { block in block.cells.contains { report.cells[$0] != nil } }
      }
    }
  }
}

extension FormGrid {
  /// Blocks one below the other, each with its caption and its own heads.
  private init(table2 blocks: [FormBlock]) {
    // Blocks have 1, 2 or 3 columns of figures: all of them fill the same width.
    let counts = Set(blocks.map(\.columns.count))
    let width = counts.contains(2) ? 6 : counts.max() ?? 1
    number = .two
    labelColumns = 1
    columnCount = 1 + width
    bands = blocks.map { block in
      let span = width / block.columns.count
      let caption = Cell(
        content: .caption(block.caption?.official ?? ""), columnSpan: 1 + width)
      let heads =
        [Cell(content: .columnHead("信息内容"))]
        + block.columns.map { Cell(content: .columnHead($0.label.official), columnSpan: span) }
      let rows = block.rows.map { row in
        [Cell(content: .rowHead(row.label?.official ?? ""))]
          + block.keys(of: row).map { Cell(content: .figure($0), columnSpan: span) }
      }
      return Band(isHead: false, rows: [[caption], heads] + rows)
    }
  }

  private init(table3 block: FormBlock) {
    number = .three
    labelColumns = 3
    columnCount = 3 + block.columns.count
    bands = [
      Band(isHead: true, rows: Self.heads(of: block)),
      Band(isHead: false, rows: Self.body(of: block)),
    ]
  }

  private static func heads(of block: FormBlock) -> [[Cell]] {
    let remark = Cell(
      content: .remark("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"), rowSpan: 3, columnSpan: 3)
    let above = Cell(content: .columnHead("申请人情况"), columnSpan: block.columns.count)
    var upper: [Cell] = []
    var lower: [Cell] = []
    var parent: Label?
    for column in block.columns {
      if let label = column.parent {
        if label == parent, !upper.isEmpty {
          upper[upper.count - 1].columnSpan += 1
        } else {
          upper.append(Cell(content: .columnHead(label.official)))
        }
        lower.append(Cell(content: .columnHead(column.label.official)))
      } else {
        upper.append(Cell(content: .columnHead(column.label.official), rowSpan: 2))
      }
      parent = column.parent
    }
    return [[remark, above], upper, lower]
  }

  /// Labels take three columns: 三、本年度办理结果 stands beside all its rows, （三）不予公开 beside its own.
  private static func body(of block: FormBlock) -> [[Cell]] {
    let results = block.rows.count { $0.group != nil }
    var above: RowGroup?
    return block.rows.map { row in
      var cells: [Cell] = []
      if row.group != nil, above == nil {
        cells.append(Cell(content: .rowHead(RowGroup.results.label.official), rowSpan: results))
      }
      if let group = row.group, group != .results, group != above {
        let rows = block.rows.count { $0.group == group }
        cells.append(Cell(content: .rowHead(group.label.official), rowSpan: rows))
      }
      above = row.group
      let span =
        switch row.group {
        case nil: 3
        case .results: 2
        default: 1
        }
      cells.append(Cell(content: .rowHead(row.label?.official ?? ""), columnSpan: span))
      return cells + block.keys(of: row).map { Cell(content: .figure($0)) }
    }
  }

  /// One row of figures below three rows of heads: 行政复议 has no second level.
  private init(table4 blocks: [FormBlock]) {
    number = .four
    labelColumns = 0
    columnCount = blocks.reduce(0) { $0 + $1.columns.count }
    var rows: [[Cell]] = [[], [], []]
    var parent: Label?
    for block in blocks {
      let caption = block.caption?.official ?? ""
      let width = block.columns.count
      let heads = block.columns.map(\.label.official)
      if let label = block.parent {
        if label == parent, !rows[0].isEmpty {
          rows[0][rows[0].count - 1].columnSpan += width
        } else {
          rows[0].append(Cell(content: .columnHead(label.official), columnSpan: width))
        }
        rows[1].append(Cell(content: .columnHead(caption), columnSpan: width))
        rows[2] += heads.map { Cell(content: .columnHead($0)) }
      } else {
        rows[0].append(Cell(content: .columnHead(caption), columnSpan: width))
        rows[1] += heads.map { Cell(content: .columnHead($0), rowSpan: 2) }
      }
      parent = block.parent
    }
    bands = [
      Band(isHead: true, rows: rows),
      Band(
        isHead: false, rows: [blocks.flatMap(\.cells).map { Cell(content: .figure($0)) }]),
    ]
  }
}
