import Forms
import Reports
import Testing

@testable import Journal

struct RejudgingTests {
  private func arrival(_ house: House, _ number: Int) throws -> Arrival {
    try #require(try house.journal.reader.arrival(number)).arrival
  }

  @Test func `What is judged again has the new outcome, and the old one is kept and verified`()
    throws
  {
    let house = try House()
    let number = try house.file(
      "a", "1", outcome: .returned, report: Sample.report(figure: 3), findings: Sample.findings,
      notifications: [Sample.notification]
    ).number
    let again = try #require(try house.rejudge(number, report: Sample.report(figure: 4)))
    #expect(again.outcome == .accepted && again.version == 1)
    let detail = try #require(try house.journal.reader.arrival(number))
    #expect(detail.arrival.result?.outcome == .accepted && detail.arrival.result?.errors == 0)
    #expect(detail.arrival.state == .judged, "it has to be told again")
    #expect(detail.report == Sample.report(figure: 4) && detail.findings == [])
    #expect(detail.notifications.map(\.state) == [.resolved])
    #expect(detail.history.map(\.kind) == [.claimed, .judged, .told, .rejudged])
    #expect(detail.past.map(\.outcome) == [.returned])
    #expect(detail.past.map(\.errors) == [1])
    #expect(try house.journal.reader.untold() == [number])
    try house.tell(number, "a")
    #expect(try house.verify().damages == [])
    #expect(try house.journal.reader.filed(year: 2023).map(\.arrival) == [number])
  }

  @Test func `The same judgement once more writes nothing`() throws {
    let house = try House()
    let report = Sample.report(figure: 3)
    let number = try house.file(
      "a", "1", outcome: .returned, report: report, findings: Sample.findings,
      notifications: [Sample.notification]
    ).number
    let head = try house.journal.reader.head()
    #expect(
      try house.rejudge(
        number, outcome: .returned, report: report.asJournaled, findings: Sample.findings) == nil)
    #expect(try house.journal.reader.head() == head)
    let refused = try house.file("b", "2", outcome: .unreadable).number
    #expect(try house.rejudge(refused, outcome: .unreadable) == nil)
  }

  @Test func `An older version that is judged again stays where it is among the versions`() throws {
    let house = try House()
    for text in ["1", "2", "3"] {
      try house.file(text, text, report: Sample.report(figure: Int(text) ?? 0))
    }
    try house.rejudge(
      2, outcome: .returned, report: Sample.report(figure: 9), findings: Sample.findings)
    #expect(try arrival(house, 1).supersededBy == 2)
    #expect(try arrival(house, 2).supersededBy == 3)
    #expect(try arrival(house, 2).identity?.version == 2)
    #expect(try arrival(house, 3).identity?.isCurrent == true)
    #expect(try house.verify().damages == [])
    try house.rejudge(
      3, outcome: .returned, report: Sample.report(figure: 9), findings: Sample.findings)
    #expect(try house.journal.reader.filed(year: 2023).map(\.arrival) == [3])
    #expect(try house.verify().damages == [])
  }

  /// Which of three versions turns out to be of another year, and what remains current.
  @Test(arguments: [(1, 3), (2, 3), (3, 2)])
  func `A report that is one of another year leaves its versions`(_ moved: Int, _ current: Int)
    throws
  {
    let house = try House()
    for text in ["1", "2", "3"] {
      try house.file(text, text, report: Sample.report(figure: Int(text) ?? 0))
    }
    try house.rejudge(moved, report: Sample.report(year: 2022, figure: moved))
    #expect(try house.journal.reader.filed(year: 2023).map(\.arrival) == [current])
    #expect(try house.journal.reader.filed(year: 2022).map(\.arrival) == [moved])
    for number in 1...3 where number != moved && number != current {
      #expect(try arrival(house, number).supersededBy == current)
    }
    #expect(try arrival(house, moved).supersededBy == nil)
    #expect(try arrival(house, moved).result?.year == 2022)
    #expect(try house.verify().damages == [])
    // And back again: the newest arrival is current once more.
    try house.rejudge(moved, report: Sample.report(figure: moved))
    #expect(try house.journal.reader.filed(year: 2023).map(\.arrival) == [max(moved, current)])
    #expect(try house.journal.reader.filed(year: 2022) == [])
    #expect(try arrival(house, moved).identity?.year == 2023)
    #expect(try house.verify().damages == [])
  }

  @Test func `What was no report becomes one, and the other way`() throws {
    let house = try House()
    let number = try house.file("a", "1", outcome: .unrecognised).number
    try house.file("b", "2", report: Sample.report())
    try house.rejudge(number, report: Sample.report(figure: 2))
    #expect(try arrival(house, number).supersededBy == 2)
    try house.rejudge(2, outcome: .unrecognised, reason: Refusal(.notAReport))
    #expect(try house.journal.reader.report(2) == nil)
    #expect(try house.journal.reader.filed(year: 2023).map(\.arrival) == [number])
    #expect(try arrival(house, 2).result?.reason == Refusal(.notAReport))
    #expect(try house.verify().damages == [])
  }

  @Test func `Duplicates, archives and what waits are not judged again`() throws {
    let house = try House()
    try house.file("a", "1", report: Sample.report())
    let duplicate = try house.file("b", "1").number
    let waiting = try house.claim("c")
    let container = try house.unpack("d.zip", [])
    for number in [duplicate, waiting, container.number, 99] {
      #expect(throws: JournalError.self) { try house.rejudge(number, outcome: .unreadable) }
    }
    #expect(try house.verify().damages == [])
  }

  @Test func `Notifications without an arrival are told, acknowledged and resolved`() throws {
    let house = try House()
    let requests = (0..<3).map {
      NotificationRequest(to: .unit("第\($0)局", region: nil), subject: "missing", message: "未报")
    }
    let ids = try house.journal.notify(requests)
    #expect(try house.journal.announced(ids) == ids)
    #expect(try house.journal.announced(ids) == [])
    #expect(try house.journal.acknowledge([ids[1]]) == [ids[1]])
    #expect(try house.journal.resolve(Array(ids.prefix(2))) == Array(ids.prefix(2)))
    #expect(try house.journal.acknowledge([ids[0]]) == [], "what is resolved stays so")
    #expect(
      try house.journal.reader.notifications().map(\.state) == [.resolved, .resolved, .told])
    #expect(throws: JournalError.self) { try house.journal.resolve([99]) }
    #expect(try house.verify().damages == [])
  }
}
