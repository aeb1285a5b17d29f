import Digests
import Glibc
import Intake
import Journal
import Reports
import Testing

@testable import Service

extension DaemonFaultTests {
  /// What a daemon leaves that dies between two steps, built by hand; the next one makes of each file exactly one arrival
  /// with one outcome and one pair of receipts.
  @Suite struct Recovery {
    enum State: String, CaseIterable, Sendable {
      case numberedNotMoved, numberedAndGone, moved, movedAndArchived, judged, judgedAndLetGo,
        judgedWithHalfAReceipt, told, linkMoved, linkJudged, linkHeld, movedTwin,
        movedTwinsOfTold,
        unknownToTheJournal,
        halfCopiedToWork, halfCopiedToTheArchive, halfTakenFromAnotherFileSystem, halfAReceipt
    }

    /// A stopped office, its journal open.
    private struct Bench {
      let office: Office
      let journal: Journal
      let archive: Archive
      static let name = Array("镇/年报.html".utf8)
      static let bytes = Papers.report(1)

      init(_ office: Office) throws {
        self.office = office
        for folder in ["inbox/", "inbox/镇/", "outbox/", "work/", "held/"] {
          try office.folder.makeFolders(for: Array(folder.utf8))
        }
        journal = try Journal(path: office.places.journal)
        archive = try Archive(path: office.places.archive, create: true)
        try archive.prepare()
      }

      func claim(_ name: [UInt8] = Bench.name) throws -> Int {
        try journal.claim([ClaimRequest(path: name, folder: "镇", received: Journal.now())])[0]
      }

      func put(_ path: String, _ bytes: [UInt8] = Bench.bytes) throws {
        try office.folder.write(Array(path.utf8), bytes)
      }

      func keep(_ bytes: [UInt8] = Bench.bytes) throws -> Archive.Stored {
        try put("source", bytes)
        let file = open("\(office.root)/source", O_RDONLY)
        defer { close(file) }
        return try archive.store(file, limit: .max)
      }

      /// Judged as something the daemon itself would not say of the file, so that a second judgement would show.
      func judge(_ number: Int) throws {
        let stored = try keep()
        _ = try journal.commit([
          Judgement(
            number: number, digest: stored.digest, size: stored.size, format: .html,
            outcome: .unrecognised, reason: Refusal(.blankForm))
        ])
      }

      func judgeLink(_ number: Int) throws {
        _ = try journal.commit([
          Judgement(
            number: number, digest: nil, size: 0, outcome: .unreadable,
            reason: Refusal(.notARegularFile))
        ])
      }

      /// - Returns: the outcomes owed, one for each arrival.
      func leave(_ state: State) throws -> [Outcome] {
        switch state {
        case .numberedNotMoved:
          _ = try claim()
          try put("inbox/镇/年报.html")
        case .numberedAndGone:
          _ = try claim()
          return []
        case .moved: try put("work/\(claim())")
        case .movedAndArchived:
          try put("work/\(claim())")
          _ = try keep()
        case .judged:
          let number = try claim()
          try put("work/\(number)")
          try judge(number)
          return [.unrecognised]
        case .judgedAndLetGo:
          try judge(claim())
          return [.unrecognised]
        case .judgedWithHalfAReceipt:
          try judge(claim())
          try put("outbox/镇/年报.html.receipt.html", Array("half".utf8))
          try put("outbox/镇/.writing", Array("less".utf8))
          return [.unrecognised]
        case .told:
          let number = try claim()
          try put("work/\(number)")
          try judge(number)
          for ending in Outbox.endings { try put("outbox/镇/年报.html\(ending)", [1]) }
          let digest = SHA256.digest(of: [1])
          try journal.told([
            ReceiptRecord(arrival: number, path: Bench.name, html: digest, text: digest)
          ])
          return [.unrecognised]
        case .linkMoved:
          try office.folder.link(Array("work/\(claim())".utf8), to: "/nowhere")
          return [.unreadable]
        case .linkJudged:
          let number = try claim()
          try office.folder.link(Array("work/\(number)".utf8), to: "/nowhere")
          try judgeLink(number)
          return [.unreadable]
        case .linkHeld:
          let number = try claim()
          try office.folder.link(Array("held/\(number)".utf8), to: "/nowhere")
          try judgeLink(number)
          return [.unreadable]
        case .movedTwin:
          try put("work/\(claim())")
          try put("work/\(claim(Array("镇/同.html".utf8)))")
          return [.accepted, .duplicate]
        case .movedTwinsOfTold:
          // Two copies, in one batch, of what has been answered.
          let number = try claim(Array("镇/早.html".utf8))
          let stored = try keep()
          _ = try journal.commit([
            Judgement(number: number, digest: stored.digest, size: stored.size, outcome: .accepted)
          ])
          try put("work/\(claim())")
          try put("work/\(claim(Array("镇/同.html".utf8)))")
          return [.accepted, .duplicate, .duplicate]
        case .unknownToTheJournal: try put("work/7")
        case .halfCopiedToWork:
          let number = try claim()
          try put("work/.copy-\(number)", Array(Bench.bytes.prefix(100)))
          try put("inbox/镇/.shoubao-taken-\(number)")
        case .halfCopiedToTheArchive:
          try put("work/\(claim())")
          try put("archive/tmp/half", Array(Bench.bytes.prefix(100)))
        case .halfTakenFromAnotherFileSystem:
          let number = try claim()
          try put("work/\(number)")
          try put("inbox/镇/.shoubao-taken-\(number)")
        case .halfAReceipt:
          try put("work/\(claim())")
          try put("outbox/镇/.writing", Array("less".utf8))
        }
        return [.accepted]
      }
    }

    @Test(arguments: State.allCases)
    func `what was left is finished, once`(_ state: State) async throws {
      try await Office.hold(opened: false) { office in
        let owed: [Outcome] = try {
          let bench = try Bench(office)
          let owed = try bench.leave(state)
          try bench.journal.close()
          return owed
        }()
        try await office.open()
        try await office.events.wait(for: "the outcomes owed") { entries in
          entries.count { $0.isOutcome } >= (state == .told ? 0 : owed.count)
        }
        try await office.goesOn()
        await office.close()
        try office.expectSound()
        let arrivals = try office.arrivals().filter { !$0.displayName.contains("好报告") }
        #expect(arrivals.count == owed.count)
        #expect(Set(arrivals.compactMap(\.result?.outcome)) == Set(owed))
        #expect(arrivals.allSatisfy { $0.state == .told })
        #expect(office.folder.files(below: "inbox") == [])
        for arrival in arrivals {
          let detail = try #require(try office.journal { try $0.arrival(arrival.number) })
          #expect(detail.history.map(\.kind) == [.claimed, .judged, .told])
          #expect(detail.receipts.count == 1)
          #expect(office.receipt(arrival.path) != nil && office.hasPage(arrival.path))
          if arrival.result?.outcome == .unreadable {
            #expect(office.folder.kind(Array("held/\(arrival.number)".utf8)) == S_IFLNK)
          } else {
            #expect(try office.original(detail) == Bench.bytes)
          }
        }
        // A third life finds nothing to do.
        let said = office.events.entries.count
        try await office.open()
        await office.close()
        let later = office.events.entries[said...].compactMap(\.event)
        #expect(Set(later).isSubset(of: [.started, .ready, .head, .stopping]))
      }
    }

    @Test func `a stop hands nothing over half done`() async throws {
      try await Office.hold(opened: false) { office in
        for number in 0..<30 { try office.drop("\(number).html", Papers.report(number)) }
        try await office.open()
        try await office.events.wait(for: .claimed)
        await office.close()
        #expect(office.folder.files(below: "work") == [])
        let counts = try office.journal { try $0.counts() }
        #expect(counts.waiting == 0 && counts.isConserved)
        #expect(counts.received + office.folder.files(below: "inbox").count == 30)
        try await office.open()
        for number in 0..<30 {
          #expect(try await office.answer("\(number).html").arrival.result?.outcome == .accepted)
        }
        await office.close()
        try office.expectSound()
        #expect(try office.arrivals().count == 30)
      }
    }
  }
}
