import Documents
import Reading
import Testing

/// Tables on a page without lines around their cells: heights and distances say what belongs together.
@Suite struct `Tables without lines` {
  private func read(_ pages: [PDFFile.Text]...) throws -> [String] {
    outline(try readDocument(PDFFile(pages: pages).bytes).document)
      .map { $0.drop { $0 == " " } }.map(String.init)
  }

  /// Four columns of figures from 300 on, 40 points apart; a text of two lines stands around the height.
  private func row(_ y: Int, _ label: [String], _ figures: [String], from left: Int = 60)
    -> [PDFFile.Text]
  {
    func cell(_ x: Int, _ lines: [String]) -> [PDFFile.Text] {
      lines.enumerated().map { (x, y + $0 * 14 - (lines.count - 1) * 7, $1) }
    }
    return cell(left, label)
      + figures.enumerated().flatMap { number, figure in
        cell(300 + 40 * number, figure.isEmpty ? [] : figure.components(separatedBy: "/"))
      }
  }

  private var head: [PDFFile.Text] {
    [(300, 100, "自然人"), (340, 100, "企业"), (380, 100, "机构"), (420, 100, "总计")]
  }

  @Test func `Labels and figures over several lines, and blank cells and rows, are found`() throws {
    let page =
      head + row(130, ["一、本年新收政府", "信息公开申请数量"], ["4", "", "1/2", "16"])
      + row(167, ["二、上年结转"], ["0", "0", "0", "0"])
      + row(191, ["（一）予以公开"], ["", "", "", ""], from: 100)
      + row(222, ["（二）部分公开（区分", "处理的）"], ["2", "—", "", "详见"], from: 100)
      + [(60, 300, "四、行政复议")]
    #expect(
      try read(page) == [
        "自然人  企业  机构  总计", "[1] 4×6",
        "0:一、本年新收政府⏎信息公开申请数量@1×2 | 2:4 | 3: | 4:1⏎2 | 5:16",
        "0:二、上年结转@1×2 | 2:0 | 3:0 | 4:0 | 5:0",
        "1:（一）予以公开 | 2: | 3: | 4: | 5:",
        "1:（二）部分公开（区分⏎处理的） | 2:2 | 3:— | 4: | 5:详见", "四、行政复议",
      ])
  }

  @Test func `Words of a group stand beside the row at whose height they are`() throws {
    let page =
      row(130, ["1.属于国家秘密"], ["1", "2", "3", "6"], from: 160)
      + row(150, ["2.其他"], ["0", "0", "0", "0"], from: 160)
      + row(170, ["3.重复"], ["5", "0", "0", "5"], from: 160) + [(60, 150, "（三）")]
    #expect(
      try read(page) == [
        "[1] 3×6", "1:1.属于国家秘密 | 2:1 | 3:2 | 4:3 | 5:6",
        "0:（三） | 1:2.其他 | 2:0 | 3:0 | 4:0 | 5:0", "1:3.重复 | 2:5 | 3:0 | 4:0 | 5:5",
      ])
  }

  @Test func `Figures and their label on two pages, with the head in between, are one row`() throws
  {
    let upper =
      row(130, ["甲"], ["1", "2", "3", "6"]) + row(150, ["乙"], ["0", "0", "0", "0"])
      + row(174, [], ["7", "0", "0", "7"])
    let lower =
      head + row(130, ["丙的第一行", "丙的第二行"], ["", "", "", ""])
      + row(164, ["丁"], ["5", "0", "0", "5"]) + row(184, ["戊"], ["0", "0", "0", "0"])
    #expect(
      try read(upper, lower) == [
        "[1] 3×5", "0:甲 | 1:1 | 2:2 | 3:3 | 4:6", "0:乙 | 1:0 | 2:0 | 3:0 | 4:0",
        "0: | 1: | 2: | 3: | 4:", "自然人  企业  机构  总计", "[2] 3×5",
        "0:丙的第一行⏎丙的第二行 | 1:7 | 2:0 | 3:0 | 4:7", "0:丁 | 1:5 | 2:0 | 3:0 | 4:5",
        "0:戊 | 1:0 | 2:0 | 3:0 | 4:0",
      ])
  }

  @Test func `Figures under each other on two pages are of two rows`() throws {
    let upper = row(130, ["甲"], ["1", "2", "3", "6"]) + row(154, [], ["7", "0", "0", "7"])
    let lower = row(130, ["乙"], ["5", "0", "0", "5"]) + row(150, ["丙"], ["0", "0", "0", "0"])
    #expect(
      try read(upper, lower) == [
        "[1] 2×5", "0:甲 | 1:1 | 2:2 | 3:3 | 4:6", "0: | 1:7 | 2:0 | 3:0 | 4:7", "[2] 2×5",
        "0:乙 | 1:5 | 2:0 | 3:0 | 4:5", "0:丙 | 1:0 | 2:0 | 3:0 | 4:0",
      ])
  }

  @Test func `Where a line of figures finds no label the page is read line by line`() throws {
    let page =
      row(130, ["甲"], ["1", "2", "3", "6"]) + row(150, [], ["7", "0", "0", "7"])
      + row(170, ["乙"], ["0", "0", "0", "0"])
    #expect(try !read(page).contains { $0.hasPrefix("[") })
  }

  @Test func `Words of two columns a quarter of a character apart are two`() throws {
    let lines = try read(
      [(60, 130, "结果维"), (99, 130, "结果纠"), (200, 130, "总")], [(60, 130, "结果维"), (99, 130, "结果纠")])
    #expect(lines.first?.split(separator: " ") == ["结果维", "结果纠", "总"])
    #expect(lines.last == "结果维结果纠")
  }

  @Test func `A figure that its narrow column has broken is one, beside one that is whole`() throws
  {
    // Columns of one digit in full width, six points apart.
    func row(_ y: Int, _ label: String, _ figures: [[String]]) -> [PDFFile.Text] {
      [(60, y, label)]
        + figures.enumerated().flatMap { column, lines in
          lines.enumerated().map {
            (200 + 18 * column, y + 14 * $0 - (lines.count - 1) * 7, $1)
          }
        }
    }
    let rest =
      row(160, "二、上年结转", [["０"], ["０"], ["０"], ["０"]])
      + row(190, "三、结果", [["０"], ["０"], ["０"], ["０"]])
    #expect(
      try read(row(130, "一、本年新收", [["１", "２"], ["０"], ["３"], ["１", "５"]]) + rest).contains(
        "0:一、本年新收 | 1:１２ | 2:０ | 3:３ | 4:１５"))
    // All over two lines: they may be those of two rows.
    #expect(
      try read(row(130, "一、本年新收", [["１", "２"], ["１", "０"], ["３", "３"], ["１", "５"]]) + rest)
        .contains(
          "0:一、本年新收 | 1:１⏎２ | 2:１⏎０ | 3:３⏎３ | 4:１⏎５"))
  }

  @Test func `A sentence with figures is no table, and loses no word`() throws {
    let sentence: [PDFFile.Text] = [
      (60, 130, "期限为"), (110, 130, "2023"), (144, 130, "年"), (166, 130, "1"), (182, 130, "月"),
      (204, 130, "1"), (220, 130, "日起至"), (270, 130, "2023"), (304, 130, "年"), (326, 130, "12"),
    ]
    let lines = try read(sentence + [(60, 150, "月")])
    #expect(lines.first?.filter { $0 != " " } == "期限为2023年1月1日起至2023年12")
  }

  @Test
  func `A row below the end of a page whose figures may stand above it is not known to be blank`()
    throws
  {
    let upper =
      row(130, ["一、新收"], ["1", "2", "3", "6"]) + row(150, ["（六）其"], ["／", "／", "／", "0"])
    let lower =
      row(130, ["1.申请人逾期"], ["", "", "", ""], from: 160)
      + row(150, ["2.其他"], ["0", "0", "0", "0"], from: 160)
      + row(170, ["3.重复"], ["5", "0", "0", "5"], from: 160)
    #expect(
      try read(upper, lower).contains(
        "0:1.申请人逾期 | 1:\u{FFFD} | 2:\u{FFFD} | 3:\u{FFFD} | 4:\u{FFFD}"))
  }

  @Test func `A head without lines that is printed again is dropped, a label or a new head is not`()
    throws
  {
    let title: PDFFile.Text = (60, 60, "第二十条第（一）项")
    let head = [title, (60, 80, "信息"), (200, 80, "本年制"), (60, 100, "内容"), (200, 100, "发件数")]
    let upper = head + [(60, 120, "行政"), (200, 140, "12"), (60, 160, "处罚")]
    let label: [PDFFile.Text] = [(60, 120, "行政"), (60, 140, "强制")]
    func letters(_ pages: [PDFFile.Text]...) throws -> [String] {
      try read(pages[0], pages[1]).map { $0.filter { $0 != " " } }
    }
    let known = ["第二十条第（一）项", "信息本年制", "内容发件数", "行政", "12", "处罚"]
    #expect(try letters(upper, head + label) == known + ["行政", "强制"])
    // The rest of a row may stand above it.
    let rest = [(60, 40, "续")] + head + label
    #expect(try letters(upper, rest) == known + ["续", "行政", "强制"])
    // Two lines may be the head of the next part.
    #expect(
      try letters(upper, Array(head.dropFirst()) + label) == known + ["信息本年制", "内容发件数", "行政", "强制"])
  }

  /// Twelve columns of two ideographs, 27 points apart, over a row of figures by the number of their column.
  private func headed(_ figures: [Int: String], by shift: Int = 0) -> [PDFFile.Text] {
    let head = (0..<12).flatMap { column in
      ["结果", column % 2 == 0 ? "维持" : "纠正"].enumerated().map {
        (60 + 27 * column, 120 + 14 * $0, $1)
      }
    }
    return [(140, 100, "行政复议"), (300, 100, "行政诉讼")] + head
      + figures.map { (60 + 27 * $0 + shift, 154, $1) } + [(60, 200, "五、问题")]
  }

  @Test func `Under a head of many columns a row without a label has its figures and its blanks`()
    throws
  {
    let head = (0..<12).map { "\($0):结果⏎\($0 % 2 == 0 ? "维持" : "纠正")" }.joined(separator: " | ")
    let row = (0..<12).map { "\($0):\($0 == 4 ? "-5" : $0 == 11 ? "0" : "")" }.joined(
      separator: " | ")
    let lines = try read(headed([4: "-5", 11: "0"]))
    #expect(lines.first?.split(separator: " ") == ["行政复议", "行政诉讼"])
    #expect(lines.dropFirst() == ["[1] 2×12", head, row, "五、问题"])
    // Under two columns it is of neither.
    #expect(try !read(headed([4: "12345"], by: 10)).contains { $0.hasPrefix("[") })
  }

  @Test func `Blanks beside the rest of a row are not known to be blank`() throws {
    // The rest at the top of the next page has two figures more than the row above it.
    let upper =
      row(130, ["甲"], ["1", "2", "3", "6"]) + row(150, ["乙"], ["0", "0", "0", "0"])
      + row(170, ["七、总计"], ["4", "", "", "9"])
    let lower =
      row(100, [], ["", "1/4", "5/0", "8"]) + row(140, ["丙"], ["5", "", "0", "5"])
      + row(160, ["丁"], ["0", "0", "0", "0"])
    let lines = try read(upper, lower)
    #expect(lines.contains("0:七、总计 | 1:4 | 2:\u{FFFD} | 3:\u{FFFD} | 4:9"))
    #expect(lines.contains("0:丙 | 1:5 | 2:\u{FFFD} | 3:0 | 4:5"))
  }

  @Test func `A row is put together only where the columns of both pages are the same`() throws {
    let upper =
      row(130, ["甲"], ["1", "2", "3", "6"]) + row(150, ["乙"], ["0", "0", "0", "0"])
      + row(174, [], ["7", "0", "0", "7"])
    // The first column has no figure here, and another stands on the right.
    let lower = [
      row(130, ["丙"], ["", "", "", "", ""]), row(150, ["丁"], ["", "5", "0", "0", "5"]),
      row(170, ["戊"], ["", "0", "0", "0", "0"]),
    ].joined()
    #expect(try !read(upper, Array(lower)).contains { $0.hasPrefix("0:丙 | 1:7") })
  }
}
