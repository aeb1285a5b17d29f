import Forms
public import Reports

// XY-*: a report against that of the same unit for the year before. Section 11 of the format reference, “Across years”.

/// The report of the year before, as far as the journal has it.
public enum ReportBefore: Sendable {
  /// The version that counts.
  case stands(Report, arrival: Int)
  /// It has errors: nothing is held against it.
  case returned(arrival: Int)
  case missing

  /// The one that counts.
  public var report: Report? { if case .stands(let report, _) = self { report } else { nil } }
}

/// Everything that last year's report has to say about this one. What cannot be assessed is told in one finding.
public func acrossYears(
  _ report: Report, before: ReportBefore, language: Language
) -> [Finding] {
  // There was no national form before 2019.
  guard let year = report.year, year > 2019 else { return [] }
  let inquiry = Inquiry(report, CheckingContext(language: language))
  switch before {
  case .missing:
    return [
      Rule.gap.finding(
        status: .notAssessable, expected: "\(year - 1)",
        inquiry.say(
          "没有收到本单位 \(year - 1) 年度报告，未与上年数据核对；收到后会补做核对。",
          en:
            "No report of this unit for \(year - 1) is here, so nothing was compared with last year; it "
            + "will be once it comes."))
    ]
  case .returned(let arrival):
    return [
      Rule.gap.finding(
        status: .notAssessable, expected: "\(year - 1)", found: "\(arrival)",
        inquiry.say(
          "本单位 \(year - 1) 年度报告（第 \(arrival) 号）退回待更正，未与上年数据核对；更正后会补做核对。",
          en:
            "This unit's report for \(year - 1) (number \(arrival)) is returned, so nothing was compared "
            + "with last year; it will be once it is mended."))
    ]
  case .stands(let last, let arrival):
    let comparison = YearComparison(
      inquiry: inquiry, last: Inquiry(last, CheckingContext(language: language)), year: year,
      arrival: arrival)
    return comparison.carried + comparison.inForce + comparison.items + comparison.jumps
      + comparison.sameTables
  }
}

private struct YearComparison {
  let inquiry: Inquiry
  let last: Inquiry
  let year: Int
  let arrival: Int

  private var language: Language { inquiry.language }

  private func say(_ chinese: @autoclosure () -> String, en: @autoclosure () -> String) -> String {
    language.say(chinese(), en: en())
  }

  /// A8: what was carried out of last year is carried into this one.
  var carried: [Finding] {
    var findings: [Finding] = []
    var open: [CellKey] = []
    for column in FormTable.table3of2021.blocks[0].columns.map(\.key) {
      guard let here = CellKey("t3.carried_in.\(column)"),
        let there = CellKey("t3.carried_out.\(column)"),
        inquiry.report.cells[here] != nil, last.report.cells[there] != nil
      else { continue }
      guard let found = inquiry.sure(here), let expected = last.sure(there) else {
        // Blank on both sides says the same.
        if inquiry.ledger[here] != nil || last.ledger[there] != nil { open.append(here) }
        continue
      }
      guard found != expected else { continue }
      let rule = column == "total" ? Rule.carriedTotal : Rule.carried
      findings.append(
        rule.finding(
          for: column, cells: [here], expected: expected.description, found: found.description,
          say(
            "\(language.name(here))填 \(found)，上年报告（第 \(arrival) 号）“结转下年度继续办理”同一列是 \(expected)，"
              + "两者应当相等，请核对是哪一年填错。",
            en:
              "\(language.name(here)) says \(found); last year's report (number \(arrival)) carried "
              + "\(expected) over in this column. They must be equal: please check which year is wrong."
          )))
    }
    if !open.isEmpty {
      findings.append(
        Rule.carried.finding(
          status: .notAssessable, cells: open,
          say(
            "\(language.list(open))没有与上年结转数核对：今年或上年的格子空白，或程序没有把握读对。",
            en:
              "\(language.list(open)) could not be compared with last year: a cell is blank or uncertain."
          )
        ))
    }
    return findings
  }

  /// A9: only where both years are on the form of 2021. Revised documents and expiry make it a question, not an error.
  var inForce: [Finding] {
    ["rules", "normative"].compactMap { row in
      let cells = inquiry.keys("t2.\(row).in_force", "t2.\(row).issued", "t2.\(row).repealed")
      guard cells.count == 3, let now = inquiry.sure(cells[0]), let issued = inquiry.sure(cells[1]),
        let repealed = inquiry.sure(cells[2]), let before = last.sure(cells[0]),
        now != before + issued - repealed
      else { return nil }
      let expected = before + issued - repealed
      return Rule.inForceCarried.finding(
        for: row, cells: cells, expected: expected.description, found: now.description,
        say(
          "\(language.row(cells[0]))：上年现行有效 \(before)，加本年制发 \(issued)，减本年废止 \(repealed)，应为 \(expected)，"
            + "现填 \(now)，请核对。",
          en:
            "\(language.row(cells[0])): \(before) in force last year, \(issued) issued, \(repealed) repealed "
            + "give \(expected), not \(now). Please check."))
    }
  }

  /// A10, on the form of 2019.
  var items: [Finding] {
    let rows = ["license", "other_service", "penalty", "coercion", "fee"]
    return rows.compactMap { row in
      let cells = inquiry.keys("t2v19.\(row).prev_items", "t2v19.\(row).delta")
      guard cells.count == 2, let now = inquiry.sure(cells[0]), let items = last.sure(cells[0]),
        let delta = last.sure(cells[1]), now != items + delta
      else { return nil }
      return Rule.itemsCarried.finding(
        cells: [cells[0]], expected: (items + delta).description, found: now.description,
        say(
          "\(language.row(cells[0]))：上年项目数量 \(items) 加上年增减 \(delta) 是 \(items + delta)，今年“上一年项目数量”填 "
            + "\(now)，请核对。",
          en:
            "\(language.row(cells[0])): last year's items (\(items)) and change (\(delta)) give "
            + "\(items + delta), but \(now) are said to be last year's."))
    }
  }

  /// Figures that are told about in both forms alike.
  private static let telling = [
    ["t3.new_received.total"], ["t3.results_total.total"], ["t3.granted.total"],
    ["t2.license.decisions", "t2v19.license.decisions"],
    ["t2.penalty.decisions", "t2v19.penalty.decisions"],
    ["t2.coercion.decisions", "t2v19.coercion.decisions"], ["t2.fee.amount_wan"],
    ["t4.review.total"], ["t4.suit_direct.total"],
  ].map { $0.compactMap { CellKey($0) } }

  var jumps: [Finding] {
    var cells: [CellKey] = []
    var words: [String] = []
    for keys in Self.telling {
      guard let here = keys.first(where: { inquiry.sure($0) != nil }),
        let there = keys.first(where: { last.sure($0) != nil }), let now = inquiry.sure(here),
        let before = last.sure(there), max(now, before) >= Exact(20)
      else { continue }
      let (less, more) = (min(now, before), max(now, before))
      guard more > less + less + less + less + less else { continue }
      cells.append(here)
      words.append(
        say(
          "\(language.name(here)) \(before)→\(now)", en: "\(language.name(here)) \(before) → \(now)"
        ))
    }
    guard !cells.isEmpty else { return [] }
    return [
      Rule.jump.finding(
        cells: cells, found: "\(arrival)",
        say(
          "与上年相比变化很大：\(words.joined(separator: "；"))。如属实请在总体情况中说明。",
          en:
            "Very different from last year: \(words.joined(separator: "; ")). If it is so, please explain it "
            + "in the overview."))
    ]
  }

  var sameTables: [Finding] {
    guard report.hasFigures,
      inquiry.report.hasSameFigures(as: last.report)
    else { return [] }
    return [
      Rule.sameTables.finding(
        found: "\(arrival)",
        say(
          "三张表的全部数字与上年报告（第 \(arrival) 号）完全相同，请核对是否误用了上年的数据。",
          en:
            "All figures of the tables are those of last year's report (number \(arrival)): please check that "
            + "they are this year's."))
    ]
  }

  private var report: Report { inquiry.report }
}

extension Report {
  /// Whether the tables say the same: the same cells, the same figures in them, by value.
  public func hasSameFigures(as other: Report) -> Bool {
    guard cells.count == other.cells.count else { return false }
    return cells.allSatisfy { key, cell in
      guard let its = other.cells[key] else { return false }
      if let a = cell.number, let b = its.number { return a.equals(b) }
      return cell.number == nil && its.number == nil
    }
  }

  /// Whether some figure is no zero.
  public var hasFigures: Bool {
    cells.values.contains { $0.number.map { !$0.isZero } ?? false }
  }
}
