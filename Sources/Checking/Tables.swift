import Forms
import Reports

// FMT-TABLE-MISSING-n, FMT-ROW-*, FMT-CELL-COUNT, VAL-RUN-TOGETHER: what stands in the way of reading figures.

extension Inquiry {
  var tableFindings: [Finding] {
    TableNumber.allCases.filter { !report.has($0) }.map { table in
      let state = report.structure.tables.first { $0.table == table }?.state
      let name = language.name(table)
      let member = String(table.rawValue)
      if state == .picture {
        return Rule.tableMissing.finding(
          for: member,
          say(
            "\(name)是图片或附件，读不出数字，请把表格直接放进报告正文再报。",
            en:
              "\(name) is a picture or an attachment and its figures cannot be read; please put the "
              + "table itself into the report and send it again."))
      }
      if report.structure.endsEarly {
        return Rule.tableMissing.finding(
          for: member,
          say(
            "文件在\(name)之前或之中断了，请重新导出完整的报告再报。",
            en:
              "The document breaks off before or within \(name); please export it whole and send it "
              + "again."))
      }
      return Rule.tableMissing.finding(
        for: member,
        say(
          "没有找到\(name)的数字，请按统一格式补上这张表再报。",
          en:
            "No figures of \(name) were found; please add the table of the national form and send it "
            + "again."))
    }
  }

  var rowFindings: [Finding] {
    report.structure.tables.filter { report.has($0.table) }.flatMap { found in
      missingRows(found) + unknownRows(found) + cellCounts(found)
    }
      + runTogetherDoubts
  }

  private func missingRows(_ found: TableFound) -> [Finding] {
    guard !found.rowsMissing.isEmpty else { return [] }
    let cells = found.rowsMissing.flatMap {
      Self.cells(ofRow: $0, found.table, in: report)
    }
    var rows: [String] = []
    for name in cells.map(language.row) where rows.last != name { rows.append(name) }
    let names = rows.joined(separator: say("、", en: "; "))
    return [
      Rule.rowMissing.finding(
        cells: cells, found: String(found.rowsMissing.count),
        say(
          "\(language.name(found.table))缺少\(names)，这些格子没有读到，凡用到它们的合计均未核对，请补上。",
          en:
            "\(language.name(found.table)) lacks \(names); sums that need these cells were not checked. "
            + "Please add what is missing."))
    ]
  }

  private func unknownRows(_ found: TableFound) -> [Finding] {
    found.rowsUnknown.map { label in
      Rule.rowUnknown.finding(
        quote: label,
        say(
          "\(language.name(found.table))中的“\(label)”一行不在统一格式里，其中的数字没有计入，请核对。",
          en:
            "Row “\(label)” of \(language.name(found.table)) is on no national form; its figures were not "
            + "counted. Please check."))
    }
  }

  /// One finding for a row; one for all rows that have as many cells too many or too few, as a column of the table does.
  private func cellCounts(_ found: TableFound) -> [Finding] {
    var told: Set<Int> = []
    return found.cellCounts.compactMap { count in
      let alike = found.cellCounts.filter {
        $0.expected == count.expected && $0.found.count == count.found.count
          && $0.found.count != 1
      }
      guard alike.count >= 3 else { return cellCount(count, found.table) }
      guard told.insert(count.expected << 16 + count.found.count).inserted else { return nil }
      return columnCount(alike, count, found.table)
    }
  }

  private func columnCount(
    _ rows: [TableFound.CellCount], _ count: TableFound.CellCount, _ table: TableNumber
  ) -> Finding {
    let cells = rows.flatMap { Self.cells(ofRow: $0.row, table, in: report) }
    let quote = count.found.joined(separator: " ")
    let first = cells.first.map(language.row) ?? "“\(count.row)”"
    return Rule.cellCount.finding(
      cells: cells, expected: String(count.expected), found: String(count.found.count),
      quote: quote,
      say(
        "\(language.name(table))有 \(rows.count) 行（自\(first)起）各应有 \(count.expected) 个数，都读到 "
          + "\(count.found.count) 个，列数与统一格式不同，无法判断各在哪一格，这些行和用到它们的合计均未核对，"
          + "请按统一格式的列填写后再报。",
        en:
          "\(language.name(table)): \(rows.count) rows, from \(first), are due \(count.expected) figures each, and "
          + "\(count.found.count) were read in each. The columns are not those of the national form, and which "
          + "cell each figure belongs to cannot be told; these rows and sums that need them were not checked. "
          + "Please fill in the columns of the form."))
  }

  private func cellCount(_ count: TableFound.CellCount, _ table: TableNumber) -> Finding {
    let cells = Self.cells(ofRow: count.row, table, in: report)
    let quote = count.found.joined(separator: " ")
    let isWholeTable = cells.count == FormTable.table4.cells.count && table == .four
    let row = isWholeTable ? "" : cells.first.map(language.row) ?? "“\(count.row)”"
    if count.found.count == 1, Self.isRunTogether(count.found[0], cells: count.expected) {
      return runTogether(row, cells, quote)
    }
    return Rule.cellCount.finding(
      cells: cells, expected: String(count.expected), found: String(count.found.count),
      quote: quote.isEmpty ? nil : quote,
      say(
        "\(language.name(table))\(row)应有 \(count.expected) 个数，读到 \(count.found.count) 个，"
          + "无法判断各在哪一格，这一行和用到它的合计均未核对，请逐格填写（没有的填 0）后再报。",
        en:
          "\(language.name(table))\(row.isEmpty ? "" : ", " + row): \(count.expected) figures are due, \(count.found.count) were "
          + "read, and which cell each belongs to cannot be told. The row and sums that need it were not "
          + "checked; please fill in every cell (0 for none)."))
  }

  /// Doubts of reading that are a row without separators; rows counted already are not told twice.
  private var runTogetherDoubts: [Finding] {
    let counted = Set(
      report.structure.tables.flatMap { found in
        found.cellCounts.flatMap { Self.cells(ofRow: $0.row, found.table, in: report) }
      })
    return report.doubts.filter { Self.isRunTogether($0) && counted.isDisjoint(with: $0.cells) }
      .map { doubt in
        runTogether(doubt.cells.first.map(language.row) ?? "", doubt.cells, doubt.quote)
      }
  }

  static func isRunTogether(_ doubt: Doubt) -> Bool {
    guard doubt.reason == .ambiguous || doubt.reason == .cellCount, doubt.cells.count >= 3 else {
      return false
    }
    let last = doubt.quote.split { $0.isWhitespace }.last.map(String.init) ?? ""
    return isRunTogether(last, cells: doubt.cells.count)
  }

  /// At least as many digits as cells, and nothing else; a single long number in a row of few cells is a number.
  private static func isRunTogether(_ text: String, cells: Int) -> Bool {
    cells >= 3 && text.utf8.count >= cells
      && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  private func runTogether(_ row: String, _ cells: [CellKey], _ quote: String) -> Finding {
    Rule.runTogether.finding(
      cells: cells, quote: quote,
      say(
        "\(row)的数字连在一起，分不清各格，没有采用，用到它的合计也未核对，请分格填写。",
        en:
          "The figures of \(row) run together and cannot be told apart; they were not taken, "
          + "and sums that need them were not checked. Please put each into its own cell."))
  }
}
