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

  /// A text, valid or not.
  mutating func append(utf8: [UInt8]) {
    utf8.withUnsafeBytes { append(type: UInt8(ascii: "T"), $0) }
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
    bytes.withUnsafeBytes { bytes in
      var fields = CanonicalFields(bytes)
      var values: [DatabaseValue] = []
      while let field = fields.next() {
        switch field {
        case .null: values.append(.null)
        case .integer(let integer): values.append(integer.databaseValue)
        case .text(let text): values.append(String(decoding: text, as: UTF8.self).databaseValue)
        case .blob(let blob): values.append([UInt8](blob).blob)
        }
      }
      return fields.isAtEnd ? values : nil
    }
  }

  static func digest(_ values: [DatabaseValue]) -> Digest {
    var canonical = CanonicalBytes()
    canonical.append(values)
    return canonical.digest
  }
}

/// Takes canonical bytes apart again, without a copy.
struct CanonicalFields {
  enum Field {
    case null
    case integer(Int64)
    case text(UnsafeRawBufferPointer)
    case blob(UnsafeRawBufferPointer)
  }

  private var rest: UnsafeRawBufferPointer

  init(_ bytes: UnsafeRawBufferPointer) { rest = bytes }

  var isAtEnd: Bool { rest.isEmpty }

  /// `nil` at the end, and for bytes that no value gives: they are left.
  mutating func next() -> Field? {
    switch rest.first {
    case UInt8(ascii: "N"):
      take(1)
      return .null
    case UInt8(ascii: "I"):
      guard let bits else { return nil }
      take(9)
      return .integer(Int64(bitPattern: bits))
    case UInt8(ascii: "T"): return content().map { .text($0) }
    case UInt8(ascii: "B"): return content().map { .blob($0) }
    default: return nil
    }
  }

  /// The next field, if it is a text.
  mutating func nextText() -> UnsafeRawBufferPointer? {
    if case .text(let text) = next() { text } else { nil }
  }

  private var bits: UInt64? {
    rest.count < 9 ? nil : UInt64(bigEndian: rest.loadUnaligned(fromByteOffset: 1, as: UInt64.self))
  }

  private mutating func content() -> UnsafeRawBufferPointer? {
    guard let count = bits, count <= rest.count - 9 else { return nil }
    let content = UnsafeRawBufferPointer(rebasing: rest[9..<(9 + Int(count))])
    take(9 + Int(count))
    return content
  }

  private mutating func take(_ count: Int) {
    rest = UnsafeRawBufferPointer(rebasing: rest[count...])
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
