/// Follows the body of an OpenDocument text. What is deleted under tracked changes stands in a list of its own, so the text
/// reads as accepted.
struct OpenTextBuilder: XMLFollower {
  private(set) var flow: OfficeFlow
  var excess: String? { flow.excess }

  private let styles: OpenDocumentStyles
  /// The elements inside which nothing is seen.
  private var unseen = 0
  /// For each open element, whether it is raised or lowered.
  private var spans: [Bool] = []
  private var isBody = false
  private var paragraphs = 0
  private var repeats: [(rows: Int, cells: Int)] = []
  private var pictureWords = ""
  private var collapsesSpace = true

  init(styles: OpenDocumentStyles, limits: ReadingLimits) {
    self.styles = styles
    flow = OfficeFlow(limits: limits)
  }

  mutating func start(_ name: String, _ attributes: XMLAttributes) {
    if name == "body" { isBody = true }
    guard isBody else { return }
    guard unseen == 0 else {
      unseen += 1
      return
    }
    switch name {
    // Deletions, comments, notes at the foot, how characters are pronounced, what forms and drawings keep to themselves.
    case "tracked-changes", "annotation", "annotation-end", "note", "ruby-text", "forms",
      "sequence-decls", "variable-decls", "user-field-decls", "dde-connection-decls",
      "event-listeners",
      "desc", "title":
      unseen = 1
    case "hidden-text", "hidden-paragraph": if attributes["is-hidden"] != "false" { unseen = 1 }
    case "section", "table-row", "table-rows":
      if attributes["display"] == "none" || attributes["visibility"] == "collapse" { unseen = 1 }
    default: break
    }
    if unseen == 0 { open(name, attributes) }
  }

  private mutating func open(_ name: String, _ attributes: XMLAttributes) {
    switch name {
    case "p", "h":
      guard !isUnseen(attributes, "paragraph") else { return }
      flow.beginParagraph(isHeading: name == "h")
      paragraphs += 1
      collapsesSpace = true
    case "span":
      let style = attributes["style-name"]
      guard !isUnseen(attributes, "text") else { return }
      let isRaised = styles.value(\.isRaised, of: style, family: "text")
      if isRaised { flow.append(" ") }
      spans.append(isRaised)
    case "s":
      let count = attributes["c"].flatMap { Int($0) } ?? 1
      flow.append(String(repeating: " ", count: min(max(count, 1), 1000)))
    case "tab":
      flow.append("\t")
      collapsesSpace = true
    case "line-break": flow.endLine()
    case "table":
      flow.beginTable()
      repeats.append((1, 1))
    case "table-row":
      flow.beginRow()
      setRepeats { $0.rows = attributes.count("number-rows-repeated") }
    case "table-cell":
      flow.beginCell(
        columnSpan: attributes.count("number-columns-spanned"),
        rowSpan: attributes.count("number-rows-spanned"))
      setRepeats { $0.cells = attributes.count("number-columns-repeated") }
    case "frame": pictureWords = attributes["name"] ?? ""
    case "image", "object", "object-ole": flow.picture(pictureWords)
    default: break
    }
  }

  private mutating func isUnseen(_ attributes: XMLAttributes, _ family: String) -> Bool {
    guard styles.isUnseen(attributes["style-name"], family: family) else { return false }
    unseen = 1
    return true
  }

  private mutating func setRepeats(_ body: (inout (rows: Int, cells: Int)) -> Void) {
    guard let last = repeats.indices.last else { return }
    body(&repeats[last])
  }

  mutating func end(_ name: String) {
    guard isBody else { return }
    guard unseen == 0 else {
      unseen -= 1
      return
    }
    switch name {
    case "body": isBody = false
    case "p", "h":
      flow.endParagraph()
      paragraphs -= 1
    case "span": if spans.popLast() == true { flow.append(" ") }
    case "table-cell":
      flow.endCell()
      if let last = repeats.last { flow.repeatCell(last.cells - 1) }
    case "table-row": if let last = repeats.last { flow.repeatRow(last.rows - 1) }
    case "table":
      flow.endTable()
      _ = repeats.popLast()
    default: break
    }
  }

  /// Line ends and spaces of the source are one space; those that count are elements.
  mutating func text(_ text: UnsafeBufferPointer<UInt8>) {
    guard isBody, unseen == 0, paragraphs > 0 else { return }
    var start = 0
    for (index, byte) in text.enumerated() {
      let isSpace = byte == 0x20 || (0x09...0x0D).contains(byte)
      if isSpace {
        flow.append(UnsafeBufferPointer(rebasing: text[start..<index]))
        if !collapsesSpace { flow.append(" ") }
        start = index + 1
      }
      collapsesSpace = isSpace
    }
    flow.append(UnsafeBufferPointer(rebasing: text[start...]))
  }

  mutating func finish() { flow.finish() }
}

extension XMLAttributes {
  /// A number from 1 up; no table has more than a million rows.
  func count(_ name: String) -> Int {
    min(max(1, self[name].flatMap { Int($0) } ?? 1), 1 << 20)
  }
}
