import Documents
import Foundation
import Testing

@testable import Recognition

@Suite struct `Rows that the end of a page cuts through` {
  /// Tables of one row a page, cells by `|`; a group stands in a column of its own.
  private func read(_ upper: String, _ lower: String, pages: (Int, Int) = (1, 2)) -> [[String]] {
    let blocks = [(upper, pages.0), (lower, pages.1)].enumerated().map { number, row -> Block in
      let texts = row.0.components(separatedBy: "|")
      return .table(
        Table(
          rowCount: 1, columnCount: texts.count,
          cells: texts.enumerated().map { GridCell(row: 0, column: $0, text: $1) },
          place: Place(page: row.1, table: number + 1)))
    }
    return PageCuts.joined(Document(blocks: blocks)).blocks.map { block in
      if case .table(let table) = block { table.cells.map(\.text) } else { [] }
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let upper: String
    let lower: String
    /// `nil`: as it was.
    let whole: [String]?
  }

  static let cases = [
    Case(
      testDescription: "the words on both sides, the figures above", upper: "7.属|0|3",
      lower: "于行政执法案卷||", whole: ["7.属\n于行政执法案卷", "0", "3"]),
    Case(
      testDescription: "the figures below", upper: "3.危及“三安||", lower: "全一稳定”|0|3",
      whole: ["3.危及“三安\n全一稳定”", "0", "3"]),
    Case(
      testDescription: "a figure cut as well", upper: "7.属|36|3", lower: "于行政执法案卷|6|",
      whole: ["7.属\n于行政执法案卷", "36\n6", "3"]),
    Case(
      testDescription: "a group that ends at the cut", upper: "不予公开|7.属|0|3",
      lower: "于行政执法案卷||", whole: ["不予公开", "7.属\n于行政执法案卷", "0", "3"]),
    Case(
      testDescription: "two labels are two rows", upper: "7.属于行政执法案卷|0|3",
      lower: "8.属于行政查询事项||", whole: nil),
    Case(
      testDescription: "a label and a remark are not one label", upper: "7.属于行政执法案卷|0|3",
      lower: "另有说明||", whole: nil),
    Case(
      testDescription: "halves that make no label", upper: "7.属|0|3", lower: "8.属于行政查询事项||",
      whole: nil),
  ]

  @Test(arguments: cases) func `are put together where their words are one label`(_ sample: Case) {
    let read = read(sample.upper, sample.lower)
    guard let whole = sample.whole else {
      #expect(
        read == [sample.upper, sample.lower].map { $0.components(separatedBy: "|") })
      return
    }
    #expect(read[0] == whole)
    #expect(read[1].joined() == "")
  }

  @Test func `Only from one page to the next`() {
    #expect(read("7.属|0", "于行政执法案卷|", pages: (1, 1))[1][0] == "于行政执法案卷")
    #expect(read("7.属|0", "于行政执法案卷|", pages: (1, 3))[1][0] == "于行政执法案卷")
  }
}
