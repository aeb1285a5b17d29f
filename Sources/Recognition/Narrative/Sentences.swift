/// Sentences of running text, as the document has them.
enum Sentences {
  /// 。！？!? and the end of a line.
  private static func isEnd(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x3002, 0xFF01, 0xFF1F, 0x0A, 0x21, 0x3F: true
    default: false
    }
  }

  static func split(_ text: Substring) -> [Substring] {
    var before: UInt32?
    let sentences = text.fields { scalar in
      defer { if !Fold.isSpace(scalar) { before = scalar } }
      return isEnd(scalar) || (scalar == 0x2E || scalar == 0xFF0E) && before.map(endsWord) == true
    }
    return sentences.filter { !Fold.trimmed($0).isEmpty }
  }

  /// A point behind a Chinese character, a bracket or % ends a sentence; behind a digit or a letter it is a part of
  /// something.
  private static func endsWord(_ scalar: UInt32) -> Bool {
    0x4E00...0x9FFF ~= scalar || scalar == 0x29 || scalar == 0xFF09 || scalar == 0x25
  }

  /// The sentence that holds the folded position, as near as counting characters tells.
  static func around(_ position: Int, in text: String) -> String {
    var passed = 0
    for sentence in split(text[...]) {
      passed += Fold.fold(sentence).count + 1
      if position < passed { return String(Fold.trimmed(sentence)) }
    }
    return text
  }
}
