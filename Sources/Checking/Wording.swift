import Forms
import Reports

/// How messages call the parts of a form.
extension Language {
  /// 表二, 表三, 表四: as offices call the tables of sections 二 to 四.
  func name(_ table: TableNumber) -> String {
    switch table {
    case .two: say("第二部分主动公开表", en: "table 2 (section 2)")
    case .three: say("第三部分依申请公开表", en: "table 3 (section 3)")
    case .four: say("第四部分行政复议、行政诉讼表", en: "table 4 (section 4)")
    }
  }

  /// “（一）予以公开”一行“自然人”一列.
  func name(_ key: CellKey) -> String {
    switch key.table {
    case .four:
      say("“\(block(key))”的“\(key.words.column)”", en: "“\(english(key.column))” of \(block(key))")
    case .two, .three:
      say(
        "\(row(key))“\(key.words.column)”一列",
        en: "row “\(english(key.row))”, column “\(english(key.column))”")
    }
  }

  /// “（三）不予公开 1.属于国家秘密”一行.
  func row(_ key: CellKey) -> String {
    guard key.table != .four else { return block(key) }
    return say("“\(rowLabel(key))”一行", en: "row “\(english(key.row))”")
  }

  /// 自然人一列.
  func column(_ key: CellKey) -> String {
    say("\(key.words.column)一列", en: "column “\(english(key.column))”")
  }

  /// 行政复议; 行政诉讼（未经复议直接起诉）.
  func block(_ key: CellKey) -> String {
    let words = key.words
    return say(
      words.group.map { "\($0)（\(words.row)）" } ?? words.row,
      en: "the block “\(english(key.row))”")
  }

  /// The first three, then how many there are.
  func list(_ keys: [CellKey]) -> String {
    let shown = keys.prefix(3).map(name).joined(separator: say("、", en: "; "))
    guard keys.count > 3 else { return shown }
    return say("\(shown)等 \(keys.count) 格", en: "\(shown) and others, \(keys.count) cells in all")
  }

  func list(_ words: [String]) -> String {
    words.map { "“\($0)”" }.joined(separator: say("、", en: ", "))
  }

  private func rowLabel(_ key: CellKey) -> String {
    var label = Substring(key.words.row)
    for tail in ["（区分处理", "、行政机关不再"] {
      if let range = label.firstRange(of: tail) { label = label[..<range.lowerBound] }
    }
    // 三、本年度办理结果 stands above all outcomes and tells none from another.
    guard let group = key.words.group, !group.hasPrefix("三、") else { return String(label) }
    return "\(group) \(label)"
  }

  private func english(_ key: Substring) -> String {
    switch key {
    case "natural": "natural persons"
    case "company": "companies"
    case "research": "research institutions"
    case "charity": "charitable organisations"
    case "legal_service": "legal service providers"
    case "other_org": "other organisations"
    case "amount_wan": "amount in 10 000 yuan"
    case "review": "administrative review"
    case "suit_direct": "suits brought directly"
    case "suit_after_review": "suits after review"
    default: key.split(separator: "_").joined(separator: " ")
    }
  }
}
