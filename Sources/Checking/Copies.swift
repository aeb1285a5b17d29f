import Forms
import Reports

// FMT-TWO-REPORTS, FMT-HEAD-ORDER: what the document says against itself or against the form.

extension Inquiry {
  /// Two reports in one document, or one table twice with other figures.
  var copyFindings: [Finding] {
    if let further = report.structure.furtherReports, !further.isEmpty {
      let titles = ([report.title].compactMap(\.self) + further.map(\.title))
        .map { say("“\($0)”", en: "“\($0)”") }.joined(separator: say("、", en: ", "))
      return [
        Rule.twoReports.finding(
          found: String(further.count + 1), quote: further[0].title,
          say(
            "一个文件里有不止一份报告：\(titles)。程序不能确定各个数字属于哪一份，请每份报告单独存成一个文件再报。",
            en:
              "The document holds more than one report: \(titles). Which figures belong to which cannot be "
              + "told; please file each report as a document of its own."))
      ]
    }
    return TableNumber.allCases.compactMap { table in
      let doubts = doubts(.toldTwice, of: table)
      guard let first = doubts.first else { return nil }
      let cells = doubts.flatMap(\.cells)
      return Rule.twoTables.finding(
        cells: cells, quote: first.quote,
        say(
          "\(language.name(table))在文件里不止一处，\(language.list(cells))前后数字不同，请核对后只保留正确的一处再报。",
          en:
            "\(language.name(table)) stands in the document more than once, with other figures in "
            + "\(language.list(cells)). Please keep the right one only and file it again."))
    }
  }

  var headFindings: [Finding] {
    TableNumber.allCases.compactMap { table in
      let doubts = doubts(.headOrder, of: table)
      guard let first = doubts.first else { return nil }
      let cells = doubts.flatMap(\.cells)
      return Rule.headOrder.finding(
        cells: cells, quote: first.quote,
        say(
          "\(language.name(table))表头的次序与统一格式不同，\(language.list(cells))的数字是按统一格式的次序读取的，"
            + "可能不在应在的栏，请按统一格式排列后再报。",
          en:
            "The head of \(language.name(table)) is not in the order of the national form; "
            + "\(language.list(cells)) were read in the order of the form and may belong elsewhere. Please "
            + "use the form's order."))
    }
  }

  func doubts(_ reason: Doubt.Reason, of table: TableNumber) -> [Doubt] {
    report.doubts.filter { $0.reason == reason && $0.cells.first?.table == table }
  }
}
