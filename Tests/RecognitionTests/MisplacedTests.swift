import Documents
import Forms
import Recognition
import Reports
import Testing

/// Tables whose figures stand beside labels, and may yet not be theirs.
@Suite struct `Figures beside other labels` {
  struct Case: CustomTestStringConvertible, Sendable {
    let reason: String
    /// The cells that are not vouched for, by the beginning of their names; everything else is as printed.
    let doubted: [String]
    var layouts = Matrix.Layout.allCases
    let change: @Sendable (inout Matrix) -> Void
    var testDescription: String { reason }
  }

  static let cases: [Case] = [
    Case(reason: "as the form prints it", doubted: []) { _ in },
    Case(reason: "table 3: all figures a row too high, the last row blank", doubted: ["t3."]) {
      $0.shift(.three, by: -1)
    },
    Case(reason: "table 3: all figures a row too low, the first row blank", doubted: ["t3."]) {
      $0.shift(.three, by: 1)
    },
    Case(
      reason: "table 3: all figures a row too high, the first ones beside no label",
      doubted: ["t3."]
    ) {
      let first = $0.figureRows(.three)[0]
      let figures = $0.rows[.three]?[first].dropFirst() ?? []
      $0.shift(.three, by: -1)
      $0.rows[.three]?.insert([""] + figures, at: first)
    },
    Case(reason: "table 2: two rows of figures beside one label", doubted: ["t2.penalty."]) {
      let row = $0.index("行政处罚", in: .two)
      $0.rows[.two]?.insert(["", "10"], at: row + 1)
    },
    Case(reason: "table 2: the same figure once more is no other", doubted: []) {
      let row = $0.index("行政处罚", in: .two)
      let figures = $0.rows[.two]?[row].dropFirst() ?? []
      $0.rows[.two]?.insert([""] + figures, at: row + 1)
    },
    Case(
      reason: "table 2: two rows of more words than the form's, each with a figure",
      doubted: ["t2.coercion."]
    ) {
      let row = $0.index("行政强制", in: .two)
      $0.rows[.two]?[row][0] = "行政强制措施"
      $0.rows[.two]?.insert(["行政强制执行", "2"], at: row + 1)
    },
    Case(
      reason: "table 2: the same under the head, where a row could be a part of it",
      doubted: ["t2.license."]
    ) {
      let row = $0.index("行政许可", in: .two)
      $0.rows[.two]?.insert(["不予行政许可", "9"], at: row)
    },
    Case(reason: "table 3: two rows of figures beside one label", doubted: ["t3.granted."]) {
      let row = $0.index("（一）予以公开", in: .three)
      $0.rows[.three]?.insert(["", "9", "9", "9", "9", "9", "9", "54"], at: row + 1)
    },
    Case(reason: "table 3: the same row of figures once more is no other", doubted: []) {
      let row = $0.index("（一）予以公开", in: .three)
      let figures = $0.rows[.three]?[row].dropFirst() ?? []
      $0.rows[.three]?.insert([""] + figures, at: row + 1)
    },
    Case(
      reason: "table 3: the first row once more above itself, with another figure",
      doubted: ["t3.new_received."]
    ) {
      let row = $0.index("一、本年新收政府信息公开申请数量", in: .three)
      var other = $0.rows[.three]?[row] ?? []
      other[4] = "?"
      $0.rows[.three]?.insert(other, at: row)
    },
    Case(
      reason: "table 3: the last row once more below itself, with another figure",
      doubted: ["t3.carried_out."]
    ) {
      let row = $0.index("四、结转下年度继续办理", in: .three)
      var other = $0.rows[.three]?[row] ?? []
      other[2] = "\u{FFFD}"
      $0.rows[.three]?.insert(other, at: row + 1)
    },
    Case(reason: "table 3: a row that counts the columns is none of figures", doubted: []) {
      let row = $0.index("一、本年新收政府信息公开申请数量", in: .three)
      $0.rows[.three]?.insert(["", "1", "2", "3", "4", "5", "6", "7"], at: row)
    },
    Case(
      reason:
        "table 3: a row with words for a figure is not one without figures, whatever else balances",
      doubted: []
    ) {
      let row = $0.index("二、上年结转政府信息公开申请数量", in: .three)
      $0.rows[.three]?[row][3] = "详见附表"
    },
    Case(reason: "table 3: one blank row in a table that balances is blank", doubted: []) {
      let row = $0.index("3.其他", in: .three)
      // The row has to be none for the sums to hold without it.
      for table in [$0.index("（七）总计", in: .three), $0.index("一、本年新收政府信息公开申请数量", in: .three)] {
        for column in 1...7 {
          let old = Int($0.rows[.three]?[table][column].text ?? "") ?? 0
          let own = Int($0.rows[.three]?[row][column].text ?? "") ?? 0
          $0.rows[.three]?[table][column] = .init(String(old - own))
        }
      }
      for column in 1...7 { $0.rows[.three]?[row][column] = "" }
    },
    Case(
      reason: "table 3: one label twice, in the place of another",
      doubted: ["t3.deny_enforcement_file.", "t3.deny_admin_query."]
    ) {
      let row = $0.index("8.属于行政查询事项", in: .three)
      $0.rows[.three]?[row][0] = "7.属于行政执法案卷"
    },
    Case(
      reason: "table 3: a row of last year behind the table is not the one that is missing",
      doubted: ["t3.granted."]
    ) {
      let row = $0.index("（一）予以公开", in: .three)
      let other = $0.rows[.three]?.remove(at: row) ?? []
      $0.rows[.three]?.append(["2022年"])
      $0.rows[.three]?.append(other)
    },
    Case(
      reason: "table 4: the columns of the three blocks by turns, their words in each cell",
      doubted: ["t4."]
    ) {
      let figures = $0.rows[.four]?[3] ?? []
      let results = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
      $0.rows[.four] = [
        results.flatMap { result in
          ["行政复议", "未经复议直接起诉", "复议后起诉"].map { .init($0 + result) }
        }, figures,
      ]
    },
    Case(reason: "table 3: two rows changed places", doubted: []) {
      let row = $0.index("4.保护第三方合法权益", in: .three)
      $0.rows[.three]?.swapAt(row, row + 1)
    },
    Case(reason: "table 3: the first two rows changed places", doubted: []) {
      let row = $0.index("一、本年新收政府信息公开申请数量", in: .three)
      $0.rows[.three]?.swapAt(row, row + 1)
    },
    Case(reason: "table 2: two rows of a block changed places", doubted: []) {
      let row = $0.index("行政处罚", in: .two)
      $0.rows[.two]?.swapAt(row, row + 1)
    },
    Case(
      reason: "table 3: several figures in one cell beside blank ones",
      doubted: ["t3.granted.natural", "t3.granted.company", "t3.granted.research"]
    ) {
      let row = $0.index("（一）予以公开", in: .three)
      let figures = $0.rows[.three]?[row].map(\.text) ?? []
      $0.rows[.three]?[row][1] = .init(figures[1...3].joined(separator: " "))
      $0.rows[.three]?[row][2] = ""
      $0.rows[.three]?[row][3] = ""
    },
    Case(
      reason: "table 2: all figures a row too low, one beside a caption", doubted: ["t2."]
    ) {
      $0.shift(.two, by: 1)
      let row = $0.index("第二十条第（六）项", in: .two)
      $0.rows[.two]?[row].append("86")
    },
    Case(
      reason: "table 2: one figure for two rows", doubted: ["t2.penalty.", "t2.coercion."],
      layouts: [.grid]
    ) {
      let row = $0.index("行政处罚", in: .two)
      $0.rows[.two]?[row][1].rowSpan = 2
      $0.rows[.two]?[row + 1].removeLast()
    },
    Case(
      reason: "a row as high as two lines, label and figures alike", doubted: [], layouts: [.grid]
    ) {
      let row = $0.index("（一）予以公开", in: .three)
      for column in 0...7 { $0.rows[.three]?[row][column].rowSpan = 2 }
      $0.rows[.three]?.insert([], at: row + 1)
    },
  ]

  @Test(arguments: cases)
  func `What may be another row's is not vouched for, and all else is`(item: Case) throws {
    for layout in item.layouts {
      var matrix = Matrix()
      let figures = matrix.sheet.figures
      item.change(&matrix)
      let report = try #require(recognise(matrix.document(layout)).report)
      let doubted = figures.keys.filter { key in
        item.doubted.contains { key.name.hasPrefix($0) }
      }
      #expect(report.uncertain == Set(doubted), "\(layout): \(report.doubts)")
      // Beside the figures that a case changes itself.
      for (key, cell) in report.cells where !report.uncertain.contains(key) && !item.changesSums {
        #expect(cell.raw == figures[key], "\(layout): \(key)")
      }
    }
  }

  @Test(arguments: Matrix.Layout.allCases)
  func `A row that only one of two tables has is not vouched for where they differ`(
    layout: Matrix.Layout
  ) throws {
    var matrix = Matrix()
    let other = (matrix.rows[.three] ?? []).map { row in
      row.map { cell in Matrix.GridText(Int(cell.text).map { String($0 + 1) } ?? cell.text) }
    }
    let lost = matrix.index("（一）予以公开", in: .three)
    matrix.rows[.three]?.remove(at: lost)
    matrix.rows[.three]? += [["2022年"]] + other
    let report = try #require(recognise(matrix.document(layout)).report)
    let cells = report.cells.keys.filter { $0.table == .three }
    #expect(report.uncertain == Set(cells), "\(report.doubts)")
  }

  @Test(arguments: [false, true])
  func `The one row of a grid without a cell behind its label has lost it`(hasCell: Bool) throws {
    var matrix = Matrix()
    matrix.rows[.two] = [
      ["第二十条第（五）项"], ["信息内容", "本年处理决定数量"], hasCell ? ["行政许可", ""] : ["行政许可"],
    ]
    let report = try #require(recognise(matrix.document(.grid)).report)
    let key = try #require(CellKey("t2.license.decisions"))
    #expect(report.uncertain.contains(key) == !hasCell)
  }

  /// A table cut in two: the rows of its second part have a margin, which a row that has lost its total takes for its last cell.
  @Test func `A row of a grid that has a cell less than the others of its grid is no blank row`()
    throws
  {
    var matrix = Matrix()
    let cut = matrix.index("2.重复申请", in: .three)
    let lost = matrix.index("4.无正当理由大量反复申请", in: .three)
    for row in matrix.figureRows(.three) {
      let cells = matrix.rows[.three]?[row] ?? []
      let isLost = row == lost
      matrix.rows[.three]?[row] =
        [cells[0]] + Array(repeating: "", count: 6) + (isLost ? [] : [cells[7]])
        + (row < cut ? [] : [""])
    }
    // One row is wider, as where a heading covers a row too many: the margin is not the last column.
    let last = matrix.index("四、结转下年度继续办理", in: .three)
    matrix.rows[.three]?[last].append("")
    let report = try #require(recognise(matrix.document(.grid, cutting: .three, at: cut)).report)
    let block = FormTable.table3of2021.blocks[0]
    let row = try #require(block.rows.first { $0.key == "reject_abusive" })
    #expect(report.uncertain.isSuperset(of: block.keys(of: row)), "\(report.doubts)")
  }

  @Test func `A picture in the place of a figure is no blank`() throws {
    var matrix = Matrix()
    let row = matrix.index("行政许可", in: .two)
    matrix.rows[.two]?[row][1] = ""
    matrix.rows[.two]?[row][1].holdsPicture = true
    let report = try #require(recognise(matrix.document(.grid)).report)
    let key = try #require(CellKey("t2.license.decisions"))
    #expect(report.cells[key]?.class == .text)
  }

  @Test(arguments: [("\u{C}", "3", false), ("", "3", true), ("\u{C}", "97", true)])
  func `A number at the edge of a page may be the page's`(
    feed: String, figure: String, isSure: Bool
  ) throws {
    let key = try #require(CellKey("t2.license.decisions"))
    var sheet = Sheet()
    sheet.figures[key] = figure
    let text = sheet.text(.lines).replacingOccurrences(
      "行政许可\n\(figure)\n", "行政许可\n\(feed)\(figure)\n")
    let report = try #require(recognise(readPages(text)).report)
    #expect(report.cells[key]?.raw == figure)
    #expect(report.uncertain == (isSure ? [] : [key]), "\(report.doubts)")
  }
}

extension `Figures beside other labels`.Case {
  fileprivate var changesSums: Bool { reason.contains("balances") }
}

/// A text with the numbers of its pages, the first being the second of the file.
private func readPages(_ text: String) throws -> Document {
  var blocks: [Block] = []
  for (number, page) in text.split(separator: "\u{C}", omittingEmptySubsequences: false)
    .enumerated()
  {
    for line in page.split(separator: "\n") {
      blocks.append(.paragraph(Paragraph(text: String(line), place: Place(page: number + 2))))
    }
  }
  return Document(blocks: blocks)
}

/// Columns that hold no figures, beside those that do.
@Suite struct `Further columns` {
  struct Case: CustomTestStringConvertible, Sendable {
    let reason: String
    var doubted: [String] = []
    let change: @Sendable (inout Matrix) -> Void
    var testDescription: String { reason }
  }

  static let cases: [Case] = [
    Case(reason: "table 3: 件 in every row") { $0.insert(.three) { _ in "件" } },
    Case(reason: "table 3: the rows counted behind the labels") {
      $0.insert(.three) { String($0) }
    },
    Case(reason: "table 3: the rows counted behind the figures") {
      $0.insert(.three, atEnd: true) { String($0) }
    },
    Case(reason: "table 3: a column of remarks with one remark") {
      $0.insert(.three, atEnd: true) { $0 == 9 ? "含撤回" : "" }
    },
    Case(reason: "table 2: 件 and 万元") { $0.insert(.two) { $0 == 6 ? "万元" : "件" } },
    Case(reason: "table 2: the rows counted") { $0.insert(.two) { String($0) } },
    Case(
      reason: "table 2: 元 is another unit than the form's", doubted: ["t2.fee."]
    ) { $0.insert(.two) { $0 == 6 ? "元" : "件" } },
    Case(
      reason: "table 3: a row that has lost a figure, and not its number", doubted: ["t3.granted."]
    ) {
      $0.insert(.three) { String($0) }
      $0.removeCell(3, ofRow: "（一）予以公开")
    },
    Case(
      reason: "table 3: a row that has lost its number, or a figure", doubted: ["t3.granted."]
    ) {
      $0.insert(.three) { String($0) }
      $0.removeCell(1, ofRow: "（一）予以公开")
    },
    Case(reason: "table 4: a column of remarks") {
      $0.rows[.four]?[0].append("备注")
      $0.rows[.four]?[3].append("无")
    },
    Case(reason: "table 4: the columns counted under the head") {
      $0.rows[.four]?.insert((1...15).map { .init(String($0)) }, at: 3)
    },
    Case(reason: "table 4: the words of both lines of the head in one cell") {
      let results = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
      let figures = $0.rows[.four]?[3] ?? []
      $0.rows[.four] = [
        ["行政复议", "未经复议直接起诉", "复议后起诉"].flatMap { caption in
          results.map { .init(caption + $0) }
        }, figures,
      ]
    },
    Case(
      reason: "table 3: a column of figures that no one counts by", doubted: ["t3."]
    ) { $0.insert(.three) { String($0 % 3) } },
  ]

  @Test(arguments: cases, Matrix.Layout.allCases)
  func `are no figures, and none of theirs is lost`(item: Case, layout: Matrix.Layout) throws {
    var matrix = Matrix()
    item.change(&matrix)
    let report = try #require(recognise(matrix.document(layout)).report)
    let doubted = matrix.sheet.figures.keys.filter { key in
      item.doubted.contains { key.name.hasPrefix($0) }
    }
    #expect(report.uncertain == Set(doubted), "\(report.doubts)")
    for (key, cell) in report.cells where !report.uncertain.contains(key) {
      #expect(cell.raw == matrix.sheet.figures[key], "\(key)")
    }
  }
}

extension Matrix {
  /// Puts a cell into each row of figures, behind its label or at its end; rows are counted from 1.
  fileprivate mutating func insert(
    _ table: TableNumber, atEnd: Bool = false, _ text: (Int) -> String
  ) {
    for (number, place) in figureRows(table).enumerated() {
      let end = rows[table]?[place].count ?? 1
      rows[table]?[place].insert(GridText(text(number + 1)), at: atEnd ? end : 1)
    }
  }

  fileprivate mutating func removeCell(_ column: Int, ofRow label: String) {
    let row = index(label, in: .three)
    rows[.three]?[row].remove(at: column)
  }
}
