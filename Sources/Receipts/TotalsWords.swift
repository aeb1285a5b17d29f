import Collection
import Forms
import Reports

/// What stands around the tables of totals: what they are, and everything that is not in them.
struct TotalsWords {
  let totals: Totals
  let language: Language

  /// Names in a note are cut off here; the machine-readable formats have them all.
  private static let namesShown = 30

  var title: String {
    let region = totals.region ?? ""
    return language.say(
      "\(region)\(totals.year)年政府信息公开工作年度报告数据汇总",
      en: "Annual reports on government information disclosure for \(totals.year), added up"
        + (region.isEmpty ? "" : ": \(region)"))
  }

  /// How many were added, and of how many.
  var summary: String {
    let membership = totals.membership
    let count = membership.members.count
    guard totals.hasRoster else {
      return language.say(
        "已加入 \(count) 份报告。没有应报单位名册，无法知道还缺哪些单位。",
        en: "\(english(count, "report")) added. Without a roster nobody knows who is missing.")
    }
    let expected = count + membership.missing.count + membership.returned.count
    return membership.isComplete
      ? language.say(
        "应加入 \(expected) 个单位，全部加入。", en: "All \(english(expected, "unit")) are in it.")
      : language.say(
        "应加入 \(expected) 个单位，已加入 \(count) 个，还缺 \(expected - count) 个：汇总不完整。",
        en: "\(count) of \(english(expected, "unit")) are in it: the totals are not complete.")
  }

  /// Who is not in it, and which cells could not be added, in sentences.
  var notes: [String] {
    let membership = totals.membership
    var notes: [String] = []
    if !membership.missing.isEmpty {
      notes.append(
        language.say(
          "未报 \(membership.missing.count) 个：", en: "Missing (\(membership.missing.count)): ")
          + names(membership.missing.map(\.unit)))
    }
    if !membership.returned.isEmpty {
      notes.append(
        language.say(
          "已报但有差错、退回待更正，未加入 \(membership.returned.count) 个：",
          en: "Returned and not added (\(membership.returned.count)): ")
          + names(
            membership.returned.map { absent in
              absent.unit
                + (absent.returned.map {
                  language.say("（第 \($0.arrival) 号）", en: " (number \($0.arrival))")
                }
                  ?? "")
            }))
    }
    let corrections = membership.members.compactMap { member in
      member.returned.map { (member, $0) }
    }
    if !corrections.isEmpty {
      notes.append(
        language.say(
          "更正件有差错被退回，仍用此前接收的一份 \(corrections.count) 个：",
          en:
            "A correction was returned, the version accepted before is used (\(corrections.count)): "
        )
          + names(
            corrections.map { member, returned in
              language.say(
                "\(member.unit)（用第 \(member.arrival) 号，退回第 \(returned.arrival) 号）",
                en: "\(member.unit) (\(member.arrival) used, \(returned.arrival) returned)")
            }))
    }
    if !membership.wholes.isEmpty {
      notes.append(
        language.say(
          "本级总报告已含各单位数据，不再相加：",
          en: "Reports of the level itself contain the others and are not added: ")
          + names(membership.wholes.map(\.unit)))
    }
    if !membership.unexpected.isEmpty {
      notes.append(
        language.say(
          "不在名册中，未加入 \(membership.unexpected.count) 份：",
          en: "Not on the roster and not added (\(membership.unexpected.count)): ")
          + names(
            membership.unexpected.map {
              language.say("\($0.unit)（第 \($0.arrival) 号）", en: "\($0.unit) (number \($0.arrival))")
            }))
    }
    notes += formNotes + cellNotes
    return notes
  }

  private var formNotes: [String] {
    [TableNumber.two, .three].compactMap { table in
      let old = totals.members(of: table, on: .v2019)
      guard old > 0 else { return nil }
      let new = totals.members(of: table, on: .v2021)
      return language.say(
        "\(language.title(table))：\(new) 份用 2021 年表式，\(old) 份用 2019 年表式，两种表式不同的项目分开列出，不相加。",
        en:
          "\(language.title(table)): \(new) on the form of 2021, \(old) on that of 2019; what differs is not "
          + "added together.")
    }
  }

  private var cellNotes: [String] {
    var notes: [String] = []
    let blank = totals.gaps.count { $0.gaps.blank + $0.gaps.notApplicable > 0 }
    if blank > 0 {
      let cells = totals.gaps.reduce(0) { $0 + $1.gaps.blank + $1.gaps.notApplicable }
      notes.append(
        language.say(
          "\(blank) 个单位共 \(cells) 格没有填数字（空白或“/”），没有当作 0，也没有加入。",
          en:
            "\(english(cells, "cell")) of \(english(blank, "unit")) have no figure (blank or “/”): not taken "
            + "for 0, and not added."))
    }
    let unsure = totals.gaps.filter { $0.gaps.uncertain + $0.gaps.text > 0 }
    if !unsure.isEmpty {
      let cells = unsure.reduce(0) { $0 + $1.gaps.uncertain + $1.gaps.text }
      notes.append(
        language.say(
          "\(unsure.count) 个单位共 \(cells) 格程序没有把握读对，没有加入，请对照原件：",
          en:
            "\(english(cells, "cell")) of \(english(unsure.count, "unit")) are uncertain and not added; "
            + "compare the originals: ")
          + names(
            unsure.map {
              language.say(
                "\($0.member.unit)（第 \($0.gaps.arrival) 号）",
                en: "\($0.member.unit) (number \($0.gaps.arrival))")
            }))
    }
    if let amount = CellKey("t2v19.procurement.amount"), totals.sums[amount].unitless > 0 {
      notes.append(
        language.say(
          "“采购总金额”表式没有规定单位，各单位填报的单位不一，不能相加。",
          en: "The form gives no unit for 采购总金额: it cannot be added."))
    }
    return notes
  }

  private func names(_ names: [String]) -> String {
    let shown = names.prefix(Self.namesShown).map { visible($0, limit: 60) }
      .joined(separator: language.say("、", en: ", "))
    guard names.count > Self.namesShown else { return shown }
    return language.say(
      "\(shown)等 \(names.count) 个", en: "\(shown) and others, \(names.count) in all")
  }

  /// What a cell of the tables shows.
  func text(_ key: CellKey) -> String {
    let cell = totals.sums[key]
    if let figure = cell.figure { return figure.description }
    if cell.filled == 0 { return "" }
    if cell.unitless > 0 { return language.say("不能相加", en: "not added") }
    return cell.numbers > 0
      ? language.say("过大", en: "too large") : language.say("空白", en: "blank")
  }

  /// The sum lacks what some members have not told.
  func isPartial(_ key: CellKey) -> Bool { totals.sums[key].open > 0 }

  func title(_ table: FormTable) -> String {
    let title = language.title(table.number)
    guard table.number == .two else { return title }
    return title
      + (table.template == .v2021
        ? language.say("（2021 年表式）", en: " (form of 2021)")
        : language.say("（2019 年表式）", en: " (form of 2019)"))
  }
}
