import GRDB
import Reports
import Testing

@testable import Journal

/// Files that came in an archive or a mail.
struct MemberTests {
  private func judge(
    _ house: House, _ claim: Claim, _ outcome: Outcome = .accepted, _ reason: Refusal? = nil
  ) throws {
    _ = try house.journal.commit([
      Judgement(
        number: claim.number, digest: claim.member?.digest, size: claim.member?.size ?? 0,
        outcome: outcome, reason: reason)
    ])
  }

  @Test func `A container and the claims of its members are one transaction`() throws {
    let house = try House()
    let (one, two) = (try house.keep("1"), try house.keep("2"))
    let parent = try house.unpack(
      "a.zip", [("1", one, nil), ("2", two, Refusal(.truncated)), ("3", nil, Refusal(.encrypted))])
    #expect(parent.number == 1 && parent.members == [2, 3, 4])
    let claims = try house.journal.reader.unfinished()
    #expect(claims.map(\.number) == [2, 3, 4])
    #expect(
      claims.map(\.member) == [
        MemberClaim(parent: 1, digest: one.digest, size: 1, refusal: nil),
        MemberClaim(parent: 1, digest: two.digest, size: 1, refusal: Refusal(.truncated)),
        MemberClaim(parent: 1, digest: nil, size: 0, refusal: Refusal(.encrypted)),
      ])
    #expect(claims[0].path == Array("a.zip/1".utf8))
    var counts = try house.journal.reader.counts()
    #expect(counts.isConserved && counts.seen == 4 && counts.waiting == 3 && counts.received == 3)
    // The container has no answer before the last of its members.
    for claim in claims {
      #expect(try house.journal.reader.untold().contains(1) == false)
      #expect(try house.verify().isSound)
      try judge(house, claim)
    }
    #expect(try house.journal.reader.untold() == [1, 2, 3, 4])
    counts = try house.journal.reader.counts()
    #expect(counts.isConserved && counts.received == 3 && counts[.unpacked] == 1)
    #expect(try house.journal.reader.members(of: 1).map(\.number) == [2, 3, 4])
    #expect(try house.journal.reader.arrival(3)?.arrival.parent == 1)
    #expect(try house.journal.reader.arrival(1)?.arrival.parent == nil)
    #expect(try house.verify().isSound)
  }

  @Test func `The same container again adds no members`() throws {
    let house = try House()
    let one = try house.keep("1")
    _ = try house.unpack("a.zip", [("1", one, nil)])
    let stored = try house.keep("a.zip")
    var again = Judgement(
      number: try house.claim("b.zip"), digest: stored.digest, size: stored.size, format: .zip,
      outcome: .unpacked)
    again.members = [
      MemberRequest(path: [1], folder: "", digest: one.digest, size: one.size, refusal: nil)
    ]
    let committed = try house.journal.commit([again])[0]
    #expect(committed.outcome == .duplicate && committed.duplicateOf == 1)
    #expect(committed.members == [])
    #expect(try house.journal.reader.counts().isConserved)
    #expect(try house.verify().isSound)
  }

  @Test func `A container with a member that died is handled again`() throws {
    let house = try House()
    let stored = try house.keep("a.zip")
    let parent = try house.unpack("a.zip", [("1", try house.keep("1"), nil)])
    #expect(try house.journal.reader.find(stored.digest)?.number == parent.number)
    let claim = try #require(try house.journal.reader.unfinished().first)
    try judge(house, claim, .unreadable, Refusal(.workerDied))
    #expect(try house.journal.reader.find(stored.digest) == nil)
  }

  @Test func `A member is not withdrawn: it has no inbox to lie in`() throws {
    let house = try House()
    _ = try house.unpack("a.zip", [("1", try house.keep("1"), nil)])
    #expect(throws: JournalError.self) { try house.journal.withdraw([2]) }
    #expect(try house.journal.reader.unfinished().count == 1)
  }

  @Test func `A journal of the first version is brought up to date and goes on`() throws {
    let house = try House()
    try house.file("a", "1")
    _ = try house.claim("b")
    house.journal = nil
    let queue = try DatabaseQueue(path: house.path)
    try queue.writeWithoutTransaction { db in
      try db.execute(
        sql: """
          DROP INDEX notifications_undelivered;
          ALTER TABLE notifications DROP COLUMN delivered;
          DROP TABLE members; DROP TABLE past; DROP INDEX arrivals_overtaken;
          DROP TRIGGER reports_current; DROP TABLE alike; DROP TABLE failed;
          DROP TABLE figures; DROP TABLE reports; DROP TABLE findings;
          CREATE TABLE reports (
            arrival INTEGER PRIMARY KEY REFERENCES arrivals, unit TEXT, region TEXT, kind TEXT,
            year INTEGER, title TEXT, published TEXT, t2 TEXT, t3 TEXT, t4 TEXT, version INTEGER,
            detail TEXT NOT NULL, current INTEGER NOT NULL) STRICT;
          CREATE INDEX reports_by_unit ON reports (year, unit);
          CREATE TABLE figures (
            arrival INTEGER PRIMARY KEY REFERENCES reports, cells TEXT NOT NULL,
            content TEXT NOT NULL, uncertain TEXT NOT NULL, places TEXT NOT NULL) STRICT;
          CREATE TABLE findings (
            arrival INTEGER NOT NULL REFERENCES arrivals, position INTEGER NOT NULL,
            rule TEXT NOT NULL, status TEXT NOT NULL, severity TEXT NOT NULL, cells TEXT NOT NULL,
            expected TEXT, found TEXT, message TEXT NOT NULL, quote TEXT, suspect TEXT,
            balances_at TEXT, PRIMARY KEY (arrival, position)) STRICT, WITHOUT ROWID;
          DROP TABLE tallies; DROP TRIGGER arrivals_insert; DROP TRIGGER arrivals_delete;
          DROP TRIGGER arrivals_outcome_from; DROP TRIGGER arrivals_outcome_to;
          DELETE FROM grdb_migrations WHERE identifier NOT LIKE '1 %';
          PRAGMA user_version = 1
          """)
    }
    try queue.close()
    #expect(throws: JournalError.olderSchema(found: 1, known: Schema.version)) {
      try JournalReader(path: house.path)
    }
    try house.reopen()
    #expect(try house.verify().isSound)
    #expect(try house.journal.reader.unfinished().map(\.member) == [nil])
    _ = try house.unpack("c.zip", [("1", try house.keep("2"), nil)])
    #expect(try house.verify().isSound)
  }
}
