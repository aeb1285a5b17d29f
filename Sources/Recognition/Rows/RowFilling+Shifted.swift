import Forms
import Reports

extension RowFilling {
  private var tokens: [Token] { alignment.tokens }

  /// Rows broken over lines, a cell a line, in which one line stands twice and another is lost: as many as there are cells,
  /// and those between the two one cell too far. A wrong figure breaks the sum of one column; here several columns lack
  /// just the row that has one of two equal neighbours less and another figure more.
  mutating func doubtShifted(_ relations: [Relation]) {
    let columns = relations.filter { $0.family != .rowSum }
    guard !columns.isEmpty else { return }
    for slot in slots {
      guard let row = alignment.rows.first(where: { $0.anchor == slot.anchor }),
        let first = row.fields.first, let last = row.fields.last,
        tokens[first].layout == .stream, tokens[first].place.line != tokens[last].place.line,
        !slot.cells.contains(where: filling.uncertain.contains)
      else { continue }
      let read = slot.cells.compactMap { filling.cells[$0]?.number }
      guard read.count == slot.cells.count else { continue }
      let needed = slot.cells.map { whatBalances($0, columns) }
      let differing = zip(read, needed).count { $1 != nil && $0 != $1 }
      if differing >= 2, Self.isShifted(read, needed) {
        filling.doubt(.ambiguous, slot.cells, quote: filling.quote(row.fields))
      }
    }
  }

  /// What the cell would hold if its column summed up; `nil` where other cells of it are not told either.
  private func whatBalances(_ key: CellKey, _ columns: [Relation]) -> Figure? {
    func sum(_ keys: [CellKey]) -> Figure {
      keys.reduce(Figure(0)) { $0 + (filling.cells[$1]?.number ?? Figure(0)) }
    }
    let relation = columns.first {
      $0.cells.contains(key) && !$0.cells.contains(where: filling.uncertain.contains)
    }
    guard let relation, let own = filling.cells[key]?.number else { return nil }
    let excess = sum(relation.left) - sum(relation.right)
    return relation.left.contains(key) ? own - excess : own + excess
  }

  private static func isShifted(_ read: [Figure], _ needed: [Figure?]) -> Bool {
    let repeated = read.indices.filter { index in
      [index - 1, index + 1].contains { read.indices.contains($0) && read[$0] == read[index] }
    }
    return repeated.contains { twice in
      var rest = read
      rest.remove(at: twice)
      return needed.indices.contains { lost in
        guard !(needed[lost]?.isNegative ?? false) else { return false }
        var others = needed
        others.remove(at: lost)
        return zip(rest, others).allSatisfy { $1 == nil || $0 == $1 }
      }
    }
  }
}
