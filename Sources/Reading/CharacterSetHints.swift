/// The character set by the mark at the very beginning, and where the text begins.
func byteOrderMark(_ bytes: UnsafeRawBufferPointer) -> (set: CharacterSet, start: Int)? {
  if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
  if bytes.starts(with: [0x84, 0x31, 0x95, 0x33]) { return (.gb18030, 4) }
  if bytes.starts(with: [0xFF, 0xFE]) { return (.utf16LE, 2) }
  if bytes.starts(with: [0xFE, 0xFF]) { return (.utf16BE, 2) }
  return nil
}

/// UTF-16 by its pattern: a Chinese text has ASCII (digits, line ends), whose other byte is zero, and characters of few
/// rows. 一 (U+4E00) has a zero byte too, so that counting zeros alone would take one order for the other.
func utf16WithoutMark(_ bytes: UnsafeRawBufferPointer) -> CharacterSet? {
  let sample = bytes.prefix(64 << 10)
  guard sample.count >= 4, sample.contains(0) else { return nil }
  func fits(high: UInt8, low: UInt8) -> Bool {
    switch high {
    case 0: (0x20...0x7E).contains(low) || (0x09...0x0D).contains(low) || low == 0xA0
    case 0x4E...0x9F, 0x20, 0x30, 0xFF: true
    default: false
    }
  }
  var pairs = 0
  var little = 0
  var big = 0
  for index in stride(from: 0, to: sample.count - 1, by: 2) {
    pairs += 1
    if fits(high: bytes[index + 1], low: bytes[index]) { little += 1 }
    if fits(high: bytes[index], low: bytes[index + 1]) { big += 1 }
  }
  guard max(little, big) * 10 >= pairs * 9 else { return nil }
  return little >= big ? .utf16LE : .utf16BE
}

/// What the first kilobytes of a page declare: `<meta charset=…>`, `content="…; charset=…"`, `<?xml … encoding=…?>`.
func declaredCharacterSet(_ bytes: UnsafeRawBufferPointer) -> CharacterSet? {
  let head = bytes.prefix(4096).map { byte -> UInt8 in
    (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
  }
  for key in ["charset", "encoding"] {
    let pattern = Array(key.utf8)
    var index = 0
    while index + pattern.count < head.count {
      guard head[index] == pattern[0], head[index...].starts(with: pattern) else {
        index += 1
        continue
      }
      index += pattern.count
      let rest = head[index...].drop { $0 == 0x20 }
      guard rest.first == UInt8(ascii: "=") else { continue }
      let value = rest.dropFirst().drop { " \"'".utf8.contains($0) }
      let name = value.prefix { byte in
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || "-_".utf8.contains(byte)
      }
      if let set = CharacterSet(declared: String(decoding: name, as: UTF8.self)) { return set }
    }
  }
  return nil
}
