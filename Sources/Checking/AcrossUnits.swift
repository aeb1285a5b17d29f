import Forms
public import Reports

// DUP-OTHER-UNIT and AGG-*: a report against those of others. Section 11 of the format reference, “Across units and the
// roster”.

/// DUP-OTHER-UNIT: the tables are those of another unit for the same year.
public func otherUnit(
  _ unit: String, arrival: Int, received: CalendarDate, language: Language
) -> Finding {
  Rule.otherUnit.finding(
    found: "\(arrival)",
    language.say(
      "三张表的全部数字与\(unit)的报告（第 \(arrival) 号，\(received) 收到）完全相同，请核对是否误用了别的单位的表。",
      en:
        "All figures of the tables are those of \(unit) (number \(arrival), received on \(received)): please "
        + "check whether another unit's tables were used."))
}

/// What the members of a level add up to.
public struct MemberSums: Sendable {
  public var sums: CellSums
  /// Members whose reports are in the sums.
  public var members: Int
  /// Members without a report that stands, by name; `nil`: nobody has said who the members are.
  public var absent: [String]?

  public init(sums: CellSums, members: Int, absent: [String]?) {
    self.sums = sums
    self.members = members
    self.absent = absent
  }
}

/// AGG-*: the report of a level of government against the sums over its members.
public func aggregation(_ report: Report, _ members: MemberSums, language: Language) -> [Finding] {
  let inquiry = Inquiry(report, CheckingContext(language: language))
  guard members.members > 0 else { return [] }
  var findings: [Finding] = []
  var below: [(CellKey, Exact, Exact)] = []
  var other: [(CellKey, Exact, Exact)] = []
  let isComplete = members.absent?.isEmpty == true
  for key in report.cells.keys.sorted() where key.kind != .moneyOfAnyUnit {
    let cell = members.sums[key]
    guard let sum = cell.figure.map(Exact.init), let found = inquiry.sure(key) else { continue }
    // A change may be negative: the sum over some says nothing about the whole.
    if found < sum, key.kind != .signedCount {
      below.append((key, sum, found))
    } else if found != sum, isComplete, cell.numbers == members.members {
      other.append((key, sum, found))
    }
  }
  func tell(
    _ rule: Rule, _ cells: [(CellKey, Exact, Exact)], _ words: (CellKey, Exact, Exact) -> String
  ) {
    // Two hundred findings tell less than one.
    if cells.count > 12, let first = cells.first {
      findings.append(
        rule.finding(
          cells: cells.map(\.0), expected: first.1.description, found: first.2.description,
          words(first.0, first.1, first.2)
            + inquiry.say(
              "共有 \(cells.count) 格如此。", en: " The same holds for \(cells.count) cells in all.")))
      return
    }
    for (key, sum, found) in cells {
      findings.append(
        rule.finding(
          for: key.name, cells: [key], expected: sum.description, found: found.description,
          words(key, sum, found)))
    }
  }
  tell(.aggregateBound, below) { key, sum, found in
    inquiry.say(
      "\(language.name(key))填 \(found)，已收到的 \(members.members) 个所属单位相加已有 \(sum)，总数不应更小，请核对。",
      en:
        "\(language.name(key)) says \(found), but the \(members.members) members received so far already add up "
        + "to \(sum).")
  }
  tell(.aggregateSum, other) { key, sum, found in
    inquiry.say(
      "\(language.name(key))填 \(found)，\(members.members) 个所属单位相加是 \(sum)，两者不等，请核对。",
      en:
        "\(language.name(key)) says \(found); its \(members.members) members add up to \(sum). Please check."
    )
  }
  if let absent = members.absent, !absent.isEmpty {
    let names = absent.prefix(10).joined(separator: inquiry.say("、", en: ", "))
    findings.append(
      Rule.aggregateComplete.finding(
        status: .notAssessable, expected: "\(members.members + absent.count)",
        found: "\(members.members)",
        inquiry.say(
          "所属单位还缺 \(absent.count) 个（\(names)\(absent.count > 10 ? "等" : "")），合计未逐格核对。",
          en:
            "\(absent.count) members are missing (\(names)\(absent.count > 10 ? " and others" : "")): the sums "
            + "were not compared cell by cell.")))
  }
  return findings
}

/// Checks that compare a report with others: they are made again when one of the others comes.
public func isAcrossReports(_ check: String) -> Bool {
  check.hasPrefix("XY-") || check.hasPrefix("AGG-") || check.hasPrefix("DUP-OTHER-UNIT")
}
