import Documents
import Forms
import Foundation
import Recognition
import Reports
import Testing

/// However a copy is damaged: a figure is what the whole document says, or it is uncertain.
@Suite struct `Damaged copies` {
  private static let layouts: [Sheet.Layout] = [.lines, .bars, .tabs]

  @Test(arguments: Template.allCases, layouts)
  func `No figure is wrong wherever the text breaks off`(
    template: Template, layout: Sheet.Layout
  ) {
    let sheet = Sheet(template)
    let text = Array(sheet.text(layout).unicodeScalars)
    // Every position of the layout that loses most; samples of the others.
    let step = layout == .lines ? (template == .v2021 ? 1 : 3) : 7
    for length in stride(from: 0, to: text.count, by: step) {
      var part = String.UnicodeScalarView()
      part.append(contentsOf: text[..<length])
      guard let report = recognise(document(String(part))).report else { continue }
      let wrong = wrong(report, against: sheet.figures)
      #expect(wrong.isEmpty, "after \(length) characters: \(wrong)")
      if report.published != nil { #expect(report.published == CalendarDate("2024-01-18")) }
      if report.structure.tables.contains(where: { $0.state == .read && !$0.rowsMissing.isEmpty }) {
        let isEarly = report.structure.endsEarly
        #expect(isEarly, "after \(length) characters")
      }
    }
  }

  @Test(arguments: Template.allCases, layouts)
  func `No figure is wrong whichever line is lost or doubled`(
    template: Template, layout: Sheet.Layout
  ) {
    let sheet = Sheet(template)
    let lines = sheet.text(layout).split(separator: "\n").map(String.init)
    for index in lines.indices {
      var less = lines
      less.remove(at: index)
      if let report = recognise(document(less)).report {
        let wrong = wrong(report, against: sheet.figures)
        #expect(wrong.isEmpty, "without “\(lines[index])”: \(wrong)")
      } else {
        Issue.record("without “\(lines[index])” no report")
      }
      var more = lines
      more.insert(lines[index], at: index)
      if let report = recognise(document(more)).report {
        let wrong = wrong(report, against: sheet.figures)
        #expect(wrong.isEmpty, "“\(lines[index])” twice: \(wrong)")
      } else {
        Issue.record("“\(lines[index])” twice: no report")
      }
    }
  }

  @Test func `One lost or doubled line costs few figures`() {
    let sheet = Sheet()
    let lines = sheet.text(.lines).split(separator: "\n").map(String.init)
    for index in lines.indices {
      var less = lines
      less.remove(at: index)
      guard let report = recognise(document(less)).report else { continue }
      #expect(report.uncertain.count <= 15, "without “\(lines[index])”: \(report.doubts)")
    }
  }

  @Test(arguments: [3, 4, 5, 7, 11])
  func `No figure is wrong where rows are blank and blanks have vanished`(step: Int) {
    var sheet = Sheet()
    let rows = FormTable.table3of2021.blocks[0].rows
    for (number, row) in rows.enumerated() where number % step == 0 {
      for key in FormTable.table3of2021.blocks[0].keys(of: row) { sheet.figures[key] = "" }
    }
    let lines = sheet.text(.lines).split(separator: "\n").map(String.init)
    for index in lines.indices {
      var less = lines
      less.remove(at: index)
      guard let report = recognise(document(less)).report else { continue }
      let wrong = wrong(report, against: sheet.figures)
      #expect(wrong.isEmpty, "without “\(lines[index])”: \(wrong)")
    }
  }

  @Test(arguments: Template.allCases)
  func `No figure is wrong whichever character of a label is mistyped or lost`(
    template: Template
  ) {
    let sheet = Sheet(template)
    let lines = sheet.text(.lines).split(separator: "\n").map(String.init)
    for (index, line) in lines.enumerated() where line.count < 45 && Int(line) == nil {
      for position in line.indices {
        for replacement in template == .v2021 ? ["", "某"] : [""] {
          var changed = lines
          changed[index].replaceSubrange(position...position, with: replacement)
          guard let report = recognise(document(changed)).report else { continue }
          let wrong = wrong(report, against: sheet.figures)
          #expect(wrong.isEmpty, "“\(changed[index])” for “\(line)”: \(wrong)")
        }
      }
    }
  }

  @Test(arguments: [Sheet.Layout.lines, .bars])
  func `What is left of two labels with the figures of one row is not vouched for`(
    layout: Sheet.Layout
  ) throws {
    let sheet = Sheet()
    let first = "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"
    let second = "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"
    var text = sheet.text(layout)
    let start = try #require(text.range(of: first))
    let end = try #require(text.range(of: second))
    text.replaceSubrange(
      start.lowerBound..<end.upperBound, with: "1.申请人无正当理由逾期不补正、用、行政机关不再处理其政府信息公开申请")
    let report = try #require(recognise(document(text)).report)
    #expect(wrong(report, against: sheet.figures).isEmpty)
  }
}
