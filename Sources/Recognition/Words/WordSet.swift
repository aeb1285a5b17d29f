/// Words to look for in folded text, by their first character: one pass over the text finds any of them.
struct WordSet: Sendable {
  let words: [Folded]
  private let firsts: CharacterSet
  private let byFirst: [UInt16: [Folded]]

  init(_ words: [Folded]) {
    // Longer words first: one must not stop in the middle of a longer one.
    self.words = words.filter { !$0.isEmpty }.sorted { $0.count > $1.count }
    firsts = CharacterSet(self.words.map { $0[0] })
    byFirst = Dictionary(grouping: self.words) { $0[0] }
  }

  init(_ words: [String]) { self.init(words.map(Fold.fold)) }

  /// Words with spaces between them.
  init(spaced words: String) { self.init(words.split(separator: " ").map { Fold.fold($0) }) }

  static func + (a: WordSet, b: WordSet) -> WordSet { WordSet(a.words + b.words) }

  /// The longest word that stands at `index`.
  func word(at index: Int, in text: Folded) -> Folded? {
    guard index < text.count else { return nil }
    let c = text[index]
    guard firsts.contains(c) else { return nil }
    return byFirst[c]?.first { text.has($0, at: index) }
  }

  /// The longest word that ends before `end`.
  func word(before end: Int, in text: Folded) -> Folded? {
    words.first { end >= $0.count && text.has($0, at: end - $0.count) }
  }

  func isIn(_ text: Folded) -> Bool {
    for index in text.indices where word(at: index, in: text) != nil { return true }
    return false
  }

  func isPrefix(of text: Folded) -> Bool { word(at: 0, in: text) != nil }
  func isSuffix(of text: Folded) -> Bool { word(before: text.count, in: text) != nil }
}
