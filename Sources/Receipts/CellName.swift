import Forms
import Reports

extension Language {
  /// 表二 …: the title of the section that the table stands under.
  func title(_ table: TableNumber) -> String {
    let section: Section =
      switch table {
      case .two: .disclosure
      case .three: .requests
      case .four: .disputes
      }
    return "\(section.numeral)、\(section.title.official)"
  }

  /// What a person calls a cell. The words of the form stay Chinese in every language: they are what stands there.
  func name(_ key: CellKey) -> String {
    let words = key.words
    let column = shortened(words.column)
    if key.table == .four {
      let block = words.group.map { "\($0)（\(words.row)）" } ?? words.row
      return say("“\(block)”的“\(column)”", en: "“\(block)”, “\(column)”")
    }
    let row = rowName(key)
    return say("“\(row)”行“\(column)”列", en: "row “\(row)”, column “\(column)”")
  }

  /// A whole row or column by its name; else the first four cells, then how many there are.
  func list(_ keys: [CellKey]) -> String {
    if keys.count > 4, let first = keys.first, keys.allSatisfy({ $0.table == first.table }) {
      if first.table == .three, keys.allSatisfy({ $0.row == first.row }) {
        return say(
          "“\(rowName(first))”行 \(keys.count) 格",
          en: "\(keys.count) cells of row “\(rowName(first))”")
      }
      if first.table == .three, keys.allSatisfy({ $0.column == first.column }) {
        return say(
          "“\(first.words.column)”列 \(keys.count) 格",
          en: "\(keys.count) cells of column “\(first.words.column)”")
      }
    }
    let shown = keys.prefix(4).map(name).joined(separator: say("、", en: "; "))
    guard keys.count > 4 else { return shown }
    return say("\(shown)等 \(keys.count) 格", en: "\(shown) and others, \(keys.count) cells")
  }

  private func rowName(_ key: CellKey) -> String {
    // 三、本年度办理结果 stands above all outcomes and tells none from another.
    let group = key.words.group.flatMap { $0.hasPrefix("三、") ? nil : $0 + " " } ?? ""
    return group + shortened(key.words.row)
  }

  /// A label without the explanation that the form prints after it.
  private func shortened(_ label: String) -> String {
    // In UTF-8: every label with such a tail is longer, and searching costs more than all else here.
    guard label.utf8.count > 36 else { return label }
    for tail in ["（区分处理", "（单位", "、行政机关不再"] {
      if let range = label.firstRange(of: tail) { return String(label[..<range.lowerBound]) }
    }
    return label
  }
}

extension Language {
  /// Why a table has no figures on the receipt.
  func absence(_ number: TableNumber, in report: Report) -> String {
    switch report.structure.tables.first(where: { $0.table == number })?.state {
    case .picture:
      say(
        "这张表在文件里是图片或附件，读不出数字。", en: "This table is a picture or an attachment in the document.")
    case .unfilled: say("这张表没有填写数字。", en: "This table is not filled in.")
    case .missing, .read, nil:
      say("文件里没有找到这张表。", en: "This table was not found in the document.")
    }
  }
}

/// A head of an even number of Chinese characters in twos, as forms break it in narrow columns: 社会 公益 组织. Other
/// heads in one piece.
func pairs(of head: String) -> [String] {
  let scalars = Array(head.unicodeScalars)
  guard scalars.count.isMultiple(of: 2),
    scalars.allSatisfy({ (0x4E00...0x9FFF).contains($0.value) })
  else { return [head] }
  return stride(from: 0, to: scalars.count, by: 2).map { start in
    var pair = String.UnicodeScalarView()
    pair.append(contentsOf: scalars[start..<(start + 2)])
    return String(pair)
  }
}
