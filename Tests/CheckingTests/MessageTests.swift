import Checking
import Forms
import Reports
import Testing

/// What a clerk reads names things as the form does, never as the program does.
@Suite struct Messages {
  @Test(arguments: Language.allCases)
  func `a wrong number of figures in table 4 is told of the whole table`(language: Language) throws
  {
    var report = Report()
    report.template.four = .v2021
    report.cells = Dictionary(uniqueKeysWithValues: FormTable.table4.cells.map { ($0, .blank) })
    var table = TableFound(table: .four, state: .read)
    table.cellCounts = [
      .init(row: "t4", expected: 15, found: Array(repeating: "0", count: 14))
    ]
    report.structure.tables = [table]
    let finding = try #require(
      check(report, in: CheckingContext(language: language)).first { $0.check == "FMT-CELL-COUNT" })
    #expect(finding.cells == FormTable.table4.cells)
    #expect(!finding.message.contains("t4"))
    #expect(finding.message.contains("15") && finding.message.contains("14"))
  }
}
