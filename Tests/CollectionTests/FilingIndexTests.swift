import Glibc
import Journal
import Reports
import Roster
import Testing

@testable import Collection

/// What is kept up entry by entry must say what a whole look at the journal says.
struct FilingIndexTests {
  private final class Book {
    let folder: String
    let journal: Journal
    private var count = 0

    init() throws {
      var template = Array("/tmp/shoubao-filings-XXXXXX".utf8CString)
      folder = String(cString: try #require(mkdtemp(&template)))
      journal = try Journal(path: folder + "/journal.sqlite")
    }

    deinit {
      try? journal.close()
      for ending in ["", "-wal", "-shm", ".lock"] { unlink("\(folder)/journal.sqlite\(ending)") }
      rmdir(folder)
    }

    func report(_ unit: String?, _ region: String? = "霁原县", year: Int = 2023) -> Report {
      var report = Report()
      (report.unit, report.region, report.kind, report.year) = (unit, region, .own, year)
      return report
    }

    @discardableResult
    func file(_ report: Report, outcome: Outcome = .accepted) throws -> Int {
      count += 1
      let number = try journal.claim([
        ClaimRequest(path: Array("\(count)".utf8), folder: "", received: noon("2024-01-20"))
      ])[0]
      _ = try journal.commit([judgement(number, report, outcome)])
      return number
    }

    func rejudge(_ number: Int, _ report: Report) throws {
      _ = try journal.rejudge([judgement(number, report, .accepted)])
    }

    private func judgement(_ number: Int, _ report: Report, _ outcome: Outcome) -> Judgement {
      Judgement(number: number, digest: nil, size: 1, outcome: outcome, report: report)
    }
  }

  @Test func `It follows filings, corrections and judgements that name another unit`() throws {
    let book = try Book()
    let roster = try #require(
      try roster([
        "甲镇人民政府,霁原县,town", "乙镇人民政府,霁原县,town,乙镇", "丙局,霁原县,department,,01-15",
        "丁局,霁原县,department,,03-01",
      ]))
    let finder = UnitFinder(roster)
    var index = FilingIndex(finder)
    let today = try #require(CalendarDate("2024-02-10"))
    func expectSame(_ step: String) throws {
      let reader = book.journal.reader
      for year in [2022, 2023] {
        let standing = try RosterStanding(reader, year: year, today: today, roster: roster)
        let filed = try index.year(year, reader)
        #expect(filed.missing == standing.missing.count, "\(step) \(year)")
        #expect(filed.late(on: today) == standing.late.count, "\(step) \(year)")
        for unit in standing.units {
          #expect(filed.isMissing(unit.entry) == (unit.state == .missing), "\(step) \(year)")
          // As a whole look finds it: of the reports that nothing has overtaken, the newest.
          let newest = try reader.filed(year: year).filter {
            finder.entry(of: $0)?.line == unit.entry.line
          }.map(\.arrival).max()
          #expect(
            try index.newest(of: unit.entry, year: year, reader)?.arrival == newest,
            "\(step) \(year)")
        }
      }
    }
    try expectSame("nothing")
    try book.file(book.report("甲镇人民政府"))
    try expectSame("the first")
    try book.file(book.report("甲镇人民政府"), outcome: .returned)
    try book.file(book.report("乙镇", nil))
    try expectSame("another version, and a unit by its alias")
    try book.file(book.report(nil))
    try book.file(book.report("戊局"))
    try book.file(book.report("丁局", year: 2022))
    try expectSame("no unit, nobody on the roster, another year")
    let wrong = try book.file(book.report("丙局"))
    try expectSame("in time")
    try book.rejudge(wrong, book.report("丁局"))
    try expectSame("it was of another unit")
    try book.rejudge(wrong, book.report(nil))
    try expectSame("it is of nobody")
    try book.rejudge(wrong, book.report("丙局", year: 2022))
    try expectSame("it is of another year")
    // One that came later and is known from the start.
    var late = FilingIndex(finder)
    #expect(
      try late.year(2023, book.journal.reader).missing
        == index.year(2023, book.journal.reader).missing)
  }

  @Test func `A region stands by itself as it does in the whole year`() throws {
    let book = try Book()
    let roster = try #require(
      try roster([
        "霁原县人民政府,霁原县,level", "甲镇人民政府,霁原县,town", "乙镇人民政府,霁原县,town,乙镇",
        "丙局,临江市霁原县,department", "临江市人民政府,临江市,level", "甲镇人民政府,云门县,town", "丁局,云门县,department",
      ]))
    var index = FilingIndex(UnitFinder(roster))
    let today = try #require(CalendarDate("2024-02-10"))
    func level(_ unit: String) -> Report {
      var report = book.report(unit, nil)
      report.kind = .level
      return report
    }
    func expectSame(_ step: String) throws {
      let reader = book.journal.reader
      let whole = try RosterStanding(reader, year: 2023, today: today, roster: roster)
      for region in ["霁原县", "临江市", "云门县", "无人县"] {
        var expected = Membership(whole, region: region, hasRoster: true)
        let found = Membership(
          try index.standing(in: region, year: 2023, today: today, reader), region: region,
          hasRoster: true)
        expected.unexpected = []
        #expect(found == expected, "\(step), \(region)")
      }
    }
    try expectSame("nothing")
    try book.file(book.report("甲镇人民政府"))
    try book.file(book.report("甲镇人民政府", "云门县"), outcome: .returned)
    try book.file(book.report("丙局", "霁原县"))
    try book.file(book.report("丙局", "霁原县"), outcome: .returned)
    try expectSame("versions")
    try book.file(book.report("乙镇", nil))
    try book.file(book.report("乙镇人民政府"))
    try book.file(book.report("丁局", "浙江省"))
    try book.file(book.report("戊局"))
    try expectSame("several for one unit, a province, nobody on the roster")
    try book.file(level("霁原县人民政府"))
    try book.file(level("临江市人民政府"))
    try expectSame("levels")
  }
}
