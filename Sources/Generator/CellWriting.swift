import Forms
import Reports

/// Other ways of writing the same figures into the cells.
extension SyntheticReport {
  /// 件 behind counts and 万元 behind the fee (C4).
  mutating func addUnits() {
    for (key, cell) in cells where cell.class == .number && !cell.raw.isEmpty {
      guard let last = cell.raw.unicodeScalars.last, ("0"..."9").contains(last) else { continue }
      let unit: String? =
        switch key.kind {
        case .count: "件"
        case .moneyInTenThousand: "万元"
        default: nil
        }
      guard let unit else { continue }
      cells[key] = Cell(class: .number, number: cell.number, raw: cell.raw + unit)
    }
  }

  /// A remark behind what was issued.
  mutating func addRemarks() {
    for name in ["t2.normative.issued", "t2v19.normative.made"] {
      guard let key = CellKey(name), let cell = cells[key], let count = cell.number?.integer,
        count > 0
      else { continue }
      cells[key] = Cell(
        class: .number, number: cell.number, raw: "\(count)（含修订\((count + 1) / 2)件）")
    }
  }

  /// Some blocks of table 2 are not printed; their rows are missing, not zero (F13).
  mutating func dropBlocks(using random: inout SplitMix64) {
    let kept = random.int(0...blocks2.count - 1)
    for (number, block) in blocks2.enumerated() where number != kept && random.chance(0.5) {
      rowsMissing.formUnion(block.rows.map(\.key))
    }
  }
}
