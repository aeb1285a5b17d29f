import Documents
import Foundation
import Glibc
import Reading
import Reports

/// The text in another character set, as glibc writes it.
func encoded(_ text: String, _ characterSet: String) -> [UInt8] {
  guard let converter = iconv_open(characterSet, "UTF-8"), converter != iconv_t(bitPattern: -1)
  else { return [] }
  defer { iconv_close(converter) }
  var source = Array(text.utf8).map { CChar(bitPattern: $0) }
  var target = [CChar](repeating: 0, count: source.count * 4 + 16)
  let written = source.withUnsafeMutableBufferPointer { source in
    target.withUnsafeMutableBufferPointer { target in
      var from = source.baseAddress
      var to = target.baseAddress
      var left = source.count
      var free = target.count
      return iconv(converter, &from, &left, &to, &free) == -1 ? 0 : target.count - free
    }
  }
  return target[..<written].map { UInt8(bitPattern: $0) }
}

/// The document as lines that a person can compare: `# ` a heading, `! ` a picture, `[n] rows×columns` a table followed
/// by a line for each row, cells as `text`, with `@rows×columns` where they span, `!` where a picture stands in them.
func outline(_ document: Document) -> [String] {
  document.blocks.flatMap { block -> [String] in
    switch block {
    case .paragraph(let paragraph): [(paragraph.isHeading ? "# " : "") + paragraph.text]
    case .picture(let picture): ["! " + picture.words]
    case .table(let table): outline(table)
    }
  }
}

func outline(_ table: Table) -> [String] {
  var lines = ["[\(table.place.table ?? 0)] \(table.rowCount)×\(table.columnCount)"]
  for row in 0..<table.rowCount {
    let cells = table.cells.filter { $0.row == row }.map { cell -> String in
      var text = "\(cell.column):" + cell.text.split(separator: "\n").joined(separator: "⏎")
      if cell.rowSpan > 1 || cell.columnSpan > 1 { text += "@\(cell.rowSpan)×\(cell.columnSpan)" }
      if cell.holdsPicture { text += "!" }
      for nested in cell.nested { text += "{" + outline(nested).joined(separator: ";") + "}" }
      return text
    }
    lines.append(cells.joined(separator: " | "))
  }
  return lines
}

func read(_ text: String) throws -> ReadDocument { try readDocument(Array(text.utf8)) }

func failure(_ bytes: [UInt8], limits: ReadingLimits = ReadingLimits()) -> ReadingFailure? {
  do {
    _ = try readDocument(bytes, limits: limits)
    return nil
  } catch {
    return error
  }
}

/// A file of cases beside the tests.
func dataFile(_ name: String) -> String {
  let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Data/\(name)")
  return (try? String(contentsOf: path, encoding: .utf8)) ?? ""
}
