import Digests
import Glibc
import Journal
import Reports
import Testing

@testable import Service

extension DaemonTests {
  /// Archives: each file in one is an arrival of its own, and the archive is answered as a whole.
  @Suite struct Containers {
    private func members(_ office: Office, _ name: String) async throws -> [Arrival] {
      let parent = try await office.answer(name)
      #expect(parent.arrival.result?.outcome == .unpacked)
      return try office.journal { try $0.members(of: parent.arrival.number) }
    }

    @Test func `each file in an archive is an arrival with its own receipt`() async throws {
      try await Office.hold { office in
        let inner = Papers.archive([("年报.html", Papers.report(2))])
        let bytes = Papers.archive([
          ("东/年报.html", Papers.report(1)), ("内.tar", inner), ("再.html", Papers.report(1)),
          ("Thumbs.db", [1]), ("../说明.txt", Array("请查收".utf8)),
        ])
        try office.drop("镇/报送.tar", bytes)
        let members = try await members(office, "镇/报送.tar")
        #expect(
          members.map(\.displayName) == [
            "镇/报送.tar/东/年报.html", "镇/报送.tar/内.tar/年报.html", "镇/报送.tar/再.html",
            "镇/报送.tar/说明.txt",
          ])
        #expect(
          members.map { $0.result?.outcome } == [.accepted, .accepted, .duplicate, .unrecognised])
        #expect(members.map(\.folder) == ["镇/东", "镇/内.tar", "镇", "镇"])
        #expect(members.map(\.parent) == [1, 1, 1, 1])
        for member in members {
          let detail = try #require(try office.journal { try $0.arrival(member.number) })
          #expect(detail.history.map(\.kind) == [.claimed, .judged, .told])
          #expect(office.hasPage(member.path))
          #expect(office.receipt(member.path)?.contains("第1号镇/报送.tar") == true)
        }
        let first = try #require(try office.journal { try $0.arrival(members[0].number) })
        #expect(try office.original(first) == Papers.report(1))
        let whole = try #require(office.receipt("镇/报送.tar"))
        #expect(whole.contains("压缩包中4个文件：已接收2个；不是年度报告1个；重复报送1个。"))
        #expect(whole.contains("Thumbs.db") && whole.contains(Papers.unit(2)))
        let parent = try #require(try office.journal { try $0.arrival(1) })
        #expect(try office.original(parent) == bytes)

        // The same again, and the same report by itself, are duplicates.
        try office.drop("镇/又.tar", bytes)
        #expect(try await office.answer("镇/又.tar").arrival.result?.duplicateOf == 1)
        try office.drop("单.html", Papers.report(2))
        let single = try await office.answer("单.html").arrival
        #expect(single.result?.duplicateOf == members[1].number)
        await office.close()
        try office.expectSound()
        #expect(try office.arrivals().count == 7)
        let claimed = office.events.all(.claimed).compactMap { $0.field("SHOUBAO_ARRIVAL") }
        #expect(claimed.count == 7 && Set(claimed).count == 7)
        #expect(office.events.all(.unpacked).count == 1)

        let root = ["--root", office.root]
        let list = try await Program(["list", "--json"] + root).end().objects()
        #expect(list.compactMap { $0["parent"]?.number } == [1, 1, 1, 1])
        let show = try await Program(["show", "1", "--json"] + root).end().object()
        #expect(show["members"]?.list.compactMap(\.number) == [2, 3, 4, 5])
        #expect(show["outcome"] == .text("unpacked"))
        let status = try await Program(["status", "--json"] + root).end().object()
        #expect(status["received"]?.number == 6 && status["unpacked"]?.number == 1)
        #expect(try await Program(["verify"] + root).end().status == 0)
      }
    }

    @Test func `a corrected report in an archive takes the place of the first`() async throws {
      try await Office.hold { office in
        try office.drop("年报.html", Papers.report(1))
        _ = try await office.answer("年报.html")
        try office.drop("改.tar", Papers.archive([("年报.html", Papers.report(1, seed: 2))]))
        let member = try #require(try await members(office, "改.tar").first)
        #expect(member.result?.supersedes == 1)
      }
    }

    enum State: String, CaseIterable, Sendable {
      case judgedInWork, judgedAndLetGo, oneJudged, oneTold, allTold
    }

    /// What a daemon leaves that dies between two steps with an archive.
    @Test(arguments: State.allCases)
    func `what was left of an archive is finished, once`(_ state: State) async throws {
      try await Office.hold(opened: false) { office in
        let members = [("一.html", Papers.report(1)), ("二.html", Papers.report(2))]
        let bytes = Papers.archive(members)
        try leave(state, bytes, members, office)
        try await office.open()
        try await office.goesOn()
        await office.close()
        try office.expectSound()
        let arrivals = try office.arrivals().filter { !$0.displayName.contains("好报告") }
        #expect(
          arrivals.map(\.displayName).sorted() == ["甲.tar", "甲.tar/一.html", "甲.tar/二.html"])
        for arrival in arrivals {
          let detail = try #require(try office.journal { try $0.arrival(arrival.number) })
          #expect(detail.history.map(\.kind) == [.claimed, .judged, .told])
          #expect(office.receipt(arrival.path) != nil && office.hasPage(arrival.path))
        }
        #expect(office.receipt("甲.tar")?.contains("压缩包中2个文件") == true)
      }
    }

    private func leave(
      _ state: State, _ bytes: [UInt8], _ members: [(String, [UInt8])], _ office: Office
    ) throws {
      for folder in ["inbox/", "outbox/甲.tar/", "work/", "held/"] {
        try office.folder.makeFolders(for: Array(folder.utf8))
      }
      let journal = try Journal(path: office.places.journal)
      defer { try? journal.close() }
      let archive = try Archive(path: office.places.archive, create: true)
      try archive.prepare()
      func keep(_ bytes: [UInt8]) throws -> Archive.Stored {
        try office.folder.write(Array("source".utf8), bytes)
        let file = open("\(office.root)/source", O_RDONLY)
        defer { close(file) }
        return try archive.store(file, limit: .max)
      }
      let name = Array("甲.tar".utf8)
      let number = try journal.claim([
        ClaimRequest(path: name, folder: "", received: Journal.now())
      ])[0]
      if state == .judgedInWork { try office.folder.write(Array("work/\(number)".utf8), bytes) }
      let stored = try keep(bytes)
      var judgement = Judgement(
        number: number, digest: stored.digest, size: stored.size, format: .tar, outcome: .unpacked)
      judgement.members = try members.map { member in
        let kept = try keep(member.1)
        return MemberRequest(
          path: name + Array("/\(member.0)".utf8), folder: "", digest: kept.digest,
          size: kept.size, refusal: nil)
      }
      _ = try journal.commit([judgement])
      let judged =
        switch state {
        case .judgedInWork, .judgedAndLetGo: 0
        case .oneJudged, .oneTold: 1
        case .allTold: 2
        }
      for claim in try journal.reader.unfinished().prefix(judged) {
        let member = try #require(claim.member)
        _ = try journal.commit([
          Judgement(
            number: claim.number, digest: member.digest, size: member.size, format: .html,
            outcome: .unrecognised, reason: Refusal(.blankForm))
        ])
        guard state != .oneJudged else { continue }
        for ending in Outbox.endings {
          try office.folder.write(Array("outbox/".utf8) + claim.path + Array(ending.utf8), [1])
        }
        let digest = SHA256.digest(of: [1])
        try journal.told([
          ReceiptRecord(arrival: claim.number, path: claim.path, html: digest, text: digest)
        ])
      }
    }

    private func mail(_ parts: String...) -> [UInt8] {
      let head = "From: a@b.cn\r\nTo: c@d.cn\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
      return Array((head + parts.map { "--b\r\n\($0)\r\n" }.joined() + "--b--\r\n").utf8)
    }

    @Test func `a mail is its attachments, and its text where that is a report`() async throws {
      try await Office.hold { office in
        let report = String(decoding: Papers.report(1), as: UTF8.self)
        let other = String(decoding: Papers.report(2), as: UTF8.self)
        let attached =
          "Content-Type: text/html\r\nContent-Disposition: attachment; "
          + "filename*=utf-8''%E5%B9%B4%E6%8A%A5.html\r\n\r\n\(report)"
        try office.drop("一.eml", mail("Content-Type: text/plain\r\n\r\n请查收附件", attached))
        let one = try await members(office, "一.eml")
        #expect(one.map(\.displayName) == ["一.eml/年报.html"])
        #expect(one.first?.result?.outcome == .accepted)
        #expect(office.receipt("一.eml")?.contains("邮件中1个文件：已接收1个。") == true)
        #expect(office.receipt("一.eml")?.contains("邮件正文不是年度报告") == true)

        try office.drop("二.eml", mail("Content-Type: text/html\r\n\r\n\(other)"))
        let two = try await members(office, "二.eml")
        #expect(two.map(\.displayName) == ["二.eml/正文.html"])
        #expect(two.first?.identity?.unit == Papers.unit(2))

        try office.drop("三.eml", mail("Content-Type: text/plain\r\n\r\n请查收"))
        let three = try await office.answer("三.eml").arrival.result
        #expect(three?.outcome == .unrecognised && three?.reason?.code == .notAReport)
        await office.close()
        try office.expectSound()
      }
    }

    @Test func `what cannot be opened is answered as it is`() async throws {
      try await Office.hold(
        Office.settings + "\n[limits]\narchive_members = 2\narchive_depth = 1"
      ) { office in
        let paper = ("a.html", Papers.report(1))
        let cases: [(String, [UInt8], Refusal.Code)] = [
          ("断.tar", Array(Papers.archive([paper]).prefix(3000)), .truncated),
          ("空.tar", Papers.archive([("Thumbs.db", [1])]), .empty),
          ("多.tar", Papers.archive([paper, ("b", [1]), ("c", [1])]), .tooComplex),
        ]
        for (name, bytes, code) in cases {
          try office.drop(name, bytes)
          let arrival = try await office.answer(name).arrival
          #expect(arrival.result?.reason?.code == code, "\(name)")
          #expect(arrival.result?.outcome == .unreadable)
        }
        let inner = Papers.archive([paper])
        try office.drop("套.tar", Papers.archive([("内.tar", inner)]))
        let member = try #require(try await members(office, "套.tar").first)
        #expect(member.result?.reason?.code == .tooComplex && member.result?.format == .tar)
        #expect(member.result?.sha256 == SHA256.digest(of: inner))
        await office.close()
        try office.expectSound()
      }
    }
  }
}
