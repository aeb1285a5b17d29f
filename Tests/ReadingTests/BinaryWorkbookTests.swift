import Documents
import Foundation
import Reading
import Reports
import Testing

/// Records of binary workbooks.
private enum Records {
  static func record(_ type: Int, _ data: [UInt8]) -> [UInt8] {
    littleEndian(type, 2) + littleEndian(data.count, 2) + data
  }

  static func begin(_ version: Int = 0x0600) -> [UInt8] {
    record(0x0809, littleEndian(version, 2) + littleEndian(5, 2))
  }
  static let end = record(0x000A, [])

  static func place(_ row: Int, _ column: Int, _ style: Int = 0) -> [UInt8] {
    littleEndian(row, 2) + littleEndian(column, 2) + littleEndian(style, 2)
  }

  static func words(_ row: Int, _ column: Int, _ text: String, _ style: Int = 0) -> [UInt8] {
    record(
      0x0204, place(row, column, style) + littleEndian(text.utf16.count, 2) + [1] + utf16(text))
  }

  static func double(_ value: Double) -> [UInt8] {
    littleEndian(Int(bitPattern: UInt(value.bitPattern)), 8)
  }

  static func number(_ row: Int, _ column: Int, _ value: Double, _ style: Int = 0) -> [UInt8] {
    record(0x0203, place(row, column, style) + double(value))
  }

  static func formula(_ row: Int, _ column: Int, _ result: [UInt8], flags: Int = 0) -> [UInt8] {
    record(0x0006, place(row, column) + result + littleEndian(flags, 2) + [0, 0, 0, 0, 0, 0])
  }

  /// Styles: 0 ordinary, 1 struck out, 2 with two places, 3 `0"件"`.
  static let styles: [UInt8] = {
    func font(_ flags: Int) -> [UInt8] { record(0x0031, [0, 0] + littleEndian(flags, 2)) }
    func style(_ font: Int, _ format: Int) -> [UInt8] {
      record(
        0x00E0, littleEndian(font, 2) + littleEndian(format, 2) + [UInt8](repeating: 0, count: 16))
    }
    let code = "0\"件\""
    return font(0) + font(8)
      + record(0x041E, littleEndian(164, 2) + littleEndian(code.utf16.count, 2) + [1] + utf16(code))
      + style(0, 0) + style(1, 0) + style(0, 2) + style(0, 164)
  }()

  /// - Parameter sheets: the state of each, 0 for visible, and its records.
  static func file(
    _ sheets: [(state: UInt8, body: [UInt8])], shared: [UInt8] = [], front: [UInt8] = [],
    folder: String? = nil
  )
    -> [UInt8]
  {
    // Its head, the place, the state, the kind, a name of one letter.
    let sheetRecord = 4 + 4 + 2 + 3
    var start =
      begin().count + front.count + styles.count + shared.count + end.count + sheets.count
      * sheetRecord
    var globals = begin() + front + styles + shared
    var bodies: [UInt8] = []
    for sheet in sheets {
      globals += record(0x0085, littleEndian(start, 4) + [sheet.state, 0, 1, 0, 0x41])
      let body = begin() + sheet.body + end
      bodies += body
      start += body.count
    }
    return compoundFile([("Workbook", globals + end + bodies)], folder: folder)
  }
}

@Suite struct `Binary Excel workbooks` {
  static let cases: [(why: String, body: [UInt8], outline: [String])] = [
    (
      "numbers in every form, by their format",
      Records.words(0, 0, "甲") + Records.number(0, 1, 12) + Records.number(0, 2, 0.1 + 0.2)
        + Records.number(0, 3, 2.5, 2) + Records.number(0, 4, 3, 3)
        + Records.record(0x027E, Records.place(1, 0) + littleEndian(7 << 2 | 2, 4))
        + Records.record(0x027E, Records.place(1, 1) + littleEndian(1234 << 2 | 3, 4))
        + Records.record(
          0x00BD,
          littleEndian(1, 2) + littleEndian(2, 2) + [0, 0] + littleEndian(-3 << 2 | 2, 4) + [0, 0]
            + littleEndian(Int((1.5).bitPattern >> 32), 4) + littleEndian(3, 2))
        + Records.record(0x0205, Records.place(1, 4) + [7, 1]),
      ["[1] 2×5", "0:甲 | 1:12 | 2:0.3 | 3:2.50 | 4:3件", "0:7 | 1:12.34 | 2:-3 | 3:1.5 | 4:#DIV/0!"]
    ),
    (
      "blank cells are blank, struck-out ones too",
      Records.words(0, 0, "甲") + Records.record(0x0201, Records.place(0, 1))
        + Records.number(0, 2, 1)
        + Records.words(1, 0, "乙") + Records.number(1, 1, 5, 1)
        + Records.record(
          0x00BE, littleEndian(1, 2) + littleEndian(2, 2) + [0, 0, 0, 0] + littleEndian(3, 2)),
      ["[1] 2×3", "0:甲 | 1: | 2:1", "0:乙 | 1: | 2:"]
    ),
    (
      "merged areas, hidden rows and columns",
      Records.record(
        0x007D, littleEndian(1, 2) + littleEndian(1, 2) + [0, 0, 0, 0] + littleEndian(1, 2))
        + Records.record(
          0x0208,
          littleEndian(1, 2) + [UInt8](repeating: 0, count: 10) + littleEndian(0x20, 2) + [0, 0])
        + Records.words(0, 0, "组") + Records.number(0, 1, 9) + Records.words(0, 2, "甲")
        + Records.number(0, 3, 1)
        + Records.words(1, 2, "暗") + Records.number(1, 3, 9) + Records.words(2, 2, "乙")
        + Records.number(2, 3, 2)
        + Records.record(0x00E5, littleEndian(1, 2) + [0, 0, 2, 0, 0, 0, 1, 0]),
      ["[1] 2×3", "0:组@2×1 | 1:甲 | 2:1", "1:乙 | 2:2"]
    ),
    (
      "results of formulas: words, truth, errors, numbers",
      Records.words(0, 0, "甲") + Records.formula(0, 1, [0, 0, 0, 0, 0, 0, 0xFF, 0xFF])
        + Records.record(0x0207, littleEndian(1, 2) + [1] + utf16("无"))
        + Records.formula(0, 2, [2, 0, 23, 0, 0, 0, 0xFF, 0xFF])
        + Records.formula(0, 3, Records.double(7)),
      ["[1] 1×4", "0:甲 | 1:无 | 2:#REF! | 3:7"]
    ),
    (
      "formulas saved as 0 by a program that does not calculate are no figures",
      Records.words(0, 0, "甲") + Records.formula(0, 1, Records.double(0), flags: 3)
        + Records.number(0, 2, 0),
      ["[1] 1×3", "0:甲 | 1:= | 2:0"]
    ),
    (
      "formulas of which one has a result have all been calculated",
      Records.words(0, 0, "甲") + Records.formula(0, 1, Records.double(0), flags: 3)
        + Records.formula(0, 2, Records.double(2), flags: 3),
      ["[1] 1×3", "0:甲 | 1:0 | 2:2"]
    ),
    (
      "a chart inside the sheet is no part of it, a picture stands behind",
      Records.words(0, 0, "甲") + Records.begin() + Records.number(0, 1, 9) + Records.end
        + Records.number(0, 1, 1)
        + Records.record(0x005D, littleEndian(0x15, 2) + littleEndian(18, 2) + littleEndian(8, 2)),
      ["[1] 1×2", "0:甲 | 1:1", "! "]
    ),
  ]

  @Test(arguments: cases.indices) func `are read as a reader sees them`(_ index: Int) throws {
    let sample = Self.cases[index]
    let read = try readDocument(Records.file([(0, sample.body)]))
    #expect(outline(read.document) == sample.outline, "\(sample.why)")
    #expect(read.format == .xls && read.encoding == nil)
  }

  @Test func `Shared strings go on from record to record, wide or narrow, in several fonts`() throws
  {
    func text(_ length: Int, _ flags: UInt8, _ rest: [UInt8]) -> [UInt8] {
      littleEndian(length, 2) + [flags] + rest
    }
    let strings: [UInt8] =
      text(2, 0, Array("ab".utf8))
      + text(3, 9, littleEndian(1, 2) + utf16("规章件") + littleEndian(2, 2) + littleEndian(1, 2))
      + text(4, 1, utf16("甲乙"))
    let shared =
      Records.record(0x00FC, littleEndian(3, 4) + littleEndian(3, 4) + strings)
      + Records.record(0x003C, [0] + Array("12".utf8))
    let body = (0..<4).flatMap { index in
      Records.record(0x00FD, Records.place(0, index) + littleEndian(index, 4))
    }
    let document = try readDocument(Records.file([(0, body)], shared: shared)).document
    #expect(outline(document) == ["[1] 1×4", "0:ab | 1:规章 | 2:甲乙12 | 3:�"])
  }

  @Test func `Visible sheets follow each other, hidden ones are not seen`() throws {
    let file = Records.file([
      (0, Records.words(0, 0, "一") + Records.number(0, 1, 1)), (1, Records.words(0, 0, "暗")),
      (2, Records.words(0, 0, "暗")), (0, Records.words(0, 0, "尾")),
    ])
    let document = try readDocument(file).document
    #expect(outline(document) == ["[1] 1×2", "0:一 | 1:1", "尾"])
    #expect(document.remarks == [.hiddenCells])
  }

  @Test func `Programs inside are left out and said`() throws {
    let whole = Records.words(0, 0, "一") + Records.number(0, 1, 1)
    for (folder, isSaid) in [("_VBA_PROJECT_CUR", true), ("Macros", true), ("MsoDataStore", false)]
    {
      let document = try readDocument(Records.file([(0, whole)], folder: folder)).document
      #expect(document.remarks == (isSaid ? [.macros] : []))
    }
  }

  @Test func `What has a password, is too old or breaks off is refused with its reason`() {
    let whole = Records.begin() + Records.styles
    let cases: [([UInt8], Refusal.Code)] = [
      (Records.file([(0, [])], front: Records.record(0x002F, [0, 0])), .encrypted),
      (compoundFile([("Workbook", Records.begin(0x0500) + Records.end)]), .unsupportedFormat),
      (compoundFile([("Book", Records.begin(0x0500) + Records.end)]), .unsupportedFormat),
      (compoundFile([("Workbook", whole)]), .truncated),
      (compoundFile([("Workbook", whole + [0x31, 0, 0xFF, 0])]), .truncated),
      (
        Records.file(
          [(0, [])],
          shared: Records.record(0x00FC, littleEndian(2, 4) + littleEndian(2, 4) + [1, 0, 0, 65])),
        .truncated
      ),
      (Records.file([(0, (0..<2).flatMap { Records.number(0, $0 * 20_000, 1) })]), .tooComplex),
    ]
    for (index, (bytes, code)) in cases.enumerated() {
      #expect(failure(bytes)?.refusal.code == code, "case \(index)")
    }
  }

  @Test func `Damaged bytes never do worse than a refusal`() {
    var generator = SeededGenerator(state: 99)
    let file = Records.file([(0, Self.cases[2].body)])
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
