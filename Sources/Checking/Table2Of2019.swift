import Forms
import Reports

// T2-V19-*: misreadings of the form of 2019.

extension Inquiry {
  /// The number of kinds of items put in for the number of decisions.
  var itemsAsDecisions: [Finding] {
    ["license", "other_service", "penalty", "coercion"].compactMap { row in
      let cells = keys("t2v19.\(row).prev_items", "t2v19.\(row).delta", "t2v19.\(row).decisions")
      guard cells.count == 3, let items = sure(cells[0]), let delta = sure(cells[1]),
        let decisions = sure(cells[2]), !items.isZero, !delta.isZero, items + delta == decisions
      else { return nil }
      return Rule.asSum.finding(
        cells: cells, found: decisions.description,
        say(
          "\(language.row(cells[0]))：处理决定数量 \(decisions) 正好等于上一年项目数量 \(items) "
            + "加本年增减 \(delta)，像是把项目数当成了决定数，请核对。",
          en:
            "\(language.row(cells[0])): the decisions (\(decisions)) are exactly last year's items (\(items)) "
            + "and the change (\(delta)); the number of items seems to stand for that of decisions."
        ))
    }
  }

  /// A7: all that is public is at least what became public this year.
  var disclosedTotal: [Finding] {
    ["rules", "normative"].compactMap { row in
      let cells = keys(
        "t2v19.\(row).made", "t2v19.\(row).disclosed", "t2v19.\(row).disclosed_total")
      guard cells.count == 3, let total = sure(cells[2]) else { return nil }
      let (made, disclosed) = (sure(cells[0]), sure(cells[1]))
      let least: Exact
      if let disclosed, total < disclosed {
        least = disclosed
      } else if let made, disclosed?.isZero == true, total < made {
        least = made
      } else {
        return nil
      }
      return Rule.disclosedTotal.finding(
        cells: cells, expected: least.description, found: total.description,
        say(
          "\(language.row(cells[0]))：对外公开总数量 \(total) 少于本年新制作或新公开的 \(least)，"
            + "总数应包括本年的数，请核对。",
          en:
            "\(language.row(cells[0])): the total disclosed (\(total)) is less than what was made or "
            + "disclosed this year (\(least)), which it includes. Please check."))
    }
  }
}
