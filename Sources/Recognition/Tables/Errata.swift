import Forms
import Reports

/// Figures of the tables that the text itself corrects: 更正：表三予以公开总计52件，应为62件. The table says one number and the text
/// another; which of them counts is for the unit to say.
enum Errata {
  private static let corrections = ["更正", "勘误", "订正", "有误", "填错", "笔误"].map { f($0) }
  private static let correctionSet = WordSet(corrections)
  private static let inPlace = ["应为", "应是", "更正为", "订正为", "改为", "修正为"].map { f($0) }
  private static let ofTables = ["表", "数据", "总计", "合计", "新收", "结转", "收费", "件数"].map { f($0) }
  /// Between both words of a correction, in characters.
  private static let reach = 60

  /// The words are a correction of a figure.
  static func isCorrection(_ words: Folded) -> Bool {
    let said = words.indices.filter { index in corrections.contains { words.has($0, at: index) } }
    return !said.isEmpty
      && words.indices.contains { index in
        guard let instead = inPlace.first(where: { words.has($0, at: index) }),
          let next = words.dropFirst(index + instead.count).first, Fold.isDigit(next)
        else { return false }
        return said.contains { abs($0 - index) <= reach }
      }
  }

  /// What no correction does without.
  static func speaksOfCorrection(_ words: Folded) -> Bool { correctionSet.isIn(words) }

  /// It speaks of the tables, though it names no row of the form.
  static func speaksOfTables(_ words: Folded) -> Bool { words.contains(anyOf: ofTables) }

  /// The label without its number: 予以公开 of （一）予以公开. Too short ones also mean other things.
  static func core(_ label: String) -> Folded? {
    let words = Fold.fold(label)
    let number = words.prefix(4).lastIndex { [U.close, U.enumerationComma, U.point].contains($0) }
    let core = Folded(words.dropFirst(number.map { $0 + 1 } ?? 0))
    return core.count >= 4 ? core : nil
  }
}

extension Tables {
  /// Doubts the rows that a correction in the text names; all, where it speaks of the tables and names none.
  mutating func doubtCorrected(_ tokens: [Token]) {
    let spans = readings.map(\.span)
    let outside = tokens.indices.filter { index in
      tokens[index].isWords && !spans.contains { $0.contains(index) }
    }
    // A sentence goes over lines, but not over a table.
    var text = ""
    var last: Int?
    for index in outside {
      if let last, last + 1 < index { text += "。" }
      text += tokens[index].raw
      last = index
    }
    // Nearly no text has one: it is not parted into sentences to find that none is. No mark between sentences is folded
    // away, so that the words of each stand in the whole as they are.
    guard Errata.speaksOfCorrection(Fold.fold(text)) else { return }
    for sentence in text.split(whereSeparator: { "。；;！".contains($0) }) {
      let words = Fold.fold(sentence)
      guard Errata.isCorrection(words) else { continue }
      let read = readings.flatMap { $0.filling.cells.keys }
      let named = read.filter { key in
        Errata.core(key.words.row).map { words.contains(words: $0) } ?? false
      }
      let doubted = named.isEmpty && Errata.speaksOfTables(words) ? read : named
      doubt(.corrected, doubted.sorted(), quote: String(sentence.prefix(60)))
    }
  }
}
