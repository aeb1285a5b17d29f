public import Forms
import Reports

/// One thing wrong with a report that was right.
public enum Fault: Sendable, Hashable {
  /// A cell holds another number. Breaks exactly the relations that contain it.
  case cell(CellKey, by: Int)
  /// Two digits of a cell have changed places.
  case swappedDigits(CellKey)
  /// A column of table 3 whose rows add up and whose identity does not.
  case identity(column: String)
  case negative(CellKey)
  case fraction(CellKey)
  case words(CellKey)
  case missingTable(TableNumber)
  case missingRow(String)
  case missingSection(Section)
  /// The title names another year than the period.
  case titleYear
  case emptySection5
  /// 2021: less in force than issued and not repealed.
  case inForceTooLow
  /// A county's organ with 规章 of its own.
  case rulesPower
  /// 2021: the fee in 元.
  case feeUnit
  /// 2019: the new number of items put in for decisions.
  case itemsForDecisions
  /// 2019: less disclosed in all than disclosed this year.
  case disclosedTotalTooLow
  /// The text tells another number of requests.
  case narrative
  /// Words of a model text left standing.
  case placeholder

  /// A short name, for manifests.
  public var name: String {
    switch self {
    case .cell(let key, let by): "cell \(key) \(by > 0 ? "+" : "")\(by)"
    case .swappedDigits(let key): "swapped-digits \(key)"
    case .identity(let column): "identity \(column)"
    case .negative(let key): "negative \(key)"
    case .fraction(let key): "fraction \(key)"
    case .words(let key): "words \(key)"
    case .missingTable(let table): "missing-table \(table.rawValue)"
    case .missingRow(let row): "missing-row \(row)"
    case .missingSection(let section): "missing-section \(section.rawValue)"
    case .titleYear: "title-year"
    case .emptySection5: "empty-section-5"
    case .inForceTooLow: "in-force-too-low"
    case .rulesPower: "rules-power"
    case .feeUnit: "fee-unit"
    case .itemsForDecisions: "items-for-decisions"
    case .disclosedTotalTooLow: "disclosed-total-too-low"
    case .narrative: "narrative"
    case .placeholder: "placeholder"
    }
  }
}

extension Fault {
  /// `10` as `1`: beside a blank or a 0 this is a number in two cells, which is another fault with a check of its own.
  static func losesADigit(_ old: Int, _ new: Int) -> Bool {
    (10...99).contains(old) && new == old / 10
  }
}

extension SyntheticReport {
  /// The report with a fault, and the ids of the checks that must fail on it, all of them and no other (errors and
  /// warnings; what is only information is left aside). `nil` where the report has no place for the fault.
  public func applying(_ fault: Fault) -> (report: SyntheticReport, checks: Set<String>)? {
    var report = self
    var checks: Set<String> = []
    switch fault {
    case .cell(let key, let by):
      guard let old = number(key), old + by >= 0, by != 0, !Fault.losesADigit(old, old + by) else {
        return nil
      }
      report.cells[key] = .number(old + by)
    case .swappedDigits(let key):
      guard let old = number(key), old >= 10, old % 10 != old / 10 % 10 else { return nil }
      let new = old / 100 * 100 + old % 10 * 10 + old / 10 % 10
      guard !Fault.losesADigit(old, new) else { return nil }
      report.cells[key] = .number(new)
    case .identity(let column):
      guard report.shift("t3.carried_out.\(column)"), report.shift("t3.carried_out.total") else {
        return nil
      }
    case .negative(let key):
      guard let old = number(key), key.kind == .count else { return nil }
      report.cells[key] = .number(-(old + 2))
      report.narrative = .silent
      checks = ["VAL-NEGATIVE"]
    case .fraction(let key):
      guard let old = number(key), key.kind == .count else { return nil }
      report.cells[key] = Cell(class: .number, number: Figure("\(old).5"), raw: "\(old).5")
      report.narrative = .silent
      checks = ["VAL-FRACTION"]
    case .words(let key):
      guard number(key) != nil else { return nil }
      report.cells[key] = Cell(class: .text, raw: "详见附表")
      report.narrative = .silent
      checks = ["VAL-NOT-NUMBER"]
    case .missingTable(let table):
      report.tablesMissing.insert(table)
      report.narrative = .silent
      checks = ["FMT-TABLE-MISSING-\(table.rawValue)"]
    case .missingRow(let row):
      guard keys.contains(where: { $0.row == row }) else { return nil }
      report.rowsMissing.insert(row)
      report.narrative = .silent
      checks = ["FMT-ROW-MISSING"]
    case .missingSection(let section):
      guard section == .problems || section == .other else { return nil }
      report.sectionsMissing.insert(section)
      checks = ["FMT-SECTION-MISSING"]
    case .titleYear:
      report.titleYear -= 1
      checks = ["ID-YEAR-CONFLICT"]
    case .emptySection5:
      report.sectionTexts[.problems] = "无。"
      checks = ["TXT-DUTY-5"]
    case .narrative:
      guard report.tellsRequests else { return nil }
      report.narrative = .receivedOffBy(3)
      checks = ["TXT-RECEIVED"]
    case .placeholder:
      report.sectionTexts[.other] = "××单位本年度没有收取政府信息公开信息处理费。"
      checks = ["TXT-PLACEHOLDER"]
    case .inForceTooLow, .rulesPower, .feeUnit, .itemsForDecisions, .disclosedTotalTooLow:
      guard let check = report.applyToTable2(fault) else { return nil }
      checks = [check]
    }
    return (report, checks.union(report.brokenRelations).union(report.ownChecks))
  }

  private func number(_ key: CellKey) -> Int? {
    guard keys.contains(key) else { return nil }
    return cells[key]?.number?.integer
  }

  private mutating func shift(_ name: String) -> Bool {
    guard let key = CellKey(name), let old = number(key) else { return false }
    cells[key] = .number(old + 4)
    return true
  }

  /// The text tells how many requests came, and some did, so that a wrong number cannot be taken for all that were to
  /// be handled.
  private var tellsRequests: Bool {
    guard narrative == .figures, let received = value("t3.new_received.total"),
      let carried = value("t3.carried_in.total"), value("t3.results_total.total") != nil,
      value("t3.carried_out.total") != nil
    else { return false }
    return received > 0 && carried != 3
  }

  /// The report of a whole city, whose name does not tell how high it stands.
  private var mayBeMunicipality: Bool { organ.kind != .own && organ.county.hasSuffix("市") }

  private mutating func applyToTable2(_ fault: Fault) -> String? {
    func put(_ values: [String: Int], _ cells: inout [CellKey: Cell]) -> Bool {
      for (name, value) in values {
        guard let key = CellKey(name), cells[key] != nil else { return false }
        cells[key] = .number(value)
      }
      return true
    }
    switch fault {
    case .inForceTooLow:
      return put(
        ["t2.normative.issued": 6, "t2.normative.repealed": 1, "t2.normative.in_force": 2], &cells)
        ? "T2-INFORCE-LOW" : nil
    case .rulesPower:
      // A city may be one with districts, which makes rules.
      guard !mayBeMunicipality else { return nil }
      if put(["t2.rules.issued": 2, "t2.rules.in_force": 2], &cells) { return "T2-RULES-POWER" }
      return put(
        ["t2v19.rules.made": 2, "t2v19.rules.disclosed": 2, "t2v19.rules.disclosed_total": 2],
        &cells) ? "T2-RULES-POWER" : nil
    case .feeUnit:
      // The check is for units below the province, and a city may be a municipality.
      guard !mayBeMunicipality else { return nil }
      return put(["t2.fee.amount_wan": 3_250_000], &cells) ? "T2-FEE-UNIT" : nil
    case .itemsForDecisions:
      return put(
        ["t2v19.license.prev_items": 31, "t2v19.license.delta": 4, "t2v19.license.decisions": 35],
        &cells) ? "T2-V19-AS-SUM" : nil
    case .disclosedTotalTooLow:
      return put(
        [
          "t2v19.normative.made": 5, "t2v19.normative.disclosed": 5,
          "t2v19.normative.disclosed_total": 3,
        ], &cells) ? "T2-V19-TOTAL" : nil
    default: return nil
    }
  }

  /// A fault that fits the report and its layout: where every cell is a line, words in place of a figure look like a
  /// label, and what they are cannot be known.
  public func randomFault(_ layout: Layout, using random: inout SplitMix64) -> Fault {
    let sums = FormTable.of(.three, template3).cells + FormTable.table4.cells
    for _ in 0..<64 {
      let key = random.pick(sums)
      let column = random.pick(FormTable.table3of2021.blocks[0].columns).key
      let fault: Fault =
        switch random.int(0...19) {
        case 0...4: .cell(key, by: random.pick([-2, -1, 1, 2, 3, 9, 10, 90, 100]))
        case 5, 6: .swappedDigits(key)
        case 7: column == "total" ? .titleYear : .identity(column: column)
        case 8: .negative(key)
        case 9: .fraction(key)
        case 10: .words(key)
        case 11: .missingTable(random.pick(TableNumber.allCases))
        case 12: .missingRow(random.pick(["deny_third_party", "reject_repeat", "unable_not_held"]))
        case 13: .emptySection5
        case 14: .inForceTooLow
        case 15: .rulesPower
        case 16: random.pick([.feeUnit, .itemsForDecisions, .disclosedTotalTooLow])
        case 17: .narrative
        case 18: .placeholder
        default: random.pick([.missingSection(.problems), .missingSection(.other), .titleYear])
        }
      if case .words = fault, !layout.shape.keepsBlanks { continue }
      if applying(fault) != nil { return fault }
    }
    return .titleYear
  }
}
