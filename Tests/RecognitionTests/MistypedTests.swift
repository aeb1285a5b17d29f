import Forms
import Reports
import Testing

@testable import Recognition

/// Something that should be a figure and is none, on a line of its own: it is not read, and it is no blank.
@Suite struct MistypedFigures {
  @Test(arguments: ["8O8", "l0", "5%", "十二", "约4", "③", "1.2.3", "O"])
  func `in a row of one figure of table 2`(figure: String) throws {
    let report = try read(penalty: figure, firstOfTable4: "0")
    let key = try #require(CellKey("t2.penalty.decisions"))
    let cell = try #require(report.cells[key])
    #expect(cell.class == .text && cell.raw == figure || report.uncertain.contains(key))
    #expect(report.number(key) == nil)
    #expect(report.number(try #require(CellKey("t2.coercion.decisions")))?.integer == 3)
  }

  @Test func `a row that is blank stays blank and certain`() throws {
    let report = try read(penalty: nil, firstOfTable4: "0")
    let key = try #require(CellKey("t2.penalty.decisions"))
    #expect(report.cells[key]?.class == .blank && !report.uncertain.contains(key))
  }

  @Test(arguments: ["1O", "O", "〇"])
  func `as the first figure of table 4`(figure: String) throws {
    let report = try read(penalty: "5", firstOfTable4: figure)
    for key in FormTable.table4.cells where report.number(key) == nil {
      #expect(report.uncertain.contains(key))
    }
    #expect(report.structure.tables.first { $0.table == .four }?.state == .read)
  }

  /// A report of one cell a line.
  private func read(penalty: String?, firstOfTable4: String) throws -> Report {
    var lines = ["青石镇人民政府2023年政府信息公开工作年度报告", "一、总体情况", "本年度各项工作按计划进行。"]
    lines += ["二、主动公开政府信息情况"]
    for block in FormTable.table2of2021.blocks {
      lines += [block.caption?.official ?? "", "信息内容"] + block.columns.map(\.label.official)
      for row in block.rows {
        lines.append(row.label?.official ?? "")
        switch row.key {
        case "penalty": lines += penalty.map { [$0] } ?? []
        case "coercion": lines.append("3")
        default: lines += block.columns.map { _ in "0" }
        }
      }
    }
    lines += ["三、收到和处理政府信息公开申请情况"]
    let three = FormTable.table3of2021.blocks[0]
    lines += three.columns.map(\.label.official)
    for row in three.rows { lines += [row.label?.official ?? ""] + three.columns.map { _ in "0" } }
    lines += ["四、政府信息公开行政复议、行政诉讼情况", "行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉"]
    for block in FormTable.table4.blocks { lines += block.columns.map(\.label.official) }
    lines += [firstOfTable4] + Array(repeating: "0", count: 14)
    lines += ["五、存在的主要问题及改进情况", "公开的范围还要扩大。", "六、其他需要报告的事项", "本年度没有收取信息处理费。"]
    guard case .report(let report) = recognise(document(lines.joined(separator: "\n"))) else {
      throw NoReport()
    }
    return report
  }

  private struct NoReport: Error {}
}
