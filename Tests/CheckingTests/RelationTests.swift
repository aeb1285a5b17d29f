import Forms
import Reports
import Testing

@testable import Checking

/// Seeded single faults: exactly the relations that contain the cell fail, and the suspect is the seeded cell.
@Suite struct SingleFaults {
  static func relations(of report: Report) -> [Relation] {
    FormTable.of(.three, report.template.three ?? .v2021).relations + FormTable.table4.relations
  }

  @Test(arguments: [Template.v2021, .v2019], [UInt64(1), 2, 3])
  func `a consistent report has no finding of the relations`(template: Template, seed: UInt64) {
    let report = consistent(template, dice: Dice(state: seed))
    #expect(check(report).filter(Self.isRelation).isEmpty)
  }

  @Test(arguments: [Template.v2021, .v2019], [1, -1, 7, -10, 90, 1000])
  func `every wrong cell is found by its relations alone, and named`(template: Template, by: Int) {
    let report = consistent(template, dice: Dice(state: UInt64(by.magnitude)))
    let relations = Self.relations(of: report)
    var tried = 0
    for cell in FormTable.of(.three, template).cells + FormTable.table4.cells {
      guard let value = report.number(cell)?.integer, value + by >= 0 else { continue }
      tried += 1
      var broken = report
      broken.cells[cell] = .number(value + by)
      let failures = check(broken).filter(Self.isRelation)
      let expected = Set(relations.filter { $0.cells.contains(cell) }.map(\.check))
      #expect(Set(failures.map(\.check)) == expected, "\(cell)")
      #expect(failures.allSatisfy { $0.status == .fail && $0.severity == .error })
      for failure in failures {
        if cell.table == .three {
          // In table 3 no two cells stand in the same relations.
          #expect(failure.suspect?.cell == cell, "\(cell)")
          #expect(failure.suspect?.balancesAt == Figure(value), "\(cell)")
        } else if let suspect = failure.suspect {
          #expect(suspect.cell == cell, "\(cell)")
          #expect(suspect.balancesAt == Figure(value), "\(cell)")
        }
      }
    }
    #expect(tried > 50)
  }

  /// The definition of a suspect, by trying every value of every cell.
  @Test(arguments: [UInt64(11), 12, 13])
  func `a suspect is named exactly where one cell alone mends everything`(seed: UInt64) {
    var dice = Dice(state: seed)
    let report = consistent(.v2021, dice: dice)
    let form = FormTable.table3of2021
    for count in [1, 2, 2] {
      var broken = report
      for _ in 0..<count {
        let cell = form.cells[Int(dice.next() % UInt64(form.cells.count))]
        let value = report.number(cell)?.integer ?? 0
        broken.cells[cell] = .number(max(0, value + Int(dice.next() % 9) - 4))
      }
      let failing = check(broken).filter(Self.isRelation)
      let mending = form.cells.filter { cell in
        let value = broken.number(cell)?.integer ?? 0
        return (-9...9).contains { change in
          guard change != 0, value + change >= 0 else { return false }
          var mended = broken
          mended.cells[cell] = .number(value + change)
          let ledger = Ledger(mended)
          return form.relations.allSatisfy { Balance($0, ledger).standing == .holds }
        }
      }
      let expected = failing.isEmpty || mending.count != 1 ? nil : mending[0]
      for failure in failing { #expect(failure.suspect?.cell == expected) }
    }
  }

  @Test func `a block of table 4 names a suspect only where no other cell can be the one`() {
    var report = consistent()
    report.cells[key("t4.review.upheld")] = .number(1)
    report.cells[key("t4.review.corrected")] = .number(1)
    report.cells[key("t4.review.pending")] = .number(1)
    // 3 against 0: no part is large enough to be 3 less.
    #expect(check(report).first?.suspect?.cell == key("t4.review.total"))
    #expect(check(report).first?.suspect?.balancesAt == Figure(3))
    // 3 against 2: any of the parts may be 1 less.
    report.cells[key("t4.review.total")] = .number(2)
    #expect(check(report).map(\.check) == ["T4-SUM-review"])
    #expect(check(report).first?.suspect == nil)
  }

  @Test(arguments: [
    (14, 41, "相邻两位数字颠倒"), (14, 4, "漏了一位数字"), (14, 114, "多了一位数字"), (15, 23, ""),
  ])
  func `the slip that explains a wrong figure is named`(right: Int, wrong: Int, words: String) {
    var report = consistent(dice: Dice(state: 5))
    let cell = key("t3.granted.natural")
    let value = report.number(cell)?.integer ?? 0
    for row in ["granted", "results_total", "new_received"] {
      for column in ["natural", "total"] {
        let other = key("t3.\(row).\(column)")
        report.cells[other] = .number((report.number(other)?.integer ?? 0) + right - value)
      }
    }
    #expect(check(report).filter(Self.isRelation).isEmpty)
    report.cells[cell] = .number(wrong)
    let failures = check(report).filter(Self.isRelation)
    #expect(failures.count == 2)
    for failure in failures {
      #expect(failure.suspect?.balancesAt == Figure(right))
      #expect(failure.message.contains("像是") == !words.isEmpty)
      #expect(words.isEmpty || failure.message.contains(words))
    }
  }

  @Test func `the identity is told with both its sides`() throws {
    var report = consistent()
    report.cells[key("t3.results_total.natural")] = .number(5)
    let finding = try #require(check(report).first { $0.check == "T3-IDENTITY-natural" })
    #expect(
      finding.message.hasPrefix(
        "自然人一列：第一项 4 加第二项 0 等于 4，第三项总计 5 加第四项 0 等于 5，两边不等，请核对。"))
    #expect(finding.expected == "4" && finding.found == "5")
  }

  @Test func `figures of 18 digits are added without overflow`() {
    var report = consistent()
    let huge = Cell(class: .number, number: Figure("999999999999999999"), raw: "")
    for cell in FormTable.table3of2021.cells { report.cells[cell] = huge }
    let failures = check(report).filter(Self.isRelation)
    // Only the identity holds: two times the same on either side.
    #expect(failures.count == 7 + 25)
    #expect(failures.contains { $0.expected == "5999999999999999994" })
  }

  static func isRelation(_ finding: Finding) -> Bool {
    ["T3-IDENTITY", "T3-COLSUM", "T3-ROWSUM", "T4-SUM"].contains(where: finding.check.hasPrefix)
  }
}
