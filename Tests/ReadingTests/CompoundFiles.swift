/// Bytes of a number, the lowest first.
func littleEndian(_ value: Int, _ size: Int) -> [UInt8] {
  (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
}

func utf16(_ text: String) -> [UInt8] { text.utf16.flatMap { littleEndian(Int($0), 2) } }

/// An OLE compound file with these streams, all in sectors of 512 bytes, and an empty folder of streams.
func compoundFile(_ streams: [(name: String, bytes: [UInt8])], folder: String? = nil) -> [UInt8] {
  let end = 0xFFFF_FFFE
  let none = 0xFFFF_FFFF
  var sectors: [[UInt8]] = []
  var chain: [Int] = []
  func pad(_ bytes: [UInt8]) -> [UInt8] {
    bytes + [UInt8](repeating: 0, count: (512 - bytes.count % 512) % 512)
  }
  func add(_ bytes: [UInt8]) -> Int {
    let first = sectors.count
    let padded = pad(bytes)
    for start in stride(from: 0, to: padded.count, by: 512) {
      sectors.append(Array(padded[start..<start + 512]))
      chain.append(sectors.count)
    }
    guard sectors.count > first else { return end }
    chain[chain.count - 1] = end
    return first
  }
  func entry(_ name: String, _ type: UInt8, right: Int, child: Int, start: Int, size: Int)
    -> [UInt8]
  {
    var bytes = utf16(name) + [0, 0]
    let length = bytes.count
    bytes += [UInt8](repeating: 0, count: 64 - length) + littleEndian(length, 2) + [type, 1]
    bytes += littleEndian(none, 4) + littleEndian(right, 4) + littleEndian(child, 4)
    bytes += [UInt8](repeating: 0, count: 36) + littleEndian(start, 4) + littleEndian(size, 4)
    return bytes + [0, 0, 0, 0]
  }
  var directory = entry("Root Entry", 5, right: none, child: 1, start: end, size: 0)
  for (index, stream) in streams.enumerated() {
    directory += entry(
      stream.name, 2, right: index + 1 < streams.count || folder != nil ? index + 2 : none,
      child: none,
      start: add(stream.bytes), size: stream.bytes.count)
  }
  if let folder { directory += entry(folder, 1, right: none, child: none, start: end, size: 0) }
  let firstDirectory = add(directory)
  let tables = (sectors.count + 128) / 127
  let firstTable = sectors.count
  chain += [Int](repeating: 0xFFFF_FFFD, count: tables)
  while chain.count % 128 != 0 { chain.append(none) }
  var head: [UInt8] =
    [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 16)
  head += littleEndian(0x3E, 2) + littleEndian(3, 2) + littleEndian(0xFFFE, 2) + littleEndian(9, 2)
  head += littleEndian(6, 2) + [UInt8](repeating: 0, count: 10) + littleEndian(tables, 4)
  head += littleEndian(firstDirectory, 4) + littleEndian(0, 4) + littleEndian(0, 4)
  head += littleEndian(end, 4) + littleEndian(0, 4) + littleEndian(end, 4) + littleEndian(0, 4)
  for index in 0..<109 { head += littleEndian(index < tables ? firstTable + index : none, 4) }
  return head + sectors.joined() + chain.flatMap { littleEndian($0, 4) }
}

/// A binary Word file made of paragraphs.
struct BinaryWord {
  struct Text {
    var words: String
    var properties: [UInt8] = []
  }

  struct Paragraph {
    var runs: [Text]
    /// The character at its end, and the properties of the paragraph with its style.
    var mark: UInt8 = 0x0D
    var style = 0
    var properties: [UInt8] = []
  }

  /// How the text is cut into pieces: characters of each, whether its bytes are narrow, its change of properties, and the
  /// place among the pieces in the file.
  struct Piece {
    var characters: Range<Int>
    var narrow: [UInt8]?
    var change = 0
  }

  var paragraphs: [Paragraph]
  var flags = 0x0200
  var language = 0x0804
  var version = 0xC1
  var pieces: [Piece] = []
  var changes: [[UInt8]] = []

  /// The last piece stands first in the file, as where a document was saved fast.
  func file() -> [UInt8] {
    let units = paragraphs.flatMap { $0.runs.flatMap { Array($0.words.utf16) } + [UInt16($0.mark)] }
    let cut = pieces.isEmpty ? [Piece(characters: 0..<units.count)] : pieces
    var text: [UInt8] = []
    var offsets = [Int](repeating: 0, count: cut.count)
    var places = [Int](repeating: 0, count: units.count + 1)
    for index in cut.indices.reversed() {
      offsets[index] = 1024 + text.count
      for character in cut[index].characters {
        let step = cut[index].narrow == nil ? 2 : 1
        places[character] =
          1024 + text.count + (character - cut[index].characters.lowerBound) * step
      }
      text += cut[index].narrow ?? cut[index].characters.flatMap { littleEndian(Int(units[$0]), 2) }
    }
    var characterRuns: [(Range<Int>, [UInt8])] = []
    var paragraphRuns: [(Range<Int>, [UInt8])] = []
    var position = 0
    for paragraph in paragraphs {
      let start = position
      for run in paragraph.runs {
        let end = position + run.words.utf16.count
        for character in position..<end where !run.properties.isEmpty {
          characterRuns.append((places[character]..<places[character] + 1, run.properties))
        }
        position = end
      }
      for character in start...position {
        paragraphRuns.append(
          (
            places[character]..<places[character] + 1,
            littleEndian(paragraph.style, 2) + paragraph.properties
          ))
      }
      position += 1
    }
    var main = [UInt8](repeating: 0, count: 1024) + text
    while main.count % 512 != 0 { main.append(0) }
    let characterPages = pages(characterRuns, isParagraphs: false)
    let paragraphPages = pages(paragraphRuns, isParagraphs: true)
    let firstPage = main.count / 512
    main += (characterPages + paragraphPages).joined()

    func put(_ value: Int, _ size: Int, at offset: Int) {
      main.replaceSubrange(offset..<offset + size, with: littleEndian(value, size))
    }
    var table: [UInt8] = []
    func part(_ pair: Int, _ bytes: [UInt8]) {
      put(table.count, 4, at: 154 + 8 * pair)
      put(bytes.count, 4, at: 158 + 8 * pair)
      table += bytes
    }
    func list(_ count: Int, from page: Int) -> [UInt8] {
      (0...count).flatMap { littleEndian($0, 4) }
        + (0..<count).flatMap { littleEndian(page + $0, 4) }
    }
    put(0xA5EC, 2, at: 0)
    put(version, 2, at: 2)
    put(language, 2, at: 6)
    put(flags, 2, at: 10)
    put(units.count, 4, at: 76)
    part(12, list(characterPages.count, from: firstPage))
    part(13, list(paragraphPages.count, from: firstPage + characterPages.count))
    var descriptors: [UInt8] = []
    for (piece, offset) in zip(cut, offsets) {
      let place = piece.narrow == nil ? offset : offset * 2 | 0x4000_0000
      descriptors += littleEndian(0, 2) + littleEndian(place, 4) + littleEndian(piece.change, 2)
    }
    let bounds = cut.map(\.characters.lowerBound) + [units.count]
    let plan = bounds.flatMap { littleEndian($0, 4) } + descriptors
    part(
      33,
      changes.flatMap { [1] + littleEndian($0.count, 2) + $0 } + [2] + littleEndian(plan.count, 4)
        + plan)
    return compoundFile([("WordDocument", main), ("1Table", table)])
  }

  /// One run on each page: more than enough for a test.
  private func pages(_ runs: [(Range<Int>, [UInt8])], isParagraphs: Bool) -> [[UInt8]] {
    runs.map { bytes, properties in
      var page = [UInt8](repeating: 0, count: 512)
      page[511] = 1
      page.replaceSubrange(
        0..<8, with: littleEndian(bytes.lowerBound, 4) + littleEndian(bytes.upperBound, 4))
      var stored = properties
      if isParagraphs, stored.count % 2 == 0 {
        stored = [0, UInt8(stored.count / 2)] + stored
      } else {
        stored = [UInt8(isParagraphs ? (stored.count + 1) / 2 : stored.count)] + stored
      }
      let start = (510 - stored.count) / 2 * 2
      page[8] = UInt8(start / 2)
      page.replaceSubrange(start..<start + stored.count, with: stored)
      return page
    }
  }
}
