import Forms
import Recognition
import Reports
import Testing

/// Cells between bars wherever the lines break: which blank fields are cells, and what a lost or a stray line does to a row.
@Suite struct `Rows between bars` {
  /// How the page prints its cells.
  enum Style: String {
    /// A cell a line with its bar; labels that cover columns leave a line of a bar for each.
    case lines
    /// As ``lines``, and one bar more behind each table.
    case stray
    /// A bar, then the cell, each on a line of its own; nothing for covered columns.
    case alone
    /// The whole page on one line.
    case one
    /// As ``one``, with an empty field for each column that a merged cell covers.
    case merged
  }

  /// `~` is a blank field; `!` behind a field: no bar stands behind it.
  struct Page {
    let style: Style
    let rows: [String: [String]]

    var text: String {
      [
        "二、主动公开政府信息情况", table2, "三、收到和处理政府信息公开申请情况", table3, "四、政府信息公开行政复议、行政诉讼情况",
        table4,
      ].joined(separator: isOnOneLine ? " " : "\n")
    }

    private var isOnOneLine: Bool { style == .one || style == .merged }
    private var leaves: Bool { style != .alone && style != .one }

    private var table2: String {
      FormTable.table2of2021.blocks.map { block in
        var fields = [block.caption?.official ?? ""] + blanks(3)
        fields.append("信息内容")
        fields += block.columns.map(\.label.official) + blanks(3 - block.columns.count)
        for row in block.rows {
          fields.append(row.label?.official ?? "")
          fields +=
            rows["t2.\(row.key)"]
            ?? block.columns.map { _ in "0" } + blanks(3 - block.columns.count)
            + (row.key == block.rows.last?.key && style == .stray ? ["~"] : [])
        }
        return printed(fields)
      }.joined(separator: isOnOneLine ? " " : "\n")
    }

    private var table3: String {
      let block = FormTable.table3of2021.blocks[0]
      var fields = ["申请人情况", "自然人", "法人或其他组织", "总计", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
      var groups: Set<RowGroup> = []
      for row in block.rows {
        let depth = row.group == nil ? 0 : row.group == .results ? 1 : 2
        let opened = [row.group == nil ? nil : RowGroup.results, row.group].compactMap(\.self)
          .filter { groups.insert($0).inserted }
        // Columns that cells from above cover.
        if style == .merged { fields += blanks(depth - opened.count) }
        fields += opened.map(\.label.official) + [row.label?.official ?? ""]
        fields +=
          rows["t3.\(row.key)"] ?? blanks(2 - depth) + Array(repeating: "0", count: 7)
          + (row.key == block.rows.last?.key && style == .stray ? ["~"] : [])
      }
      return printed(fields)
    }

    private var table4: String {
      let results = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
      return printed(
        ["行政复议", "行政诉讼"] + results + ["未经复议直接起诉", "复议后起诉"] + results + results
          + (rows["t4"] ?? Array(repeating: "0", count: 15)))
    }

    private func blanks(_ count: Int) -> [String] {
      leaves ? Array(repeating: "~", count: max(0, count)) : []
    }

    private func printed(_ fields: [String]) -> String {
      let texts = fields.map { $0 == "~" ? "" : $0 }
      if isOnOneLine { return texts.map { $0 + " | " }.joined() }
      return texts.map { text in
        if style == .alone { return text.isEmpty ? "|" : "|\n" + text.filter { $0 != "!" } }
        if text.hasSuffix("!") { return String(text.dropLast()) }
        return text.isEmpty ? "|" : text + " |"
      }.joined(separator: "\n") + (style == .alone ? "\n|" : "")
    }
  }

  @Test(arguments: cases("bars"))
  func `A row is read as far as its fields tell`(row: [String]) throws {
    let style = try #require(Style(rawValue: row[0]))
    let printed = row[1].split(separator: ";").map { part in
      part.split(separator: " ").map(String.init)
    }
    let page = Page(
      style: style,
      rows: Dictionary(uniqueKeysWithValues: printed.map { ($0[0], Array($0.dropFirst())) }))
    let text =
      "青石县云桥镇人民政府2023年政府信息公开工作年度报告\n一、总体情况\n本年度各项工作按计划进行，公开的内容更加充实。\n"
      + page.text + "\n五、存在的主要问题及改进情况\n公开的范围还要扩大，公开的质量还要提高。\n"
    let report = try #require(recognise(document(text)).report)
    let keys = report.cells.keys.filter { $0.name.hasPrefix(printed[0][0] + ".") }.sorted()
    let read = keys.map { key -> String in
      if report.uncertain.contains(key) { return "?" }
      let raw = report.cells[key]?.raw ?? ""
      return raw.isEmpty ? "~" : raw
    }
    let expected = row[2].split(separator: " ").map(String.init)
    #expect(
      read == (expected == ["?"] ? keys.map { _ in "?" } : expected),
      "\(row[3]): \(report.doubts.map(\.quote))")
    // Nothing else on the page is in doubt for it.
    let others = report.uncertain.filter { key in
      !printed.contains { key.name.hasPrefix($0[0] + ".") }
    }
    #expect(others.isEmpty, "\(row[3])")
  }
}
