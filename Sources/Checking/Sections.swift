import Forms
import Reports

// FMT-SECTION-*: the skeleton of six sections.

extension Inquiry {
  var structureFindings: [Finding] {
    let sections = report.structure.sections
    return [missingSections(sections), disorder(sections), numbering(sections)].compactMap { $0 }
  }

  private func missingSections(_ found: [SectionFound]) -> Finding? {
    let present = Set(found.map(\.section))
    let missing = Section.allCases.filter { !present.contains($0) }
    guard !missing.isEmpty else { return nil }
    let names = language.list(missing.map { "\($0.numeral)、\($0.title.official)" })
    return Rule.sectionMissing.finding(
      found: String(present.count),
      report.structure.endsEarly
        ? say(
          "文件在中途断了，缺少\(names)，请重新导出完整的报告再报。",
          en:
            "The document breaks off; missing: \(names). Please export it whole and send it again.")
        : say(
          "全国统一格式有六个部分，报告中没有找到\(names)，请补上或核对标题。",
          en:
            "The national form has six sections; not found: \(names). Please add them or mend the "
            + "headings."))
  }

  /// A page may carry a list of contents before the report: one run of headings in order is enough.
  private func disorder(_ found: [SectionFound]) -> Finding? {
    func inOrder(_ headings: [SectionFound]) -> Bool {
      var seen: Set<Section> = []
      let order = headings.map(\.section).filter { seen.insert($0).inserted }
      return order == order.sorted()
    }
    guard !inOrder(found), !inOrder(found.reversed().reversedRuns) else { return nil }
    let headings = found.map(\.heading)
    return Rule.sectionMissing.finding(
      quote: headings.joined(separator: " / "),
      say(
        "六个部分的先后次序与统一格式不同，请按一至六的次序排列。",
        en:
          "The six sections do not stand in the order of the national form; please put them in order."
      ))
  }

  private func numbering(_ found: [SectionFound]) -> Finding? {
    let digits = ["1", "2", "3", "4", "5", "6"]
    let wrong = found.filter { section in
      guard let numeral = section.numeral else { return false }
      let number = section.section.rawValue
      return numeral != section.section.numeral && numeral != digits[number - 1]
    }
    guard let first = wrong.first else { return nil }
    return Rule.sectionNumbering.finding(
      expected: first.section.numeral, found: first.numeral, quote: first.heading,
      say(
        "“\(first.heading)”按统一格式应为第\(first.section.numeral)部分，编号不一致，不影响数据。",
        en:
          "“\(first.heading)” is section \(first.section.rawValue) of the national form; its number "
          + "differs. The figures are not concerned."))
  }
}

extension ReversedCollection where Element == SectionFound {
  /// The headings with the last of each section kept instead of the first.
  fileprivate var reversedRuns: [SectionFound] {
    var seen: Set<Section> = []
    return filter { seen.insert($0.section).inserted }.reversed()
  }
}
