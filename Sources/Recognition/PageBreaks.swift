/// Lines that only a page of paper has, in the middle of a text: its number, and its running head.
struct PageBreaks {
  /// Titles that stood in the document before.
  private var titles: Set<Folded> = []

  /// Whether each line belongs to a page break: numbers of pages, and beside them the title of the document once more.
  mutating func marks(_ lines: [Substring]) -> [Bool] {
    var marks = lines.map { Self.isPageMark(Fold.trimmed($0)) }
    for index in lines.indices where !marks[index] && lines[index].utf8.count < 240 {
      let words = Fold.fold(Fold.trimmed(lines[index]))
      guard Self.isTitle(words), !titles.insert(words).inserted else { continue }
      marks[index] =
        index > 0 && marks[index - 1] || index + 1 < lines.count && marks[index + 1]
    }
    return marks
  }

  private static func isTitle(_ words: Folded) -> Bool {
    words.count >= 8 && words.contains(words: disclosure)
      && (words.contains(words: report) || words.contains(words: yearbook))
  }

  private static let disclosure = f("公开")
  private static let report = f("报告")
  private static let yearbook = f("年报")

  /// `-3-`, `— 4 —`, 第 3 页: page numbers that stand between the rows of a table.
  private static func isPageMark(_ line: Substring) -> Bool {
    guard line.utf8.count < 40 else { return false }
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
