import Documents
import Foundation
import Reading
import Testing

/// One synthetic report, as LibreOffice 7.4 saves the page in other formats.
@Suite struct `One report in every office format` {
  static func bytes(_ name: String) throws -> [UInt8] {
    let path = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "Data/office/\(name)")
    return [UInt8](try Data(contentsOf: path))
  }

  /// What is in the tables, cell by cell; a sheet shows a number without the comma that the page has.
  static func cells(_ name: String) throws -> [String] {
    try readDocument(bytes(name)).document.blocks.flatMap { block -> [String] in
      switch block {
      case .table(let table): table.cells.map(\.text)
      case .paragraph(let paragraph) where paragraph.text.hasPrefix("第二十条"): [paragraph.text]
      default: []
      }
    }.map { $0.filter { !$0.isWhitespace && $0 != "," } }
  }

  static func lines(_ name: String) throws -> [String] {
    try readDocument(bytes(name)).document.blocks.compactMap { block in
      if case .paragraph(let paragraph) = block { paragraph.text } else { nil }
    }
  }

  @Test(arguments: ["docx", "doc", "odt", "rtf", "xlsx", "ods", "xls"])
  func `has the cells of the page`(_ format: String) throws {
    let page = try Self.cells("report.html")
    #expect(page.count > 200)
    #expect(try Self.cells("report.\(format)") == page)
    let text = try Self.lines("report.\(format)").joined()
    for heading in ["一、总体情况", "二、主动公开政府信息情况", "六、其他需要报告的事项"] {
      #expect(text.contains(heading))
    }
  }
}
