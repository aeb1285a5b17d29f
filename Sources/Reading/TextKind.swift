import Reports

/// What kind of text it is, by its beginning and its tags.
enum TextKind {
  case plain, page
  /// A text format that this version does not read.
  case other(DocumentFormat, name: String)

  init(_ markup: MarkupScan) {
    if markup.isPage {
      self = .page
    } else if let root = markup.foreignRoot {
      switch root {
      case "w:worddocument", "pkg:package": self = .other(.docx, name: "XML \(root)")
      case "workbook", "ss:workbook": self = .other(.xlsx, name: "XML \(root)")
      case "office:document": self = .other(.odt, name: "XML \(root)")
      default: self = .other(.unknown, name: "XML \(root)")
      }
    } else {
      self = .plain
    }
  }
}

/// A mail or a web page saved as one: header lines of RFC 5322 at the very beginning. Seen before the character set, as
/// its parts may be in several.
func mailFormat(_ bytes: UnsafeRawBufferPointer) -> DocumentFormat? {
  var names: Set<String> = []
  var isRelated = false
  let head = bytes.prefix(8192)
  for line in head.split(separator: 0x0A, omittingEmptySubsequences: false) {
    var line = line
    if line.last == 0x0D { line.removeLast() }
    if line.isEmpty {
      if names.isEmpty { continue }
      break
    }
    if line.contains(sequence: Array("multipart/related".utf8)) { isRelated = true }
    if let first = line.first, first == 0x20 || first == 0x09, !names.isEmpty { continue }
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
      line[..<colon].allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else {
      // Mail boxes begin with a line `From sender date`.
      if names.isEmpty, line.starts(with: Array("From ".utf8)) { continue }
      return nil
    }
    names.insert(String(decoding: line[..<colon], as: UTF8.self).lowercased())
  }
  let isMail =
    names.contains("mime-version")
    || (names.contains("from") && !names.isDisjoint(with: ["to", "date", "subject", "received"]))
  guard isMail else { return nil }
  return isRelated && !names.contains("received") ? .mhtml : .eml
}
