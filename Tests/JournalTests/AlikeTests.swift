import Forms
import GRDB
import GRDBSQLite
import Reports
import Testing

@testable import Journal

/// Reports whose tables are printed just alike: which are found, and what finding them costs.
struct AlikeTests {
  /// All figures but the last are 0.
  private func report(_ unit: String, last: Int, year: Int = 2023) -> Report {
    var report = Sample.report(unit: unit, year: year)
    report.cells[AlikeTests.lastCell] = Cell(
      class: .number, number: Figure(last), raw: "\(last)", place: nil)
    return report
  }

  private static let lastCell = CellKey.all.last { Sample.report().cells[$0] != nil }!

  private func same(_ house: House, _ report: Report, before: Int = 1000) throws -> [Int] {
    try house.journal.reader.sameFigures(as: report, before: before).map(\.arrival)
  }

  @Test func `The same figures of the same year are found, oldest first`() throws {
    let house = try House()
    try house.file("1", "1", report: report("甲局", last: 7))
    try house.file("2", "2", report: report("乙局", last: 7))
    try house.file("3", "3", report: report("丙局", last: 8))
    try house.file("4", "4", report: report("丁局", last: 7, year: 2022))
    let asked = report("戊局", last: 7)
    #expect(try same(house, asked) == [1, 2])
    #expect(try same(house, asked, before: 2) == [1])
    #expect(try same(house, report("戊局", last: 9)) == [])
    #expect(try same(house, Sample.report(unit: "戊局", year: nil)) == [])
  }

  @Test func `A version that has been overtaken is not found until it counts again`() throws {
    let house = try House()
    try house.file("1", "1", report: report("甲局", last: 7))
    try house.file("2", "2", report: report("甲局", last: 8))
    #expect(try same(house, report("戊局", last: 7)) == [])
    #expect(try same(house, report("戊局", last: 8)) == [2])
    // The second turns out to be another unit's.
    try house.rejudge(2, report: report("乙局", last: 9))
    #expect(try same(house, report("戊局", last: 7)) == [1])
    #expect(try same(house, report("戊局", last: 8)) == [])
    #expect(try same(house, report("戊局", last: 9)) == [2])
    #expect(try house.verify().damages == [])
  }

  /// A hundred thousand reports begin with the same zeros. What is read for one must not grow with them.
  @Test func `Figures that only begin alike cost nothing`() throws {
    let house = try House()
    func fill(_ numbers: Range<Int>) throws {
      for number in numbers {
        _ = try house.judge("\(number)", "\(number)", report: report("第\(number)局", last: number))
      }
    }
    try fill(0..<10)
    let asked = report("戊局", last: 5)
    #expect(try same(house, asked) == [6])
    let few = try steps(house, asked)
    try fill(10..<300)
    #expect(try same(house, asked) == [6])
    let many = try steps(house, asked)
    #expect(few > 10)
    #expect(many == few)
  }

  /// As many as there are with the very same figures, a few of them are enough.
  @Test func `Of many that are just alike the first twenty are read`() throws {
    let house = try House()
    for number in 0..<60 {
      _ = try house.judge("\(number)", "\(number)", report: report("第\(number)局", last: 0))
    }
    let asked = report("戊局", last: 0)
    #expect(try same(house, asked) == Array(1...20))
    #expect(try steps(house, asked) == steps(house, asked, before: 21))
  }

  /// How many instructions SQLite carries out.
  private func steps(_ house: House, _ report: Report, before: Int = 1000) throws -> Int {
    final class Counter { var steps = 0 }
    let counter = Counter()
    let queue = house.journal.connection.queue
    queue.unsafeRead { db in
      sqlite3_progress_handler(
        db.sqliteConnection, 1,
        { counter in
          Unmanaged<Counter>.fromOpaque(counter!).takeUnretainedValue().steps += 1
          return 0
        }, Unmanaged.passUnretained(counter).toOpaque())
    }
    _ = try same(house, report, before: before)
    queue.unsafeRead { sqlite3_progress_handler($0.sqliteConnection, 0, nil, nil) }
    return counter.steps
  }
}
