/// What a page says of itself in front of the report: lines such as 信息来源, tables of 索引号 and 发布机构, the breadcrumb;
/// and the line 填报单位 between a heading and its table.
struct PageData {
  let tokens: [Token]

  /// `body` is the first token of the report, `end` the one behind its last.
  func gather(before body: Int, end: Int, into found: inout EvidenceList) {
    for index in 0..<min(body, tokens.count) where tokens[index].isWords {
      if let organ = Self.breadcrumb(tokens[index]) {
        found.add(.unit, .breadcrumb, organ.string, String(tokens[index].raw))
      } else {
        addPublisher(at: index, Self.publishers, &found)
      }
    }
    for index in body..<max(body, end) where tokens[index].isWords {
      guard tokens[index].folded.count <= 60 else { continue }
      addPublisher(at: index, Self.fillers, &found)
    }
  }

  private static let fillers = ["填报单位", "填表单位", "编制单位", "报告单位", "报送单位", "单位名称", "单位"].map(f)
  private static let publishers =
    [
      "发布机构", "公开机构", "发布单位", "信息来源", "发文机关", "责任单位", "公开主体", "来源", "公开单位", "制作单位", "发布机关", "发布部门",
      "公开部门",
    ]
    .map(f) + ["主体名称", "信息提供单位", "文章来源", "稿件来源", "发布者"].map(f) + fillers

  /// ``fillers`` too.
  private static let publisherSet = WordSet(publishers)

  private func addPublisher(at index: Int, _ labels: [Folded], _ found: inout EvidenceList) {
    let token = tokens[index]
    guard token.folded.count <= 2000, Self.publisherSet.isIn(token.folded) else { return }
    for label in labels {
      guard let start = token.folded.find(label) else { continue }
      if start > 0, Fold.isHan(token.folded[start - 1]) { continue }
      var value = Self.value(of: label, in: token.raw)
      if value == nil, token.folded.count <= label.count + 3, index + 1 < tokens.count {
        value = tokens[index + 1].folded
      }
      guard var value else { continue }
      while value.first == U.colon { value.removeFirst() }
      if UnitName.isOrgan(value), !UnitName.isInner(value) {
        found.add(.unit, .metadata, value.string, String(token.raw))
      }
      return
    }
  }

  /// What stands behind a label in its line, up to the next white space: folding takes white space away, so the text
  /// as printed is cut. `nil` where nothing stands behind it.
  private static func value(of label: Folded, in raw: Substring) -> Folded? {
    let pieces = raw.unicodeScalars.split(whereSeparator: Fold.isSpace).map {
      Fold.fold(String($0))
    }
    for (number, words) in pieces.enumerated() {
      guard let start = words.find(label) else { continue }
      let rest = words[(start + label.count)...].drop { $0 == U.colon || $0 == U.close }
      if !rest.isEmpty {
        // 单位负责人 is another label.
        return words.has([U.colon], at: start + label.count) ? Array(rest) : []
      }
      let next = pieces[(number + 1)...].first { $0 != [U.colon] }
      return next
    }
    return nil
  }

  private static let separators: CharacterSet = [0x3E, 0xBB, 0x2192, 0x203A, U.colon]
  private static let home = WordSet(["首页", "当前位置", "您的位置", "所在位置", "您现在的位置"])

  /// The innermost organ of a line such as 首页 > 长乐镇 > 政府信息公开年报; of `首页/…` too.
  private static func breadcrumb(_ token: Token) -> Folded? {
    let words = token.folded
    let isHome = home.isIn(words)
    guard words.count <= 200,
      words.contains(where: { separators.contains($0) && $0 != U.colon })
        || isHome && words.contains(0x2F)
    else { return nil }
    let parts = words.split { separators.contains($0) || isHome && $0 == 0x2F }.map(Array.init)
    guard parts.count > 1 else { return nil }
    return parts.last {
      $0.count <= 25 && UnitName.isOrgan($0) && !UnitName.isInner($0) && Title($0) == nil
    }
  }
}
