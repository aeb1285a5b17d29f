/// What stands around a report on a web page.
enum Furniture {
  private static let ends = WordSet([
    "打印本页", "关闭窗口", "打印此页", "设为首页", "网站地图", "联系我们", "网站标识码", "版权所有", "主办单位", "承办单位",
    "备案", "网安备", "扫一扫", "分享到", "上一篇", "下一篇", "责任编辑", "返回顶部", "相关链接", "相关信息", "友情链接",
    "技术支持", "无障碍", "关闭本页", "打印页面", "网站声明", "网站申明", "网站首页",
  ])
  private static let host = f("主办")
  /// 备: numbers of records stand in long lines.
  private static let record: UInt16 = 0x5907

  /// A line of the foot of a page: the report has ended.
  static func isEnd(_ line: Folded) -> Bool {
    guard line.count <= 120 else { return false }
    if ends.isIn(line) {
      return line.count <= 40 || line.contains(record)
    }
    return line.count <= 60 && line.hasSuffix(host)
  }
}
