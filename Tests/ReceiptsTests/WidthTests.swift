import Testing

@testable import Receipts

@Suite struct Widths {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("规章", 4), ("（三）", 6), ("１２", 4), ("é", 1), ("e\u{301}", 1), ("“三”", 4),
    ("한글", 4), ("𠮷", 2), ("ｱ", 1), ("👍", 2), ("①", 1), ("¥", 1), ("\u{3000}", 2), ("…", 1),
  ])
  func `a character takes its columns`(text: String, width: Int) {
    #expect(displayWidth(text) == width)
  }

  /// Nearly every width is told by bytes alone.
  @Test func `a text by its bytes is as wide as its characters`() {
    let wrong = (0x20...0x2FFFF).compactMap(Unicode.Scalar.init(_:)).filter { scalar in
      let width = scalar.displayWidth
      return displayWidth(String(scalar)) != width || displayWidth("中a\(scalar)") != 3 + width
    }
    #expect(wrong.isEmpty)
  }

  @Test func `columns line up under Chinese heads`() {
    var table = TextTable([
      TextTable.Column("单位"), TextTable.Column("数量", .right), TextTable.Column("outcome"),
    ])
    table.add(["青石镇人民政府", "7", "accepted"])
    table.add(["A", "1234", "退回"])
    #expect(
      table.render() == """
        单位            数量  outcome
        --------------  ----  --------
        青石镇人民政府     7  accepted
        A               1234  退回

        """)
  }

  @Test func `long cells go on in further lines, and no line begins with a closing mark`() {
    var table = TextTable([TextTable.Column("项目", width: 10), TextTable.Column("n", .right)])
    table.add(["申请人逾期，不补正（见附表）", "1"])
    #expect(
      table.render() == """
        项目        n
        ----------  -
        申请人逾    1
        期，不补正
        （见附表）

        """)
  }

  @Test func `words are kept whole unless they are longer than a line`() {
    var table = TextTable([TextTable.Column("t", width: 8)])
    table.add(["check the abcdefghijkl"])
    #expect(table.render() == "t\n--------\ncheck\nthe\nabcdefgh\nijkl\n")
  }

  @Test func `colour changes nothing but colour, and control characters stay out`() {
    var table = TextTable([TextTable.Column("结果"), TextTable.Column("文件")])
    table.add([TextTable.Cell("退回", .red), "a\u{1B}[2Jb"])
    let coloured = table.render(colour: true)
    #expect(coloured.contains("\u{1B}[31m退回\u{1B}[0m"))
    #expect(!coloured.contains("\u{1B}[2J"))
    var plain = coloured
    for style in TextStyle.allCases { plain = plain.removing("\u{1B}[\(style.rawValue)m") }
    plain = plain.removing("\u{1B}[0m")
    #expect(plain == table.render())
  }

  @Test func `cells that are missing are blank and cells too many are dropped`() {
    var table = TextTable([TextTable.Column("a"), TextTable.Column("b")])
    table.add(["1"])
    table.add(["1", "2", "3"])
    #expect(table.render() == "a  b\n-  -\n1\n1  2\n")
  }
}

extension String {
  fileprivate func removing(_ part: String) -> String {
    var (result, rest) = ("", Substring(self))
    while let range = rest.firstRange(of: part) {
      result += rest[..<range.lowerBound]
      rest = rest[range.upperBound...]
    }
    return result + rest
  }
}
