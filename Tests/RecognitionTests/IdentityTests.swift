import Documents
import Reports
import Testing

@testable import Recognition

/// Who reports on which year, by what stands in a report and around it.
@Suite struct `Who reports on which year` {
  /// A report with these lines in place of its head, overview and signature.
  private static func report(
    _ head: String, _ overview: String, _ signature: String, _ hint: String
  )
    throws -> Report
  {
    var sheet = Sheet()
    sheet.overview =
      overview.isEmpty ? "按照要求开展政府信息公开工作，成效明显。" : overview
    var lines = sheet.text(.lines).split(separator: "\n").map(String.init)
    let foot = 2
    lines.insert(
      contentsOf: signature.split(separator: "\n").map(String.init), at: lines.count - foot)
    lines.removeLast(foot)
    lines.replaceSubrange(0..<3, with: head.split(separator: "\n").map(String.init))
    var hints = Hints()
    let parts = hint.split(separator: "/").map(String.init)
    if let name = parts.last {
      hints = Hints(fileName: name == "-" ? nil : name, folders: Array(parts.dropLast()))
    }
    let document = RecognitionTests.document(lines.joined(separator: "\n"))
    return try #require(recognise(document, hints: hints).report)
  }

  @Test(arguments: cases("identity"))
  func `All the evidence is weighed`(row: [String]) throws {
    let report = try Self.report(row[0], row[1], row[2], row[3])
    #expect(report.unit ?? "-" == row[4], "\(row[8])")
    #expect(report.region ?? "-" == row[5], "\(row[8])")
    #expect(report.kind?.rawValue ?? "-" == row[6], "\(row[8])")
    #expect(report.year.map(String.init) ?? "-" == row[7], "\(row[8])")
    if let unit = report.unit {
      #expect(report.evidence.contains { $0.subject == .unit && $0.value == unit }, "\(row[8])")
    }
  }

  @Test(arguments: cases("periods"))
  func `A period is read through what was lost of it`(row: [String]) throws {
    let report = try Self.report(
      "青石县云桥镇人民政府政府信息公开工作年度报告", row[0], "", "")
    let period = report.evidence.first { $0.subject == .period }?.value
    #expect(period ?? "-" == row[1], "\(row[3])")
    #expect(report.year.map(String.init) ?? "-" == row[2], "\(row[3])")
  }

  @Test func `Every file of cases is there`() {
    #expect(cases("identity").count > 50 && Set(cases("identity").map(\.count)) == [9])
    #expect(cases("periods").count > 20 && Set(cases("periods").map(\.count)) == [4])
  }
}

@Suite struct `Hostile pages` {
  /// A page may hold any number of lines that name a region, a publisher, a date, and one line without an end.
  @Test(arguments: [
    "青石县人民政府主办第%号", "来源：青石县水利局%", "首页 > 水利局 > 第%页", "发布日期：2024-01-18 第%次",
  ])
  func `Thousands of lines of evidence cost no more than their reading`(line: String) {
    let parts = line.split(separator: "%", omittingEmptySubsequences: false)
    var text = "青石县云桥镇人民政府2023年政府信息公开工作年度报告\n"
    for number in 0..<4_000 { text += parts[0] + "\(number)" + parts[1] + "\n" }
    text += String(repeating: "由长乐编制报告", count: 4_000) + "\n"
    var sheet = Sheet()
    sheet.title = ""
    let begun = ContinuousClock.now
    let report = recognise(document(text + sheet.text(.lines))).report
    #expect(report?.unit == "青石县云桥镇人民政府")
    #expect((report?.evidence.count ?? 0) < 150)
    #expect(ContinuousClock.now - begun < .seconds(60))
  }
}
