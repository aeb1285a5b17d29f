import Testing

@testable import Roster

struct RegionTests {
  private static let regions = ["", "嵊州市", "绍兴市嵊州市", "浙江省绍兴市嵊州市", "云门县", "浙江省", "绍兴市"]

  /// Asked of many at once, the answer is that of asking each.
  @Test(arguments: regions) func `A set of regions has one in another when any of them lies there`(
    _ other: String
  ) {
    for first in RegionTests.regions {
      for second in RegionTests.regions {
        var set = RegionSet()
        set.insert(first)
        set.insert(second)
        #expect(
          set.hasOne(in: other) == (Region.isIn(first, other) || Region.isIn(second, other)),
          "\(first) and \(second) in \(other)")
      }
    }
  }

  @Test func `What is not known may lie anywhere, and nothing lies nowhere`() {
    var set = RegionSet()
    #expect(!set.hasOne(in: "云门县") && !set.hasOne(in: ""))
    set.insert(nil)
    #expect(set.hasOne(in: "云门县"))
  }
}
