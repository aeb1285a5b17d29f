import Digests
import Generator
import Glibc
import Intake
import Journal
import Reports
import Testing

@testable import Service

extension DaemonTests {
  /// Files as clerks and their programs bring them: slowly, twice, under names to be changed, in folders.
  @Suite struct Arriving {
    @Test func `a file is not taken while somebody writes it`() async throws {
      try await Office.hold { office in
        let bytes = Papers.report(1)
        let half = bytes.count / 2
        let writer = try office.folder.writer(Array("inbox/慢.html".utf8))
        try TestFolder.append(Array(bytes[..<half]), to: writer)
        // Two others come and go: the inbox has been read meanwhile.
        try await office.goesOn(2)
        try await office.goesOn(3)
        #expect(office.events.all(.claimed).allSatisfy { $0.field("SHOUBAO_FILE") != "慢.html" })
        #expect(office.folder.exists("inbox/慢.html"))
        try TestFolder.append(Array(bytes[half...]), to: writer)
        close(writer)
        let detail = try await office.answer("慢.html")
        #expect(detail.arrival.result?.outcome == .accepted)
        #expect(try office.original(detail) == bytes)
      }
    }

    @Test func `the same file twice is a duplicate the second time`() async throws {
      try await Office.hold { office in
        try office.drop("年报.html", Papers.report(1))
        let first = try await office.answer("年报.html")
        try office.drop("年报.html", Papers.report(1))
        let second = try await office.answer("年报.html", nth: 2)
        #expect(first.arrival.result?.outcome == .accepted)
        #expect(second.arrival.result?.outcome == .duplicate)
        #expect(second.arrival.result?.duplicateOf == first.arrival.number)
        #expect(second.report == nil && second.findings.isEmpty)
        #expect(office.receipt("年报.html")?.contains("第\(first.arrival.number)号") == true)
        // The receipt at the path is that of the second now; the first says that it was replaced.
        let receipts = try office.journal { try $0.arrival(first.arrival.number) }?.receipts
        #expect(receipts?.first?.replacedBy != nil)
        await office.close()
        try office.expectSound()
      }
    }

    @Test func `the same bytes under two names in one batch are one report and one duplicate`()
      async throws
    {
      try await Office.hold(opened: false) { office in
        try office.drop("甲.html", Papers.report(1))
        try office.drop("镇/乙.html", Papers.report(1))
        try await office.open()
        let details = [try await office.answer("甲.html"), try await office.answer("镇/乙.html")]
        let outcomes = details.compactMap(\.arrival.result?.outcome)
        #expect(Set(outcomes) == [.accepted, .duplicate])
        let first = details.first { $0.arrival.result?.outcome == .accepted }
        let second = details.first { $0.arrival.result?.outcome == .duplicate }
        #expect(second?.arrival.result?.duplicateOf == first?.arrival.number)
        #expect(office.receipt("甲.html") != nil && office.receipt("镇/乙.html") != nil)
        await office.close()
        try office.expectSound()
      }
    }

    /// A page, and the text that was copied from it.
    @Test(arguments: [true, false])
    func `the same report in another format is a duplicate`(inOneBatch: Bool) async throws {
      try await Office.hold(opened: false) { office in
        if !inOneBatch { try await office.open() }
        try office.drop("1.html", Papers.report(1))
        if !inOneBatch { _ = try await office.answer("1.html") }
        let text = Papers.report(1, shape: .lines)
        try office.drop("2.txt", text)
        if inOneBatch { try await office.open() }
        let details = [try await office.answer("1.html"), try await office.answer("2.txt")]
          .sorted { $0.arrival.number < $1.arrival.number }
        let (first, second) = (details[0], details[1])
        #expect(second.arrival.result?.outcome == .duplicate, "\(second.findings)")
        #expect(second.arrival.result?.duplicateOf == first.arrival.number)
        #expect(second.report == nil && second.findings.isEmpty && second.notifications.isEmpty)
        let before = try office.journal { try $0.arrival(first.arrival.number) }
        #expect(before?.arrival.supersededBy == nil)
        let receipt = try #require(office.receipt(second.arrival.displayName))
        #expect(receipt.contains("这份报告已于") && receipt.contains("只是文件不同"))
        #expect(receipt.contains("见第\(first.arrival.number)号回执"))
        // Its own bytes are kept, looked after, and had back.
        let original = inOneBatch ? nil : try office.original(second)
        #expect(inOneBatch || original == text)
        let filed = try office.journal { try $0.filed(year: 2023) }
        #expect(filed.map(\.arrival) == [first.arrival.number])
        await office.close()
        try office.expectSound()
        let report = try office.journal {
          try $0.verify(archive: Archive(path: office.places.archive), outbox: office.places.outbox)
        }
        #expect(report.originals == 2)
      }
    }

    @Test func `an old file again says what counts now, and its text counts again`() async throws {
      try await Office.hold { office in
        var numbers: [Int] = []
        for seed in [1, 2] as [UInt64] {
          try office.drop("\(seed).html", Papers.report(1, seed: seed))
          numbers.append(try await office.answer("\(seed).html").arrival.number)
        }
        try office.drop("3.html", Papers.report(1, seed: 1))
        #expect(try await office.answer("3.html").arrival.result?.duplicateOf == numbers[0])
        #expect(office.receipt("3.html")?.contains("现以第\(numbers[1])号为准") == true)
        // Not these bytes, and not what counts: a version.
        try office.drop("4.txt", Papers.report(1, seed: 1, shape: .lines))
        let fourth = try await office.answer("4.txt").arrival
        #expect(fourth.result?.supersedes == numbers[1])
        await office.close()
        try office.expectSound()
      }
    }

    @Test(arguments: [true, false])
    func `of two files for one unit and year the second takes the place of the first`(
      inOneBatch: Bool
    ) async throws {
      try await Office.hold(opened: false) { office in
        if !inOneBatch { try await office.open() }
        try office.drop("1.html", Papers.report(1, seed: 1))
        if !inOneBatch { _ = try await office.answer("1.html") }
        try office.drop("2.html", Papers.report(1, seed: 2))
        if inOneBatch { try await office.open() }
        let details = [try await office.answer("1.html"), try await office.answer("2.html")]
          .sorted { $0.arrival.number < $1.arrival.number }
        let (first, second) = (details[0], details[1])
        #expect(first.arrival.identity?.unit == Papers.unit(1))
        #expect(second.arrival.result?.supersedes == first.arrival.number)
        #expect(
          try office.journal { try $0.arrival(first.arrival.number) }?.arrival.supersededBy
            == second.arrival.number)
        #expect(second.findings.contains { $0.check == "DUP-OTHER-VERSION" })
        #expect(!first.findings.contains { $0.check == "DUP-OTHER-VERSION" })
        #expect(office.receipt("1.html") != nil)
        #expect(office.receipt("2.html")?.contains("第\(first.arrival.number)号") == true)
        let superseded = try #require(office.events.all(.superseded).first)
        #expect(superseded.field("SHOUBAO_ARRIVAL") == "\(second.arrival.number)")
        let filed = try office.journal { try $0.filed(year: 2023) }
        #expect(filed.map(\.arrival) == [second.arrival.number])
        #expect(filed.first?.version == 2)
        await office.close()
        try office.expectSound()
      }
    }

    @Test
    func
      `two towns of one name that show no county are two reports when they came through two folders`()
      async throws
    {
      try await Office.hold { office in
        for (number, folder) in ["甲片", "乙片"].enumerated() {
          try office.drop("\(folder)/年报.txt", Papers.withoutRegion(seed: UInt64(number + 1)))
          _ = try await office.answer("\(folder)/年报.txt")
        }
        let second = try await office.answer("乙片/年报.txt")
        #expect(second.arrival.identity != nil && second.arrival.identity?.region == nil)
        #expect(second.arrival.result?.supersedes == nil)
        let said = second.findings.first { $0.check == "DUP-OTHER-VERSION" }
        #expect(said?.status == .notAssessable)
        #expect(try office.journal { try $0.filed(year: 2023) }.count == 2)
        await office.close()
        try office.expectSound()
      }
    }

    @Test func `names of unfinished files are left alone until they are renamed`() async throws {
      try await Office.hold { office in
        let names = [
          ".隐藏.html", "~$年报.docx", "年报.tmp", "年报.part", "年报.partial", "年报.filepart",
          "年报.crdownload", "年报.swp", "年报.TMP", "镇/.x", "镇/年报.Part",
        ]
        for (number, name) in names.enumerated() {
          try office.folder.write(Array("inbox/\(name)".utf8), Papers.report(10 + number))
        }
        try await office.goesOn(2)
        try await office.goesOn(3)
        #expect(office.events.all(.claimed).count == 2)
        for (number, name) in names.enumerated() {
          let finished = "镇/好-\(number).html"
          try office.folder.move(
            Array("inbox/\(name)".utf8), to: Array("inbox/\(finished)".utf8))
          let detail = try await office.answer(finished)
          #expect(detail.arrival.result?.outcome == .accepted)
        }
      }
    }

    @Test func `files in folders are found and answered in folders of the same names`() async throws
    {
      try await Office.hold(opened: false) { office in
        try office.drop("早/年报.html", Papers.report(1))
        try await office.open()
        _ = try await office.answer("早/年报.html")
        // A folder that comes later, and one that is moved in whole.
        try office.drop("晚/上报/第一批/年报.html", Papers.report(2))
        try office.folder.write(Array("aside/深/年报.html".utf8), Papers.report(3))
        try office.folder.move(Array("aside".utf8), to: Array("inbox/移入".utf8))
        for path in ["早/年报.html", "晚/上报/第一批/年报.html", "移入/深/年报.html"] {
          let detail = try await office.answer(path)
          #expect(detail.arrival.result?.outcome == .accepted)
          #expect(detail.arrival.folder == String(path.dropLast("/年报.html".count)))
          #expect(office.receipt(path) != nil && office.hasPage(Array(path.utf8)))
        }
        await office.close()
        try office.expectSound()
      }
    }

    @Test func `a folder that goes away and comes back is watched again`() async throws {
      try await Office.hold { office in
        try office.drop("镇/1.html", Papers.report(1))
        _ = try await office.answer("镇/1.html")
        office.folder.remove(Array("inbox/镇".utf8))
        try await office.goesOn(2)
        try office.drop("镇/3.html", Papers.report(3))
        #expect(try await office.answer("镇/3.html").arrival.result?.outcome == .accepted)
      }
    }

    @Test func `an inbox that goes away and comes back is served again`() async throws {
      try await Office.hold { office in
        office.folder.remove(Array("inbox".utf8))
        try await office.events.wait(for: "watch lost") { entries in
          entries.contains { $0.event == .watchLost }
            || entries.contains { $0.message.contains("openInbox") }
        }
        try office.drop("1.html", Papers.report(1))
        #expect(try await office.answer("1.html").arrival.result?.outcome == .accepted)
        await office.close()
        try office.expectSound()
      }
    }

    @Test func `every arrival has one claim and one outcome in the log, with its fields`()
      async throws
    {
      try await Office.hold(Office.settings + "\n[commit]\nbatch = 7") { office in
        var options = Batch.Options()
        options.count = 40
        options.seed = 20
        options.faults = 0.25
        options.duplicates = 0.15
        options.junk = 0.2
        options.subfolders = true
        let items = Array(Batch(options))
        for item in items { try office.drop(item.path, item.bytes) }
        for item in items {
          let result = try await office.answer(item.path, seconds: 120).arrival.result
          // Of the same bytes the one that was met first is handled.
          if result?.outcome != .duplicate {
            #expect(result?.outcome == item.outcome, "\(item.path) \(item.fault ?? "")")
          }
        }
        await office.close()
        try office.expectSound()
        let events = office.events.entries
        let arrivals = try office.arrivals()
        #expect(arrivals.count == items.count)
        for arrival in arrivals {
          let own = events.filter { $0.field("SHOUBAO_ARRIVAL") == "\(arrival.number)" }
          let claims = own.filter { $0.event == .claimed }
          let outcomes = own.filter(\.isOutcome)
          #expect(claims.count == 1 && outcomes.count == 1)
          #expect(claims.first?.field("SHOUBAO_FILE") == arrival.displayName)
          let told = try #require(outcomes.first)
          let result = try #require(arrival.result)
          #expect(told.field("SHOUBAO_FILE") == arrival.displayName)
          #expect(told.field("SHOUBAO_OUTCOME") == result.outcome.rawValue)
          #expect(told.field("SHOUBAO_DIGEST") == result.sha256?.description)
          #expect(told.field("SHOUBAO_ERRORS") == "\(result.errors)")
          #expect(told.field("SHOUBAO_WARNINGS") == "\(result.warnings)")
          #expect(told.field("SHOUBAO_DURATION_USEC") == "\(result.duration)")
          #expect(result.duration > 0)
          #expect(told.field("SHOUBAO_UNIT") == arrival.identity?.unit)
          #expect(told.field("SHOUBAO_YEAR") == arrival.identity?.year.map(String.init))
          #expect(told.field("SHOUBAO_REASON") == result.reason?.code.rawValue)
        }
        let claimed = Set(
          events.filter { $0.event == .claimed }.map { $0.field("SHOUBAO_ARRIVAL") })
        #expect(claimed.count == arrivals.count)
      }
    }
  }
}
