import Digests
import FoundationEssentials
import GRDB
import Reports

extension Journal {
  /// Writes what arrivals that have been judged before are judged to be now. What was said before is kept, and can be shown
  /// and verified as long as the journal is. One transaction for all.
  ///
  /// A judgement that says the same as the one that stands is passed over. One by which the report is that of another unit or
  /// year leaves the versions that it was among, and joins others.
  /// - Returns: only those that were written: they have to be told again.
  /// - Throws: ``JournalError/conflict(_:)`` for an arrival that is not judged, is a duplicate, or was unpacked.
  public func rejudge(_ judgements: [Judgement]) throws(JournalError) -> [Committed] {
    guard !judgements.isEmpty else { return [] }
    let time = clock()
    let encoded = Result { try EncodedJudgement.all(judgements, catalogue) }
    return try connection.write { db in
      var chain = try Chain(db, time: time)
      let packer = Packer()
      return try zip(judgements, encoded.get()).compactMap { judgement, encoded in
        try Rejudging(
          JudgementWriting(judgement, encoded, db: db, time: time), packer: packer
        ).run(&chain)
      }
    }
  }
}

/// A judgement that takes the place of an earlier one.
private struct Rejudging {
  private let writing: JudgementWriting
  private let judgement: Judgement
  private let db: Database
  private let number: DatabaseValue
  private let packer: Packer

  init(_ writing: JudgementWriting, packer: Packer) {
    self.writing = writing
    self.packer = packer
    judgement = writing.judgement
    db = writing.db
    number = writing.number
  }

  /// Columns of `arrivals` in the order of `Schema.Pinned.judgement`.
  private enum Column {
    static let time = 1
    static let outcome = 6
    static let supersedes = 10
    static let year = 11
    static let duration = 12
  }

  func run(_ chain: inout Chain) throws -> Committed? {
    guard
      let row = try Row.fetchOne(
        db,
        sql: """
          SELECT \(Schema.Pinned.judgement), state, folder, received, superseded_by FROM arrivals \
          WHERE number = ?
          """, arguments: [number]),
      row["state"] as String? != Arrival.State.claimed.rawValue
    else { throw JournalError.conflict("arrival \(judgement.number) has no judgement") }
    let count = Schema.Pinned.judgementCount
    let old = Array(row.databaseValues.prefix(count))
    let outcome: Outcome = try row.coded(Column.outcome)
    guard outcome != .duplicate, outcome != .unpacked else {
      throw JournalError.conflict("arrival \(judgement.number) is judged by other arrivals")
    }
    let folder: String = row[count + 1]
    let received = Timestamp(microseconds: row[count + 2])
    let oldReport = try report()
    let oldFigures = try packed("figures", .figures)
    let oldFindings = try packed("findings", .findings)

    let filer = judgement.report.flatMap { Filer($0, folder: folder) }
    let isSame = filer == oldReport.flatMap { Rejudging.filer($0, folder) }
    let version: Int? = isSame ? oldReport.flatMap { Int.fromDatabaseValue($0[10]) } : nil
    var new = columns(
      year: judgement.report?.year ?? judgement.collection ?? received.date.year - 1,
      supersedes: old[Column.supersedes])

    let encoded = writing.encoded
    if isSame,
      new.enumerated().allSatisfy({ place, value in
        place == Column.time || place == Column.duration || value == old[place]
      }),
      judgement.report.map({
        $0.pinned(number, version: version, detail: encoded.report?.detail ?? "")
      }) == oldReport,
      encoded.report?.figures.bytes == oldFigures?.canonical,
      encoded.findings.bytes == oldFindings?.canonical ?? []
    {
      return nil
    }

    try keep(old, oldReport, figures: oldFigures?.packed, findings: oldFindings?.packed)
    // Resolved by this entry, before its own are written.
    try db.run("UPDATE notifications SET state = 'resolved' WHERE arrival = ?", [number])
    try db.run("DELETE FROM findings WHERE arrival = ?", [number])
    try db.run("DELETE FROM figures WHERE arrival = ?", [number])
    let supersededBy: Int? = row["superseded_by"]
    var place: VersionPlace?
    if isSame {
      place = version.map {
        VersionPlace(
          version: $0, supersedes: Int.fromDatabaseValue(old[Column.supersedes]),
          supersededBy: supersededBy)
      }
    } else {
      try leave(supersededBy, &chain)
    }
    try db.run("DELETE FROM reports WHERE arrival = ?", [number])
    if !isSame {
      place = try judgement.report.flatMap {
        try VersionPlace($0, folder: folder, arrival: judgement.number, db: db)
      }
      new[Column.supersedes] = (place?.supersedes).map(Int64.init).databaseValue
    }
    try db.run(
      """
      UPDATE arrivals SET judged = ?, sha256 = ?, size = ?, format = ?, encoding = ?, outcome = ?, \
      reason = ?, detail = ?, duplicate_of = ?, supersedes = ?, year = ?, duration = ?, errors = ?, \
      warnings = ?, state = 'judged', superseded_by = ? WHERE number = ?
      """,
      Array(new.dropFirst()) + [(place?.supersededBy).map(Int64.init).databaseValue, number])

    var payload = Payload()
    payload.add("original", judgement.digest)
    payload.add("outcome", text: judgement.outcome.rawValue)
    payload.add("judgement", CanonicalBytes.digest(new))
    if let report = judgement.report, let encoded = encoded.report {
      // Among its versions nothing changes places.
      let standing = isSame ? nil : place?.supersedes
      try writing.write(
        report, encoded,
        place.map {
          VersionPlace(
            version: $0.version, supersedes: standing, supersededBy: $0.supersededBy)
        }, &payload)
    }
    payload.add("findings", try writing.writeFindings())
    payload.add(
      "notifications",
      rows: try db.insert(
        judgement.notifications, arrival: judgement.number, entry: chain.next, time: writing.time))
    let entry = try chain.append(.rejudged, arrival: judgement.number, payload)
    if !isSame {
      if let overtaken = place?.supersedes {
        try writing.supersede(overtaken, by: judgement.number, &chain)
      }
      if let newer = place?.supersededBy {
        try writing.supersede(judgement.number, by: newer, &chain)
      }
    }
    return Committed(
      number: judgement.number, outcome: judgement.outcome, duplicateOf: nil,
      supersedes: place?.supersedes, supersededBy: place?.supersededBy, version: place?.version,
      members: [], entry: entry, time: writing.time)
  }

  /// The row of table `reports`, unpacked and but for `current`.
  private func report() throws -> [DatabaseValue]? {
    guard
      let row = try Row.fetchOne(
        db, sql: "SELECT \(Schema.Pinned.report) FROM reports WHERE arrival = ?",
        arguments: [number])
    else { return nil }
    let last = Schema.Pinned.reportCount - 1
    let detail = try row.unpacked(last, .report, of: judgement.number) ?? []
    return row.databaseValues.prefix(last) + [
      String(decoding: detail, as: UTF8.self).databaseValue
    ]
  }

  private func packed(
    _ table: StaticString, _ kind: PackedKind
  ) throws -> (packed: DatabaseValue, canonical: [UInt8])? {
    let row = try Row.fetchOne(
      db, sql: "SELECT packed FROM \(table) WHERE arrival = ?", arguments: [number])
    guard let row, let canonical = try row.unpacked(0, kind, of: judgement.number) else {
      return nil
    }
    return (row[0], canonical)
  }

  private static func filer(_ row: [DatabaseValue], _ folder: String) -> Filer? {
    guard let unit = String.fromDatabaseValue(row[1]), let year = Int.fromDatabaseValue(row[4])
    else { return nil }
    return Filer(
      unit: unit, region: String.fromDatabaseValue(row[2]),
      kind: String.fromDatabaseValue(row[3]).flatMap { Report.Kind(rawValue: $0) }, year: year,
      folder: folder)
  }

  private func columns(year: Int, supersedes: DatabaseValue) -> [DatabaseValue] {
    [
      number, writing.time.microseconds.databaseValue, judgement.digest?.blob ?? .null,
      judgement.size.databaseInteger, judgement.format.rawValue.databaseValue,
      judgement.encoding.databaseValue, judgement.outcome.rawValue.databaseValue,
      (judgement.reason?.code.rawValue).databaseValue, (judgement.reason?.detail).databaseValue,
      .null, supersedes, year.databaseInteger, judgement.duration.databaseInteger,
      judgement.findings.failed(.error).databaseInteger,
      judgement.findings.failed(.warning).databaseInteger,
    ]
  }

  /// What stood there, as the entry that pinned it counts it.
  private func keep(
    _ judgement: [DatabaseValue], _ report: [DatabaseValue]?, figures: DatabaseValue?,
    findings: DatabaseValue?
  ) throws {
    func packed(_ row: [DatabaseValue], _ kind: PackedKind) -> DatabaseValue {
      var canonical = CanonicalBytes()
      canonical.append(row)
      return packer.pack(canonical.bytes, kind).blob
    }
    let pinned = try Int64.fetchOne(
      db,
      sql: """
        SELECT max(seq) FROM entries WHERE arrival = ? AND kind IN ('judged', 'rejudged')
        """, arguments: [number])
    try db.insert(
      "past",
      [
        number, pinned.databaseValue, packed(judgement, .judgement),
        report.map { packed($0, .report) } ?? .null, figures ?? .null, findings ?? .null,
      ])
  }

  /// It is no version any more of what it was one of: those that it overtook are overtaken by the next newer one, or the
  /// newest of them is current again.
  private func leave(_ newer: Int?, _ chain: inout Chain) throws {
    let older = try Int.fetchAll(
      db, sql: "SELECT number FROM arrivals WHERE superseded_by = ? ORDER BY number",
      arguments: [number])
    if newer != nil {
      try db.run("UPDATE arrivals SET superseded_by = NULL WHERE number = ?", [number])
      try chain.append(.restored, arrival: judgement.number, Payload())
    }
    guard let next = newer ?? older.last else { return }
    for arrival in older where arrival != next { try writing.supersede(arrival, by: next, &chain) }
    guard newer == nil else { return }
    try db.run(
      "UPDATE arrivals SET superseded_by = NULL WHERE number = ?", [next.databaseInteger])
    try db.run("UPDATE reports SET current = 1 WHERE arrival = ?", [next.databaseInteger])
    try chain.append(.restored, arrival: next, Payload())
  }
}
