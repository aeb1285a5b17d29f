/// What stands around a report on a web page.
enum Furniture {
  /// Buttons and links: a line of them alone.
  private static let links = WordSet([
    "打印本页", "打印此页", "打印页面", "打印", "关闭窗口", "关闭本页", "关闭", "设为首页", "加入收藏", "网站地图", "联系我们",
    "网站声明", "网站申明", "隐私声明", "关于我们", "网站首页", "返回首页", "返回顶部", "友情链接", "相关链接", "相关信息", "相关文档",
    "无障碍浏览", "无障碍阅读", "无障碍", "字体", "大", "中", "小", "收藏", "分享", "微信", "微博",
  ])
  /// Nothing but the foot of a page says these.
  private static let own = WordSet([
    "打印本页", "打印此页", "关闭窗口", "关闭本页", "版权所有", "扫一扫在手机", "扫一扫分享",
  ])
  /// With a colon behind: what follows is a name.
  private static let labels = WordSet([
    "主办单位", "承办单位", "责任编辑", "技术支持", "网站标识码", "分享到", "上一篇", "下一篇", "相关链接", "相关信息", "相关文档",
    "友情链接", "联系我们",
  ])
  /// Such a label only where the line begins with it: a sentence may end in one.
  private static let firstLabels = WordSet(["主办", "承办", "扫一扫", "分享到", "上一篇", "下一篇"])
  /// The numbers under which a site is registered.
  private static let records = WordSet(["icp备", "ICP备", "网安备", "备案号", "备案序号", "备案编号", "网站标识码"])
  private static let host = f("主办")
  private static let hostUnit = WordSet(["主办单位", "承办单位"])

  /// A line of the foot of a page: the report has ended. A sentence that names an archive, a record or the home page of
  /// a site is none, also where the page broke it before its stop.
  static func isEnd(_ line: Folded) -> Bool {
    guard line.count <= 120, !line.contains(where: stops.contains) else { return false }
    if records.isIn(line), line.filter(Fold.isDigit).count >= 5 { return true }
    guard !line.contains(U.comma), line.count <= 60 else { return false }
    return own.isIn(line) || isLinks(line) || hasLabel(line) || line.hasSuffix(host)
      || hostUnit.isPrefix(of: line)
  }

  private static let stops: CharacterSet = [U.fullStop, U.semicolon]

  /// Links and nothing else, or several of them among other words that no sentence joins.
  private static func isLinks(_ line: Folded) -> Bool {
    var position = 0
    var count = 0
    var isAll = true
    while position < line.count {
      let word = links.word(at: position, in: line)
      if let word, word.count >= 3 { count += 1 }
      if word == nil, !isMark(line[position]) { isAll = false }
      position += word?.count ?? 1
    }
    return isAll ? count > 0 : count > 1 && !line.contains(where: joints.contains)
  }

  private static let joints = CharacterSet("、和及与".utf16)

  private static func hasLabel(_ line: Folded) -> Bool {
    let start = line.prefix(while: isMark).count
    if let word = firstLabels.word(at: start, in: line), line.has([U.colon], at: start + word.count)
    {
      return true
    }
    return line.indices.contains { index in
      labels.word(at: index, in: line).map { line.has([U.colon], at: index + $0.count) } ?? false
    }
  }

  /// Neither a letter, a character nor a digit: | 【 · and the like.
  private static func isMark(_ c: UInt16) -> Bool {
    Unicode.Scalar(c).map { !$0.properties.isAlphabetic && !Fold.isDigit(c) } ?? true
  }
}
