import Reports
import Roster

// ID-*: who reports on which year.

extension Inquiry {
  var identityFindings: [Finding] {
    [
      unitUnknown, unitConflict, unitForeign, fromHint, yearUnknown, yearConflict, wrongPeriod,
    ].compactMap { $0 }
  }

  /// Only where there is a roster.
  private var unitUnknown: Finding? {
    let name = report.unit ?? ""
    switch context.roster {
    case nil, .matched: return nil
    case .ambiguous(let entries):
      let candidates = language.list(entries.map { $0.region + $0.unit })
      return Rule.unitUnknown.finding(
        found: report.unit,
        say(
          "名册中有\(candidates)都可能是“\(name)”，无法确定，请在标题中写明所属市县。",
          en:
            "“\(name)” may be any of \(candidates) on the roster; please name the county or city in the "
            + "title."))
    case .unknown:
      return Rule.unitUnknown.finding(
        found: report.unit,
        name.isEmpty
          ? say(
            "报告中没有找到单位名称，无法与名册对照，请在标题中写明单位。",
            en:
              "The report names no unit, so it cannot be looked up on the roster; please name it in the "
              + "title.")
          : say(
            "名册中没有“\(name)”，请核对单位名称，或请主管部门把它（或别名）加入名册。",
            en:
              "“\(name)” is not on the roster; please check the name, or have it (or an alias) added."
          ))
    }
  }

  /// Nothing in or around the report tells its year; the day of publishing is of the year after it, and proves nothing.
  private var yearUnknown: Finding? {
    guard report.year == nil else { return nil }
    let date = report.published.map {
      say("（发布日期是 \($0)，不能据此推定）", en: " (published on \($0), which proves nothing)")
    }
    return Rule.yearUnknown.finding(
      say(
        "报告中没有写是哪一年的年度报告\(date ?? "")，请在标题或统计期限中写明。",
        en:
          "Nothing tells the year reported on\(date ?? ""); please name it in the title or the period."
      ))
  }

  /// Title, period and file name. The year of the text is TXT-YEAR's, unless the text is all that tells the year and
  /// tells two. A file named after the year it was made in, the one after the report year, is no conflict; nor are four digits
  /// that no report of these can be of: report-2056 has a number. The regulation is in force since 2008.
  private var yearConflict: Finding? {
    guard let year = report.year else { return nil }
    for evidence in report.evidence {
      guard let other = namedYear(evidence), other != year,
        evidence.source != .fileName || other >= 2008 && other <= year + 2 && other != year + 1
      else { continue }
      let source =
        switch evidence.source {
        case .fileName: say("文件名", en: "the file name")
        case .period: say("统计期限", en: "the period")
        case .pageTitle: say("网页标题", en: "the title of the page")
        case .text: say("正文", en: "the text")
        default: say("标题", en: "the title")
        }
      return Rule.yearConflict.finding(
        expected: String(year), found: String(other), quote: evidence.quote,
        say(
          "\(source)写的是 \(other) 年，本报告按 \(year) 年登记，年份不一致，请核对改正。",
          en:
            "By \(source) the year is \(other); the report is taken for \(year). Please make them agree."
        ))
    }
    return nil
  }

  private func namedYear(_ evidence: Evidence) -> Int? {
    switch (evidence.subject, evidence.source) {
    case (.year, .title), (.year, .period), (.year, .fileName): Int(evidence.value)
    case (.year, .pageTitle) where isTitleOfReport(evidence): Int(evidence.value)
    case (.year, .text) where isYearOfText: Int(evidence.value)
    case (.period, _): wholeYear(evidence.value)
    default: nil
    }
  }

  /// The title of a page that names the unit too is the report's; 2024年政府信息公开年报 may be the site's column.
  private func isTitleOfReport(_ evidence: Evidence) -> Bool {
    report.evidence.contains {
      $0.subject == .unit && $0.source == .pageTitle && $0.quote == evidence.quote
    }
  }

  /// The year is one that the text tells, and neither a title nor a period does.
  private var isYearOfText: Bool {
    let years = report.evidence.filter { $0.subject == .year || $0.subject == .period }
    return years.contains { $0.source == .text && $0.value == report.year.map(String.init) }
      && years.allSatisfy { [.text, .fileName, .folder].contains($0.source) }
  }

  /// The year of `2023-01-01/2023-12-31`.
  private func wholeYear(_ period: String) -> Int? {
    guard let (start, end) = dates(period), start.year == end.year, start.month == 1,
      start.day == 1, end.month == 12, end.day == 31
    else { return nil }
    return start.year
  }

  private func dates(_ period: String) -> (CalendarDate, CalendarDate)? {
    let parts = period.split(separator: "/")
    guard parts.count == 2, let start = CalendarDate(parts[0]), let end = CalendarDate(parts[1])
    else { return nil }
    return (start, end)
  }

  private var wrongPeriod: Finding? {
    let wrong = report.evidence.first { evidence in
      evidence.subject == .period && dates(evidence.value) != nil
        && wholeYear(evidence.value) == nil
    }
    guard let wrong else { return nil }
    return Rule.period.finding(
      expected: report.year.map { "\($0)-01-01/\($0)-12-31" }, found: wrong.value,
      quote: wrong.quote,
      say(
        "统计期限应为一年的 1 月 1 日至 12 月 31 日，文中写的不是整年，请核对。",
        en: "The period must be 1 January to 31 December of one year; the text says otherwise."))
  }
}
