import Digests
import Forms
import GRDB
import Reports

/// The short numbers that this journal has for cell keys. A key's `index` may change from one build to the next; its
/// number in a journal never does.
struct CellCatalogue: Sendable {
  /// By `CellKey.index`.
  private var numbers: [Int]
  private var keys: [Int: CellKey]

  init(_ db: Database) throws {
    numbers = Array(repeating: -1, count: CellKey.all.count)
    keys = [:]
    let rows = try Row.fetchCursor(db, sql: "SELECT number, name FROM cells")
    while let row = try rows.next() {
      let (number, name): (Int, String) = (row[0], row[1])
      // A key of a newer form that this program does not know stays out: decoding a report that has it fails by name.
      guard let key = CellKey(name) else { continue }
      numbers[Int(key.index)] = number
      keys[number] = key
    }
  }

  /// Only for the writer, which has given every key of this program a number.
  func number(of key: CellKey) -> Int { numbers[Int(key.index)] }

  func key(of number: Int) -> CellKey? { keys[number] }

  typealias Numbered = (number: Int, key: CellKey)

  /// The keys that a report has, by their numbers.
  func numbered(_ report: Report) -> [Numbered] {
    report.cells.keys.map { (number(of: $0), $0) }.sorted { $0.number < $1.number }
  }

  /// Gives numbers to the keys of this program that have none.
  /// - Returns: whether there were any.
  /// - Throws: ``JournalError/damaged(message:)`` when the numbers are not those that an entry pins: adding to them would
  ///   pin the damage.
  static func extend(_ db: Database) throws -> Bool {
    let known = try Set(String.fetchAll(db, sql: "SELECT name FROM cells"))
    var next = try Int.fetchOne(db, sql: "SELECT ifnull(max(number), 0) + 1 FROM cells") ?? 1
    let missing = CellKey.all.filter { !known.contains($0.name) }
    if !missing.isEmpty, !known.isEmpty {
      let pinned = try String.fetchOne(
        db,
        sql: """
          SELECT payload ->> 'cells' FROM entries WHERE kind IN ('created', 'catalogue') \
          ORDER BY seq DESC LIMIT 1
          """)
      guard try pinned == digest(db).description else {
        throw JournalError.damaged(message: "the numbers of the cells are not those pinned")
      }
    }
    for key in missing {
      try db.insert("cells", [next.databaseInteger, key.name.databaseValue])
      next += 1
    }
    return !missing.isEmpty
  }

  /// What an entry pins: a number with another name would change the meaning of every figure.
  static func digest(_ db: Database) throws -> Digest {
    var canonical = CanonicalBytes()
    let rows = try Row.fetchCursor(db, sql: "SELECT number, name FROM cells ORDER BY number")
    while let row = try rows.next() {
      canonical.append(row[0] as DatabaseValue)
      canonical.append(row[1] as DatabaseValue)
    }
    return canonical.digest
  }
}
