import Documents
import Reports

/// Plain text: one paragraph for each line that is not blank, with the number of its line.
///
/// Tabs at the ends of a line are kept, as they may stand for empty cells; so is a line of many tabs and nothing else.
func readText(
  _ utf8: [UInt8], encoding: String, limits: ReadingLimits
) throws(ReadingFailure) -> Document {
  let blocks = utf8.withUnsafeBufferPointer { textBlocks($0, limit: limits.blocks) }
  guard let blocks else {
    throw ReadingFailure(
      Refusal(.tooComplex, detail: "> \(limits.blocks) lines"), format: .text, encoding: encoding)
  }
  return Document(blocks: blocks)
}

private let formFeed: UInt8 = 0x0C

/// As many tabs no one types by mistake: a row of blank cells.
private let rowOfTabs = 9

/// `nil`: more than the limit.
private func textBlocks(_ bytes: UnsafeBufferPointer<UInt8>, limit: Int) -> [Block]? {
  var blocks: [Block] = []
  var line = 1
  var start = 0
  // Only form feeds tell the pages of a text.
  var page = bytes.contains(formFeed) ? 1 : nil
  while start <= bytes.count {
    var end = start
    var next = bytes.count + 1
    var hasTab = false
    while end < bytes.count {
      if bytes[end] == 0x09 { hasTab = true }
      let length = lineBreak(bytes, at: end)
      if length > 0 {
        next = end + length
        break
      }
      end += 1
    }
    let whole = WhiteSpace.trimmed(start..<end, of: bytes)
    if !whole.isEmpty || hasTab && bytes[start..<end].count(where: { $0 == 0x09 }) >= rowOfTabs {
      guard blocks.count < limit else { return nil }
      let seen =
        hasTab ? WhiteSpace.trimmed(start..<end, of: bytes, keepsTabs: true) : whole
      let text = String(decoding: bytes[seen], as: UTF8.self)
      // Every character has one byte that continues no other.
      let indent = bytes[start..<seen.lowerBound].count { $0 & 0xC0 != 0x80 }
      blocks.append(
        .paragraph(Paragraph(text: text, place: Place(page: page, line: line), indent: indent)))
    }
    line += 1
    if end < bytes.count, bytes[end] == formFeed { page = page.map { $0 + 1 } }
    start = next
  }
  return blocks
}

/// The length of the line break here, 0 for none: LF, CR, CR LF, vertical tab, form feed, NEL, U+2028, U+2029.
@inline(__always)
private func lineBreak(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
  switch bytes[index] {
  case 0x0A, 0x0B, 0x0C: 1
  case 0x0D: index + 1 < bytes.count && bytes[index + 1] == 0x0A ? 2 : 1
  case 0xC2: index + 1 < bytes.count && bytes[index + 1] == 0x85 ? 2 : 0
  case 0xE2:
    index + 2 < bytes.count && bytes[index + 1] == 0x80
      && (0xA8...0xA9).contains(bytes[index + 2]) ? 3 : 0
  default: 0
  }
}
