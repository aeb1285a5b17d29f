import Forms
import Reports

/// The three tables as on the form, with a legend of the marks that occur.
func tables(_ report: Report, _ notes: Notes, _ language: Language) -> String {
  let painter = TablePainter(
    report: report, marks: CellMarks(report, notes), language: language)
  let bodies = TableNumber.allCases.map(painter.table)
  return element("h2", text: language.say("报告中的三张表", en: "The three tables of the report"))
    + painter.legend + bodies.joined(separator: "\n")
}

private struct TablePainter {
  let report: Report
  let marks: CellMarks
  let language: Language

  func table(_ number: TableNumber) -> String {
    let title = language.title(number)
    guard let grid = FormGrid(number, of: report) else {
      return element("h3", text: title)
        + element("p", class: "none", text: language.absence(number, in: report))
    }
    let name = "table\(number.rawValue)"
    let caption = element("caption", [("id", name)], escaped(title))
    // Scrolls by itself where the page is narrower; reachable by keyboard.
    return element(
      "div",
      [("class", "box"), ("role", "region"), ("tabindex", "0"), ("aria-labelledby", name)],
      element("table", [("class", "t\(number.rawValue)")], caption + fill(PaintedGrid.of(grid))))
  }

  private func fill(_ grid: PaintedGrid) -> String {
    var result = ""
    result.reserveCapacity(24 << 10)
    for figure in grid.figures {
      result += figure.before
      paint(figure, onto: &result)
    }
    return result + grid.end
  }

  private func paint(_ figure: PaintedGrid.Figure, onto result: inout String) {
    let mark = marks[figure.key]
    let shown = CellText(report.cells[figure.key], language)
    guard mark != CellMarks.Mark() || shown.look != .number || shown.readAs != nil else {
      result += figure.plain
      result += escaped(shown.text)
      result += PaintedGrid.plainEnd
      return
    }
    var content = ""
    switch mark.standing {
    case .wrong: content += element("span", class: "sign", text: "✗")
    case .questioned: content += element("span", class: "sign", text: "△")
    case .inFailingSum, .plain: break
    }
    if mark.isUncertain { content += element("span", class: "sign", text: "?") }
    content += element("bdi", class: shown.look.style, text: shown.text)
    content += links(mark.notes)
    if let figure = shown.readAs {
      content += element(
        "span", class: "read", text: language.say("读作 \(figure)", en: "read as \(figure)"))
    }
    if let value = mark.balancesAt {
      content += element(
        "span", class: "fix",
        text: language.say("如改为 \(value) 则平衡", en: "balances at \(value)"))
    }
    var style = "f"
    if let standing = mark.standing.style { style += " " + standing }
    if mark.isUncertain { style += " unsure" }
    if mark.balancesAt != nil { style += " suspect" }
    let isMarked = mark != CellMarks.Mark()
    result += element(
      "td",
      [
        ("class", style), ("id", figure.key.name),
        ("title", isMarked ? title(figure.key) : nil),
      ] + figure.cell.spans, content)
  }

  /// The name of a cell, and why it is uncertain.
  private func title(_ key: CellKey) -> String {
    let doubt = report.doubts.first { $0.cells.contains(key) }
    guard let doubt, report.uncertain.contains(key) else { return language.name(key) }
    let quote = visible(doubt.quote, limit: 120)
    return language.say(
      "\(language.name(key))：\(doubtWords(doubt.reason, language))；原文“\(quote)”",
      en:
        "\(language.name(key)): \(doubtWords(doubt.reason, language)); the document says “\(quote)”"
    )
  }

  var legend: String {
    let keys = TableNumber.allCases.flatMap { FormGrid($0, of: report)?.keys ?? [] }
    let used = keys.map { marks[$0] }
    var items: [(String, String, String)] = []
    if used.contains(where: { $0.standing == .wrong }) {
      items.append(
        (
          "wrong", "✗ 12",
          language.say("有差错或合计不等，①② 见检查意见", en: "wrong, or a sum that fails; ①② are findings")
        ))
    }
    if used.contains(where: { $0.balancesAt != nil }) {
      items.append(
        ("wrong suspect", "✗ 12", language.say("最可能填错的一格", en: "most likely the wrong cell")))
    }
    if used.contains(where: { $0.standing == .inFailingSum }) {
      items.append(("sum", "12", language.say("不等的合计中的一项", en: "part of a sum that fails")))
    }
    if used.contains(where: { $0.standing == .questioned }) {
      items.append(("ask", "△ 12", language.say("请核对", en: "please check")))
    }
    if used.contains(where: \.isUncertain) {
      items.append(
        ("unsure", "? 12", language.say("程序没有把握读对，以原件为准", en: "uncertain: the document decides")))
    }
    if keys.contains(where: { CellText(report.cells[$0], language).look == .blank }) {
      items.append(
        (
          "blank", language.say("空白", en: "blank"),
          language.say("没有填写（不等于 0）", en: "not filled in (not a zero)")
        ))
    }
    guard !items.isEmpty else { return "" }
    return element(
      "ul", [("class", "legend")],
      items.map { style, sample, words in
        element("li", [], element("span", class: style, text: sample) + escaped(words))
      }.joined())
  }
}

extension CellMarks.Standing {
  fileprivate var style: String? {
    switch self {
    case .wrong: "wrong"
    case .inFailingSum: "sum"
    case .questioned: "ask"
    case .plain: nil
    }
  }
}

extension CellText.Look {
  fileprivate var style: String? { self == .blank ? "blank" : nil }
}
