/// White space that is not seen at either end of a text, in UTF-8: ASCII's, NBSP, the ideographic space, the typographic
/// and zero-width ones, direction marks, the byte order mark, and DOS's end of file.
enum WhiteSpace {
  /// The length of the white space character that begins here, 0 if none does.
  @inline(__always)
  static func length(in bytes: UnsafeBufferPointer<UInt8>, at index: Int, end: Int) -> Int {
    let first = bytes[index]
    if first < 0x80 {
      return first == 0x20 || (0x09...0x0D).contains(first) || first == 0x1A ? 1 : 0
    }
    if first == 0xC2 {
      return index + 1 < end && (bytes[index + 1] == 0xA0 || bytes[index + 1] == 0x85) ? 2 : 0
    }
    guard first == 0xE1 || first == 0xE2 || first == 0xE3 || first == 0xEF, index + 2 < end else {
      return 0
    }
    switch (first, bytes[index + 1], bytes[index + 2]) {
    case (0xE3, 0x80, 0x80), (0xEF, 0xBB, 0xBF), (0xE1, 0x9A, 0x80), (0xE2, 0x81, 0x9F),
      (0xE2, 0x81, 0xA0), (0xE2, 0x80, 0x80...0x8F), (0xE2, 0x80, 0xA8...0xA9), (0xE2, 0x80, 0xAF):
      return 3
    default: return 0
    }
  }

  /// What is left of the range without the white space at its ends. Where `keepsTabs` is set, tabs are no white space.
  static func trimmed(
    _ range: Range<Int>, of bytes: UnsafeBufferPointer<UInt8>, keepsTabs: Bool = false
  ) -> Range<Int> {
    var lower = range.lowerBound
    var upper = range.upperBound
    while lower < upper, !(keepsTabs && bytes[lower] == 0x09) {
      let length = length(in: bytes, at: lower, end: upper)
      guard length > 0 else { break }
      lower += length
    }
    while lower < upper, !(keepsTabs && bytes[upper - 1] == 0x09) {
      let before = upper
      for length in 1...3 where upper - length >= lower {
        if self.length(in: bytes, at: upper - length, end: upper) == length {
          upper -= length
          break
        }
      }
      if upper == before { break }
    }
    return lower..<upper
  }
}

func isBlank(_ utf8: [UInt8]) -> Bool {
  utf8.withUnsafeBufferPointer { WhiteSpace.trimmed(0..<$0.count, of: $0).isEmpty }
}
