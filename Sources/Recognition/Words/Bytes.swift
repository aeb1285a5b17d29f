/// A text as the bytes it lies in: every character of every document is looked at several times, and by way of its indices a
/// look costs ten times as much. The only place of the module with a pointer; every access is within bounds or the end.
struct TextBytes {
  private let bytes: UnsafeBufferPointer<UInt8>
  let count: Int

  fileprivate init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    count = bytes.count
  }

  subscript(index: Int) -> UInt8 {
    precondition(index >= 0 && index < count)
    return bytes[index]
  }

  /// The character that begins at `index`, which moves behind it. Strings are valid UTF-8.
  func scalar(at index: inout Int) -> UInt32 {
    let first = UInt32(self[index])
    index += 1
    guard first >= 0x80 else { return first }
    func next() -> UInt32 {
      defer { index += 1 }
      return UInt32(self[index]) & 0x3F
    }
    if first < 0xE0 { return (first & 0x1F) << 6 | next() }
    if first < 0xF0 { return (first & 0x0F) << 12 | next() << 6 | next() }
    return (first & 0x07) << 18 | next() << 12 | next() << 6 | next()
  }

  /// The character that ends at `index`, which moves in front of it.
  func scalar(before index: inout Int) -> UInt32 {
    repeat { index -= 1 } while self[index] & 0xC0 == 0x80
    var start = index
    return scalar(at: &start)
  }

  func contains(_ byte: UInt8) -> Bool { bytes.contains(byte) }

  /// Whether a character is of a kind.
  func contains(where isMeant: (UInt32) -> Bool) -> Bool {
    var index = 0
    while index < count {
      if isMeant(scalar(at: &index)) { return true }
    }
    return false
  }
}

extension Substring {
  func withBytes<Result>(_ body: (TextBytes) -> Result) -> Result {
    utf8.withContiguousStorageIfAvailable { body(TextBytes($0)) }
      ?? Array(utf8).withUnsafeBufferPointer { body(TextBytes($0)) }
  }

  /// The part between two bytes, at which characters begin.
  func part(_ bytes: Range<Int>) -> Substring {
    let start = utf8.index(startIndex, offsetBy: bytes.lowerBound)
    return self[start..<utf8.index(start, offsetBy: bytes.count)]
  }

  /// The parts between characters of one kind, empty ones too.
  func fields(between isMark: (UInt32) -> Bool) -> [Substring] {
    withBytes { bytes in
      var fields: [Substring] = []
      var start = 0
      var index = 0
      while index < bytes.count {
        let end = index
        guard isMark(bytes.scalar(at: &index)) else { continue }
        fields.append(part(start..<end))
        start = index
      }
      fields.append(part(start..<bytes.count))
      return fields
    }
  }
}
