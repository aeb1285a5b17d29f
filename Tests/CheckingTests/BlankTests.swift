import Forms
import Reports
import Testing

@testable import Checking

/// A blank is any number and never a zero; a figure in doubt is no ground for an error.
@Suite struct Blanks {
  /// One row of table 3, cell by cell: a figure, `_` blank, `/` not applicable, `w` words; `?` after it: in doubt.
  @Test(arguments: cases("row-sums.tsv", columns: 3))
  func `a row with blanks is decided where it can be`(row: [String]) {
    var report = Report()
    report.template.three = .v2021
    let cells = row[0].split(separator: " ")
    for (column, text) in zip(FormTable.table3of2021.blocks[0].columns, cells) {
      let cell = key("t3.partial.\(column.key)")
      let value = text.hasSuffix("?") ? text.dropLast() : text
      if text.hasSuffix("?") { report.uncertain.insert(cell) }
      report.cells[cell] =
        switch value {
        case "_": .blank
        case "/": Cell(class: .notApplicable, raw: "/")
        case "w": Cell(class: .text, raw: "详见附表")
        default: Cell(class: .number, number: Figure(value), raw: String(value))
        }
    }
    let relation = FormTable.table3of2021.relations.first { $0.check == "T3-ROWSUM-partial" }
    guard let relation else { return }
    let standing =
      switch Balance(relation, Ledger(report)).standing {
      case .holds: "holds"
      case .fails: "fails"
      case .open: "open"
      case .doubtful: "doubtful"
      }
    #expect(standing == row[1], "\(row[2])")
  }

  @Test func `a table left blank is told once, with one line for each family of sums`() {
    var report = consistent()
    for cell in FormTable.table3of2021.cells { report.cells[cell] = .blank }
    report.statements = []
    let findings = check(report)
    #expect(
      findings.map { "\($0.check) \($0.status.rawValue)" } == [
        "VAL-BLANKS fail", "T3-IDENTITY not_assessable", "T3-ROWSUM not_assessable",
        "T3-COLSUM not_assessable",
      ])
    #expect(findings[0].severity == .warning)
    #expect(findings[0].cells.count == 175)
    #expect(Outcome.of(findings) == .acceptedWithWarnings)
  }

  @Test func `one sum that cannot be decided keeps its own id`() {
    var report = consistent()
    report.cells[key("t3.granted.natural")] = .blank
    let findings = check(report).filter { $0.status == .notAssessable }
    #expect(findings.map(\.check) == ["T3-ROWSUM-granted", "T3-COLSUM-natural"].sorted())
    #expect(findings.allSatisfy { $0.cells == [key("t3.granted.natural")] })
  }

  @Test func `totals alone are assessed column by column`() {
    var report = consistent()
    for cell in FormTable.table3of2021.cells where cell.column != "total" {
      report.cells[cell] = .blank
    }
    report.cells[key("t3.carried_out.total")] = .number(1)
    let failures = check(report).filter { $0.status == .fail && $0.severity == .error }
    #expect(failures.map(\.check) == ["T3-IDENTITY-total"])
  }

  @Test func `no figure in doubt makes an error`() {
    for cell in FormTable.table3of2021.cells {
      var report = consistent(dice: Dice(state: 21))
      report.cells[cell] = .number((report.number(cell)?.integer ?? 0) + 3)
      report.uncertain = [cell]
      let findings = check(report)
      let failed = findings.filter { $0.status == .fail && $0.severity <= .warning }
      #expect(failed.map(\.check) == ["VAL-UNCERTAIN"], "\(cell)")
      #expect(findings.contains { $0.check.hasPrefix("T3-") && $0.message.contains("没有把握") })
    }
  }

  @Test func `a missing row is told once and hides nothing else`() {
    var report = consistent()
    for column in FormTable.table3of2021.blocks[0].columns {
      report.cells[key("t3.granted.\(column.key)")] = .blank
    }
    report.structure.tables[1].rowsMissing = ["granted"]
    #expect(check(report).map(\.check) == ["FMT-ROW-MISSING"])
    report.cells[key("t3.partial.natural")] = .number(9)
    #expect(
      Set(check(report).map(\.check)) == [
        "FMT-ROW-MISSING", "T3-ROWSUM-partial", "T3-COLSUM-natural",
      ])
  }

  @Test func `a row of the wrong length is one error`() {
    var report = consistent()
    for column in FormTable.table3of2021.blocks[0].columns {
      let cell = key("t3.granted.\(column.key)")
      report.cells[cell] = .blank
      report.uncertain.insert(cell)
    }
    report.structure.tables[1].cellCounts = [
      .init(row: "granted", expected: 7, found: ["4", "0", "4"])
    ]
    report.doubts = [
      Doubt(reason: .cellCount, cells: report.uncertain.sorted(), quote: "（一）予以公开 4 0 4")
    ]
    let findings = check(report)
    #expect(findings.map(\.check) == ["FMT-CELL-COUNT"])
    #expect(findings[0].expected == "7" && findings[0].found == "3")
    #expect(findings[0].cells.count == 7)
  }

  @Test func `a report without tables has one error for each and no more about them`() {
    var report = consistent()
    report.cells = [:]
    report.template = .init()
    report.structure.tables = TableNumber.allCases.map { TableFound(table: $0, state: .picture) }
    #expect(
      check(report).map(\.check) == [
        "FMT-TABLE-MISSING-2", "FMT-TABLE-MISSING-3", "FMT-TABLE-MISSING-4",
      ])
  }
}
