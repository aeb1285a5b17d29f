import Digests
import GRDB
import Reports

extension Journal {
  /// Writes what became of claimed arrivals: outcome, report, figures, findings, notifications and entries. One
  /// transaction for all.
  ///
  /// The journal has the last word on duplicates: of two arrivals with the same bytes, also of one group, only the first
  /// that is handled counts. The originals must stand in the archive before.
  /// - Throws: ``JournalError/conflict(_:)`` when an arrival is unknown or judged already; then nothing is written.
  public func commit(_ judgements: [Judgement]) throws(JournalError) -> [Committed] {
    guard !judgements.isEmpty else { return [] }
    let time = clock()
    let encoded = Result { try EncodedJudgement.all(judgements, catalogue) }
    return try connection.write { db in
      var chain = try Chain(db, time: time)
      return try zip(judgements, encoded.get()).map { judgement, encoded in
        try JudgementWriting(judgement, encoded, db: db, time: time).run(&chain)
      }
    }
  }
}

/// One judgement on its way into the tables.
struct JudgementWriting {
  let judgement: Judgement
  let encoded: EncodedJudgement
  let db: Database
  let time: Timestamp
  let number: DatabaseValue

  init(_ judgement: Judgement, _ encoded: EncodedJudgement, db: Database, time: Timestamp) {
    self.judgement = judgement
    self.encoded = encoded
    self.db = db
    self.time = time
    number = judgement.number.databaseInteger
  }

  func run(_ chain: inout Chain) throws -> Committed {
    let (received, folder) = try claimed()
    let earlier =
      try judgement.digest.flatMap { try Handled.find(db, digest: $0)?.number } ?? judgement.repeats
    // What a duplicate says has been said by the other; its findings are not counted twice.
    let report = earlier == nil ? judgement.report : nil
    let findings = earlier == nil ? judgement.findings : []
    let place = try report.flatMap {
      try VersionPlace($0, folder: folder, arrival: judgement.number, db: db)
    }
    let outcome = earlier == nil ? judgement.outcome : .duplicate
    let reason = earlier == nil ? judgement.reason : nil

    var payload = Payload()
    payload.add("original", judgement.digest)
    payload.add("outcome", text: outcome.rawValue)
    let year = try report?.year ?? earlier.flatMap { try collection(of: $0) }
    let judged: [DatabaseValue] = [
      time.microseconds.databaseValue, judgement.digest?.blob ?? .null,
      judgement.size.databaseInteger, judgement.format.rawValue.databaseValue,
      judgement.encoding.databaseValue, outcome.rawValue.databaseValue,
      (reason?.code.rawValue).databaseValue, (reason?.detail).databaseValue,
      earlier.map(Int64.init).databaseValue,
      (place?.supersedes).map(Int64.init).databaseValue,
      (year ?? judgement.collection ?? received.date.year - 1).databaseInteger,
      judgement.duration.databaseInteger,
      findings.failed(.error).databaseInteger, findings.failed(.warning).databaseInteger,
    ]
    try db.run(
      """
      UPDATE arrivals SET judged = ?, sha256 = ?, size = ?, format = ?, encoding = ?, outcome = ?, \
      reason = ?, detail = ?, duplicate_of = ?, supersedes = ?, year = ?, duration = ?, errors = ?, \
      warnings = ?, state = 'judged', superseded_by = ? WHERE number = ?
      """,
      judged + [(place?.supersededBy).map(Int64.init).databaseValue, number])
    payload.add("judgement", CanonicalBytes.digest([number] + judged))
    if let report, let encoded = encoded.report { try write(report, encoded, place, &payload) }
    payload.add("findings", try earlier == nil ? writeFindings() : nil)
    payload.add(
      "notifications",
      rows: try db.insert(
        earlier == nil ? judgement.notifications : [], arrival: judgement.number, entry: chain.next,
        time: time))
    let entry = try chain.append(.judged, arrival: judgement.number, payload)
    if let overtaken = place?.supersedes {
      try supersede(overtaken, by: judgement.number, &chain)
    }
    if let newer = place?.supersededBy {
      try supersede(judgement.number, by: newer, &chain)
    }
    // Those of a container seen before have their numbers.
    let members = try (earlier == nil ? judgement.members : []).map { member in
      try db.claim(
        ClaimRequest(path: member.path, folder: member.folder, received: received),
        member: MemberClaim(
          parent: judgement.number, digest: member.digest, size: member.size,
          refusal: member.refusal), &chain)
    }
    return Committed(
      number: judgement.number, outcome: outcome, duplicateOf: earlier,
      supersedes: place?.supersedes, supersededBy: place?.supersededBy, version: place?.version,
      members: members, entry: entry, time: time)
  }

  /// When it was received, and in which folder of the inbox.
  private func claimed() throws -> (Timestamp, folder: String) {
    let statement = try db.cachedStatement(
      sql: "SELECT received, folder FROM arrivals WHERE number = ? AND state = 'claimed'")
    guard let row = try Row.fetchOne(statement, arguments: [number]) else {
      throw JournalError.conflict("arrival \(judgement.number) is not waiting for a judgement")
    }
    return (Timestamp(microseconds: row[0]), row[1])
  }

  private func collection(of arrival: Int) throws -> Int? {
    let statement = try db.cachedStatement(sql: "SELECT year FROM arrivals WHERE number = ?")
    return try Int.fetchOne(statement, arguments: [arrival])
  }

  func write(
    _ report: Report, _ encoded: EncodedJudgement.EncodedReport, _ place: VersionPlace?,
    _ payload: inout Payload
  ) throws {
    let pinned = report.pinned(number, version: place?.version, detail: encoded.detail)
    // A unit, region, kind and year has one current report: the earlier one steps down first.
    if let overtaken = place?.supersedes {
      try db.run(
        "UPDATE reports SET current = 0 WHERE arrival = ?", [overtaken.databaseInteger])
    }
    let current = place.map { $0.supersededBy == nil } ?? false
    try db.insert(
      "reports",
      pinned.dropLast() + [encoded.packedDetail.blob, (current ? 1 : 0).databaseInteger])
    payload.add("report", CanonicalBytes.digest(pinned))

    try db.insert("figures", [number, encoded.packedFigures.blob])
    payload.add("figures", encoded.figures.digest)
    if place != nil {
      try Likeness(year: report.year, figures: encoded.likeness, current: current ? 1 : 0)
        .insert(db, arrival: judgement.number)
    }
  }

  /// - Returns: the digest over all of them; `nil` when there are none.
  func writeFindings() throws -> Digest? {
    guard let packed = encoded.packedFindings else { return nil }
    try db.insert("findings", [number, packed.blob])
    try FailedRule.insert(FailedRule.all(encoded.findings.bytes), db, number)
    return encoded.findings.digest
  }

  /// Its own rows say so, and what it had to notify is settled.
  func supersede(_ older: Int, by newer: Int, _ chain: inout Chain) throws {
    try db.run(
      "UPDATE arrivals SET superseded_by = ? WHERE number = ?",
      [newer.databaseInteger, older.databaseInteger])
    try db.run(
      "UPDATE notifications SET state = 'resolved' WHERE arrival = ?", [older.databaseInteger])
    var payload = Payload()
    payload.add("by", Int64(newer))
    try chain.append(.superseded, arrival: older, payload)
  }
}

/// Where a report stands among those of its unit, region, kind and year.
struct VersionPlace {
  let version: Int
  /// The current one that it overtakes.
  let supersedes: Int?
  /// The current one, when that arrived later and was only judged earlier.
  let supersededBy: Int?

  init(version: Int, supersedes: Int?, supersededBy: Int?) {
    self.version = version
    self.supersedes = supersedes
    self.supersededBy = supersededBy
  }

  /// `nil` where unit or year are unknown: a version of nothing.
  init?(_ report: Report, folder: String, arrival: Int, db: Database) throws {
    guard let filer = Filer(report, folder: folder) else { return nil }
    let others = try Filed.current(db, namedAs: filer)
    let current = filer.latest(among: others.map(\.filer)).map { others[$0] }
    version = (current?.version ?? 0) + 1
    supersedes = current.flatMap { $0.arrival < arrival ? $0.arrival : nil }
    supersededBy = current.flatMap { $0.arrival > arrival ? $0.arrival : nil }
  }
}

extension Handled {
  /// The earliest judged arrival with these bytes that was really looked at: one whose reading process died or ran out of
  /// time was our failure, and the same file may be tried again; so may a container with such a member.
  static func find(_ db: Database, digest: Digest) throws -> Handled? {
    let statement = try db.cachedStatement(
      sql: """
        SELECT number, outcome, received FROM arrivals WHERE sha256 = ? AND outcome <> 'duplicate' \
        AND ifnull(reason, '') NOT IN ('worker_died', 'timed_out') \
        AND NOT EXISTS (SELECT 1 FROM members m JOIN arrivals a ON a.number = m.arrival \
        WHERE m.parent = arrivals.number AND a.reason IN ('worker_died', 'timed_out')) \
        ORDER BY number LIMIT 1
        """)
    guard let row = try Row.fetchOne(statement, arguments: [digest.blob]) else { return nil }
    return Handled(
      number: row[0], outcome: try row.coded(1), received: Timestamp(microseconds: row[2]))
  }
}

extension Report {
  /// The row of table `reports`, unpacked and but for `current`.
  func pinned(_ number: DatabaseValue, version: Int?, detail: String) -> [DatabaseValue] {
    [number] + columns + [version.map(Int64.init).databaseValue, detail.databaseValue]
  }
}

extension FigureCode {
  /// What a row of table `figures` has packed.
  func canonical(_ number: DatabaseValue) -> CanonicalBytes {
    var canonical = CanonicalBytes()
    canonical.append(number)
    for text in [cells, content, uncertain, places] { canonical.append(text) }
    return canonical
  }
}

extension [Finding] {
  /// What a row of table `findings` has packed.
  func canonical(_ number: DatabaseValue) -> CanonicalBytes {
    var canonical = CanonicalBytes()
    for (index, finding) in enumerated() {
      canonical.append([
        number, (index + 1).databaseInteger, finding.check.databaseValue,
        finding.status.rawValue.databaseValue, finding.severity.rawValue.databaseValue,
        finding.cells.map(\.name).joined(separator: " ").databaseValue,
        finding.expected.databaseValue, finding.found.databaseValue,
        finding.message.databaseValue, finding.quote.databaseValue,
        (finding.suspect?.cell.name).databaseValue,
        (finding.suspect?.balancesAt.description).databaseValue,
      ])
    }
    return canonical
  }

  func failed(_ severity: Finding.Severity) -> Int {
    count { $0.status == .fail && $0.severity == severity }
  }
}
