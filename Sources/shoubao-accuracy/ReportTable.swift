/// A table of results, as text for a terminal and as Markdown.
struct ReportTable {
  let title: String
  let note: String
  let columns: [String]
  private(set) var rows: [[String]] = []

  init(_ title: String, _ note: String, _ columns: [String]) {
    self.title = title
    self.note = note
    self.columns = columns
  }

  mutating func add(_ row: [String]) { rows.append(row) }

  var text: String {
    let widths = columns.indices.map { index in
      ([columns] + rows).map { $0[index].count }.max() ?? 0
    }
    let lines = ([columns] + rows).map { row in
      row.indices.map { index in
        let space = String(repeating: " ", count: widths[index] - row[index].count)
        return index == 0 ? row[index] + space : space + row[index]
      }.joined(separator: "  ")
    }
    return ([title] + lines).joined(separator: "\n") + "\n"
  }

  var markdown: String {
    func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
    let ruler = "|---|" + columns.dropFirst().map { _ in "--:|" }.joined()
    return (["## \(title)", "", note, "", line(columns), ruler] + rows.map(line))
      .joined(separator: "\n") + "\n"
  }

  /// Two decimals, cut off: what is not all is never 100.
  static func percent(_ share: Double) -> String {
    let hundredths = Int(share * 10_000)
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
  }
}
