import Glibc
import Journal
import Reports
import Testing

@testable import Service

extension DaemonTests {
  /// What people ask of the one writer of the journal, with the daemon and without.
  @Suite struct Requests {
    @Test
    func `acknowledging goes through the daemon while it runs, and is done by the command else`()
      async throws
    {
      try await Office.hold { office in
        for (name, junk) in [("1.html", Papers.junk(.pictures)), ("2.html", Papers.junk(.news))] {
          try office.drop(name, junk)
          _ = try await office.answer(name)
        }
        let root = ["--root", office.root]
        let running = try await Program(["acknowledge", "1"] + root).end()
        #expect(running.status == 0, "\(running.errors)")
        #expect(try office.journal { try $0.notifications().first?.state } == .acknowledged)
        #expect(try await Program(["acknowledge", "1"] + root).end().status == 0)
        #expect(try await Program(["acknowledge", "1", "77"] + root).end().status == 66)
        await office.close()
        let stopped = try await Program(["acknowledge", "2"] + root).end()
        #expect(stopped.status == 0, "\(stopped.errors)")
        #expect(try office.journal { try $0.notifications(unread: true) } == [])
        #expect(office.folder.files(below: "requests") == [])
        try office.expectSound()
      }
    }

    /// As if an older program had not known the report.
    private func forget(_ office: Office, _ number: Int) throws {
      let journal = try Journal(path: office.places.journal)
      let result = try #require(try journal.reader.arrival(number)?.arrival.result)
      _ = try journal.rejudge([
        Judgement(
          number: number, digest: result.sha256, size: result.size, format: result.format,
          encoding: result.encoding, outcome: .unrecognised, reason: Refusal(.notAReport),
          collection: result.year)
      ])
      try journal.close()
    }

    @Test func `an original is read again by today's program, and what was said before is kept`()
      async throws
    {
      try await Office.hold { office in
        try office.drop("镇/1.html", Papers.report(1))
        _ = try await office.answer("镇/1.html")
        let root = ["--root", office.root]
        for isRunning in [false, true] {
          await office.close()
          try forget(office, 1)
          if isRunning { try await office.open() }
          let result = try await Program(["reprocess", "1"] + root).end()
          #expect(result.status == 0 && result.text.contains("第 1 号"), "\(result.errors)")
          let detail = try #require(try office.journal { try $0.arrival(1) })
          #expect(detail.arrival.result?.outcome == .accepted)
          #expect(detail.report?.unit == Papers.unit(1))
          #expect(detail.past.last?.outcome == .unrecognised)
          #expect(office.receipt("镇/1.html")?.contains("已接收") == true)
        }
        let head = try office.journal { try $0.head() }
        let all = try await Program(["reprocess", "--all"] + root).end()
        #expect(all.status == 0 && all.text.contains("0 份"), "\(all.text)")
        #expect(try office.journal { try $0.head() } == head, "nothing new, nothing written")
        for arguments in [["reprocess"], ["reprocess", "1", "--all"]] {
          #expect(try await Program(arguments + root).end().status == 64)
        }
        #expect(try await Program(["reprocess", "9"] + root).end().status == 66)
        await office.close()
        try office.expectSound()
      }
    }

    @Test func `what was left in the spool is done by the next daemon`() async throws {
      try await Office.hold { office in
        try office.drop("1.html", Papers.report(1))
        _ = try await office.answer("1.html")
        await office.close()
        try forget(office, 1)
        let spool = RequestSpool(path: office.places.requests)
        let name = try spool.submit(.reprocess([1]))
        try office.folder.write(Array("requests/0.request".utf8), Array("rm -rf 1".utf8))
        try await office.open()
        try await eventually("the request is done") { spool.request(name) == nil }
        #expect(spool.takeAnswer(name) == .done([]))
        #expect(spool.takeAnswer("0") == .refused("not a request"))
        #expect(
          try office.journal { try $0.arrival(1) }?.arrival.result?.outcome == .accepted)
      }
    }

    @Test func `the receipt of an older file of the same name does not take the newer one's place`()
      async throws
    {
      try await Office.hold { office in
        try office.drop("年报.html", Papers.report(1))
        _ = try await office.answer("年报.html")
        try office.drop("年报.html", Papers.report(2))
        _ = try await office.answer("年报.html", nth: 2)
        await office.close()
        try forget(office, 1)
        _ = try await Program(["reprocess", "1", "--root", office.root]).end()
        #expect(office.receipt("年报.html")?.contains(Papers.unit(2)) == true)
        #expect(office.receipt("年报.html~1")?.contains(Papers.unit(1)) == true)
        try office.expectSound()
      }
    }
  }

  /// Checks that need more than one report, and days that pass.
  @Suite struct Collections {
    @Test func `an earlier year that comes last is compared with the later one`() async throws {
      try await Office.hold { office in
        try office.drop("2023.html", Papers.report(1))
        let before = try await office.answer("2023.html")
        #expect(before.arrival.result?.outcome == .accepted)
        #expect(before.findings.map(\.check) == ["XY-GAP"])
        try office.drop("2022.html", Papers.report(1, year: 2022, seed: 5))
        _ = try await office.answer("2022.html")
        let after = try #require(try office.journal { try $0.arrival(1) })
        #expect(after.past.map(\.outcome) == [.accepted])
        #expect(after.findings.contains { $0.check.hasPrefix("XY-CARRY-") && $0.status == .fail })
        #expect(!after.findings.contains { $0.check == "XY-GAP" })
        #expect(after.arrival.result?.outcome == Outcome.of(after.findings))
        #expect(after.notifications.last?.message.contains("重新核对") == true)
        #expect(after.notifications.last?.state == .told)
        #expect(office.events.all(.rejudged).count == 1)
        #expect(office.receipt("2023.html")?.contains("XY-CARRY") == true)
        await office.close()
        try office.expectSound()
      }
    }

    @Test func `another unit's figures are told`() async throws {
      try await Office.hold { office in
        let page = String(decoding: Papers.report(1), as: UTF8.self)
        try office.drop("1.html", Array(page.utf8))
        _ = try await office.answer("1.html")
        try office.drop("2.html", Array(page.replacing(Papers.unit(1), with: "云门镇人民政府").utf8))
        let copy = try await office.answer("2.html")
        #expect(copy.findings.contains { $0.check == "DUP-OTHER-UNIT" && $0.found == "1" })
        #expect(copy.arrival.result?.outcome == .acceptedWithWarnings)
      }
    }

    @Test func `who is late is told once, and it is settled when the report comes`() async throws {
      try await Office.hold(opened: false) { office in
        try office.configure("year = 2023\n" + Office.settings)
        let names = [1, 2].map { Papers.unit($0) }
        let lines = names.map { "\($0),,department,," }.joined(separator: "\n")
        try office.folder.write(
          Array("roster.csv".utf8), Array(("unit,region,kind,aliases,due\n" + lines).utf8))
        for _ in 0..<2 {
          try await office.open()
          try await eventually("who is late is told") {
            try office.journal { try $0.notifications() }.filter { $0.state == .told }.count == 2
          }
          await office.close()
        }
        #expect(office.events.all(.late).map { $0.field("SHOUBAO_UNIT") } == names)
        try await office.open()
        try office.drop("1.html", Papers.report(1))
        _ = try await office.answer("1.html")
        try await eventually("it is settled") {
          try office.journal { try $0.notifications() }.map(\.state) == [.resolved, .told]
        }
        await office.close()
        try office.expectSound()
      }
    }
  }
}
