/// Lines that only a page of paper has, in the middle of a text: its number, and its running head.
struct PageBreaks {
  /// Titles that stood in the document before.
  private var titles: [Title] = []

  /// Whether each line belongs to a page break: numbers of pages, and beside them the title of the document once more.
  mutating func marks(_ lines: [Substring]) -> [Bool] {
    var marks = lines.map { Self.isPageMark(Fold.trimmed($0)) }
    for index in lines.indices where !marks[index] {
      guard let title = Self.title(lines[index]) else { continue }
      let isBeside = index > 0 && marks[index - 1] || index + 1 < lines.count && marks[index + 1]
      if isBeside, titles.contains(where: { Self.isSame($0, title) }) {
        marks[index] = true
      } else {
        titles.append(title)
        // The unit may stand on the line above.
        if title.unit == nil, index > 0,
          let whole = Self.title(Substring(String(lines[index - 1] + lines[index])))
        {
          titles.append(whole)
        }
      }
    }
    return marks
  }

  private static func title(_ line: Substring) -> Title? {
    guard line.utf8.count < 240, mayDisclose(line) else { return nil }
    let words = Fold.fold(Fold.trimmed(line))
    return words.contains(words: disclosure) ? Title(words) : nil
  }

  private static let disclosure = f("公开")

  /// Most lines have not even 公, which no other character folds to.
  private static func mayDisclose(_ line: Substring) -> Bool {
    line.withBytes { $0.contains { $0 == 0x516C } }
  }

  private static func isSame(_ a: Title, _ b: Title) -> Bool {
    guard let first = a.unit, let second = b.unit, a.year == b.year else { return false }
    return first.contains(second) || second.contains(first)
  }

  /// `-3-`, `— 4 —`, 第 3 页: page numbers that stand between the rows of a table.
  private static func isPageMark(_ line: Substring) -> Bool {
    guard line.utf8.count < 40, let start = Fold.first(line),
      start == U.dash || start == pageStart || start == U.question
    else { return false }
    let folded = Fold.fold(line)
    guard let first = folded.first, let last = folded.last, folded.count >= 3 else { return false }
    if first == U.dash, last == U.dash {
      let inner = folded.drop { $0 == U.dash }
      let digits = inner.prefix { Fold.isDigit($0) }
      return !digits.isEmpty && digits.count <= 3
        && inner.dropFirst(digits.count).allSatisfy { $0 == U.dash }
    }
    guard first == pageStart, let digits = folded.digits(at: 1, limit: 3) else { return false }
    guard folded.has(pageEnd, at: 1 + digits.count) else { return false }
    let rest = folded.dropFirst(2 + digits.count)
    return rest.isEmpty || rest.hasPrefix(pageTotal) || rest.first == 0x2F
  }

  private static let pageStart: UInt16 = 0x7B2C
  private static let pageEnd = f("页")
  private static let pageTotal = f("共")
}
