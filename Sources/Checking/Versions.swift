import Forms
public import Reports

// DUP-*: findings that come from the journal and not from the report alone.

/// DUP-OTHER-VERSION: another report of the same unit and year is kept already; the new one becomes the current.
///
/// - Parameters:
///   - report: the report that came in.
///   - earlier: the report that was current before; its cells tell what changed.
///   - arrival: the number under which the earlier one is kept.
public func otherVersion(
  of report: Report, than earlier: Report, arrival: Int, received: CalendarDate,
  language: Language
) -> Finding {
  let keys = Set(report.cells.keys).union(earlier.cells.keys).sorted()
  let changed = keys.filter { differ(report.cells[$0], earlier.cells[$0]) }
  let unit = report.unit ?? language.say("该单位", en: "this unit")
  let year = report.year.map(String.init) ?? language.say("同一", en: "the same")
  let difference =
    changed.isEmpty
    ? language.say("三张表的数字没有变化", en: "no figure of the tables differs")
    : language.say(
      "与上一份有 \(changed.count) 格数字不同", en: "\(changed.count) figures differ from the earlier one")
  return Rule.otherVersion.finding(
    cells: changed, found: String(arrival),
    language.say(
      "\(unit)\(year) 年度报告已于 \(received) 收到过（第 \(arrival) 号），\(difference)；"
        + "现以这一份为准，前一份保留备查，如不是更正请与主管部门联系。",
      en:
        "A report of \(unit) for \(year) was received on \(received) (number \(arrival)); \(difference). This "
        + "one is now the current one, and the earlier is kept. If it is no correction, please tell the "
        + "office."))
}

/// DUP-OTHER-VERSION, not assessable: a report of a unit of the same name is kept, and nothing tells whether it is the same
/// unit. Both are kept and counted.
public func otherBody(
  of report: Report, arrival: Int, received: CalendarDate, language: Language
) -> Finding {
  let unit = report.unit ?? language.say("同名单位", en: "a unit of this name")
  return Rule.otherVersion.finding(
    status: .notAssessable, found: String(arrival),
    language.say(
      "\(received) 已收到另一份\(unit)的报告（第 \(arrival) 号），看不出是不是同一个单位，两份分别登记；"
        + "如是同一单位的更正，请在标题中写明所属市、县（区）后再报。",
      en:
        "Another report of \(unit) was received on \(received) (number \(arrival)); nothing tells whether it is "
        + "the same unit, so both are kept. If this one corrects it, please name city and county in the "
        + "title and send it again."))
}

/// By value: `2.5` and `2.50` are the same figure, a blank and a 0 are not.
private func differ(_ a: Cell?, _ b: Cell?) -> Bool {
  if let a = a?.number, let b = b?.number { return !a.equals(b) }
  return a?.class != b?.class || (a?.class == .text && a?.raw != b?.raw)
}

/// DUP-SAME-FILE: the same bytes, or the same text, were handled before; nothing is stored twice.
public func sameFile(
  arrival: Int, received: CalendarDate, outcome: Outcome, language: Language
) -> Finding {
  let mustMend = outcome == .returned || outcome == .unrecognised || outcome == .unreadable
  return Rule.sameFile.finding(
    found: String(arrival),
    language.say(
      "这份文件已于 \(received) 收到并处理（第 \(arrival) 号，结果：\(words(outcome, language))），不重复登记，"
        + (mustMend ? "请按那次的回执改正后再报。" : "无需再报。"),
      en: "This very file was received and handled on \(received) (number \(arrival), outcome: "
        + "\(words(outcome, language))); it is not stored twice"
        + (mustMend
          ? ". Please correct it as that receipt says and send it again."
          : " and need not be sent again.")))
}

private func words(_ outcome: Outcome, _ language: Language) -> String {
  switch outcome {
  case .accepted: language.say("已接收", en: "accepted")
  case .acceptedWithWarnings: language.say("已接收，有提示", en: "accepted with warnings")
  case .returned: language.say("已退回", en: "returned")
  case .unrecognised: language.say("不是年度报告", en: "not recognised as a report")
  case .unreadable: language.say("无法读取", en: "unreadable")
  case .duplicate: language.say("重复", en: "duplicate")
  case .unpacked: language.say("已逐件登记", en: "unpacked")
  }
}
