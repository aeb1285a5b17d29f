import Accuracy
import Generator
import Testing

/// Pages of governments that are no report.
@Suite struct OtherPages {
  @Test(arguments: OtherPage.allCases)
  func `pages of a kind differ, and the same number is the same page`(kind: OtherPage) {
    let pages = (0..<20).map { kind.bytes(number: $0, seed: 3) }
    #expect(Set(pages).count == 20)
    #expect(pages[7] == kind.bytes(number: 7, seed: 3))
  }

  @Test func `none is taken for a report, and reports without tables are`() {
    let sum = Confusion.measure(0..<2 * OtherPage.allCases.count, seed: 6)
    #expect(sum.accepted == 0, "\(sum.pages)")
    #expect(sum.pages.count == OtherPage.allCases.count)
    #expect(Set(sum.withoutTables.keys) == ["report"])
    #expect(sum.pairs > 0)
  }
}
