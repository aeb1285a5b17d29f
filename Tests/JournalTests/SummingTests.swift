import Forms
import Journal
import Reports
import Testing

struct SummingTests {
  /// One cell over several reports, and what its sum must be.
  @Test(
    arguments: [
      ("t3.new_received.total", ["1", "2", "39"], "42", 3),
      ("t2.fee.amount_wan", ["0.5", "43.7880", "1"], "45.2880", 3),
      ("t2v19.license.delta", ["-3", "1", "0"], "-2", 3),
      ("t3.new_received.total", ["", "7", ""], "7", 1),
      ("t3.new_received.total", ["", ""], nil, 0),
      ("t3.new_received.total", ["99999999999999999", "1"], "100000000000000000", 2),
      ("t3.new_received.total", ["999999999999999999", "999999999999999999"], nil, 2),
      ("t2v19.procurement.amount", ["12", "3"], nil, 0),
    ] as [(String, [String], String?, Int)])
  func `Figures are added exactly`(
    _ name: String, _ values: [String], _ sum: String?, _ numbers: Int
  ) throws {
    let house = try House()
    let key = try #require(CellKey(name))
    let arrivals = try values.enumerated().map { index, value in
      var report = Sample.report(unit: "第\(index)镇人民政府")
      report.uncertain = []
      report.cells[key] =
        value.isEmpty ? .blank : Cell(class: .number, number: Figure(value), raw: value)
      return try house.file("\(index).txt", "\(index)", report: report).number
    }
    let sums = try house.journal.reader.sums(of: arrivals)
    #expect(sums.reports == values.count)
    #expect(sums[key].figure?.description == sum)
    #expect(sums[key].numbers == numbers)
    // By two threads it is the same.
    #expect(try house.journal.reader.sums(of: arrivals, sharedFrom: 1) == sums)
  }

  @Test func `What is no vouched-for figure is counted and not added`() throws {
    let house = try House()
    let key = try #require(CellKey("t3.granted.natural"))
    let cells: [(Cell, isUncertain: Bool)] = [
      (Cell(class: .number, number: Figure("5"), raw: "５件"), false),
      (Cell(class: .number, number: Figure("7"), raw: "7"), true),
      (Cell(class: .blank, raw: "　"), false), (.blank, false),
      (Cell(class: .notApplicable, raw: "/"), false),
      (Cell(class: .text, raw: "详见\t附表\n1"), false),
      (Cell(class: .number, number: Figure("2"), raw: "2"), false),
    ]
    let arrivals = try cells.enumerated().map { index, cell in
      var report = Sample.report(unit: "第\(index)镇人民政府")
      report.uncertain = cell.isUncertain ? [key] : []
      report.cells[key] = cell.0
      return try house.file("\(index).txt", "\(index)", report: report).number
    }
    let sums = try house.journal.reader.sums(of: arrivals.reversed())
    #expect(try house.journal.reader.sums(of: arrivals, sharedFrom: 2) == sums)
    let cell = sums[key]
    #expect(cell.figure?.description == "7" && cell.numbers == 2)
    #expect(cell.blank == 2 && cell.notApplicable == 1 && cell.text == 1 && cell.uncertain == 1)
    #expect(cell.filled == 7 && cell.open == 5)
    #expect(sums.gaps.map(\.arrival) == Array(arrivals[1...5]))
    // Only those asked for.
    #expect(try house.journal.reader.sums(of: [arrivals[6]])[key].figure?.description == "2")
    #expect(try house.journal.reader.sums(of: []).reports == 0)
  }

  /// The sums over rows are those over reports taken apart, whatever the reports hold.
  @Test func `Rows add up to what their reports add up to`() throws {
    let house = try House()
    var random = SystemRandomNumberGenerator()
    var arrivals: [Int] = []
    for index in 0..<60 {
      var report = Sample.report(unit: "第\(index)镇人民政府")
      report.uncertain = []
      for key in CellKey.all where Int.random(in: 0..<4, using: &random) > 0 {
        switch Int.random(in: 0..<8, using: &random) {
        case 0: report.cells[key] = .blank
        case 1: report.cells[key] = Cell(class: .notApplicable, raw: "—")
        case 2: report.cells[key] = nil
        case 3:
          let text =
            "\(Int.random(in: 0..<1000, using: &random)).\(Int.random(in: 1..<1000, using: &random))"
          report.cells[key] = Cell(class: .number, number: Figure(text), raw: text + "万元")
        default: report.cells[key] = .number(Int.random(in: 0..<100_000, using: &random))
        }
        if report.cells[key] != nil, Int.random(in: 0..<20, using: &random) == 0 {
          report.uncertain.insert(key)
        }
      }
      let number = try house.file("\(index).txt", "\(index)", report: report).number
      if index % 3 > 0 { arrivals.append(number) }
    }
    var expected: [CellKey: Figure] = [:]
    for arrival in arrivals {
      let report = try #require(try house.journal.reader.report(arrival))
      for (key, cell) in report.cells {
        guard let figure = cell.number, !report.uncertain.contains(key),
          key.kind != .moneyOfAnyUnit
        else { continue }
        expected[key] = expected[key].map { $0 + figure } ?? figure
      }
    }
    let sums = try house.journal.reader.sums(of: arrivals)
    for key in CellKey.all {
      let (a, b) = (sums[key].figure, expected[key])
      #expect(a == nil && b == nil || a?.equals(b ?? Figure(-1)) == true, "\(key)")
    }
    #expect(try house.journal.reader.sums(of: arrivals, sharedFrom: 2) == sums)
    // Far apart numbers are looked up one by one.
    let few = [arrivals.first, arrivals.last].compactMap(\.self)
    #expect(try house.journal.reader.sums(of: few).reports == 2)
  }
}
