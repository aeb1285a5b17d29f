import Forms
import Reports

/// What `shoubao check --explain` says below its answer: by what the report was known, and row by row how its tables were
/// read. Empty for a document without a report, or where no explanation was asked for.
public func explanationText(_ content: ReceiptContent) -> String {
  guard let report = content.report, let explanation = report.explanation else { return "" }
  let language = content.language
  var page = TextPage()
  tellEvidence(report, language, in: &page)
  for table in TableNumber.allCases where report.has(table) {
    page.title(
      language.say("怎样读出：", en: "How it was read: ") + language.title(table)
        + formWords(table, report, language))
    for row in explanation.rows where row.table == table {
      tell(row, report, language, in: &page)
    }
    for doubt in report.doubts where doubt.reason == .rowMissing {
      guard let first = doubt.cells.first, first.table == table else { continue }
      page.text(
        language.say("没有这一行：", en: "no such row: ") + language.list(doubt.cells), first: "- ")
    }
  }
  return page.result
}

private func formWords(_ table: TableNumber, _ report: Report, _ language: Language) -> String {
  let form =
    switch table {
    case .two: report.template.two?.rawValue
    case .three: report.template.three?.rawValue
    case .four: String?.none
    }
  switch form {
  case nil: return ""
  case "mixed"?: return language.say("（各栏目分别按 2019、2021 年格式）", en: " (blocks of both forms)")
  case let form?: return language.say("（按 \(form) 年格式）", en: " (form of \(form))")
  }
}

// MARK: Rows

private func tell(
  _ row: Explanation.Row, _ report: Report, _ language: Language, in page: inout TextPage
) {
  let cells = row.fields.compactMap(\.cell)
  var head = language.say(
    "“\(visible(row.label, limit: 80))”", en: "“\(visible(row.label, limit: 80))”")
  if !row.place.isEmpty { head += language.say("（\(row.place)）", en: " (\(row.place))") }
  page.text(head + language.say("：", en: ": ") + matchWords(row, cells, language), first: "- ")
  if !row.fields.isEmpty {
    let fields = row.fields.map { field -> String in
      let text = visible(field.text, limit: 40)
      let shown = text.isEmpty ? language.say("空白", en: "blank") : text
      guard let key = field.cell else {
        return language.say("\(shown)（没有采用）", en: "\(shown) (not taken)")
      }
      let mark = report.uncertain.contains(key) ? "?" : ""
      return "\(columnWords(key)) \(shown)\(mark)"
    }
    page.text(fields.joined(separator: language.say("；", en: "; ")), first: "    ")
  }
  let keys = Set(
    row.row.map { key in report.cells.keys.filter { $0.row == key && $0.table == row.table } }
      ?? cells)
  for doubt in report.doubts
  where doubt.reason != .rowMissing && !keys.isDisjoint(with: doubt.cells) {
    let concerned = doubt.cells.filter(keys.contains)
    page.text(
      language.say("没有把握：", en: "not sure: ") + language.list(concerned)
        + language.say("，", en: ", ") + doubtWords(doubt.reason, language)
        + language.say(
          "（“\(visible(doubt.quote, limit: 80))”）", en: " (“\(visible(doubt.quote, limit: 80))”)"),
      first: "    ")
  }
}

private func matchWords(
  _ row: Explanation.Row, _ cells: [CellKey], _ language: Language
) -> String {
  let percent = Int((row.similarity * 100).rounded())
  let name = row.row.flatMap { key in
    CellKey.all.first { $0.row == key && $0.table == row.table }.map(\.words.row)
  }
  guard let name else {
    switch row.match {
    case .none: return language.say("不是统一格式的行，数字没有计入", en: "on no form; its figures were not taken")
    case .head:
      return language.say("表头；数字按统一格式的次序归入各格", en: "the head; figures in the order of the form")
    default: return language.say("栏目或分组标题，没有数字", en: "a caption or heading, without figures")
    }
  }
  let form = language.say("格式中的“\(name)”", en: "“\(name)” of the form")
  switch row.match {
  case .exact:
    return row.label == name
      ? language.say("格式中的行", en: "a row of the form")
      : form + language.say("的另一种写法", en: ", in another spelling")
  case .similar: return form + language.say("，字面相近（\(percent)%）", en: ", \(percent)% alike")
  case .byPosition:
    return form
      + language.say(
        "，字面相近（\(percent)%），前后各行确定了位置", en: ", \(percent)% alike; its neighbours leave no other")
  case .unsure, .none, .head:
    return form + language.say("，不能确定（字面 \(percent)%）", en: ", not certain (\(percent)% alike)")
  }
}

/// The column as printed; in table 4 with its block.
private func columnWords(_ key: CellKey) -> String {
  key.table == .four ? "\(key.words.row)·\(key.words.column)" : key.words.column
}

// MARK: Evidence

private func tellEvidence(_ report: Report, _ language: Language, in page: inout TextPage) {
  page.title(language.say("依据", en: "Evidence"))
  let unknown = language.say("未识别", en: "not recognised")
  // What was taken, and what bears on it without a value of its own in the report.
  let subjects: [(subject: Evidence.Subject, name: String)] = [
    (.unit, language.say("单位：", en: "unit: ") + (report.unit ?? unknown)),
    (.speaker, language.say("自称", en: "calls itself")),
    (.region, language.say("地区：", en: "region: ") + (report.region ?? unknown)),
    (.year, language.say("年度：", en: "year: ") + (report.year.map(String.init) ?? unknown)),
    (.period, language.say("统计期限", en: "period")),
    (
      .published,
      language.say("发布日期：", en: "published: ") + (report.published?.description ?? unknown)
    ),
    (.notice, language.say("引用的格式文件", en: "notice cited")),
  ]
  for (subject, name) in subjects {
    let evidence = report.evidence.filter { $0.subject == subject }
    let hasValue = ![.speaker, .period, .notice].contains(subject)
    guard hasValue || !evidence.isEmpty else { continue }
    page.text(visible(name), first: "- ")
    for item in evidence { tell(item, report, language, in: &page) }
  }
  if let kind = report.kind {
    page.text(
      language.say("种类：", en: "kind: ")
        + (kind == .level
          ? language.say("本级政府汇总报告", en: "report of a level of government")
          : language.say("本单位的报告", en: "the organ's own report")),
      first: "- ")
  }
}

private func tell(
  _ item: Evidence, _ report: Report, _ language: Language, in page: inout TextPage
) {
  let (source, value) = (sourceWords(item.source, language), visible(item.value))
  let quote = visible(item.quote, limit: 120)
  let differs =
    report.agrees(with: item) == false
    ? language.say("，与采用的不同", en: "; differs from what was taken") : ""
  page.text(
    language.say("\(source)：\(value)（“\(quote)”）", en: "\(source): \(value) (“\(quote)”)")
      + differs,
    first: "    ")
}

private func sourceWords(_ source: Evidence.Source, _ language: Language) -> String {
  switch source {
  case .title: language.say("标题", en: "title")
  case .period: language.say("统计期限", en: "period")
  case .text: language.say("正文", en: "text")
  case .metadata: language.say("发布信息", en: "data of the page")
  case .breadcrumb: language.say("当前位置", en: "breadcrumb")
  case .pageTitle: language.say("网页标题", en: "page title")
  case .signature: language.say("落款", en: "signature")
  case .banner: language.say("站名", en: "name of the site")
  case .furniture: language.say("页眉页脚", en: "head and foot of the page")
  case .fileName: language.say("文件名", en: "file name")
  case .folder: language.say("文件夹", en: "folder")
  }
}
