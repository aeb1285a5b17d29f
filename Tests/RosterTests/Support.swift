import Glibc

/// The bytes of a file beside the tests.
func dataFile(_ name: String) -> [UInt8] {
  let folder = #filePath.split(separator: "/").dropLast().joined(separator: "/")
  guard let file = fopen("/\(folder)/Data/\(name)", "r") else { return [] }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 65536)
  while true {
    let count = fread(&buffer, 1, buffer.count, file)
    if count == 0 { return bytes }
    bytes += buffer[..<count]
  }
}

/// The rows of a table of cases: fields between tabs, comments after `#`, and a row short of fields is a failure.
func cases(_ name: String, columns: Int) -> [[String]] {
  let rows = String(decoding: dataFile(name), as: UTF8.self).split(separator: "\n")
    .filter { !$0.hasPrefix("#") }
    .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
  precondition(!rows.isEmpty && rows.allSatisfy { $0.count == columns }, name)
  return rows
}
