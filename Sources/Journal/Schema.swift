import Forms
import GRDB

// The journal's tables.
//
// An arrival goes one way: claimed → judged → told. Nothing goes back, and only a claim can vanish.
//
//   (no row) ─claim─► claimed ─commit─► judged ─told─► told
//                        └──withdraw──► (no row; the entry `withdrawn` explains the gap in the numbers)
//
// What a crash leaves, and how start-up repairs it:
//
//   before the claim commits            nothing; the file is in the inbox and is found by the scan
//   claim committed, file not renamed   a claimed row, no file under its number: `unfinished()` lists it, the service
//                                       withdraws it; the file in the inbox gets the next number
//   file renamed, not read              a claimed row and the file: it is read
//   original archived, not committed    as before; archiving again finds the same bytes and keeps them
//   judgement committed, no receipt     a judged row: `untold()` lists it, receipts are derived again from the rows
//   receipts written, not marked        as before; they are written again, byte for byte the same
//   told                                nothing to do; the claim's file is dropped
//
// A member of an archive or mail has no file in `work/`: the transaction that judges the container writes its claim, and its
// bytes stand in the archive before. It is never withdrawn. The container is told when none of its members is claimed any more.
//
// A judged arrival may be judged again (with a newer program, or when a report that it is compared with has come): it is
// judged, and told, once more. What was said before stands in `past`, and the entry that pinned it still does.
//
// Each of claim, withdraw, commit, rejudge, told, acknowledge is one transaction for a whole group: it is there, or not at all.
//
// A report is a version of its filer (`Filer` of module Reports), if unit and year are known; the newest arrival is
// current, and `superseded_by` of every other points to the one that overtook it.
//
// Notifications: new → told (its receipts are out, or the office's command or the log has it) → acknowledged; resolved once the
// arrival is superseded or judged again, or once what they tell is no longer so. `delivered` has the entry that says that
// the command has taken it.
//
// Columns that never change after a row is written are pinned by a digest in an entry. Those that do change (state,
// superseded_by, current, replaced_by, delivered) follow from the entries: `verify` replays them. Tables `tallies`, `alike` and
// `failed` follow from the other rows: `verify` derives them again.
//
// Bulky texts are packed (Packing.swift): of a report `detail`; of figures, findings and what is `past` the canonical bytes
// themselves. Digests are over what comes out.

enum Schema {
  /// `shbo`: file(1) and SQLite show it.
  static let applicationID = 0x7368_626F

  /// The newest version, written to `user_version`.
  static let version = migrations.count

  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    for (index, migration) in migrations.enumerated() {
      migrator.registerMigration(migration.name) { db in
        try db.execute(sql: migration.sql)
        try migration.fill?(db)
        try db.execute(sql: "PRAGMA application_id = \(applicationID)")
        try db.execute(sql: "PRAGMA user_version = \(index + 1)")
      }
    }
    return migrator
  }

  private typealias Migration = (
    name: String, sql: String, fill: (@Sendable (Database) throws -> Void)?
  )

  private static let migrations: [Migration] = [
    (
      name: "1 arrivals, reports, figures, findings, notifications, receipts, entries", sql: first,
      nil
    ),
    (name: "2 members of archives and mails", sql: second, nil),
    (name: "3 notifications handed to the office's command", sql: third, nil),
    (name: "4 judgements that were replaced", sql: fourth, nil),
    (name: "5 the versions of a year without their detail", sql: fifth, nil),
    (name: "6 arrivals and failed checks, counted quickly", sql: sixth, nil),
    (name: "7 reports whose figures are alike, by all of them", sql: seventh, Likeness.fill),
    (name: "8 figures, findings and details packed", sql: eighth, Repacking.fill),
    (name: "9 reports by name and the end of their region", sql: ninth, nil),
  ]

  // A country has a thousand towns of one name: each of their reports is compared only with those that may be of the same town.
  private static let ninth = """
    DROP INDEX reports_by_unit;
    CREATE INDEX reports_by_name ON reports (year, unit, \(regionEnd("")));
    """

  /// As ``Reports/Filer/regionEnd``; empty: no region is known. An index has it, so that it must read the same wherever it is asked for.
  static func regionEnd(_ table: String) -> String { "ifnull(substr(\(table)region, -2), '')" }

  /// Filled by ``Repacking``, which then puts the new tables in the place of the old.
  private static let eighth = """
    CREATE TABLE packed_reports (
      arrival INTEGER PRIMARY KEY REFERENCES arrivals,
      unit TEXT,
      region TEXT,
      kind TEXT,
      year INTEGER,
      title TEXT,
      published TEXT,
      t2 TEXT,
      t3 TEXT,
      t4 TEXT,
      version INTEGER,                    -- 1, 2, 3 … in the order of judging; NULL: unit or year unknown
      detail BLOB NOT NULL,               -- packed JSON: evidence, statements, structure, doubts
      current INTEGER NOT NULL CHECK (current IN (0, 1))
    ) STRICT;
    -- Packed: the arrival, then cells, content, uncertain and places as FigureCode.swift has them.
    CREATE TABLE packed_figures (
      arrival INTEGER PRIMARY KEY REFERENCES reports,
      packed BLOB NOT NULL
    ) STRICT;
    -- Packed: all findings of an arrival, one after the other, each with the values of `Schema.Pinned.finding`.
    CREATE TABLE packed_findings (
      arrival INTEGER PRIMARY KEY REFERENCES arrivals,
      packed BLOB NOT NULL
    ) STRICT;
    CREATE TABLE packed_past (
      arrival INTEGER NOT NULL REFERENCES arrivals,
      entry INTEGER NOT NULL,
      judgement BLOB NOT NULL,
      report BLOB,                        -- NULL: it had none
      figures BLOB,
      findings BLOB,
      PRIMARY KEY (arrival, entry)
    ) STRICT, WITHOUT ROWID;
    -- What the overview counts of the findings: checks that failed with an error or a warning, each once.
    CREATE TABLE failed (
      arrival INTEGER NOT NULL REFERENCES findings ON DELETE CASCADE,
      rule TEXT NOT NULL,
      severity TEXT NOT NULL,
      PRIMARY KEY (arrival, rule, severity)
    ) STRICT, WITHOUT ROWID;
    """

  /// The end of the migration to 8: indexes and trigger went with the tables that they were of.
  static let packedInPlace = """
    DROP TABLE past; ALTER TABLE packed_past RENAME TO past;
    DROP TABLE findings; ALTER TABLE packed_findings RENAME TO findings;
    DROP TABLE figures; ALTER TABLE packed_figures RENAME TO figures;
    DROP TABLE reports; ALTER TABLE packed_reports RENAME TO reports;
    CREATE INDEX reports_by_unit ON reports (year, unit);
    \(fifth)
    \(followCurrent)
    """

  private static let followCurrent = """
    CREATE TRIGGER reports_current AFTER UPDATE OF current ON reports BEGIN
      UPDATE alike SET current = NEW.current WHERE arrival = NEW.arrival;
    END;
    """

  private static let seventh = """
    -- Every version of a report, by a digest of its figures (module Journal, Alike.swift).
    CREATE TABLE alike (
      arrival INTEGER PRIMARY KEY REFERENCES reports ON DELETE CASCADE,
      year INTEGER NOT NULL,
      figures INTEGER NOT NULL,
      current INTEGER NOT NULL            -- as in reports
    ) STRICT;
    CREATE INDEX alike_current ON alike (year, figures) WHERE current = 1;
    \(followCurrent)
    DROP INDEX figures_by_content;
    """

  private static let sixth = """
    -- Arrivals with an outcome, counted: a journal of a million answers at once. `came`: the year in which they came, in China.
    -- Kept by triggers, so that no transaction can change an arrival and forget it; `verify` counts again.
    CREATE TABLE tallies (
      year INTEGER NOT NULL,
      came INTEGER NOT NULL,
      outcome TEXT NOT NULL,
      arrivals INTEGER NOT NULL,
      PRIMARY KEY (year, came, outcome)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER arrivals_insert AFTER INSERT ON arrivals WHEN NEW.outcome IS NOT NULL BEGIN
      \(counted)
    END;
    CREATE TRIGGER arrivals_delete AFTER DELETE ON arrivals WHEN OLD.outcome IS NOT NULL BEGIN
      \(uncounted)
    END;
    CREATE TRIGGER arrivals_outcome_from AFTER UPDATE OF year, received, outcome ON arrivals
    WHEN OLD.outcome IS NOT NULL BEGIN
      \(uncounted)
    END;
    CREATE TRIGGER arrivals_outcome_to AFTER UPDATE OF year, received, outcome ON arrivals
    WHEN NEW.outcome IS NOT NULL BEGIN
      \(counted)
    END;
    INSERT INTO tallies \(Tallies.recount);
    -- What the overview counts, without the sentences of the findings.
    CREATE INDEX findings_failed ON findings (arrival, rule, severity) \
    WHERE status = 'fail' AND severity <> 'info';
    """

  private static let counted = """
    INSERT INTO tallies VALUES (NEW.year, \(Tallies.came("NEW")), NEW.outcome, 1)
      ON CONFLICT DO UPDATE SET arrivals = arrivals + 1;
    """

  private static let uncounted = """
    UPDATE tallies SET arrivals = arrivals - 1
      WHERE year = OLD.year AND came = \(Tallies.came("OLD")) AND outcome = OLD.outcome;
    DELETE FROM tallies
      WHERE year = OLD.year AND came = \(Tallies.came("OLD")) AND outcome = OLD.outcome AND arrivals = 0;
    """

  private static let fifth = """
    -- Everything that lists of a year need: rows of reports are mostly detail, and a country's year of them is a gigabyte.
    CREATE INDEX reports_versions ON reports \
    (year, arrival, unit, region, kind, published, version, t2, t3) WHERE version IS NOT NULL;
    """

  private static let third = """
    ALTER TABLE notifications ADD COLUMN delivered INTEGER;  -- entry; NULL: the command has not taken it
    CREATE INDEX notifications_undelivered ON notifications (id) \
    WHERE delivered IS NULL AND state IN ('new', 'told');
    """

  private static let fourth = """
    -- What stood in the rows of an arrival before it was judged again: the canonical bytes over which entry `entry` has the
    -- digests. Written once, never changed.
    CREATE TABLE past (
      arrival INTEGER NOT NULL REFERENCES arrivals,
      entry INTEGER NOT NULL,
      judgement BLOB NOT NULL,
      report BLOB,                        -- NULL: it had none
      figures BLOB,
      findings BLOB,
      PRIMARY KEY (arrival, entry)
    ) STRICT, WITHOUT ROWID;
    -- Versions by the one that overtook them; reports whose tables are alike, by how these begin.
    CREATE INDEX arrivals_overtaken ON arrivals (superseded_by) WHERE superseded_by IS NOT NULL;
    CREATE INDEX figures_by_content ON figures (substr(content, 1, 64));
    """

  private static let second = """
    -- Arrivals that did not come in the inbox but in another arrival. Written with their claim, never changed.
    CREATE TABLE members (
      arrival INTEGER PRIMARY KEY REFERENCES arrivals,
      parent INTEGER NOT NULL REFERENCES arrivals,
      sha256 BLOB CHECK (length(sha256) = 32),  -- of its bytes in the archive; NULL: there are none
      size INTEGER NOT NULL,
      reason TEXT,                        -- why it is not read
      detail TEXT
    ) STRICT;
    CREATE INDEX members_by_parent ON members (parent);
    """

  private static let first = """
    CREATE TABLE meta (
      key TEXT PRIMARY KEY NOT NULL,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- Short numbers for cell keys. Numbers are never used again for another key.
    CREATE TABLE cells (
      number INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE
    ) STRICT;

    CREATE TABLE entries (
      seq INTEGER PRIMARY KEY,            -- 1, 2, 3 … without a gap
      time INTEGER NOT NULL,              -- µs since 1970
      kind TEXT NOT NULL,
      arrival INTEGER,                    -- no foreign key: entries outlive withdrawn claims
      payload TEXT NOT NULL,              -- JSON, keys sorted, no white space
      previous BLOB NOT NULL CHECK (length(previous) = 32),
      hash BLOB NOT NULL CHECK (length(hash) = 32)
    ) STRICT;
    CREATE INDEX entries_by_arrival ON entries (arrival, seq);
    CREATE INDEX entries_withdrawn ON entries (arrival) WHERE kind = 'withdrawn';

    CREATE TABLE arrivals (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      state TEXT NOT NULL CHECK (state IN ('claimed', 'judged', 'told')),
      -- Written by the claim.
      path BLOB NOT NULL,                 -- in the inbox, any bytes
      name TEXT NOT NULL,                 -- the same for people
      folder TEXT NOT NULL,
      received INTEGER NOT NULL,          -- µs since 1970
      hints TEXT,
      -- Written by the judgement.
      judged INTEGER,                     -- µs since 1970
      sha256 BLOB CHECK (length(sha256) = 32),
      size INTEGER,
      format TEXT,
      encoding TEXT,
      outcome TEXT,
      reason TEXT,
      detail TEXT,
      duplicate_of INTEGER,
      supersedes INTEGER,
      year INTEGER,                       -- the collection it counts for
      duration INTEGER,                   -- µs
      errors INTEGER,
      warnings INTEGER,
      -- Follows from entries.
      superseded_by INTEGER,
      CHECK ((state = 'claimed') = (outcome IS NULL))
    ) STRICT;
    CREATE INDEX arrivals_by_digest ON arrivals (sha256) WHERE sha256 IS NOT NULL;
    CREATE INDEX arrivals_open ON arrivals (state) WHERE state <> 'told';
    CREATE INDEX arrivals_by_year ON arrivals (year, outcome);

    CREATE TABLE reports (
      arrival INTEGER PRIMARY KEY REFERENCES arrivals,
      unit TEXT,
      region TEXT,
      kind TEXT,
      year INTEGER,
      title TEXT,
      published TEXT,
      t2 TEXT,
      t3 TEXT,
      t4 TEXT,
      version INTEGER,                    -- 1, 2, 3 … in the order of judging; NULL: unit or year unknown
      detail TEXT NOT NULL,               -- JSON: evidence, statements, structure, doubts
      current INTEGER NOT NULL CHECK (current IN (0, 1))
    ) STRICT;
    CREATE INDEX reports_by_unit ON reports (year, unit);

    -- All cells of a report in one row; FigureCode.swift has the notation.
    CREATE TABLE figures (
      arrival INTEGER PRIMARY KEY REFERENCES reports,
      cells TEXT NOT NULL,
      content TEXT NOT NULL,
      uncertain TEXT NOT NULL,
      places TEXT NOT NULL
    ) STRICT;

    CREATE TABLE findings (
      arrival INTEGER NOT NULL REFERENCES arrivals,
      position INTEGER NOT NULL,          -- from 1, as the checks gave them
      rule TEXT NOT NULL,
      status TEXT NOT NULL,
      severity TEXT NOT NULL,
      cells TEXT NOT NULL,                -- keys, separated by spaces
      expected TEXT,
      found TEXT,
      message TEXT NOT NULL,
      quote TEXT,
      suspect TEXT,
      balances_at TEXT,
      PRIMARY KEY (arrival, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE notifications (
      id INTEGER PRIMARY KEY,
      arrival INTEGER REFERENCES arrivals,
      entry INTEGER NOT NULL,             -- the entry that pins this row
      unit TEXT,                          -- NULL: the office
      region TEXT,
      subject TEXT NOT NULL,
      message TEXT NOT NULL,
      created INTEGER NOT NULL,           -- µs since 1970
      state TEXT NOT NULL CHECK (state IN ('new', 'told', 'acknowledged', 'resolved'))
    ) STRICT;
    CREATE INDEX notifications_by_arrival ON notifications (arrival);
    CREATE INDEX notifications_by_unit ON notifications (unit);

    CREATE TABLE receipts (
      id INTEGER PRIMARY KEY,
      arrival INTEGER NOT NULL REFERENCES arrivals,
      entry INTEGER NOT NULL,             -- the entry that pins this row
      path BLOB NOT NULL,                 -- in the outbox, without .receipt.html and .receipt.txt
      html BLOB NOT NULL CHECK (length(html) = 32),
      text BLOB NOT NULL CHECK (length(text) = 32),
      told INTEGER NOT NULL,              -- µs since 1970
      replaced_by INTEGER                 -- the receipt that stands there now, or newer ones of the same arrival
    ) STRICT;
    CREATE INDEX receipts_by_arrival ON receipts (arrival);
    CREATE INDEX receipts_standing ON receipts (path) WHERE replaced_by IS NULL;
    """

  /// Tables, indexes and migrations that a database has.
  static func objects(_ db: Database) throws -> [String] {
    try Row.fetchAll(
      db, sql: "SELECT type, name, tbl_name, ifnull(sql, '') FROM sqlite_master ORDER BY name"
    ).map(\.description)
      + String.fetchAll(db, sql: "SELECT identifier FROM grdb_migrations ORDER BY rowid")
  }

  /// Those of a new journal.
  static let model = Result {
    let queue = try DatabaseQueue()
    try migrator.migrate(queue)
    return try queue.read { try objects($0) }
  }

  /// Columns of a row that never change, in the order of their digest.
  enum Pinned {
    static let claim = "number, path, name, folder, received, hints"
    static let member = "arrival, parent, sha256, size, reason, detail"
    static let judgement = """
      number, judged, sha256, size, format, encoding, outcome, reason, detail, duplicate_of, \
      supersedes, year, duration, errors, warnings
      """
    static let judgementCount = 15
    static let report = """
      arrival, unit, region, kind, year, title, published, t2, t3, t4, version, detail
      """
    static let reportCount = 12
    /// What a row of `figures` has packed.
    static let figures = "arrival, cells, content, uncertain, places"
    /// What a row of `findings` has packed, once for each of them.
    static let finding = """
      arrival, position, rule, status, severity, cells, expected, found, message, quote, suspect, \
      balances_at
      """
    static let findingCount = 12
    static let notification = "id, arrival, entry, unit, region, subject, message, created"
    static let receipt = "id, arrival, entry, path, html, text, told"
  }
}
