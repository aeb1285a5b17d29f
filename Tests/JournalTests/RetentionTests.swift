import Digests
import Glibc
import Reports
import Testing

@testable import Journal

/// Originals may go when their time is over; the chain says so, and nothing else goes.
struct RetentionTests {
  static let end = Timestamp(microseconds: .max)

  private func exists(_ digest: Digest, _ house: House) -> Bool {
    access(house.root + "/archive/" + Archive.path(digest), F_OK) == 0
  }

  @Test func `An original that was dropped by its age is no damage, one that was removed is`()
    throws
  {
    let house = try House()
    let old = try house.file("old", "1", report: Sample.report(), findings: Sample.findings)
    let time = try #require(try house.journal.reader.arrival(old.number)?.arrival.result?.judged)
    let new = try house.file("new", "2")
    #expect(try house.journal.reader.expirable(before: time, limit: 10) == [])
    let after = Timestamp(microseconds: time.microseconds + 1)
    let expired = try house.journal.reader.expirable(before: after, limit: 10)
    #expect(expired.map(\.arrivals) == [[old.number]])

    try house.journal.expire(expired)
    #expect(try house.archive.remove(expired[0].digest))
    #expect(try !house.archive.remove(expired[0].digest))
    #expect(try house.verify().damages == [])
    #expect(try house.journal.reader.expired(old.number) != nil)
    #expect(try house.journal.reader.expired(new.number) == nil)
    #expect(try house.journal.reader.expirable(before: after, limit: 10) == [])
    // Figures and findings are there as before.
    #expect(try house.journal.reader.report(old.number)?.cells.count == 200)

    let other = try #require(try house.journal.reader.arrival(new.number)?.arrival.result?.sha256)
    _ = try house.archive.remove(other)
    #expect(try house.verify().damages.map(\.subject) == [.original])
  }

  @Test func `What somebody sent again lately is kept, and what waits is`() throws {
    let house = try House()
    let first = try house.file("a", "same")
    let time = try #require(try house.journal.reader.arrival(first.number)?.arrival.result?.judged)
    let again = try house.file("b", "same")
    #expect(again.outcome == .duplicate)
    _ = try house.judge("untold", "3")
    let between = Timestamp(microseconds: time.microseconds + 1)
    #expect(try house.journal.reader.expirable(before: between, limit: 10) == [])
    let all = try house.journal.reader.expirable(before: RetentionTests.end, limit: 10)
    #expect(all.map(\.arrivals) == [[first.number, again.number]])
  }

  @Test func `A kill between the entry and the removal leaves a file that the next life finds`()
    throws
  {
    let house = try House()
    try house.file("a", "1")
    let expired = try house.journal.reader.expirable(before: RetentionTests.end, limit: 10)
    try house.journal.expire(expired)
    try house.reopen()
    #expect(exists(expired[0].digest, house))
    #expect(try house.verify().damages == [])
    #expect(try house.journal.reader.allExpired() == [expired[0].digest])
  }

  @Test func `An entry that speaks of another original is found`() throws {
    let house = try House()
    try house.file("a", "1")
    try house.journal.expire([
      ExpiredOriginal(digest: SHA256.digest(of: Array("other".utf8)), arrivals: [1])
    ])
    #expect(try house.verify().damages.map(\.subject) == [.arrival])
  }

  @Test func `A backup has no originals that were dropped`() throws {
    let house = try House()
    try house.file("a", "1")
    let expired = try house.journal.reader.expirable(before: RetentionTests.end, limit: 10)
    try house.journal.expire(expired)
    _ = try house.archive.remove(expired[0].digest)
    try house.file("b", "2")
    let report = try JournalReader(path: house.path).backup(
      to: house.root + "/b.tar", archive: house.archive, held: nil, program: "test",
      time: BackupTests.time)
    #expect(report.originals == 1 && report.damaged == [])
  }
}
