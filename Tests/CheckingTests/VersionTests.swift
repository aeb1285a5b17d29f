import Checking
import Forms
import Reports
import Testing

@Suite struct Versions {
  static let day = CalendarDate(year: 2024, month: 1, day: 20)

  @Test func `another version names the earlier one and what changed`() throws {
    let day = try #require(Self.day)
    var later = consistent()
    later.cells[key("t3.granted.natural")] = .number(5)
    later.cells[key("t2.license.decisions")] = .blank
    later.cells[key("t2.fee.amount_wan")] = Cell(class: .number, number: Figure("0.0"), raw: "0.0")
    let finding = otherVersion(
      of: later, than: EarlierVersion(arrival: 17, received: day, report: consistent()),
      findings: [], language: .chinese)
    #expect(finding.check == "DUP-OTHER-VERSION")
    #expect(finding.severity == .warning && finding.status == .fail)
    #expect(finding.cells == [key("t2.license.decisions"), key("t3.granted.natural")])
    #expect(finding.found == "17")
    #expect(finding.message.contains("2024-01-20") && finding.message.contains("2 格"))
  }

  @Test func `the same tables in another text are said to be the same`() throws {
    let day = try #require(Self.day)
    let finding = otherVersion(
      of: consistent(), than: EarlierVersion(arrival: 17, received: day, report: consistent()),
      findings: [], language: .english)
    #expect(finding.cells.isEmpty)
    #expect(finding.message.contains("no figure of the tables differs"))
  }

  /// What was wrong then, what is wrong now, which version counted, and what the receipt says.
  @Test(
    arguments: [
      (["A", "B", "C"], ["C"], nil, "上次退回的 3 处差错已改正 2 处，还有 1 处；这一份仍有差错"),
      (["A", "B", "C"], ["D"], nil, "上次退回的 3 处差错已全部改正；这一份仍有差错"),
      (["A", "B"], [], nil, "上次退回的 2 处差错已全部改正；现以这一份为准"),
      ([], ["A"], 17, "仍以第 17 号为准"),
      (["A"], ["A"], 12, "已改正 0 处，还有 1 处；这一份有差错，改正后的报告被接收之前，仍以第 12 号为准"),
      ([], [], 17, "现以这一份为准"),
    ] as [([String], [String], Int?, String)])
  func `a version says what of the last one is mended, and which one counts`(
    _ before: [String], _ now: [String], _ standing: Int?, _ words: String
  ) throws {
    func errors(_ ids: [String]) -> [Finding] {
      ids.map { Finding(check: $0, severity: .error, message: "。") }
    }
    let earlier = EarlierVersion(
      arrival: 17, received: try #require(Self.day), report: consistent(),
      findings: errors(before) + [Finding(check: "W", severity: .warning, message: "。")],
      standing: standing)
    let finding = otherVersion(
      of: consistent(), than: earlier, findings: errors(now), language: .chinese)
    #expect(finding.message.contains(words), "\(finding.message)")
    let english = otherVersion(
      of: consistent(), than: earlier, findings: errors(now), language: .english)
    #expect(english.message.hasSuffix("."))
  }

  /// What makes a report another one than the same in another file.
  enum Difference: String, CaseIterable {
    case none, mark, journaled, dateLost, remark, across
    case figure, blank, words, wordsUnknown, date, dateAdded, statement, uncertain, mistake

    var isSame: Bool {
      [.none, .mark, .journaled, .dateLost, .remark, .across].contains(self)
    }
  }

  @Test(arguments: Difference.allCases)
  func `the same report in another format is no version`(difference: Difference) throws {
    var (before, now) = (consistent(), consistent())
    var (then, said): ([Finding], [Finding]) = ([], [])
    let cell = key("t2.license.decisions")
    func finding(_ check: String, _ severity: Finding.Severity) -> Finding {
      Finding(check: check, severity: severity, message: "。")
    }
    switch difference {
    case .none: break
    case .mark:
      before.cells[cell] = Cell(class: .number, number: Figure("3.0"), raw: "3.0")
      now.cells[cell] = .number(3)
    case .journaled: before.structure = before.structure.withoutText
    case .figure: now.cells[cell] = .number(77)
    case .blank: now.cells[cell] = .blank
    case .words: now.structure.sections[0].text += "另有更正。"
    // A journal that was written before words were told apart.
    case .wordsUnknown:
      for index in before.structure.sections.indices { before.structure.sections[index].text = "" }
    case .date: now.published = CalendarDate(year: 2024, month: 1, day: 31)
    case .dateAdded: before.published = nil
    case .dateLost: now.published = nil
    case .statement:
      now.statements = [
        Statement(subject: .done, value: Figure(5), quote: "办结5件", section: .disclosure)
      ]
    case .uncertain: now.uncertain = [cell]
    case .mistake: said = [finding("FMT-ROW-MISSING", .warning)]
    case .remark: said = [finding("VAL-BLANKS", .info)]
    case .across:
      then = [finding("XY-CARRY-total", .error), finding("DUP-OTHER-VERSION", .warning)]
    }
    let earlier = EarlierVersion(
      arrival: 17, received: try #require(Self.day), report: before, findings: then)
    #expect(isSameContent(now, said, as: earlier) == difference.isSame)
  }

  @Test(arguments: Outcome.allCases, Language.allCases)
  func `a file handled before is answered with number, date and outcome`(
    outcome: Outcome, language: Language
  ) throws {
    let day = try #require(Self.day)
    let finding = sameFile(arrival: 17, received: day, outcome: outcome, language: language)
    #expect(finding.check == "DUP-SAME-FILE" && finding.severity == .info)
    #expect(finding.message.contains("17") && finding.message.contains("2024-01-20"))
    if outcome == .returned {
      // To return a report and say that it need not be sent again would be wrong.
      #expect(finding.message.contains(language == .chinese ? "改正后" : "correct"))
      #expect(!finding.message.contains("无需再报") && !finding.message.contains("need not"))
    }
  }
}
