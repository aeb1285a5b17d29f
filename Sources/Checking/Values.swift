import Forms
import Reports

// VAL-*: what stands in a cell, whatever the sums say. Cells that the program is not sure of are not judged.

extension Inquiry {
  var valueFindings: [Finding] {
    TableNumber.allCases.filter(report.has).flatMap { table in
      let cells = cells(of: table).filter { !ledger.isUncertain($0) }
      return wordsInCells(table, cells) + negatives(cells) + fractions(cells) + blanks(table)
    }
      + uncertainCells
  }

  private func wordsInCells(_ table: TableNumber, _ cells: [CellKey]) -> [Finding] {
    let text = cells.filter { report.cells[$0]?.class == .text }
    return told(text, table) { cells in
      let raw = cells.compactMap { report.cells[$0]?.raw }
      return Rule.notNumber.finding(
        cells: cells, found: raw.count == 1 ? raw[0] : nil, quote: raw.first,
        say(
          "\(language.list(cells))填的是文字（\(language.list(Array(raw.prefix(3))))），应填数字，没有的填 0。",
          en:
            "\(language.list(cells)): words (\(language.list(Array(raw.prefix(3))))) where a figure is "
            + "due; 0 for none."))
    }
  }

  private func negatives(_ cells: [CellKey]) -> [Finding] {
    cells.filter { $0.kind != .signedCount && ledger[$0]?.isNegative == true }.map { key in
      Rule.negative.finding(
        cells: [key], found: report.number(key)?.description, quote: report.cells[key]?.raw,
        say(
          "\(language.name(key))是负数，这一格不能小于 0，请改正。",
          en: "\(language.name(key)) is negative; it cannot be below 0. Please correct it."))
    }
  }

  private func fractions(_ cells: [CellKey]) -> [Finding] {
    cells.filter { key in
      (key.kind == .count || key.kind == .signedCount) && ledger[key]?.isWhole == false
    }
    .map { key in
      Rule.fraction.finding(
        cells: [key], found: report.number(key)?.description, quote: report.cells[key]?.raw,
        say(
          "\(language.name(key))是小数，件数应为整数，请改正。",
          en:
            "\(language.name(key)) is a fraction; matters are counted in whole numbers. Please correct "
            + "it."))
    }
  }

  /// Blank or “/” in tables 3 and 4, told with their number; a table without a single figure, also table 2, is a warning.
  private func blanks(_ table: TableNumber) -> [Finding] {
    let cells = cells(of: table).filter { !unassigned.contains($0) && !ledger.isUncertain($0) }
    let empty = cells.filter { key in
      let kind = report.cells[key]?.class
      return kind == .blank || kind == .notApplicable
    }
    guard !empty.isEmpty else { return [] }
    if empty.count == cells.count, unassigned.isDisjoint(with: self.cells(of: table)) {
      return [
        Rule.allBlank.finding(
          cells: empty, found: String(empty.count),
          say(
            "\(language.name(table))没有填一个数字，无法核对，确无数量的请填 0。",
            en:
              "\(language.name(table)) has not one figure and cannot be checked; please write 0 for none."
          ))
      ]
    }
    guard table != .two else { return [] }
    return [
      Rule.blanks.finding(
        cells: empty, found: String(empty.count),
        say(
          "\(language.name(table))有 \(empty.count) 格空白或填“/”，已照原样登记，没有当作 0；确无数量的请填 0。",
          en:
            "\(language.name(table)) has \(empty.count) cells blank or “/”; they are kept as they are, "
            + "not as 0. Please write 0 for none."))
    ]
  }

  /// Cells in doubt for a reason that no other finding tells.
  private var uncertainCells: [Finding] {
    let told = unassigned.union(
      report.doubts.filter { Self.reasonsTold.contains($0.reason) }.flatMap(\.cells)
        + report.doubts.filter { $0.reason == .otherUnit }.flatMap(\.cells)
        .filter { $0.kind == .moneyInTenThousand }
        + (isFeeInYuan ? keys("t2.fee.amount_wan") : []))
    return TableNumber.allCases.compactMap { table in
      let cells = report.uncertain.filter { $0.table == table && !told.contains($0) }.sorted()
      guard !cells.isEmpty else { return nil }
      let members = Set(cells)
      let quote = report.doubts.first { !members.isDisjoint(with: $0.cells) }?.quote
      return Rule.uncertain.finding(
        cells: cells, quote: quote,
        say(
          "程序对\(language.list(cells))没有把握读对，请对照原件核实。",
          en:
            "The program is not sure to have read \(language.list(cells)) rightly; please compare with "
            + "the original."))
    }
  }

  /// Reasons that have a check of their own; another unit has one for fees only.
  private static let reasonsTold: Set<Doubt.Reason> = [
    .splitDigits, .headOrder, .toldTwice, .opticallyRead,
  ]

  /// One finding a cell; above five, one for the table.
  private func told(
    _ cells: [CellKey], _ table: TableNumber, _ finding: ([CellKey]) -> Finding
  ) -> [Finding] {
    cells.count > 5 ? [finding(cells)] : cells.map { finding([$0]) }
  }
}
