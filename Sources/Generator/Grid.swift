import Forms
import Reports

/// A table as the notices print it, with its merged cells. Every renderer starts from this.
struct Grid {
  var rows: [[Slot]]

  struct Slot {
    /// Words with line feeds where a label may break; for figures what stands in the cell.
    var text: String
    var rowSpan = 1
    var columnSpan = 1
    var role: Role
    /// Of a figure its cell, of a label the cells of its row.
    var cells: [CellKey] = []
  }

  enum Role {
    /// 第二十条第（一）项, 申请人情况: over several columns.
    case caption
    /// The words above a column, and the note in the corner.
    case head
    case label
    /// A heading of rows, without figures.
    case group
    case figure
    /// Nothing, for the looks.
    case spacer
  }

  /// One grid for each table that section 二 is printed as.
  static func tables2(_ report: SyntheticReport, one: Bool) -> [Grid] {
    let blocks = report.blocks2.map { block(of: $0, report) }.filter { !$0.isEmpty }
    if blocks.isEmpty { return [] }
    guard one else { return blocks.map { Grid(rows: $0) } }
    return [Grid(rows: blocks.flatMap { $0 })]
  }

  private static func block(of block: FormBlock, _ report: SyntheticReport) -> [[Slot]] {
    // Blocks of one figure stretch it over the width of the widest.
    let widths =
      switch block.columns.count {
      case 1: [3]
      case 2: [1, 2]
      default: [1, 1, 1]
      }
    let printed = block.rows.filter { !report.rowsMissing.contains($0.key) }
    guard !printed.isEmpty else { return [] }
    var rows: [[Slot]] = [
      [Slot(text: block.caption?.official ?? "", columnSpan: 4, role: .caption)],
      [Slot(text: "信息\n内容", role: .head)]
        + zip(block.columns, widths).map {
          Slot(text: breakable($0.label.official), columnSpan: $1, role: .head)
        },
    ]
    for row in printed {
      rows.append(
        [
          Slot(
            text: breakable(row.label?.official ?? ""), role: .label, cells: block.keys(of: row))
        ]
          + zip(block.keys(of: row), widths).map {
            Slot(text: report.cells[$0]?.raw ?? "", columnSpan: $1, role: .figure, cells: [$0])
          })
    }
    return rows
  }

  /// Table 3: three columns of labels, seven of figures.
  static func table3(_ report: SyntheticReport) -> Grid {
    let block = FormTable.of(.three, report.template3).blocks[0]
    func head(_ text: String, rows: Int = 1, columns: Int = 1) -> Slot {
      Slot(text: text, rowSpan: rows, columnSpan: columns, role: .head)
    }
    let kinds = block.columns.filter { $0.parent != nil }
    var rows: [[Slot]] = [
      [
        head("（本列数据的勾稽关系为：第一项加第二项之和，\n等于第三项加第四项之和）", rows: 3, columns: 3),
        Slot(text: "申请人情况", columnSpan: 7, role: .caption),
      ],
      [
        head("自然人", rows: 2), Slot(text: "法人或其他组织", columnSpan: 5, role: .caption),
        head("总计", rows: 2),
      ],
      kinds.map { head(breakable($0.label.official)) },
    ]
    let printed = block.rows.filter { !report.rowsMissing.contains($0.key) }
    var groups: Set<RowGroup> = []
    for row in printed {
      var line: [Slot] = []
      let inResults = row.group != nil
      if inResults, groups.insert(.results).inserted {
        line.append(
          Slot(
            text: breakable(RowGroup.results.label.official),
            rowSpan: printed.count { $0.group != nil }, role: .group))
      }
      if let group = row.group, group != .results, groups.insert(group).inserted {
        line.append(
          Slot(
            text: breakable(group.label.official), rowSpan: printed.count { $0.group == group },
            role: .group))
      }
      let width = row.group == nil ? 3 : row.group == .results ? 2 : 1
      line.append(
        Slot(
          text: breakable(row.label?.official ?? ""), columnSpan: width, role: .label,
          cells: block.keys(of: row)))
      line += block.keys(of: row).map {
        Slot(text: report.cells[$0]?.raw ?? "", role: .figure, cells: [$0])
      }
      rows.append(line)
    }
    return Grid(rows: rows)
  }

  /// Table 4: one row of 5 + 5 + 5 figures; the words of its head do not stand in their order.
  static func table4(_ report: SyntheticReport) -> Grid {
    let blocks = FormTable.table4.blocks
    func results(rows: Int) -> [Slot] {
      blocks[0].columns.map {
        Slot(text: breakable($0.label.official), rowSpan: rows, role: .head)
      }
    }
    func caption(_ text: String, _ columns: Int) -> Slot {
      Slot(text: text, columnSpan: columns, role: .caption)
    }
    return Grid(rows: [
      [
        caption(blocks[0].caption?.official ?? "", 5),
        caption(blocks[1].parent?.official ?? "", 10),
      ],
      results(rows: 2) + blocks.dropFirst().map { caption($0.caption?.official ?? "", 5) },
      results(rows: 1) + results(rows: 1),
      FormTable.table4.cells.map {
        Slot(text: report.cells[$0]?.raw ?? "", role: .figure, cells: [$0])
      },
    ])
  }

  /// A line feed in the middle of a label, where an editor would break it in a narrow column.
  private static func breakable(_ label: String) -> String {
    let characters = Array(label)
    guard characters.count > 1, characters.count != 3 else { return label }
    let middle = characters.count / 2
    return String(characters[..<middle]) + "\n" + String(characters[middle...])
  }

  /// The words of a slot in a layout, with line feeds where they break.
  static func words(_ slot: Slot, _ layout: Layout) -> String {
    if slot.role == .figure { return slot.text }
    let breaks =
      switch layout.splitting {
      case .none: false
      case .heads: slot.role == .head
      case .all: slot.role == .head || slot.role == .label || slot.role == .group
      }
    var text = slot.text
    if !breaks { text.removeAll { $0 == "\n" } }
    return layout.halfWidth ? narrowed(text) : text
  }

  /// Half-width brackets and colons.
  static func narrowed(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "（": scalars.append("(")
      case "）": scalars.append(")")
      case "：": scalars.append(":")
      default: scalars.append(scalar)
      }
    }
    return String(scalars)
  }
}
