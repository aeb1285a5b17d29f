import GRDB

// Packed columns as values. What cannot be unpacked is damage of the journal, told with the arrival.

extension Row {
  /// What a column has packed; `nil` for NULL.
  /// - Throws: ``JournalError/damaged(message:)``
  func unpacked(
    _ column: Int, _ kind: PackedKind, of arrival: Int, by unpacker: Unpacker = Unpacker()
  ) throws -> [UInt8]? {
    try (self[column] as DatabaseValue).unpacked(kind, of: arrival, by: unpacker)
  }
}

extension DatabaseValue {
  /// The same of a value.
  func unpacked(
    _ kind: PackedKind, of arrival: Int, by unpacker: Unpacker
  ) throws -> [UInt8]? {
    switch storage {
    case .null: return nil
    case .blob(let data):
      do throws(PackingError) {
        return try unpacker.unpack([UInt8](data), kind)
      } catch {
        throw JournalError.damaged(message: "\(kind) of arrival \(arrival): \(error)")
      }
    default: throw JournalError.damaged(message: "\(kind) of arrival \(arrival): not packed")
    }
  }
}

extension FigureCode {
  /// - Parameter canonical: what a row of `figures` has packed.
  init?(canonical: [UInt8]) {
    guard let values = CanonicalBytes.values(canonical), values.count == 5,
      let cells = String.fromDatabaseValue(values[1]),
      let content = String.fromDatabaseValue(values[2]),
      let uncertain = String.fromDatabaseValue(values[3]),
      let places = String.fromDatabaseValue(values[4])
    else { return nil }
    self.init(cells: cells, content: content, uncertain: uncertain, places: places)
  }
}
