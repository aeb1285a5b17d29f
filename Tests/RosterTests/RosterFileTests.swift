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

  /// Neither UTF-8 nor GB18030, or UTF-8 that was damaged on the way: read as GB18030 it would be names that nobody has.
  @Test(arguments: [
    Array("unit,region,kind,aliases,due\n甲,,town,,\n".utf8) + [0xB3, 0xFF],
    Array("unit,region,kind,aliases,due\n长乐镇,,town,,\n青石".utf8) + [0xE9, 0x95],
  ])
  func `bytes of no character set are refused with their line`(bytes: [UInt8]) {
    let error = #expect(throws: RosterRefused.self) { try Roster(csv: bytes) }
    #expect(error?.problems.map(\.line) == [3])
    #expect(error?.problems.map(\.reason) == [.unknownEncoding])
  }

  /// What Excel and WPS save as “CSV” and as “CSV UTF-8”, with what they make of days.
  @Test(arguments: ["office-gbk.csv", "office-utf8.csv"])
  func `an office's own table is read`(name: String) throws {
    let roster = try Roster(csv: dataFile(name))
    #expect(roster.entries.map(\.unit) == ["长乐镇人民政府", "嵊州市水务局", "三江街道办事处", "嵊州市人民政府"])
    #expect(roster.entries.map(\.region) == Array(repeating: "嵊州市", count: 4))
    #expect(roster.entries.map(\.kind) == [.town, .department, .street, .level])
    #expect(roster.entries[0].aliases == ["长乐镇", "嵊州市长乐镇"])
    #expect(roster.entries.map { $0.due?.description } == [nil, "01-26", "01-25", "03-20"])
  }

  @Test(
    arguments: [
      ("01-26", "01-26"), ("1-26", "01-26"), ("1/26", "01-26"), ("1月26日", "01-26"),
      ("2025/1/26", "01-26"), ("2025-01-26", "01-26"), ("2025年1月26日", "01-26"),
      ("26-1", nil), ("2024-02-29", nil), ("1月", nil), ("0126", nil), ("一月", nil),
    ] as [(String, String?)])
  func `a day is read as a spreadsheet writes it`(written: String, day: String?) {
    let roster = try? Roster(csv: Array("单位,类别,截止日期\n甲镇,镇,\(written)\n".utf8))
    #expect(roster?.entries.first?.due?.description == day)
  }

  @Test func `only unit and kind are needed, in any order`() throws {
    let roster = try Roster(csv: Array("类别,单 位,,\n部门,甲局,,\n".utf8))
    #expect(roster.entries.map(\.unit) == ["甲局"])
    #expect(roster.entries.first?.region == "")
  }

  @Test func `every line at fault is told at once`() {
    let text = "unit,region,kind,aliases,due\n,,town,,\n甲,,village,,\n乙,,town,,02-30\n"
    let error = #expect(throws: RosterRefused.self) { try Roster(csv: Array(text.utf8)) }
    #expect(error?.problems.map(\.line) == [2, 3, 4])
    #expect(
      error?.message(in: .chinese)
        == "第 2 行：没有单位名称；第 3 行：类别“village”不在 部门、乡镇、街道、本级政府（department, town, street, level）之中；"
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

  @Test func `white space around a field is no part of it, and what is quoted stays`() throws {
    let text =
      "unit,region,kind,aliases,due\n\u{3000}甲局\t,\" 丙县\u{A0}\",department,,\n"
      + " , ,\"\", ,\n\u{A0}乙局\u{2003},丙县 , department ,\"甲　乙, 丙\",\n"
      + "\" \"\"丁\"\" 局\",丙县\u{85},\"department\",\"\",\n"
    let roster = try Roster(csv: Array(text.utf8))
    #expect(roster.entries.map(\.unit) == ["甲局", "乙局", "\"丁\" 局"])
    #expect(roster.entries.map(\.region) == ["丙县", "丙县", "丙县"])
    #expect(roster.entries.map(\.aliases) == [[], ["甲　乙, 丙"], []])
    #expect(roster.entries.map(\.line) == [2, 4, 5])
  }

  /// A line that is like the one before it is not read again, also when that one was refused.
  @Test func `what one line has does not pass to another`() {
    let text =
      "unit,region,kind,aliases,due\n甲局,霁原县,department,,\n乙局,云门县,town,,\n"
      + "霁原县甲局,霁原县,department,,\n霁原县丙局,霁原县,department,,\n丙局,霁原县,town,,\n"
      + "霁原县乙局,云门县,town,,\n云门县乙局,云门县,village,,\n云门县乙局,云门县,town,,\n丁局,,town,,\n丁局,,town,,\n"
    let error = #expect(throws: RosterRefused.self) { try Roster(csv: Array(text.utf8)) }
    #expect(error?.problems.map(\.line) == [4, 6, 8, 9, 11])
    #expect(
      error?.problems.map(\.reason) == [
        .nameTaken("霁原县甲局", line: 2), .nameTaken("丙局", line: 5), .unknownKind("village"),
        .nameTaken("云门县乙局", line: 3), .nameTaken("丁局", line: 10),
      ])
  }

  @Test func `an entry is found by exactly its unit and region`() throws {
    let text = "unit,region,kind,aliases,due\n甲局,霁原县,department,,\n甲局,云门县,town,乙局,\n丁局,,town,,\n"
    let roster = try Roster(csv: Array(text.utf8))
    #expect(roster.place(unit: "甲局", region: "云门县") == 1)
    #expect(roster.place(unit: "丁局", region: "") == 2)
    #expect(roster.place(unit: "乙局", region: "云门县") == nil)
    #expect(roster.place(unit: "甲局", region: "") == nil)
  }
}
