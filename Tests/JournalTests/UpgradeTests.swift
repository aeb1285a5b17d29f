import Glibc
import Reports
import Testing

@testable import Journal

/// Journals as the program of their time left them, one for each schema that was ever in use, made by `shoubao serve` from
/// eight files: two reports, one of them twice, an archive of two, a text that is no report, an empty file, a link.
struct UpgradeTests {
  static let folder =
    #filePath.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/Data/"

  private func unpack(_ schema: Int, to house: House) throws {
    let file = UpgradeTests.folder + "schema-\(schema).sqlite.gz"
    // Missing? Run the daemon over such files with the last program of that schema, and gzip -9n its journal.sqlite.
    try #require(system("gzip -dc '\(file)' > '\(house.path)'") == 0)
  }

  /// The first schema never left this repository with a program; MemberTests makes one by hand.
  static let schemas = 2..<Schema.version

  @Test(arguments: schemas)
  func `An older journal is brought up to date, is sound and goes on`(schema: Int) throws {
    let house = try House(open: false)
    try unpack(schema, to: house)
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
}
