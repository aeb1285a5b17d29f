import Digests
import Generator
import Glibc
import Intake
import Journal
import Reports
import Supervision
import Testing

@testable import Service

extension DaemonFaultTests {
  /// Faults of ours and of the machine: nothing is judged by them, nothing lost.
  @Suite struct Troubles {
    /// A program in the worker's place.
    private func script(_ office: Office, _ text: String) throws -> String {
      let name = Array("worker.sh".utf8)
      try office.folder.write(name, Array("#!/bin/sh\n\(text)\n".utf8), mode: 0o755)
      return "\(office.root)/worker.sh"
    }

    @Test
    func `a document that kills its worker twice is refused, and tried again when it comes again`()
      async throws
    {
      // No document kills the real worker that we know of; little memory does.
      let small =
        Office.settings + "\n[limits]\nworker_memory_bytes = 134217728\nfile_bytes = 200000000"
      try await Office.hold(small) { office in
        let bytes = Array(String(repeating: "<p>报告 1 2 3</p>\n", count: 2_000_000).utf8)
        try office.drop("重.html", bytes)
        let first = try await office.answer("重.html", seconds: 120)
        #expect(first.arrival.result?.outcome == .unreadable)
        #expect(first.arrival.result?.reason?.code == .workerDied)
        #expect(office.receipt("重.html")?.contains("请联系收报单位的管理员") == true)
        #expect(office.events.all(.workerDied).count == 2)
        #expect(try office.original(first) == bytes)
        try await office.goesOn()
        await office.close()
        try office.configure(Office.settings)
        try await office.open()
        try office.drop("重.html", bytes)
        let second = try await office.answer("重.html", nth: 2, seconds: 120)
        #expect(second.arrival.result?.outcome != .duplicate)
        #expect(second.arrival.result?.reason?.code != .workerDied)
        await office.close()
        try office.expectSound()
      }
    }

    @Test func `without a worker nothing is judged, and everything once it is back`() async throws {
      try await Office.hold(opened: false) { office in
        let path = "\(office.root)/worker"
        try office.drop("1.html", Papers.report(1))
        try await office.open(worker: path)
        try await office.events.wait(for: "the trouble told") { entries in
          entries.contains { $0.priority == .error && $0.message.contains("no worker program") }
        }
        #expect(office.events.entries.allSatisfy { !$0.isOutcome })
        try office.drop("2.html", Papers.report(2))
        #expect(symlink(try Office.worker(), path) == 0)
        for name in ["1.html", "2.html"] {
          #expect(try await office.answer(name).arrival.result?.outcome == .accepted)
        }
        #expect(office.events.all(.claimed).count == 2)
        await office.close()
        try office.expectSound()
      }
    }

    @Test func `a worker that does not start is our fault, not the document's`() async throws {
      try await Office.hold(opened: false) { office in
        let worker = try script(office, "exit 3")
        try office.drop("1.html", Papers.report(1))
        try await office.open(worker: worker)
        try await office.events.wait(for: "the trouble told") { entries in
          entries.contains { $0.priority == .error && $0.message.contains("did not start") }
        }
        #expect(try office.arrivals().allSatisfy { $0.state == .claimed })
        unlink(worker)
        #expect(symlink(try Office.worker(), worker) == 0)
        #expect(try await office.answer("1.html").arrival.result?.outcome == .accepted)
        await office.close()
        try office.expectSound()
      }
    }

    @Test func `a worker without the library beside it is our fault, not the document's`()
      async throws
    {
      try await Office.hold(opened: false) { office in
        let real = try Office.worker()
        let library = "libshoubao-archives.so"
        let program = try readFile(real, limit: 1 << 30)
        try office.folder.write(Array("worker".utf8), program, mode: 0o755)
        try office.drop("1.html", Papers.report(1))
        try await office.open(worker: "\(office.root)/worker")
        try await office.events.wait(for: "the trouble told") { entries in
          entries.contains { $0.priority == .error && $0.message.contains("did not start") }
        }
        #expect(try office.arrivals().allSatisfy { $0.state == .claimed })
        let folder = real.dropLast("shoubao-worker".count)
        try office.folder.link(Array(library.utf8), to: "\(folder)\(library)")
        #expect(try await office.answer("1.html").arrival.result?.outcome == .accepted)
        await office.close()
        try office.expectSound()
      }
    }

    @Test func `receipts that cannot be written are written when the outbox is mended`()
      async throws
    {
      try await Office.hold { office in
        try office.drop("1.html", Papers.report(1))
        _ = try await office.answer("1.html")
        // Or it is the first one's receipts that it misses.
        try await office.catchUp()
        try office.folder.move(Array("outbox".utf8), to: Array("outbox.away".utf8))
        try office.folder.write(Array("outbox".utf8), [])
        try office.drop("2.html", Papers.report(2))
        try await office.events.wait(for: "the trouble told") { entries in
          entries.contains { $0.priority == .error && $0.message.contains("outbox") }
        }
        #expect(try office.journal { try $0.untold() } == [2])
        #expect(try office.arrivals().first?.result?.outcome == .accepted)
        unlink("\(office.root)/outbox")
        try office.folder.move(Array("outbox.away".utf8), to: Array("outbox".utf8))
        #expect(try await office.answer("2.html").arrival.state == .told)
        #expect(office.events.entries.count { $0.priority == .error } == 1)
        try await office.goesOn()
        await office.close()
        try office.expectSound()
      }
    }

    @Test func `what was copied before its claim, and not claimed then, leaves nothing behind`()
      async throws
    {
      try await Office.hold(opened: false) { office in
        try await copyAndForget(office)
        // They are taken as if nothing had been.
        try await office.open()
        var outcomes: [String] = []
        for name in ["1.html", "2.html", "again.html"] {
          outcomes.append(try await office.answer(name).arrival.result?.outcome.rawValue ?? "")
        }
        #expect(outcomes.sorted() == ["accepted", "accepted", "duplicate"])
        await office.close()
        try office.expectSound()
      }
    }

    private func copyAndForget(_ office: Office) async throws {
      let daemon = try office.make(worker: Office.worker())
      for name in ["1.html", "2.html", "again.html"] {
        try office.drop(name, Papers.report(name == "2.html" ? 2 : 1))
      }
      let root = try Inbox(path: office.places.inbox).open()
      var settler = Settler()
      let settled = try ["1.html", "2.html", "again.html"].map { name in
        let candidate = try root.candidate(at: #require(InboxPath(Array(name.utf8))))
        guard case .ready(let file) = settler.examine(candidate, now: SuspendingClock().now)
        else { throw Unsettled() }
        return file
      }
      func incoming() -> Int {
        office.folder.files(below: "archive").count { $0.starts(with: ".incoming-".utf8) }
      }
      var copies = try await daemon.copyAhead(settled)
      #expect(incoming() == 3)
      // The same bytes twice are read once.
      #expect(copies.map { $0?.reading != nil } == [true, true, false])
      for copy in copies {
        guard let reading = copy?.reading else { continue }
        #expect(try await reading.result.value.get().report != nil)
      }
      copies = []
      try await eventually("no copy") { incoming() == 0 }
      #expect(try office.journal { try $0.lastNumber() } == 0)
      try await daemon.answerAll()
    }

    private struct Unsettled: Error {}

    @Test func `what was read is not judged until its original can be kept`() async throws {
      try await Office.hold { office in
        let bytes = Papers.report(1)
        // A file stands where the original's folder belongs.
        let folder = "\(office.root)/archive/\(SHA256.digest(of: bytes).description.prefix(2))"
        #expect(rename(folder, folder + "-away") == 0)
        close(open(folder, O_CREAT | O_WRONLY, 0o644))
        try office.drop("1.html", bytes)
        try await office.events.wait(for: "the trouble told") { entries in
          entries.contains { $0.priority == .error && $0.message.contains("open a folder") }
        }
        #expect(office.events.entries.allSatisfy { !$0.isOutcome })
        #expect(unlink(folder) == 0 && rename(folder + "-away", folder) == 0)
        let answer = try await office.answer("1.html")
        #expect(answer.arrival.result?.outcome == .accepted)
        #expect(try office.original(answer) == bytes)
        #expect(office.events.all(.claimed).count == 1)
        await office.close()
        try office.expectSound()
      }
    }

    @Test func `a fault while the next batch is being read loses and doubles nothing`() async throws
    {
      try await Office.hold(Office.settings + "\n[commit]\nbatch = 3") { office in
        for number in 1...10 {
          try office.folder.write(Array("pile/\(number).html".utf8), Papers.report(number))
        }
        try office.folder.move(Array("outbox".utf8), to: Array("outbox.away".utf8))
        try office.folder.write(Array("outbox".utf8), [])
        // All at once: when the answers of the first three cannot be written, the next three are with the workers.
        try office.folder.move(Array("pile".utf8), to: Array("inbox/pile".utf8))
        try await office.events.wait(for: "the trouble told") { entries in
          entries.contains { $0.priority == .error && $0.message.contains("outbox") }
        }
        unlink("\(office.root)/outbox")
        try office.folder.move(Array("outbox.away".utf8), to: Array("outbox".utf8))
        for number in 1...10 {
          let answer = try await office.answer("pile/\(number).html")
          #expect(answer.arrival.result?.outcome == .accepted)
        }
        #expect(office.events.entries.count(where: \.isOutcome) == 10)
        await office.close()
        try office.expectSound()
      }
    }

    @Test func `untold arrivals are told by the next life`() async throws {
      try await Office.hold { office in
        try office.folder.move(Array("outbox".utf8), to: Array("outbox.away".utf8))
        try office.folder.write(Array("outbox".utf8), [])
        try office.drop("1.html", Papers.report(1))
        try await office.events.wait(for: "the trouble told") { entries in
          entries.contains { $0.priority == .error && $0.message.contains("outbox") }
        }
        await office.close()
        unlink("\(office.root)/outbox")
        try await office.open()
        #expect(try await office.answer("1.html").arrival.result?.outcome == .accepted)
        await office.close()
        try office.expectSound()
      }
    }

    // MARK: Starting

    @Test func `a second daemon on one journal is turned away with 75`() async throws {
      try await Office.hold { office in
        let second = try await Program.run("serve", "--root", office.root)
        #expect(second.status == 75)
        #expect(second.errors.contains("另一个收报进程正在使用"))
        #expect(second.errors.contains("--root"))
        try await office.goesOn()
      }
    }

    @Test func `a new journal is not begun beside originals`() async throws {
      try await Office.hold { office in
        try await office.goesOn()
        await office.close()
        for ending in ["", "-wal", "-shm"] { unlink(office.places.journal + ending) }
        for _ in 1...2 {
          let refused = try await Program.run("serve", "--root", office.root)
          #expect(refused.status == 69)
          #expect(refused.errors.contains("请从备份恢复台账"))
        }
      }
    }

    @Test func `a journal of a newer program is refused and not touched`() async throws {
      try await Office.hold { office in
        try await office.goesOn()
        await office.close()
        let name = Array("journal.sqlite".utf8)
        var bytes = try #require(office.folder.read(name))
        // The schema's number, https://www.sqlite.org/fileformat.html, at byte 60.
        bytes.replaceSubrange(60..<64, with: [0, 0, 0, 99])
        try office.folder.write(name, bytes)
        for command in ["serve", "status", "verify"] {
          let refused = try await Program.run(command, "--root", office.root)
          #expect(refused.status == 69)
          #expect(refused.errors.contains("99"))
        }
        #expect(office.folder.read(name) == bytes)
      }
    }

    @Test func `a file that is no journal is refused and not touched`() async throws {
      try await Office.hold(opened: false) { office in
        let name = Array("journal.sqlite".utf8)
        let bytes = Array(String(repeating: "不是台账。", count: 1000).utf8)
        try office.folder.write(name, bytes)
        for command in ["serve", "list"] {
          let refused = try await Program.run(command, "--root", office.root)
          #expect(refused.status == 69)
        }
        #expect(office.folder.read(name) == bytes)
      }
    }

    // MARK: Reload

    @Test func `a reload takes a good configuration, and keeps the old one for a broken one`()
      async throws
    {
      try await Office.hold { office in
        let events = office.events
        try office.drop("1.html", Papers.report(1))
        _ = try await office.answer("1.html")
        #expect(office.receipt("1.html")?.contains("已接收") == true)
        try office.configure("language = \"en\"\n" + Office.settings)
        try await office.reload()
        try await events.wait(for: .reloaded)
        try office.drop("2.html", Papers.report(2))
        _ = try await office.answer("2.html")
        #expect(office.receipt("2.html")?.contains("accepted") == true)

        try office.configure("language = \"en\"\n[intake]\nscan_seconds = \"soon\"\n")
        try await office.reload()
        try await events.wait(for: .reloadFailed)
        let failed = try #require(events.all(.reloadFailed).first)
        #expect(failed.message.contains("shoubao.toml:3: "))
        try office.drop("3.html", Papers.report(3))
        _ = try await office.answer("3.html")
        #expect(office.receipt("3.html")?.contains("accepted") == true)

        try office.configure(Office.settings)
        try office.folder.write(
          Array("roster.csv".utf8), Array("unit,region,kind,aliases,due\n某镇,某县,nobody,,\n".utf8))
        try await office.reload()
        try await events.wait(for: .reloadFailed, count: 2)
        #expect(events.all(.reloadFailed)[1].message.contains("roster.csv"))
        // Neither half of it is in force: still English, still no roster.
        try office.drop("4.html", Papers.report(4))
        let fourth = try await office.answer("4.html")
        #expect(office.receipt("4.html")?.contains("accepted") == true)
        #expect(!fourth.findings.contains { $0.check.hasPrefix("ID-") && $0.status == .fail })

        try office.folder.write(
          Array("roster.csv".utf8),
          Array(Batch.roster([Organ(number: 5)]).utf8))
        try await office.reload()
        try await events.wait(for: .reloaded, count: 2)
        try office.drop("5.html", Papers.report(5))
        _ = try await office.answer("5.html")
        #expect(office.receipt("5.html")?.contains("已接收") == true)
        await office.close()
        try office.expectSound()
      }
    }
  }
}
