import Foundation
import Sheets
import Testing

/// What another program, written by others, finds in our workbooks. LibreOffice does the same in `make sheets`.
@Suite struct `A workbook in openpyxl` {
  struct Sheet: Decodable, Equatable {
    var name: String
    var frozen: String?
    var merged: [String]
    var width: Double
    var bold: Bool
    var cells: [[String]]
  }

  func read(_ bytes: [UInt8]) throws -> [Sheet] {
    let file = FileManager.default.temporaryDirectory.appending(
      path: "shoubao-\(UUID().uuidString).xlsx")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(bytes).write(to: file)
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "Data/read.py")
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/python3")
    process.arguments = [script.path, file.path]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let answer = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return try JSONDecoder().decode([Sheet].self, from: answer)
  }

  @Test func `has numbers that are numbers, merged cells, widths, heads and sheets`() throws {
    var book = WorkbookWriter()
    try book.beginSheet("2023年度 表三", widths: [30], frozenRows: 2)
    try book.row([.text("标题", .title), .empty(), .empty()])
    try book.row([.text("单位", .head), .text("件", .head), .text("万元", .head)])
    try book.row([.text("长乐镇", .label), .number("4", .figure), .number("12.5", .figure)])
    try book.row([.text("长号", .label), .number("12345678901234567"), .empty(.figure)])
    try book.endSheet(merging: [SheetMerge(rows: 0...0, columns: 0...2)], wide: true)
    try book.beginSheet("说明")
    try book.row([.text("无")])
    let sheets = try read(try book.finish())
    #expect(
      sheets == [
        Sheet(
          name: "2023年度 表三", frozen: "A3", merged: ["A1:C1"], width: 30, bold: true,
          cells: [
            ["str:标题", "NoneType:None", "NoneType:None"], ["str:单位", "str:件", "str:万元"],
            ["str:长乐镇", "int:4", "float:12.5"],
            ["str:长号", "str:12345678901234567", "NoneType:None"],
          ]),
        Sheet(
          name: "说明", frozen: nil, merged: [], width: 13, bold: false, cells: [["str:无"]]),
      ])
  }

  @Test func `has every text as it was given`() throws {
    let texts = cases("texts.txt").map { unescaped($0[0]) }
    var book = WorkbookWriter()
    try book.beginSheet("文字")
    for text in texts { try book.row([.text(text)]) }
    let read = try read(try book.finish())[0].cells.map { decoded(String($0[0].dropFirst(4))) }
    #expect(read == texts)
  }

  @Test func `of three hundred thousand bytes of one letter is unpacked right`() throws {
    var book = WorkbookWriter()
    try book.beginSheet("同")
    for _ in 0..<10 { try book.row([.text(String(repeating: "同", count: 32_767))]) }
    let bytes = try book.finish()
    #expect(bytes.count < 20_000)
    #expect(try read(bytes)[0].cells.allSatisfy { $0[0].count == 4 + 32_767 })
  }

  private func unescaped(_ text: String) -> String {
    text.replacing("\\n", with: "\n").replacing("\\t", with: "\t").replacing(
      /\\u\{([0-9A-F]+)\}/
    ) { String(Unicode.Scalar(UInt32($0.1, radix: 16)!)!) }
  }

  /// The codes of ECMA-376 (`_x000D_`), which openpyxl hands on as they stand in the file.
  private func decoded(_ text: String) -> String {
    text.replacing(/_x([0-9A-F]{4})_/) { String(Unicode.Scalar(UInt32($0.1, radix: 16)!)!) }
  }
}
