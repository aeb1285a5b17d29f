import Documents
import Forms
import Foundation
import Recognition
import Reports
import Testing

/// Small documents, each in a layout of its own, and what a careful reader takes from them.
@Suite struct `Layouts, each with its reason` {
  /// A document of `Data/layouts.txt`: `== reason`, the text, `--`, then a line for each row of the form that counts:
  /// `t3.granted 1 0 ~ ?` (`~` a blank cell, `?` a cell that is not vouched for, `*` any number of these for all cells).
  struct Case: CustomTestStringConvertible, Sendable {
    let reason: String
    let text: String
    let rows: [[String]]
    var testDescription: String { reason }
  }

  static let all: [Case] = {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Data/layouts.txt")
    guard let text = try? String(contentsOf: url, encoding: .utf8) else { return [] }
    return text.components(separatedBy: "\n== ").dropFirst().map { part in
      let lines = part.components(separatedBy: "\n")
      let end = lines.firstIndex(of: "--") ?? lines.endIndex
      return Case(
        reason: lines[0], text: lines[1..<end].joined(separator: "\n"),
        rows: lines.dropFirst(end + 1).filter { !$0.isEmpty }.map {
          $0.split(separator: " ").map(String.init)
        })
    }
  }()

  @Test(arguments: all)
  func `A row is what a careful reader reads`(item: Case) throws {
    let text =
      "青石县云桥镇人民政府2023年政府信息公开工作年度报告\n一、总体情况\n本年度各项工作按计划进行，公开的内容更加充实。\n" + item.text
      + "\n五、存在的主要问题及改进情况\n公开的范围还要扩大，公开的质量还要提高。\n六、其他需要报告的事项\n没有其他需要报告的事项。\n"
    let report = try #require(recognise(document(text)).report)
    for row in item.rows {
      let keys = report.cells.keys.filter { $0.name.hasPrefix(row[0] + ".") }
        .sorted { $0 < $1 }
      #expect(!keys.isEmpty, "the document has no row \(row[0])")
      let read = keys.map { key -> String in
        if report.uncertain.contains(key) { return "?" }
        let raw = report.cells[key]?.raw ?? ""
        return raw.isEmpty ? "~" : raw
      }
      let expected =
        row.count == 2 && row[1].hasSuffix("*")
        ? keys.map { _ in String(row[1].dropLast()) } : Array(row.dropFirst())
      #expect(read == expected, "\(row[0]); \(report.doubts.map(\.quote))")
    }
  }

  @Test func `The cases are there`() {
    #expect(Self.all.count >= 30)
    #expect(Self.all.allSatisfy { !$0.rows.isEmpty && !$0.text.isEmpty })
  }
}
