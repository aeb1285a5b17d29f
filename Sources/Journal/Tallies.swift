import GRDB
import Reports

// How many arrivals there are of each outcome, without counting them: table `tallies` is kept by triggers.

enum Tallies {
  /// The year in which an arrival came, in China.
  static func came(_ row: String) -> String {
    "CAST(strftime('%Y', \(row).received / 1000000 + 28800, 'unixepoch') AS INTEGER)"
  }

  /// What the table has to say.
  static let recount = """
    SELECT year, \(came("arrivals")), outcome, count(*) FROM arrivals WHERE outcome IS NOT NULL \
    GROUP BY 1, 2, 3
    """

  /// Compares the table with the arrivals.
  static func verify(_ db: Database, _ report: inout VerifyReport) throws {
    func lines(_ query: String) throws -> Set<String> {
      Set(
        try Row.fetchAll(db, sql: query).map {
          $0.databaseValues.map(\.description).joined(separator: " ")
        })
    }
    let kept = try lines("SELECT year, came, outcome, arrivals FROM tallies")
    let counted = try lines(recount)
    guard kept != counted else { return }
    func text(_ lines: Set<String>) -> String { lines.sorted().joined(separator: ", ") }
    report.add(
      Damage(
        .catalogue, nil, detail: "tallies", expected: text(counted.subtracting(kept)),
        found: text(kept.subtracting(counted))))
  }
}

extension JournalReader {
  /// How many arrivals there are of each outcome. The conservation law is about these.
  public func counts() throws(JournalError) -> Counts { try counts("1") }

  /// The same for one collection: reports of the year, and whatever came in the calendar year after it (in China),
  /// when that collection is held. What waits always counts.
  public func counts(collection year: Int) throws(JournalError) -> Counts {
    try counts("year = \(year) OR came = \(year + 1)")
  }

  private func counts(_ selection: String) throws(JournalError) -> Counts {
    try connection.read { db in
      var counts = Counts()
      let rows = try Row.fetchCursor(
        db, sql: "SELECT outcome, sum(arrivals) FROM tallies WHERE \(selection) GROUP BY outcome")
      while let row = try rows.next() { counts.outcomes[try row.coded(0)] = row[1] }
      // Both conditions: by the second SQLite knows that the index on open arrivals has them all.
      counts.waiting =
        try Int.fetchOne(
          db, sql: "SELECT count(*) FROM arrivals WHERE state = 'claimed' AND state <> 'told'") ?? 0
      // The numbers given out, told by the counter and the entries, not by the rows that are counted above.
      let given =
        try Int.fetchOne(db, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'arrivals'") ?? 0
      let withdrawn =
        try Int.fetchOne(db, sql: "SELECT count(*) FROM entries WHERE kind = 'withdrawn'") ?? 0
      counts.seen = given - withdrawn
      return counts
    }
  }
}
