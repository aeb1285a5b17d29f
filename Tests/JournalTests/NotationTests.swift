import Forms
import Reports
import Testing

@testable import Journal

struct NotationTests {
  @Test(arguments: [
    [], [1], [1, 2, 3], [1, 3, 4, 5, 9], Array(1...207),
  ])
  func `Ranges are read back`(numbers: [Int]) {
    #expect(Ranges.numbers(Ranges.text(numbers)) == numbers)
  }

  @Test(arguments: ["a", "3-1", "1 1", "5 4", "-", "1-2-3", "1-99999999999"])
  func `What is no ascending ranges is refused`(text: String) {
    #expect(Ranges.numbers(text) == nil)
  }

  @Test(
    arguments: [
      [], [nil], [nil, nil, "第3行"], ["表格1第4行第2列", "表格1第4行第3列", "表格1第4行第4列"],
      ["第9行", "第10行", "第011行", "第012行", "x", "x", "", nil, ""],
      ["a|b#c\\d\te\nf 7", "a|b#c\\d\te\nf 8", "1234567890123", "5", "6", "6", "7-8"],
    ] as [[String?]])
  func `Places are read back`(places: [String?]) {
    #expect(PlaceCode.places(PlaceCode.text(places), count: places.count) == places)
  }

  @Test(arguments: ["", "\n7", "#\n0:1*0", "#\n0:1*99", "#\n1:1", "#\n0:1.2", "#\n0:x", "#\n-*3"])
  func `Places in another notation are refused`(text: String) {
    #expect(PlaceCode.places(text, count: 2) == nil)
  }

  @Test func `Neighbouring places take a few bytes`() {
    let places = (2...8).map { "表格1第4行第\($0)列" as String? }
    #expect(PlaceCode.text(places) == "表格#第#行第#列\n0:1.4.2*7")
  }
}
