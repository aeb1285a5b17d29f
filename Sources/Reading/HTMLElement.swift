/// What an element of a page means to reading.
enum HTMLElement {
  /// Belongs to the line of text around it.
  case inline
  /// Stands on lines of its own.
  case block
  case heading
  case preformatted
  case lineBreak
  /// Not part of what a person reads, with all that is in it.
  case unseen
  /// Raised or lowered: a space keeps a footnote's number apart from a figure.
  case raised
  case title
  case picture
  /// A picture, and what is inside is for programs that cannot show it.
  case embedded
  /// A list to choose from: which of its words is shown is not told.
  case selection
  case input
  case table, row, cell, caption
  case head, body, foot

  init(_ name: String) { self = HTMLElement.known[name] ?? .inline }

  private static let known: [String: HTMLElement] = {
    var known: [String: HTMLElement] = [
      "br": .lineBreak, "title": .title, "pre": .preformatted, "listing": .preformatted,
      "xmp": .preformatted, "input": .input, "table": .table, "tr": .row, "td": .cell, "th": .cell,
      "caption": .caption, "thead": .head, "tbody": .body, "tfoot": .foot, "sup": .raised,
      "sub": .raised, "img": .picture, "image": .picture, "v:imagedata": .picture,
      "embed": .picture, "object": .embedded, "iframe": .embedded, "svg": .embedded,
      "canvas": .embedded, "select": .selection,
    ]
    for name in ["h1", "h2", "h3", "h4", "h5", "h6"] { known[name] = .heading }
    for name in [
      "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog",
      "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset",
      "header", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "section",
      "summary", "ul", "option", "textarea",
    ] { known[name] = .block }
    // Deleted and struck-out words are read as their writer left the document: gone.
    for name in [
      "script", "style", "noscript", "template", "datalist", "audio", "video", "noframes",
      "rt", "rp", "del", "s", "strike", "xml", "map",
    ] { known[name] = .unseen }
    return known
  }()
}
