import Documents
import Forms

/// Rows of the form that the end of a page cuts through, words and all: 7.属 with figures at the foot of one page,
/// 于行政执法案卷 without any at the head of the next.
///
/// Only where the words on both sides together are a label of the form, and neither side is one.
enum PageCuts {
  /// The document with such rows put together where they begin.
  static func joined(_ document: Document) -> Document {
    var document = document
    var last: Int?
    for index in document.blocks.indices {
      guard case .table(let table) = document.blocks[index] else { continue }
      defer { last = index }
      guard let before = last, case .table(let above) = document.blocks[before],
        let page = above.place.page, table.place.page == page + 1,
        let whole = whole(above.row(above.rowCount - 1), table.row(0))
      else { continue }
      document.blocks[before] = .table(above.setting(whole, row: above.rowCount - 1))
      document.blocks[index] = .table(table.setting(whole.mapValues { _ in "" }, row: 0))
    }
    return document
  }

  /// Cells by their columns, counted from the right, since the outermost group may end at the cut.
  private static func whole(_ upper: [Int: String], _ lower: [Int: String]) -> [Int: String]? {
    // A group may be cut as well; its words stand further left, in more rows than one behind the cut.
    let label = upper.keys.filter { upper[$0]?.isEmpty == false && lower[$0]?.isEmpty == false }
      .max()
    guard let label, let head = upper[label].map(Fold.fold), let foot = lower[label].map(Fold.fold),
      isLabel(head + foot), !isLabel(head), !isLabel(foot)
    else { return nil }
    return upper.merging(lower) { $0.isEmpty ? $1 : $1.isEmpty ? $0 : $0 + "\n" + $1 }
  }

  private static func isLabel(_ words: Folded) -> Bool {
    AnchorSet.table3.index[words] != nil || AnchorSet.table2.index[words] != nil
  }
}

extension Table {
  fileprivate func row(_ row: Int) -> [Int: String] {
    var texts: [Int: String] = [:]
    for cell in cells where cell.row == row && cell.rowSpan == 1 {
      texts[columnCount - cell.column - cell.columnSpan] = cell.text
    }
    return texts
  }

  fileprivate func setting(_ texts: [Int: String], row: Int) -> Table {
    Table(
      rowCount: rowCount, columnCount: columnCount,
      cells: cells.map { cell in
        guard cell.row == row, cell.rowSpan == 1,
          let text = texts[columnCount - cell.column - cell.columnSpan]
        else { return cell }
        return GridCell(
          row: cell.row, column: cell.column, columnSpan: cell.columnSpan, text: text,
          nested: cell.nested)
      }, place: place)
  }
}
