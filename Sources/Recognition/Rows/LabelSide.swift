import Forms

/// On which side of its figures a label stands.
enum LabelSide { case before, behind }

/// On which side the labels of a document stand, where cells stand on lines of their own and blanks leave nothing.
///
/// One row tells nothing: its figures stand between two labels. The ends of a table do: where labels come first, no figure
/// stands between its head and the first label; where they come last, none behind the last. Each block of table 2 has such
/// ends, and one copy has its labels on one side, so the ends of all are held together. One end may be anything (a lost
/// label, a number of a page, the numbers of the columns), so at least two are asked for and none that says the
/// opposite, or the relations of table 3.
struct LabelSideEvidence {
  let two: LabelSide
  /// `nil` where the ends of table 3 contradict those of table 2, or tell too little.
  let three: LabelSide?

  /// How many ends speak for each side.
  private struct Votes {
    var behind = 0
    var before = 0
  }

  /// - Parameters:
  ///   - two: table 2, its labels taken to stand before their figures.
  ///   - three: table 3 likewise.
  init(
    two: (aligner: Aligner, alignment: TableAlignment),
    three: (aligner: Aligner, alignment: TableAlignment)
  ) {
    let rows2 = Self.rows(two.alignment)
    let rows3 = Self.rows(three.alignment)
    var votes2 = Votes()
    var votes3 = Votes()
    if !Self.areNumbered(rows2, two.aligner.tokens), !Self.areNumbered(rows3, two.aligner.tokens) {
      let anchors = two.alignment.set.anchors
      for block in Dictionary(grouping: rows2, by: { anchors[$0.anchor].block }).values {
        Self.hold(block, two.aligner, anchors, &votes2)
      }
      Self.hold(rows3, three.aligner, nil, &votes3)
    }
    if votes3.behind > 0, !three.alignment.isBalanced {
      let turned = TableAlignment(
        three.aligner.facing(.behind), in: 0..<three.aligner.tokens.count)
      if turned.isBalanced { votes3.behind += 1 }
    }
    if votes2.behind >= 2, votes2.before == 0, votes3.before > 0 {
      self.two = .behind
      self.three = three.alignment.isBalanced ? .before : nil
    } else {
      let isBehind =
        votes2.behind + votes3.behind >= 2 && votes2.before + votes3.before == 0
      self.two = isBehind ? .behind : .before
      // One end alone says behind, and nothing says before.
      let isOpen =
        !isBehind && votes3.behind > 0 && votes2.before + votes3.before == 0
        && !three.alignment.isBalanced
      self.three = isOpen ? nil : self.two
    }
  }

  private static func rows(_ alignment: TableAlignment) -> [TableAlignment.Row] {
    alignment.rows.filter { alignment.set.anchors[$0.anchor].row != nil }
  }

  /// - Parameter anchors: where the number of figures must be that of the row.
  private static func hold(
    _ rows: [TableAlignment.Row], _ aligner: Aligner, _ anchors: [AnchorSet.Anchor]?,
    _ votes: inout Votes
  ) {
    guard let first = rows.first, let last = rows.last,
      !aligner.tokens[first.match.start].keepsBlanks
    else { return }
    let above = aligner.leaders(of: first.match, after: 0)
    let below = last.fields.contains { aligner.tokens[$0].value.isValue }
    if below {
      if above.isEmpty { votes.before += 1 }
    } else if !above.isEmpty, !numbersColumns(above, aligner.tokens),
      anchors?[first.anchor].counts.contains(above.count) ?? true
    {
      votes.behind += 1
    }
  }

  /// 1, 2, 3 … under the words of a head.
  private static func numbersColumns(_ fields: Range<Int>, _ tokens: [Token]) -> Bool {
    fields.count > 1
      && zip(fields, 1...).allSatisfy { tokens[$0].value.figure?.integer == $1 }
  }

  /// A number in front of each label that counts the rows.
  private static func areNumbered(_ rows: [TableAlignment.Row], _ tokens: [Token]) -> Bool {
    let numbers = rows.map { row in
      row.match.start > 0 ? tokens[row.match.start - 1].value.figure?.integer : nil
    }
    let rising = zip(numbers, numbers.dropFirst()).count { number, next in
      number.flatMap { number in next.map { number < .max && $0 == number + 1 } } ?? false
    }
    return rising >= 2 && rising * 2 >= rows.count - 1
  }
}

extension TableAlignment {
  /// Whether all relations of table 3, on either form, hold if every row has the figures beside its label, all of them;
  /// rows without any count as none.
  fileprivate var isBalanced: Bool {
    isBalanced(FormTable.table3of2019, .table3of2019)
      || isBalanced(FormTable.table3of2021, .table3of2021)
  }

  private func isBalanced(_ table: FormTable, _ words: WordedBlock) -> Bool {
    let block = table.blocks[0]
    var values: [CellKey: Int] = [:]
    for row in rows where row.fields.contains(where: { tokens[$0].value.isValue }) {
      guard let slot = block.rows.firstIndex(where: { $0.key == set.anchors[row.anchor].row }),
        row.fields.count == block.columns.count
      else { return false }
      for (key, field) in zip(words.cells[slot], row.fields) {
        values[key] = tokens[field].value.figure?.integer ?? 0
      }
    }
    func sum(_ keys: [CellKey]) -> Int { keys.reduce(0) { $0 &+ (values[$1] ?? 0) } }
    return table.relations.allSatisfy { sum($0.left) == sum($0.right) }
  }
}
