import GRDB

/// Packs what a journal of schema 7 has as plain rows, row by row, in the transaction of the migration. The old pages stay in
/// the file, for what comes next.
enum Repacking {
  static func fill(_ db: Database) throws {
    let packer = Packer()
    try reports(db, packer)
    try figures(db, packer)
    try findings(db, packer)
    try past(db, packer)
    // Debian's SQLite writes zeros over what is dropped: that would send the whole old journal through the log. What it says is
    // said by the new tables as well.
    let overwrites = try Int.fetchOne(db, sql: "PRAGMA secure_delete") ?? 0
    try db.execute(sql: "PRAGMA secure_delete = OFF")
    try db.execute(sql: Schema.packedInPlace)
    try db.execute(sql: "PRAGMA secure_delete = \(overwrites)")
  }

  private static func reports(_ db: Database, _ packer: Packer) throws {
    let rows = try RowStream(
      db, "SELECT \(Schema.Pinned.report), current FROM reports ORDER BY arrival")
    let detail = Int32(Schema.Pinned.reportCount - 1)
    while rows.hasRow {
      try db.insert(
        "packed_reports",
        rows.values(0..<detail) + [packer.pack(rows.textBytes(detail), .report).blob]
          + rows.values((detail + 1)..<(detail + 2)))
      try rows.advance()
    }
  }

  private static func figures(_ db: Database, _ packer: Packer) throws {
    let rows = try RowStream(db, "SELECT \(Schema.Pinned.figures) FROM figures ORDER BY arrival")
    var canonical = CanonicalBytes()
    while rows.hasRow {
      canonical.removeAll()
      rows.append(0..<5, to: &canonical)
      try db.insert(
        "packed_figures", rows.values(0..<1) + [packer.pack(canonical.bytes, .figures).blob])
      try rows.advance()
    }
  }

  private static func findings(_ db: Database, _ packer: Packer) throws {
    let rows = try RowStream(
      db, "SELECT \(Schema.Pinned.finding) FROM findings ORDER BY arrival, position")
    var canonical = CanonicalBytes()
    while rows.hasRow {
      let arrival = rows.integer(0) ?? 0
      canonical.removeAll()
      while rows.hasRow, rows.integer(0) == arrival {
        rows.append(0..<Int32(Schema.Pinned.findingCount), to: &canonical)
        try rows.advance()
      }
      let number = arrival.databaseInteger
      try db.insert("packed_findings", [number, packer.pack(canonical.bytes, .findings).blob])
      try FailedRule.insert(FailedRule.all(canonical.bytes), db, number)
    }
  }

  private static func past(_ db: Database, _ packer: Packer) throws {
    let rows = try RowStream(
      db,
      """
      SELECT arrival, entry, judgement, report, figures, findings FROM past ORDER BY arrival, entry
      """)
    while rows.hasRow {
      func packed(_ column: Int32, _ kind: PackedKind) -> DatabaseValue {
        rows.bytes(column).map { packer.pack($0, kind).blob } ?? .null
      }
      try db.insert(
        "packed_past",
        rows.values(0..<2) + [
          packed(2, .judgement), packed(3, .report), packed(4, .figures), packed(5, .findings),
        ])
      try rows.advance()
    }
  }
}
