import Documents
import Reports

/// An RTF file: its lines, pictures and tables in reading order, tracked changes as accepted. Heads and feet of pages,
/// notes and comments are left out.
///
/// Source: Rich Text Format (RTF) Specification, version 1.9.1.
func readRichText(
  _ bytes: UnsafeRawBufferPointer, limits: ReadingLimits
) throws(ReadingFailure) -> Document {
  var tokens = RichTextTokens(bytes)
  var builder = RichTextBuilder(limits: limits)
  while let token = tokens.next(
    skippingText: builder.isSkipping, inPairs: builder.hasPairs), !builder.isFinished
  {
    builder.take(token)
    if let excess = builder.excess {
      throw ReadingFailure(Refusal(.tooComplex, detail: excess), format: .rtf)
    }
  }
  builder.finish()
  if let excess = builder.excess {
    throw ReadingFailure(Refusal(.tooComplex, detail: excess), format: .rtf)
  }
  var numbering = TableNumbering()
  var document = Document(blocks: builder.items.map { numbering.block($0) })
  document.endsEarly = !builder.isFinished
  if builder.hasChanges { document.remarks = [.trackedChanges] }
  return document
}

/// The words of RTF.
struct RichTextTokens {
  enum Token {
    case open, close
    /// `\par`, `\cellx2310`.
    case word(String, Int?)
    /// `\~`.
    case symbol(UInt8)
    /// A byte of the text, also as `\'b1`.
    case byte(UInt8)
    /// A byte of the text as it stands, with the second of its character.
    case pair(UInt8, UInt8)
  }

  private let bytes: UnsafeRawBufferPointer
  private var index = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// - Parameters:
  ///   - skippingText: text is not wanted here.
  ///   - inPairs: the character set has characters of two bytes.
  mutating func next(skippingText: Bool, inPairs: Bool) -> Token? {
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "{"): return .open
      case UInt8(ascii: "}"): return .close
      case UInt8(ascii: "\\"): if let token = control() { return token }
      case 0x0A, 0x0D, 0x00: continue
      default:
        if skippingText { continue }
        // Some writers leave the bytes of a character as they are; the second may look like a brace.
        if inPairs, byte >= 0x81, index < bytes.count, bytes[index] >= 0x40, bytes[index] != 0x7F {
          index += 1
          return .pair(byte, bytes[index - 1])
        }
        return .byte(byte)
      }
    }
    return nil
  }

  private mutating func control() -> Token? {
    guard index < bytes.count else { return nil }
    let first = bytes[index]
    guard Self.isLetter(first) else {
      index += 1
      if first == UInt8(ascii: "'") { return hexadecimal() }
      return .symbol(first)
    }
    let start = index
    while index < bytes.count, Self.isLetter(bytes[index]), index - start < 32 { index += 1 }
    let name = String(decoding: bytes[start..<index], as: UTF8.self)
    let parameter = number()
    if index < bytes.count, bytes[index] == 0x20 { index += 1 }
    if name == "bin" {
      index = min(bytes.count, index + max(0, parameter ?? 0))
      return nil
    }
    return .word(name, parameter)
  }

  private mutating func number() -> Int? {
    var place = index
    let isNegative = place < bytes.count && bytes[place] == UInt8(ascii: "-")
    if isNegative { place += 1 }
    let start = place
    var value = 0
    while place < bytes.count, place - start < 10, (0x30...0x39).contains(bytes[place]) {
      value = value * 10 + Int(bytes[place] - 0x30)
      place += 1
    }
    guard place > start else { return nil }
    index = place
    return isNegative ? -value : value
  }

  private mutating func hexadecimal() -> Token? {
    guard index + 1 < bytes.count, let high = Self.digit(bytes[index]),
      let low = Self.digit(bytes[index + 1])
    else { return nil }
    index += 2
    return .byte(high << 4 | low)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }
}
