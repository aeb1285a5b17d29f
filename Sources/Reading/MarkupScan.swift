/// One pass over a text's tags before any parser sees it: whether it is a page at all, whether it breaks off, and what
/// Word's markup has to be taken out.
struct MarkupScan {
  /// Tags of HTML make this a page; `<…>` around words, as in 印发<…格式>的通知, do not.
  var isPage: Bool {
    hasDoctype || (first.map { MarkupScan.blocks.contains($0) } ?? false)
      || (first.map { MarkupScan.names.contains($0) } ?? false) && closed > 0
      || closed > 0 && opened + closed >= 3 || breaks >= 3
  }

  /// The page ends before its elements do: inside a tag or a comment; without `</body>` and `</html>` where it had
  /// opened them; or, for a piece of a page, inside a table.
  var endsEarly: Bool {
    isCutOff || (opensPage ? !closesPage : openTables > 0)
  }

  /// The root of an XML document that is no page, in lower case.
  var foreignRoot: String? {
    guard hasProlog, let first, !MarkupScan.names.contains(first) else { return nil }
    return first
  }

  /// `<![if …]>` and `<![endif]>`: the parser would take them for text.
  private(set) var conditions: [Range<Int>] = []

  private var hasDoctype = false
  private var hasProlog = false
  /// The name of the tag that the text begins with.
  private var first: String?
  private var opened = 0
  private var closed = 0
  private var breaks = 0
  private var opensPage = false
  private var closesPage = false
  private var openTables = 0
  private var isCutOff = false

  init(_ bytes: UnsafeRawBufferPointer) {
    var cursor = MarkupCursor(bytes)
    var seenText = false
    while let tag = cursor.next() {
      if !seenText, !cursor.isBlank(from: tag.textStart, to: tag.range.lowerBound) {
        seenText = true
      }
      switch tag.kind {
      case .doctype: if !seenText { hasDoctype = true }
      case .prolog: if !seenText { hasProlog = true }
      case .comment: break
      case .condition: conditions.append(tag.range)
      case .open(let name):
        if !seenText, first == nil { first = name }
        seenText = true
        guard MarkupScan.names.contains(name) else { break }
        opened += 1
        if name == "br" { breaks += 1 }
        if name == "html" || name == "body" { opensPage = true }
        if name == "table" { openTables += 1 }
      case .close(let name):
        seenText = true
        guard MarkupScan.names.contains(name) else { break }
        closed += 1
        if name == "html" || name == "body" { closesPage = true }
        if name == "table" { openTables -= 1 }
      }
      if tag.isCutOff { isCutOff = true }
    }
  }

  private static let blocks: Set<String> = [
    "html", "head", "body", "meta", "title", "link", "script", "style", "table", "tbody", "thead",
    "tr", "td", "th", "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "center",
    "section", "article", "main", "header", "form", "pre", "br", "hr", "img", "base",
  ]

  private static let names: Set<String> = blocks.union([
    "a", "b", "i", "u", "em", "strong", "span", "font", "sup", "sub", "small", "big", "tfoot",
    "colgroup", "col", "caption", "nav", "footer", "aside", "dl", "dt", "dd", "blockquote", "label",
    "input", "button", "iframe", "o:p", "tt", "code",
  ])
}
