/// The line of text being put together, white space collapsed as a browser does it.
struct HTMLLine {
  private var utf8: [UInt8] = []
  /// White space that becomes visible if anything follows.
  private var gap = Gap.none
  /// The last character is as wide as an ideograph.
  private var endsWide = false

  private enum Gap { case none, space, lineEnd }

  var isEmpty: Bool { utf8.isEmpty }

  /// Adds text. Between two ideographs the end of a source line is nothing (CSS Text 3, segment breaks), since Chinese
  /// has no spaces between words; anywhere else it is a space.
  mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
    var index = 0
    while index < text.count {
      let byte = text[index]
      switch byte {
      case 0x0A, 0x0D:
        gap = .lineEnd
        index += 1
      case 0x20, 0x09, 0x0B, 0x0C:
        if gap == .none { gap = .space }
        index += 1
      default:
        let isWide = (0xE3...0xE9).contains(byte) || byte == 0xEF
        if gap == .space || gap == .lineEnd && !(isWide && endsWide) { utf8.append(0x20) }
        gap = .none
        endsWide = isWide
        var end = index + 1
        while end < text.count, text[end] > 0x20 {
          let byte = text[end]
          if byte & 0xC0 != 0x80 { endsWide = (0xE3...0xE9).contains(byte) || byte == 0xEF }
          end += 1
        }
        utf8.append(contentsOf: text[index..<end])
        index = end
      }
    }
  }

  /// Adds text as it stands; for what is preformatted, without its line ends.
  mutating func append(asIs text: Slice<UnsafeBufferPointer<UInt8>>) {
    utf8.append(contentsOf: text)
  }

  mutating func appendSpace() { if gap == .none { gap = .space } }

  /// The line without white space at its ends (tabs apart, if they are to be kept), `nil` if nothing is left; begins a new one.
  mutating func take(keepsTabs: Bool = false) -> String? {
    defer {
      utf8.removeAll(keepingCapacity: true)
      gap = .none
      endsWide = false
    }
    guard !utf8.isEmpty else { return nil }
    return utf8.withUnsafeBufferPointer { bytes in
      guard !WhiteSpace.trimmed(0..<bytes.count, of: bytes).isEmpty else { return nil }
      let seen = WhiteSpace.trimmed(0..<bytes.count, of: bytes, keepsTabs: keepsTabs)
      return String(decoding: bytes[seen], as: UTF8.self)
    }
  }
}
