import Forms
import Reports

extension Tables {
  /// Takes back the word for whatever a damaged table has that nothing ties to its label.
  mutating func doubtUntied() {
    let signs = readings.map { DamageSigns(reading: $0, alignment: alignments[$0.found.table]) }
    guard signs.contains(where: \.isDamaged) else { return }
    let isBroken = signs.contains { !$0.brokenRows.isEmpty }
    for sign in signs {
      let form = FormTable.of(sign.reading.found.table, three?.template ?? .v2021)
      let table = DamagedTable(sign: sign, form: form)
      let filling = sign.reading.filling
      let open = table.openRows(besideBroken: isBroken).flatMap(\.self)
        .filter { !filling.uncertain.contains($0) }
      doubt(.damaged, open, quote: filling.quote(sign.reading.span.prefix(12)))
    }
  }
}

/// A table of a document that shows damage, and which of its rows are not vouched for.
///
/// In table 3 rows stand between rows whose figures are held against theirs: there only those that a damage may have reached
/// are open. Table 4 is one row without a label to show a damage: for it damaged rows of the others count too.
private struct DamagedTable {
  private let sign: DamageSigns
  private let ties: DirectTies
  private let form: FormTable
  /// In the order of the form.
  private let rows: [[CellKey]]

  init(sign: DamageSigns, form: FormTable) {
    self.sign = sign
    self.form = form
    ties = DirectTies(sign.reading.filling, relations: form.relations)
    var rows: [[CellKey]] = []
    for key in sign.reading.filling.cells.keys.sorted() {
      if rows.last?.first?.row == key.row {
        rows[rows.count - 1].append(key)
      } else {
        rows.append([key])
      }
    }
    self.rows = rows
  }

  /// - Parameter isBroken: some row of the document has lost something or has too much.
  func openRows(besideBroken isBroken: Bool) -> [[CellKey]] {
    let open =
      switch form.number {
      case .two: sign.isDamaged ? openOfTable2 : []
      case .three: (sign.isDamaged ? openOfTable3 : []) + loneBlankRow(besideBroken: isBroken)
      case .four: sign.isStream && isBroken && !ties.isTied(rows.flatMap(\.self)) ? rows : []
      }
    return open + (sign.isStream && (sign.isDamaged || isBroken) ? loneBlanks : [])
  }

  /// The blanks of the one row that has figures and blanks, where all others have a figure or a stroke in every field: what stood
  /// there may be lost, and the bars around it stand side by side. Sums do not tell: to them a blank is what a stroke is, and a 0.
  private var loneBlanks: [[CellKey]] {
    let filling = ties.filling
    let blanks = rows.map { row in
      (row, row.filter { filling.cells[$0]?.class == .blank && !filling.uncertain.contains($0) })
    }.filter { !$1.isEmpty }
    guard blanks.count == 1, let (row, blank) = blanks.first, blank.count < row.count else {
      return []
    }
    return [blank]
  }

  /// The row that alone is blank: its figure may be lost, and the bar behind it stand twice. The sums of a damaged table want one,
  /// or, where no line ends a row, others of the document have lost theirs.
  private func loneBlankRow(besideBroken isBroken: Bool) -> [[CellKey]] {
    let filling = ties.filling
    let blank = rows.filter { $0.allSatisfy { filling.cells[$0]?.class == .blank } }
    guard blank.count == 1 else { return [] }
    let isWanted = form.relations.contains { relation in
      relation.cells.contains(where: blank[0].contains) && !filling.holds(relation)
    }
    return sign.isDamaged && isWanted || sign.isStream && isBroken ? blank : []
  }

  private var openOfTable2: [[CellKey]] {
    rows.indices.filter { !ties.isTied(rows[$0]) || isBesideVanished($0) }.map { rows[$0] }
  }

  private var openOfTable3: [[CellKey]] {
    let beside = besideBroken
    let short = sign.shortRows
    let alone = aloneInGroup
    let surplus = sign.surplusRows
    return rows.indices.filter { index in
      let row = rows[index]
      return beside.contains(index) && !ties.isTied(row)
        || ties.isMoved(row, isShort: short.contains(String(row[0].row)))
        || alone.contains(index) && !ties.isConfirmed(row)
        // A number of the page leaves the sum of the row as it is.
        || surplus.contains(String(row[0].row)) && !ties.sumsUp(row)
    }.map { rows[$0] }
  }

  /// Its label is there, and nothing else.
  private func hasVanished(_ row: [CellKey]) -> Bool {
    ties.hasVanished(row) && !row.contains(where: sign.missingRows.contains)
  }

  /// Its figures may be those of the row in front of it or behind it in its block, of which the label alone is left: where the
  /// table is told column by column they are.
  private func isBesideVanished(_ index: Int) -> Bool {
    guard ties.isOfLines(rows[index]) else { return false }
    let block = form.blocks.first { $0.cells.contains(rows[index][0]) }
    return [index - 1, index + 1].contains { other in
      rows.indices.contains(other) && block?.cells.contains(rows[other][0]) ?? false
        && hasVanished(rows[other])
    }
  }

  /// Rows at the end of a group of which nothing else is left: the figures may be those of a row behind it that is not on
  /// the form, as 小计 is, and has lost its label.
  private var aloneInGroup: Set<Int> {
    let groups = Dictionary(grouping: rows.indices) { rows[$0][0].words.group }
    return Set(
      groups.compactMap { group, indices in
        guard group != nil, let last = indices.last, indices.count > 1, ties.isOfLines(rows[last]),
          indices.dropLast().allSatisfy({ hasVanished(rows[$0]) })
        else { return nil }
        return last
      })
  }

  /// Rows that stand next to one that has lost something or has too much. Where white space keeps the columns a row is a line
  /// of its own, and takes nothing from the next.
  private var besideBroken: Set<Int> {
    let broken = sign.brokenRows
    let filling = sign.reading.filling
    guard !broken.isEmpty,
      !filling.sources.keys.contains(where: { filling.tokens[$0].layout == .spaced })
    else { return [] }
    let damaged = rows.indices.filter { rows[$0].contains(where: broken.contains) }
    return Set(damaged.flatMap { [$0 - 1, $0, $0 + 1] })
  }
}
