import Forms
import Reports

// T3-IDENTITY-*, T3-COLSUM-*, T3-ROWSUM-*, T4-SUM-*, with T3-LOCATE attached to the failures as the suspect.

extension Inquiry {
  var relationFindings: [Finding] {
    sums.flatMap { sum -> [Finding] in
      guard let localisation = sum.localisation else { return [] }
      let failing = sum.group.balances.filter { $0.standing == .fails }
      let suspect = localisation.suspect.flatMap { change in
        change.balancesAt.map { Finding.Suspect(cell: change.cell, balancesAt: $0) }
      }
      // What one cell explains is told with each failure; what takes more words, with the first of them.
      let first = failing.map(Self.place).min { $0.lexicographicallyPrecedes($1) }
      return failing.map { balance in
        let isTold = suspect != nil || Self.place(balance) == first
        return failure(balance, suspect, isTold ? hint(localisation) : "")
      }
    } + undecided(sums.flatMap(\.group.balances))
  }

  /// Where the finding stands among those of the relations.
  private static func place(_ balance: Balance) -> [Int] {
    [
      balance.relation.cells.min().map { Int($0.index) } ?? 0,
      Rule.place(of: balance.relation.check),
    ]
  }

  private func failure(
    _ balance: Balance, _ suspect: Finding.Suspect?, _ hint: String
  ) -> Finding {
    Finding(
      check: balance.relation.check, severity: balance.relation.family.rule.severity,
      cells: balance.relation.cells, expected: balance.left.description,
      found: balance.right.description, message: words(balance) + hint, suspect: suspect)
  }

  private func words(_ balance: Balance) -> String {
    let relation = balance.relation
    let (left, right) = (balance.left.description, balance.right.description)
    let someBlank = !(balance.openLeft + balance.openRight).isEmpty
    let blank = someBlank ? say("（空白格未计）", en: " (blank cells not counted)") : ""
    guard let whole = relation.right.first else { return "" }
    switch relation.family {
    case .identity:
      let terms = relation.cells.map { ledger[$0]?.description ?? say("空白", en: "blank") }
      return say(
        "\(language.column(whole))：第一项 \(terms[0]) 加第二项 \(terms[1]) 等于 \(left)，"
          + "第三项总计 \(terms[2]) 加第四项 \(terms[3]) 等于 \(right)\(blank)，两边不等，请核对。",
        en:
          "In \(language.column(whole)), item 1 (\(terms[0])) and item 2 (\(terms[1])) make \(left), but the "
          + "total of item 3 (\(terms[2])) and item 4 (\(terms[3])) make \(right)\(blank). Please check."
      )
    case .columnSum:
      return say(
        "\(language.column(whole))：第三项各种办理结果相加等于 \(left)\(blank)，"
          + "“（七）总计”填的是 \(right)，两者不等，请核对。",
        en:
          "In \(language.column(whole)), the outcomes under item 3 add up to \(left)\(blank), but their total "
          + "(7) says \(right). Please check.")
    case .rowSum:
      return say(
        "\(language.row(whole))：各类申请人相加等于 \(left)\(blank)，“总计”填的是 \(right)，两者不等，请核对。",
        en:
          "In \(language.row(whole)), the applicants add up to \(left)\(blank), but the total says \(right). "
          + "Please check.")
    case .caseSum:
      return say(
        "\(language.block(whole))：结果维持、结果纠正、其他结果、尚未审结相加等于 \(left)\(blank)，"
          + "“总计”填的是 \(right)，两者不等，请核对。",
        en:
          "In \(language.block(whole)), the results add up to \(left)\(blank), but the total says \(right). "
          + "Please check.")
    }
  }

  /// One finding for each family and reason. Relations that only a missing row or a row of the wrong length keeps from
  /// being checked are told with that row.
  private func undecided(_ balances: [Balance]) -> [Finding] {
    Relation.Family.allCases.flatMap { family in
      let members = balances.filter { $0.relation.family == family }
      let blank = members.compactMap { balance -> (Relation, [CellKey])? in
        guard case .open(let cells) = balance.standing else { return nil }
        return (balance.relation, cells)
      }
      let doubtful = members.compactMap { balance -> (Relation, [CellKey])? in
        guard case .doubtful(let cells) = balance.standing else { return nil }
        return (balance.relation, cells)
      }
      return [
        undecided(family, blank, doubtful: false), undecided(family, doubtful, doubtful: true),
      ]
      .compactMap { $0 }
    }
  }

  private func undecided(
    _ family: Relation.Family, _ relations: [(Relation, [CellKey])], doubtful: Bool
  ) -> Finding? {
    let relations = relations.filter { !unassigned.isSuperset(of: $0.1) }
    guard let first = relations.first?.0 else { return nil }
    let cells = Set(relations.flatMap(\.1)).sorted()
    let count = relations.count
    let what =
      count == 1
      ? subject(first)
      : say("\(name(family))有 \(count) 处", en: "\(count) sums of \(name(family))")
    return Finding(
      check: count == 1 ? first.check : family.rawValue, status: .notAssessable,
      severity: family.rule.severity, cells: cells,
      message: doubtful
        ? say(
          "\(what)没有核对：程序没有把握读对\(language.list(cells))，请对照原件核实。",
          en:
            "\(what) not checked: the program is not sure to have read \(language.list(cells)) rightly. "
            + "Please compare with the original.")
        : say(
          "\(what)无法核对：\(language.list(cells))没有填数字；确无数量的请填 0。",
          en:
            "\(what) cannot be checked: no figure in \(language.list(cells)). Please write 0 for none."
        ))
  }

  private func subject(_ relation: Relation) -> String {
    guard let whole = relation.right.first else { return relation.check }
    return switch relation.family {
    case .identity:
      say("\(language.column(whole))的勾稽关系", en: "The identity of \(language.column(whole))")
    case .columnSum:
      say("\(language.column(whole))的“（七）总计”", en: "The total (7) of \(language.column(whole))")
    case .rowSum: say("\(language.row(whole))的“总计”", en: "The total of \(language.row(whole))")
    case .caseSum: say("\(language.block(whole))的“总计”", en: "The total of \(language.block(whole))")
    }
  }

  private func name(_ family: Relation.Family) -> String {
    switch family {
    case .identity:
      say("各列的勾稽关系（第一项加第二项等于第三项加第四项）", en: "the identity of the columns (1 + 2 = 3 + 4)")
    case .columnSum: say("各列的“（七）总计”", en: "the columns (total 7)")
    case .rowSum: say("各行的“总计”", en: "the rows of table 3")
    case .caseSum: say("复议、诉讼案件的“总计”", en: "table 4")
    }
  }
}

extension Relation.Family {
  var rule: Rule {
    switch self {
    case .identity: .identity
    case .columnSum: .columnSum
    case .rowSum: .rowSum
    case .caseSum: .caseSum
    }
  }
}
