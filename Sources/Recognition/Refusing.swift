import Forms
import Reports

/// Whether a document is an annual report on the national form at all.
enum Refusing {
  /// Sections of reports before 2019.
  private static let oldSections = [
    "收费及减免", "收费和减免", "依申请公开政府信息收费", "政府信息公开的收费", "机构设置和经费", "机构建设和人员", "咨询处理", "工作人员和", "收费情况",
    "减免情况", "经费支出", "咨询情况", "政府支出与收费", "申诉情况", "复议、诉讼和申诉",
  ].map(f)
  /// Lines that call a document the form itself or a notice of it.
  private static let forms = WordSet(["格式", "模板", "样表", "空白表", "填报说明", "编制说明"])
  private static let notices = WordSet(["通知", "函", "意见"])
  private static let printed = f("印发")
  /// What other documents are called, at the end of their titles; and words by which news begins.
  private static let otherKinds = WordSet([
    "通报", "通知", "解读", "统计表", "汇总表", "情况表", "一览表", "公报", "预算", "决算", "指南", "目录", "清单", "办法", "规程",
    "细则", "条例",
    "方案", "要点", "公告", "公示", "评估报告", "评估结果", "测评", "统计", "统计年报", "示范", "样式", "会议", "培训", "分析", "对比",
    "排名", "案例",
    "问答", "简报", "日报", "新闻", "总结", "情况", "考核",
  ])
  private static let news = WordSet(["本报讯", "记者", "通讯员", "日前,", "近日,"])

  /// A document is taken for a report by its title, by the sections that only the national form has, or by a table of
  /// the form that is there for the most part. A page that is called otherwise may quote a table: it must have the
  /// sections and two tables, as a notice has that publishes a report.
  static func refusal(
    _ tokens: [Token], tables: Tables, outline: Outline, identity: Identity,
    pictures: [PictureMark]
  ) -> Refusal? {
    let year = identity.year
    let hasTitle = identity.titleParts != nil
    let sections = Set(outline.headings.map(\.section))
    let start = min(
      outline.headings.map(\.position).min() ?? tokens.count,
      tables.spans.map(\.lowerBound).min() ?? tokens.count)
    let head = tokens[..<max(start, min(3, tokens.count))].prefix(40)
    if tables.hasFigures {
      let isWhole = isNational(sections) && tables.readings.count { $0.found.state == .read } >= 2
      if let line = head.first(where: {
        isOnReports($0, isWhole: isWhole) || isTitledOtherwise($0, in: head)
      }
      ) {
        return Refusal(.notAReport, detail: inOneLine(line.raw))
      }
      if identity.titleParts.map(isPartOfYear) ?? false {
        return Refusal(.notAReport, detail: inOneLine(identity.title ?? ""))
      }
      if hasTitle {
        guard let year, year < 2019, !isNational(sections), !isMostOfTable3(tables) else {
          return nil
        }
        return Refusal(.noNationalTemplate, detail: "\(year)")
      }
      return isReport(tables, sections, isOther: head.contains(where: isOther))
        ? nil : Refusal(.notAReport)
    }
    if !tables.readings.isEmpty {
      // Labels and not one figure: a report left empty names its unit and year, the form does not.
      let isForm = head.contains(where: isForm)
      if hasTitle, identity.isInDocument, !isForm {
        guard let year, year < 2019 else { return nil }
        return Refusal(.noNationalTemplate, detail: "\(year)")
      }
      let isMost = rows(tables.three?.reading) >= 12 || rows(tables.two?.reading) >= 4
      if isForm || hasTitle || isMost && !head.contains(where: isOther) {
        return Refusal(.blankForm)
      }
    }

    let filled = outline.headings.indices.filter { index in
      let range = outline.range(of: index, count: tokens.count)
      return tokens[range].contains { $0.folded.count >= 8 && !Furniture.isEnd($0.folded) }
        || pictures.contains { range.lowerBound <= $0.position && $0.position <= range.upperBound }
    }
    let old = oldSections.filter { words in
      tokens.contains { $0.folded.count <= 40 && $0.folded.contains(words: words) }
    }
    if hasTitle, let year, year < 2019 { return Refusal(.noNationalTemplate, detail: "\(year)") }
    if old.count >= 2, hasTitle || old.count >= 3, !isNational(sections) {
      return Refusal(.noNationalTemplate, detail: year.map(String.init) ?? "")
    }
    let isReport =
      hasTitle
      ? sections.count >= 3 && filled.count >= 2 && isNational(sections)
      : sections.count >= 5 && filled.count >= 3
    return isReport ? nil : Refusal(.notAReport)
  }

  // MARK: Evidence

  /// The rows of the form that a table has.
  private static func rows(_ reading: TableReading?) -> Int {
    guard let reading else { return 0 }
    return Set(reading.filling.cells.keys.map(\.row)).count - reading.found.rowsMissing.count
  }

  private static func isMostOfTable3(_ tables: Tables) -> Bool {
    tables.three?.reading.found.state == .read && rows(tables.three?.reading) >= 12
  }

  /// Whether tables with figures are a report's although no title says so.
  private static func isReport(
    _ tables: Tables, _ sections: Set<Section>, isOther: Bool
  ) -> Bool {
    let count = tables.readings.count { $0.found.state == .read }
    if isOther { return isNational(sections) && count >= 2 }
    if isNational(sections) || count == 3 { return true }
    if tables.three?.reading.found.state == .read, rows(tables.three?.reading) >= 8 { return true }
    guard let two = tables.two?.reading, two.found.state == .read else { return false }
    return two.found.rowsMissing.isEmpty || sections.contains(.disclosure) && rows(two) >= 3
  }

  /// A line that calls the document something else than a report; 政府信息公开指南 alone is an item of a menu.
  private static func isOther(_ token: Token) -> Bool {
    guard token.isWords, token.folded.count <= 60 else { return false }
    let words = token.folded
    if news.isIn(words) { return true }
    return (words.count >= 10 || token.isHeading) && otherKinds.isSuffix(of: withoutBrackets(words))
  }

  /// A title that names reports and is called otherwise: how to fill them in, what is wrong with one, what they come to.
  /// What is in its tables is an example or another's, however complete. A notice that publishes a report is none of these,
  /// and neither is one that prints or corrects a report and has it whole behind it.
  private static func isOnReports(_ token: Token, isWhole: Bool) -> Bool {
    guard token.isWords, (12...60).contains(token.folded.count), token.folded.last != U.fullStop
    else { return false }
    let words = withoutBrackets(token.folded)
    guard aboutReports.isSuffix(of: words), let report = annualReport(in: words) else {
      return false
    }
    let before = Array(words[..<report.lowerBound])
    if published.isIn(before) { return false }
    let behind = Array(words[report.upperBound...].drop { $0 == of })
    let carries =
      reprinted.isIn(before) && papers.contains(behind)
      || corrected.isPrefix(of: behind) && aboutReports.words.contains(Array(behind.dropFirst(2)))
    return !(carries && isWhole)
  }

  /// As printed, for a message: on one line and no longer than a title is.
  private static func inOneLine(_ raw: some StringProtocol) -> String {
    let words = String(raw).unicodeScalars.split(whereSeparator: Fold.isSpace).map(String.init)
    return String(words.joined(separator: " ").prefix(80))
  }

  private static func annualReport(in words: Folded) -> Range<Int>? {
    for index in words.indices {
      if let word = annualReport.word(at: index, in: words) { return index..<(index + word.count) }
    }
    return nil
  }

  private static let annualReport = WordSet(["年度报告", "工作报告", "工作年报", "年报"])
  private static let aboutReports = WordSet([
    "通知", "函", "填报说明", "编制说明", "填表说明", "说明", "分析", "情况通报", "的通报", "的意见", "培训", "问答", "示例", "样例",
    "范例",
  ])
  private static let published = WordSet(["公布", "发布", "公开发布", "印送", "报送", "上报"])
  private static let reprinted = WordSet(["印发", "更正", "勘误", "订正"])
  private static let corrected = WordSet(["更正", "勘误", "订正"])
  private static let papers = Set(["通知", "函", "说明"].map(f))
  private static let of: UInt16 = 0x7684

  /// A model text with its figures, or a paper on reports with a form of its own: 年度报告（模板）, 【范文】…, 年度报告审核表. Where the
  /// head has a report's title as well, such a line is that of an annex; not so （范文） on a line of its own.
  private static func isTitledOtherwise(_ token: Token, in head: ArraySlice<Token>) -> Bool {
    guard isModelOrPaper(token) else { return false }
    return withoutBrackets(token.folded).isEmpty
      || !head.contains { line in
        line.isWords && !isModelOrPaper(line)
          && Title(line.folded).map { $0.unit != nil || $0.year != nil } ?? false
      }
  }

  private static func isModelOrPaper(_ token: Token) -> Bool {
    let words = token.folded
    guard token.isWords, (4...60).contains(words.count), words.last != U.fullStop else {
      return false
    }
    let bare = withoutBrackets(words)
    if bare.isEmpty { return models.isIn(words) }
    // 年报模板 alone is an item of a menu.
    guard words.count >= 10 else { return false }
    if models.isIn(Array(words[bare.count...])) { return namesReport(bare) }
    if words.first == U.open, let close = words.firstIndex(of: U.close),
      models.isIn(Array(words[..<close]))
    {
      return namesReport(words)
    }
    return models.isSuffix(of: bare) && namesReport(bare)
      || otherPapers.isSuffix(of: bare) && namesReport(bare)
  }

  private static func namesReport(_ words: Folded) -> Bool { annualReport(in: words) != nil }

  private static let models = WordSet(["样本", "模板", "范文", "范本", "样表", "示例", "样例", "范例"])
  private static let otherPapers = WordSet([
    "评估报告", "审核表", "汇总表", "统计表", "登记表", "培训材料", "培训课件", "讲义", "反馈", "审核意见",
  ])

  /// 上半年, 三季度: a report on less than a year.
  private static func isPartOfYear(_ title: Title) -> Bool {
    title.unit.map { partsOfYear.isSuffix(of: Fold.fold($0)) } ?? false
  }

  private static let partsOfYear = WordSet([
    "上半年", "下半年", "半年", "半年度", "季度", "月份", "月度",
  ])

  private static func isForm(_ token: Token) -> Bool {
    guard token.isWords, token.folded.count <= 60, let last = token.folded.last,
      last != U.fullStop, !token.folded.contains(U.comma)
    else { return false }
    let words = token.folded
    return notices.isSuffix(of: words) || words.contains(words: printed) && forms.isIn(words)
      || forms.isSuffix(of: withoutBrackets(words))
      || forms.isSuffix(of: words.filter { $0 != U.close })
  }

  /// 统计表（2023年）: the name without what stands in brackets behind it.
  private static func withoutBrackets(_ words: Folded) -> Folded {
    guard words.last == U.close, let open = words.lastIndex(of: U.open) else { return words }
    return Array(words[..<open])
  }

  /// Sections that only the national form has by these words.
  private static func isNational(_ sections: Set<Section>) -> Bool {
    sections.intersection([.disclosure, .requests, .disputes]).count >= 2
  }
}
