import Testing

@testable import Recognition

@Suite struct `Numbers in words` {
  @Test(arguments: [
    ("零", 0, 1), ("两", 2, 1), ("十", 10, 1), ("十二", 12, 2), ("二十", 20, 2), ("九十九", 99, 3),
    ("一百零三", 103, 4), ("一百二十三", 123, 5), ("两千零五十", 2050, 5),
  ])
  func `a numeral in good order is a number`(words: String, value: Int, count: Int) throws {
    let read = try #require(ChineseNumeral.read(Fold.fold(words), at: 0))
    #expect(read.value == value)
    #expect(read.count == count)
  }

  @Test(arguments: ["件", "一二三", "一百二", "百", "千三"])
  func `anything else is none`(words: String) {
    #expect(ChineseNumeral.read(Fold.fold(words), at: 0) == nil)
  }

  @Test func `a place in a row is no count`() {
    #expect(ChineseNumeral.read(Fold.fold("第三件"), at: 1) == nil)
    #expect(ChineseNumeral.read(Fold.fold("每一件"), at: 1) == nil)
  }

  @Test func `figures in words count where a counter stands behind them`() {
    let clauses = Clause.split(Fold.fold("收到申请十二件，十分重视，二是公开3件"))
    #expect(clauses.map { $0.numbers.map(\.value.description) } == [["12"], [], ["3"]])
  }
}
