/// A ZIP file, part after part, as a stream: nothing is written twice and nothing is sought.
///
/// Deflated, names in UTF-8, sizes behind the data, all dates 1 January 1980, so that the same content gives the same
/// bytes. Without ZIP64: a part or file of 4 GiB is refused.
struct ZipWriter {
  private var output: [UInt8] = []
  private var written = 0
  private var part: Part?
  private var directory: [UInt8] = []
  private var partCount = 0

  private struct Part {
    let name: [UInt8]
    let place: Int
    let deflate = Deflate()
    var checksum = Checksum()
    var size = 0
    var packed = 0
  }

  // Bit 3: sizes and checksum stand behind the data. Bit 11: the name is UTF-8.
  private static let flags = 0x0808
  private static let deflated = 8
  private static let date = 0x0021

  /// What was written since the last call.
  mutating func take() -> [UInt8] {
    defer { output = [] }
    return output
  }

  var waiting: Int { output.count }

  mutating func beginPart(_ name: String) {
    let name = Array(name.utf8)
    part = Part(name: name, place: written)
    emit(
      fields(
        (0x0403_4B50, 4), (20, 2), (Self.flags, 2), (Self.deflated, 2), (0, 2), (Self.date, 2),
        (0, 12), (name.count, 2), (0, 2)))
    emit(name)
  }

  mutating func append(_ bytes: [UInt8]) {
    guard var current = part.take() else { return }
    current.checksum.add(bytes)
    current.size += bytes.count
    let packed = current.deflate.append(bytes)
    current.packed += packed.count
    part = current
    emit(packed)
  }

  mutating func endPart() throws(SheetError) {
    guard var current = part.take() else { return }
    let rest = current.deflate.finish()
    current.packed += rest.count
    emit(rest)
    let limit = Int(UInt32.max)
    guard current.size <= limit, written <= limit else { throw SheetError.tooLarge }
    let sums = fields(
      (Int(current.checksum.value), 4), (current.packed, 4), (current.size, 4))
    emit(fields((0x0807_4B50, 4)))
    emit(sums)
    directory += fields(
      (0x0201_4B50, 4), (20, 2), (20, 2), (Self.flags, 2), (Self.deflated, 2), (0, 2),
      (Self.date, 2))
    directory += sums
    directory += fields((current.name.count, 2), (0, 12), (current.place, 4))
    directory += current.name
    partCount += 1
  }

  /// The directory at the end.
  mutating func finish() throws(SheetError) {
    guard written <= Int(UInt32.max), partCount <= Int(UInt16.max) else {
      throw SheetError.tooLarge
    }
    let place = written
    emit(directory)
    emit(
      fields(
        (0x0605_4B50, 4), (0, 4), (partCount, 2), (partCount, 2), (directory.count, 4),
        (place, 4), (0, 2)))
  }

  private mutating func emit(_ bytes: [UInt8]) {
    output += bytes
    written += bytes.count
  }
}

/// Numbers of so many bytes each, the lowest byte first.
private func fields(_ numbers: (value: Int, count: Int)...) -> [UInt8] {
  numbers.flatMap { value, count in
    (0..<count).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> (8 * $0)) : 0 }
  }
}
