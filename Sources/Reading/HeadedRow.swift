/// One row of figures without a label, below a head of many columns, on a page without lines around its cells: the words over
/// each column say where it is, so that a blank cell is known as one.
///
/// Nothing is made of it where a figure does not stand under words of one column and no other.
struct HeadedRow {
  /// From left to right, with line feeds.
  let head: [String]
  let figures: [String]
  /// The lines of the words over the columns and of the figures, by their heights.
  let taken: Set<Double>
  /// What stands on these lines over more than one column.
  let captions: [PageText.Line]
  let top: Double

  /// A head of fewer stands beside labels as well.
  private static let fewestColumns = 10
  private static let mostColumns = 40
  private static let mostHeadLines = 12

  /// The rows among the lines of a page, from top to bottom.
  static func all(in lines: [PageText.PiecedLine], margins: Double) -> [HeadedRow] {
    var rows: [HeadedRow] = []
    var index = 0
    while index < lines.count {
      var end = index
      while end < lines.count, lines[end].isOfFigures,
        end == index || HeadedRow.isNear(lines[end - 1], lines[end])
      { end += 1 }
      if end > index, let row = HeadedRow(lines, figures: index..<end, margins) { rows.append(row) }
      index = max(end, index + 1)
    }
    return rows
  }

  private init?(_ lines: [PageText.PiecedLine], figures: Range<Int>, _ margins: Double) {
    var start = figures.lowerBound
    while start > 0, figures.lowerBound - start < HeadedRow.mostHeadLines,
      lines[start - 1].isOfWords, HeadedRow.isNear(lines[start - 1], lines[start])
    { start -= 1 }
    let pieces = lines[start..<figures.lowerBound].flatMap(\.pieces)
    let isCaption = pieces.map { piece in HeadedRow.isCaption(piece, pieces) }
    let words = zip(pieces, isCaption).filter { !$1 }.map(\.0)
    let columns = HeadedRow.columns(words)
    let height = words.map(\.height).max() ?? 0
    guard (HeadedRow.fewestColumns...HeadedRow.mostColumns).contains(columns.count),
      // A wider one has labels of rows.
      columns.allSatisfy({ $0.upperBound - $0.lowerBound <= 5 * height })
    else { return nil }
    var stacks = [[PageText.Piece]](repeating: [], count: columns.count)
    for piece in lines[figures].flatMap(\.pieces) {
      let over = columns.indices.filter { columns[$0].overlaps(piece.left...piece.right) }
      guard over.count == 1 else { return nil }
      stacks[over[0]].append(piece)
    }
    var texts: [String] = []
    for (column, stack) in stacks.enumerated() {
      guard stack.count > 1 else {
        texts.append(stack.first?.text ?? "")
        continue
      }
      let left = column > 0 ? columns[column - 1].upperBound : columns[0].lowerBound
      let right =
        column + 1 < columns.count ? columns[column + 1].lowerBound : columns[column].upperBound
      guard
        let whole = WrappedFigure.whole(
          stack, width: right - left, margins: 1.5 * margins)
      else { return nil }
      texts.append(whole)
    }
    self.figures = texts
    head = columns.map { column in
      words.filter { column.overlaps($0.left...$0.right) }.map(\.text).joined(separator: "\n")
    }
    let own = lines[start..<figures.upperBound].filter { line in
      figures.contains { lines[$0].middle == line.middle }
        || line.pieces.contains { !HeadedRow.isCaption($0, pieces) }
    }
    taken = Set(own.map(\.middle))
    top = own.map(\.middle).min() ?? 0
    captions = own.compactMap { line in
      let text = line.pieces.filter { HeadedRow.isCaption($0, pieces) }.map(\.text)
        .joined(separator: "  ")
      return text.isEmpty ? nil : PageText.Line(text: text, middle: line.middle)
    }
  }

  private static func isNear(_ line: PageText.PiecedLine, _ next: PageText.PiecedLine) -> Bool {
    let height = next.pieces.map(\.height).max() ?? 0
    return next.middle - line.middle <= 2.2 * height
  }

  /// Below it stand words beside each other.
  private static func isCaption(_ piece: PageText.Piece, _ pieces: [PageText.Piece]) -> Bool {
    let below = pieces.filter {
      $0.middle > piece.middle + piece.height / 4 && $0.left < piece.right && $0.right > piece.left
    }
    guard let first = below.min(by: { $0.right < $1.right }) else { return false }
    return below.contains { $0.left >= first.right }
  }

  /// From where to where the words over each column reach.
  private static func columns(_ words: [PageText.Piece]) -> [ClosedRange<Double>] {
    var columns: [ClosedRange<Double>] = []
    for piece in words.sorted(by: { $0.left < $1.left }) {
      if let last = columns.last, piece.left < last.upperBound {
        columns[columns.count - 1] = last.lowerBound...max(last.upperBound, piece.right)
      } else {
        columns.append(piece.left...piece.right)
      }
    }
    return columns
  }
}

extension PageText.PiecedLine {
  fileprivate var isOfFigures: Bool { !pieces.isEmpty && pieces.allSatisfy(\.isFigure) }
  fileprivate var isOfWords: Bool { !pieces.isEmpty && !pieces.contains(where: \.isFigure) }
}
