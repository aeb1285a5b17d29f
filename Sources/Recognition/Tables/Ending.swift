import Documents
import Forms
import Reports

/// Whether a document breaks off.
enum Ending {
  /// The document ends in a table or shortly behind it, and what comes after it on the form is not there.
  static func isInTables(_ tokens: [Token], tables: Tables, outline: Outline) -> Bool {
    guard let final = tables.readings.max(by: { $0.span.upperBound < $1.span.upperBound }) else {
      return false
    }
    let later = outline.headings.contains {
      $0.position >= final.span.upperBound && $0.section > .disputes
    }
    let rest = tokens[min(final.span.upperBound, tokens.count)...]
    return !later && rest.count <= 60
      && !rest.contains { $0.folded.count > 45 || Furniture.isEnd($0.folded) }
  }

  /// Where a document breaks off, its last figure may have lost digits, and rows without figures behind the last one
  /// may have lost them all.
  static func doubtEnd(_ reading: inout TableReading) {
    let filling = reading.filling
    guard let last = filling.tokens.indices.last else { return }
    let quote = String(filling.tokens[last].raw)
    if let key = filling.sources[last] { reading.filling.doubt(.cutOff, [key], quote: quote) }
    let filled = filling.sources.values.max()
    let rest = filling.cells.keys.filter { key in
      !filling.uncertain.contains(key) && filling.cells[key]?.class == .blank
        && filled.map { key > $0 && key.row != $0.row } ?? true
    }
    reading.filling.doubt(.cutOff, rest.sorted(), quote: quote)
  }
}

/// Why a table is not there.
enum Absence {
  private static let attachments = WordSet([
    "附件", "见附表", "附表", "点击查看", "点击下载", ".xls", ".doc", ".pdf", ".jpg", ".png", "图片", "如下图", "见图",
  ])

  static func state(
    _ table: TableNumber, _ tokens: [Token], outline: Outline, pictures: [PictureMark]
  ) -> TableFound.State {
    guard let section = Section(rawValue: table.rawValue),
      let range = outline.range(of: section, count: tokens.count)
    else { return .missing }
    if pictures.contains(where: {
      range.lowerBound <= $0.position && $0.position <= range.upperBound
    }) {
      return .picture
    }
    let told = tokens[range].contains {
      $0.isWords && $0.folded.count <= 60 && attachments.isIn($0.folded)
    }
    return told ? .picture : .missing
  }
}
