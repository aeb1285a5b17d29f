/// Follows the text of a binary Word file, piece by piece.
struct WordBinaryBuilder {
  var items: [FlowItem] { levels.items }
  var excess: String? { levels.excess }
  /// A mark of a cell stands where no paragraph is told of: which row it belongs to cannot be known.
  private(set) var isBroken = false
  /// Something in it was inserted or deleted under tracked changes.
  private(set) var hasChanges = false

  private let file: WordBinaryFile
  private var levels: TableLevels
  private var line: [UInt8] = []
  private var high: UInt16?
  private var pictures = 0
  /// For each field that is open, whether its instruction is still being read.
  private var fields: [Bool] = []
  private var characterRun = 0..<0
  private var characters = WordCharacters()
  /// What the piece changes of its characters.
  private var pieceChanges: [UInt8] = []
  /// Lines of the paragraph that are already whole.
  private var lines: [String] = []

  init(file: WordBinaryFile, limits: ReadingLimits) {
    self.file = file
    levels = TableLevels(limits: limits)
  }

  mutating func read() {
    for part in [0..<file.bodyLength, file.boxes] where !part.isEmpty {
      for piece in file.pieces where piece.characters.overlaps(part) {
        read(piece, part.clamped(to: piece.characters))
        if excess != nil || isBroken { return }
      }
      endParagraph(WordParagraph())
      fields = []
    }
    levels.finish()
  }

  private mutating func read(_ piece: WordBinaryFile.Piece, _ positions: Range<Int>) {
    let size = piece.isNarrow ? 1 : 2
    var start = piece.offset + (positions.lowerBound - piece.characters.lowerBound) * size
    let end = start + positions.count * size
    characterRun = 0..<0
    pieceChanges = WordCharacters.known(in: piece.changes)
    while start < end, excess == nil, !isBroken {
      if !characterRun.contains(start) { findCharacters(at: start, piece, end: end) }
      let first = file.main[start]
      if piece.isNarrow {
        if first >= 0x80 {
          start += narrow(first, start + 1 < end ? file.main[start + 1] : nil)
          continue
        }
        take(UInt16(first), at: start, piece)
      } else {
        take(UInt16(first) | UInt16(file.main[start + 1]) << 8, at: start, piece)
      }
      start += size
    }
  }

  private mutating func findCharacters(at byte: Int, _ piece: WordBinaryFile.Piece, end: Int) {
    let run = file.characters.run(at: byte)
    characterRun = run?.bytes ?? byte..<byte + 1
    let before = characters.isRaised
    characters = WordCharacters()
    characters.apply(run?.properties ?? [])
    characters.apply(pieceChanges)
    if characters.isDeleted || characters.isInserted { hasChanges = true }
    if characters.isRaised != before { append(" ") }
  }

  // MARK: Characters

  private var isUnseen: Bool { characters.isUnseen || fields.contains(true) }

  /// A byte beyond ASCII: of Windows' Western set, or the first of a Chinese character. Returns how many bytes it was.
  private mutating func narrow(_ first: UInt8, _ second: UInt8?) -> Int {
    if file.isChinese, first >= 0x81, let second, second >= 0x40, second != 0x7F,
      let text = Self.converted([first, second], .gb18030)
    {
      if !isUnseen { line.append(contentsOf: text) }
      return 2
    }
    if !isUnseen { line.append(contentsOf: Self.converted([first], .windows1252) ?? [0x3F]) }
    return 1
  }

  private static func converted(_ bytes: [UInt8], _ set: CharacterSet) -> [UInt8]? {
    let conversion = bytes.withUnsafeBytes { set.convert($0, brokenLimit: 0) }
    guard let conversion, !conversion.isCutOff else { return nil }
    return conversion.utf8
  }

  private mutating func append(_ text: String) {
    if !isUnseen { line.append(contentsOf: text.utf8) }
  }

  private mutating func take(_ unit: UInt16, at byte: Int, _ piece: WordBinaryFile.Piece) {
    switch unit {
    case 0x0D, 0x07, 0x0C: endParagraph(unit, at: byte, piece)
    case 0x0B: endLine()
    case 0x0E: endLine()
    case 0x09: append("\t")
    case 0x13: fields.append(true)
    case 0x14: if let last = fields.indices.last { fields[last] = false }
    case 0x15: _ = fields.popLast()
    case 0x01, 0x08: if characters.isSpecial, !isUnseen { pictures += 1 }
    case 0x1E: append("-")
    case 0x1F: break
    case 0x00..<0x20: append(" ")
    default: if !(characters.isSpecial && unit == 0x28) { character(unit) }
    }
  }

  private mutating func character(_ unit: UInt16) {
    guard !isUnseen else { return }
    if (0xD800...0xDBFF).contains(unit) {
      high = unit
      return
    }
    let units = high.map { [$0, unit] } ?? [unit]
    high = nil
    line.append(contentsOf: String(decoding: units, as: UTF16.self).utf8)
  }

  // MARK: Paragraphs

  private mutating func endLine() {
    if let words = seenLine(line) { lines.append(words) }
    line.removeAll(keepingCapacity: true)
  }

  private mutating func endParagraph(_ mark: UInt16, at byte: Int, _ piece: WordBinaryFile.Piece) {
    var paragraph = WordParagraph()
    if let run = file.paragraphs.run(at: byte) {
      // The first nine styles behind the ordinary one are the headings.
      paragraph.isHeading = (1...9).contains(run.style)
      paragraph.apply(run.properties, data: file.data)
      paragraph.apply(piece.changes, data: file.data)
    } else if mark == 0x07 {
      isBroken = true
      return
    }
    if paragraph.isInTable || paragraph.depth > 0 || mark == 0x07 {
      paragraph.depth = max(1, paragraph.depth)
    }
    // A page may end between two paragraphs; so does the line.
    endParagraph(paragraph)
    if mark == 0x07 {
      if paragraph.endsRow {
        levels.endRow(paragraph.shape, depth: 1)
      } else {
        levels.endCell(depth: 1)
      }
    } else if mark == 0x0D, paragraph.depth > 1 {
      if paragraph.endsInnerRow {
        levels.endRow(paragraph.shape, depth: paragraph.depth)
      } else if paragraph.endsInnerCell {
        levels.endCell(depth: paragraph.depth)
      }
    }
  }

  private mutating func endParagraph(_ paragraph: WordParagraph) {
    endLine()
    for words in lines {
      levels.append(.line(words, isHeading: paragraph.isHeading), depth: paragraph.depth)
    }
    lines = []
    for _ in 0..<pictures { levels.append(.picture(""), depth: paragraph.depth) }
    pictures = 0
  }
}
