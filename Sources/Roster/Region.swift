/// What the names of regions tell of where one lies.
public enum Region {
  /// Whether one region is another or lies in it, as far as their names tell: 嵊州市 and 浙江省绍兴市嵊州市 lie in 嵊州市, the second
  /// in 绍兴市 too. An office that writes no regions has units of one region only.
  public static func isIn(_ region: String, _ other: String) -> Bool {
    guard !region.isEmpty, let last = UnitName.parts(UnitName.folded(other)).last else {
      return true
    }
    return UnitName.parts(UnitName.folded(region)).contains(last)
  }

  /// The region that a government is named after: 嵊州市 of 绍兴市嵊州市人民政府; `nil` for any other organ.
  public static func governed(by unit: String) -> String? {
    guard unit.hasSuffix("政府") else { return nil }
    let place = UnitName.folded(unit)
    guard !place.hasSuffix("政府") else { return nil }
    return UnitName.parts(place).last
  }
}

/// Some regions, of which it is asked whether any lies in another.
public struct RegionSet: Sendable, Equatable {
  private var parts: Set<String> = []
  /// One that is not known may lie anywhere.
  private var hasUnknown = false

  public init() {}

  public mutating func insert(_ region: String?) {
    guard let region, !region.isEmpty else {
      hasUnknown = true
      return
    }
    parts.formUnion(UnitName.parts(UnitName.folded(region)))
  }

  /// As ``Region/isIn(_:_:)`` says of each of them.
  public func hasOne(in other: String) -> Bool {
    if hasUnknown { return true }
    guard let last = UnitName.parts(UnitName.folded(other)).last else { return !parts.isEmpty }
    return parts.contains(last)
  }
}
