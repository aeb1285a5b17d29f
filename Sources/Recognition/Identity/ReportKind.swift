import Reports

/// Whether a report is an organ's own or that of a whole level of government: two documents with two dates (section 1
/// of the format reference).
///
/// A name that is a region's, alone or with 人民政府, is the level; the office of that government, towns, streets,
/// committees of zones and bureaux report on themselves. Words of scope behind the name (本级, 汇总, 关区) come first.
enum ReportKind {
  private static let levelScopes = WordSet([
    "汇总", "全市", "全县", "全区", "全省", "全国", "系统", "关区", "全州", "全旗", "我市", "我县", "我区", "我省", "我州", "我旗",
  ])
  private static let ownScopes = WordSet(["本级", "机关", "本机关"])
  private static let own = WordSet(["本级", "本机关"])
  private static let level = WordSet(["关区", "系统", "部门"])
  private static let nation = f("全国")

  /// What the words of scope say; `nil` where they say nothing.
  static func of(scope: String) -> Report.Kind? {
    let scope = f(scope)
    if ownScopes.isIn(scope) { return .own }
    return levelScopes.isIn(scope) ? .level : nil
  }

  static func of(unit: String, scope: String?) -> Report.Kind {
    if let kind = scope.flatMap(of(scope:)) { return kind }
    let words = f(unit)
    if own.isSuffix(of: words) { return .own }
    // 关区 is a customs district with the houses under it; 气象部门 a county's whole service.
    if level.isSuffix(of: words) || words.hasPrefix(nation) { return .level }
    return UnitName.level(words) == nil ? .own : .level
  }
}
