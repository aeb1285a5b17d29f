import Forms
import Reports

// T2-*: what table 2 tells without another year.

extension Inquiry {
  var table2Findings: [Finding] {
    guard report.has(.two) else { return [] }
    return rulesPower + inForceLow + feeUnit + itemsAsDecisions + disclosedTotal + zeroAll
  }

  private var rulesPower: [Finding] {
    guard Organ(report).lacksRulePower else { return [] }
    let filled = Self.rulesCells.filter { key in sure(key).map { $0 > .zero } == true }
    guard let first = filled.first else { return [] }
    return [
      Rule.rulesPower.finding(
        cells: filled, expected: "0", found: sure(first)?.description,
        say(
          "“规章”只能由国务院部门、省和设区的市等制定，\(report.unit ?? "本单位")没有这项权限，"
            + "\(language.list(filled))应为 0，请核对是否应填在“行政规范性文件”。",
          en: "Rules (规章) are made by ministries, provinces and cities with districts only; "
            + "\(language.list(filled)) should be 0. Perhaps they belong to normative documents."))
    ]
  }

  private static let rulesCells = CellKey.all.filter { $0.row == "rules" }

  /// in force ≥ issued − repealed: what was made this year and not repealed is in force.
  private var inForceLow: [Finding] {
    ["rules", "normative"].compactMap { row in
      let cells = keys("t2.\(row).issued", "t2.\(row).repealed", "t2.\(row).in_force")
      guard cells.count == 3, cells.allSatisfy({ report.cells[$0] != nil }) else { return nil }
      let (issued, repealed, inForce) = (ledger[cells[0]], ledger[cells[1]], ledger[cells[2]])
      let doubtful = cells.filter(ledger.isUncertain)
      guard let issued, let repealed, let inForce else {
        // A row left blank altogether has nothing to assess; with none issued or enough in force it holds anyway.
        let holds = issued.map { issued in issued.isZero || inForce.map { $0 >= issued } == true }
        guard holds == false, unassigned.isDisjoint(with: cells) else { return nil }
        let open = cells.filter { ledger[$0] == nil }
        return Rule.inForceLow.finding(
          status: .notAssessable, cells: cells,
          say(
            "\(language.row(cells[0]))没有核对：\(language.list(open))没有填数字；确无数量的请填 0。",
            en:
              "\(language.row(cells[0])) cannot be checked: no figure in \(language.list(open)). Please write "
              + "0 for none."))
      }
      guard inForce < issued - repealed else { return nil }
      guard doubtful.isEmpty else {
        return Rule.inForceLow.finding(
          status: .notAssessable, cells: cells,
          say(
            "\(language.row(cells[0]))没有核对：程序没有把握读对\(language.list(doubtful))，请对照原件核实。",
            en: "\(language.row(cells[0])) was not checked: the program is not sure to have read "
              + "\(language.list(doubtful)) rightly."))
      }
      return Rule.inForceLow.finding(
        cells: cells, expected: (issued - repealed).description, found: inForce.description,
        say(
          "\(language.row(cells[0]))：本年制发 \(issued) 件、废止 \(repealed) 件，"
            + "现行有效应不少于 \(issued - repealed) 件，却填 \(inForce)，请核对。",
          en: "\(language.row(cells[0])): \(issued) issued and \(repealed) repealed leave at least "
            + "\(issued - repealed) in force, but \(inForce) is given. Please check."))
    }
  }

  /// The part that needs no other year: an amount no county collects, or one whose unit the cell itself gives as 元.
  private var feeUnit: [Finding] {
    guard let key = CellKey("t2.fee.amount_wan"), let amount = ledger[key] else { return [] }
    let raw = report.cells[key]?.raw ?? ""
    let inYuan = isFeeInYuan
    if let doubt = report.doubts.first(where: {
      $0.reason == .otherUnit && $0.cells.contains(key)
    }), !inYuan {
      return [
        Rule.feeUnit.finding(
          cells: [key], found: amount.description, quote: doubt.quote,
          say(
            "收费金额的单位写的是“\(doubt.quote)”，统一格式是万元，填的 \(amount) 没有按万元采用，请换算成万元后再报。",
            en:
              "The unit of the fees reads “\(doubt.quote)”; on the form it is 10 000 yuan. The \(amount) given "
              + "was not taken as that; please convert it."))
      ]
    }
    let tooLarge = sure(key) != nil && amount >= Exact(1_000_000) && Organ(report).isBelowProvince
    guard inYuan || tooLarge else { return [] }
    return [
      Rule.feeUnit.finding(
        cells: [key], found: amount.description, quote: raw,
        inYuan
          ? say(
            "收费金额写的是“\(raw)”，这一格的单位是万元，请换算后填写。",
            en:
              "The amount of fees reads “\(raw)”; the cell is in units of 10 000 yuan. Please convert it."
          )
          : say(
            "收费金额填了 \(amount) 万元，像是以元为单位，这一格应以万元为单位，请核对。",
            en: "The amount of fees is \(amount) × 10 000 yuan; it looks like yuan. Please check."))
    ]
  }

  /// The cell itself names the wrong unit. Reading keeps the figure and does not vouch for it; what stands there is sure.
  var isFeeInYuan: Bool {
    guard let key = CellKey("t2.fee.amount_wan"), let cell = report.cells[key],
      let amount = ledger[key], amount > .zero
    else { return false }
    return cell.raw.contains("元") && !cell.raw.contains("万")
  }

  private var zeroAll: [Finding] {
    guard Organ(report).alwaysDecides else { return [] }
    let cells = cells(of: .two)
    guard cells.allSatisfy({ sure($0)?.isZero == true }) else { return [] }
    return [
      Rule.zeroAll.finding(
        cells: cells, found: "0",
        say(
          "\(report.unit ?? "")一年中许可、处罚等全部为 0，与职能不大相符，请确认不是漏填。",
          en:
            "All figures of table 2 are 0, which is unlikely for \(report.unit ?? ""); please confirm that "
            + "none was left out."))
    ]
  }
}
