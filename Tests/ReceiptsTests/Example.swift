import Forms
import Receipts
import Reports

/// Receipts of invented places, one for each kind of answer.
enum Example: String, CaseIterable, Sendable {
  case accepted, warnings, returned, duplicate, blankForm, unreadable, form2019, mixed,
    checkEnglish,
    unpacked, member

  /// 2026-01-28 09:02:05 in China.
  private static let received = Timestamp(microseconds: 1_769_562_125_000_123)
  private static let digest = String(repeating: "3f9a41c07be2d856", count: 4)
  private static let hash = String(repeating: "b07d5512c9e4a3f8", count: 4)

  func content() throws -> ReceiptContent {
    var content = ReceiptContent(
      arrival: 128, received: Self.received, file: "青石镇2025年度报告.html", sha256: Self.digest,
      bytes: 41_873, format: .html, encoding: "utf-8", outcome: .accepted,
      entry: .init(sequence: 512, hash: Self.hash))
    switch self {
    case .accepted: content.report = try Self.town()
    case .warnings: try Self.addWarnings(to: &content)
    case .returned: try Self.addErrors(to: &content)
    case .duplicate:
      content.outcome = .duplicate
      content.duplicateOf = .init(
        number: 97, received: Timestamp(microseconds: 1_769_043_600_000_000), outcome: .accepted,
        file: "青石镇年报（定稿）.html")
    case .blankForm:
      content.outcome = .unrecognised
      content.refusal = Refusal(.blankForm)
    case .unreadable:
      content.file = "青石镇2025年度报告.pdf"
      (content.format, content.encoding) = (.pdf, nil)
      content.outcome = .unreadable
      content.refusal = Refusal(.unsupportedFormat, detail: "PDF")
    case .unpacked: Self.unpack(&content)
    case .member:
      content.file = "报送.zip/东/青石镇2025年度报告.html"
      content.report = try Self.town()
      content.parent = .init(
        number: 120, received: Self.received, outcome: .unpacked, file: "报送.zip")
    case .form2019: try Self.useFormOf2019(&content)
    case .mixed: try Self.mixForms(&content)
    case .checkEnglish:
      try Self.addErrors(to: &content)
      (content.arrival, content.received, content.entry) = (nil, nil, nil)
      content.language = .english
    }
    return content
  }

  /// A town with ten requests, all sums right.
  private static func unpack(_ content: inout ReceiptContent) {
    content.file = "报送.zip"
    (content.format, content.encoding) = (.zip, nil)
    content.outcome = .unpacked
    content.members = [
      .init(
        number: 129, file: "东/青石镇2025年度报告.html", outcome: .accepted, unit: "青石镇人民政府",
        year: 2025),
      .init(number: 130, file: "西/白沙镇.docx", outcome: .returned, unit: "白沙镇人民政府", year: 2025),
      .init(number: 131, file: "说明.txt", outcome: .unrecognised, unit: nil, year: nil),
    ]
    content.findings = leftOut(
      Unpacked(ignored: ["__MACOSX/_._a", "Thumbs.db"], ignoredCount: 2), language: .chinese)
  }

  private static func town() throws -> Report {
    var report = Report.zeros()
    report.title = "云岭市青石镇人民政府2025年政府信息公开工作年度报告"
    report.unit = "青石镇人民政府"
    report.region = "云岭市"
    report.kind = .own
    report.year = 2025
    report.published = CalendarDate(year: 2026, month: 1, day: 26)
    try report.fill([
      "t2.normative.issued": 2, "t2.normative.repealed": 1, "t2.normative.in_force": 7,
      "t2.license.decisions": 214, "t2.penalty.decisions": 36, "t3.new_received.natural": 12,
      "t3.new_received.company": 2, "t3.new_received.total": 14, "t3.carried_in.natural": 1,
      "t3.carried_in.total": 1, "t3.granted.natural": 8, "t3.granted.company": 1,
      "t3.granted.total": 9, "t3.partial.natural": 1, "t3.partial.total": 1,
      "t3.deny_third_party.company": 1, "t3.deny_third_party.total": 1,
      "t3.unable_not_held.natural": 2, "t3.unable_not_held.total": 2,
      "t3.results_total.natural": 11, "t3.results_total.company": 2, "t3.results_total.total": 13,
      "t3.carried_out.natural": 2, "t3.carried_out.total": 2, "t4.review.upheld": 1,
      "t4.review.total": 1,
    ])
    report.cells[try key("t2.fee.amount_wan")] = Cell(
      class: .number, number: Figure("3.50"), raw: "3.50万元")
    return report
  }

  private static func addWarnings(to content: inout ReceiptContent) throws {
    var report = try town()
    report.cells[try key("t2.rules.issued")] = .number(2)
    report.cells[try key("t4.suit_direct.pending")] = Cell(class: .notApplicable, raw: "/")
    report.cells[try key("t4.suit_direct.total")] = Cell(class: .notApplicable, raw: "/")
    content.report = report
    content.outcome = .acceptedWithWarnings
    content.supersedes = .init(
      number: 97, received: Timestamp(microseconds: 1_769_043_600_000_000), outcome: .returned)
    content.findings = [
      Finding(
        check: "T2-RULES-POWER", severity: .warning, cells: [try key("t2.rules.issued")],
        expected: "0", found: "2",
        message: "乡镇没有制定规章的权限，“规章”行“本年制发件数”填了 2，请确认是否把规范性文件填到了规章。"),
      Finding(
        check: "TXT-RECEIVED", severity: .warning,
        cells: [try key("t3.new_received.total")], expected: "14", found: "13",
        message: "正文说新收申请 13 件，表中新收 14 件、新收加结转 15 件，都不一致，请核对。",
        quote: "2025年，本镇共收到政府信息公开申请13件，均已在法定期限内答复。"),
      Finding(
        check: "TXT-DUTY-6-FEE", severity: .info,
        message: "第六部分没有说明收取信息处理费的情况，请按统一格式写明（没有收取的也请写明）。"),
      Finding(
        check: "T4-SUM-suit_direct", status: .notAssessable, severity: .error,
        cells: [try key("t4.suit_direct.pending"), try key("t4.suit_direct.total")],
        message: "“未经复议直接起诉”的总计没有核对：其中有格子没有填数字。"),
    ]
  }

  /// One wrong cell that breaks a row and a column, a row without a clear number of cells, blanks, a negative figure.
  private static func addErrors(to content: inout ReceiptContent) throws {
    var report = try town()
    report.cells[try key("t3.granted.natural")] = .number(3)
    report.cells[try key("t2.coercion.decisions")] = .number(-4)
    for column in ["natural", "company", "research", "charity", "legal_service", "other_org"] {
      let key = try key("t3.reject_repeat.\(column)")
      report.cells[key] = .blank
      report.uncertain.insert(key)
    }
    for name in ["t3.reject_publication", "t3.reject_abusive"] {
      for column in ["research", "charity", "legal_service"] {
        report.cells[try key("\(name).\(column)")] = .blank
      }
    }
    let doubtful = try key("t3.reject_petition.natural")
    report.cells[doubtful] = Cell(class: .text, raw: "O")
    report.uncertain.insert(doubtful)
    report.doubts = [
      Doubt(reason: .unreadable, cells: [doubtful], quote: "O"),
      Doubt(
        reason: .cellCount, cells: report.uncertain.subtracting([doubtful]).sorted(),
        quote: "2.重复申请 0 0"),
    ]
    content.report = report
    content.outcome = .returned
    let suspect = Finding.Suspect(cell: try key("t3.granted.natural"), balancesAt: Figure(8))
    let relations = FormTable.table3of2021.relations
    let sums = [("T3-ROWSUM-granted", "4", "9"), ("T3-COLSUM-natural", "6", "11")]
    content.findings = sums.flatMap { check, expected, found in
      relations.filter { $0.check == check }.map {
        Finding(
          check: check, severity: .error, cells: $0.cells, expected: expected, found: found,
          message: "各项相加等于 \(expected)，而总计填的是 \(found)，两者不等。", suspect: suspect)
      }
    }
    content.findings += [
      Finding(
        check: "TXT-PLACEHOLDER", severity: .warning, message: "正文里还留着范本的文字，请改成本单位的内容。",
        quote: "本报告如有疑问，请与XX（单位全称）联系。"),
      Finding(
        check: "VAL-NEGATIVE", severity: .error, cells: [try key("t2.coercion.decisions")],
        found: "-4", message: "“行政强制”行“本年处理决定数量”列填了负数 -4，数量不能是负数，请更正。"),
      Finding(
        check: "VAL-UNCERTAIN", severity: .warning, cells: report.uncertain.sorted(),
        message: "有 7 格程序没有把握读对，请对照原件核对。", quote: "2.重复申请 0 0"),
      Finding(
        check: "VAL-BLANKS", severity: .info,
        cells: report.cells.filter { $0.value.class == .blank }.keys.sorted(),
        message: "第三部分有 12 格空白，没有发生的请填 0。"),
      Finding(
        check: "T3-ROWSUM-reject_repeat", status: .notAssessable, severity: .error,
        cells: FormTable.table3of2021.blocks[0].rows.filter { $0.key == "reject_repeat" }
          .flatMap { FormTable.table3of2021.blocks[0].keys(of: $0) },
        message: "“（五）不予处理 2.重复申请”一行的总计没有核对：其中有空白格。"),
    ]
  }

  private static func useFormOf2019(_ content: inout ReceiptContent) throws {
    var report = Report.zeros(two: .v2019, three: .v2019)
    report.unit = "云岭市水务局"
    report.year = 2020
    report.published = CalendarDate(year: 2021, month: 1, day: 20)
    try report.fill([
      "t2v19.license.prev_items": 12, "t2v19.license.decisions": 350,
      "t2v19.penalty.prev_items": 80, "t2v19.penalty.decisions": 42, "t3.other_total.natural": 1,
      "t3.other_total.total": 1, "t3.results_total.natural": 1, "t3.results_total.total": 1,
      "t3.new_received.natural": 1, "t3.new_received.total": 1,
    ])
    report.cells[try key("t2v19.license.delta")] = Cell(
      class: .number, number: Figure(3), raw: "+3")
    report.cells[try key("t2v19.penalty.delta")] = Cell(
      class: .number, number: Figure(-38), raw: "减38")
    report.cells[try key("t2v19.procurement.amount")] = Cell(
      class: .number, number: Figure("2601.953875"), raw: "2601.953875万")
    content.report = report
    content.outcome = .acceptedWithWarnings
    let cells = try ["prev_items", "delta", "decisions"].map { try key("t2v19.penalty.\($0)") }
    content.findings = [
      Finding(
        check: "T2-V19-AS-SUM", severity: .warning, cells: cells, found: "42",
        message: "“行政处罚”的处理决定数量正好等于项目数量与增减之和，请确认没有把项目数填成决定数。")
    ]
  }

  /// Block one of 2019, the others of 2021; table 3 of 2019; table 4 a picture.
  private static func mixForms(_ content: inout ReceiptContent) throws {
    var report = Report.zeros(two: .mixed, three: .v2019)
    report.template.four = nil
    for key in FormTable.table4.cells { report.cells[key] = nil }
    for key in FormTable.table2of2019.blocks[0].cells { report.cells[key] = .number(1) }
    for block in FormTable.table2of2021.blocks.dropFirst() {
      for key in block.cells { report.cells[key] = .number(2) }
    }
    report.structure.tables = [TableFound(table: .four, state: .picture)]
    report.unit = "云岭市"
    report.year = 2021
    content.report = report
    content.outcome = .returned
    content.findings = [
      Finding(
        check: "FMT-TABLE-MISSING-4", severity: .error,
        message: "第四部分行政复议、行政诉讼表是图片或附件，读不出数字，请把表格直接放进报告正文再报。")
    ]
  }
}
