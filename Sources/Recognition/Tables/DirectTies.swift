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

  /// Two damages in one row can make it whole again, with its figures in other cells: then it has a blank and fewer fields than
  /// others, or words and fewer figures than columns (无无 were two).
  func isMoved(_ row: [CellKey], isShort: Bool) -> Bool {
    let fields = row.compactMap { sources[$0] }.map { filling.tokens[$0] }
    if isShort { return fields.contains(where: \.isBlank) && !isConfirmed(row) }
    return fields.count < row.count
      && fields.contains { $0.layout == .spaced && $0.isWords }
  }

  /// The sum of the row holds, and those of the columns of its figures, and there is one.
  private func isConfirmed(_ row: [CellKey]) -> Bool {
    let figures = Set(row.filter { !(filling.cells[$0]?.number?.isZero ?? true) })
    guard !figures.isEmpty else { return false }
    let own = relations.filter { $0.cells.contains(where: figures.contains) }
    return !own.isEmpty && own.allSatisfy(holds)
  }

  private func holds(_ relation: Relation) -> Bool {
    func sum(_ keys: [CellKey]) -> Figure {
      keys.reduce(Figure(0)) { $0 + (filling.cells[$1]?.number ?? Figure(0)) }
    }
    return sum(relation.left).equals(sum(relation.right))
  }
}

extension Tables {
  /// Takes back the word for whatever a damaged table has that nothing ties to its label. In table 3 rows stand between rows
  /// whose figures are held against theirs: there only those beside a damaged one are open. Table 4 is one row without a
  /// label to show a damage: for it damaged rows of the others count too.
  mutating func doubtUntied() {
    let signs = readings.map { DamageSigns(reading: $0, alignment: alignments[$0.found.table]) }
    guard signs.contains(where: \.isDamaged) else { return }
    let isBroken = signs.contains { !$0.brokenRows.isEmpty }
    for sign in signs {
      let table = sign.reading.found.table
      let filling = sign.reading.filling
      let rows: [[CellKey]]
      switch table {
      case .two, .three: rows = sign.isDamaged ? Self.rows(of: filling) : []
      case .four: rows = sign.isStream && isBroken ? [filling.cells.keys.sorted()] : []
      }
      let form = FormTable.of(table, three?.template ?? .v2021)
      let ties = DirectTies(filling, relations: form.relations)
      let open = Self.open(rows, sign, ties).flatMap(\.self)
        .filter { !filling.uncertain.contains($0) }
      doubt(.damaged, open, quote: filling.quote(sign.reading.span.prefix(12)))
    }
  }

  private static func open(
    _ rows: [[CellKey]], _ sign: DamageSigns, _ ties: DirectTies
  ) -> [[CellKey]] {
    guard sign.reading.found.table == .three else { return rows.filter { !ties.isTied($0) } }
    let beside = beside(sign.brokenRows, rows, ties.filling)
    let short = sign.shortRows
    return rows.indices.filter { index in
      let row = rows[index]
      let isShort = short.contains(String(row[0].row))
      return beside.contains(index) && !ties.isTied(row)
        || ties.isMoved(row, isShort: isShort)
    }.map { rows[$0] }
  }

  /// In the order of the form.
  private static func rows(of filling: Filling) -> [[CellKey]] {
    var rows: [[CellKey]] = []
    for key in filling.cells.keys.sorted() {
      if rows.last?.first?.row == key.row {
        rows[rows.count - 1].append(key)
      } else {
        rows.append([key])
      }
    }
    return rows
  }

  /// Which rows stand next to one that has one of these cells. Where white space keeps the columns a row is a line of its own,
  /// and takes nothing from the next.
  private static func beside(
    _ cells: Set<CellKey>, _ rows: [[CellKey]], _ filling: Filling
  ) -> Set<Int> {
    guard !cells.isEmpty,
      !filling.sources.keys.contains(where: { filling.tokens[$0].layout == .spaced })
    else { return [] }
    let damaged = rows.indices.filter { rows[$0].contains(where: cells.contains) }
    return Set(damaged.flatMap { [$0 - 1, $0, $0 + 1] })
  }
}
