import Documents
import Forms
import Foundation
import Recognition
import Reports
import Testing

/// A table of cases beside the tests: tab-separated, a header line, `#` for remarks.
func cases(_ name: String, file: String = #filePath) -> [[String]] {
  let url = URL(fileURLWithPath: file).deletingLastPathComponent()
    .appendingPathComponent("Data/\(name).tsv")
  guard let text = try? String(contentsOf: url, encoding: .utf8) else { return [] }
  return text.split(separator: "\n").dropFirst().filter { !$0.hasPrefix("#") }.map {
    $0.split(separator: "\t", omittingEmptySubsequences: false).map {
      $0.replacingOccurrences(of: "⏎", with: "\n").replacingOccurrences(of: "␣", with: "\u{A0}")
        .replacingOccurrences(of: "⇥", with: "\t")
    }
  }
}

/// A text as the reader gives it: a paragraph for each line that is not blank.
func document(_ text: String, endsEarly: Bool = false) -> Document {
  var blocks: [Block] = []
  for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
    guard line.contains(where: { !$0.isWhitespace }) else { continue }
    blocks.append(.paragraph(Paragraph(text: String(line), place: Place(line: number + 1))))
  }
  var document = Document(blocks: blocks)
  document.endsEarly = endsEarly
  return document
}

extension Recognised {
  var report: Report? {
    if case .report(let report) = self { report } else { nil }
  }
  var refusal: Refusal? {
    if case .refused(let refusal) = self { refusal } else { nil }
  }
}

/// The cells that a report gets wrong outside of what it calls uncertain.
func wrong(_ report: Report, against figures: [CellKey: String]) -> [String] {
  report.cells.compactMap { key, cell in
    guard !report.uncertain.contains(key), cell.class != .blank else { return nil }
    let expected = figures[key] ?? ""
    return cell.raw == expected ? nil : "\(key): \(cell.raw) for \(expected)"
  }.sorted()
}
