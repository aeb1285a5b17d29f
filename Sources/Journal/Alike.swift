import Digests
import GRDB
public import Reports

// Reports whose tables are printed just alike, found without looking through those that only begin alike (a hundred zeros
// are no rarity): table `alike` has a digest of the figures of every version of a report. It is derived from the rows that
// the entries pin, and `verify` compares it with them.

/// A row of table `alike`, but for the arrival's number.
struct Likeness: Equatable, CustomStringConvertible {
  let year: Int?
  let figures: Int?
  let current: Int?

  var description: String {
    [year, figures, current].map { $0.map(String.init) ?? "" }.joined(separator: " ")
  }

  /// The first 64 bits of the digest over what is printed in which cells.
  static func figures(cells: String, content: String) -> Int {
    let digest = SHA256.digest(of: Array(cells.utf8) + [UInt8(ascii: "\n")] + Array(content.utf8))
    return digest.bytes.prefix(8).reduce(0) { $0 << 8 | Int($1) }
  }

  /// The same of what a row of `figures` has packed; of bytes that are no figures, as if there were none.
  static func figures(canonical: [UInt8]) -> Int {
    let code = FigureCode(canonical: canonical)
    return figures(cells: code?.cells ?? "", content: code?.content ?? "")
  }

  /// For a journal that has none yet: one of schema 6.
  static func fill(_ db: Database) throws {
    let versions = try RowStream(
      db,
      """
      SELECT r.arrival, r.year, a.superseded_by IS NULL, f.cells, f.content FROM reports r \
      JOIN figures f ON f.arrival = r.arrival JOIN arrivals a ON a.number = r.arrival \
      WHERE r.version IS NOT NULL
      """)
    while versions.hasRow {
      let code = figures(cells: versions.text(3) ?? "", content: versions.text(4) ?? "")
      try Likeness(year: versions.integer(1), figures: code, current: versions.integer(2))
        .insert(db, arrival: versions.integer(0) ?? 0)
      try versions.advance()
    }
  }

  func insert(_ db: Database, arrival: Int) throws {
    try db.insert(
      "alike",
      [arrival.databaseInteger] + [year, figures, current].map { $0?.databaseInteger ?? .null })
  }
}

extension FigureCode {
  var likeness: Int { Likeness.figures(cells: cells, content: content) }
}

extension JournalReader {
  /// Current reports of the same year whose tables are printed just alike, of earlier arrivals, oldest first, 20 at most.
  public func sameFigures(as report: Report, before arrival: Int) throws(JournalError) -> [Filed] {
    guard let year = report.year else { return [] }
    let printed = FigureCode.printed(report, catalogue: catalogue)
    let likeness = Likeness.figures(cells: printed.cells, content: printed.content)
    return try connection.read { db in
      // CROSS: in this order.
      let statement = try db.cachedStatement(
        sql: """
          SELECT l.arrival, f.packed FROM alike l CROSS JOIN figures f ON f.arrival = l.arrival \
          WHERE l.year = ? AND l.figures = ? AND l.current = 1 AND l.arrival < ? ORDER BY l.arrival
          """)
      let others = try Row.fetchCursor(statement, arguments: [year, likeness, arrival])
      let unpacker = Unpacker()
      var same: [Filed] = []
      while same.count < 20, let row = try others.next() {
        // Two sets of figures with one beginning of a digest are told apart by what they are.
        let figures = try row.unpacked(1, .figures, of: row[0], by: unpacker)
        guard let other = figures.flatMap(FigureCode.init(canonical:)),
          other.content == printed.content, other.cells == printed.cells
        else { continue }
        same += try Filed.all(db, of: row[0])
      }
      return same
    }
  }
}
