import Reports
import Testing

@testable import Service

extension DaemonTests {
  /// Documents that take over the process that reads them: it is stopped, they are answered, and nobody else waits for
  /// them longer than one document may take.
  @Suite struct Hijacks {
    static let settings =
      Office.settings.replacing("count = 1", with: "count = 2") + """

        [limits]
        read_seconds = 1.5
        """

    struct Case: CustomTestStringConvertible {
      var testDescription: String { document }
      let document: String
      let outcome: Outcome
      let code: Refusal.Code
      var deaths = 2
    }

    static let cases = [
      Case(document: "crash", outcome: .unreadable, code: .workerDied),
      Case(document: "hang", outcome: .unreadable, code: .timedOut),
      Case(document: "fork", outcome: .unreadable, code: .workerDied),
      Case(document: "socket", outcome: .unreadable, code: .workerDied),
      Case(document: "allocate", outcome: .unreadable, code: .workerDied),
      Case(document: "flood-log", outcome: .unreadable, code: .timedOut),
      Case(document: "flood-link", outcome: .unreadable, code: .workerDied),
      // Refused by the kernel, the worker goes on, and has read nothing.
      Case(document: "open /etc/passwd", outcome: .unrecognised, code: .notAReport, deaths: 0),
    ]

    @Test(arguments: Hijacks.cases)
    func `a hijacked worker is stopped and nobody waits for it`(_ evil: Case) async throws {
      let worker = try Office.worker().replacing("shoubao-worker", with: "test-worker")
      try await Office.hold(Self.settings, opened: false) { office in
        try await office.open(worker: worker)
        try office.drop("evil.txt", Array(evil.document.utf8))
        for number in 1...5 {
          let start = ContinuousClock().now
          try office.drop("\(number).txt", Array("good \(number)".utf8))
          let good = try await office.answer("\(number).txt")
          #expect(good.arrival.result?.reason?.code == .notAReport)
          // What one document may take, and what an arrival takes anyway.
          #expect(ContinuousClock().now - start < .seconds(1.5 + 1.5))
        }
        let answer = try await office.answer("evil.txt")
        #expect(answer.arrival.result?.outcome == evil.outcome)
        #expect(answer.arrival.result?.reason?.code == evil.code)
        #expect(office.receipt("evil.txt") != nil)
        #expect(office.events.all(.workerDied).count == evil.deaths)
        await office.close()
        try office.expectSound()
      }
    }

    @Test func `how far readers are locked in is told once`() async throws {
      try await Office.hold { office in
        try await office.goesOn(1)
        try await office.goesOn(2)
        let told = office.events.all(.cage)
        #expect(told.count == 1)
        #expect(
          told.first?.field("SHOUBAO_CAGE") == "no_new_privs capabilities limits landlock seccomp")
        #expect(told.first?.field("SHOUBAO_CAGE_MISSING") == nil)
      }
    }

    /// A worker on a kernel without Landlock, which goes no further than to say so.
    private static func halfOpen(_ office: Office) throws -> String {
      let cage = #"{"gaps":[{"layer":"landlock","errno":38}],"landlock":0,"libraries":[]}"#
      let length = String(0o1000 + cage.utf8.count, radix: 8).dropFirst()
      let head = #"SBW5\000\000\000\"# + length
      let number = String(repeating: #"\000"#, count: 8)
      let script = """
        #!/bin/sh
        printf '\(head)\(number)' >&0
        printf %s '\(cage)' >&0
        exec sleep 99

        """
      try office.folder.write(Array("worker.sh".utf8), Array(script.utf8), mode: 0o755)
      return "\(office.root)/worker.sh"
    }

    @Test func `a cage that stays open is a reason not to start, unless the setting allows it`()
      async throws
    {
      try await Office.hold(opened: false) { office in
        let worker = try Self.halfOpen(office)
        let strict = try office.make(worker: worker)
        do throws(StartError) {
          try await strict.prepare()
          Issue.record("it starts: \(office.events.entries.map(\.message))")
        } catch {
          #expect(error.exitCode == 78)
          #expect(error.message(in: .chinese).contains("landlock (errno 38)"))
          #expect(error.message(in: .chinese).contains("cage = \"prefer\""))
        }
        await strict.workers.shutdown()
        try await strict.journal.close()
      }
      let lenient = Office.settings.replacing("count = 1", with: "count = 1\ncage = \"prefer\"")
      try await Office.hold(lenient, opened: false) { office in
        let daemon = try office.make(worker: try Self.halfOpen(office))
        try await daemon.prepare()
        #expect(office.events.all(.cage).first?.priority == .warning)
        #expect(office.events.all(.cage).first?.field("SHOUBAO_CAGE_MISSING") == "landlock")
        #expect(await daemon.updateStatus(inInbox: 0).contains("缺 landlock"))
        await daemon.workers.shutdown()
        try await daemon.journal.close()
      }
    }

    @Test
    func `one that hangs at the stop goes back into the inbox, and is answered by the next life`()
      async throws
    {
      let worker = try Office.worker().replacing("shoubao-worker", with: "test-worker")
      let patient = Self.settings.replacing("read_seconds = 1.5", with: "read_seconds = 20")
      try await Office.hold(patient, opened: false) { office in
        try await office.open(worker: worker)
        try office.drop("evil.txt", Array("hang".utf8))
        try await office.events.wait(for: .claimed, count: 1)
        // Set aside by now, so that others are answered.
        try office.drop("1.txt", Array("good".utf8))
        _ = try await office.answer("1.txt")
        let begun = ContinuousClock.now
        await office.close()
        #expect(ContinuousClock.now - begun < .seconds(9))
        #expect(office.events.all(.handedBack).count == 1)
        #expect(office.folder.read(Array("inbox/evil.txt".utf8)) == Array("hang".utf8))
        try office.configure(Self.settings)
        try await office.open(worker: worker)
        let answer = try await office.answer("evil.txt")
        #expect(answer.arrival.result?.reason?.code == .timedOut)
        await office.close()
        try office.expectSound()
      }
    }
  }
}
