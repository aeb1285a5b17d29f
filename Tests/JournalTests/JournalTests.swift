import Digests
import Forms
import GRDB
import Glibc
import Reports
import Testing

@testable import Journal

struct JournalTests {
  @Test func `A report comes back as it went in, whatever its cells hold`() throws {
    let house = try House()
    var report = Sample.report(figure: 848)
    let odd: [(String, Cell)] = [
      ("t3.new_received.natural", Cell(class: .blank, raw: "", place: "第3行")),
      ("t3.new_received.company", Cell(class: .blank, raw: "　")),
      ("t3.new_received.research", Cell(class: .notApplicable, raw: "/", place: "第9行")),
      ("t3.new_received.charity", Cell(class: .text, raw: "详见\t附表\n1|#\\", place: "a|b#2")),
      ("t3.carried_in.natural", Cell(class: .number, number: Figure("-3"), raw: "-3")),
      ("t3.carried_in.company", Cell(class: .number, number: Figure("2.50"), raw: "２.50件")),
      ("t2.fee.amount_wan", Cell(class: .number, number: Figure("43.7880"), raw: "43.7880")),
    ]
    for (name, cell) in odd { report.cells[CellKey(name)!] = cell }
    report.cells[CellKey("t4.review.upheld")!] = nil
    let committed = try house.file(
      "报告.txt", "x", outcome: .returned, report: report, findings: Sample.findings,
      notifications: [Sample.notification])
    let detail = try #require(try house.journal.reader.arrival(committed.number))
    #expect(detail.report == report)
    #expect(detail.findings == Sample.findings)
    #expect(detail.arrival.state == .told)
    #expect(detail.arrival.name == "报告.txt")
    #expect(detail.arrival.result?.errors == 1)
    #expect(detail.arrival.result?.warnings == 0)
    #expect(detail.arrival.result?.year == 2023)
    #expect(detail.arrival.identity?.isCurrent == true)
    #expect(detail.notifications.map(\.state) == [.told])
    #expect(detail.receipts.map(\.record.path) == [Array("报告.txt".utf8)])
    #expect(detail.history.map(\.kind) == [.claimed, .judged, .told])
    #expect(detail.history[1].hash == committed.entry.hash)
    #expect(try house.verify().damages == [])
  }

  @Test func `The text of sections stays in the original`() throws {
    let house = try House()
    var report = Sample.report()
    report.structure.sections[0].text = "很长的文字"
    let number = try house.file("a", "x", report: report).number
    #expect(try house.journal.reader.report(number) == report.asJournaled)
    #expect(report.asJournaled != report)
  }

  @Test func `Names of any bytes are kept`() throws {
    let house = try House()
    let path: [UInt8] = [0xFF, 0x0A, 0x41] + Array(repeating: 0xE4, count: 252)
    let request = ClaimRequest(
      path: path, folder: "子目录", received: Timestamp(microseconds: 5), hints: "{}")
    let number = try house.journal.claim([request])[0]
    let claim = try #require(try house.journal.reader.unfinished().first)
    #expect(claim.path == path)
    #expect(
      claim
        == Claim(
          number: number, path: path, folder: "子目录", received: request.received, hints: "{}",
          member: nil))
    #expect(try house.verify().damages == [])
  }

  @Test func `Claims are numbered without reuse, and withdrawn ones leave an entry`() throws {
    let house = try House()
    #expect(try ["a", "b", "c"].map(house.claim) == [1, 2, 3])
    try house.journal.withdraw([2, 3])
    #expect(try house.claim("d") == 4)
    #expect(try house.journal.reader.unfinished().map(\.number) == [1, 4])
    #expect(throws: JournalError.conflict("arrival 2 is no claim that could be withdrawn")) {
      try house.journal.withdraw([1, 2])
    }
    #expect(try house.journal.reader.unfinished().map(\.number) == [1, 4])
    let counts = try house.journal.reader.counts()
    #expect(counts.seen == 2)
    #expect(counts.waiting == 2)
    #expect(counts.isConserved)
    try house.journal.withdraw([1, 4])
    try house.reopen()
    #expect(try house.claim("e") == 5)
    #expect(try house.verify().damages == [])
  }

  @Test func `An arrival is judged once`() throws {
    let house = try House()
    let number = try house.judge("a", "x").number
    let other = try house.claim("b")
    #expect(throws: JournalError.conflict("arrival \(number) is not waiting for a judgement")) {
      _ = try house.journal.commit([
        Judgement(number: other, digest: nil, size: 0, outcome: .unreadable),
        Judgement(number: number, digest: nil, size: 0, outcome: .unreadable),
      ])
    }
    #expect(try house.journal.reader.unfinished().map(\.number) == [other])
    #expect(throws: JournalError.conflict("arrival \(other) has no judgement to tell")) {
      try house.tell(other, "b")
    }
    #expect(try house.verify().damages == [])
  }

  @Test func `What names no year counts for the collection that is under way`() throws {
    let house = try House()
    let stored = try house.keep("junk")
    let number = try house.claim("junk")
    _ = try house.journal.commit([
      Judgement(
        number: number, digest: stored.digest, size: stored.size, outcome: .unrecognised,
        collection: 2021)
    ])
    #expect(try house.journal.reader.counts(collection: 2021)[.unrecognised] == 1)
    #expect(try house.journal.reader.counts(collection: 2020)[.unrecognised] == 0)
    #expect(try house.journal.reader.arrivals(.init(year: 2021)).map(\.number) == [number])
  }

  @Test func `The same bytes again are a duplicate, also within one group`() throws {
    let house = try House()
    let first = try house.file("a", "same", report: Sample.report()).number
    let digest = SHA256.digest(of: Array("same".utf8))
    #expect(try house.journal.reader.find(digest)?.number == first)
    let second = try house.file("b", "same", report: Sample.report())
    #expect(second.outcome == .duplicate)
    #expect(second.duplicateOf == first)
    #expect(second.supersedes == nil)
    #expect(try house.journal.reader.report(second.number) == nil)
    #expect(try house.journal.reader.arrival(second.number)?.arrival.result?.year == 2023)

    let stored = try house.keep("twin")
    let numbers = try ["c", "d"].map(house.claim)
    let twins = try house.journal.commit(
      numbers.map {
        Judgement(number: $0, digest: stored.digest, size: stored.size, outcome: .unrecognised)
      })
    #expect(twins.map(\.outcome) == [.unrecognised, .duplicate])
    #expect(twins[1].duplicateOf == numbers[0])
    #expect(try house.verify().damages == [])
  }

  @Test(arguments: [(Refusal.Code.workerDied, false), (.timedOut, false), (.truncated, true)])
  func `A file that we failed to read may come again`(code: Refusal.Code, handled: Bool) throws {
    let house = try House()
    _ = try house.judge("a", "same", outcome: .unreadable, reason: Refusal(code))
    let again = try house.judge("b", "same", report: Sample.report())
    #expect((again.outcome == .duplicate) == handled)
    #expect(try house.verify().damages == [])
  }

  @Test func `The newest version is current and supersedes the one before`() throws {
    let house = try House()
    let first = try house.file(
      "a", "1", outcome: .returned, report: Sample.report(figure: 1), findings: Sample.findings,
      notifications: [Sample.notification])
    let second = try house.file("b", "2", report: Sample.report(figure: 2))
    #expect(first.version == 1)
    #expect(second.version == 2)
    #expect(second.supersedes == first.number)
    let reader = house.journal.reader
    let old = try #require(try reader.arrival(first.number))
    #expect(old.arrival.supersededBy == second.number)
    #expect(old.arrival.identity?.isCurrent == false)
    #expect(old.notifications.map(\.state) == [.resolved])
    #expect(old.history.map(\.kind) == [.claimed, .judged, .told, .superseded])
    let filer = Filer(
      unit: "云溪镇人民政府", region: "临江市", kind: .own, year: 2023, folder: "")
    #expect(try reader.current(namedAs: filer).map(\.arrival) == [second.number])
    #expect(try reader.filed(year: 2023).map(\.arrival) == [second.number])
    #expect(try house.verify().damages == [])
  }

  @Test func `An earlier arrival judged later does not become current`() throws {
    let house = try House()
    let early = try house.claim("early")
    let late = try house.file("late", "2", report: Sample.report(figure: 2))
    let stored = try house.keep("1")
    let committed = try house.journal.commit([
      Judgement(
        number: early, digest: stored.digest, size: stored.size, outcome: .accepted,
        report: Sample.report(figure: 1), notifications: [Sample.notification])
    ])[0]
    #expect(committed.supersedes == nil)
    #expect(committed.supersededBy == late.number)
    try house.tell(early, "early")
    #expect(try house.journal.reader.filed(year: 2023).map(\.arrival) == [late.number])
    #expect(try house.journal.reader.notifications().map(\.state) == [.resolved])
    #expect(try house.verify().damages == [])
  }

  @Test func `Own and level reports, regions and years are kept apart`() throws {
    let house = try House()
    var level = Sample.report()
    level.kind = .level
    let reports = [
      Sample.report(), level, Sample.report(region: "别市"), Sample.report(region: nil),
      Sample.report(year: 2022), Sample.report(unit: nil), Sample.report(year: nil),
    ]
    let committed = try reports.enumerated().map {
      try house.file("\($0)", "\($0)", report: $1)
    }
    #expect(committed.allSatisfy { $0.supersedes == nil })
    #expect(committed.map(\.version) == [1, 1, 1, 1, 1, nil, nil])
    #expect(try house.journal.reader.filed(year: 2023).count == 4)
    let filer = Filer(unit: "云溪镇人民政府", region: nil, kind: .own, year: 2023, folder: "")
    #expect(try house.journal.reader.current(namedAs: filer).map(\.arrival) == [1, 3, 4])
    #expect(try house.verify().damages == [])
  }

  @Test func `Of a thousand towns of one name those are compared that may be the same`() throws {
    let house = try House()
    let regions = ["临江市", "绍兴市南江市", "别市", "新临市", "莘县", nil]
    for (number, region) in regions.enumerated() {
      try house.file(
        "\(number)", "\(number)", report: Sample.report(region: region, figure: number))
    }
    let reader = house.journal.reader
    let all = try reader.current(
      namedAs: Filer(unit: "云溪镇人民政府", region: nil, kind: .own, year: 2023, folder: ""))
    for region in regions + ["江市", "丽水市临江市", "山东省莘县", "另县"] {
      let filer = Filer(unit: "云溪镇人民政府", region: region, kind: .own, year: 2023, folder: "")
      let some = try reader.current(namedAs: filer)
      #expect(filer.found(among: some) == filer.found(among: all))
    }
    let other = Filer(unit: "云溪镇人民政府", region: "别市", kind: .own, year: 2023, folder: "")
    #expect(try reader.current(namedAs: other).map(\.region) == ["别市", nil])
    let plan = try house.journal.connection.queue.read { db in
      try Row.fetchAll(
        db,
        sql: "EXPLAIN QUERY PLAN " + Filed.namedAlike(hasRegion: true),
        arguments: [2023, "", "", "江市"]
      ).map { $0["detail"] as String }
    }
    #expect(plan.contains { $0.contains("reports_by_name (year=? AND unit=? AND <expr>=?)") })
  }

  /// It is asked several times for each report.
  @Test func `What is new in the chain is found without walking it`() throws {
    let house = try House()
    for number in 1...3 { try house.file("\(number)", "\(number)", report: Sample.report()) }
    let reader = house.journal.reader
    let (changed, entries) = try reader.owners(since: 0)
    #expect(changed.map(\.arrival) == [1, 2, 3])
    try house.file("4", "4", report: Sample.report())
    #expect(try reader.owners(since: entries).changed.map(\.arrival) == [4])
    let plan = try house.journal.connection.queue.read { db in
      try Row.fetchAll(
        db, sql: "EXPLAIN QUERY PLAN " + Entry.arrivalsSince(kinds: [.judged, .rejudged]),
        arguments: [entries]
      ).map { $0["detail"] as String }
    }
    #expect(plan.contains { $0.contains("INTEGER PRIMARY KEY (rowid>?)") })
  }

  @Test func `Lists, counts and the last arrival`() throws {
    let house = try House()
    try house.file("a", "1", report: Sample.report())
    try house.file("b", "2", outcome: .returned, report: Sample.report(year: 2022))
    try house.file("c", "3", outcome: .unrecognised)
    try house.file("d", "1")
    _ = try house.claim("e")
    let reader = house.journal.reader
    func numbers(_ filter: JournalReader.Filter) throws -> [Int] {
      try reader.arrivals(filter).map(\.number)
    }
    #expect(try numbers(.init()) == [5, 4, 3, 2, 1])
    #expect(try numbers(.init(before: 4, limit: 2)) == [3, 2])
    // The third came in January 2024, with no report that says otherwise.
    #expect(try numbers(.init(year: 2023)) == [4, 3, 1])
    #expect(try numbers(.init(outcome: .returned)) == [2])
    #expect(try numbers(.init(unit: "云溪镇人民政府")) == [2, 1])
    let all = try reader.counts()
    #expect(all[.accepted] == 1)
    #expect(all[.duplicate] == 1)
    #expect(all.waiting == 1)
    #expect(all.received == 5)
    #expect(all.isConserved)
    #expect(try reader.counts(collection: 2022)[.returned] == 1)
    #expect(try reader.counts(collection: 2022)[.accepted] == 0)
    #expect(try reader.last()?.number == 4)
    var figures = 0
    try reader.eachFigures(of: [2, 4, 99]) { _, cells, _ in figures += cells.count }
    #expect(figures == 200)
  }

  @Test func `What is not told is told later, and receipts replace each other`() throws {
    let house = try House()
    let first = try house.judge("a", "1")
    #expect(try house.journal.reader.untold() == [first.number])
    try house.tell(first.number, "a")
    #expect(try house.journal.reader.untold() == [])
    // Another file under the same name, and the first one told again elsewhere.
    let second = try house.file("a", "2")
    try house.tell(first.number, "b")
    let receipts = try house.journal.reader.arrival(first.number)?.receipts ?? []
    #expect(receipts.map(\.replacedBy) == [2, nil])
    #expect(try house.journal.reader.arrival(second.number)?.receipts.first?.replacedBy == nil)
    #expect(try house.verify().damages == [])
  }

  @Test func `Notifications are acknowledged once`() throws {
    let house = try House()
    try house.file("a", "1", outcome: .returned, notifications: [Sample.notification])
    let late = try house.journal.notify([
      NotificationRequest(to: .office, subject: "late", message: "未报"),
      NotificationRequest(to: .unit("乙局", region: nil), subject: "late", message: "未报"),
    ])
    let reader = house.journal.reader
    #expect(late == [2, 3])
    #expect(try reader.notifications(unread: true).map(\.id) == [1, 2, 3])
    #expect(try reader.notifications(unit: "乙局").map(\.id) == [3])
    #expect(try house.journal.acknowledge([1, 2]) == [1, 2])
    #expect(try house.journal.acknowledge([2, 3]) == [3])
    #expect(throws: JournalError.conflict("there is no notification 9")) {
      try house.journal.acknowledge([9])
    }
    #expect(try reader.notifications(unread: true) == [])
    #expect(try house.verify().damages == [])
  }

  @Test func `Everything confirmed is there after the process has died`() throws {
    let house = try House()
    try house.file("a", "1", report: Sample.report())
    _ = try house.judge("b", "2")
    _ = try house.claim("c")
    let head = try house.journal.reader.head()
    // A copy of the files as they stand, the log not yet checkpointed: what a kill leaves.
    let other = try House(open: false)
    for suffix in ["", "-wal"] {
      House.write(try bytes(of: house.path + suffix), to: other.path + suffix)
    }
    let journal = try Journal(path: other.path)
    #expect(try journal.reader.head() == head)
    #expect(try journal.reader.unfinished().map(\.number) == [3])
    #expect(try journal.reader.untold() == [2])
    #expect(!journal.isNew)
  }

  @Test func `A notification is handed to the command once, and not before its receipts`() throws {
    let house = try House()
    let number = try house.judge("a", "1", outcome: .returned, notifications: [Sample.notification])
      .number
    try house.journal.notify([
      NotificationRequest(to: .office, subject: "late", message: "未报"),
      NotificationRequest(to: .unit("青石镇", region: nil), subject: "late", message: "未报"),
    ])
    func waiting() throws -> [Int] {
      try house.journal.reader.undelivered(limit: 9).map(\.id)
    }
    #expect(try waiting() == [2, 3])
    try house.tell(number, "a")
    #expect(try waiting() == [1, 2, 3])
    #expect(try house.journal.reader.undelivered(limit: 1).map(\.id) == [1])
    try house.journal.delivered(2)
    #expect(throws: JournalError.self) { try house.journal.delivered(2) }
    #expect(throws: JournalError.self) { try house.journal.delivered(99) }
    try house.journal.acknowledge([3])
    #expect(try waiting() == [1])
    let states = try house.journal.reader.notifications().map(\.state)
    #expect(states == [.told, .told, .acknowledged])
    #expect(try house.journal.reader.notificationCounts() == [.told: 2, .acknowledged: 1])
    #expect(try house.verify().isSound)
  }
}

func bytes(of path: String) throws -> [UInt8] {
  let file = open(path, O_RDONLY)
  guard file >= 0 else { throw House.Failed(errno: errno) }
  defer { close(file) }
  var result: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = read(file, &buffer, buffer.count)
    guard count > 0 else { return result }
    result += buffer[..<count]
  }
}

extension Filer {
  /// Which arrivals it is taken for, and which it may be all the same.
  fileprivate func found(among others: [Filed]) -> [Int?] {
    let filers = others.map(\.filer)
    return [latest(among: filers).map { others[$0].arrival }]
      + namesakes(among: filers).map { others[$0].arrival }
  }
}
