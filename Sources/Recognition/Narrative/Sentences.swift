/// Sentences of running text, as the document has them.
enum Sentences {
  private static func isEnd(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "。", "！", "？", "\n", "!", "?": true
    default: false
    }
  }

  static func split(_ text: Substring) -> [Substring] {
    let text = text.unicodeScalars
    var sentences: [Substring] = []
    var start = text.startIndex
    var before: Unicode.Scalar?
    var index = start
    while index < text.endIndex {
      let scalar = text[index]
      let next = text.index(after: index)
      if isEnd(scalar) || (scalar == "." || scalar == "．") && before.map(endsWord) == true {
        sentences.append(Substring(text[start..<index]))
        start = next
      }
      if !Fold.isSpace(scalar) { before = scalar }
      index = next
    }
    sentences.append(Substring(text[start...]))
    return sentences.filter { !Fold.trimmed($0).isEmpty }
  }

  /// A point behind a Chinese character or a bracket ends a sentence; behind a digit or a letter it is a part of
  /// something.
  private static func endsWord(_ scalar: Unicode.Scalar) -> Bool {
    (0x4E00...0x9FFF).contains(scalar.value) || scalar == ")" || scalar == "）" || scalar == "%"
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
