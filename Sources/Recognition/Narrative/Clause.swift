import Reports

/// A piece of a sentence between commas, colons and brackets, with the figures in it.
struct Clause {
  struct Number {
    let start: Int
    /// Behind the counter word.
    let end: Int
    let value: Figure
    let counter: UInt16?
    var isPercent: Bool { counter == U.percent }
  }

  let words: Folded
  let numbers: [Number]
  /// The mark that ends it.
  let mark: UInt16?
  /// Inside brackets.
  let isAside: Bool
  /// How many semicolons stand before it in the sentence.
  let segment: Int

  /// The clauses of a sentence. A comma between digits that groups thousands ends none.
  static func split(_ sentence: Folded) -> [Clause] {
    var clauses: [Clause] = []
    var current: Folded = []
    var isAside = false
    var segment = 0
    func end(_ mark: UInt16?) {
      if !current.isEmpty {
        clauses.append(Clause(current, mark: mark, isAside: isAside, segment: segment))
      }
      current = []
    }
    for (index, c) in sentence.enumerated() {
      switch c {
      case U.comma where isGrouping(sentence, index): continue
      case U.comma, U.colon, U.fullStop: end(c)
      case U.semicolon:
        end(c)
        segment += isAside ? 0 : 1
      case U.open, U.close:
        end(c)
        isAside = c == U.open
      default: current.append(c)
      }
    }
    end(nil)
    return clauses
  }

  private static func isGrouping(_ text: Folded, _ index: Int) -> Bool {
    guard index > 0, Fold.isDigit(text[index - 1]),
      let digits = text.digits(at: index + 1, limit: 4), digits.count == 3
    else { return false }
    var start = index - 1
    while start > 0, Fold.isDigit(text[start - 1]) { start -= 1 }
    return index - start <= 3
  }

  private static let counters = CharacterSet("件宗起份个例条项部篇次%元万".utf16)

  private init(_ words: Folded, mark: UInt16?, isAside: Bool, segment: Int) {
    self.words = words
    self.mark = mark
    self.isAside = isAside
    self.segment = segment
    var numbers: [Number] = []
    var index = 0
    while index < words.count {
      guard Fold.isDigit(words[index]) else {
        if let (value, count) = ChineseNumeral.read(words, at: index) {
          let end = index + count
          if end < words.count, Self.matters.contains(words[end]) {
            numbers.append(
              Number(start: index, end: end + 1, value: Figure(value), counter: words[end]))
          }
          index = end
        } else {
          index += 1
        }
        continue
      }
      var end = index
      while end < words.count, Fold.isDigit(words[end]) || words[end] == U.point { end += 1 }
      if words[end - 1] == U.point { end -= 1 }
      let text = words[index..<end].string
      let counter = end < words.count && Self.counters.contains(words[end]) ? words[end] : nil
      if let value = Figure(text) {
        numbers.append(
          Number(
            start: index, end: counter == nil ? end : end + 1, value: value, counter: counter))
      }
      index = max(end, index + 1)
    }
    self.numbers = numbers
  }

  private static let matters = CharacterSet("件宗起份个例".utf16)

  /// Counts matters: 件, 宗, 起 … and no 条 of published information.
  static func countsMatters(_ number: Number) -> Bool {
    number.counter.map { matters.contains($0) } ?? false
  }

  static func hasCount(_ clause: Clause) -> Bool { clause.numbers.contains(where: countsMatters) }

  /// The number that follows `index` with nothing but filler words between.
  func number(after index: Int, fillers: WordSet) -> Number? {
    var position = index
    while position < words.count {
      if let number = numbers.first(where: { $0.start == position }) { return number }
      guard let filler = fillers.word(at: position, in: words) else { return nil }
      position += filler.count
    }
    return nil
  }

  /// The number whose counter word stands directly before `index`, or before filler words there.
  func number(before index: Int, fillers: WordSet) -> Number? {
    var position = index
    while position > 0 {
      if let number = numbers.first(where: { $0.end == position }) { return number }
      guard let filler = fillers.word(before: position, in: words) else { return nil }
      position -= filler.count
    }
    return nil
  }

  /// The years named in the clause, with where they stand.
  var years: [(value: Int, start: Int, end: Int)] {
    words.indices.compactMap { index in
      guard index == 0 || !Fold.isDigit(words[index - 1]),
        let digits = words.digits(at: index, limit: 5), digits.count == 4,
        (2000...2099).contains(digits.value), words.has([U.year], at: index + 4)
      else { return nil }
      return (digits.value, index, index + 5)
    }
  }
}
