/// Follows the groups and words of RTF.
struct RichTextBuilder {
  /// The group that the file is has ended.
  private(set) var isFinished = false
  var items: [FlowItem] { levels.items }
  var excess: String? { isTooDeep ? "> \(limits.depth) levels" : levels.excess }
  var isSkipping: Bool { group.destination == .skipped }
  var hasPairs: Bool { group.characterSet != .windows1252 }

  /// Something in it was inserted or deleted under tracked changes.
  private(set) var hasChanges = false

  private let limits: ReadingLimits
  private var levels: TableLevels
  private var isTooDeep = false
  private var group = Group()
  private var outer: [Group] = []
  /// `\*` was read: a destination that is not known is skipped.
  private var isOptional = false

  private var fonts = RichTextFonts()
  private var headings: Set<Int> = []
  private var style: Int?

  private var text = RichTextCharacters()
  private var line: [UInt8] = []
  private var paragraph = Paragraph()
  /// Lines of the text around a text box.
  private var outerLines: [[UInt8]] = []
  /// Of the row whose shape is being told, for each level.
  private var shapes: [Int: TableLevels.RowShape] = [:]
  private var cellFlags = TableLevels.RowShape.Cell(edge: 0)
  private var isInRow = false

  private enum Destination {
    case text, skipped, fonts, styles
    /// Numbers that the program put in front of a paragraph.
    case listText
    case textBox
    case rowProperties
  }

  private struct Group {
    var destination = Destination.text
    /// What a `\u` is followed by for programs that do not know it, in characters.
    var fallback = 1
    var isHidden = false
    var isStruck = false
    var isDeleted = false
    var isRaised = false
    var font: Int?
    var characterSet = CharacterSet.windows1252

    var isUnseen: Bool { isHidden || isStruck || isDeleted }
  }

  private struct Paragraph {
    var isInTable = false
    var depth = 1
    var isHeading = false
  }

  init(limits: ReadingLimits) {
    self.limits = limits
    levels = TableLevels(limits: limits)
  }

  // MARK: Words

  mutating func take(_ token: RichTextTokens.Token) {
    switch token {
    case .open:
      flush()
      outer.append(group)
      isTooDeep = outer.count > limits.depth
      isOptional = false
    case .close: closeGroup()
    case .symbol(let symbol): take(symbol: symbol)
    case .byte(let byte): take(byte)
    case .pair(let first, let second):
      take(first)
      take(second)
    case .word(let name, let parameter): take(name, parameter)
    }
  }

  private mutating func closeGroup() {
    flush()
    guard let before = outer.popLast() else { return }
    if group.isRaised, !before.isRaised { put(" ") }
    if group.destination == .textBox, before.destination != .textBox {
      endLine()
      line = outerLines.popLast() ?? []
    }
    group = before
    isOptional = false
    isFinished = outer.isEmpty
  }

  private mutating func take(symbol: UInt8) {
    switch symbol {
    case UInt8(ascii: "*"): isOptional = true
    case UInt8(ascii: "~"): put("\u{A0}")
    case UInt8(ascii: "_"): put("-")
    case 0x0A, 0x0D: endParagraph()
    case UInt8(ascii: "\\"), UInt8(ascii: "{"), UInt8(ascii: "}"): take(symbol)
    default: break
    }
  }

  private mutating func take(_ name: String, _ parameter: Int?) {
    if name == "u" {
      unicode(parameter ?? 0)
      return
    }
    flush()
    if isSkipping { return }
    let isOptional = isOptional
    self.isOptional = false
    let isOn = parameter != 0
    switch name {
    case "fonttbl": group.destination = .fonts
    case "stylesheet": group.destination = .styles
    case "listtext", "pntext": group.destination = .listText
    case "shptxt":
      group.destination = .textBox
      outerLines.append(line)
      line = []
    case "nesttableprops": group.destination = .rowProperties
    case "pict":
      picture()
      group.destination = .skipped
    case "shppict", "shpinst": break
    case _ where RichTextWords.skipped.contains(name): group.destination = .skipped
    case _ where isOptional: group.destination = .skipped
    case "ansicpg":
      fonts.codePage = parameter
      group.characterSet = fonts.characterSet(of: nil)
    case "f":
      if group.destination == .fonts {
        fonts.current = parameter
      } else {
        group.font = parameter
        group.characterSet = fonts.characterSet(of: parameter)
      }
    case "fcharset" where group.destination == .fonts: fonts.setCharacterSet(parameter)
    case "cpg" where group.destination == .fonts: fonts.setCodePage(parameter)
    case "uc": group.fallback = max(0, parameter ?? 1)
    case "v": group.isHidden = isOn
    case "strike", "striked": group.isStruck = isOn
    case "deleted":
      group.isDeleted = isOn
      if isOn { hasChanges = true }
    case "revised": if isOn { hasChanges = true }
    case "super", "sub":
      if !group.isRaised { put(" ") }
      group.isRaised = isOn
    case "nosupersub":
      if group.isRaised { put(" ") }
      group.isRaised = false
    case "plain":
      (group.isHidden, group.isStruck, group.isDeleted) = (false, false, false)
      group.isRaised = false
    default:
      if let character = RichTextWords.characters[name] {
        put(group.destination == .listText && name == "tab" ? " " : character)
      } else {
        takeParagraph(name, parameter)
      }
    }
  }

  private mutating func takeParagraph(_ name: String, _ parameter: Int?) {
    switch name {
    case "s":
      if group.destination == .styles { style = parameter }
      paragraph.isHeading = parameter.map { headings.contains($0) } ?? false
    case "outlinelevel":
      let isHeading = (parameter ?? 9) < 9
      if group.destination == .styles {
        if isHeading, let style { headings.insert(style) }
      } else {
        paragraph.isHeading = isHeading
      }
    case "pard": paragraph = Paragraph()
    case "intbl": paragraph.isInTable = parameter != 0
    case "itap":
      paragraph.isInTable = (parameter ?? 1) > 0
      paragraph.depth = max(1, parameter ?? 1)
    case "par", "sect": endParagraph()
    case "line", "page", "column": endLine()
    case "cell", "nestcell": endCell(isNested: name == "nestcell")
    case "row", "nestrow": endRow(isNested: name == "nestrow")
    case "trowd":
      shapes[rowDepth] = TableLevels.RowShape()
      cellFlags = TableLevels.RowShape.Cell(edge: 0)
      if group.destination != .rowProperties { isInRow = true }
    case "trleft": shapes[rowDepth]?.start = parameter ?? 0
    case "clmrg": cellFlags.continuesLeft = true
    case "clvmrg": cellFlags.continuesAbove = true
    case "cellx":
      cellFlags.edge = parameter ?? 0
      if (shapes[rowDepth]?.cells.count ?? 0) < limits.columns {
        shapes[rowDepth]?.cells.append(cellFlags)
      }
      cellFlags = TableLevels.RowShape.Cell(edge: 0)
    default: break
    }
  }

  // MARK: Characters

  private mutating func take(_ byte: UInt8) {
    guard !isSkipping, group.destination != .fonts, group.destination != .styles else { return }
    if text.skipsFallback() { return }
    guard !group.isUnseen else { return }
    text.append(byte)
  }

  private mutating func unicode(_ number: Int) {
    guard !isSkipping, group.destination != .fonts, group.destination != .styles else { return }
    flush()
    text.fallback = group.fallback
    guard !group.isUnseen else { return }
    if let character = text.character(number) { line.append(contentsOf: character.utf8) }
  }

  private mutating func put(_ words: String) {
    guard !isSkipping, !group.isUnseen, group.destination != .fonts, group.destination != .styles
    else { return }
    text.flush(into: &line, group.characterSet)
    line.append(contentsOf: words.utf8)
  }

  private mutating func flush() {
    text.flush(into: &line, group.characterSet)
    text.endFallback()
  }

  // MARK: Flow

  private var depth: Int {
    guard paragraph.isInTable || isInRow else { return 0 }
    return max(1, paragraph.depth)
  }

  private var rowDepth: Int {
    group.destination == .rowProperties ? max(2, paragraph.depth) : 1
  }

  private mutating func picture() {
    guard !group.isUnseen else { return }
    levels.append(.picture(""), depth: depth)
  }

  private mutating func endLine() {
    text.flush(into: &line, group.characterSet)
    defer { line.removeAll(keepingCapacity: true) }
    guard let words = seenLine(line) else { return }
    levels.append(.line(words, isHeading: paragraph.isHeading), depth: depth)
  }

  private mutating func endParagraph() {
    // A paragraph that is deleted as a whole leaves its end.
    guard !isSkipping, group.destination == .text || group.destination == .textBox else { return }
    endLine()
  }

  private mutating func endCell(isNested: Bool) {
    endLine()
    levels.endCell(depth: isNested ? max(2, paragraph.depth) : 1)
  }

  private mutating func endRow(isNested: Bool) {
    endLine()
    let depth = isNested ? max(2, paragraph.depth) : 1
    levels.endRow(shapes[depth] ?? TableLevels.RowShape(), depth: depth)
    if !isNested { isInRow = false }
  }

  mutating func finish() {
    endLine()
    levels.finish()
  }
}
