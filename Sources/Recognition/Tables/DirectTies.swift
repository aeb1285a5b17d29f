import Forms
import Reports

/// Which cells of a damaged table are vouched for: those that something ties to their label which damages elsewhere in the table
/// cannot touch.
///
/// * Directly: every cell of the row is a field of its own, and none of them is a blank that may be a bar of something else.
///   What stands there for another reason (a blank, because blanks leave nothing; columns that say so) is open as soon as
///   a line or a cell of the table is known to be lost or to stand twice.
/// * By a sum that would not hold for another reading: of figures that are no zeros.
struct DirectTies {
  let filling: Filling
  let relations: [Relation]
  /// The field of each cell that has one.
  private let sources: [CellKey: Int]

  init(_ filling: Filling, relations: [Relation]) {
    self.filling = filling
    self.relations = relations
    sources = Dictionary(
      filling.sources.map { ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first })
  }

  /// Of the cells of a row.
  func isTied(_ row: [CellKey]) -> Bool {
    isDirect(row) || isConfirmed(row)
  }

  private func isDirect(_ row: [CellKey]) -> Bool {
    row.allSatisfy { key in
      guard let index = sources[key] else { return false }
      let token = filling.tokens[index]
      return !token.isBlank || token.layout == .grid || token.layout == .fields
    }
  }

  /// No field is left of it.
  func hasVanished(_ row: [CellKey]) -> Bool { row.allSatisfy { sources[$0] == nil } }

  /// Its cells stand on lines of their own.
  func isOfLines(_ row: [CellKey]) -> Bool {
    row.contains { key in sources[key].map { filling.tokens[$0].layout == .line } ?? false }
  }

  /// Two damages in one row can make it whole again, with its figures in other cells: then it has a blank and fewer fields than
  /// others, or words and fewer figures than columns (无无 were two).
  func isMoved(_ row: [CellKey], isShort: Bool) -> Bool {
    let fields = row.compactMap { sources[$0] }.map { filling.tokens[$0] }
    if isShort { return fields.contains(where: \.isBlank) && !isConfirmed(row) }
    return fields.count < row.count
      && fields.contains { $0.layout == .spaced && $0.isWords }
  }

  /// The total of the row is the sum of its other cells.
  func sumsUp(_ row: [CellKey]) -> Bool {
    relations.allSatisfy { !$0.cells.allSatisfy(row.contains) || filling.holds($0) }
  }

  /// The sum of the row holds, and those of the columns of its figures, and there is one.
  func isConfirmed(_ row: [CellKey]) -> Bool {
    let figures = Set(row.filter { !(filling.cells[$0]?.number?.isZero ?? true) })
    guard !figures.isEmpty else { return false }
    let own = relations.filter { $0.cells.contains(where: figures.contains) }
    return !own.isEmpty && own.allSatisfy(filling.holds)
  }
}
