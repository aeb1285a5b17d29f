import FoundationEssentials
import Generator
import Glibc
import Journal
import Reports
import Testing

@testable import Service

/// The office's own ways of hearing of things: a command for notifications, a file of figures.
@Suite struct `Told beyond the outbox` {
  /// A script in the office's folder that `FOLDER` names.
  private func hook(_ office: Office, _ body: String, more: String = "") throws {
    let text = "#!/bin/sh\n" + body.replacing("FOLDER", with: office.root) + "\n"
    try office.folder.write(Array("notify".utf8), Array(text.utf8), mode: 0o755)
    try office.configure(
      Office.settings + "\n[notify]\ncommand = \"\(office.root)/notify\"\n" + more)
  }

  private func messages(_ office: Office) throws -> [JSON] {
    let file = office.folder.read(Array("messages".utf8)) ?? []
    return try file.split(separator: UInt8(ascii: "\n")).map {
      try JSONDecoder().decode(JSON.self, from: Data($0))
    }
  }

  private func undelivered(_ office: Office) throws -> Int {
    try office.journal { try $0.undelivered(limit: 100).count }
  }

  @Test func `each notification is handed over once, with the receipts`() async throws {
    try await Office.hold(opened: false) { office in
      try hook(office, "cat >> FOLDER/messages")
      try await office.open()
      try office.drop("坏/一.html", Papers.junk(.news))
      let first = try await office.answer("坏/一.html")
      try office.drop("二.docx", Array("no document".utf8))
      let second = try await office.answer("二.docx")
      try await eventually("two messages") { try messages(office).count == 2 }
      let told = try messages(office)
      #expect(told.map { $0["arrival"]?.number } == [first.arrival.number, second.arrival.number])
      #expect(told[0]["schema"]?.text == "shoubao.notification/1")
      #expect(told[0]["subject"]?.text == first.arrival.result?.outcome.rawValue)
      #expect(told[0]["addressee"]?.text == "office" && told[0]["unit"] == .null)
      for path in told[0]["receipts"]?.list ?? [] {
        #expect(path.text.map { access($0, R_OK) == 0 } == true)
      }
      #expect(told[0]["receipts"]?.list.count == 2)
      // The journal says so, and another start hands over nothing again.
      try await eventually("delivered") { try undelivered(office) == 0 }
      let states = try office.journal { try $0.notifications().map(\.state) }
      #expect(states == [.told, .told])
      await office.close()
      try await office.open()
      try await office.goesOn()
      #expect(try messages(office).count == 2)
      try office.expectSound()
    }
  }

  @Test func `a command that fails is tried again, and the others do not wait for one`()
    async throws
  {
    try await Office.hold(opened: false) { office in
      // The first notification is refused as long as a file stands there.
      try hook(
        office,
        """
        read line
        case "$line" in *'"id":1,'*) if [ -e FOLDER/down ]; then echo 网关不通 >&2; exit 7; fi;; esac
        echo "$line" >> FOLDER/messages
        """)
      try office.folder.write(Array("down".utf8), [])
      try await office.open()
      try office.drop("一.html", Papers.junk(.news))
      _ = try await office.answer("一.html")
      try await office.events.wait(for: "a word of the failure") { entries in
        entries.contains { $0.message.contains("退出码 7，网关不通") }
      }
      try office.drop("二.html", Papers.junk(.news, seed: 2))
      _ = try await office.answer("二.html")
      try await eventually("the second") { try messages(office).count == 1 }
      #expect(try messages(office)[0]["id"]?.number == 2)
      office.folder.remove(Array("down".utf8))
      try await eventually("the first") { try messages(office).count == 2 }
      #expect(try messages(office)[1]["id"]?.number == 1)
      try await office.events.wait(for: "that it works again") { entries in
        entries.contains { $0.message.contains("通知程序已恢复正常") }
      }
      try office.expectSound()
    }
  }

  @Test func `a command that hangs is ended, and files are handled meanwhile`() async throws {
    try await Office.hold(opened: false) { office in
      try hook(office, "sleep 600", more: "timeout_seconds = 1\n")
      try await office.open()
      try office.drop("一.html", Papers.junk(.news))
      _ = try await office.answer("一.html")
      try await office.goesOn()
      try await office.events.wait(for: "a word of the time") { entries in
        entries.contains { $0.message.contains("超时") }
      }
      #expect(try undelivered(office) == 1)
      // Nor does the end of the service wait for it.
      let begin = SuspendingClock().now
      await office.close()
      #expect(SuspendingClock().now - begin < .seconds(10))
    }
  }

  @Test func `the figures of the moment stand in the file that is set`() async throws {
    try await Office.hold(opened: false) { office in
      let file = "\(office.root)/metrics/shoubao.prom"
      try office.folder.makeFolders(for: Array("metrics/x".utf8))
      try office.configure(
        "year = 2023\n" + Office.settings + "\n[metrics]\ntextfile = \"\(file)\"\n")
      try office.folder.write(
        Array("roster.csv".utf8),
        Array(
          """
          unit,region,kind,aliases,due
          \(Papers.unit(900)),,department,,
          无人局,,department,,01-02
          """.utf8))
      try await office.open()
      try await office.goesOn(900)
      try office.drop("坏.html", Papers.junk(.news))
      _ = try await office.answer("坏.html")
      func figures() throws -> MetricsFile? {
        try office.folder.read(Array("metrics/shoubao.prom".utf8)).map {
          try MetricsFile(String(decoding: $0, as: UTF8.self))
        }
      }
      try await eventually("both files counted") {
        try figures()?.values["shoubao_arrivals_total{outcome=\"unrecognised\"}"] == 1
      }
      let values = try #require(try figures()).values
      #expect(values["shoubao_arrivals_total{outcome=\"accepted\"}"] == 1)
      #expect(values["shoubao_collection_arrivals{year=\"2023\",outcome=\"accepted\"}"] == 1)
      #expect(values["shoubao_units_expected{year=\"2023\"}"] == 2)
      #expect(values["shoubao_units_missing{year=\"2023\"}"] == 1)
      #expect(values["shoubao_units_late{year=\"2023\"}"] == 1)
      #expect(values["shoubao_trouble"] == 0)
      #expect(values["shoubao_notify_waiting"] == nil)
      #expect(office.folder.files(below: "metrics").count == 1)
    }
  }

  @Test func `a file of figures that cannot be written is said once and keeps nothing back`()
    async throws
  {
    try await Office.hold(
      Office.settings + "\n[metrics]\ntextfile = \"/nowhere/at/all/shoubao.prom\"\n"
    ) { office in
      try await office.goesOn()
      try await office.goesOn(901)
      let said = office.events.entries.filter { $0.message.contains("/nowhere/at/all") }
      #expect(said.count == 1)
    }
  }
}
