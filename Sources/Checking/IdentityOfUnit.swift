import Reports
import Roster

// ID-UNIT-*, ID-FROM-HINT: names that contradict each other, or that the report itself does not give.

extension Inquiry {
  private var names: [Evidence] { report.evidence.filter { $0.subject == .unit } }

  /// Title, sentences and signature are the report's own words: where they name different organs, one was left from
  /// another organ's report. The page around it, and its file, are told as information; a government's name on them is
  /// that of the web site.
  var unitConflict: Finding? {
    guard let unit = report.unit else { return nil }
    let chosen = names.first { $0.value == unit }
    let others = names.filter { other in
      !NameLikeness.isGovernment(other.value)
        && (!NameLikeness.canBeOne(other.value, unit)
          || chosen.map { isElsewhere(other, $0) } ?? false)
    }
    let isOwn = chosen.map { Self.own.contains($0.source) } ?? false
    let grave = others.first {
      isOwn && Self.own.contains($0.source) && !NameLikeness.isGovernment(unit)
    }
    guard let other = grave ?? others.first else { return nil }
    let rule: Rule = grave == nil ? .unitElsewhere : .unitConflict
    let place = place(of: other.source)
    return rule.finding(
      expected: unit, found: other.value, quote: other.quote,
      say(
        "\(place)写的是“\(other.value)”，本报告按“\(unit)”登记，请核对是否误用了其他单位的文字或文件。",
        en:
          "By \(place) the unit is “\(other.value)”; the report is taken for “\(unit)”. Please check whether "
          + "text or file belong to another unit."))
  }

  /// Two names that are one but for the regions in front: 青溪县水务局, 临江县水务局.
  private func isElsewhere(_ a: Evidence, _ b: Evidence) -> Bool {
    guard let one = region(of: a), let other = region(of: b) else { return false }
    return NameLikeness.areApart(a.value, in: one, b.value, in: other)
  }

  /// The region that the name itself begins with.
  private func region(of name: Evidence) -> String? {
    report.evidence.first {
      $0.subject == .region && $0.source == name.source && $0.quote == name.quote
        && name.value.mentions($0.value)
    }?.value
  }

  private static let own: Set<Evidence.Source> = [.title, .text, .signature]

  func place(of source: Evidence.Source) -> String {
    switch source {
    case .title, .banner: say("标题", en: "the title")
    case .period: say("统计期限", en: "the period")
    case .text: say("正文", en: "the text")
    case .metadata: say("信息来源或发布机构", en: "the publisher")
    case .breadcrumb: say("网页导航", en: "the breadcrumb")
    case .pageTitle: say("网页标题", en: "the title of the page")
    case .signature: say("落款", en: "the signature")
    case .furniture: say("网页页首页尾", en: "the page around it")
    case .fileName: say("文件名", en: "the file name")
    case .folder: say("文件夹", en: "the folder")
    }
  }

  /// A host's name in the title, or words in front of region and name that belong to neither: a copying site's.
  var unitForeign: Finding? {
    var foreign: String?
    if case .matched(let match) = context.roster, case .behind(let front) = match.how {
      foreign = front
    }
    if foreign == nil, let title = report.title { foreign = Self.letters(in: title) }
    if foreign == nil, let unit = report.unit,
      let title = names.first(where: { $0.source == .title })?.value, title != unit,
      title.hasSuffix(unit), !NameLikeness.isGovernment(String(title.dropLast(unit.count)))
    {
      foreign = String(title.dropLast(unit.count))
    }
    guard let foreign else { return nil }
    return Rule.unitForeign.finding(
      found: foreign, quote: report.title,
      say(
        "单位名称中夹有“\(foreign)”，像是转载网站加入的，登记时没有计入，请核对。",
        en:
          "“\(foreign)” stands in the name of the unit, as if a copying site had put it there; it was left out. "
          + "Please check."))
  }

  /// A host's name in front of 公开: letters, and the digits and points among them.
  private static func letters(in title: String) -> String? {
    let head = title.firstRange(of: "公开").map { String(title[..<$0.lowerBound]) } ?? ""
    let words = head.split { character in
      !(character.isASCII && (character.isLetter || character.isNumber || character == "."))
    }
    return words.first { $0.filter(\.isLetter).count >= 3 }.map(String.init)
  }

  /// The weakest evidence there is, and no other.
  var fromHint: Finding? {
    let unit = names.first { $0.value == report.unit }
    let years = report.evidence.filter { $0.subject == .year || $0.subject == .period }
    var parts: [(what: String, evidence: Evidence)] = []
    if let unit, Self.isHint(unit.source) {
      parts.append((say("单位“\(unit.value)”", en: "the unit “\(unit.value)”"), unit))
    }
    if let year = report.year, let first = years.first, first.value == String(year),
      years.allSatisfy({ Self.isHint($0.source) })
    {
      parts.append((say("年度 \(year)", en: "the year \(year)"), first))
    }
    guard let first = parts.first else { return nil }
    let what = language.list(parts.map(\.what))
    let place = place(of: first.evidence.source)
    return Rule.fromHint.finding(
      quote: first.evidence.quote,
      say(
        "\(what)只见于\(place)，报告中没有写，请在标题中写明。",
        en: "Only \(place) tells \(what); please name it in the title."))
  }

  private static func isHint(_ source: Evidence.Source) -> Bool {
    source == .fileName || source == .folder
  }
}
