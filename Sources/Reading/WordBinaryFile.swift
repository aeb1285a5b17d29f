/// The streams of a binary Word file, and where in them things stand.
///
/// Source: MS-DOC. What Word and WPS write since 1997; older ones are another format.
struct WordBinaryFile {
  enum Failure: Error { case broken, encrypted, tooOld, tooLong }

  struct Piece {
    /// Positions of characters in the text.
    let characters: Range<Int>
    /// Where the first of them stands in the stream.
    let offset: Int
    /// One byte a character, else UTF-16.
    let isNarrow: Bool
    /// Changes of properties that were saved with the piece, without writing the properties anew.
    let changes: [UInt8]
  }

  let main: [UInt8]
  let data: [UInt8]
  private(set) var pieces: [Piece] = []
  let paragraphs: PropertyRuns
  let characters: PropertyRuns
  /// How many characters the text has, and where that of the text boxes is.
  let bodyLength: Int
  let boxes: Range<Int>
  /// Bytes beyond ASCII in narrow pieces may be Chinese: the file says so of its language.
  let isChinese: Bool

  /// - Parameter table: the streams `0Table` and `1Table`.
  init(
    main: [UInt8], tables: [[UInt8]?], data: [UInt8], characterLimit: Int
  ) throws(Failure) {
    guard let flags = main.number(at: 10, size: 2), main.starts(with: [0xEC, 0xA5]) else {
      throw .broken
    }
    guard flags & 0x0100 == 0 else { throw .encrypted }
    guard (main.number(at: 2, size: 2) ?? 0) >= 0xC1 else { throw .tooOld }
    guard let table = tables[flags >> 9 & 1] else { throw .broken }
    self.main = main
    self.data = data
    isChinese = [6, 60].contains { [0x0804, 0x1004].contains(main.number(at: $0, size: 2)) }

    // Lengths of the parts of the text: body, notes, heads, comments, notes at the end, text boxes.
    let lengths = [76, 80, 84, 92, 96, 100].map { main.number(at: $0, size: 4) ?? 0 }
    guard lengths.allSatisfy({ $0 <= main.count }) else { throw .broken }
    bodyLength = lengths[0]
    let front = lengths[0..<5].reduce(0, +)
    boxes = front..<front + lengths[5]
    guard boxes.upperBound <= characterLimit else { throw .tooLong }

    characters = try PropertyRuns(main, table, pair: 12, isParagraphs: false)
    paragraphs = try PropertyRuns(main, table, pair: 13, isParagraphs: true)
    pieces = try Self.pieces(main, table)
  }

  /// The part of the table stream that a pair of the file's head points to.
  fileprivate static func part(
    _ pair: Int, _ main: [UInt8], _ table: [UInt8]
  ) throws(Failure) -> [UInt8] {
    guard let start = main.number(at: 154 + 8 * pair, size: 4),
      let length = main.number(at: 158 + 8 * pair, size: 4), start + length <= table.count
    else { throw .broken }
    return Array(table[start..<start + length])
  }

  private static func pieces(_ main: [UInt8], _ table: [UInt8]) throws(Failure) -> [Piece] {
    let source = try part(33, main, table)
    var changes: [[UInt8]] = []
    var index = 0
    while index < source.count, source[index] == 1 {
      guard let length = source.number(at: index + 1, size: 2), index + 3 + length <= source.count
      else { throw .broken }
      changes.append(Array(source[index + 3..<index + 3 + length]))
      index += 3 + length
    }
    guard index < source.count, source[index] == 2,
      let length = source.number(at: index + 1, size: 4), index + 5 + length <= source.count
    else { throw .broken }
    let start = index + 5
    let count = (length - 4) / 12
    var pieces: [Piece] = []
    for number in 0..<max(0, count) {
      let descriptor = start + 4 * (count + 1) + 8 * number
      guard let from = source.number(at: start + 4 * number, size: 4),
        let to = source.number(at: start + 4 * (number + 1), size: 4), from <= to,
        let place = source.number(at: descriptor + 2, size: 4),
        let change = source.number(at: descriptor + 6, size: 2)
      else { throw .broken }
      let isNarrow = place & 0x4000_0000 != 0
      let offset = isNarrow ? (place & 0x3FFF_FFFF) / 2 : place & 0x3FFF_FFFF
      guard offset + (to - from) * (isNarrow ? 1 : 2) <= main.count else { throw .broken }
      var own: [UInt8] = []
      if change & 1 == 0 {
        own = WordProperties.short(change >> 1 & 0x7F, UInt8(change >> 8))
      } else if changes.indices.contains(change >> 1) {
        own = changes[change >> 1]
      }
      pieces.append(
        Piece(characters: from..<to, offset: offset, isNarrow: isNarrow, changes: own))
    }
    return pieces
  }
}

/// Properties of stretches of the text, on pages of 512 bytes: for each stretch, which bytes of the stream it covers.
struct PropertyRuns {
  struct Run {
    let bytes: Range<Int>
    /// The style, for paragraphs.
    let style: Int
    let properties: [UInt8]
  }

  private(set) var runs: [Run] = []

  fileprivate init(
    _ main: [UInt8], _ table: [UInt8], pair: Int, isParagraphs: Bool
  ) throws(WordBinaryFile.Failure) {
    let list = try WordBinaryFile.part(pair, main, table)
    let count = max(0, (list.count - 4) / 8)
    // No page is listed twice in a sound file; in a damaged one they are not read again and again.
    var seen: Set<Int> = []
    for number in 0..<count {
      guard let page = list.number(at: 4 * (count + 1) + 4 * number, size: 4) else { break }
      guard seen.insert(page & 0x3F_FFFF).inserted else { continue }
      let start = (page & 0x3F_FFFF) * 512
      guard start + 512 <= main.count else { throw .broken }
      addPage(Array(main[start..<start + 512]), isParagraphs)
    }
    runs.sort { $0.bytes.lowerBound < $1.bytes.lowerBound }
  }

  private mutating func addPage(_ page: [UInt8], _ isParagraphs: Bool) {
    let count = Int(page[511])
    let places = 4 * (count + 1)
    for index in 0..<count {
      guard let from = page.number(at: 4 * index, size: 4),
        let to = page.number(at: 4 * index + 4, size: 4), from < to,
        let word = page.number(at: places + index * (isParagraphs ? 13 : 1), size: 1)
      else { continue }
      var start = word * 2
      var length = 0
      if word > 0, let size = page.number(at: start, size: 1) {
        start += 1
        length = isParagraphs ? size * 2 - 1 : size
        if isParagraphs, size == 0, let size = page.number(at: start, size: 1) {
          start += 1
          length = size * 2
        }
      }
      let properties = Array(page[min(start, 511)..<min(max(start, start + length), 511)])
      let style = isParagraphs ? properties.number(at: 0, size: 2) ?? 0 : 0
      runs.append(
        Run(
          bytes: from..<to, style: style,
          properties: isParagraphs ? Array(properties.dropFirst(2)) : properties))
    }
  }

  /// The last that begins at or before this byte, if it reaches so far.
  func run(at byte: Int) -> Run? {
    var low = 0
    var high = runs.count
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].bytes.lowerBound <= byte { low = middle + 1 } else { high = middle }
    }
    guard low > 0, runs[low - 1].bytes.contains(byte) else { return nil }
    return runs[low - 1]
  }
}
