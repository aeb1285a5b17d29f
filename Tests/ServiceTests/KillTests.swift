import Digests
import Generator
import Glibc
import Journal
import Reports
import Testing

@testable import Service

extension DaemonFaultTests {
  /// The real `shoubao serve`, killed and stopped in the middle of its work.
  @Suite struct Kills {
    private func items(_ count: Int, seed: UInt64) -> [Batch.Item] {
      var options = Batch.Options()
      options.count = count
      options.seed = seed
      options.faults = 0.2
      options.duplicates = 0.1
      options.junk = 0.1
      options.subfolders = true
      return Array(Batch(options))
    }

    private func serve(_ office: Office) throws -> Program {
      try Program(["serve", "--root", office.root])
    }

    /// All of them are told.
    private func isDone(_ office: Office, _ count: Int) throws -> Bool {
      guard let reader = try? JournalReader(path: office.places.journal) else { return false }
      let counts = try reader.counts()
      return try counts.received == count && counts.waiting == 0 && reader.untold().isEmpty
    }

    private func answered(_ count: Int, _ office: Office, _ program: Program) async throws {
      do {
        // Ready too: where all was answered before, it may not yet listen to signals.
        try await eventually("all are answered") {
          try isDone(office, count) && program.said.contains("就绪")
        }
      } catch {
        program.signal(SIGKILL)
        Issue.record("\(await program.end().errors)")
        throw error
      }
    }

    /// Each file has exactly one arrival and one pair of receipts, and its bytes.
    private func expectAll(_ items: [Batch.Item], _ office: Office) async throws {
      try office.expectSound()
      #expect(try await Program.run("verify", "--root", office.root).status == 0)
      let arrivals = try office.arrivals()
      #expect(arrivals.count == items.count)
      #expect(office.folder.files(below: "inbox") == [])
      #expect(office.receiptFiles.count == 2 * items.count)
      let owed = Dictionary(items.map { (Array($0.path.utf8), $0) }) { one, _ in one }
      #expect(owed.count == items.count)
      for arrival in arrivals {
        let item = try #require(owed[arrival.path])
        let detail = try #require(try office.journal { try $0.arrival(arrival.number) })
        #expect(detail.history.filter { $0.kind == .judged }.count == 1)
        #expect(detail.receipts.count == 1)
        #expect(office.receipt(arrival.path) != nil && office.hasPage(arrival.path))
        #expect(try office.original(detail) == item.bytes)
        #expect(arrival.result?.outcome == item.outcome || arrival.result?.outcome == .duplicate)
      }
      // Of files with the same bytes exactly one is no duplicate.
      let digests = Set(items.map { SHA256.digest(of: $0.bytes) })
      let handled = arrivals.filter { $0.result?.outcome != .duplicate }
      #expect(handled.count == digests.count)
    }

    @Test(arguments: [1, 2] as [UInt64])
    func `killed at any moment it loses nothing and doubles nothing`(_ seed: UInt64) async throws {
      try await Office.hold(opened: false) { office in
        var random = SplitMix64(seed: seed)
        let items = items(60, seed: seed)
        var rest = items[...]
        while !rest.isEmpty {
          let program = try serve(office)
          // Some lie there at the start, some come while it works.
          for item in rest.prefix(6) { try office.drop(item.path, item.bytes) }
          rest = rest.dropFirst(6)
          try await Task.sleep(for: .milliseconds(Int(random.next() % 350)))
          for item in rest.prefix(4) { try office.drop(item.path, item.bytes) }
          rest = rest.dropFirst(4)
          try await Task.sleep(for: .milliseconds(Int(random.next() % 350)))
          program.signal(SIGKILL)
          let end = await program.end()
          #expect(end.status == Program.killed, "\(end.errors)")
        }
        let program = try serve(office)
        try await answered(items.count, office, program)
        program.signal(SIGTERM)
        let end = await program.end()
        #expect(end.status == 0, "\(end.errors)")
        try await expectAll(items, office)
      }
    }

    @Test(arguments: [4, 5] as [UInt64])
    func `killed among archives, each file in them has one arrival`(_ seed: UInt64) async throws {
      try await Office.hold(opened: false) { office in
        var random = SplitMix64(seed: seed)
        var owed: [String] = []
        for archive in 0..<6 {
          let name = "报送-\(archive).tar"
          // One report is in every archive: a duplicate in all but one.
          let members = (0..<12).map { member in
            ("\(member).html", Papers.report(member == 0 ? 0 : archive * 12 + member))
          }
          owed += [name] + members.map { "\(name)/\($0.0)" }
          try office.drop(name, Papers.archive(members + [("空.txt", [])]))
          owed.append("\(name)/空.txt")
        }
        for _ in 0..<12 {
          let program = try serve(office)
          try await Task.sleep(for: .milliseconds(Int(random.next() % 700)))
          program.signal(SIGKILL)
          let end = await program.end()
          #expect(end.status == Program.killed, "\(end.errors)")
        }
        let program = try serve(office)
        try await answered(owed.count - 6, office, program)
        program.signal(SIGTERM)
        let end = await program.end()
        #expect(end.status == 0, "\(end.errors)")

        try office.expectSound()
        #expect(try await Program.run("verify", "--root", office.root).status == 0)
        let arrivals = try office.arrivals()
        #expect(arrivals.map(\.displayName).sorted() == owed.sorted())
        #expect(office.receiptFiles.count == 2 * owed.count)
        for arrival in arrivals {
          let detail = try #require(try office.journal { try $0.arrival(arrival.number) })
          #expect(detail.history.map(\.kind) == [.claimed, .judged, .told])
          #expect(detail.receipts.count == 1)
          #expect(office.receipt(arrival.path) != nil && office.hasPage(arrival.path))
        }
        let outcomes = Dictionary(grouping: arrivals, by: { $0.result?.outcome }).mapValues(\.count)
        #expect(outcomes == [.unpacked: 6, .accepted: 67, .duplicate: 10, .unreadable: 1])
        for number in arrivals.filter({ $0.result?.outcome == .unpacked }).map(\.number) {
          #expect(try office.journal { try $0.members(of: number) }.count == 13)
        }
      }
    }

    @Test func `a stop in the middle ends soon with 0, and the next start goes on`() async throws {
      try await Office.hold(opened: false) { office in
        var random = SplitMix64(seed: 3)
        let items = items(40, seed: 3)
        var rest = items[...]
        while !rest.isEmpty {
          for item in rest.prefix(10) { try office.drop(item.path, item.bytes) }
          rest = rest.dropFirst(10)
          let program = try serve(office)
          try await eventually("it is ready") { program.said.contains("就绪") }
          try await Task.sleep(for: .milliseconds(Int(random.next() % 200)))
          program.signal(SIGTERM)
          let asked = SuspendingClock().now
          let end = await program.end()
          #expect(end.status == 0)
          #expect(SuspendingClock().now - asked < .seconds(10))
          #expect(office.folder.files(below: "work") == [])
          #expect(try office.journal { try $0.counts() }.waiting == 0)
        }
        let program = try serve(office)
        try await answered(items.count, office, program)
        program.signal(SIGINT)
        let end = await program.end()
        #expect(end.status == 0, "\(end.errors)")
        try await expectAll(items, office)
      }
    }

    @Test func `a signal to reload is answered by the process`() async throws {
      try await Office.hold(opened: false) { office in
        let program = try serve(office)
        try await eventually("it is ready") { program.said.contains("就绪") }
        try office.configure("language = \"en\"\n" + Office.settings)
        program.signal(SIGHUP)
        try await eventually("it says so") { program.said.contains("in force") }
        try office.drop("1.html", Papers.report(1))
        try await eventually("the answer") { try isDone(office, 1) }
        program.signal(SIGTERM)
        #expect(await program.end().status == 0)
        #expect(office.receipt("1.html")?.contains("accepted") == true)
      }
    }
  }
}
