/// Words of RTF that mean the same wherever they stand.
enum RichTextWords {
  static let characters: [String: String] = [
    "tab": "\t", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "emspace": "\u{2003}", "enspace": "\u{2002}",
    "qmspace": "\u{2005}",
  ]

  /// Destinations that are not part of what a person reads in the text.
  static let skipped: Set<String> = [
    "annotation", "atnauthor", "atnid", "author", "bkmkend", "bkmkstart", "colortbl", "comment",
    "datafield", "datastore", "fldinst", "filetbl", "footer", "footerf", "footerl", "footerr",
    "footnote", "generator", "header", "headerf", "headerl", "headerr", "info", "latentstyles",
    "listoverridetable", "listtable", "nonesttables", "nonshppict", "objdata", "pnseclvl", "revtbl",
    "rsidtbl", "rxe", "shprslt", "sn", "sv", "tc", "themedata", "title", "tcn", "xe", "xmlnstbl",
  ]
}

/// The fonts of an RTF file, which tell the character set of the bytes of the text.
struct RichTextFonts {
  /// Of the file, by its number among Windows' code pages.
  var codePage: Int?
  /// The font that is being told.
  var current: Int?
  private var sets: [Int: CharacterSet] = [:]

  mutating func setCharacterSet(_ number: Int?) {
    guard let current else { return }
    switch number {
    case 134: sets[current] = .gb18030
    case 136: sets[current] = .big5
    default: break
    }
  }

  mutating func setCodePage(_ number: Int?) {
    guard let current, let set = Self.set(number) else { return }
    sets[current] = set
  }

  /// Where the font says nothing, or that it is Western, that of the file: Chinese programs write a Western font beside
  /// Chinese bytes.
  func characterSet(of font: Int?) -> CharacterSet {
    font.flatMap { sets[$0] } ?? Self.set(codePage) ?? .windows1252
  }

  private static func set(_ codePage: Int?) -> CharacterSet? {
    switch codePage {
    case 936, 54936: .gb18030
    case 950: .big5
    case 65001: .utf8
    case 1252: .windows1252
    default: nil
    }
  }
}

/// Bytes of RTF text on their way to characters.
struct RichTextCharacters {
  private var pending: [UInt8] = []
  private var highSurrogate: UInt32?
  /// How many characters are still to be left out, since they stand for one that was told by its number.
  var fallback = 0

  /// Whether what comes next stands for a character already told.
  mutating func skipsFallback() -> Bool {
    guard fallback > 0 else { return false }
    fallback -= 1
    return true
  }

  mutating func endFallback() { fallback = 0 }

  mutating func append(_ byte: UInt8) { pending.append(byte) }

  /// A character by its number, which is signed and of 16 bits.
  mutating func character(_ number: Int) -> String? {
    let unit = UInt32(truncatingIfNeeded: number & 0xFFFF)
    defer { if !(0xD800...0xDBFF).contains(unit) { highSurrogate = nil } }
    switch unit {
    case 0xD800...0xDBFF:
      highSurrogate = unit
      return nil
    case 0xDC00...0xDFFF:
      guard let high = highSurrogate else { return "\u{FFFD}" }
      return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (unit - 0xDC00)).map { String($0) }
    default: return Unicode.Scalar(unit).map { String($0) }
    }
  }

  mutating func flush(into line: inout [UInt8], _ set: CharacterSet) {
    guard !pending.isEmpty else { return }
    defer { pending.removeAll(keepingCapacity: true) }
    if pending.allSatisfy({ $0 < 0x80 }) {
      line.append(contentsOf: pending)
    } else if let conversion = pending.withUnsafeBytes({ set.convert($0, brokenLimit: .max) }) {
      line.append(contentsOf: conversion.utf8)
    } else {
      line.append(contentsOf: "\u{FFFD}".utf8)
    }
  }
}
