extension String {
  /// Whether the words stand in the text, byte for byte. The library's search goes by grapheme and takes a hundred times
  /// as long, which over the text of a report is a millisecond.
  func mentions(_ words: String) -> Bool {
    var (text, words) = (self, words)
    return text.withUTF8 { text in
      words.withUTF8 { words in
        guard let last = words.last else { return true }
        let end = words.count - 1
        var position = end
        // The last byte tells Chinese characters apart, the first hardly does.
        while position < text.count {
          if text[position] == last {
            var offset = 0
            while offset < end, text[position - end + offset] == words[offset] { offset += 1 }
            if offset == end { return true }
          }
          position += 1
        }
        return false
      }
    }
  }

  func mentions(anyOf words: [String]) -> Bool { words.contains { mentions($0) } }

  /// Whether an ASCII digit stands in the text.
  var hasDigit: Bool { utf8.contains { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } }
}
