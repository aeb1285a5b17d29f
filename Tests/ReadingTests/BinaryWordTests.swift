import Documents
import Foundation
import Reading
import Reports
import Testing

@Suite struct `Binary Word files` {
  typealias Text = BinaryWord.Text
  typealias Paragraph = BinaryWord.Paragraph

  static let inTable: [UInt8] = [0x16, 0x24, 1]
  static func property(_ number: Int, _ operand: [UInt8]) -> [UInt8] {
    littleEndian(number, 2) + operand
  }

  static func cell(_ words: String, mark: UInt8 = 0x07, depth: Int = 1, ends: Int? = nil)
    -> Paragraph
  {
    var properties = inTable
    if depth > 1 { properties += property(0x6649, littleEndian(depth, 4)) }
    if let ends { properties += property(ends, [1]) }
    return Paragraph(runs: [Text(words: words)], mark: mark, properties: properties)
  }

  /// The end of a row with these edges, flags of its cells, and properties behind its definition.
  static func row(_ edges: [Int], flags: [Int] = [], more: [UInt8] = [], depth: Int = 1)
    -> Paragraph
  {
    var definition = [UInt8(edges.count - 1)] + edges.flatMap { littleEndian($0, 2) }
    for flag in flags { definition += littleEndian(flag, 2) + [UInt8](repeating: 0, count: 18) }
    var properties = inTable + property(0xD608, littleEndian(definition.count + 1, 2) + definition)
    properties +=
      depth > 1 ? property(0x6649, littleEndian(depth, 4)) + [0x4C, 0x24, 1] : [0x17, 0x24, 1]
    return Paragraph(runs: [], mark: depth > 1 ? 0x0D : 0x07, properties: properties + more)
  }

  static let cases: [(why: String, paragraphs: [Paragraph], outline: [String])] = [
    (
      "lines, headings, line breaks",
      [
        Paragraph(runs: [Text(words: "一、总体情况")], style: 1),
        Paragraph(runs: [Text(words: "甲\u{0B}乙\t1")]),
        Paragraph(runs: [Text(words: "尾")], mark: 0x0C),
        Paragraph(runs: [Text(words: "级")], properties: [0x40, 0x26, 0]),
      ], ["# 一、总体情况", "甲", "乙\t1", "尾", "# 级"]
    ),
    (
      "hidden, struck-out and deleted words are not seen, raised ones stand apart, notes leave nothing",
      [
        Paragraph(runs: [
          Text(words: "1"), Text(words: "2", properties: [0x3C, 0x08, 1]),
          Text(words: "3", properties: [0x37, 0x08, 0x81]),
          Text(words: "4", properties: [0x00, 0x08, 1]),
          Text(words: "5", properties: [0x01, 0x08, 1]),
          Text(words: "6", properties: [0x37, 0x08, 0]),
          Text(words: "7", properties: [0x48, 0x2A, 1]), Text(words: "8"),
          Text(words: "\u{02}", properties: [0x55, 0x08, 1]),
        ])
      ], ["156 7 8"]
    ),
    (
      "the instruction of a field is not read, its result is, one inside another too",
      [Paragraph(runs: [Text(words: "第\u{13}PAGE \u{13}X\u{14}Y\u{15}\u{14}7\u{15}页")])], ["第7页"]
    ),
    (
      "a picture",
      [Paragraph(runs: [Text(words: "图"), Text(words: "\u{01}", properties: [0x55, 0x08, 1])])],
      ["图", "! "]
    ),
    (
      "a table: merged down, over columns by its edges, a blank cell",
      [
        cell("组"), cell("甲", mark: 0x0D), cell("乙"), cell("1"),
        row([0, 1000, 2000, 3000], flags: [0x60, 0, 0]),
        cell(""), cell("丙"), cell(""), row([5, 1000, 2010, 3000], flags: [0x20, 0, 0]),
        cell("计"), cell("0"), row([0, 2000, 3000]), Paragraph(runs: [Text(words: "后")]),
      ], ["[1] 3×3", "0:组@2×1 | 1:甲⏎乙 | 2:1", "1:丙 | 2:", "0:计@1×2 | 2:0", "后"]
    ),
    (
      "cells merged to the left, whichever mark the first has, and by a property behind",
      [
        cell("甲"), cell(""), cell("1"), row([0, 1000, 2000, 3000], flags: [1, 2, 0]),
        cell("乙"), cell(""), cell("2"), row([0, 1000, 2000, 3000], flags: [2, 1, 0]),
        cell("丙"), cell(""), cell("3"), row([0, 1000, 2000, 3000], more: [0x24, 0x56, 0, 2]),
        cell("丁"), cell("4"), cell("5"), row([0, 1000, 2000, 3000]),
      ], ["[1] 4×3", "0:甲@1×2 | 2:1", "0:乙@1×2 | 2:2", "0:丙@1×2 | 2:3", "0:丁 | 1:4 | 2:5"]
    ),
    (
      "a table in a cell",
      [
        cell("甲"), cell("1", mark: 0x0D, depth: 2, ends: 0x244B),
        cell("2", mark: 0x0D, depth: 2, ends: 0x244B),
        row([0, 500, 900], depth: 2), cell("乙"), row([0, 1000, 2000]),
        cell("丙"), cell("丁"), row([0, 1000, 2000]), cell("戊"), cell("己"), row([0, 1000, 2000]),
      ], ["[1] 3×2", "0:甲 | 1:乙{[2] 1×2;0:1 | 1:2}", "0:丙 | 1:丁", "0:戊 | 1:己"]
    ),
  ]

  @Test(arguments: cases.indices) func `are read as a reader sees them`(_ index: Int) throws {
    let sample = Self.cases[index]
    let read = try readDocument(BinaryWord(paragraphs: sample.paragraphs).file())
    #expect(outline(read.document) == sample.outline, "\(sample.why)")
    #expect(read.document.remarks == (sample.why.contains("deleted") ? [.trackedChanges] : []))
    #expect(read.format == .doc && read.encoding == nil)
  }

  @Test func `Pieces are put together in the order of the text, not of the file`() throws {
    var word = BinaryWord(paragraphs: [Paragraph(runs: [Text(words: "甲乙丙1丁")])])
    word.pieces = [
      .init(characters: 0..<2), .init(characters: 2..<4, change: 0x5C << 1 | 1 << 8),
      .init(characters: 4..<6, change: 1),
    ]
    word.changes = [[0x37, 0x08, 0]]
    #expect(outline(try readDocument(word.file()).document) == ["甲乙丁"])
  }

  @Test func `Narrow pieces are ASCII, Chinese or Western`() throws {
    let bytes = Array("12".utf8) + encoded("规章", "GB18030") + [0x0D]
    var word = BinaryWord(paragraphs: [Paragraph(runs: [Text(words: "12abcd")])])
    word.pieces = [.init(characters: 0..<7, narrow: bytes)]
    #expect(outline(try readDocument(word.file()).document) == ["12规章"])
    word.pieces = [.init(characters: 0..<7, narrow: Array("7caf".utf8) + [0xE9, 0x93, 0x0D])]
    word.language = 0x040C
    #expect(outline(try readDocument(word.file()).document) == ["7café“"])
  }

  @Test
  func
    `What has a password, is too old, breaks off or turns in circles is refused with its reason`()
  {
    let whole = BinaryWord(paragraphs: [
      Paragraph(runs: [Text(words: String(repeating: "甲", count: 600))])
    ])
    var locked = whole
    locked.flags |= 0x0100
    var old = whole
    old.version = 0x65
    var lost = BinaryWord(paragraphs: [Self.cell("1"), Self.row([0, 1000])])
    lost.pieces = [.init(characters: 0..<3)]
    let file = whole.file()
    var circle = file
    // The table of sectors is the last: every chain leads back to its beginning.
    for index in stride(from: circle.count - 512, to: circle.count, by: 4) {
      circle.replaceSubrange(index..<index + 4, with: [0, 0, 0, 0])
    }
    var small = ReadingLimits()
    small.characters = 500
    let cases: [([UInt8], ReadingLimits, Refusal.Code)] = [
      (locked.file(), ReadingLimits(), .encrypted),
      (old.file(), ReadingLimits(), .unsupportedFormat),
      (Array(file.prefix(2048)), ReadingLimits(), .truncated),
      (circle, ReadingLimits(), .truncated),
      (file, small, .tooComplex),
    ]
    for (index, (bytes, limits, code)) in cases.enumerated() {
      #expect(failure(bytes, limits: limits)?.refusal.code == code, "case \(index)")
    }
  }

  @Test func `Damaged bytes never do worse than a refusal`() throws {
    var generator = SeededGenerator(state: 42)
    let file = BinaryWord(paragraphs: Self.cases[4].paragraphs).file()
    for _ in 0..<3000 {
      var damaged = file
      for _ in 0..<Int.random(in: 1...8, using: &generator) {
        damaged[Int.random(in: 24..<damaged.count, using: &generator)] = UInt8.random(
          in: 0...255, using: &generator)
      }
      _ = failure(damaged)
    }
  }
}
