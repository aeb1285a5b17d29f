import Glibc

/// Goes from tag to tag through a page, without any idea of what they mean.
struct MarkupCursor {
  struct Tag {
    enum Kind {
      case open(String)
      case close(String)
      case comment, doctype, prolog, condition
    }
    let kind: Kind
    let range: Range<Int>
    /// Where the text in front of the tag begins.
    let textStart: Int
    /// The source ends inside.
    let isCutOff: Bool
  }

  private let bytes: UnsafeRawBufferPointer
  private var index = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  func isBlank(from start: Int, to end: Int) -> Bool {
    WhiteSpace.trimmed(start..<end, of: bytes.assumingMemoryBound(to: UInt8.self)).isEmpty
  }

  mutating func next() -> Tag? {
    let textStart = index
    var search = index
    while let start = find(UInt8(ascii: "<"), from: search) {
      if let (kind, end) = tag(at: start) {
        index = end ?? bytes.count
        if case .open(let name) = kind, name == "script" || name == "style", end != nil {
          index = endOfRaw(name, from: index)
        }
        return Tag(
          kind: kind, range: start..<(end ?? bytes.count), textStart: textStart,
          isCutOff: end == nil
        )
      }
      search = start + 1
    }
    index = bytes.count
    return nil
  }

  /// The tag at `<`, and where it ends; `nil` for an end that the source does not have.
  private func tag(at start: Int) -> (Tag.Kind, Int?)? {
    let after = start + 1
    guard after < bytes.count else { return nil }
    switch bytes[after] {
    case UInt8(ascii: "!"):
      if bytes.has([0x2D, 0x2D], at: after + 1) {
        return (.comment, endOfComment(from: after + 3))
      }
      if bytes.has([UInt8(ascii: "[")], at: after + 1) { return (.condition, endOfSign(after)) }
      return name(at: after + 1) == "doctype" ? (.doctype, endOfSign(after)) : nil
    case UInt8(ascii: "?"):
      return (.prolog, endOfSign(after))
    case UInt8(ascii: "/"):
      return name(at: after + 1).map { (.close($0), endOfSign(after)) }
    default:
      return name(at: after).map { (.open($0), endOfTag(from: after + $0.utf8.count)) }
    }
  }

  /// A tag's name in lower case; only where what follows may follow a name.
  private func name(at start: Int) -> String? {
    var position = start
    while position < bytes.count, position - start <= 32 {
      let lower = Self.lower(bytes[position])
      let isLetter = (0x61...0x7A).contains(lower)
      guard isLetter || position > start && ((0x30...0x3A).contains(lower) || lower == 0x2D) else {
        break
      }
      position += 1
    }
    guard position > start else { return nil }
    if position < bytes.count {
      let byte = bytes[position]
      guard byte == 0x3E || byte == 0x2F || byte == 0x20 || (0x09...0x0D).contains(byte) else {
        return nil
      }
    }
    return String(unsafeUninitializedCapacity: position - start) { name in
      for index in start..<position { name[index - start] = Self.lower(bytes[index]) }
      return position - start
    }
  }

  private static func lower(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
  }

  /// Behind `>`, one inside a quoted value apart. A quote that never closes does not hide the rest of the page.
  private func endOfTag(from start: Int) -> Int? {
    var position = start
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: ">"): return position + 1
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        let isValue = bytes[..<position].last { $0 > 0x20 } == UInt8(ascii: "=")
        if isValue, let close = find(bytes[position], from: position + 1) { position = close }
      default: break
      }
      position += 1
    }
    return nil
  }

  private func endOfSign(_ start: Int) -> Int? {
    find(UInt8(ascii: ">"), from: start).map { $0 + 1 }
  }

  private func endOfComment(from start: Int) -> Int? {
    var position = start
    while let dash = find(UInt8(ascii: ">"), from: position) {
      if dash >= start, bytes[dash - 1] == 0x2D, bytes[dash - 2] == 0x2D { return dash + 1 }
      position = dash + 1
    }
    return nil
  }

  private func endOfRaw(_ element: String, from start: Int) -> Int {
    var position = start
    while let open = find(UInt8(ascii: "<"), from: position) {
      if bytes.has([UInt8(ascii: "/")], at: open + 1), name(at: open + 2) == element { return open }
      position = open + 1
    }
    return bytes.count
  }

  private func find(_ byte: UInt8, from start: Int) -> Int? {
    guard start < bytes.count, let base = bytes.baseAddress,
      let found = memchr(base + start, Int32(byte), bytes.count - start)
    else { return nil }
    return UnsafeRawPointer(found) - base
  }
}
