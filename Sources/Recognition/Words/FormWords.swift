import Forms

/// The words of the forms, folded once and not for every document.
extension CellKey {
  /// The row's label, or the caption of the block.
  var foldedRow: Folded { Self.rows[Int(index)] }
  var foldedColumn: Folded { Self.columns[Int(index)] }

  private static let rows = all.map { Fold.fold($0.words.row) }
  private static let columns = all.map { Fold.fold($0.words.column) }
}

/// A block of a form with its words.
struct WordedBlock: Sendable {
  let block: FormBlock
  /// Each column's words: the official ones and their variants.
  let labels: [[Folded]]
  /// The cells of each row.
  let cells: [[CellKey]]

  init(_ block: FormBlock) {
    self.block = block
    labels = block.columns.map { Self.spellings($0.label) }
    cells = block.rows.map(block.keys(of:))
  }

  static func spellings(_ label: Label) -> [Folded] {
    ([label.official] + label.variants).map { Fold.fold($0) }
  }

  static let table3of2021 = WordedBlock(FormTable.table3of2021.blocks[0])
  static let table3of2019 = WordedBlock(FormTable.table3of2019.blocks[0])
}
