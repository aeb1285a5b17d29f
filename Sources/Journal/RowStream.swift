import Digests
import GRDB
import GRDBSQLite
import Glibc

/// The rows of a query, one after the other, without a copy of what only goes into a digest.
final class RowStream {
  private let statement: GRDB.Statement
  let row: OpaquePointer
  private let connection: OpaquePointer?
  /// A row to look at; `false` after the last one.
  private(set) var hasRow = false

  /// Stands on the first row.
  init(_ db: Database, _ sql: String) throws {
    statement = try db.makeStatement(sql: sql)
    row = statement.sqliteStatement
    connection = db.sqliteConnection
    try advance()
  }

  func advance() throws {
    switch sqlite3_step(row) {
    case SQLITE_ROW: hasRow = true
    case SQLITE_DONE: hasRow = false
    default:
      hasRow = false
      throw JournalError(
        code: Int(sqlite3_extended_errcode(connection)),
        message: String(cString: sqlite3_errmsg(connection)), path: "",
        errno: sqlite3_system_errno(connection))
    }
  }

  /// `nil` for NULL, and for what is no integer.
  func integer(_ column: Int32) -> Int? {
    guard sqlite3_column_type(row, column) == SQLITE_INTEGER else { return nil }
    return Int(sqlite3_column_int64(row, column))
  }

  func text(_ column: Int32) -> String? {
    guard sqlite3_column_type(row, column) == SQLITE_TEXT else { return nil }
    let start = sqlite3_column_text(row, column)
    let count = Int(sqlite3_column_bytes(row, column))
    return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  /// The same, without a second copy of what the row before had in this column.
  func text(_ column: Int32, after before: String?) -> String? {
    if let before, isText(column, before) { return before }
    return text(column)
  }

  /// Whether exactly this stands there.
  func isText(_ column: Int32, _ other: String) -> Bool {
    guard sqlite3_column_type(row, column) == SQLITE_TEXT,
      let start = sqlite3_column_text(row, column)
    else { return false }
    var other = other
    let count = Int(sqlite3_column_bytes(row, column))
    return other.withUTF8 {
      $0.count == count && (count == 0 || memcmp($0.baseAddress!, start, count) == 0)
    }
  }

  func bytes(_ column: Int32) -> [UInt8]? {
    guard sqlite3_column_type(row, column) == SQLITE_BLOB else { return nil }
    let count = Int(sqlite3_column_bytes(row, column))
    return [UInt8](UnsafeRawBufferPointer(start: sqlite3_column_blob(row, column), count: count))
  }

  /// A BLOB where it lies, until the stream goes on.
  func withBlob<T>(_ column: Int32, _ body: (UnsafeRawBufferPointer) throws -> T) rethrows -> T? {
    guard sqlite3_column_type(row, column) == SQLITE_BLOB else { return nil }
    let count = Int(sqlite3_column_bytes(row, column))
    return try body(
      UnsafeRawBufferPointer(start: sqlite3_column_blob(row, column), count: count))
  }

  /// The UTF-8 of a text as it is stored, valid or not; empty for what is no text.
  func textBytes(_ column: Int32) -> [UInt8] {
    guard sqlite3_column_type(row, column) == SQLITE_TEXT else { return [] }
    let start = sqlite3_column_text(row, column)
    return [UInt8](
      UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(row, column))))
  }

  /// Columns, to be written again.
  func values(_ columns: Range<Int32>) -> [DatabaseValue] {
    columns.map { DatabaseValue(sqliteStatement: row, index: $0) }
  }

  func digest(_ column: Int32) -> Digest? { bytes(column).flatMap { Digest(bytes: $0) } }

  /// Adds columns of the row to a canonical byte string.
  func append(_ columns: Range<Int32>, to canonical: inout CanonicalBytes) {
    for column in columns { canonical.append(column: column, of: row) }
  }

  /// The digest over some columns of the row.
  func digest(over columns: Range<Int32>, _ scratch: inout CanonicalBytes) -> Digest {
    scratch.removeAll()
    append(columns, to: &scratch)
    return scratch.digest
  }
}
