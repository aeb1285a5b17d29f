import Forms
import Reports
import Roster

// DL-*: the day of publishing against the day due. The document shows when it was published and nothing else, so no
// finding speaks of late submission.

extension Inquiry {
  var deadlineFindings: [Finding] {
    guard let published = report.published, let year = report.year else { return [] }
    if published.year <= year { return [early(published, year)] }
    guard let due = due(forReportYear: year), published > due else { return [] }
    if let received = context.received, published > received { return [later(published, received)] }
    return [
      Rule.late.finding(
        expected: due.description, found: published.description, quote: quote(of: published),
        say(
          "\(year) 年度报告应在 \(due) 前公布，文中的发布日期是 \(published)，公布晚了。",
          en:
            "The report for \(year) is due to be published by \(due); it says \(published): published "
            + "late."))
    ]
  }

  /// The roster's day, or that of the class; without either the later of the two dates of article 49, so that nobody is
  /// called late by a guess.
  private func due(forReportYear year: Int) -> CalendarDate? {
    if case .matched(let match) = context.roster {
      return match.entry.due(forReportYear: year)
    }
    let kind: Roster.Kind
    switch report.kind {
    case .level: kind = .level
    case .own: kind = .department
    case nil: kind = Organ(report).isTownOrStreet ? .town : .level
    }
    return kind.due.date(in: year + 1)
  }

  private func early(_ published: CalendarDate, _ year: Int) -> Finding {
    Rule.early.finding(
      expected: "\(year + 1)-01-01", found: published.description, quote: quote(of: published),
      say(
        "发布日期 \(published) 时 \(year) 年还没有结束，数字不可能包含全年，请核对日期或补全数据。",
        en:
          "Published on \(published), before \(year) was over: the figures cannot cover the year. Please "
          + "check."))
  }

  /// A day that had not come when the report was received is read wrongly or written wrongly: no ground to call it late.
  private func later(_ published: CalendarDate, _ received: CalendarDate) -> Finding {
    Rule.late.finding(
      status: .notAssessable, found: published.description, quote: quote(of: published),
      say(
        "发布日期 \(published) 晚于收到的日期 \(received)，日期可能有误，没有判断是否按时公布。",
        en:
          "The day of publishing, \(published), is after the day of receipt, \(received); whether it was "
          + "published in time was not judged."))
  }

  private func quote(of date: CalendarDate) -> String? {
    report.evidence.first { $0.subject == .published && $0.value == date.description }?.quote
  }
}
