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
  guard let head = MailHead(bytes) else { return nil }
  let isMail =
    head.has("mime-version")
    || (head.has("from") && ["to", "date", "subject", "received"].contains { head.has($0) })
  guard isMail else { return nil }
  // A page is sent to nobody; a mail may have its pictures beside it as a page has.
  let isSent = head.has("received") || head.has("to")
  let isPage =
    head.token("content-type") == "multipart/related" || head.has("snapshot-content-location")
    || head.has("content-location")
  return isPage && !isSent ? .mhtml : .eml
}
