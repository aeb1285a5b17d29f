/// Follows the body of a Word file and gathers its lines, pictures and tables in reading order.
struct WordBuilder: XMLFollower {
  private(set) var items: [FlowItem] = []
  private(set) var excess: String?
  /// Something in it was inserted or deleted under tracked changes.
  private(set) var hasChanges = false
  /// Figures of a table are not shown.
  private(set) var hidesFigures = false

  private let limits: ReadingLimits
  private let styles: WordStyles
  /// What pages put into the file hold, by the relations that lead to them.
  private let chunks: [String: [FlowItem]]
  private var paragraphs: [OpenParagraph] = []
  /// The tables that are open, outermost first.
  private var tables: [WordTable] = []
  /// The elements inside which nothing is seen.
  private var unseen = 0
  private var isText = false
  private var run = Run()
  /// Of each open field, whether what it comes to is in the file.
  private var fields: [Bool] = []
  private var pictureWords = ""
  private var cellCount = 0
  private var blockCount = 0

  /// A paragraph stands in another one where it is in a text box.
  private struct OpenParagraph {
    var line: [UInt8] = []
    var isHeading = false
    /// By its style.
    var looks: WordLooks
    var pictures: [String] = []
  }

  private struct Run {
    /// By the style of its characters.
    var styled = WordLooks()
    /// By itself.
    var own = WordLooks()
    var isRaised = false
    var isOpen = false
  }

  private var isHidden: Bool {
    let paragraph = paragraphs.last?.looks ?? WordLooks()
    return run.own.over(run.styled.toggling(paragraph)).areHidden
  }

  init(limits: ReadingLimits, styles: WordStyles, chunks: [String: [FlowItem]]) {
    self.limits = limits
    self.chunks = chunks
    self.styles = styles
  }

  // MARK: Events

  mutating func start(_ name: String, _ attributes: XMLAttributes) {
    guard unseen == 0 else {
      unseen += 1
      return
    }
    if ["ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel"].contains(name) {
      hasChanges = true
    }
    switch name {
    // Deleted and moved away, instructions of fields, the second way of showing a drawing, and properties without
    // words.
    case "del", "moveFrom", "delText", "instrText", "delInstrText", "Fallback", "sdtPr",
      "sectPr", "tblPr", "tblGrid", "rPrChange", "pPrChange", "tcPrChange", "trPrChange":
      unseen = trackedRow(name) ? 0 : 1
    case "p": paragraphs.append(OpenParagraph(looks: styles.looks(of: styles.ordinary)))
    case "r": run = Run(isOpen: true)
    case "rStyle": if run.isOpen { run.styled = styles.looks(of: attributes["val"]) }
    case "vanish", "strike", "dstrike": if run.isOpen { run.own.set(name, attributes) }
    // A space keeps the number of a footnote apart from a figure.
    case "vertAlign":
      run.isRaised = run.isOpen && attributes["val"] != "baseline"
      if run.isRaised { append(" ") }
    case "t": isText = true
    case "tab", "ptab": if run.isOpen { append("\t") }
    case "br", "cr": if run.isOpen { endLine() }
    case "noBreakHyphen": append("-")
    case "sym": append(" ")
    case "outlineLvl": if attributes["val"] != "9" { markHeading() }
    case "pStyle": if let style = attributes["val"] { setStyle(style) }
    case "docPr": pictureWords = attributes["descr"] ?? attributes["name"] ?? ""
    case "blip": picture(pictureWords)
    case "imagedata": picture(attributes["title"] ?? "")
    case "textpath": picture(attributes["string"] ?? "")
    // Word counts it by itself: the number is in no text.
    case "numId": if attributes["val"] != "0" { change { $0.markUnread() } }
    case "fldChar": field(attributes["fldCharType"])
    case "OLEObject": picture(attributes["ProgID"] ?? "")
    case "altChunk":
      for item in attributes["id"].flatMap({ chunks[$0] }) ?? [.picture("altChunk")] {
        append(item)
        countBlock()
      }
    case "tbl": tables.append(WordTable())
    case "tr": change { $0.startRow() }
    case "gridBefore": change { $0.skip(attributes.number("val")) }
    case "tc": startCell()
    case "gridSpan": change { $0.setSpan(attributes.number("val")) }
    case "vMerge": change { $0.merge(continues: attributes["val"] != "restart") }
    default: break
    }
  }

  mutating func end(_ name: String) {
    guard unseen == 0 else {
      unseen -= 1
      return
    }
    switch name {
    case "p":
      endLine()
      guard let paragraph = paragraphs.popLast() else { break }
      for words in paragraph.pictures { append(.picture(words)) }
    case "r":
      if run.isRaised { append(" ") }
      run = Run()
    case "t": isText = false
    case "tr": change { $0.endRow() }
    case "tc": change { $0.endCell() }
    case "tbl": closeTable()
    default: break
    }
  }

  mutating func text(_ text: UnsafeBufferPointer<UInt8>) {
    guard unseen == 0, isText, let last = paragraphs.indices.last else { return }
    if isHidden {
      let isFigure = text.contains { (0x30...0x39).contains($0) }
      hidesFigures = hidesFigures || isFigure && !tables.isEmpty
    } else {
      paragraphs[last].line.append(contentsOf: text)
    }
  }

  mutating func finish() { while !tables.isEmpty { closeTable() } }

  /// `<w:del>` among the properties of a row: the row is deleted.
  private mutating func trackedRow(_ name: String) -> Bool {
    guard name == "del", paragraphs.isEmpty || run.isOpen == false,
      let last = tables.indices.last, tables[last].isInRowProperties
    else { return false }
    tables[last].dropRow()
    return true
  }

  // MARK: Flow

  private mutating func append(_ text: String) {
    guard !isHidden, let last = paragraphs.indices.last else { return }
    paragraphs[last].line.append(contentsOf: text.utf8)
  }

  /// The paragraph is of this style.
  private mutating func setStyle(_ style: String) {
    guard let last = paragraphs.indices.last else { return }
    paragraphs[last].looks = styles.looks(of: style)
    if styles.headings.contains(style) { markHeading() }
  }

  private mutating func markHeading() {
    guard let last = paragraphs.indices.last else { return }
    paragraphs[last].isHeading = true
  }

  private mutating func picture(_ words: String) {
    countBlock()
    if let last = paragraphs.indices.last {
      paragraphs[last].pictures.append(words)
    } else {
      append(.picture(words))
    }
  }

  /// A field without a result in the file shows one all the same: a choice from a list, a formula.
  private mutating func field(_ mark: String?) {
    switch mark {
    case "begin": fields.append(false)
    case "separate": if !fields.isEmpty { fields[fields.count - 1] = true }
    case "end": if fields.popLast() == false { change { $0.markUnread() } }
    default: break
    }
  }

  private mutating func endLine() {
    guard let last = paragraphs.indices.last else { return }
    let bytes = paragraphs[last].line
    paragraphs[last].line.removeAll(keepingCapacity: true)
    let line = bytes.withUnsafeBufferPointer { bytes in
      String(decoding: bytes[WhiteSpace.trimmed(0..<bytes.count, of: bytes)], as: UTF8.self)
    }
    guard !line.isEmpty else { return }
    append(.line(line, isHeading: paragraphs[last].isHeading))
    countBlock()
  }

  private mutating func countBlock() {
    blockCount += 1
    if blockCount > limits.blocks { excess = "> \(limits.blocks) blocks" }
  }

  private mutating func append(_ item: FlowItem) {
    guard let last = tables.indices.last else {
      items.append(item)
      return
    }
    tables[last].append(item)
  }

  // MARK: Tables

  private mutating func change(_ body: (inout WordTable) -> Void) {
    guard let last = tables.indices.last else { return }
    body(&tables[last])
  }

  private mutating func startCell() {
    change { $0.startCell() }
    cellCount += 1
    if cellCount > limits.cells { excess = "> \(limits.cells) cells" }
  }

  private mutating func closeTable() {
    guard let table = tables.popLast() else { return }
    guard let resolved = table.markup.resolved(limits: limits) else {
      excess = "> \(limits.columns) columns"
      return
    }
    countBlock()
    for item in resolved { append(item) }
  }
}

extension XMLAttributes {
  /// A number from 1 up.
  fileprivate func number(_ name: String) -> Int {
    max(1, self[name].flatMap { Int($0) } ?? 1)
  }
}
