import CLinux
import Digests
import GRDB
import Glibc

extension JournalReader {
  /// Looks at everything: SQLite's file, the chain of entries, every row against the entries, every original and every
  /// receipt against the journal. Memory does not grow with the journal. A daemon may write meanwhile: the rows are read
  /// in one snapshot, the files are compared with the rows of their moment.
  /// - Parameters:
  ///   - outbox: the folder of the receipts; `nil`: they are not looked at.
  ///   - heads: ends of the chain that were remembered elsewhere. They alone show a tail that was cut off cleanly.
  ///   - progress: called every thousand steps.
  /// - Throws: only what keeps it from looking at all; damage is in the report.
  public func verify(
    archive: Archive?, outbox: String?, heads: [Head] = [],
    progress: (VerifyProgress) -> Void = { _ in }
  ) throws(JournalError) -> VerifyReport {
    var report = VerifyReport()
    do {
      try connection.read { db in
        try JournalReader.verifyRows(db, heads: heads, &report, progress)
      }
      if let archive { try verifyOriginals(archive, &report, progress) }
      if let outbox { try verifyReceipts(outbox, &report, progress) }
    } catch .damaged(let message) {
      // SQLite cannot go on; what was found before stays found.
      report.add(Damage(.database, nil, expected: "a readable file", found: message))
    }
    return report
  }

  /// Everything within the database.
  static func verifyRows(
    _ db: Database, heads: [Head], _ report: inout VerifyReport,
    _ progress: (VerifyProgress) -> Void
  ) throws {
    try verifyDatabase(db, &report)
    progress(VerifyProgress(stage: .database, done: 1))
    var chain = ChainVerification(heads: heads)
    try chain.run(db, &report, progress)
    try verifyCatalogue(db, created: chain.created, catalogue: chain.catalogue, &report)
    var rows = RowVerification(lastClaimed: chain.lastClaimed)
    try rows.run(db, &report, progress)
    try Tallies.verify(db, &report)
  }

  private static func verifyDatabase(_ db: Database, _ report: inout VerifyReport) throws {
    for problem in try String.fetchAll(db, sql: "PRAGMA integrity_check(100)")
    where problem != "ok" {
      report.add(Damage(.database, nil, expected: "ok", found: problem))
    }
    let expected = try Schema.model.get()
    let found = try Schema.objects(db)
    for object in Set(expected).subtracting(found).sorted() {
      report.add(Damage(.database, nil, detail: "schema", expected: object, found: ""))
    }
    for object in Set(found).subtracting(expected).sorted() {
      report.add(Damage(.database, nil, detail: "schema", expected: "", found: object))
    }
  }

  /// The first entry pins the journal's id, the last of its kind the numbers of the cell keys.
  private static func verifyCatalogue(
    _ db: Database, created: String?, catalogue pinned: String?, _ report: inout VerifyReport
  ) throws {
    let cells = try CellCatalogue.digest(db)
    let meta = try Row.fetchAll(db, sql: "SELECT key, value FROM meta ORDER BY key")
    var payload = Payload()
    payload.add("cells", cells)
    if let pinned, pinned != payload.text {
      report.add(Damage(.catalogue, nil, expected: pinned, found: payload.text))
    }
    let id: String? = meta.count == 1 && meta[0][0] == "id" ? meta[0][1] : nil
    // With a later catalogue, the first entry has the digest of the first one.
    let expected = created ?? ""
    if pinned == nil {
      payload.add("id", text: id)
      if payload.text != expected {
        report.add(Damage(.catalogue, nil, expected: expected, found: payload.text))
      }
    } else if !expected.hasSuffix(",\"id\":\"\(id ?? "")\"}") {
      report.add(Damage(.catalogue, nil, expected: expected, found: id ?? ""))
    }
  }
}

/// The chain itself, in the order of the entries.
private struct ChainVerification {
  let heads: [Head]
  var created: String?
  var catalogue: String?
  var lastClaimed = 0

  init(heads: [Head]) { self.heads = heads }

  mutating func run(
    _ db: Database, _ report: inout VerifyReport, _ progress: (VerifyProgress) -> Void
  ) throws {
    let rows = try RowStream(
      db, "SELECT seq, time, kind, arrival, payload, previous, hash FROM entries ORDER BY seq")
    let remembered = Dictionary(grouping: heads, by: \.entries)
    var scratch = CanonicalBytes()
    var last = Head.none
    var broken = false
    func damage(_ seq: Int, _ expected: String, _ found: String) {
      if !broken { report.soundEntries = min(seq - 1, report.entries) }
      broken = true
      report.add(Damage(.entry, seq, expected: expected, found: found))
    }
    while rows.hasRow {
      let seq = rows.integer(0) ?? 0
      let kind = rows.text(2) ?? ""
      if seq != last.entries + 1 {
        damage(last.entries + 1, "entry \(last.entries + 1)", "entry \(seq)")
      } else if rows.digest(5) != last.hash {
        damage(seq, "previous \(last.hash)", "previous \(text(rows.digest(5)))")
      }
      let hash = rows.digest(over: 0..<6, &scratch)
      if rows.digest(6) != hash { damage(seq, "hash \(text(rows.digest(6)))", "hash \(hash)") }
      if Entry.Kind(rawValue: kind) == nil { damage(seq, "a kind of entry", kind) }
      if (kind == Entry.Kind.created.rawValue) != (seq == 1) {
        damage(seq, "`created` first, and once", kind)
      }
      for head in remembered[seq] ?? [] where head.hash != rows.digest(6) {
        damage(seq, "remembered hash \(head.hash)", "hash \(text(rows.digest(6)))")
      }
      switch Entry.Kind(rawValue: kind) {
      case .created: created = rows.text(4)
      case .catalogue: catalogue = rows.text(4)
      case .claimed: lastClaimed = max(lastClaimed, rows.integer(3) ?? 0)
      default: break
      }
      report.entries += 1
      // The stored hash goes on: each break is told once.
      last = Head(entries: seq, hash: rows.digest(6) ?? hash)
      if report.entries % 1000 == 0 {
        progress(VerifyProgress(stage: .chain, done: report.entries))
      }
      try rows.advance()
    }
    for head in heads where head.entries > last.entries {
      damage(last.entries + 1, "remembered entry \(head.entries)", "the chain ends here")
    }
    if report.entries == 0 { damage(1, "`created`", "no entry") }
    if !broken { report.soundEntries = report.entries }
    report.head = last
  }

  private func text(_ digest: Digest?) -> String { digest?.description ?? "" }
}
