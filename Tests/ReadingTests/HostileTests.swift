import Documents
import Reading
import Reports
import Testing

@Suite("Hostile input")
struct HostileTests {
  @Test func `More bytes than the limit are refused unread`() {
    let line = [UInt8](repeating: UInt8(ascii: "7"), count: 200_000_000)
    #expect(failure(line)?.refusal.code == .tooLarge)
  }

  @Test(
    "Nesting beyond the limit is refused, not cut",
    arguments: ["<div>", "<table><tr><td>", "<b>", "<ul><li>", "<span style='x:y'>"])
  func nesting(_ tag: String) {
    let page = "<html><body>" + String(repeating: tag, count: 100_000) + "规章"
    let result = failure(Array(page.utf8))
    #expect(result?.refusal.code == .tooComplex)
    #expect(result?.format == .html)
    #expect(result?.encoding == "utf-8")
  }

  @Test func `A few hundred levels are read to the end`() throws {
    let page =
      String(repeating: "<div>", count: 400) + "内" + String(repeating: "</div>", count: 400)
    #expect(outline(try read("<p>前</p>" + page + "<p>后</p>").document) == ["前", "内", "后"])
  }

  @Test func `A span of a thousand million columns is a span over what is there`() throws {
    let page = """
      <table><tr><td colspan=1000000000 rowspan=4000000000>a</td></tr><tr><td>b</td><td>c</td></tr>
      <tr><td>d</td><td>e</td></tr></table>
      """
    let document = try read(page).document
    guard case .table(let table) = document.blocks.first else {
      Issue.record("no table")
      return
    }
    #expect(table.rowCount == 3)
    #expect(table.columnCount == 3)
  }

  @Test func `A row of wide spans is refused`() {
    let row = String(repeating: "<td colspan=1000>a</td>", count: 20)
    #expect(failure(Array("<table><tr>\(row)</tr></table>".utf8))?.refusal.code == .tooComplex)
  }

  @Test func `Too many cells are refused`() {
    let row = "<tr>" + String(repeating: "<td>1", count: 100)
    let page = "<table>" + String(repeating: row, count: 1001)
    #expect(failure(Array(page.utf8))?.refusal.code == .tooComplex)
  }

  @Test("Too many lines are refused", arguments: ["1\n", "<p>1"])
  func lines(_ line: String) {
    let text = String(repeating: line, count: 200_001)
    #expect(failure(Array(text.utf8))?.refusal.code == .tooComplex)
  }

  @Test func `A page of many megabytes is read to its end`() throws {
    let script = "<script>" + String(repeating: "x = '<table>';\n", count: 1_200_000) + "</script>"
    let picture = "<img src='data:," + String(repeating: "A", count: 9_000_000) + "'>"
    let document = try read("<p>前</p>\(script)\(picture)<p>后</p>").document
    #expect(outline(document) == ["前", "! ", "后"])
  }

  @Test func `Openings without end take no quadratic time`() throws {
    for piece in ["<!", "<!-", "</", "<a b=\"", "<![", "<?", "<", "&#", "<!--x", "<a ='"] {
      let text = "<p>报告</p>" + String(repeating: piece, count: 200_000)
      _ = try? read(text)
    }
  }

  @Test
  func
    `A compound file whose list of sectors goes on in a sector that is cut off is no endless one`()
  {
    // Found by the fuzzer: the four bytes behind the head name the sector that they stand in.
    var bytes = [UInt8](repeating: 0xFF, count: 512) + [0, 0, 0, 0, 0, 0]
    let head: [(Int, [UInt8])] = [
      (0, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]), (24, littleEndian(0x3B, 2)),
      (26, littleEndian(3, 2)), (28, littleEndian(0xFFFE, 2)), (30, littleEndian(9, 2)),
      (32, littleEndian(6, 2)), (68, littleEndian(0, 4)), (72, littleEndian(1, 4)),
    ]
    for (place, part) in head { bytes.replaceSubrange(place..<place + part.count, with: part) }
    #expect(failure(bytes)?.refusal.code == .truncated)
  }

  @Test(
    "Characters that stand beyond all numbers are all read, or the page is empty",
    arguments: ["-1", "1"])
  func farAway(_ place: String) throws {
    // Found by the fuzzer: a column that no integer can hold.
    let far = place + String(repeating: "0", count: 30)
    for prefix in ["1 0 0 1 \(far) 0 cm", "1 0 0 1 0 \(far) cm", "\(far) 0 0 \(far) 0 0 cm"] {
      var file = PDFFile(pages: [[(50, 50, "政府信息"), (200, 50, "1"), (50, 80, "公开2")]])
      file.prefix = prefix
      if prefix.hasPrefix("1 0 0 1 0") {
        // Above or below the page there is nothing.
        #expect(failure(file.bytes)?.refusal.code == .empty)
        continue
      }
      let read = try readDocument(file.bytes).document.blocks.flatMap { block -> [Character] in
        if case .paragraph(let paragraph) = block { Array(paragraph.text) } else { [] }
      }
      #expect(read.filter { $0 != " " }.sorted() == "政府信息1公开2".sorted(), "\(prefix)")
    }
  }

  @Test func `Random bytes never do worse than a refusal`() {
    var generator = SeededGenerator(state: 20231)
    let pieces = [
      "<table>", "<tr>", "<td rowspan=3>", "</td>", "</table>", "<td colspan=2>", "1", "规章", "<p>",
      "</tr>", "<tbody>", "</div>", "<br>", "<![if x]>", "<!--", "-->", "<img>", "<pre>", "\n",
      "<sup>",
      "</p>", "<caption>", "<object>", "</object>", "<del>", "</del>", "<title>", "</title>",
    ]
    for _ in 0..<2000 {
      var page = Array("<p>".utf8)
      for _ in 0..<Int.random(in: 1...60, using: &generator) {
        page += Array((pieces.randomElement(using: &generator) ?? "").utf8)
      }
      guard let document = try? readDocument(page).document else { continue }
      for case .table(let table) in document.blocks { expectSound(table) }
    }
    for _ in 0..<500 {
      let bytes = (0..<200).map { _ in UInt8.random(in: 0...255, using: &generator) }
      #expect(failure(bytes) != nil)
    }
  }

  /// Every cell inside the grid, no place covered twice.
  private func expectSound(_ table: Table) {
    var covered: Set<Int> = []
    for cell in table.cells {
      #expect(cell.row >= 0 && cell.row + cell.rowSpan <= table.rowCount)
      #expect(cell.column >= 0 && cell.column + cell.columnSpan <= table.columnCount)
      for row in cell.row..<cell.row + cell.rowSpan {
        for column in cell.column..<cell.column + cell.columnSpan {
          #expect(covered.insert(row * table.columnCount + column).inserted)
        }
      }
      for nested in cell.nested { expectSound(nested) }
    }
  }
}

/// SplitMix64.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
