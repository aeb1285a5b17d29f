import Accuracy
import Foundation
import Testing

/// The labelled documents beside this file: a case for each way in which real reports are known to differ.
@Suite struct `Variations of real reports` {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Data/variations").path

  /// The catalogue's entries: seven kinds of variation, and who files what.
  private static let entries =
    [("F", 18), ("C", 11), ("L", 10), ("X", 12), ("T", 18), ("N", 14), ("O", 7)].flatMap {
      kind, count in
      (1...count).map { "\(kind)\($0)" }
    } + ["S8"]

  @Test func `every entry of the catalogue has a case that says what it is about`() throws {
    let cases = try Corpus(Self.folder).entries
    for entry in Self.entries {
      let own = cases.filter { $0.id.hasPrefix(entry + "-") }
      #expect(!own.isEmpty, "\(entry)")
      for other in own {
        let words = entry == "S8" ? "Section 8" : entry
        #expect(other.facts.why.hasPrefix(words + ":"), "\(other.id)")
      }
    }
  }

  @Test func `every labelled case is read as a careful reader would`() throws {
    let sum = try CorpusMeasurement(Corpus(Self.folder))
    #expect(sum.exact > 40_000)
    #expect(sum.failures.isEmpty, "\(sum.failures.joined(separator: "\n"))")
    #expect(sum.mended.isEmpty, "\(sum.mended.joined(separator: "\n"))")
  }
}

@Suite struct `A corpus of one's own` {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("corpus-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private static let description = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("docs/corpus.md")

  private func put(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: folder.appendingPathComponent(name))
  }

  private func fault(_ facts: String) throws -> String {
    defer { try? FileManager.default.removeItem(at: folder) }
    try put("a.txt", "x")
    try put("a.json", facts)
    do {
      _ = try Corpus(folder.path)
      return "none"
    } catch { return "\(error)" }
  }

  @Test(arguments: [
    (#"{"unit": "x"}"#, "a.json: why: "),
    (#"{"why": "w", "yaer": 2023}"#, "a.json: yaer: "),
    (#"{"why": "w", "year": "2023"}"#, "a.json: year: "),
    (#"{"why": "w", "reason": "no_such"}"#, "a.json: reason: one of empty, "),
    (#"{"why": "w", "cells": {"t3.granted": "1 2"}}"#, "a.json: cells: t3.granted has 7 cells, 2 "),
    (#"{"why": "w", "cells": {"t3.grantd.total": "1"}}"#, "a.json: cells: a cell or a row"),
    (#"{"why": "w", "cells": {"t3.granted.total": "1,000"}}"#, "a.json: cells: a number, / or _ "),
    (#"{"why": "w", "uncertain": ["t5"]}"#, "a.json: uncertain: a cell, a row"),
    (#"{"why": "w", "template": {"t1": "2021"}}"#, "a.json: template: t2, t3 or t4 "),
    (#"{"why": "w", "hints": {"folder": "x"}}"#, "a.json: hints.folder: no such key"),
    (#"{"why": "w""#, "a.json: "),
  ])
  func `a label that cannot be used is told with its file, its key and what is expected`(
    facts: String, message: String
  ) throws {
    let told = try fault(facts)
    #expect(told.hasPrefix(message), "\(told)")
  }

  @Test func `the description of the format gives a case that can be used, and names every key`()
    throws
  {
    let text = try String(contentsOf: Self.description, encoding: .utf8)
    let example = try #require(
      text.components(separatedBy: "```json\n").last?.components(separatedBy: "```").first)
    _ = try JSONDecoder().decode(CorpusCase.self, from: Data(example.utf8))
    let told = try fault(#"{"why": "w", "no such": 1}"#)
    let keys = try #require(told.components(separatedBy: "expected are ").last)
      .components(separatedBy: ", ")
    #expect(keys.count > 15)
    for key in keys { #expect(text.contains("`\(key)`"), "\(key)") }
  }

  @Test func `a document without facts, and facts without a document, are told`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try put("a.txt", "x")
    #expect(throws: Corpus.Fault.self) { try Corpus(folder.path) }
    try put("a.json", #"{"why": "w"}"#)
    try put("b.json", #"{"why": "w"}"#)
    #expect(throws: Corpus.Fault.self) { try Corpus(folder.path) }
  }

  @Test func `a wrong label is seen, and the list of known failures works both ways`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try put("a.txt", "青禾县召开会议，部署全年的工作。")
    try put("a.json", #"{"why": "w", "reason": "not_a_report"}"#)
    try put("b.txt", "青禾县召开会议，部署全年的工作。")
    try put("b.json", #"{"why": "w"}"#)
    let sum = try CorpusMeasurement(Corpus(folder.path))
    #expect((sum.cases, sum.right, sum.facts) == (2, 1, 1))
    #expect(sum.failures.count == 1 && sum.failures[0].hasPrefix("b: refused as not_a_report"))
    try put("known.txt", "# id, reason\nb a page that is no report\n")
    #expect(try CorpusMeasurement(Corpus(folder.path)).isGood)
    try put("known.txt", "a mended since\nb a page that is no report\n")
    #expect(try CorpusMeasurement(Corpus(folder.path)).mended.count == 1)
    try put("known.txt", "c no such case\n")
    #expect(throws: Corpus.Fault.self) { try Corpus(folder.path) }
  }

  @Test func `a figure that differs, one needlessly uncertain and one not there are told apart`()
    throws
  {
    defer { try? FileManager.default.removeItem(at: folder) }
    let source = URL(fileURLWithPath: Self.sample)
    try put("a.txt", String(contentsOf: source, encoding: .utf8))
    try put(
      "a.json",
      """
      {"why": "w", "cells": {"t3.granted.total": "98765", "t2v19.fee": "0 0"},
       "uncertain": ["t2.normative.issued"]}
      """)
    let sum = try CorpusMeasurement(Corpus(folder.path))
    #expect((sum.wrong, sum.missing, sum.uncertain) == (2, 2, 0), "\(sum.failures)")
  }

  private static let sample = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Data/variations/F1-1.txt").path
}
