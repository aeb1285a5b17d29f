import Digests
import GRDB

/// All rows that hang on an arrival, and what its entries say of them. `number` 0: of no arrival.
struct ArrivalRows {
  struct Pinned {
    let id: Int
    let entry: Int
    let digest: Digest
  }

  struct Standing {
    let claim: Digest
    let judgement: Digest
    let state: String
    let sha256: Digest?
    let outcome: String?
    let supersededBy: Int?
  }

  let number: Int
  var entries: [(seq: Int, kind: Entry.Kind?, payload: String)] = []
  var standing: Standing?
  var member: Digest?
  /// `current` as it stands there: 0 or 1, if nobody has meddled.
  var report: (digest: Digest?, isVersion: Bool, year: Int?, current: Int?)?
  var figures: (digest: Digest?, likeness: Int)?
  var likeness: Likeness?
  var findings: Digest?
  var failed: [FailedRule] = []
  /// What the findings give for it.
  var expectedFailed: [FailedRule] = []
  var notifications: [(row: Pinned, state: String, toUnit: Bool, delivered: Int?)] = []
  var receipts: [(row: Pinned, html: Digest?, text: Digest?, replacedBy: Int?)] = []
  /// What it was judged to be before, by the entry that pins it.
  var past: [Int: Past] = [:]
  /// Why packed rows have no digest.
  var unreadable: [PackedKind: PackingError] = [:]

  struct Past {
    var judgement: Digest?
    var report: Digest?
    var figures: Digest?
    var findings: Digest?
    var unreadable: [PackedKind: PackingError] = [:]
  }

  init(number: Int) { self.number = number }
}

/// Reads all tables side by side in the order of the arrivals, each once.
struct RowVerification {
  let lastClaimed: Int
  private var scratch = CanonicalBytes()
  private let unpacker = Unpacker()
  private var unpacked: [UInt8] = []
  private var seen = 0

  init(lastClaimed: Int) { self.lastClaimed = lastClaimed }

  mutating func run(
    _ db: Database, _ report: inout VerifyReport, _ progress: (VerifyProgress) -> Void
  ) throws {
    let entries = try RowStream(
      db, "SELECT arrival, seq, kind, payload FROM entries ORDER BY arrival, seq")
    let arrivals = try RowStream(
      db,
      """
      SELECT \(Schema.Pinned.claim), \(Schema.Pinned.judgement), state, superseded_by \
      FROM arrivals ORDER BY number
      """)
    let members = try RowStream(
      db, "SELECT \(Schema.Pinned.member) FROM members ORDER BY arrival")
    let reports = try RowStream(
      db, "SELECT \(Schema.Pinned.report), current FROM reports ORDER BY arrival")
    let figures = try RowStream(
      db, "SELECT arrival, packed FROM figures ORDER BY arrival")
    let alike = try RowStream(
      db, "SELECT arrival, year, figures, current FROM alike ORDER BY arrival")
    let findings = try RowStream(
      db, "SELECT arrival, packed FROM findings ORDER BY arrival")
    let failed = try RowStream(
      db, "SELECT arrival, rule, severity FROM failed ORDER BY arrival, rule, severity")
    let notifications = try RowStream(
      db,
      """
      SELECT \(Schema.Pinned.notification), state, delivered FROM notifications ORDER BY arrival, id
      """)
    let receipts = try RowStream(
      db, "SELECT \(Schema.Pinned.receipt), replaced_by FROM receipts ORDER BY arrival, id")
    let past = try RowStream(
      db,
      """
      SELECT arrival, entry, judgement, report, figures, findings FROM past ORDER BY arrival, entry
      """)

    var expected = 1
    while true {
      let next = [
        key(entries, 0), key(arrivals, 0), key(members, 0), key(reports, 0), key(figures, 0),
        key(alike, 0), key(findings, 0), key(failed, 0), key(notifications, 1), key(receipts, 1),
        key(past, 0),
      ].min()
      guard let number = next, number < .max else { break }
      var rows = ArrivalRows(number: number)
      while key(entries, 0) == number {
        rows.entries.append(
          (
            entries.integer(1) ?? 0, Entry.Kind(rawValue: entries.text(2) ?? ""),
            entries.text(3) ?? ""
          ))
        try entries.advance()
      }
      if key(arrivals, 0) == number {
        rows.standing = ArrivalRows.Standing(
          claim: arrivals.digest(over: 0..<6, &scratch),
          judgement: arrivals.digest(over: 6..<21, &scratch),
          state: arrivals.text(21) ?? "", sha256: arrivals.digest(8),
          outcome: arrivals.text(12), supersededBy: arrivals.integer(22))
        report.arrivals += 1
        try arrivals.advance()
      }
      if key(members, 0) == number {
        rows.member = members.digest(over: 0..<6, &scratch)
        try members.advance()
      }
      if key(reports, 0) == number {
        rows.report = (
          digest(ofReport: reports, &rows.unreadable), reports.integer(10) != nil,
          reports.integer(4), reports.integer(12)
        )
        try reports.advance()
      }
      if key(figures, 0) == number {
        rows.figures = (
          digest(figures, 1, .figures, &rows.unreadable), Likeness.figures(canonical: unpacked)
        )
        try figures.advance()
      }
      if key(alike, 0) == number {
        rows.likeness = Likeness(
          year: alike.integer(1), figures: alike.integer(2), current: alike.integer(3))
        try alike.advance()
      }
      if key(findings, 0) == number {
        rows.findings = digest(findings, 1, .findings, &rows.unreadable)
        rows.expectedFailed = FailedRule.all(unpacked)
        try findings.advance()
      }
      while key(failed, 0) == number {
        rows.failed.append(
          FailedRule(rule: failed.text(1) ?? "", severity: failed.text(2) ?? ""))
        try failed.advance()
      }
      while key(notifications, 1) == number {
        let pinned = ArrivalRows.Pinned(
          id: notifications.integer(0) ?? 0, entry: notifications.integer(2) ?? 0,
          digest: notifications.digest(over: 0..<8, &scratch))
        rows.notifications.append(
          (
            pinned, notifications.text(8) ?? "", notifications.text(3) != nil,
            notifications.integer(9)
          ))
        try notifications.advance()
      }
      while key(receipts, 1) == number {
        let pinned = ArrivalRows.Pinned(
          id: receipts.integer(0) ?? 0, entry: receipts.integer(2) ?? 0,
          digest: receipts.digest(over: 0..<7, &scratch))
        rows.receipts.append(
          (pinned, receipts.digest(4), receipts.digest(5), receipts.integer(7)))
        try receipts.advance()
      }
      while key(past, 0) == number {
        var before = ArrivalRows.Past()
        before.judgement = digest(past, 2, .judgement, &before.unreadable)
        before.report = digest(past, 3, .report, &before.unreadable)
        before.figures = digest(past, 4, .figures, &before.unreadable)
        before.findings = digest(past, 5, .findings, &before.unreadable)
        rows.past[past.integer(1) ?? 0] = before
        try past.advance()
      }
      if number > 0 {
        if number > expected {
          report.add(
            Damage(
              .arrival, expected, expected: "arrivals \(expected) to \(number - 1)", found: ""))
        }
        expected = number + 1
      }
      var replay = Replay(rows)
      replay.run { report.add($0) }
      seen += 1
      if seen % 1000 == 0 { progress(VerifyProgress(stage: .arrivals, done: seen)) }
    }
    try verifyCounter(db, &report)
  }

  /// The digest over what a column has packed, which then stands in `unpacked`.
  /// - Returns: `nil` for NULL, and for what cannot be unpacked: then it is said why.
  private mutating func digest(
    _ rows: RowStream, _ column: Int32, _ kind: PackedKind,
    _ unreadable: inout [PackedKind: PackingError]
  ) -> Digest? {
    guard unpack(rows, column, kind, &unreadable) else { return nil }
    return SHA256.digest(of: unpacked)
  }

  /// The digest over a row of `reports`, of which the detail is packed.
  private mutating func digest(
    ofReport rows: RowStream, _ unreadable: inout [PackedKind: PackingError]
  ) -> Digest? {
    let detail = Int32(Schema.Pinned.reportCount - 1)
    guard unpack(rows, detail, .report, &unreadable) else { return nil }
    scratch.removeAll()
    rows.append(0..<detail, to: &scratch)
    scratch.append(utf8: unpacked)
    return scratch.digest
  }

  private mutating func unpack(
    _ rows: RowStream, _ column: Int32, _ kind: PackedKind,
    _ unreadable: inout [PackedKind: PackingError]
  ) -> Bool {
    unpacked.removeAll(keepingCapacity: true)
    let failure: PackingError?? = rows.withBlob(column) { packed in
      do throws(PackingError) {
        try unpacker.unpack(packed, kind, into: &unpacked)
        return nil
      } catch {
        return error
      }
    }
    unreadable[kind] = failure ?? nil
    return failure == .some(nil)
  }

  /// Rows without an arrival come first, as 0; a stream at its end comes last.
  private func key(_ stream: RowStream, _ column: Int32) -> Int {
    stream.hasRow ? stream.integer(column) ?? 0 : .max
  }

  /// Were the counter too low, a number would be given out twice.
  private func verifyCounter(_ db: Database, _ report: inout VerifyReport) throws {
    let rows = try Row.fetchAll(db, sql: "SELECT name, seq FROM sqlite_sequence")
    let found = rows.map { "\($0[0] as String? ?? "") \($0[1] as Int? ?? 0)" }
      .joined(separator: ", ")
    let expected = lastClaimed == 0 && rows.isEmpty ? "" : "arrivals \(lastClaimed)"
    if found != expected {
      report.add(
        Damage(.catalogue, nil, detail: "sqlite_sequence", expected: expected, found: found))
    }
  }
}
