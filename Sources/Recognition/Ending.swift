import Documents
import Forms
import Reports

/// Whether a document breaks off.
enum Ending {
  static func isEarly(
    _ document: Document, _ tokens: [Token], tables: Tables, outline: Outline
  ) -> Bool {
    if document.endsEarly { return true }
    // The document ends in a table or shortly behind it, and what comes after it on the form is not there.
    guard let final = tables.readings.max(by: { $0.span.upperBound < $1.span.upperBound }) else {
      return false
    }
    let later = outline.headings.contains {
      $0.position >= final.span.upperBound && $0.section > .disputes
    }
    let rest = tokens[min(final.span.upperBound, tokens.count)...]
    return !later && rest.count <= 20
      && !rest.contains { $0.folded.count > 45 || Furniture.isEnd($0.folded) }
  }

  /// The last figure of a document that breaks off behind it may have lost digits; a label there its figures.
  static func doubtLastFigure(_ reading: inout TableReading?) {
    guard var table = reading, let last = table.filling.tokens.indices.last,
      last < table.span.upperBound
    else { return }
    if let key = table.filling.sources[last] {
      table.filling.doubt(.cutOff, [key], quote: String(table.filling.tokens[last].raw))
    } else if table.filling.tokens[last].isWords {
      table.filling.doubtBlanks(.cutOff, quote: String(table.filling.tokens[last].raw))
    }
    reading = table
  }
}

extension Filling {
  /// Where the document ends in a label, the row of that label is not known to be blank.
  fileprivate mutating func doubtBlanks(_ reason: Doubt.Reason, quote: String) {
    let rows = Set(sources.values.map(\.row))
    let last = cells.keys.filter { !rows.contains($0.row) && !uncertain.contains($0) }.sorted()
    doubt(reason, last, quote: quote)
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
