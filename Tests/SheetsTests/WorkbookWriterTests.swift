import Documents
import Foundation
import Reading
import Testing

@testable import Sheets

/// Lines of a file of cases, cut at tabs.
func cases(_ name: String) -> [[String]] {
  let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Data/\(name)")
  let text = (try? String(contentsOf: path, encoding: .utf8)) ?? ""
  return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
    line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
  }
}

/// A workbook as our own reader sees it: the cells of each table, row by row.
func tables(_ bytes: [UInt8]) throws -> [[[String]]] {
  try readDocument(bytes).document.blocks.compactMap { block in
    guard case .table(let table) = block else { return nil }
    var rows: [[String]] = Array(
      repeating: Array(repeating: "", count: table.columnCount), count: table.rowCount)
    for cell in table.cells { rows[cell.row][cell.column] = cell.text }
    return rows
  }
}

@Suite struct `A workbook` {
  @Test(arguments: cases("numerals.txt"))
  func `has numbers only where every digit is kept`(_ line: [String]) throws {
    #expect(line[0].isExactInSheets == (line[1] == "number"), "\(line[2])")
  }

  @Test func `The cases are there`() {
    #expect(cases("numerals.txt").count > 10 && cases("texts.txt").count > 8)
  }

  @Test func `is read back by our own reader, cell for cell`() throws {
    var book = WorkbookWriter()
    try book.beginSheet("第一/张", widths: [20, 8], frozenRows: 1)
    try book.row([.text("单位", .head), .text("新收", .head)])
    try book.row([.text("长乐镇", .label), .number("4", .figure)])
    try book.row([.text("合计", .label), .number("-12.5", .figure)])
    try book.beginSheet("二")
    try book.row([.text("甲", .head), .text("乙", .head)])
    try book.row([.number(7), .number(8)])
    let read = try tables(try book.finish())
    #expect(
      read == [
        [["单位", "新收"], ["长乐镇", "4"], ["合计", "-12.5"]], [["甲", "乙"], ["7", "8"]],
      ])
  }

  @Test func `of many rows is written in bounded memory and read back whole`() throws {
    var book = WorkbookWriter()
    try book.beginSheet("长")
    var bytes: [UInt8] = []
    var most = 0
    // Rows that differ enough for matches of all lengths and distances.
    var random = SplitMix(state: 7)
    var expected: [[String]] = []
    for row in 0..<6000 {
      let values = (0..<6).map { _ in "\(random.next() % 1_000_000)" } + ["第\(row)行"]
      expected.append(values)
      try book.row(values.dropLast().map { .number($0) } + [.text(values[6])])
      most = max(most, book.waiting)
      bytes += book.take()
    }
    bytes += try book.finish()
    #expect(most < 300_000)
    #expect(bytes.count < 6000 * 7 * 12)
    #expect(try tables(bytes) == [expected])
  }

  @Test func `goes on in another sheet with the same head where rows are too many`() throws {
    var book = WorkbookWriter(rowLimit: 3)
    try book.beginSheet("表", frozenRows: 1)
    for row in [["甲", "乙"], ["1", "2"], ["3", "4"], ["5", "6"]] {
      try book.row(row.map { .text($0) })
    }
    #expect(
      try tables(try book.finish()) == [
        [["甲", "乙"], ["1", "2"], ["3", "4"]], [["甲", "乙"], ["5", "6"]],
      ])
  }

  @Test func `is the same for the same content`() throws {
    func make() throws -> [UInt8] {
      var book = WorkbookWriter()
      try book.beginSheet("表")
      try book.row([.text("一"), .number(1)])
      return try book.finish()
    }
    #expect(try make() == make())
  }

  @Test func `has names of sheets that programs take`() {
    #expect(sheetName("a[b]:*?/\\c", besides: []) == "a_b______c")
    #expect(sheetName("'引'", besides: []) == "引")
    #expect(sheetName("", besides: []) == "1")
    #expect(sheetName("Data", besides: ["data"]) == "Data (2)")
    let long = String(repeating: "长", count: 40)
    #expect(sheetName(long, besides: []).utf16.count == 31)
    #expect(sheetName(long, besides: [sheetName(long, besides: [])]).utf16.count == 31)
  }

  @Test func `refuses more columns than programs take`() throws {
    var book = WorkbookWriter()
    try book.beginSheet("表")
    #expect(throws: SheetError.tooManyColumns(16_385)) {
      try book.row(Array(repeating: .empty(), count: 16_385))
    }
  }
}

struct SplitMix {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
