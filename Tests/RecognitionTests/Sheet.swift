import Documents
import Forms

/// A report written from the forms: our own small renderer, so that these tests hang on nothing else.
struct Sheet {
  enum Layout: String, CaseIterable, Sendable {
    /// One cell a line, as page text is copied.
    case lines
    /// One table row a line, ` | ` between the cells.
    case bars
    /// One table row a line, tabs between the cells.
    case tabs
    /// Grids with spans.
    case grids
  }

  var title = "青石县云桥镇人民政府2023年政府信息公开工作年度报告"
  var tables: [FormTable] = [.table2of2021, .table3of2021, .table4]
  var figures: [CellKey: String] = [:]
  /// Labels written in another way, by the official label.
  var spelling: [String: String] = [:]
  var overview =
    "2023年，本镇按照要求开展政府信息公开工作。所列数据的统计期限自2023年1月1日起至2023年12月31日止。"
  var problems = "工作中仍有人员不足的问题，下一步将加强培训，补齐短板，提高答复质量。"
  var other = "按照收费办法，本年度没有收取信息处理费，没有其他需要报告的事项。"

  /// Figures that differ from cell to cell, so that a shift is seen; rows and columns balance.
  static func distinct(_ tables: [FormTable], seed: Int = 1) -> [CellKey: String] {
    var figures: [CellKey: String] = [:]
    var next = seed
    for table in tables {
      for key in table.cells {
        next += 1
        figures[key] = String(next * 7 % 1000 + 11)
      }
    }
    return figures
  }

  init(_ template: Template = .v2021, seed: Int = 1) {
    tables = TableNumber.allCases.map { FormTable.of($0, template) }
    figures = Sheet.distinct(tables, seed: seed)
    if template == .v2019 {
      title = "青石县云桥镇人民政府2020年政府信息公开工作年度报告"
      overview = overview.replacingOccurrences("2023", "2020")
    }
  }

  func words(_ label: Label) -> String { spelling[label.official] ?? label.official }

  func value(_ key: CellKey) -> String { figures[key] ?? "" }

  // MARK: Rows

  /// The rows of a table, each with its cells; rows of words only are heads, captions and groups.
  func rows(_ table: FormTable) -> [[String]] {
    switch table.number {
    case .two: rows2(table)
    case .three: rows3(table)
    case .four: rows4(table)
    }
  }

  private func rows2(_ table: FormTable) -> [[String]] {
    table.blocks.flatMap { block -> [[String]] in
      let head = [["信息内容"] + block.columns.map { words($0.label) }]
      let rows = block.rows.map { row in
        [row.label.map(words) ?? ""] + block.keys(of: row).map(value)
      }
      return [[block.caption.map(words) ?? ""]] + head + rows
    }
  }

  private func rows3(_ table: FormTable) -> [[String]] {
    var rows: [[String]] = [
      ["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "申请人情况"],
      ["自然人", "法人或其他组织", "总计"].map { spelling[$0] ?? $0 },
      ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"].map { spelling[$0] ?? $0 },
    ]
    var last: RowGroup?
    for row in table.blocks[0].rows {
      if let group = row.group, group != last, row.label != group.label {
        if last == nil, group != .results { rows.append([words(RowGroup.results.label)]) }
        if row.key != "results_total" { rows.append([words(group.label)]) }
        last = group
      }
      rows.append([row.label.map(words) ?? ""] + table.blocks[0].keys(of: row).map(value))
    }
    return rows
  }

  private func rows4(_ table: FormTable) -> [[String]] {
    let results = table.blocks[0].columns.map { words($0.label) }
    return [
      ["行政复议", "行政诉讼"],
      results + ["未经复议直接起诉", "复议后起诉"],
      results + results,
      table.cells.map(value),
    ]
  }

  // MARK: Layouts

  func text(_ layout: Layout, blanks: String = "") -> String {
    var lines = [
      "青石县人民政府", title, "发布日期：2024-01-18 09:30 信息来源：云桥镇 浏览次数：[12]", "一、总体情况", overview,
    ]
    for table in tables {
      lines.append(heading(table.number))
      for row in rows(table) { lines += self.lines(row, layout) }
    }
    lines += ["五、存在的主要问题及改进情况", problems, "六、其他需要报告的事项", other]
    lines += ["打印本页 关闭窗口", "青石县人民政府主办 网站标识码0000000000"]
    return lines.joined(separator: "\n") + "\n"
  }

  private func heading(_ table: TableNumber) -> String {
    let section = Section(rawValue: table.rawValue) ?? .overview
    return "\(section.numeral)、\(section.title.official)"
  }

  private func lines(_ row: [String], _ layout: Layout) -> [String] {
    switch layout {
    case .lines: row.filter { !$0.isEmpty }
    case .bars: [row.joined(separator: " | ") + " |"]
    case .tabs, .grids: [row.joined(separator: "\t")]
    }
  }

  func document(_ layout: Layout) -> Document {
    guard layout == .grids else { return RecognitionTests.document(text(layout)) }
    var blocks: [Block] = []
    var line = 0
    func paragraph(_ text: String) {
      line += 1
      blocks.append(.paragraph(Paragraph(text: text, place: Place(line: line))))
    }
    paragraph("青石县人民政府")
    paragraph(title)
    paragraph("发布日期：2024-01-18 09:30 信息来源：云桥镇")
    paragraph("一、总体情况")
    paragraph(overview)
    for (number, table) in tables.enumerated() {
      paragraph(heading(table.number))
      line += 1
      blocks.append(.table(grid(table, place: Place(line: line, table: number + 1))))
    }
    paragraph("五、存在的主要问题及改进情况")
    paragraph(problems)
    paragraph("六、其他需要报告的事项")
    paragraph(other)
    paragraph("青石县人民政府主办")
    return Document(blocks: blocks)
  }

  /// The table as the form prints it: groups in a column of their own that spans their rows.
  func grid(_ table: FormTable, place: Place) -> Table {
    var cells: [GridCell] = []
    var row = 0
    func add(_ column: Int, _ text: String, rows: Int = 1, columns: Int = 1) {
      cells.append(
        GridCell(row: row, column: column, rowSpan: rows, columnSpan: columns, text: text))
    }
    switch table.number {
    case .two:
      for block in table.blocks {
        add(0, block.caption.map(words) ?? "", columns: 4)
        row += 1
        let width = 4 - block.columns.count
        add(0, "信息内容", columns: width)
        for (n, column) in block.columns.enumerated() { add(width + n, words(column.label)) }
        row += 1
        for line in block.rows {
          add(0, line.label.map(words) ?? "", columns: width)
          for (n, key) in block.keys(of: line).enumerated() { add(width + n, value(key)) }
          row += 1
        }
      }
    case .three:
      let block = table.blocks[0]
      add(0, "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", rows: 3, columns: 3)
      add(3, "申请人情况", columns: 7)
      row += 1
      add(3, "自然人", rows: 2)
      add(4, "法人或其他组织", columns: 5)
      add(9, "总计", rows: 2)
      row += 1
      for n in 1...5 { add(3 + n, words(block.columns[n].label)) }
      row += 1
      var seen: Set<RowGroup> = []
      for line in block.rows {
        var column = 0
        if let group = line.group {
          if seen.insert(.results).inserted {
            add(0, words(RowGroup.results.label), rows: block.rows.filter { $0.group != nil }.count)
          }
          column = 1
          if group != .results {
            if seen.insert(group).inserted {
              add(1, words(group.label), rows: block.rows.filter { $0.group == group }.count)
            }
            column = 2
          }
        }
        add(column, line.label.map(words) ?? "", columns: 3 - column)
        for (n, key) in block.keys(of: line).enumerated() { add(3 + n, value(key)) }
        row += 1
      }
    case .four:
      add(0, "行政复议", columns: 5)
      add(5, "行政诉讼", columns: 10)
      row += 1
      let results = table.blocks[0].columns
      for (n, column) in results.enumerated() { add(n, words(column.label), rows: 2) }
      add(5, "未经复议直接起诉", columns: 5)
      add(10, "复议后起诉", columns: 5)
      row += 1
      for n in 0..<10 { add(5 + n, words(results[n % 5].label)) }
      row += 1
      for (n, key) in table.cells.enumerated() { add(n, value(key)) }
      row += 1
    }
    let columns = table.number == .two ? 4 : table.number == .three ? 10 : 15
    return Table(rowCount: row, columnCount: columns, cells: cells, place: place)
  }
}

extension String {
  func replacingOccurrences(_ a: String, _ b: String) -> String {
    split(separator: a, omittingEmptySubsequences: false).joined(separator: b)
  }
}
