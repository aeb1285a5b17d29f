import Forms
import Reports

// TXT-RECEIVED, -CARRIED-IN, -DONE, -CARRIED-OUT, -OUTCOME-*, -REVIEW, -SUIT, -TABLE2: figures told in the text against
// the tables (section 10 of the format reference). A false alarm costs a phone call: where several statements tell of
// one thing, one that agrees is enough, since the others may be of a part of it.

extension Inquiry {
  var textFigureFindings: [Finding] {
    var findings: [Finding] = []
    var seen: Set<Statement.Subject> = []
    for statement in report.statements where seen.insert(statement.subject).inserted {
      guard let comparison = Comparison(statement.subject, self) else { continue }
      let told = report.statements.filter { $0.subject == statement.subject && $0.value != nil }
      if let finding = compare(told, comparison) { findings.append(finding) }
    }
    return findings
  }

  private func compare(_ told: [Statement], _ comparison: Comparison) -> Finding? {
    guard report.has(comparison.table) else { return nil }
    let answers = told.map { statement in
      (statement, answer(statement.value.map(Exact.init) ?? .zero, comparison))
    }
    if answers.contains(where: { $0.1 == .agrees }) { return nil }
    if comparison.addsUp, told.count > 1 {
      let sum = Exact.sum(told.compactMap { $0.value.map(Exact.init) })
      if answer(sum, comparison) != .differs { return nil }
    }
    let cells = comparison.alternatives[0]
    if let open = answers.first(where: { $0.1 != .differs }) {
      return comparison.rule.finding(
        for: comparison.member, status: .notAssessable, cells: cells,
        found: open.0.value?.description, quote: open.0.quote,
        say(
          "正文说\(comparison.words) \(open.0.value?.description ?? "")，"
            + "而\(language.list(cells))没有填数字或没有把握读对，无法核对。",
          en: "The text says \(open.0.value?.description ?? "") for \(comparison.words), but "
            + "\(language.list(cells)) has no figure, or none the program is sure of."))
    }
    guard let (statement, _) = answers.first else { return nil }
    let inTable = ledger.sum(cells).known.description
    let said = statement.value?.description ?? ""
    return comparison.rule.finding(
      for: comparison.member, cells: cells, expected: inTable, found: said, quote: statement.quote,
      say(
        "正文说\(comparison.words) \(said)，\(language.list(cells))"
          + (cells.count > 1 ? "合计" : "") + "为 \(inTable)，两处不一致，请核对。",
        en: "The text says \(said) for \(comparison.words), but \(language.list(cells)) "
          + (cells.count > 1 ? "add up to" : "is") + " \(inTable). Please check."))
  }

  private enum Answer { case agrees, undecided, differs }

  private func answer(_ value: Exact, _ comparison: Comparison) -> Answer {
    var undecided = false
    for cells in comparison.alternatives {
      let (known, open) = ledger.sum(cells)
      if known == value, !open.contains(where: ledger.isText) { return .agrees }
      if cells.contains(where: ledger.isUncertain) || (!open.isEmpty && known < value) {
        undecided = true
      }
    }
    return undecided ? .undecided : .differs
  }
}

/// What a statement is held against: any of several sums of cells will do.
struct Comparison {
  let rule: Rule
  let member: String?
  let table: TableNumber
  /// The first is the one named in messages.
  let alternatives: [[CellKey]]
  /// What the text tells, for messages: 新收申请.
  let words: String
  /// Whether statements of parts are told apart and add up (suits brought directly, suits after review).
  var addsUp = false

  /// `nil` for statements that tell no figure of a table.
  init?(_ subject: Statement.Subject, _ inquiry: Inquiry) {
    let say = inquiry.language
    let organisations = ["company", "research", "charity", "legal_service", "other_org"]
    switch subject {
    case .received:
      // Reports say 收到 for the new requests and for all that were to be handled.
      self.init(
        .received, .three, [["new_received"], ["new_received", "carried_in"]],
        say.say("收到申请", en: "requests received"))
    case .natural:
      self.init(
        .received, .three, [["new_received"], ["new_received", "carried_in"]],
        say.say("自然人申请", en: "requests of natural persons"), columns: ["natural"])
    case .organisations:
      self.init(
        .received, .three, [["new_received"], ["new_received", "carried_in"]],
        say.say("法人或其他组织申请", en: "requests of organisations"), columns: organisations)
    case .carriedIn:
      self.init(
        .carriedIn, .three, [["carried_in"]],
        say.say("上年结转", en: "requests carried in from last year"))
    case .done:
      // 办理 may count what goes on into the next year.
      self.init(
        .done, .three, [["results_total"], ["results_total", "carried_out"]],
        say.say("办结或答复", en: "requests answered"))
    case .carriedOut:
      self.init(
        .carriedOut, .three, [["carried_out"]],
        say.say("结转下年", en: "requests carried over to next year"))
    case .granted:
      self.init(
        .outcome, .three, [["granted"], ["granted", "partial"]],
        say.say("予以公开", en: "granted"), "granted")
    case .partial:
      self.init(
        .outcome, .three, [["partial"]], say.say("部分公开", en: "granted in part"), "partial")
    case .grantedAndPartial:
      self.init(
        .outcome, .three, [["granted", "partial"]],
        say.say("予以公开及部分公开", en: "granted, wholly or in part"), "granted")
    case .denied: self.init(group: .deny, "deny", say.say("不予公开", en: "denied"), inquiry)
    case .unable: self.init(group: .unable, "unable", say.say("无法提供", en: "not held"), inquiry)
    case .rejected:
      self.init(group: .reject, "reject", say.say("不予处理", en: "not processed"), inquiry)
    case .otherwise:
      self.init(group: .other, "other", say.say("其他处理", en: "otherwise handled"), inquiry)
    case .review:
      self.init(
        .review, .four, cells: [["t4.review.total"]],
        say.say("行政复议", en: "administrative reviews"))
    case .suit:
      self.init(
        .suit, .four, cells: [["t4.suit_direct.total", "t4.suit_after_review.total"]],
        say.say("行政诉讼", en: "suits"))
      addsUp = true
    case .result(let kind, let result):
      let blocks = kind == .review ? ["review"] : ["suit_direct", "suit_after_review"]
      let keys = blocks.compactMap { CellKey("t4.\($0).\(result.rawValue)") }
      self.init(
        kind == .review ? .review : .suit, .four, cells: [keys.map(\.name)],
        say.say(
          (kind == .review ? "行政复议" : "行政诉讼") + (keys.first?.words.column ?? ""),
          en: (kind == .review ? "reviews " : "suits ") + result.rawValue))
      addsUp = true
    case .table2(let key):
      self.init(
        .table2, .two, cells: [[key.name]],
        say.say("\(key.words.row)\(key.words.column)", en: key.row.description))
    case .noRequests, .allDone, .percent: return nil
    }
  }

  private init(
    _ rule: Rule, _ table: TableNumber, cells: [[String]], _ words: String, _ member: String? = nil
  ) {
    self.rule = rule
    self.table = table
    self.member = member
    self.words = words
    alternatives = cells.map { $0.compactMap { CellKey($0) } }
  }

  private init(
    _ rule: Rule, _ table: TableNumber, _ rows: [[String]], _ words: String,
    _ member: String? = nil, columns: [String] = ["total"]
  ) {
    self.init(
      rule, table,
      cells: rows.map { rows in
        rows.flatMap { row in columns.map { "t3.\(row).\($0)" } }
      }, words, member)
  }

  private init(group: RowGroup, _ member: String, _ words: String, _ inquiry: Inquiry) {
    let form = FormTable.of(.three, inquiry.report.template.three ?? .v2021)
    let rows = form.blocks.flatMap(\.rows).filter { row in
      row.group == group || (group == .other && row.key == "other_total")
    }
    self.init(.outcome, .three, [rows.map(\.key)], words, member)
  }
}
