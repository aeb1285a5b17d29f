import Reports
import Roster
import Testing

@Suite struct RosterFiles {
  @Test(arguments: cases("refused.tsv", columns: 3))
  func `a roster that cannot be read says which line and why`(row: [String]) {
    let text = row[0].split(separator: "⏎", omittingEmptySubsequences: false)
      .joined(separator: "\n")
    let error = #expect(throws: RosterRefused.self) { try Roster(csv: Array(text.utf8)) }
    #expect(error?.description == row[1], "\(row[2])")
  }

  @Test func `bytes that are no UTF-8 are refused with their line`() {
    let bytes = Array("unit,region,kind,aliases,due\n甲,,town,,\n".utf8) + [0xB3, 0xA4]
    let error = #expect(throws: RosterRefused.self) { try Roster(csv: bytes) }
    #expect(error?.problems.map(\.line) == [3])
    #expect(error?.problems.map(\.reason) == [.notUTF8])
  }

  @Test func `every line at fault is told at once`() {
    let text = "unit,region,kind,aliases,due\n,,town,,\n甲,,village,,\n乙,,town,,02-30\n"
    let error = #expect(throws: RosterRefused.self) { try Roster(csv: Array(text.utf8)) }
    #expect(error?.problems.map(\.line) == [2, 3, 4])
    #expect(
      error?.message(in: .chinese)
        == "第 2 行：没有单位名称；第 3 行：类别“village”不在 department, town, street, level 之中；"
        + "第 4 行：截止日期“02-30”不是每年都有的日期，应写作 MM-DD")
  }

  @Test(arguments: ["", "\u{FEFF}"])
  func `a byte order mark, Windows line ends, quotes and empty lines are read`(
    mark: String
  ) throws {
    let text =
      mark + "unit,region,kind,aliases,due\r\n\"甲局,乙局\",丙县,department,\"甲;乙\",\r\n\r\n"
      + "\"丁\"\"镇\"\"\n政府\",丙县,town,戊；己 ; ,02-28\r\n庚街道, 丙县 ,street,,"
    let roster = try Roster(csv: Array(text.utf8))
    #expect(roster.entries.map(\.unit) == ["甲局,乙局", "丁\"镇\"\n政府", "庚街道"])
    #expect(roster.entries.map(\.aliases) == [["甲", "乙"], ["戊", "己"], []])
    #expect(roster.entries.map(\.line) == [2, 4, 6])
    #expect(roster.entries.map { $0.due?.description } == [nil, "02-28", nil])
    #expect(roster.entries[2].region == "丙县")
  }
}
