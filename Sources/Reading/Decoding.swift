import Reports

/// A text file in UTF-8, whatever it was in.
struct DecodedText {
  let utf8: [UInt8]
  let encoding: String
}

/// Finds the character set by the bytes and reads them in it. What a page declares is only a hint: pages that say
/// gb2312 and are UTF-8, and the reverse, are common.
///
/// Sequences that no character stands for are read as U+FFFD as long as they are few, as after a byte was lost on the way:
/// what stands there is no figure then, and a label that has lost a character is still known. A character cut off by the end
/// of the file is read so too.
func decode(_ bytes: UnsafeRawBufferPointer) throws(ReadingFailure) -> DecodedText {
  if let (set, start) = byteOrderMark(bytes) {
    return try convert(UnsafeRawBufferPointer(rebasing: bytes[start...]), from: set)
  }
  if let set = utf16WithoutMark(bytes) { return try convert(bytes, from: set) }
  if isBinary(bytes) { throw ReadingFailure(Refusal(.notADocument), format: .unknown) }

  let declared = declaredCharacterSet(bytes)
  if let text = try utf8(bytes, declared: declared) { return text }
  let gb18030 = CharacterCount.gb18030(bytes)
  let big5 = CharacterCount.big5(bytes)
  let isGB18030 = gb18030.broken <= brokenLimit(gb18030.characters) && gb18030.share >= 0.5
  let isBig5 = big5.broken <= brokenLimit(big5.characters) && big5.share >= 0.8
  if isBig5, !isGB18030 || big5.share > gb18030.share + (declared == .big5 ? 0 : 0.1) {
    return try convert(bytes, from: .big5)
  }
  if isGB18030 { return try convert(bytes, from: .gb18030) }
  if declared == .windows1252 { return try convert(bytes, from: .windows1252) }
  throw ReadingFailure(Refusal(.badEncoding), format: .unknown)
}

/// How many broken sequences a text of so many characters may have. One lost byte makes one or two.
private func brokenLimit(_ characters: Int) -> Int {
  min(characters / 20, max(6, characters / 200))
}

private func convert(
  _ bytes: UnsafeRawBufferPointer, from set: CharacterSet
) throws(ReadingFailure) -> DecodedText {
  let characters = set == .utf8 ? bytes.count / 3 : bytes.count / 2
  guard let conversion = set.convert(bytes, brokenLimit: brokenLimit(characters)) else {
    throw ReadingFailure(Refusal(.badEncoding), format: .unknown, encoding: set.rawValue)
  }
  return try finish(conversion.utf8, encoding: set)
}

/// The text, if the bytes are UTF-8 but for what is allowed to be broken.
private func utf8(
  _ bytes: UnsafeRawBufferPointer, declared: CharacterSet?
) throws(ReadingFailure) -> DecodedText? {
  if String(validating: bytes, as: UTF8.self) != nil {
    // Some short texts of GB2312 are valid UTF-8 of two-byte sequences, which have nothing Chinese among them.
    if declared == .gb18030, !bytes.contains(where: { $0 >= 0xE0 }) {
      let count = CharacterCount.gb18030(bytes)
      if count.characters > 0, count.broken == 0, count.share >= 0.9 { return nil }
    }
    return try finish(Array(bytes), encoding: .utf8)
  }
  let leads = bytes.reduce(0) { $1 >= 0xC2 && $1 < 0xF5 ? $0 + 1 : $0 }
  guard let conversion = CharacterSet.utf8.convert(bytes, brokenLimit: brokenLimit(leads)) else {
    return nil
  }
  return try finish(conversion.utf8, encoding: .utf8)
}

/// Removes the byte order mark and makes control characters visible: where one is dropped, two figures could become one.
private func finish(
  _ utf8: [UInt8], encoding: CharacterSet
) throws(ReadingFailure) -> DecodedText {
  var text = utf8
  if text.starts(with: [0xEF, 0xBB, 0xBF]) { text.removeFirst(3) }
  if text.last == 0x1A { text.removeLast() }
  if text.withUnsafeBytes({ $0.contains(where: isControl) }) {
    var visible: [UInt8] = []
    visible.reserveCapacity(text.count + 64)
    for byte in text {
      if isControl(byte) {
        visible.append(contentsOf: [0xEF, 0xBF, 0xBD])
      } else {
        visible.append(byte)
      }
    }
    text = visible
  }
  guard !isMostlyLost(text), !isMisreadUTF8(text) else {
    throw ReadingFailure(Refusal(.badEncoding), format: .unknown, encoding: encoding.rawValue)
  }
  return DecodedText(utf8: text, encoding: encoding.rawValue)
}

/// One in ten characters beyond ASCII is U+FFFD: someone read the text in the wrong character set and saved what was left.
private func isMostlyLost(_ utf8: [UInt8]) -> Bool {
  var characters = 0
  var lost = 0
  utf8.withUnsafeBufferPointer { bytes in
    for index in bytes.indices where bytes[index] >= 0xC0 {
      characters += 1
      if bytes[index] == 0xEF, index + 2 < bytes.count, bytes[index + 1] == 0xBF,
        bytes[index + 2] == 0xBD
      {
        lost += 1
      }
    }
  }
  return lost > 2 && lost * 10 >= characters
}

/// A control character that is neither white space nor a line break.
@inline(__always)
private func isControl(_ byte: UInt8) -> Bool {
  byte < 0x20 ? !(0x09...0x0D).contains(byte) : byte == 0x7F
}

/// More control characters than a damaged text has.
private func isBinary(_ bytes: UnsafeRawBufferPointer) -> Bool {
  let controls = bytes.reduce(0) { isControl($1) ? $0 + 1 : $0 }
  return controls > 2 && controls > bytes.count / 200
}
