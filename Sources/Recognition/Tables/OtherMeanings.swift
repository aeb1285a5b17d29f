import Forms
import Reports

/// Words beside a table, or in it, by which its figures are another year's, examples, or something else than the form asks:
/// 2022年数据, 注：表中数据为示例, 上年总计, 已审结.
enum OtherMeanings {
  private static let captions = ["表", "数据", "情况", "统计", "数"].map(Fold.fold)
  private static let ofDates = CharacterSet(Fold.fold("年度月日至到（）-—：，"))
  private static let compared = ["比", "较", "同期", "增长", "下降"].map(Fold.fold)
  private static let data = Fold.fold("数据")
  private static let periods = ["统计年度", "数据年度", "报告年度", "统计期间"].map(Fold.fold)
  private static let notes = ["注", "备注", "说明", "以上", "表中"].map(Fold.fold)
  private static let unreal = ["示例", "模拟数据", "测试数据", "作废"].map(Fold.fold)
  private static let columns = ["自然人", "商业企业", "科研机构", "社会公益", "法律服务", "总计", "合计", "行政复议", "行政诉讼"]
    .map(Fold.fold)
  private static let others = [
    "上年", "去年", "往年", "历年", "累计", "占比", "比例", "平均", "同比", "增幅", "已审结", "结果撤销",
  ].map(Fold.fold)
  static let results = Fold.fold("办理结果")
  private static let lastYear = ["上年", "上一年"].map(Fold.fold)
  private static let nextYear = Fold.fold("下年")

  /// A caption: 2022年数据：, 附：2022年政府信息公开申请情况表.
  static func isCaption(_ words: Folded, otherThan year: Int) -> Bool {
    guard words.count <= 30, OtherHeads.names(otherYearThan: year, words),
      !words.contains(anyOf: compared)
    else { return false }
    let end = words.reversed().drop { [U.colon, U.close, U.fullStop].contains($0) }.reversed()
    return captions.contains { Folded(end).hasSuffix($0) } || words.contains(anyOf: columns)
      || words.allSatisfy { Fold.isDigit($0) || ofDates.contains($0) }
  }

  /// A note, or a row of the table: 注：表中数据为2022年数据, 统计年度：2022年.
  static func isNote(_ words: Folded, otherThan year: Int) -> Bool {
    guard words.count <= 30, OtherHeads.names(otherYearThan: year, words),
      !words.contains(anyOf: compared)
    else { return false }
    return words.contains(words: data) || words.contains(anyOf: periods)
  }

  /// A note that takes back the whole table.
  static func isUnreal(_ words: Folded) -> Bool {
    words.contains(anyOf: unreal)
      && (words.count <= 16 || words.count <= 30 && notes.contains { words.hasPrefix($0) })
  }

  /// A word of a head that is none of the form's: 上年总计, 占比, 已审结.
  static func isOther(_ words: Folded) -> Bool {
    words.count <= 16 && words.contains(anyOf: others)
      && (words.contains(anyOf: columns) || others.contains { $0.count >= words.count - 1 })
  }

  /// A label with a year in figures, where the form speaks of this year, the last or the next.
  static func isLabel(_ words: Folded, of form: Folded, otherThan year: Int) -> Bool {
    let meant =
      form.contains(anyOf: lastYear) ? year - 1 : form.contains(words: nextYear) ? year + 1 : year
    return OtherHeads.names(otherYearThan: meant, words)
  }
}

extension Tables {
  /// Doubts tables that are said to be another year's, and rows whose label names one.
  mutating func doubtOtherYears(than year: Int, _ tokens: [Token]) {
    for reading in readings where !reading.span.isEmpty {
      let span = reading.span
      let over = above(span, tokens)
      let found =
        over.first { OtherMeanings.isCaption(tokens[$0].folded, otherThan: year) }
        ?? (Array(over.lowerBound..<span.upperBound) + behind(span, tokens)).first {
          tokens[$0].isWords && OtherMeanings.isNote(tokens[$0].folded, otherThan: year)
        }
      if let found { doubtAll(reading, quote: String(tokens[found].raw)) }
    }
    for (table, alignment) in alignments {
      guard let reading = readings.first(where: { $0.found.table == table }) else { continue }
      for row in alignment.rows {
        let words = (row.match.start..<row.match.end).flatMap { tokens[$0].folded }
        // Looking for the cells of every label would cost more than all the rest here.
        guard OtherHeads.hasYear(words) else { continue }
        let key = alignment.set.anchors[row.anchor].row
        // 三、2022年度办理结果 stands over all rows of the group.
        let isGroup = key == nil && words.contains(words: OtherMeanings.results)
        let cells = reading.filling.cells.keys.filter {
          isGroup || key == String($0.row)
        }.sorted()
        let form = isGroup ? OtherMeanings.results : cells.first?.foldedRow
        guard let form, OtherMeanings.isLabel(words, of: form, otherThan: year) else { continue }
        doubt(
          .otherMeaning, cells, quote: reading.filling.quote(row.match.start..<row.match.end))
      }
    }
  }

  /// Doubts tables that are taken back, and tables 3 and 4 whose head has words of something else.
  mutating func doubtOtherColumns(_ tokens: [Token]) {
    for reading in readings where !reading.span.isEmpty {
      let around = Array(above(reading.span, tokens)) + behind(reading.span, tokens)
      var found = around.first { tokens[$0].isWords && OtherMeanings.isUnreal(tokens[$0].folded) }
      if found == nil, reading.found.table != .two {
        let head =
          above(reading.span, tokens)
          .lowerBound..<min(reading.span.lowerBound + 24, reading.span.upperBound)
        let labels = alignments[reading.found.table]?.rows.first?.match.start ?? head.upperBound
        found = (head.lowerBound..<max(head.lowerBound, min(head.upperBound, labels))).first {
          tokens[$0].isWords && !tokens[$0].opensSection && OtherMeanings.isOther(tokens[$0].folded)
        }
      }
      if let found { doubtAll(reading, quote: String(tokens[found].raw)) }
    }
  }

  /// None is none in every year.
  private mutating func doubtAll(_ reading: TableReading, quote: String) {
    let cells = reading.filling.cells.filter { !($0.value.number?.isZero ?? true) }
    doubt(.otherMeaning, cells.keys.sorted(), quote: quote)
  }

  /// From the heading of the table, with it.
  private func above(_ span: Range<Int>, _ tokens: [Token]) -> Range<Int> {
    let start = max(0, span.lowerBound - 16)
    let heading = tokens[start..<span.lowerBound].lastIndex(where: \.opensSection)
    return (heading ?? max(start, span.lowerBound - 4))..<span.lowerBound
  }

  private func behind(_ span: Range<Int>, _ tokens: [Token]) -> [Int] {
    tokens.indices[span.upperBound...].prefix(3).prefix { !tokens[$0].opensSection }.map { $0 }
  }
}
