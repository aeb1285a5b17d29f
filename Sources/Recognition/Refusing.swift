import Forms
import Reports

/// Whether a document is an annual report on the national form at all.
enum Refusing {
  /// Sections of reports before 2019.
  private static let oldSections = [
    "收费及减免", "收费和减免", "依申请公开政府信息收费", "政府信息公开的收费", "机构设置和经费", "机构建设和人员", "咨询处理", "工作人员和", "收费情况",
    "减免情况", "经费支出", "咨询情况", "政府支出与收费", "申诉情况", "复议、诉讼和申诉",
  ].map(f)
  private static let noticeWords = WordSet(["通知", "印发", "格式", "填报说明", "模板", "样表", "空白表"])

  static func refusal(
    _ tokens: [Token], tables: Tables, outline: Outline, identity: Identity,
    pictures: [PictureMark]
  ) -> Refusal? {
    if tables.hasFigures { return nil }
    let year = identity.year
    if !tables.readings.isEmpty {
      // Labels and not one figure: a report left empty names its unit and year, the form does not.
      let isNotice = tokens.prefix(12).contains {
        $0.folded.count <= 60 && noticeWords.isIn($0.folded)
      }
      if isNotice || !identity.isInDocument { return Refusal(.blankForm) }
      if let year, year < 2019 { return Refusal(.noNationalTemplate, detail: "\(year)") }
      return nil
    }

    let hasTitle = identity.titleParts != nil
    let filled = outline.headings.indices.filter { index in
      let range = outline.range(of: index, count: tokens.count)
      return tokens[range].contains { $0.folded.count >= 8 && !Furniture.isEnd($0.folded) }
        || pictures.contains { range.lowerBound <= $0.position && $0.position <= range.upperBound }
    }
    let sections = Set(outline.headings.map(\.section))
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

  /// Sections that only the national form has by these words.
  private static func isNational(_ sections: Set<Section>) -> Bool {
    sections.intersection([.disclosure, .requests, .disputes]).count >= 2
  }
}
