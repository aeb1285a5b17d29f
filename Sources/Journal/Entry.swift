public import Digests
import GRDB
public import Reports

/// One link of the hash chain.
public struct Entry: Sendable, Hashable, Codable {
  /// 1, 2, 3 … without a gap.
  public let seq: Int
  public let time: Timestamp
  public let kind: Kind
  /// The arrival it is about, if it is about one.
  public let arrival: Int?
  /// Canonical JSON: digests over what was written with the entry.
  public let payload: String
  public let previous: Digest
  /// SHA-256 over seq, time, kind, arrival, payload and previous as `CanonicalBytes` writes them.
  public let hash: Digest

  public enum Kind: String, Sendable, Codable, CaseIterable {
    /// The journal was made.
    case created
    /// A newer program has added cell keys.
    case catalogue
    case claimed
    /// The claimed file never left the inbox; the number is given up.
    case withdrawn
    case judged
    /// Judged once more: with a newer program, or because a report that it is compared with has come.
    case rejudged
    /// A newer version of the same report has come, or was there already.
    case superseded
    /// The newer version is none any more: judged again, it is the report of another unit or year.
    case restored
    /// Receipts stand in the outbox.
    case told
    /// Another receipt has taken the place of this one.
    case replaced
    /// Notifications that no judgement made.
    case notified
    case acknowledged
    /// The office's command has taken a notification.
    case delivered
    /// A notification that belongs to no receipt was told to the log.
    case announced
    /// What a notification tells is no longer so.
    case resolved
    /// The original was dropped by its age.
    case expired
  }
}

extension Entry {
  /// The arrivals of entries of some kinds since the chain had so many, each once.
  static func arrivals(_ db: Database, since entries: Int, kinds: [Kind]) throws -> [Int] {
    try Int.fetchAll(
      try db.cachedStatement(sql: arrivalsSince(kinds: kinds)), arguments: [entries])
  }

  /// Without the index by arrival, which SQLite would walk from one end to the other, since the result is to be in its order: a few entries
  /// are asked for, and the whole chain grows.
  static func arrivalsSince(kinds: [Kind]) -> String {
    let names = kinds.map { "'\($0.rawValue)'" }.joined(separator: ", ")
    return """
      SELECT DISTINCT arrival FROM entries NOT INDEXED WHERE seq > ? AND kind IN (\(names)) \
      ORDER BY arrival
      """
  }
}

/// The end of the chain: remembered elsewhere (a receipt, journald), it shows that no later entry was cut off.
public struct Head: Sendable, Hashable, Codable {
  /// The number of entries, and so the `seq` of the last one.
  public let entries: Int
  /// The hash of the last entry.
  public let hash: Digest

  public init(entries: Int, hash: Digest) {
    self.entries = entries
    self.hash = hash
  }

  /// As ``description`` writes it.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let entries = Int(parts[0]), entries > 0, parts[1].utf8.count == 64,
      let hash = Digest(hex: String(parts[1]))
    else { return nil }
    self.init(entries: entries, hash: hash)
  }

  /// Every head in a text that may say other things as well: a log.
  public static func all(in text: String) -> [Head] {
    text.split { !$0.isASCII || !($0.isHexDigit || $0 == ":") }.compactMap { Head($0) }
  }

  /// What the first entry has as `previous`.
  static let none = Head(entries: 0, hash: SHA256.digest(of: []))
}

extension Head: CustomStringConvertible {
  /// `1234:ab…`, as `verify --head` takes it.
  public var description: String { "\(entries):\(hash)" }
}

/// Appends entries within a transaction. The head is read from the database each time, so that a transaction that was
/// rolled back leaves no trace in memory.
struct Chain {
  private(set) var head: Head
  private let db: Database
  private let time: Timestamp

  init(_ db: Database, time: Timestamp) throws {
    self.db = db
    self.time = time
    head = try Chain.head(db)
  }

  static func head(_ db: Database) throws -> Head {
    let statement = try db.cachedStatement(
      sql: "SELECT seq, hash FROM entries ORDER BY seq DESC LIMIT 1")
    guard let row = try Row.fetchOne(statement) else { return .none }
    guard let hash = row.digest(1) else {
      throw JournalError.damaged(message: "the hash of the last entry is no SHA-256")
    }
    return Head(entries: row[0], hash: hash)
  }

  /// The number the next entry will have: rows that name their entry are written before it.
  var next: Int { head.entries + 1 }

  @discardableResult
  mutating func append(_ kind: Entry.Kind, arrival: Int?, _ payload: Payload) throws -> Head {
    let values: [DatabaseValue] = [
      Int64(next).databaseValue, time.microseconds.databaseValue, kind.rawValue.databaseValue,
      arrival.map(Int64.init).databaseValue, payload.text.databaseValue, head.hash.blob,
    ]
    let hash = CanonicalBytes.digest(values)
    try db.insert("entries", values + [hash.blob])
    head = Head(entries: next, hash: hash)
    return head
  }
}

extension Database {
  /// Inserts a whole row, columns in the order of the table.
  func insert(_ table: StaticString, _ values: [DatabaseValue]) throws {
    let marks = repeatElement("?", count: values.count).joined(separator: ",")
    let statement = try cachedStatement(sql: "INSERT INTO \(table) VALUES (\(marks))")
    try statement.execute(arguments: StatementArguments(values))
  }

  func run(_ sql: StaticString, _ values: [DatabaseValue]) throws {
    let statement = try cachedStatement(sql: "\(sql)")
    try statement.execute(arguments: StatementArguments(values))
  }
}

extension Int {
  var databaseInteger: DatabaseValue { Int64(self).databaseValue }
}
