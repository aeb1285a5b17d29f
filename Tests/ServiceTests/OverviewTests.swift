import Dispatch
import Foundation
import Generator
import Journal
import Receipts
import Reports
import Testing

@testable import Service

@Suite struct `The overview of the outbox` {
  private let year = 2023

  private func office(_ body: (Office) async throws -> Void) async throws {
    try await Office.hold(opened: false) { office in
      try office.configure("year = \(year)\n" + Office.settings)
      try roster(office, [Papers.unit(1), Papers.unit(2), "无人局"])
      try await office.open()
      try await body(office)
    }
  }

  private func roster(_ office: Office, _ units: [String]) throws {
    let lines = units.map { "\($0),,department,,01-02" }
    try office.folder.write(
      Array("roster.csv".utf8),
      Array((["unit,region,kind,aliases,due"] + lines).joined(separator: "\n").utf8))
  }

  private func page(_ office: Office, _ path: String = "index.html") -> String? {
    office.folder.text("outbox/\(path)")
  }

  /// Every link of a page, as the file it leads to.
  private func targets(_ html: String) -> [String] {
    html.matches(of: /href="([^"#]+)"/).compactMap { String($0.1).removingPercentEncoding }
  }

  private func expectLinksLead(_ office: Office) throws {
    let html = try #require(page(office))
    for target in targets(html) {
      #expect(office.folder.kind(Array("outbox/\(target)".utf8)) == S_IFREG, "\(target)")
      guard target.hasPrefix("units/"), let unit = page(office, target) else { continue }
      for target in targets(unit) {
        #expect(target.hasPrefix("../"))
        #expect(
          office.folder.kind(Array("outbox/\(target.dropFirst(3))".utf8)) == S_IFREG, "\(target)")
      }
    }
  }

  @Test func `stands there from the start, and follows what comes`() async throws {
    try await office { office in
      try await eventually("a page") { page(office)?.contains("! 逾期未报（3）") == true }
      try office.drop("镇/好 报告?.html", Papers.report(1, year: year))
      _ = try await office.answer("镇/好 报告?.html")
      try office.drop("坏.html", Papers.faulty(2, year: year))
      let returned = try await office.answer("坏.html")
      #expect(returned.arrival.result?.outcome == .returned)
      try office.drop("通知.html", Papers.junk(.news))
      _ = try await office.answer("通知.html")
      try await eventually("all three on the page") {
        page(office)?.contains("不能受理的文件（1）") == true
          && page(office)?.contains("✗ 退回") == true
          && page(office)?.contains("! 逾期未报（1）") == true
      }
      let html = try #require(page(office))
      #expect(html.contains("第 \(returned.arrival.number) 号"))
      #expect(html.contains("表三横向合计不等") || html.contains("表三纵向合计不等"))
      // The first of them filed after the second of January.
      #expect(html.contains("·迟"))
      try expectLinksLead(office)
      let notice = try #require(page(office, "notice.html"))
      #expect(notice.contains("应报 3 个单位，已接收 1 个，退回待更正 1 个，未报 1 个（其中逾期 1 个）"))
      let unit = try #require(page(office, "units/\(Papers.unit(2)).html"))
      #expect(unit.contains("第 \(returned.arrival.number) 号回执") && unit.contains("历年数字") == false)
      await office.close()
      try office.expectSound()
    }
  }

  @Test func `loses the page of a unit that leaves the roster`() async throws {
    try await office { office in
      let path = Array("outbox/units/无人局.html".utf8)
      try await eventually("its page") { office.folder.kind(path) == S_IFREG }
      try roster(office, [Papers.unit(1)])
      try await office.reload()
      try await eventually("no page") { office.folder.kind(path) == nil }
      try await eventually("no word of it") { page(office)?.contains("无人局") == false }
    }
  }

  @Test func `shares its folder with nobody`() async throws {
    try await office { office in
      for (seed, folder) in ["units", "index.html", "notice.html"].enumerated() {
        try office.drop(
          "\(folder)/\(Papers.unit(1)).html", Papers.report(1, year: year, seed: UInt64(seed)))
        _ = try await office.answer("\(folder)/\(Papers.unit(1)).html")
        #expect(office.hasPage(Array("\(folder)~/\(Papers.unit(1)).html".utf8)))
      }
      try await eventually("an accepted report on the page") {
        page(office)?.contains("✓ 已接收") == true
      }
      try expectLinksLead(office)
      await office.close()
      try office.expectSound()
    }
  }

  @Test func `is given up between its parts when a stop is asked for`() async throws {
    try await office { office in
      try office.drop("好.html", Papers.report(1, year: year))
      _ = try await office.answer("好.html")
      await office.close()
      let roster = try office.places.loadRoster()
      try office.journal { reader in
        /// How many parts there were, when the last one allowed has this number.
        func parts(until last: Int) throws -> Int {
          var part = 0
          do {
            _ = try OverviewContent(
              reader, roster: roster, year: year, today: Journal.now().date, waiting: 0,
              language: .chinese,
              goOn: { () throws(JournalError) in
                part += 1
                if part == last { throw .interrupted }
              })
          } catch {
            #expect(error == .interrupted && part == last)
          }
          return part
        }
        let all = try parts(until: .max)
        // Four of the year, one for each year shown, and one for each unit's figures.
        #expect(all >= 8)
        for last in 1...all { #expect(try parts(until: last) == last) }
      }
    }
  }

  /// Keeps the thread that makes the pages, as a year of a country does.
  private func occupy(
    _ overviewer: isolated Overviewer, until end: DispatchSemaphore, begun: @Sendable () -> Void
  ) {
    begun()
    end.wait()
  }

  @Test func `keeps no file waiting while it is made`() async throws {
    try await office { office in
      let overviewer = try await office.overviewer()
      try await eventually("a page") { page(office)?.contains("! 逾期未报（3）") == true }
      let end = DispatchSemaphore(value: 0)
      let (begins, begun) = AsyncStream<Void>.makeStream()
      let occupied = Task {
        await occupy(overviewer, until: end) { begun.finish() }
      }
      for await _ in begins {}
      try office.drop("好.html", Papers.report(1, year: year))
      _ = try await office.answer("好.html")
      // And the next one, when the page is owed already.
      try office.drop("又.html", Papers.report(2, year: year))
      _ = try await office.answer("又.html")
      #expect(page(office)?.contains("! 逾期未报（3）") == true)
      end.signal()
      await occupied.value
      try await eventually("both on the page") {
        page(office)?.contains("! 逾期未报（1）") == true
      }
      await office.close()
      try office.expectSound()
    }
  }

  @Test func `keeps no file waiting when it cannot be written`() async throws {
    try await Office.hold(opened: false) { office in
      // Somebody has put a folder where the page belongs.
      try office.folder.makeFolders(for: Array("outbox/index.html/x".utf8))
      try await office.open()
      try await office.goesOn()
      try await office.goesOn(901)
      let said = office.events.entries.filter { $0.message.contains("收报情况页面写不了") }
      #expect(said.count == 1)
    }
  }
}
