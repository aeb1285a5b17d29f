import GRDB
import Glibc
import Reports
import Testing

@testable import Journal

/// Journals as the program of their time left them, one for each schema that was ever in use, made by `shoubao serve` from
/// eight files: two reports, one of them twice, an archive of two, a text that is no report, an empty file, a link.
struct UpgradeTests {
  static let folder =
    #filePath.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/Data/"

  private func unpack(_ name: String, to house: House) throws {
    let file = UpgradeTests.folder + name + ".sqlite.gz"
    // Missing? Run the daemon over such files with the last program of that schema, and gzip -9n its journal.sqlite.
    try #require(system("gzip -dc '\(file)' > '\(house.path)'") == 0)
  }

  /// The first schema never left this repository with a program; MemberTests makes one by hand.
  static let schemas = 2..<Schema.version

  @Test(arguments: schemas)
  func `An older journal is brought up to date, is sound and goes on`(schema: Int) throws {
    let house = try House(open: false)
    try unpack("schema-\(schema)", to: house)
    #expect(throws: JournalError.olderSchema(found: schema, known: Schema.version)) {
      try JournalReader(path: house.path)
    }
    try house.reopen()
    let before = try house.journal.reader.head()
    #expect(before.entries == 28)
    let report = try house.journal.reader.verify(archive: nil, outbox: nil, heads: [before])
    #expect(report.damages == [] && report.arrivals == 9)
    let counts = try house.journal.reader.counts()
    #expect(counts.isConserved && counts.waiting == 0)
    #expect(counts[.accepted] == 3 && counts[.duplicate] == 2 && counts[.unpacked] == 1)
    let number = try #require(try house.journal.reader.arrivals().first { $0.identity != nil })
      .number
    #expect(try house.journal.reader.report(number)?.cells.count == 200)

    try house.file("新.txt", "later", report: Sample.report())
    let after = try house.journal.reader.verify(archive: nil, outbox: nil, heads: [before])
    #expect(after.damages == [] && after.arrivals == 10)
  }

  /// Reports of two units and several years, some with faults, four judged again when the report of the year before came.
  @Test func `Judgements that were replaced and checks that failed come along`() throws {
    let house = try House(open: false)
    try unpack("judged-again-7", to: house)
    let before = try contents(house)
    try house.reopen()
    let reader = house.journal.reader
    let head = try reader.head()
    #expect(head.entries == 39)
    let report = try reader.verify(archive: nil, outbox: nil, heads: [head])
    #expect(report.damages == [] && report.arrivals == 8)
    for number in 1...8 {
      let arrival = try #require(try reader.arrival(number))
      #expect(arrival.report != nil)
      #expect(arrival.findings.map(\.message) == before.messages[number] ?? [])
      #expect(arrival.past.map(\.entry) == before.past[number] ?? [])
    }
    let failed = try (2019...2025).flatMap { year in
      try reader.failedChecks(year: year) { $0 }.checks.map { "\(year) \($0.check) \($0.reports)" }
    }
    #expect(failed.sorted() == before.failed)
    // Nothing is left of the tables as they were.
    let names = try house.journal.connection.queue.read { db in
      try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE name LIKE 'packed%'")
    }
    #expect(names == [])
  }

  /// What the plain rows of schema 7 say.
  private func contents(
    _ house: House
  ) throws -> (messages: [Int: [String]], past: [Int: [Int]], failed: [String]) {
    let queue = try DatabaseQueue(path: house.path)
    defer { try? queue.close() }
    return try queue.read { db in
      var messages: [Int: [String]] = [:]
      for row in try Row.fetchAll(
        db, sql: "SELECT arrival, message FROM findings ORDER BY arrival, position")
      {
        messages[row[0], default: []].append(row[1])
      }
      var past: [Int: [Int]] = [:]
      for row in try Row.fetchAll(db, sql: "SELECT arrival, entry FROM past ORDER BY entry") {
        past[row[0], default: []].append(row[1])
      }
      let failed = try String.fetchAll(
        db,
        sql: """
          SELECT year || ' ' || rule || ' ' || count(DISTINCT arrival) \
          FROM findings JOIN reports USING (arrival) \
          WHERE status = 'fail' AND severity <> 'info' GROUP BY year, rule
          """)
      return (messages, past, failed.sorted())
    }
  }
}
