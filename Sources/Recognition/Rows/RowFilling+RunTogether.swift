import Forms
import Reports

/// Figures without anything between them.
extension RowFilling {
  private var tokens: [Token] { alignment.tokens }

  func fills(_ slot: Slot, runTogether row: TableAlignment.Row) -> Bool {
    row.fields.count == 1 && slot.cells.count > 1
  }

  /// The only figure of a row that stands in one of its columns, and is not all of them.
  func standsAlone(_ slot: Slot, _ row: TableAlignment.Row) -> Bool {
    guard row.isSure, let digits = digits(of: row),
      rulers[row.fields]?.place(row.fields) != nil
    else {
      return false
    }
    return digits.utf8.count < slot.cells.count
      || RunTogether.split(
        digits, into: slot.cells.count, sumsUp: slot.cells.last?.column == "total") == nil
  }

  /// Rows have fewer figures than cells, each by itself: what stands alone in a row may be its only figure.
  var leavesBlanks: Bool {
    slots.contains { slot in
      guard let row = row(at: slot.anchor), let first = row.fields.first,
        tokens[first].value.isValue, row.fields.count < slot.cells.count
      else { return false }
      guard row.fields.count == 1 else { return true }
      return digits(of: row).map { $0.utf8.count < slot.cells.count } ?? true
    }
  }

  func digits(of row: TableAlignment.Row) -> Substring? {
    guard let field = row.fields.first else { return row.match.glued }
    let raw = tokens[field].raw
    return row.match.glued == nil && raw.utf8.count > 1
      && raw.utf8.allSatisfy { (0x30...0x39).contains($0) } ? raw : nil
  }

  mutating func fill(_ slot: Slot, _ digits: Substring, from row: TableAlignment.Row) {
    guard row.isSure, !leavesBlanks || digits.utf8.allSatisfy({ $0 == 0x30 }),
      let figures = RunTogether.split(
        digits, into: slot.cells.count, sumsUp: slot.cells.last?.column == "total")
    else {
      misfit(slot, row)
      return
    }
    let field = row.fields.first ?? row.match.start
    for (key, figure) in zip(slot.cells, figures) { filling.fill(key, figure, from: field) }
  }
}
