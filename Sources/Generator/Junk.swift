public import Reports

/// Files that are no report, and what must be said of each.
public enum Junk: String, Sendable, CaseIterable {
  case empty
  case binary
  /// A page of news.
  case news
  /// A page with a table of money.
  case budget
  /// A guide to filing requests.
  case guide
  case links
  /// A report of before 2019: no national form.
  case before2019 = "before-2019"
  /// All headings, and pictures in place of the tables.
  case pictures
  /// Text cut off in the middle of table 3.
  case truncated
  /// The form with no figure, no unit and no year.
  case blankForm = "blank-form"

  public var fileExtension: String {
    switch self {
    case .empty, .truncated, .before2019: "txt"
    case .binary: "dat"
    default: "html"
    }
  }

  /// The outcome owed, and the reason's code where it is a refusal.
  public var owed: (outcome: Outcome, reason: String?) {
    switch self {
    case .empty: (.unreadable, "empty")
    case .binary: (.unreadable, "not_a_document")
    case .news, .budget, .guide, .links: (.unrecognised, "not_a_report")
    case .before2019: (.unrecognised, "no_national_template")
    case .blankForm: (.unrecognised, "blank_form")
    case .pictures, .truncated: (.returned, nil)
    }
  }

  /// Errors and warnings that must fail.
  public var checks: Set<String> {
    switch self {
    case .pictures: ["FMT-TABLE-MISSING-2", "FMT-TABLE-MISSING-3", "FMT-TABLE-MISSING-4"]
    default: []
    }
  }

  /// The bytes; the same for the same organ, year and seed.
  public func bytes(organ: Organ, year: Int, seed: UInt64) -> [UInt8] {
    var random = SplitMix64(seed: seed)
    let place = organ.county
    switch self {
    case .empty: return []
    case .binary: return (0..<4096).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    case .news:
      return page(
        "\(place)召开秋粮收购工作会议",
        [
          "本报讯 \(place)日前召开会议，部署今年的秋粮收购工作。",
          "会议要求各收购点备足仓容，按质论价，当天结清货款。来源编号\(random.int(1000...9999))。",
        ])
    case .budget:
      return page(
        "\(organ.name)\(year)年部门预算公开表",
        [
          "<table><tr><th>项目</th><th>预算数</th></tr><tr><td>基本支出</td><td>\(random.int(100...999))</td></tr>"
            + "<tr><td>项目支出</td><td>\(random.int(10...99))</td></tr><tr><td>合计</td><td>1</td></tr></table>"
        ])
    case .guide:
      return page(
        "\(organ.name)政府信息公开指南",
        [
          "一、受理机构：\(organ.name)办公室。二、申请方式：当面提交或者邮寄申请表。",
          "三、答复时限：自收到申请之日起二十个工作日内答复。编号\(random.int(1...999))。",
        ])
    case .links:
      return page(
        "\(place)政府信息公开",
        (1...12).map { "<a href=\"/item/\($0 + random.int(1...90))\">法定主动公开内容（\($0)）</a>" })
    case .before2019: return Array(before2019(organ, random.int(20...90)).utf8)
    case .pictures: return pictures(organ, year, &random)
    case .truncated: return truncated(organ, year, &random)
    case .blankForm: return blankForm()
    }
  }

  private func page(_ title: String, _ paragraphs: [String]) -> [UInt8] {
    let body = paragraphs.map { $0.hasPrefix("<table") ? $0 : "<p>\($0)</p>" }.joined(
      separator: "\n")
    return Array(
      """
      <!DOCTYPE html>
      <html><head><meta charset="utf-8"><title>\(title)</title></head>
      <body><h1>\(title)</h1>
      \(body)
      </body></html>

      """.utf8)
  }

  private func before2019(_ organ: Organ, _ count: Int) -> String {
    """
    \(organ.name)2016年政府信息公开工作年度报告
    一、概述
    2016年，\(organ.short)按照条例要求开展政府信息公开工作。
    二、主动公开政府信息情况
    全年主动公开政府信息\(count)条。
    三、依申请公开政府信息情况
    全年没有收到书面申请。
    四、政府信息公开收费及减免情况
    没有收费。
    五、因政府信息公开申请行政复议、提起行政诉讼情况
    没有发生。
    六、存在的主要问题及改进情况
    目录更新还不够快，今后按月核对。

    """
  }

  /// A small report in a form, to be spoilt.
  private func report(
    _ organ: Organ, _ year: Int, _ random: inout SplitMix64
  ) -> SyntheticReport {
    .random(organ: organ, options: .init(year: year, size: .dozens), using: &random)
  }

  private func pictures(_ organ: Organ, _ year: Int, _ random: inout SplitMix64) -> [UInt8] {
    var report = report(organ, year, &random)
    report.tablesMissing = [.two, .three, .four]
    report.narrative = .silent
    let page = String(decoding: report.printed(Layout(.clean), seed: 0).bytes, as: UTF8.self)
    var number = 0
    var result = ""
    for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
      result += line + "\n"
      if ["<strong>二、", "<strong>三、", "<strong>四、"].contains(where: { line.contains($0) }) {
        number += 1
        result += "<p><img src=\"/images/table\(number).png\" alt=\"\"></p>\n"
      }
    }
    return Array(result.utf8)
  }

  private func truncated(_ organ: Organ, _ year: Int, _ random: inout SplitMix64) -> [UInt8] {
    let bytes = report(organ, year, &random).printed(Layout(.lines), seed: 0).bytes
    let text = String(decoding: bytes, as: UTF8.self)
    guard let row = text.firstRange(of: "7.属于行政执法案卷") else { return bytes }
    return Array(text[..<row.lowerBound].utf8)
  }

  private func blankForm() -> [UInt8] {
    var random = SplitMix64(seed: 0)
    var report = SyntheticReport.random(
      organ: Organ(number: 0), options: .init(year: 2023, size: .none), using: &random)
    report.cells = report.cells.mapValues { _ in .blank }
    let renderer = HTMLRenderer(report, Layout(.clean), random)
    return Array(renderer.blankForm().utf8)
  }

  /// One line of so many bytes, of the words of a form, as a broken program might write it.
  public static func line(bytes: Int) -> [UInt8] {
    let words = Array("规章 0 行政许可 12 ".utf8)
    var line: [UInt8] = []
    line.reserveCapacity(bytes)
    while line.count < bytes { line += words.prefix(bytes - line.count) }
    return line
  }
}
