import Documents
import Reading
import Reports
import Testing

/// Tables that are drawn on a page: the lines say what belongs together, not the heights of the words.
@Suite struct `Tables between ruled lines` {
  private typealias Line = (x1: Int, y1: Int, x2: Int, y2: Int)

  private func read(_ file: PDFFile) throws -> [String] {
    outline(try readDocument(file.bytes).document).map { $0.drop { $0 == " " } }.map(String.init)
  }

  /// Three columns and two rows at 60, 160, 260, 360 × 100, 160, 200.
  private static let grid: [Line] =
    [100, 160, 200].map { (60, $0, 360, $0) } + [60, 160, 260, 360].map { ($0, 100, $0, 200) }

  private static let cells: [PDFFile.Text] = [
    (64, 114, "行政规范"), (64, 130, "性文件"), (200, 138, "12"), (300, 138, "3"), (64, 182, "规章"),
    (200, 182, "0"),
  ]

  @Test(arguments: [false, true])
  func `A label over several lines and the figure at half its height are one row`(asBoxes: Bool)
    throws
  {
    let file = PDFFile(
      pages: [[(60, 70, "二、主动公开")] + Self.cells + [(60, 250, "三、收到")]], rules: Self.grid,
      hasBoxes: asBoxes)
    #expect(
      try read(file) == [
        "二、主动公开", "[1] 2×3", "0:行政规范⏎性文件 | 1:12 | 2:3", "0:规章 | 1:0 | 2:", "三、收到",
      ])
  }

  @Test func `Cells span where no line is drawn between them`() throws {
    // A head over two columns, a group beside two rows.
    let lines: [Line] = [
      (60, 100, 360, 100), (60, 140, 360, 140), (160, 180, 360, 180), (60, 220, 360, 220),
      (60, 100, 60, 220), (160, 100, 160, 220), (260, 140, 260, 220), (360, 100, 360, 220),
    ]
    let text: [PDFFile.Text] = [
      (200, 122, "申请人情况"), (70, 180, "不予公开"), (170, 162, "1"), (270, 162, "2"), (170, 202, "3"),
    ]
    #expect(
      try read(PDFFile(pages: [text], rules: lines)) == [
        "[1] 3×3", "0: | 1:申请人情况@1×2", "0:不予公开@2×1 | 1:1 | 2:2", "1:3 | 2:",
      ])
  }

  @Test func `Sides may be open, borders double`() throws {
    let open = Self.grid.filter { !($0.x1 == $0.x2 && ($0.x1 == 60 || $0.x1 == 360)) }
    let double = Self.grid + Self.grid.map { ($0.x1 + 2, $0.y1 + 2, $0.x2 + 2, $0.y2 + 2) }
    for lines in [open, double] {
      #expect(
        try read(PDFFile(pages: [Self.cells], rules: lines)).dropFirst() == [
          "0:行政规范⏎性文件 | 1:12 | 2:3", "0:规章 | 1:0 | 2:",
        ])
    }
  }

  @Test func `Columns of two tables that nearly stand above each other stay their own`() throws {
    // The lower table's lines stand three points further left, those of the upper one are double.
    let lower: [Line] =
      [300, 360, 400].map { (60, $0, 360, $0) } + [60, 157, 257, 360].map { ($0, 300, $0, 400) }
    let double = Self.grid.map { ($0.x1 + 1, $0.y1 + 1, $0.x2 + 1, $0.y2 + 1) }
    let text = Self.cells + Self.cells.map { ($0.x, $0.y + 200, $0.text) }
    #expect(
      try read(PDFFile(pages: [text], rules: Self.grid + double + lower)) == [
        "[1] 2×3", "0:行政规范⏎性文件 | 1:12 | 2:3", "0:规章 | 1:0 | 2:",
        "[2] 2×3", "0:行政规范⏎性文件 | 1:12 | 2:3", "0:规章 | 1:0 | 2:",
      ])
  }

  @Test func `A frame, an underline and an empty grid are no tables`() throws {
    let frame: [Line] = [
      (20, 20, 580, 20), (20, 800, 580, 800), (20, 20, 20, 800), (580, 20, 580, 800),
      (60, 90, 200, 90),
    ]
    #expect(try read(PDFFile(pages: [[(60, 90, "甲")]], rules: frame)) == ["甲"])
    #expect(try read(PDFFile(pages: [[(60, 310, "甲")]], rules: Self.grid)) == ["甲"])
    #expect(
      try read(PDFFile(pages: [Self.cells], rules: frame + Self.grid)).first == "[1] 2×3")
  }

  @Test func `A row that the end of a page cuts in two is one row`() throws {
    let label: PDFFile.Text = (64, 114, "规章")
    let figures: [PDFFile.Text] = [(200, 182, "12"), (300, 182, "—")]
    let head: PDFFile.Text = (64, 130, "许可")
    let foot: PDFFile.Text = (64, 182, "处罚")
    // The figures on the first page, the label on the second; then the other way round.
    #expect(
      try read(PDFFile(pages: [[head] + figures, [label, foot]], rules: Self.grid)) == [
        "[1] 2×3", "0:许可 | 1: | 2:", "0: | 1: | 2:", "[2] 2×3", "0:规章 | 1:12 | 2:—",
        "0:处罚 | 1: | 2:",
      ])
    let above: [PDFFile.Text] = [(200, 114, "12"), (300, 114, "3")]
    #expect(
      try read(PDFFile(pages: [[head, foot], above], rules: Self.grid)) == [
        "[1] 2×3", "0:许可 | 1: | 2:", "0:处罚 | 1:12 | 2:3", "[2] 2×3", "0: | 1: | 2:", "0: | 1: | 2:",
      ])
  }

  @Test func `A head that is printed again on each new page is dropped`() throws {
    let lines =
      Self.grid + [(60, 240, 360, 240)] + [60, 160, 260, 360].map { ($0, 200, $0, 240) }
    let head: [PDFFile.Text] = [(64, 114, "内容"), (200, 114, "制发"), (300, 114, "废止")]
    func row(_ y: Int, _ label: String) -> [PDFFile.Text] {
      [(64, y, label), (200, y, "1"), (300, y, "2")]
    }
    let pages: [[PDFFile.Text]] = [
      head + row(182, "许可") + [(200, 222, "12"), (300, 222, "3")],
      head + [(64, 182, "规章")] + row(222, "处罚"),
      head + row(182, "强制") + row(222, "收费"),
    ]
    #expect(
      try read(PDFFile(pages: pages, rules: lines)) == [
        "[1] 3×3", "0:内容 | 1:制发 | 2:废止", "0:许可 | 1:1 | 2:2", "0: | 1: | 2:",
        "[2] 2×3", "0:规章 | 1:12 | 2:3", "0:处罚 | 1:1 | 2:2",
        "[3] 2×3", "0:强制 | 1:1 | 2:2", "0:收费 | 1:1 | 2:2",
      ])
  }

  @Test
  func `A head that is printed again may be that of the last of two tables that touch each other`()
    throws
  {
    let lines =
      Self.grid + [(60, 240, 360, 240)] + [60, 160, 260, 360].map { ($0, 200, $0, 240) }
    let upper: [PDFFile.Text] = [
      (64, 114, "制发"), (64, 182, "收费"), (200, 182, "金额"), (200, 222, "9584.529"),
    ]
    let lower: [PDFFile.Text] = [(64, 114, "收费"), (200, 114, "金额"), (64, 182, "事业性收费")]
    #expect(
      try read(PDFFile(pages: [upper, lower], rules: lines)) == [
        "[1] 3×3", "0:制发 | 1: | 2:", "0:收费 | 1:金额 | 2:", "0: | 1: | 2:",
        "[2] 2×3", "0:事业性收费 | 1:9584.529 | 2:", "0: | 1: | 2:",
      ])
  }

  @Test func `Rows of figures that are like those of the page before are no head`() throws {
    let page: [PDFFile.Text] = [(64, 114, "规章"), (200, 114, "0"), (64, 182, "许可"), (200, 182, "0")]
    let other: [PDFFile.Text] = [(64, 114, "规章"), (200, 114, "0"), (64, 182, "处罚")]
    #expect(
      try read(PDFFile(pages: [page, other], rules: Self.grid)).suffix(3) == [
        "[2] 2×3", "0:规章 | 1:0 | 2:", "0:处罚 | 1: | 2:",
      ])
  }

  @Test func `A figure that the end of a page cuts in two stays one field of two lines`() throws {
    let upper: [PDFFile.Text] = [(64, 182, "规章"), (200, 182, "36"), (300, 182, "0")]
    let file = PDFFile(
      pages: [[(64, 114, "许可")] + upper, [(200, 114, "6"), (64, 182, "处罚")]], rules: Self.grid)
    #expect(
      try read(file) == [
        "[1] 2×3", "0:许可 | 1: | 2:", "0:规章 | 1:36⏎6 | 2:0", "[2] 2×3", "0: | 1: | 2:",
        "0:处罚 | 1: | 2:",
      ])
  }

  @Test func `Words of a group beside the last row of a page do not make the next row its rest`()
    throws
  {
    let upper: [PDFFile.Text] = [(64, 182, "果"), (164, 182, "规章"), (300, 182, "3")]
    let lower: [PDFFile.Text] = [(164, 114, "许可"), (300, 114, "4")]
    let file = PDFFile(pages: [[(64, 114, "办")] + upper, lower], rules: Self.grid)
    #expect(
      try read(file) == [
        "[1] 2×3", "0:办 | 1: | 2:", "0:果 | 1:规章 | 2:3", "[2] 2×3", "0: | 1:许可 | 2:4",
        "0: | 1: | 2:",
      ])
  }

  @Test func `A blank row before a full one is a row of its own`() throws {
    let full: [PDFFile.Text] = [(64, 114, "规章"), (200, 114, "12")]
    #expect(
      try read(PDFFile(pages: [[(64, 182, "处罚")], full], rules: Self.grid)) == [
        "[1] 2×3", "0: | 1: | 2:", "0:处罚 | 1: | 2:", "[2] 2×3", "0:规章 | 1:12 | 2:",
        "0: | 1: | 2:",
      ])
  }

  @Test func `A figure that runs over the edge of the table stands in its last cell`() throws {
    // The last column ends at 360.
    let over: [PDFFile.Text] = [(64, 114, "规章"), (200, 114, "7"), (345, 114, "123456")]
    #expect(
      try read(PDFFile(pages: [over + [(64, 182, "许可")]], rules: Self.grid)) == [
        "[1] 2×3", "0:规章 | 1:7 | 2:123456", "0:许可 | 1: | 2:",
      ])
  }

  @Test func `A figure over the line between two cells may be two figures`() throws {
    let over: [PDFFile.Text] = [(64, 114, "规章"), (250, 114, "1234"), (64, 182, "许可")]
    #expect(
      try read(PDFFile(pages: [over], rules: Self.grid))[1]
        == "0:规章 | 1:12\u{FFFD} | 2:\u{FFFD}34")
  }

  @Test func `Lines in white are not seen`() throws {
    let white = PDFFile(pages: [Self.cells], rules: Self.grid.map { $0 }, prefix: "")
    #expect(try read(white).first == "[1] 2×3")
    var file = white
    file.rules = []
    file.prefix =
      "1 1 1 RG "
      + Self.grid.map { "\($0.x1) \(842 - $0.y1) m \($0.x2) \(842 - $0.y2) l S" }
      .joined(separator: " ")
    #expect(try !read(file).contains { $0.hasPrefix("[") })
  }

  @Test func `Bold by printing twice is printed once; letters without ink are not there`() throws {
    let twice: [PDFFile.Text] = [(60, 110, "甲12"), (61, 110, "甲12")]
    #expect(try read(PDFFile(pages: [twice])) == ["甲12"])
    let text: [[PDFFile.Text]] = [[(60, 110, "甲")]]
    #expect(
      failure(PDFFile(pages: text, hasPicture: true, prefix: "3 Tr").bytes)?.refusal.code
        == .imageOnly)
  }

  @Test func `A glyph without a meaning is a character that nobody can read`() throws {
    let file = PDFFile(pages: [[(60, 110, "127")]], unmapped: ["2"])
    #expect(try read(file) == ["1\u{FFFD}7"])
  }

  @Test func `A path of an OFD page rules a table as a drawn line does`() throws {
    func path(_ data: String, _ more: String = "") -> String {
      "<ofd:PathObject Boundary=\"0 0 210 297\" \(more)><ofd:AbbreviatedData>\(data)</ofd:AbbreviatedData></ofd:PathObject>"
    }
    let strokes =
      [40, 60, 75].map { path("M 20 \($0) L 80 \($0)") }
      + [20, 40, 60, 80].map { path("M \($0) 40 L \($0) 75") }
    let boxes =
      [40, 60, 75].map {
        path("M 20 \($0) L 80 \($0) L 80 \($0).2 L 20 \($0).2 C", "Fill=\"true\" Stroke=\"false\"")
      }
      + [20, 40, 60, 80].map { path("S \($0) 40 L \($0) 75") }
    let text: [OFDFile.Text] = [
      (22, 42, "行政规"), (22, 48, "范性文"), (22, 54, "件"), (45, 48, "12"), (65, 48, "3"),
      (22, 65, "规章"),
      (45, 65, "0"),
    ]
    for lines in [strokes, boxes] {
      let file = OFDFile(layers: [lines.joined() + text.map(OFDFile.object).joined()])
      #expect(
        outline(try readDocument(file.bytes).document) == [
          "[1] 2×3", "0:行政规⏎范性文⏎件 | 1:12 | 2:3", "0:规章 | 1:0 | 2:",
        ])
    }
  }

  /// A column of words, and one of figures that is 28 points wide, for two digits of 6 and the white space beside them.
  private static let narrow: [Line] =
    [100, 160, 220].map { (60, $0, 188, $0) } + [60, 160, 188].map { ($0, 100, $0, 220) }

  @Test(arguments: [
    (["11", "6"], "116"), (["64", "77", ".5"], "6477.5"), (["１", "８"], "１８"),
    // Not full lines; no figure; two noughts under each other.
    (["1", "6"], "1⏎6"), (["1", "16"], "1⏎16"), (["—", "6"], "—⏎6"), (["00", "0"], "00⏎0"),
    (["11", "-6"], "11⏎-6"),
  ])
  func `A figure that its narrow cell has broken is one where each line is full`(
    lines: [String], figure: String
  ) throws {
    // A line of one digit in full width leaves no room in a cell of 18 points.
    let isWide = figure.unicodeScalars.allSatisfy { $0.value > 0xFF00 }
    let rules = Self.narrow.map { line in
      isWide ? (min(line.x1, 178), line.y1, min(line.x2, 178), line.y2) : line
    }
    let text =
      lines.enumerated().map { (166, 120 + 14 * $0, $1) } + [(64, 124, "总计"), (64, 194, "其他")]
    #expect(
      try read(PDFFile(pages: [text], rules: rules)) == [
        "[1] 2×2", "0:总计 | 1:\(figure)", "0:其他 | 1:",
      ])
  }

  @Test func `Two figures under each other in a wide cell stay two`() throws {
    let text: [PDFFile.Text] = [(64, 124, "总计"), (200, 120, "11"), (200, 134, "6")]
    #expect(try read(PDFFile(pages: [text], rules: Self.grid)).contains("0:总计 | 1:11⏎6 | 2:"))
  }

  /// Five columns and two rows.
  private static let wide: [Line] =
    [100, 160, 200].map { (60, $0, 310, $0) }
    + (0...5).map { (60 + 50 * $0, 100, 60 + 50 * $0, 200) }

  private func cells(_ y: Int, _ texts: [String]) -> [PDFFile.Text] {
    texts.enumerated().map { (64 + 50 * $0, y, $1) }
  }

  @Test func `A head on one page and its figures on the next are one table`() throws {
    let words = cells(114, ["维持", "纠正", "其他", "未结", "总计"])
    let upper = [words, cells(182, ["结果", "结果", "结果", "结果", ""])].joined()
    let figures = [cells(120, ["1", "0", "", "—", "1"]), cells(182, ["2", "0", "0", "0", "2"])]
      .joined()
    #expect(
      try read(PDFFile(pages: [Array(upper), Array(figures)], rules: Self.wide)) == [
        "[1] 4×5", "0:维持 | 1:纠正 | 2:其他 | 3:未结 | 4:总计", "0:结果 | 1:结果 | 2:结果 | 3:结果 | 4:",
        "0:1 | 1:0 | 2: | 3:— | 4:1", "0:2 | 1:0 | 2:0 | 3:0 | 4:2",
      ])
    // Text between them parts them, the number of the page does not.
    func with(_ text: String) throws -> [String] {
      try read(PDFFile(pages: [upper + [(60, 300, text)], Array(figures)], rules: Self.wide))
    }
    #expect(try with("- 3 -").contains("[1] 4×5"))
    #expect(try with("五、问题").contains("[1] 2×5"))
  }

  @Test func `A head that the end of a page cuts in two is one`() throws {
    let upper =
      cells(114, ["行政", "行政", "行政", "行政", "行政"]) + cells(182, ["结果维", "结果纠", "其他结", "尚未审", "总计"])
    let lower = cells(120, ["持", "正", "果", "结", ""]) + cells(182, ["1", "0", "", "—", "1"])
    #expect(
      try read(PDFFile(pages: [upper, lower], rules: Self.wide)) == [
        "[1] 3×5", "0:行政 | 1:行政 | 2:行政 | 3:行政 | 4:行政",
        "0:结果维⏎持 | 1:结果纠⏎正 | 2:其他结⏎果 | 3:尚未审⏎结 | 4:总计", "0:1 | 1:0 | 2: | 3:— | 4:1",
      ])
  }

  @Test func `Figures below figures, or beside words, are no other table's`() throws {
    let figures = cells(120, ["1", "0", "", "—", "1"]) + cells(182, ["2", "0", "0", "0", "2"])
    for upper in [["维持", "纠正", "其他", "未结", "5"], ["维持", "纠正", "", "", ""]] {
      #expect(
        try read(PDFFile(pages: [cells(182, upper), figures], rules: Self.wide))
          .filter { $0.hasPrefix("[") }.count == 2)
    }
    let labelled = cells(120, ["规章", "0", "", "—", "1"])
    #expect(
      try read(
        PDFFile(pages: [cells(182, ["维持", "纠正", "其他", "未结", "总计"]), labelled], rules: Self.wide)
      ).filter { $0.hasPrefix("[") }.count == 2)
  }
}
