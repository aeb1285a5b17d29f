import Glibc
import Journal
import Reports
import Roster

/// The rows of a table of cases: fields between tabs, comments after `#`, and a row short of fields is a failure.
func cases(_ name: String, columns: Int) -> [[String]] {
  let folder = #filePath.split(separator: "/").dropLast().joined(separator: "/")
  guard let file = fopen("/\(folder)/Data/\(name)", "r") else { return [] }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 65536)
  while case let count = fread(&buffer, 1, buffer.count, file), count > 0 {
    bytes += buffer[..<count]
  }
  let rows = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    .filter { !$0.hasPrefix("#") }
    .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
  precondition(!rows.isEmpty && rows.allSatisfy { $0.count == columns }, name)
  return rows
}

/// `-` is none.
func list(_ field: String) -> [String] {
  field == "-" ? [] : field.split(separator: "|").map(String.init)
}

/// Noon of a day in China.
func noon(_ day: String) -> Timestamp {
  let days = CalendarDate(day).map(\.daysSince1970) ?? 0
  return Timestamp(microseconds: (Int64(days) * 86_400 + 4 * 3600) * 1_000_000)
}

/// A roster of lines “unit,region,kind[,aliases[,due]]”.
func roster(_ lines: [String]) throws -> Roster? {
  guard !lines.isEmpty else { return nil }
  let rows = lines.map { line in
    let fields = line.split(separator: ",", omittingEmptySubsequences: false)
    return (fields + Array(repeating: "", count: 5 - fields.count)).joined(separator: ",")
  }
  return try Roster(
    csv: Array(("unit,region,kind,aliases,due\n" + rows.joined(separator: "\n")).utf8))
}
