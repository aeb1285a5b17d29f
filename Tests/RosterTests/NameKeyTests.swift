import Testing

@testable import Roster

struct NameKeyTests {
  @Test func `Region and name are told apart by their bytes`() {
    #expect(NameKey("甲局", region: "乙县") == NameKey("甲局", region: "乙县"))
    #expect(NameKey("甲局", region: "") != NameKey("甲局", region: "乙县"))
    #expect(NameKey("甲", region: "乙") != NameKey("乙", region: "甲"))
    #expect(NameKey("甲乙", region: "") != NameKey("甲", region: "乙"))
    // The same to Unicode, and two ways of writing.
    #expect("\u{F96D}" == "省")
    #expect(NameKey("\u{F96D}", region: "") != NameKey("省", region: ""))
    #expect(Set([NameKey("", region: ""), NameKey("甲局", region: "乙县")]).count == 2)
  }
}
