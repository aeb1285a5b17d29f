/// Sentences of running text, as the document has them.
enum Sentences {
  private static func isEnd(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "。", "！", "？", "\n", "!", "?": true
    default: false
    }
  }

  static func split(_ text: Substring) -> [Substring] {
    text.unicodeScalars.split(whereSeparator: isEnd).map { Substring($0) }.filter {
      !Fold.trimmed($0).isEmpty
    }
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
