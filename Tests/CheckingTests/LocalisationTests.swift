import Reports
import Testing

@testable import Checking
@testable import Forms

/// The smallest sets of wrong cells, against trying everything.
@Suite struct SmallestSetsOfCells {
  /// Two outcomes of three columns, with what is received equal to what is done: 12 cells, 9 relations, among them all
  /// kinds.
  static let small: SumForm = {
    let rows = ["new_received", "granted", "partial", "results_total"]
    let columns = ["natural", "company", "total"]
    func cell(_ row: String, _ column: String) -> CellKey { key("t3.\(row).\(column)") }
    let relations =
      columns.map {
        Relation(
          family: .identity, check: "T3-IDENTITY-\($0)", left: [cell("new_received", $0)],
          right: [cell("results_total", $0)])
      }
      + columns.map {
        Relation(
          family: .columnSum, check: "T3-COLSUM-\($0)",
          left: [cell("granted", $0), cell("partial", $0)], right: [cell("results_total", $0)])
      }
      + rows.map {
        Relation(
          family: .rowSum, check: "T3-ROWSUM-\($0)",
          left: [cell($0, "natural"), cell($0, "company")], right: [cell($0, "total")])
      }
    return SumForm(
      relations, cells: rows.flatMap { row in columns.map { cell(row, $0) } }, width: 3)
  }()

  /// A table of small figures that balances, with some cells changed, some blank and some in doubt.
  static func damaged(_ dice: inout Dice, blanks: Bool, doubts: Bool) -> Report {
    var report = Report()
    report.template.three = .v2021
    func die(_ sides: UInt64) -> Int { Int(dice.next() % sides) }
    let granted = [die(3), die(2)]
    let partial = [die(2), die(3)]
    let done = zip(granted, partial).map(+)
    for (row, parts) in zip(
      ["new_received", "granted", "partial", "results_total"], [done, granted, partial, done])
    {
      for (column, value) in zip(["natural", "company", "total"], parts + [parts[0] + parts[1]]) {
        report.cells[key("t3.\(row).\(column)")] = .number(value)
      }
    }
    for _ in 0..<1 + die(3) {
      report.cells[small.cells[die(12)]] = .number(die(6))
    }
    if blanks {
      for _ in 0..<1 + die(3) { report.cells[small.cells[die(12)]] = .blank }
    }
    if doubts { report.uncertain.insert(small.cells[die(12)]) }
    return report
  }

  /// Every set of `size` cells with a figure for which some figures of 0 to 16 satisfy all relations.
  static func bySearching(_ report: Report, size: Int) -> Set<[CellKey]> {
    let ledger = Ledger(report)
    let cells = small.cells.filter { report.number($0) != nil }
    let figures = Dictionary(
      uniqueKeysWithValues: cells.map { ($0, report.number($0)?.integer ?? 0) })
    let doubtful = small.relations.filter {
      if case .doubtful = Balance($0, ledger).standing { true } else { false }
    }
    func holds(_ relation: Relation, _ figures: [CellKey: Int]) -> Bool {
      func sum(_ keys: [CellKey]) -> (Int, Bool) {
        (keys.reduce(0) { $0 + (figures[$1] ?? 0) }, keys.contains { figures[$0] == nil })
      }
      let (left, leftIsOpen) = sum(relation.left)
      let (right, rightIsOpen) = sum(relation.right)
      return left == right || left < right && leftIsOpen || left > right && rightIsOpen
    }
    let relations = small.relations.filter { !doubtful.contains($0) }
    func canHold(_ set: ArraySlice<CellKey>, _ figures: [CellKey: Int]) -> Bool {
      // Relations without a cell that is still to be chosen must hold already.
      guard
        relations.allSatisfy({ relation in
          relation.cells.contains(where: set.contains) || holds(relation, figures)
        })
      else { return false }
      guard let cell = set.first else { return true }
      return (0...16).contains { value in
        var figures = figures
        figures[cell] = value
        return canHold(set.dropFirst(), figures)
      }
    }
    func sets(_ cells: ArraySlice<CellKey>, _ size: Int) -> [[CellKey]] {
      guard size > 0 else { return [[]] }
      return cells.indices.flatMap { index in
        sets(cells[(index + 1)...], size - 1).map { [cells[index]] + $0 }
      }
    }
    return Set(sets(cells[...], size).filter { canHold($0[...], figures) })
  }

  @Test(arguments: 0..<90)
  func `no smallest set is missed and none is made up`(number: Int) throws {
    var dice = Dice(state: UInt64(number))
    let report = Self.damaged(&dice, blanks: number % 3 == 1, doubts: number % 5 == 2)
    let ledger = Ledger(report)
    let group = SumGroup(Self.small, ledger)
    guard group.balances.contains(where: { $0.standing == .fails }) else { return }
    let system = try #require(SumSystem(Self.small, group.balances, ledger))
    let answer = SmallestSets.search(system, effort: 1_000_000)
    let found: [[CellKey]] =
      if case .found(let sets, true) = answer {
        sets.map { $0.cells.map { Self.small.cells[$0] } }
      } else {
        []
      }
    #expect(Set(found).count == found.count, "a set is told twice")
    for size in 1...3 {
      let expected = Self.bySearching(report, size: size)
      guard expected.isEmpty else {
        #expect(Set(found) == expected)
        return
      }
    }
    // More than three cells: trying everything takes too long here.
    #expect(found.allSatisfy { $0.count > 3 })
  }

  /// With the true table: all pairs that mend it, by trying every change of every cell and what it leaves.
  @Test(arguments: [Template.v2021, .v2019], 0..<4)
  func `every pair of wrong cells is found`(template: Template, number: Int) throws {
    var dice = Dice(state: UInt64(number))
    var report = consistent(template, dice: dice)
    let form = SumForm.table3(template)
    for _ in 0..<2 {
      let cell = form.cells[Int(dice.next() % UInt64(form.cells.count))]
      report.cells[cell] = .number((report.number(cell)?.integer ?? 0) + 1 + Int(dice.next() % 3))
    }
    let ledger = Ledger(report)
    let values = form.cells.map { report.number($0)?.integer ?? 0 }
    let rest = form.relations.map { relation in
      (ledger.sum(relation.left).known - ledger.sum(relation.right).known).whole.map(Int.init) ?? 0
    }
    /// What is left of the differences when a cell changes.
    func change(_ cell: Int, by amount: Int, _ rest: [Int]) -> [Int] {
      var rest = rest
      for term in form.terms[cell] { rest[term.relation] += term.isLeft ? amount : -amount }
      return rest
    }
    var pairs: Set<[CellKey]> = []
    for first in form.cells.indices {
      for amount in -8...8 where amount != 0 && values[first] + amount >= 0 {
        let left = change(first, by: amount, rest)
        guard let failing = left.firstIndex(where: { $0 != 0 }),
          left.count(where: { $0 != 0 }) <= 3
        else { continue }
        for second in form.members[failing] where second > first {
          for amount in [left[failing], -left[failing]] where values[second] + amount >= 0 {
            if change(second, by: amount, left).allSatisfy({ $0 == 0 }) {
              pairs.insert([form.cells[first], form.cells[second]])
            }
          }
        }
      }
    }
    let localisation = try #require(localise(report).first)
    #expect(localisation.fewest == 2 && localisation.isComplete)
    let two = localisation.corrections.filter { $0.changes.count == 2 }
    #expect(Set(two.map { $0.changes.map(\.cell) }) == pairs)
    #expect(!pairs.isEmpty)
  }

  @Test(arguments: [Template.v2021, .v2019], 0..<4)
  func `after the changes of a correction nothing fails`(template: Template, number: Int) {
    var dice = Dice(state: UInt64(number + 50))
    var report = consistent(template, dice: dice)
    let cells = FormTable.of(.three, template).cells + FormTable.table4.cells
    for _ in 0..<2 + number {
      let cell = cells[Int(dice.next() % UInt64(cells.count))]
      report.cells[cell] = .number(Int(dice.next() % 30))
    }
    for localisation in localise(report) {
      for correction in localisation.corrections {
        var mended = report
        for change in correction.changes {
          guard let value = change.balancesAt else { continue }
          mended.cells[change.cell] = Cell(class: .number, number: value, raw: "")
        }
        let left = Set(localise(mended).flatMap(\.failing))
        #expect(left.isDisjoint(with: localisation.failing), "\(correction)")
      }
    }
  }
}

/// What a clerk reads of wrong cells.
@Suite struct WordsOfLocalisation {
  /// A row of table 3 for each line of `rows`: its key and seven figures; all other cells are 0.
  static func messages(_ rows: [String], _ language: Language = .chinese) -> [String] {
    var report = Report()
    report.template.three = .v2021
    for cell in FormTable.table3of2021.cells { report.cells[cell] = .number(0) }
    for row in rows {
      let fields = row.split(separator: " ").map(String.init)
      for (column, figure) in zip(FormTable.table3of2021.blocks[0].columns, fields.dropFirst()) {
        report.cells[key("t3.\(fields[0]).\(column.key)")] =
          Int(figure).map(Cell.number) ?? .blank
      }
    }
    return check(report, in: CheckingContext(language: language))
      .filter { $0.check.hasPrefix("T3-") && $0.status == .fail }.map(\.message)
  }

  /// rows, number of failures, how the first message ends
  @Test(arguments: [
    (
      ["new_received 14 0 0 0 0 0 14", "granted 41 0 0 0 0 0 14", "results_total 14 0 0 0 0 0 14"],
      2, "最可能是“（一）予以公开”一行“自然人”一列填错：若由 41 改为 14 就全部相符（像是相邻两位数字颠倒）。"
    ),
    (
      ["new_received 4 0 0 0 0 0 4", "granted 0 4 0 0 0 0 4", "results_total 4 0 0 0 0 0 4"],
      2, "若把“（一）予以公开”一行“自然人”一列由 0 改为 4、把“（一）予以公开”一行“商业企业”一列由 4 改为 0（像是填到了相邻的一格），就全部相符。"
    ),
    (
      [
        "new_received 9 2 0 0 0 0 11", "granted 2 0 0 0 0 0 2", "partial 10 2 0 0 0 0 12",
        "results_total 9 2 0 0 0 0 11",
      ],
      2, "若把“（二）部分公开”一行“自然人”一列由 10 改为 7，并把“（二）部分公开”一行“总计”一列由 12 改为 9，就全部相符。"
    ),
    (
      ["new_received 4 3 0 0 0 0 7", "granted 0 4 3 0 0 0 0", "results_total 4 3 0 0 0 0 7"],
      5, "若把“（一）予以公开”一行依次改为 4、3、0、0、0、0、7（像是数字整体填到了右边一列），就全部相符。"
    ),
  ])
  func `the ways to mend a table are told in one form`(
    rows: [String], failures: Int, words: String
  ) throws {
    let messages = Self.messages(rows)
    #expect(messages.count == failures)
    let first = try #require(messages.first)
    #expect(first.hasSuffix("请核对。" + words), "\(messages)")
  }

  /// A figure below 0 or a fraction is wrong whatever the sums say: no other cell is named without it.
  @Test(arguments: [
    ("-4", "4", "若由 -4 改为 4 就全部相符（像是多了负号）。"), ("4.5", "4", "若由 4.5 改为 4 就全部相符。"),
  ])
  func `a figure that no cell can have is always among the wrong ones`(
    found: String, meant: String, words: String
  ) throws {
    var report = consistent()
    let cell = key("t3.granted.natural")
    report.cells[cell] = Cell(class: .number, number: Figure(found), raw: found)
    for finding in check(report).filter(SingleFaults.isRelation) {
      #expect(finding.suspect?.cell == cell && finding.suspect?.balancesAt == Figure(meant))
      #expect(finding.message.hasSuffix(words), "\(finding.message)")
    }
    // Were it not so, the total alone would explain this row.
    report = consistent()
    report.cells[key("t3.partial.company")] = .number(6)
    report.cells[key("t3.partial.total")] = .number(6)
    report.cells[key("t3.partial.natural")] = Cell(
      class: .number, number: Figure(found), raw: found)
    for localisation in localise(report) {
      #expect(
        localisation.corrections.allSatisfy { correction in
          correction.changes.contains { $0.cell == key("t3.partial.natural") }
        })
      #expect(!localisation.corrections.isEmpty)
    }
  }

  @Test func `ties are told as ties, once, in either language`() throws {
    // Two figures too many by 1 in the same column and two totals of rows too: which pair belongs together?
    let rows = [
      "new_received 8 8 0 0 0 0 16", "granted 5 4 0 0 0 0 8", "partial 4 5 0 0 0 0 8",
      "results_total 8 8 0 0 0 0 16",
    ]
    let messages = Self.messages(rows)
    #expect(messages.count == 4)
    let first = try #require(messages.first)
    #expect(first.contains("有 2 种可能") && first.contains("（1）") && first.contains("（2）"), "\(first)")
    #expect(messages.dropFirst().allSatisfy { !$0.contains("种可能") })
    let english = try #require(Self.messages(rows, .english).first)
    #expect(english.contains("2 possibilities") && !english.contains("种"))
  }

  @Test func `what is too much to locate is said to be so`() throws {
    let rows = FormTable.table3of2021.blocks[0].rows.enumerated().map { number, row in
      "\(row.key) \(number) 3 1 \(number % 3) 7 2 5"
    }
    let first = try #require(Self.messages(rows).first)
    #expect(first.hasSuffix("推断不出是哪几格填错，请逐格核对。"), "\(first)")
    #expect(first.contains("不相符的共有"))
  }
}
