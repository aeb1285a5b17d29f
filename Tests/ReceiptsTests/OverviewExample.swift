import Receipts
import Reports

/// An office in the middle of January.
struct Office {
  static let states = OverviewContent.Standing.State.allCases

  static func day(_ year: Int, _ month: Int, _ day: Int) -> CalendarDate {
    CalendarDate(year: year, month: month, day: day)!
  }

  /// Every state occurs; the first unit filed three versions of this year's report.
  static func content(
    units: Int = 8, years: Int = 3, name: (Int) -> String = { "青石\($0)镇人民政府" },
    language: Language = .chinese
  ) -> OverviewContent {
    let year = 2024
    var content = OverviewContent(
      language: language, today: day(2025, 1, 28), year: year,
      years: Array((year - years + 1)...year), hasRoster: true)
    for index in 0..<units {
      let standings = content.years.map { year in
        standing(states[(index + 3 * (2024 - year)) % states.count], index, year, name(index))
      }
      var unit = OverviewContent.Unit(
        name: name(index), region: "某某县", due: index == 7 ? nil : day(2025, 1, 31),
        standings: standings, page: "青石\(index)镇人民政府.html")
      unit.figures = [
        .init(name: "新收申请", values: content.years.map { $0 % 2 == 0 ? "\($0 - 2000)" : nil }),
        .init(name: "行政处罚", values: content.years.map { _ in "848" }),
      ]
      content.units.append(unit)
    }
    content.refused = [
      .init(
        file: "通知.docx",
        filing: filing(900, .unrecognised, "通知.docx", day(2025, 1, 12)))
    ]
    content.refusedCount = 3
    content.waiting = 2
    content.mistakes = [
      .init(check: "T3-ROWSUM", severity: .error, reports: 12),
      .init(check: "TXT-RECEIVED", severity: .warning, reports: 4),
      .init(check: "NEW-CHECK", severity: .info, reports: 1),
    ]
    content.judgedCount = 40
    content.measures = [
      .init(name: "新收申请", before: "1204", now: "1187"),
      .init(name: "行政收费（万元）", before: nil, now: "12.5"),
      .init(name: "行政诉讼", before: "0", now: "0"),
    ]
    content.progress = .init(now: [-3, 8, 8, 12, 27], before: [5, 9, 20, 31, 31, 40], today: 28)
    return content
  }

  private static func standing(
    _ state: OverviewContent.Standing.State, _ index: Int, _ year: Int, _ name: String
  ) -> OverviewContent.Standing {
    let arrival = year * 100 + index
    let outcome: Outcome? =
      switch state {
      case .accepted: .accepted
      case .acceptedWithWarnings: .acceptedWithWarnings
      case .correcting, .returned: .returned
      case .missing, .dueSoon, .late, .none: nil
      }
    var filings = [OverviewContent.Filing]()
    if let outcome {
      let file = "\(year)/\(name)：报告?.docx"
      if year == 2024, index == 0 {
        filings.append(filing(arrival - 50, .returned, file, day(year + 1, 1, 5)))
        filings.append(filing(arrival - 40, .returned, file, day(year + 1, 1, 9)))
        filings[0].receipt = nil
      }
      filings.append(filing(arrival, outcome, file, day(year + 1, 1, 20 + index % 8)))
    }
    return .init(
      state: state, filings: filings, isFiledLate: outcome != nil && index == 1,
      daysLeft: state == .late ? -4 : 3)
  }

  private static func filing(
    _ arrival: Int, _ outcome: Outcome, _ file: String, _ received: CalendarDate
  ) -> OverviewContent.Filing {
    .init(
      arrival: arrival, received: received, outcome: outcome,
      errors: outcome == .returned ? 3 : 0, warnings: outcome == .accepted ? 0 : 2,
      receipt: Array("\(file).receipt.html".utf8))
  }
}
