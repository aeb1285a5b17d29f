import Digests
import FoundationEssentials
import GRDB
import GRDBSQLite

/// The byte string over which a digest of database values is taken. It does not depend on SQLite's file format.
///
/// Each value is one byte for its type, then: `N` nothing; `I` eight bytes, most significant first, two's complement;
/// `T` and `B` the number of bytes as eight bytes, then the bytes (`T` is UTF-8). No two lists of values give the same
/// string.
struct CanonicalBytes {
  private(set) var bytes: [UInt8] = []

  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  mutating func append(_ values: [DatabaseValue]) {
    for value in values { append(value) }
  }

  mutating func append(_ value: DatabaseValue) {
    switch value.storage {
    case .null: appendNull()
    case .int64(let integer): append(integer)
    case .string(let text): append(text)
    case .blob(let data):
      data.withUnsafeBytes { append(type: UInt8(ascii: "B"), $0) }
    // No column is a REAL: STRICT tables keep it so.
    case .double(let number):
      append(type: UInt8(ascii: "R"), bits: number.bitPattern)
    }
  }

  mutating func appendNull() { bytes.append(UInt8(ascii: "N")) }

  mutating func append(_ integer: Int64) {
    append(type: UInt8(ascii: "I"), bits: UInt64(bitPattern: integer))
  }

  mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { append(type: UInt8(ascii: "T"), UnsafeRawBufferPointer($0)) }
  }

  mutating func append(blob: [UInt8]) {
    blob.withUnsafeBytes { append(type: UInt8(ascii: "B"), $0) }
  }

  /// A column of the row a statement stands on, as SQLite stores it.
  mutating func append(column: Int32, of statement: OpaquePointer) {
    switch sqlite3_column_type(statement, column) {
    case SQLITE_INTEGER: append(sqlite3_column_int64(statement, column))
    case SQLITE_TEXT:
      let start = sqlite3_column_text(statement, column)
      let count = Int(sqlite3_column_bytes(statement, column))
      append(type: UInt8(ascii: "T"), UnsafeRawBufferPointer(start: start, count: count))
    case SQLITE_BLOB:
      let start = sqlite3_column_blob(statement, column)
      let count = Int(sqlite3_column_bytes(statement, column))
      append(type: UInt8(ascii: "B"), UnsafeRawBufferPointer(start: start, count: count))
    case SQLITE_FLOAT:
      append(type: UInt8(ascii: "R"), bits: sqlite3_column_double(statement, column).bitPattern)
    default: appendNull()
    }
  }

  private mutating func append(type: UInt8, bits: UInt64) {
    bytes.append(type)
    for shift in stride(from: UInt64(56), through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: bits >> shift))
    }
  }

  private mutating func append(type: UInt8, _ content: UnsafeRawBufferPointer) {
    append(type: type, bits: UInt64(content.count))
    bytes.append(contentsOf: content)
  }

  var digest: Digest { SHA256.digest(of: bytes) }

  /// The values that give these bytes; `nil` for bytes that no values give.
  static func values(_ bytes: [UInt8]) -> [DatabaseValue]? {
    var rest = bytes[...]
    var values: [DatabaseValue] = []
    func number() -> UInt64? {
      guard rest.count >= 8 else { return nil }
      defer { rest = rest.dropFirst(8) }
      return rest.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
    while let type = rest.popFirst() {
      switch type {
      case UInt8(ascii: "N"): values.append(.null)
      case UInt8(ascii: "I"):
        guard let bits = number() else { return nil }
        values.append(Int64(bitPattern: bits).databaseValue)
      case UInt8(ascii: "T"), UInt8(ascii: "B"):
        guard let count = number(), count <= rest.count else { return nil }
        let content = Array(rest.prefix(Int(count)))
        rest = rest.dropFirst(Int(count))
        values.append(
          type == UInt8(ascii: "B")
            ? content.blob : String(decoding: content, as: UTF8.self).databaseValue)
      default: return nil
      }
    }
    return values
  }

  static func digest(_ values: [DatabaseValue]) -> Digest {
    var canonical = CanonicalBytes()
    canonical.append(values)
    return canonical.digest
  }
}

extension [UInt8] {
  /// For a BLOB column; no bytes are not NULL.
  var blob: DatabaseValue { Data(self).databaseValue }
}

extension Digest {
  var blob: DatabaseValue { bytes.blob }
}

extension Row {
  func bytes(_ column: Int) -> [UInt8]? {
    if case .blob(let data) = (self[column] as DatabaseValue).storage { [UInt8](data) } else { nil }
  }

  func digest(_ column: Int) -> Digest? { bytes(column).flatMap { Digest(bytes: $0) } }
}
