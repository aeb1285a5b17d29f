import Documents
import Reading
import Reports
import Testing

@Suite struct `PDF files` {
  private func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }

  private func lines(_ file: PDFFile) throws -> [String] {
    outline(try readDocument(file.bytes).document)
  }

  @Test func `What stands on one height is one line, whatever its order in the file`() throws {
    let file = PDFFile(pages: [
      [(60, 120, "二、主动公开"), (300, 100, "乙"), (60, 100, "甲"), (132, 121, "情况")]
    ])
    #expect(
      try lines(file) == [
        spaces(10) + "甲" + spaces(38) + "乙", spaces(10) + "二、主动公开情况",
      ])
  }

  @Test func `Columns stand above each other, whatever is written in front of them`() throws {
    let file = PDFFile(pages: [
      [
        (60, 100, "规章"), (200, 100, "0"), (300, 100, "12"), (400, 100, "3"),
        (60, 120, "行政规范性文件"), (200, 120, "7"), (300, 120, "0"), (400, 120, "1234"),
      ]
    ])
    let read = try lines(file)
    #expect(
      read.map { $0.split(separator: " ").map(String.init) } == [
        ["规章", "0", "12", "3"], ["行政规范性文件", "7", "0", "1234"],
      ])
    // Counted in halves of an ideograph, the figures begin in the same columns.
    func columns(_ line: String) -> [Int] {
      var column = 0
      return line.unicodeScalars.reduce(into: []) { columns, scalar in
        if (0x30...0x39).contains(scalar.value) { columns.append(column) }
        column += scalar.value >= 0x1100 ? 2 : 1
      }
    }
    #expect(Set(columns(read[0])).isSubset(of: [33, 50, 51, 67]))
    #expect(Set(columns(read[1])).isSuperset(of: [33, 50, 67]))
  }

  @Test
  func `Columns of a table keep their distance also where most of the page is set in larger type`()
    throws
  {
    let text = (0..<20).map { line in
      PDFFile.Text(x: 40, y: 200 + 30 * line, text: "全年收到政府信息公开申请均已答复。")
    }
    let row = [(60, "规章"), (200, "0"), (240, "12"), (280, "3")].map {
      PDFFile.Text(x: $0.0, y: 100, text: $0.1)
    }
    let read = try lines(PDFFile(pages: [row + text], largeFrom: 200))
    #expect(read[0] == spaces(10) + "规章" + spaces(19) + "0" + spaces(6) + "12" + spaces(5) + "3")
    #expect(read[1].trimmed == "全年收到政府信息公开申请均已答复。")
  }

  @Test func `The digits of a number stay together, two numbers stay apart`() throws {
    let file = PDFFile(pages: [[(60, 100, "12"), (72, 100, "3"), (90, 100, "4")]])
    #expect(try lines(file).map { $0.trimmed } == ["123  4"])
    // Narrow columns stand a quarter of a character apart, a label no further from its figure.
    let narrow = PDFFile(pages: [
      [(60, 100, "规章"), (87, 100, "12"), (102, 100, "3"), (108, 100, "4")]
    ])
    #expect(try lines(narrow).map { $0.trimmed } == ["规章 12 34"])
  }

  @Test func `A page that lies on its side is read as it is shown`() throws {
    let file = PDFFile(pages: [[(60, 100, "甲"), (60, 140, "乙")]], rotation: 90)
    #expect(try lines(file).map(\.trimmed).joined().contains("甲"))
  }

  @Test func `Places tell page and line`() throws {
    let file = PDFFile(pages: [[(60, 100, "甲")], [(60, 100, "乙"), (60, 130, "丙")]])
    let places = try readDocument(file.bytes).document.blocks.compactMap { block in
      if case .paragraph(let paragraph) = block { paragraph.place } else { nil }
    }
    #expect(places == [Place(page: 1, line: 1), Place(page: 2, line: 1), Place(page: 2, line: 2)])
  }

  @Test func `What has no text, breaks off, is locked or goes on for ever is refused or said`()
    throws
  {
    let picture = PDFFile(pages: [[]], hasPicture: true).bytes
    #expect(failure(picture)?.refusal.code == .imageOnly)
    #expect(failure(PDFFile(pages: [[]]).bytes)?.refusal.code == .empty)
    #expect(failure(Array("%PDF-1.4\nthis is none".utf8))?.refusal.code == .truncated)
    let locked = PDFFile(
      pages: [[(60, 100, "甲")]],
      trailer:
        "/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<\(String(repeating: "41", count: 32))>/U<\(String(repeating: "42", count: 32))>>>"
    )
    #expect(failure(locked.bytes)?.refusal.code == .encrypted)
    var few = ReadingLimits()
    few.pages = 2
    let long = PDFFile(pages: Array(repeating: [(60, 100, "甲")], count: 3)).bytes
    #expect(failure(long, limits: few)?.refusal.code == .tooComplex)
    few = ReadingLimits()
    few.characters = 3
    #expect(
      failure(PDFFile(pages: [[(60, 100, "甲乙丙丁")]]).bytes, limits: few)?.refusal.code
        == .tooComplex)
    let whole = PDFFile(pages: [[(60, 100, "甲")]]).bytes
    #expect(try !readDocument(whole).document.endsEarly)
    #expect(try readDocument(Array(whole.dropLast(7))).document.endsEarly)
  }
}

extension String {
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
