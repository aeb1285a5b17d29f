import Forms
public import Reports

// DUP-*: findings that come from the journal and not from the report alone.

/// A version that was there before, for ``otherVersion(of:than:findings:language:)``.
public struct EarlierVersion: Sendable {
  /// The number under which it is kept.
  public var arrival: Int
  public var received: CalendarDate
  /// Its cells tell what changed.
  public var report: Report
  /// What was said of it: errors that are not said of the new one are mended.
  public var findings: [Finding]
  /// The version that counts, where one was accepted.
  public var standing: Int?

  public init(
    arrival: Int, received: CalendarDate, report: Report, findings: [Finding] = [],
    standing: Int? = nil
  ) {
    self.arrival = arrival
    self.received = received
    self.report = report
    self.findings = findings
    self.standing = standing
  }
}

/// Whether a report of the same unit and year says what an earlier version says, so that only the file is another (the same
/// report as a Word file and as a web page): the same figures, words and date, and no other mistakes. Then it is a duplicate
/// (DUP-SAME-FILE), and no new version.
///
/// - Parameter findings: everything else that is said of it.
public func isSameContent(
  _ report: Report, _ findings: [Finding], as before: EarlierVersion
) -> Bool {
  let earlier = before.report
  guard report.uncertain == earlier.uncertain,
    report.cells.count == earlier.cells.count,
    report.cells.allSatisfy({ !differ($0.value, earlier.cells[$0.key]) }),
    // A date that only the newer one has may be what it was sent for.
    report.published == nil || report.published == earlier.published,
    told(report) == told(earlier)
  else { return false }
  let words = wordings(report)
  return !words.isEmpty && words == wordings(earlier)
    && mistakes(findings) == mistakes(before.findings)
}

private func told(_ report: Report) -> [[String]] {
  report.statements.map { ["\($0.subject)", $0.value?.description ?? ""] }
}

/// Of the sections of words; between the tables the formats differ in what is text.
private func wordings(_ report: Report) -> [Section: [Wording]] {
  var result: [Section: [Wording]] = [:]
  for found in report.structure.sections
  where [.overview, .problems, .other].contains(found.section) {
    if let wording = found.wording { result[found.section, default: []].append(wording) }
  }
  return result
}

/// What the report itself is held to have wrong; what others say about it changes when they come.
private func mistakes(_ findings: [Finding]) -> Set<String> {
  Set(
    findings.filter {
      $0.status == .fail && $0.severity != .info && $0.check != Rule.otherVersion.id
        && !isAcrossReports($0.check)
    }.map(\.check))
}

/// DUP-OTHER-VERSION: another report of the same unit and year is kept already. The new one becomes the current, unless it has
/// errors and an earlier one was accepted: that one counts until a mended one is accepted.
///
/// - Parameters:
///   - report: the report that came in.
///   - findings: everything else that is said of it.
public func otherVersion(
  of report: Report, than before: EarlierVersion, findings: [Finding], language: Language
) -> Finding {
  let (earlier, arrival, received) = (before.report, before.arrival, before.received)
  let keys = Set(report.cells.keys).union(earlier.cells.keys).sorted()
  let changed = keys.filter { differ(report.cells[$0], earlier.cells[$0]) }
  let unit = report.unit ?? language.say("该单位", en: "this unit")
  let year = report.year.map(String.init) ?? language.say("同一", en: "the same")
  let difference =
    changed.isEmpty
    ? language.say(
      "三张表的数字没有变化，如只是换了格式不必再报",
      en: "no figure of the tables differs; another format need not be filed")
    : language.say(
      "与上一份有 \(changed.count) 格数字不同", en: "\(changed.count) figures differ from the earlier one")
  return Rule.otherVersion.finding(
    cells: changed, found: String(arrival),
    language.say(
      "\(unit)\(year) 年度报告已于 \(received) 收到过（第 \(arrival) 号），\(difference)；"
        + mended(before.findings, findings, language)
        + standing(before, findings, language),
      en:
        "A report of \(unit) for \(year) was received on \(received) (number \(arrival)); \(difference). "
        + mended(before.findings, findings, language)
        + standing(before, findings, language)))
}

/// 上次退回的 3 处差错已改正 2 处. Nothing where nothing was wrong.
private func mended(_ old: [Finding], _ new: [Finding], _ language: Language) -> String {
  func errors(_ findings: [Finding]) -> Set<String> {
    Set(findings.filter { $0.status == .fail && $0.severity == .error }.map(\.check))
  }
  let before = errors(old)
  guard !before.isEmpty else { return "" }
  let left = before.intersection(errors(new)).count
  let done = before.count - left
  return left == 0
    ? language.say(
      "上次退回的 \(before.count) 处差错已全部改正；", en: "All \(before.count) errors of then are mended. ")
    : language.say(
      "上次退回的 \(before.count) 处差错已改正 \(done) 处，还有 \(left) 处；",
      en: "Of the \(before.count) errors of then \(done) are mended, \(left) are left. ")
}

private func standing(
  _ before: EarlierVersion, _ findings: [Finding], _ language: Language
) -> String {
  guard Outcome.of(findings) == .returned else {
    return language.say(
      "现以这一份为准，前一份保留备查，如不是更正请与主管部门联系。",
      en:
        "This one is now the current one, and the earlier is kept. If it is no correction, please tell the "
        + "office.")
  }
  guard let standing = before.standing else {
    return language.say(
      "这一份仍有差错，改正后请再报。", en: "This one has errors too: please mend it and file again.")
  }
  return language.say(
    "这一份有差错，改正后的报告被接收之前，仍以第 \(standing) 号为准。",
    en: "This one has errors: number \(standing) counts until a mended one is accepted.")
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

/// DUP-SAME-FILE: the same bytes, or the same report in another format, were handled before; nothing is counted twice.
public func sameFile(
  arrival: Int, received: CalendarDate, outcome: Outcome, language: Language
) -> Finding {
  let mustMend = outcome == .returned || outcome == .unrecognised || outcome == .unreadable
  return Rule.sameFile.finding(
    found: String(arrival),
    language.say(
      "同样内容的文件已于 \(received) 收到并处理（第 \(arrival) 号，结果：\(words(outcome, language))），不重复登记，"
        + (mustMend ? "请按那次的回执改正后再报。" : "无需再报。"),
      en: "A file that says the same was received and handled on \(received) (number \(arrival), "
        + "outcome: \(words(outcome, language))); it is not counted twice"
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
