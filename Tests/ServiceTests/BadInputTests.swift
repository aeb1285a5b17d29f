import Generator
import Glibc
import Journal
import Reports
import Testing

@testable import Service

extension DaemonTests {
  /// Whatever is dropped gets an answer in Chinese that says what to do, stands in the journal, is kept as it was, and
  /// the daemon goes on.
  @Suite struct BadInput {
    struct Case: Sendable, CustomTestStringConvertible {
      let name: String
      let bytes: @Sendable () -> [UInt8]
      let outcome: Outcome
      let reason: Refusal.Code?
      /// What the receipt tells the clerk to do.
      let remedy: String
      var checks: Set<String> = []

      var testDescription: String { name }
    }

    static let cases = [
      Case(
        name: "空文件.txt", bytes: { [] }, outcome: .unreadable, reason: .empty,
        remedy: "请打开原文件确认后重新报送"),
      Case(
        name: "乱码.doc", bytes: { Papers.junk(.binary) }, outcome: .unreadable,
        reason: .notADocument, remedy: "另存为网页或文本后重新报送"),
      Case(
        name: "新闻.html", bytes: { Papers.junk(.news) }, outcome: .unrecognised,
        reason: .notAReport, remedy: "请确认没有放错文件"),
      Case(
        name: "2016年报.txt", bytes: { Papers.junk(.before2019) }, outcome: .unrecognised,
        reason: .noNationalTemplate, remedy: "如放错了文件，请报送正确年度的报告"),
      Case(
        name: "空白表.html", bytes: { Papers.junk(.blankForm) }, outcome: .unrecognised,
        reason: .blankForm, remedy: "请填写后重新报送"),
      Case(
        name: "表格是图片.html", bytes: { Papers.junk(.pictures) }, outcome: .returned, reason: nil,
        remedy: "请把表格直接放进报告正文再报",
        checks: ["FMT-TABLE-MISSING-2", "FMT-TABLE-MISSING-3", "FMT-TABLE-MISSING-4"]),
      Case(
        name: "没有传完.txt", bytes: { Papers.junk(.truncated) }, outcome: .returned, reason: nil,
        remedy: "改好后用原文件名或新文件名重新放入收报文件夹即可"),
      Case(
        name: "名为网页的压缩包.html", bytes: { [0x50, 0x4B, 3, 4] + Array(repeating: 0, count: 60) },
        outcome: .unreadable, reason: .truncated, remedy: "请重新导出完整的文件再报送"),
    ]

    @Test(arguments: cases)
    func `a bad file is answered and kept, and the daemon goes on`(_ bad: Case) async throws {
      try await Office.hold { office in
        let bytes = bad.bytes()
        try office.drop(bad.name, bytes)
        let detail = try await office.answer(bad.name)
        let result = try #require(detail.arrival.result)
        #expect(result.outcome == bad.outcome)
        if let reason = bad.reason { #expect(result.reason?.code == reason) }
        #expect(bad.checks.isSubset(of: detail.findings.map(\.check)))
        let receipt = try #require(office.receipt(bad.name))
        #expect(receipt.contains(bad.remedy))
        #expect(office.hasPage(Array(bad.name.utf8)))
        #expect(try office.original(detail) == bytes)
        #expect(detail.history.map(\.kind) == [.claimed, .judged, .told])
        #expect(detail.notifications.count == 1)
        #expect(office.folder.files(below: "inbox") == [])
        try await office.goesOn()
        await office.close()
        try office.expectSound()
      }
    }

    @Test func `one endless line beyond the limit is kept and not read`() async throws {
      try await Office.hold(Office.settings + "\n[limits]\nfile_bytes = 100000") { office in
        let line = Junk.line(bytes: 300_000)
        try office.drop("一行.txt", line)
        let detail = try await office.answer("一行.txt")
        #expect(detail.arrival.result?.outcome == .unreadable)
        #expect(detail.arrival.result?.reason?.code == .tooLarge)
        #expect(office.receipt("一行.txt")?.contains("请去掉图片、附件") == true)
        #expect(try office.original(detail) == line)
        try await office.goesOn()
        await office.close()
        try office.expectSound()
      }
    }

    @Test func `a line of 100 MB beyond the limit of every day does no harm`() async throws {
      try await Office.hold { office in
        let line = Junk.line(bytes: 100 << 20)
        try office.drop("一行.html", line)
        let detail = try await office.answer("一行.html")
        #expect(detail.arrival.result?.reason?.code == .tooLarge)
        #expect(detail.arrival.result?.size == line.count)
        #expect(try office.original(detail) == line)
        try await office.goesOn()
      }
    }

    @Test func `ten gigabytes of nothing are set aside, and nobody waits for them`() async throws {
      try await Office.hold { office in
        let name = Array("空.html".utf8)
        let start = ContinuousClock().now
        let file = open("\(office.root)/空.html", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        #expect(ftruncate(file, 10 << 30) == 0)
        close(file)
        #expect(rename("\(office.root)/空.html", "\(office.root)/inbox/空.html") == 0)
        let detail = try await office.answer(name)
        let result = try #require(detail.arrival.result)
        #expect(result.outcome == .unreadable && result.reason?.code == .tooLarge)
        #expect(result.sha256 == nil)
        #expect(ContinuousClock().now - start < .seconds(10))
        #expect(office.receipt(name)?.contains("请去掉图片、附件") == true)
        #expect(office.folder.exists("held/\(detail.arrival.number)"))
        try await office.goesOn()
        await office.close()
        try office.expectSound()
      }
    }

    @Test func `a line of megabytes within the limit is read to its end`() async throws {
      // A debug build beside other tests takes its time.
      let patient =
        Office.settings + "\n[limits]\nread_seconds = 200\nprocessor_seconds = 200"
      try await Office.hold(patient) { office in
        try office.drop("一行.txt", Junk.line(bytes: 3 << 20))
        let detail = try await office.answer("一行.txt", seconds: 500)
        let result = try #require(detail.arrival.result)
        #expect([.unrecognised, .unreadable].contains(result.outcome))
        #expect(result.reason?.code != .workerDied && result.reason?.code != .timedOut)
        try await office.goesOn()
      }
    }

    // MARK: Names

    static let names: [[UInt8]] = [
      Array("年报\n第二行.html".utf8),
      [0xC4, 0xEA, 0xB1, 0xA8, 0xFF, 0xFE] + Array(".html".utf8),
      Array((String(repeating: "收", count: 83) + "A.html").utf8),
      Array("a\u{202E}lmth.报告 \u{1B}[31m.html".utf8),
      Array("-rf *.html".utf8),
      Array("%s%n\\x41.html".utf8),
      Array("<script>alert(1)<∕script>'\"&.html".utf8),
    ]

    @Test(arguments: names.indices)
    func `a strange name is no reason to lose a report`(_ index: Int) async throws {
      let name = BadInput.names[index]
      try await Office.hold { office in
        let bytes = Papers.report(1)
        for path in [name, Array("镇".utf8) + [UInt8(ascii: "/")] + name] {
          try office.drop(path, path == name ? bytes : Papers.report(2))
          let detail = try await office.answer(path)
          #expect(detail.arrival.result?.outcome == .accepted)
          #expect(detail.arrival.path == path)
          let stem = ReceiptPath(file: path, arrival: Int64(detail.arrival.number)).file("")
          let receipt = try #require(office.receipt(stem))
          #expect(receipt.unicodeScalars.allSatisfy { $0.value >= 32 })
          #expect(office.hasPage(stem))
        }
        await office.close()
        try office.expectSound()
      }
    }

    @Test func `a name of 255 bytes is answered under a name cut short`() async throws {
      try await Office.hold { office in
        let name = Array((String(repeating: "收", count: 83) + "A.html").utf8)
        #expect(name.count == 255)
        try office.drop(name, Papers.report(1))
        let detail = try await office.answer(name)
        #expect(detail.arrival.result?.outcome == .accepted)
        let receipts = office.receiptFiles
        #expect(receipts.count == 2)
        #expect(receipts.allSatisfy { $0.count <= 255 && $0.starts(with: name.prefix(200)) })
        await office.close()
        try office.expectSound()
      }
    }

    // MARK: What is no file

    enum Oddity: String, CaseIterable, Sendable {
      case link, danglingLink, linkToFolder, pipe, socket
    }

    @Test(arguments: Oddity.allCases)
    func `what is no file is not followed, not opened, and kept aside`(_ oddity: Oddity)
      async throws
    {
      try await Office.hold { office in
        let secret = Papers.report(5)
        try office.folder.write(Array("elsewhere/秘密.html".utf8), secret)
        let name = Array("年报.html".utf8)
        let path = Array("inbox/".utf8) + name
        switch oddity {
        case .link: try office.folder.link(path, to: "\(office.root)/elsewhere/秘密.html")
        case .danglingLink: try office.folder.link(path, to: "\(office.root)/elsewhere/nothing")
        case .linkToFolder: try office.folder.link(path, to: "\(office.root)/elsewhere")
        case .pipe: try office.folder.pipe(path)
        case .socket: try office.folder.socket(path)
        }
        let kind = office.folder.kind(path)
        let detail = try await office.answer(name)
        #expect(detail.arrival.result?.outcome == .unreadable)
        #expect(detail.arrival.result?.reason?.code == .notARegularFile)
        #expect(detail.arrival.result?.sha256 == nil)
        #expect(office.receipt(name)?.contains("请把文件本身复制到收报文件夹") == true)
        #expect(office.hasPage(name))
        #expect(office.folder.kind(Array("held/\(detail.arrival.number)".utf8)) == kind)
        #expect(office.folder.kind(path) == nil)
        #expect(office.folder.read(Array("elsewhere/秘密.html".utf8)) == secret)
        try await office.goesOn()
        #expect(try office.arrivals().count == 2)
        await office.close()
        try office.expectSound()
      }
    }

    @Test func `a folder named like a report is a folder`() async throws {
      try await Office.hold { office in
        try office.folder.makeFolders(for: Array("inbox/年报.html/".utf8))
        try office.drop("年报.html/里面.html", Papers.report(3))
        let detail = try await office.answer("年报.html/里面.html")
        #expect(detail.arrival.result?.outcome == .accepted)
        #expect(detail.arrival.folder == "年报.html")
        #expect(office.receipt("年报.html/里面.html") != nil)
        #expect(office.folder.exists("inbox/年报.html"))
        #expect(try office.arrivals().count == 1)
      }
    }

    @Test func `a folder named like a receipt does not stand in the way of one`() async throws {
      try await Office.hold { office in
        try office.drop("甲.html", Papers.report(1))
        _ = try await office.answer("甲.html")
        for ending in Outbox.endings {
          try office.drop("甲.html\(ending)/乙.html", Papers.report(2, seed: UInt64(ending.count)))
          _ = try await office.answer("甲.html\(ending)/乙.html", seconds: 10)
        }
        try office.drop("丙.receipt.txt/丁.html", Papers.report(3))
        _ = try await office.answer("丙.receipt.txt/丁.html", seconds: 10)
        try office.drop("丙", Papers.report(4))
        _ = try await office.answer("丙", seconds: 10)
        await office.close()
        try office.expectSound()
        #expect(office.receiptFiles.count == 10)
      }
    }
  }
}
