import Forms
import Reports

// FMT-TEMPLATE-*: which of the two national forms the tables follow. Table 4 is the same on both.

extension Inquiry {
  var templateFindings: [Finding] {
    [templateYear, templateMixed].compactMap { $0 }
  }

  private var templateYear: Finding? {
    guard let year = report.year else { return nil }
    guard let prescribed = Template.prescribed(for: year) else {
      guard report.template.two != nil || report.template.three != nil else { return nil }
      return Rule.templateYear.finding(
        say(
          "\(year) 年度还没有全国统一格式，表格却用了统一格式，请核对年份是否写对。",
          en:
            "There was no national form for \(year), but the tables follow one; please check the year."
        ))
    }
    var wrong: [TableNumber] = []
    if let two = report.template.two, two.rawValue != prescribed.rawValue { wrong.append(.two) }
    if let three = report.template.three, three != prescribed { wrong.append(.three) }
    guard !wrong.isEmpty else { return nil }
    let names = wrong.map(language.name).joined(separator: say("、", en: ", "))
    let found: Template = prescribed == .v2019 ? .v2021 : .v2019
    let mixed = wrong == [.two] && report.template.two == .mixed
    return Rule.templateYear.finding(
      expected: prescribed.rawValue, found: mixed ? "mixed" : found.rawValue,
      say(
        "\(year) 年度报告应使用 \(prescribed.rawValue) 年格式，\(names)"
          + (mixed ? "混用了两种格式" : "用的是 \(found.rawValue) 年格式") + "，请换用规定的格式。",
        en: "A report for \(year) is due on the form of \(prescribed.rawValue); \(names) "
          + (mixed ? "mixes both forms" : "follows that of \(found.rawValue)")
          + ". Please use the form prescribed."))
  }

  private var templateMixed: Finding? {
    let (two, three) = (report.template.two, report.template.three)
    let differ = two.map { two in three.map { $0.rawValue != two.rawValue } ?? false } ?? false
    guard two == .mixed || differ else { return nil }
    return Rule.templateMixed.finding(
      say(
        "报告中的表格混用了 2019 年和 2021 年两种格式，数字已按各表实际的格式读取。",
        en:
          "The tables follow both the form of 2019 and that of 2021; each was read by its own form."
      ))
  }
}
