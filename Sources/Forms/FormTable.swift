/// What kind of figure a cell may hold.
public enum ValueKind: Sendable, Hashable {
  /// A number of matters (件): an integer, not negative.
  case count
  /// A change against last year (本年增/减, 2019 form): an integer with a sign.
  case signedCount
  /// An amount in 万元, with decimals as printed (本年收费金额, 2021 form).
  case moneyInTenThousand
  /// An amount whose unit the form does not give (采购总金额, 2019 form): never converted.
  case moneyOfAnyUnit
}

/// One column of figures.
public struct FormColumn: Sendable, Hashable {
  /// Last part of the cell key.
  public let key: String
  public let label: Label
  /// The heading above several columns (法人或其他组织).
  public let parent: Label?
  public let kind: ValueKind

  init(_ key: String, _ label: Label, under parent: Label? = nil, _ kind: ValueKind = .count) {
    self.key = key
    self.label = label
    self.parent = parent
    self.kind = kind
  }
}

/// One row of figures. Headings of groups are no rows: they carry no figures.
public struct FormRow: Sendable, Hashable {
  /// Middle part of the cell key.
  public let key: String
  /// `nil` in table 4, where a block is one row without words of its own.
  public let label: Label?
  public let group: RowGroup?

  init(_ key: String, _ label: Label?, in group: RowGroup? = nil) {
    self.key = key
    self.label = label
    self.group = group
  }
}

/// The headings in table 3 under which rows stand.
public enum RowGroup: String, Sendable, Hashable, CaseIterable {
  case results, deny, unable, reject, other

  public var label: Label {
    switch self {
    case .results: Label("三、本年度办理结果", "三、本年度办理情况")
    case .deny: Label("（三）不予公开")
    case .unable: Label("（四）无法提供")
    case .reject: Label("（五）不予处理")
    case .other: Label("（六）其他处理")
    }
  }
}

/// Rows and columns under one heading; every row has every column.
public struct FormBlock: Sendable, Hashable {
  /// First part of the cell key: `t2`, `t2v19`, `t3`, `t4`.
  public let prefix: String
  /// 第二十条第（一）项 … in table 2; 行政复议, 未经复议直接起诉, 复议后起诉 in table 4.
  public let caption: Label?
  /// 行政诉讼 above two blocks of table 4.
  public let parent: Label?
  public let columns: [FormColumn]
  public let rows: [FormRow]

  init(
    _ prefix: String, _ caption: Label?, under parent: Label? = nil, columns: [FormColumn],
    rows: [FormRow]
  ) {
    self.prefix = prefix
    self.caption = caption
    self.parent = parent
    self.columns = columns
    self.rows = rows
  }

  public func key(_ row: FormRow, _ column: FormColumn) -> CellKey {
    CellKey(known: "\(prefix).\(row.key).\(column.key)")
  }

  public func keys(of row: FormRow) -> [CellKey] { columns.map { key(row, $0) } }

  /// All cells, row by row.
  public var cells: [CellKey] { rows.flatMap(keys(of:)) }
}

/// A table as one template prints it.
public struct FormTable: Sendable, Hashable {
  public let number: TableNumber
  public let template: Template
  public let blocks: [FormBlock]

  /// All cells, in the order of the form.
  public var cells: [CellKey] { blocks.flatMap(\.cells) }

  /// The table of a template. Table 4 is the same on both forms.
  public static func of(_ number: TableNumber, _ template: Template) -> FormTable {
    switch (number, template) {
    case (.two, .v2019): table2of2019
    case (.two, .v2021): table2of2021
    case (.three, .v2019): table3of2019
    case (.three, .v2021): table3of2021
    case (.four, _): table4
    }
  }
}
