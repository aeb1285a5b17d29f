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
        await office.close()
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
