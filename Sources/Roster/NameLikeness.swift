/// Comparing the names that one document gives, without a roster.
public enum NameLikeness {
  /// Whether two names can be of one organ, or of an organ and an office inside it: the same but for the region in
  /// front and the word of office behind; one the beginning of the other (长乐镇, 长乐镇党政办公室); or one short for
  /// the other (发改局, 发展和改革局).
  public static func canBeOne(_ a: String, _ b: String) -> Bool {
    let (a, b) = (forms(a), forms(b))
    return a.contains { one in
      b.contains { other in
        one == other || isPart(one, of: other) || isPart(other, of: one)
          || isShort(one, for: other) || isShort(other, for: one)
      }
    }
  }

  /// Whether names that can be of one organ are of two, by the regions they begin with. A larger region in the one and a
  /// smaller in the other do not tell names apart where the larger may hold the smaller: a province, or the city over the
  /// county of a town.
  public static func areApart(
    _ a: String, in one: String, _ b: String, in other: String
  ) -> Bool {
    // 恩施州 is short for 恩施土家族苗族自治州.
    let isShort = one.prefix(2) == other.prefix(2) && one.last == other.last
    guard !a.contains(other), !b.contains(one), !isShort, !UnitName.isProvince(one),
      !UnitName.isProvince(other)
    else { return false }
    return !(isTown(a) && isTown(b)) || isLarge(one) == isLarge(other)
  }

  /// A city or a prefecture may hold counties, and a county-level city is called as it is.
  private static func isLarge(_ region: String) -> Bool {
    ["市", "州", "盟"].contains { region.hasSuffix($0) }
  }

  private static func isTown(_ name: String) -> Bool {
    let name = UnitName.folded(name)
    return ["镇", "乡", "苏木", "街道办事处"].contains { name.hasSuffix($0) }
  }

  /// A level of government, or the office that works for all of it: such names stand on the pages of every organ.
  public static func isGovernment(_ name: String) -> Bool {
    let name = UnitName.folded(name)
    return regionEnds.contains { name.hasSuffix($0) } || offices.contains { name.hasSuffix($0) }
  }

  private static let regionEnds = ["省", "市", "县", "区", "州", "旗", "自治区政府"]
  private static let offices = [
    "政府办公室", "政府办公厅", "府办", "政务公开办公室", "政务公开办", "大数据发展管理中心", "政务服务中心", "行政审批局",
    "政务服务局", "政务服务管理局", "数据局",
  ]

  /// The name whole, and without each of the regions it may begin with.
  private static func forms(_ name: String) -> Set<String> {
    let whole = UnitName.folded(name)
    var result: Set<String> = [whole]
    for prefix in UnitName.prefixes(name) {
      let local = UnitName.local(name, regions: [prefix])
      if local.count >= 2 { result.insert(local) }
    }
    return result
  }

  /// An office inside an organ; of a government only its own office, for every bureau's name begins with the county's.
  private static func isPart(_ organ: String, of long: String) -> Bool {
    guard organ.count >= 2, long.hasPrefix(organ) else { return false }
    let rest = long.dropFirst(organ.count)
    return !regionEnds.contains { organ.hasSuffix($0) } || rest.hasPrefix("政府")
  }

  /// Letters of the longer name in its order, from the same last one: 卫健局 of 卫生健康局.
  private static func isShort(_ short: String, for long: String) -> Bool {
    guard short.count >= 3, short.count < long.count, short.last == long.last else { return false }
    var rest = long[...]
    for character in short {
      guard let index = rest.firstIndex(of: character) else { return false }
      rest = rest[rest.index(after: index)...]
    }
    return true
  }
}
