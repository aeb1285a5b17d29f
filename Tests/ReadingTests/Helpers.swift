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

func outline(_ document: Document) -> [String] { document.outline }

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
