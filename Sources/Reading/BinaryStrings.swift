/// Strings of a binary workbook, which may go on from one record to the next.
struct BinaryStrings {
  struct Text {
    var units: [UInt16] = []
    /// Where another font begins, and which.
    var runs: [(start: Int, font: Int)] = []

    var string: String { String(decoding: units, as: UTF16.self) }

    /// Without what is written in such fonts.
    func without(_ isLeftOut: (Int) -> Bool) -> String {
      guard runs.contains(where: { isLeftOut($0.font) }) else { return string }
      var kept: [UInt16] = []
      var place = 0
      for (index, run) in runs.enumerated() {
        let start = min(max(run.start, place), units.count)
        if index == 0 { kept += units[..<start] }
        let end =
          index + 1 < runs.count ? min(max(runs[index + 1].start, start), units.count) : units.count
        if !isLeftOut(run.font) { kept += units[start..<end] }
        place = end
      }
      return String(decoding: kept, as: UTF16.self)
    }
  }

  private let parts: [[UInt8]]
  private var part = 0
  private var index = 0

  init(_ parts: [[UInt8]]) { self.parts = parts }

  /// The next string; `nil`: there is none, or it breaks off.
  mutating func text() -> Text? {
    guard let length = number(2), let flags = byte() else { return nil }
    var text = Text()
    let runs = flags & 8 != 0 ? number(2) : 0
    let phonetic = flags & 4 != 0 ? number(4) : 0
    guard let runs, let phonetic else { return nil }
    var isWide = flags & 1 != 0
    while text.units.count < length {
      if index >= parts[part].count {
        // A string that goes on says anew how wide its characters are.
        guard part + 1 < parts.count, let first = parts[part + 1].first else { return nil }
        part += 1
        index = 1
        isWide = first & 1 != 0
        continue
      }
      if isWide {
        guard let unit = parts[part].number(at: index, size: 2) else { return nil }
        text.units.append(UInt16(unit))
        index += 2
      } else {
        text.units.append(UInt16(parts[part][index]))
        index += 1
      }
    }
    for _ in 0..<runs {
      guard let start = number(2), let font = number(2) else { return nil }
      text.runs.append((start, font))
    }
    for _ in 0..<phonetic { guard byte() != nil else { return nil } }
    return text
  }

  private mutating func byte() -> UInt8? {
    while part < parts.count, index >= parts[part].count {
      part += 1
      index = 0
    }
    guard part < parts.count else { return nil }
    index += 1
    return parts[part][index - 1]
  }

  private mutating func number(_ size: Int) -> Int? {
    var value = 0
    for place in 0..<size {
      guard let byte = byte() else { return nil }
      value |= Int(byte) << (8 * place)
    }
    return value
  }
}
