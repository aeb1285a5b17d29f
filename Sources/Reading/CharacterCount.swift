/// How well bytes fit a character set of two-byte characters: the shape of the sequences, and how many of the characters
/// are among those that ordinary text is made of.
struct CharacterCount {
  private(set) var characters = 0
  private(set) var common = 0
  private(set) var broken = 0

  /// 0…1.
  var share: Double { characters == 0 ? 0 : Double(common) / Double(characters) }

  /// Common are the signs of rows 1–9 and the 3 755 characters of level 1 of GB/T 2312, which by the standard's own
  /// making cover all but a few of those in a modern text. Bytes of another character set scatter over all of GBK.
  static func gb18030(_ bytes: UnsafeRawBufferPointer) -> CharacterCount {
    count(bytes) { first, index in
      guard first != 0x80, first != 0xFF, index + 1 < bytes.count else { return (1, nil) }
      let second = bytes[index + 1]
      if (0x30...0x39).contains(second) {
        guard index + 3 < bytes.count, (0x81...0xFE).contains(bytes[index + 2]),
          (0x30...0x39).contains(bytes[index + 3])
        else { return (1, nil) }
        return (4, false)
      }
      guard second >= 0x40, second != 0x7F, second != 0xFF else { return (1, nil) }
      let isCommon = (0xA1...0xA9).contains(first) || (0xB0...0xD7).contains(first)
      return (2, isCommon && second >= 0xA1)
    }
  }

  /// Common are the signs and the 5 401 characters of level 1 of Big5.
  static func big5(_ bytes: UnsafeRawBufferPointer) -> CharacterCount {
    count(bytes) { first, index in
      guard first != 0x80, first != 0xFF, index + 1 < bytes.count else { return (1, nil) }
      let second = bytes[index + 1]
      guard (0x40...0x7E).contains(second) || (0xA1...0xFE).contains(second) else {
        return (1, nil)
      }
      return (2, (0xA1...0xC6).contains(first))
    }
  }

  /// - Parameter classify: the length of the character at this place, and whether it is a common one; `nil`: broken.
  @inline(__always)
  private static func count(
    _ bytes: UnsafeRawBufferPointer,
    classify: (_ first: UInt8, _ index: Int) -> (length: Int, isCommon: Bool?)
  ) -> CharacterCount {
    var result = CharacterCount()
    var index = 0
    while index < bytes.count {
      let first = bytes[index]
      guard first >= 0x80 else {
        index += 1
        continue
      }
      let (length, isCommon) = classify(first, index)
      index += length
      guard let isCommon else {
        // A character cut off by the end of the file says nothing against the character set.
        if index < bytes.count { result.broken += 1 }
        continue
      }
      result.characters += 1
      if isCommon { result.common += 1 }
    }
    return result
  }
}
