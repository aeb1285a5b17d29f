import Reading
import Reports
import Testing

@Suite("Character sets")
struct CharacterSetTests {
  static let words = """
    双河镇人民政府2023年政府信息公开工作年度报告
    一、总体情况
    本年度主动公开政府信息12条,收到依申请公开3件,均按期办结。
    """

  static let traditional = """
    雙河鎮人民政府政府資訊公開工作年度報告
    本年度主動公開政府資訊,收到申請均依期辦結,無行政復議與行政訴訟案件。
    """

  struct Case: CustomTestStringConvertible {
    var testDescription: String {
      "\(name) from \(iconv), mark \(mark), declared \(declared ?? "-")"
    }
    let name: String
    let iconv: String
    var mark: [UInt8] = []
    var declared: String?
    var words = CharacterSetTests.words

    var lines: [String] { words.split(separator: "\n").map(String.init) }
  }

  static let cases: [Case] = [
    Case(name: "utf-8", iconv: "UTF-8"),
    Case(name: "utf-8", iconv: "UTF-8", mark: [0xEF, 0xBB, 0xBF]),
    Case(name: "gb18030", iconv: "GB18030"),
    Case(name: "gb18030", iconv: "GB18030", mark: [0x84, 0x31, 0x95, 0x33]),
    Case(name: "gb18030", iconv: "GBK", words: traditional),
    Case(name: "utf-16le", iconv: "UTF-16LE"),
    Case(name: "utf-16le", iconv: "UTF-16LE", mark: [0xFF, 0xFE]),
    Case(name: "utf-16be", iconv: "UTF-16BE"),
    Case(name: "utf-16be", iconv: "UTF-16BE", mark: [0xFE, 0xFF]),
    Case(name: "big5", iconv: "BIG5", words: traditional),
    Case(name: "utf-8", iconv: "UTF-8", declared: "gb2312"),
    Case(name: "utf-8", iconv: "UTF-8", declared: "utf-8"),
    Case(name: "gb18030", iconv: "GB18030", declared: "gb2312"),
    Case(name: "gb18030", iconv: "GB18030", declared: "utf-8"),
    Case(name: "gb18030", iconv: "GB18030", declared: "iso-8859-1"),
    Case(name: "gb18030", iconv: "GB18030", declared: "big5"),
    Case(name: "gb18030", iconv: "GBK", declared: "gbk", words: traditional),
    Case(name: "big5", iconv: "BIG5", declared: "big5", words: traditional),
    Case(name: "big5", iconv: "BIG5", declared: "gb2312", words: traditional),
  ]

  @Test("A text is read in the character set of its bytes", arguments: cases)
  func text(_ example: Case) throws {
    let result = try readDocument(example.mark + encoded(example.words, example.iconv))
    #expect(result.format == .text)
    #expect(result.encoding == example.name)
    #expect(outline(result.document) == example.lines)
  }

  @Test("A page is read in the character set of its bytes", arguments: cases)
  func page(_ example: Case) throws {
    let meta = example.declared.map {
      "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=\($0)\">"
    }
    let html =
      "<html><head>\(meta ?? "")<title>\(example.lines[0])</title></head><body>"
      + example.lines.map { "<p>\($0)</p>" }.joined(separator: "\n") + "</body></html>"
    let result = try readDocument(example.mark + encoded(html, example.iconv))
    #expect(result.format == .html)
    #expect(result.encoding == example.name)
    #expect(result.document.title == example.lines[0])
    #expect(outline(result.document) == example.lines)
  }

  @Test("A character cut off at the end is seen as such", arguments: ["UTF-8", "GB18030"])
  func cutOff(_ iconv: String) throws {
    let result = try readDocument(Array(encoded("政府信息公开年度报告", iconv).dropLast()))
    #expect(outline(result.document) == ["政府信息公开年度报\u{FFFD}"])
  }

  @Test func `UTF-16 of an odd number of bytes ends in a replacement`() throws {
    let bytes = [0xFF, 0xFE] + encoded("报告1", "UTF-16LE") + [0x31]
    #expect(outline(try readDocument(bytes).document) == ["报告1\u{FFFD}"])
  }

  @Test("Rare broken sequences are seen, many are refused", arguments: ["UTF-8", "GB18030"])
  func broken(_ iconv: String) throws {
    let sentence = encoded("本年度依法公开政府信息工作情况良好。\n", iconv)
    let many = [[UInt8]](repeating: sentence, count: 200).flatMap { $0 }
    let result = try readDocument(many + [0xFF, 0x0A] + many)
    #expect(outline(result.document)[200] == "\u{FFFD}")
    #expect(result.document.blocks.count == 401)

    let damaged = [[UInt8]](repeating: sentence + [0xFF, 0x0A], count: 40).flatMap { $0 }
    #expect(failure(damaged)?.refusal.code == .badEncoding)
  }

  @Test(
    "A byte lost from a report costs a character, not the report", arguments: ["UTF-8", "GB18030"])
  func lost(_ iconv: String) throws {
    let text = [String](repeating: "行政许可\n3847\n行政处罚\n208\n", count: 60).joined()
    let whole = encoded(text, iconv)
    for place in stride(from: 0, to: whole.count, by: 7) where whole[place] >= 0x80 {
      var damaged = whole
      damaged.remove(at: place)
      let result = try readDocument(damaged)
      #expect(result.encoding == iconv.lowercased())
      let figures = outline(result.document).filter { $0.first?.isNumber == true }
      #expect(figures.allSatisfy { ["3847", "208"].contains($0) })
      #expect(figures.count >= 119)
    }
  }

  @Test func `UTF-8 that was taken for GB18030 and saved again is refused`() throws {
    let words = "政府信息公开工作年度报告，本年度主动公开情况"
    // Nothing of it is lost, and still no reader can use it.
    let taken = "鏀垮簻淇℃伅鍏紑宸ヤ綔骞村害鎶ュ憡锛屾湰骞村害涓诲姩鍏紑鎯呭喌"
    #expect(encoded(taken, "GB18030") == Array(words.utf8))
    #expect(failure(lines(taken))?.refusal.code == .badEncoding)
    #expect(try readDocument(lines(words)).encoding == "utf-8")
    func lines(_ text: String) -> [UInt8] {
      [String](repeating: text, count: 8).joined(separator: "\n").utf8.map(\.self)
    }
  }

  @Test func `A text that was saved in the wrong character set is refused`() {
    let lost = String(repeating: "\u{FFFD}\u{FFFD}年\u{FFFD}", count: 20)
    let result = failure(Array(lost.utf8))
    #expect(result?.refusal.code == .badEncoding)
    #expect(result?.encoding == "utf-8")
  }

  @Test func `A page of references and Windows' own bytes is read as it declares`() throws {
    let head = Array("<html><head><meta charset=windows-1252></head><body><p>&#25253;&#21578;".utf8)
    let result = try readDocument(
      head + [0x93, 0x31, 0x94, 0xA0] + Array("</p></body></html>".utf8))
    #expect(result.encoding == "windows-1252")
    #expect(outline(result.document) == ["报告“1”"])
  }

  @Test func `A short text of GB 2312 that is valid UTF-8 is believed where it declares itself`()
    throws
  {
    let html = Array("<meta charset=gb2312><p>".utf8) + encoded("联通", "GB18030")
    #expect(outline(try readDocument(html).document) == ["联通"])
  }

  @Test func `A control character between digits is not dropped`() throws {
    #expect(outline(try readDocument(Array("规章 1\u{1}2\n".utf8)).document) == ["规章 1\u{FFFD}2"])
    let page = Array("<p>规章 1\u{1}2\u{0}3</p>".utf8)
    #expect(outline(try readDocument(page).document) == ["规章 1\u{FFFD}2\u{FFFD}3"])
  }
}
