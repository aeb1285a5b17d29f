import Reports

/// The head of a mail or of a part of one: header lines up to the first blank line.
///
/// Source: RFC 5322 (lines and folding), RFC 2045 and 2231 (parameters), RFC 2047 (encoded words). What common programs
/// write against them is read too: raw GBK or UTF-8 in headers, encoded words inside quotes.
struct MailHead {
  /// Values as they stand there, unfolded; of several the first.
  private var values: [String: [UInt8]] = [:]
  /// Where the body begins.
  private(set) var end = 0

  /// Longer heads than this are none.
  private static let limit = 256 << 10

  /// `nil`: what stands at the beginning are no header lines.
  /// - Parameter isPart: of a part: it may be empty, a blank line at once.
  init?(_ bytes: UnsafeRawBufferPointer, isPart: Bool = false) {
    var name: String?
    var position = 0
    let most = min(bytes.count, MailHead.limit)
    while position < most {
      let feed = bytes[position..<most].firstIndex(of: 0x0A)
      // A line cut off by the limit or by the end tells nothing.
      guard let feed else { break }
      var line = bytes[position..<feed]
      position = feed + 1
      if line.last == 0x0D { line.removeLast() }
      if line.isEmpty {
        if values.isEmpty, !isPart { continue }
        break
      }
      if let first = line.first, first == 0x20 || first == 0x09, let name {
        values[name]?.append(contentsOf: line)
        continue
      }
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
        line[..<colon].allSatisfy({ $0 > 0x20 && $0 < 0x7F })
      else {
        // Mail boxes begin with a line `From sender date`.
        if values.isEmpty, line.starts(with: Array("From ".utf8)) { continue }
        return nil
      }
      let key = String(decoding: line[..<colon], as: UTF8.self).lowercased()
      // Of a header that stands there twice the first counts, and its own continuation lines.
      name = values[key] == nil ? key : nil
      if values[key] == nil { values[key] = Array(line[(colon + 1)...]) }
    }
    end = position
  }

  func has(_ name: String) -> Bool { values[name] != nil }

  /// The value before its first parameter, in lower case: `text/html`, `base64`.
  func token(_ name: String) -> String? {
    guard let value = values[name] else { return nil }
    let token = value.prefix { $0 != UInt8(ascii: ";") }
    return String(decoding: token, as: UTF8.self).lowercased()
      .filter { !$0.isWhitespace && $0 != "\"" }
  }

  /// A parameter of a header, decoded: `boundary` of `content-type`.
  func parameter(_ name: String, of header: String) -> String? {
    guard let value = values[header] else { return nil }
    let all = MailParameters(value)
    return all[name]
  }
}

/// The parameters behind a header's value.
struct MailParameters {
  private var raw: [String: [UInt8]] = [:]

  init(_ value: [UInt8]) {
    let semicolon = UInt8(ascii: ";")
    let quote = UInt8(ascii: "\"")
    var parts: [[UInt8]] = [[]]
    var isQuoted = false
    var isEscaped = false
    for byte in value {
      if isEscaped {
        isEscaped = false
      } else if isQuoted, byte == UInt8(ascii: "\\") {
        isEscaped = true
        continue
      } else if byte == quote {
        isQuoted.toggle()
        continue
      } else if byte == semicolon, !isQuoted {
        parts.append([])
        continue
      }
      parts[parts.count - 1].append(byte)
    }
    for part in parts.dropFirst() {
      guard let equals = part.firstIndex(of: UInt8(ascii: "=")) else { continue }
      let name = String(decoding: part[..<equals], as: UTF8.self).lowercased()
        .filter { !$0.isWhitespace }
      let blank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
      let text = part[(equals + 1)...].drop(while: blank).reversed().drop(while: blank).reversed()
      if raw[name] == nil { raw[name] = Array(text) }
    }
  }

  /// Continued (`name*0=`) and encoded (`name*=utf-8''…`) parameters are put together and decoded.
  subscript(name: String) -> String? {
    if let encoded = raw[name + "*"] { return MailParameters.extended(encoded, isMarked: true) }
    if let plain = raw[name] { return MailWords.decode(plain) }
    var bytes: [UInt8] = []
    var isMarked = false
    var number = 0
    while true {
      if let piece = raw["\(name)*\(number)*"] {
        isMarked = isMarked || number == 0
        bytes += number == 0 ? piece : piece
      } else if let piece = raw["\(name)*\(number)"] {
        bytes += piece
      } else {
        break
      }
      number += 1
    }
    guard number > 0 else { return nil }
    return isMarked
      ? MailParameters.extended(bytes, isMarked: true) : MailWords.decode(bytes)
  }

  /// `utf-8'zh'%E5%B9%B4`.
  private static func extended(_ bytes: [UInt8], isMarked: Bool) -> String {
    let parts = bytes.split(
      separator: UInt8(ascii: "'"), maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3 else { return MailWords.text(MailWords.percent(bytes[...]), nil) }
    let set = String(decoding: parts[0], as: UTF8.self)
    return MailWords.text(MailWords.percent(parts[2]), CharacterSet(declared: set))
  }
}

/// Words of headers in other character sets.
enum MailWords {
  /// Decodes `=?gbk?B?…?=` wherever it stands; what stands around it is taken as it is.
  static func decode(_ bytes: [UInt8]) -> String {
    var result: [UInt8] = []
    // Encoded words that follow each other may cut a character in two: their bytes are joined first.
    var pending: (set: CharacterSet?, bytes: [UInt8])?
    var blanks: [UInt8] = []
    func flush() {
      if let word = pending { result += Array(text(word.bytes, word.set).utf8) }
      pending = nil
    }
    var rest = bytes[...]
    while let first = rest.first {
      if first == UInt8(ascii: "="), let word = EncodedWord(rest) {
        if let before = pending, before.set == word.set {
          pending = (before.set, before.bytes + word.bytes)
        } else {
          flush()
          pending = (word.set, word.bytes)
        }
        blanks = []
        rest = rest[word.end...]
      } else if pending != nil, first == 0x20 || first == 0x09 {
        // White space between encoded words is none.
        blanks.append(first)
        rest.removeFirst()
      } else {
        flush()
        result += blanks
        blanks = []
        result.append(first)
        rest.removeFirst()
      }
    }
    flush()
    return MemberName.decode(result)
  }

  /// Bytes in a character set that was named; in none, as names of members are read.
  static func text(_ bytes: [UInt8], _ set: CharacterSet?) -> String {
    guard let set, let conversion = bytes.withUnsafeBytes({ set.convert($0, brokenLimit: 4) })
    else { return MemberName.decode(bytes) }
    return String(decoding: conversion.utf8, as: UTF8.self)
  }

  static func percent(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    escaped(bytes, mark: UInt8(ascii: "%"))
  }

  /// Bytes written as a mark and two hexadecimal digits.
  static func escaped(_ bytes: ArraySlice<UInt8>, mark: UInt8) -> [UInt8] {
    var result: [UInt8] = []
    var rest = bytes
    while let byte = rest.popFirst() {
      if byte == mark, rest.count >= 2, let value = hexadecimal(rest.prefix(2)) {
        result.append(value)
        rest.removeFirst(2)
      } else {
        result.append(byte)
      }
    }
    return result
  }

  private static func hexadecimal(_ digits: ArraySlice<UInt8>) -> UInt8? {
    UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}

/// `=?gbk?B?…?=` at the beginning of bytes.
private struct EncodedWord {
  let set: CharacterSet?
  let bytes: [UInt8]
  let end: Int

  init?(_ source: ArraySlice<UInt8>) {
    let mark = UInt8(ascii: "?")
    guard source.starts(with: [UInt8(ascii: "="), mark]) else { return nil }
    let start = source.startIndex + 2
    guard let first = source[start...].prefix(64).firstIndex(of: mark), first + 2 < source.endIndex,
      source[first + 2] == mark
    else { return nil }
    let kind = source[first + 1] | 0x20
    let content = first + 3
    // A quoted-printable word has no question mark in it, so the next one ends it.
    guard let last = source[content...].firstIndex(of: mark), last + 1 < source.endIndex,
      source[last + 1] == UInt8(ascii: "=")
    else { return nil }
    set = CharacterSet(declared: String(decoding: source[start..<first], as: UTF8.self))
    let text = source[content..<last]
    switch kind {
    case UInt8(ascii: "b"): bytes = TransferCoding.base64(text)
    case UInt8(ascii: "q"):
      bytes = MailWords.escaped(text, mark: UInt8(ascii: "="))
        .map { $0 == UInt8(ascii: "_") ? 0x20 : $0 }
    default: return nil
    }
    end = last + 2
  }
}
