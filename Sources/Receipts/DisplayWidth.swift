/// How many columns of a terminal a text takes: 2 for a wide East Asian character, 0 for a combining mark, 1
/// otherwise. Ambiguous characters (“ ” … ①) count 1, as terminals and the C library do outside legacy locales.
///
/// Source: Unicode Standard Annex 11, East Asian Width.
public func displayWidth(_ text: some StringProtocol) -> Int {
  (text.utf8.withContiguousStorageIfAvailable(plainWidth) ?? nil)
    ?? text.unicodeScalars.reduce(0) { $0 + $1.displayWidth }
}

/// The width of ASCII, ideographs and their punctuation, which is nearly all that is printed; `nil` where anything else stands
/// there. Told by the bytes, without taking them apart.
private func plainWidth(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
  var width = 0
  var place = 0
  while place < bytes.count {
    switch bytes[place] {
    case 0x20..<0x7F:
      width += 1
      place += 1
      continue
    // U+3000 to U+303E.
    case 0xE3 where bytes[place + 1] == 0x80 && bytes[place + 2] < 0xBF: break
    // U+4E00 to U+9FFF.
    case 0xE4 where bytes[place + 1] >= 0xB8: break
    case 0xE5...0xE9: break
    // U+FF01 to U+FF3F.
    case 0xEF where bytes[place + 1] == 0xBC && bytes[place + 2] > 0x80: break
    default: return nil
    }
    width += 2
    place += 3
  }
  return width
}

extension Unicode.Scalar {
  var displayWidth: Int {
    if value < 0x300 {
      return value < 0x20 || (0x7F..<0xA0).contains(value) || value == 0xAD ? 0 : 1
    }
    if isWide { return 2 }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: return 1
    }
  }

  var isWide: Bool {
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0xA4CF,
      0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F,
      0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1B000...0x1B2FF, 0x20000...0x3FFFD:
      true
    case 0x2329, 0x232A: true
    case 0x231A...0x2BFF, 0x1F000...0x1FAFF: properties.isEmojiPresentation
    default: false
    }
  }
}

/// `text` with spaces added up to `width` columns; longer texts stay as they are.
func padded(_ text: String, to width: Int, _ alignment: TextTable.Alignment) -> String {
  let space = String(repeating: " ", count: max(0, width - displayWidth(text)))
  return alignment == .left ? text + space : space + text
}

/// Lines of at most `width` columns. Chinese breaks between any two characters, but no line begins with a closing
/// mark or ends with an opening one; other words break at spaces, and within a word only where it is longer than a line.
/// Line feeds in the text are kept.
func wrapped(_ text: String, to width: Int) -> [String] {
  let width = max(width, 2)
  // Nearly every text of a table fits.
  if !text.utf8.contains(UInt8(ascii: "\n")), displayWidth(text) <= width {
    return [trimmedEnd(text)]
  }
  return text.split(separator: "\n", omittingEmptySubsequences: false)
    .flatMap { wrappedLine($0, to: width) }
}

private func wrappedLine(_ text: Substring, to width: Int) -> [String] {
  var lines: [String] = []
  var line = ""
  var used = 0
  for piece in pieces(of: text) {
    let wide = displayWidth(piece)
    if used + wide > width, used > 0 {
      lines.append(trimmedEnd(line))
      line = ""
      used = 0
    }
    if line.isEmpty, !lines.isEmpty, piece == " " { continue }
    if wide <= width {
      line += piece
      used += wide
    } else {
      for scalar in piece.unicodeScalars {
        if used + scalar.displayWidth > width {
          lines.append(line)
          line = ""
          used = 0
        }
        line.unicodeScalars.append(scalar)
        used += scalar.displayWidth
      }
    }
  }
  lines.append(trimmedEnd(line))
  return lines
}

/// What must stay on one line: a word, a space, or a wide character with the marks that cling to it.
private func pieces(of text: Substring) -> [String] {
  var pieces: [String] = []
  var clings = false
  for scalar in text.unicodeScalars {
    let last = pieces.last?.unicodeScalars.last
    let joins =
      if clings || closing.contains(scalar) || scalar.displayWidth == 0 {
        last != nil && last != " "
      } else if scalar == " " || last == " " || last == nil || scalar.isWide {
        false
      } else {
        !(last?.isWide ?? true)
      }
    if joins, !pieces.isEmpty {
      pieces[pieces.count - 1].unicodeScalars.append(scalar)
    } else {
      pieces.append(String(scalar))
    }
    clings = opening.contains(scalar)
  }
  return pieces
}

private let closing: Set<Unicode.Scalar> = Set("，。、；：？！）”’》】」』〕％,.;:?!)]}%".unicodeScalars)
private let opening: Set<Unicode.Scalar> = Set("（“‘《【「『〔([{".unicodeScalars)

/// Without the spaces at its end.
func trimmedEnd(_ text: String) -> String {
  guard text.utf8.last == UInt8(ascii: " ") else { return text }
  var end = text.utf8.endIndex
  while end > text.startIndex, text.utf8[text.utf8.index(before: end)] == UInt8(ascii: " ") {
    end = text.utf8.index(before: end)
  }
  return String(text[..<end])
}
