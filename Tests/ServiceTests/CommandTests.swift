import Digests
import Generator
import Glibc
import Journal
import Reports
import Testing

@testable import Service

extension DaemonTests {
  /// The command line as programs use it: exit codes and keys are kept to the letter.
  @Suite struct Commands {
    static let checkKeys: Set = [
      "schema", "file", "sha256", "bytes", "format", "encoding", "outcome", "reason", "report",
      "findings",
    ]
    static let reportKeys: Set = [
      "title", "unit", "region", "kind", "year", "published", "template", "cells", "uncertain",
    ]
    static let findingKeys: Set = [
      "check", "status", "severity", "cells", "expected", "found", "message", "quote", "suspect",
    ]

    /// A folder with one file of each kind.
    private func papers() throws -> TestFolder {
      let folder = try TestFolder()
      for (name, bytes) in [
        ("good.html", Papers.report(1)), ("bad.html", Papers.junk(.pictures)),
        ("news.html", Papers.junk(.news)), ("empty.txt", []),
      ] {
        try folder.write(Array(name.utf8), bytes)
      }
      return folder
    }

    @Test(arguments: [
      (["good.html"], 0), (["bad.html"], 1), (["news.html"], 2), (["empty.txt"], 2),
      (["good.html", "bad.html"], 1), (["news.html", "bad.html", "good.html"], 2),
      (["missing.html"], 66), (["good.html", "missing.html"], 66), (["."], 66),
    ])
    func `check ends with the code of the worst file`(_ names: [String], _ code: Int) async throws {
      let folder = try papers()
      let files = names.map { "\(folder.path)/\($0)" }
      for format in ["text", "json", "html"] {
        let result = try await Program(["check", "--format", format] + files).end()
        #expect(result.status == Int32(code), "\(format) \(result.errors)")
        if code < 64 {
          #expect(result.errors.isEmpty)
          #expect(!result.output.isEmpty)
        } else {
          #expect(result.errors.hasSuffix("\n"))
          #expect(result.errors.split(separator: "\n").count == 1)
        }
      }
    }

    @Test(arguments: [
      ["check"], ["check", "--no-such-option", "x"], ["check", "--format", "pdf", "x"],
      ["nonsense"],
      ["show", "--root", "/tmp"], ["list", "--outcome", "good", "--root", "/tmp"],
      ["serve", "--no-such-option"], ["totals", "--year", "soon", "--root", "/tmp"],
      ["totals", "--year", "2023", "--format", "pdf", "--root", "/tmp"],
    ])
    func `what is no command is told with 64`(_ arguments: [String]) async throws {
      let result = try await Program(arguments).end()
      #expect(result.status == 64)
      #expect(!result.errors.isEmpty && result.output.isEmpty)
    }

    @Test(arguments: [
      ["--help"], ["check", "--help"], ["serve", "--help"], ["status", "--help"],
      ["list", "--help"], ["show", "--help"], ["notifications", "--help"], ["verify", "--help"],
      ["roster", "--help"], ["totals", "--help"], ["check-config", "--help"], ["doctor", "--help"],
      ["export", "--help"], ["acknowledge", "--help"], ["reprocess", "--help"],
    ])
    func `help is Chinese, or English where asked for, and ends with 0`(_ arguments: [String])
      async throws
    {
      let chinese = try await Program(arguments).end()
      let english = try await Program(arguments, language: "en").end()
      #expect(chinese.status == 0 && english.status == 0)
      #expect(chinese.text.unicodeScalars.contains { $0.value > 0x4E00 })
      #expect(!english.text.unicodeScalars.contains { $0.value > 0x4E00 && $0.value < 0x9FFF })
    }

    @Test func `check prints a line for each file in the order asked, with every key`() async throws
    {
      let folder = try papers()
      let names = ["news.html", "good.html", "empty.txt", "bad.html", "good.html"]
      let files = names.map { "\(folder.path)/\($0)" }
      let result = try await Program(["check", "--format", "json"] + files).end()
      let objects = try result.objects()
      #expect(objects.map { $0["file"]?.text } == files)
      for (name, object) in zip(names, objects) {
        let bytes = try #require(folder.read(Array(name.utf8)))
        #expect(object.keys == Commands.checkKeys)
        #expect(object["schema"] == .text("shoubao.check/1"))
        #expect(object["sha256"]?.text == SHA256.digest(of: bytes).description)
        #expect(object["bytes"]?.number == bytes.count)
        for finding in object["findings"]?.list ?? [] {
          #expect(finding.keys == Commands.findingKeys)
          if let suspect = finding["suspect"], suspect != .null {
            #expect(suspect.keys == ["cell", "balances_at"])
          }
        }
      }
      let (news, good, empty, bad) = (objects[0], objects[1], objects[2], objects[3])
      #expect(news["outcome"] == .text("unrecognised") && news["report"] == .null)
      #expect(news["reason"]?.keys == ["code", "message"])
      #expect(news["reason"]?["code"] == .text("not_a_report"))
      #expect(empty["outcome"] == .text("unreadable") && empty["encoding"] == .null)
      #expect(empty["reason"]?["code"] == .text("empty"))
      #expect(good["outcome"] == .text("accepted") && good["reason"] == .null)
      #expect(good["format"] == .text("html") && good["encoding"] == .text("utf-8"))
      let report = try #require(good["report"])
      #expect(report.keys == Commands.reportKeys)
      #expect(report["unit"]?.text == Papers.unit(1))
      #expect(report["year"]?.number == 2023 && report["kind"] == .text("own"))
      #expect(
        report["template"]
          == .object(["t2": .text("2021"), "t3": .text("2021"), "t4": .text("2021")]))
      #expect(report["uncertain"] == .list([]))
      guard case .object(let cells)? = report["cells"] else {
        Issue.record("no cells")
        return
      }
      #expect(cells.count == 200)
      for cell in cells.values {
        #expect(cell.keys == ["class", "number", "raw"])
        #expect((cell["class"] == .text("number")) == (cell["number"]?.text != nil))
      }
      #expect(bad["outcome"] == .text("returned") && bad["reason"] == .null)
      #expect(bad["report"]?["cells"] == .object([:]))
      #expect(bad["report"]?["template"]?.keys == ["t2", "t3", "t4"])
      #expect(
        bad["findings"]?.list.contains { $0["check"] == .text("FMT-TABLE-MISSING-3") } == true)
    }

    @Test func `check prints a line for each member of an archive`() async throws {
      let folder = try papers()
      let inner = Papers.archive([("年报.html", Papers.report(2))])
      try folder.write(
        Array("报送.tar".utf8),
        Papers.archive([
          ("城东/年报.html", Papers.report(1)), ("内.tar", inner), ("Thumbs.db", [1]),
          ("../说明.txt", Array("请查收".utf8)),
        ]))
      let file = "\(folder.path)/报送.tar"
      let result = try await Program.run("check", file, "--format", "json")
      let objects = try result.objects()
      #expect(
        objects.map { $0["file"]?.text }
          == ["\(file)/城东/年报.html", "\(file)/内.tar/年报.html", "\(file)/说明.txt"])
      #expect(
        objects.map { $0["outcome"]?.text } == ["accepted", "accepted", "unrecognised"])
      for (object, bytes) in zip(objects, [Papers.report(1), Papers.report(2)]) {
        #expect(object.keys == Commands.checkKeys)
        #expect(object["sha256"]?.text == SHA256.digest(of: bytes).description)
      }
      #expect(result.status == 2 && result.errors.contains("Thumbs.db"))

      // The limits are those of the settings.
      try folder.write(Array("shoubao.toml".utf8), Array("[limits]\narchive_members = 2\n".utf8))
      let few = try await Program.run(
        "check", file, "--format", "json", "--root", folder.path
      ).object()
      #expect(few["file"]?.text == file && few["reason"]?["code"] == .text("too_complex"))

      // What cannot be opened has one line, its own.
      let cut = Array(Papers.archive([("年报.html", Papers.report(1))]).prefix(3000))
      let broken = try await Program.run("check", "-", "--format", "json", input: cut).object()
      #expect(broken["file"] == .text("-") && broken["format"] == .text("tar"))
      #expect(broken["reason"]?["code"] == .text("truncated"))
    }

    @Test func `check reads standard input, once or beside files`() async throws {
      let folder = try papers()
      let bytes = Papers.report(1)
      let result = try await Program.run(
        "check", "--format", "json", "\(folder.path)/news.html", "-", input: bytes)
      let objects = try result.objects()
      #expect(result.status == 2)
      #expect(objects.count == 2 && objects[1]["file"] == .text("-"))
      #expect(objects[1]["outcome"] == .text("accepted"))
      #expect(objects[1]["sha256"]?.text == SHA256.digest(of: bytes).description)
      let empty = try await Program.run("check", "-", "--format", "json")
      #expect(empty.status == 2)
      #expect(try empty.object()["reason"]?["code"] == .text("empty"))
    }

    @Test(arguments: [
      ["status"], ["list"], ["show", "1"], ["notifications"], ["verify"], ["status", "--json"],
      ["roster"], ["roster", "--json"], ["totals", "--year", "2023"], ["export"],
      ["acknowledge", "1"], ["reprocess", "--all"],
    ])
    func `without a journal there is nothing to be asked`(_ arguments: [String]) async throws {
      let folder = try TestFolder()
      let result = try await Program(arguments + ["--root", folder.path]).end()
      #expect(result.status == 69)
      #expect(result.output.isEmpty)
      #expect(result.errors.split(separator: "\n").count == 1)
      #expect(result.errors.contains("请先启动服务"))
      #expect(folder.files(below: "") == [], "asking makes nothing")
    }

    @Test func `a configuration with a mistake is told with 78, file and line`() async throws {
      let folder = try TestFolder()
      try folder.write(
        Array("shoubao.toml".utf8), Array("language = \"zh\"\n[intake]\nscan = 3\n".utf8))
      for command in ["serve", "status", "list"] {
        let result = try await Program.run(command, "--root", folder.path)
        #expect(result.status == 78)
        #expect(result.errors.contains("shoubao.toml:3: "))
      }
      let missing = try await Program.run(
        "serve", "--root", folder.path, "--config", "/nowhere.toml")
      #expect(missing.status == 78)
      try folder.write(Array("shoubao.toml".utf8), [])
      try folder.write(Array("roster.csv".utf8), Array("unit;region\n".utf8))
      let roster = try await Program.run("serve", "--root", folder.path)
      #expect(roster.status == 78 && roster.errors.contains("roster.csv"))
    }

    static let arrivalKeys: Set = [
      "arrival", "received", "outcome", "duplicate_of", "supersedes", "superseded_by",
      "notifications", "receipts", "check",
    ]
    static let statusKeys: Set = [
      "year", "expected", "received", "accepted", "returned", "unrecognised", "unreadable",
      "duplicate", "missing", "late", "queue", "last", "daemon", "journal",
    ]

    @Test func `the journal answers while the daemon runs, and after`() async throws {
      try await Office.hold(Office.settings + "\n", opened: false) { office in
        try office.configure("year = 2023\n" + Office.settings)
        let roster = Batch.roster([1, 2, 3].map { Organ(number: $0) })
        try office.folder.write(Array("roster.csv".utf8), Array(roster.utf8))
        try await office.open()
        let root = ["--root", office.root]
        func ask(_ arguments: String...) async throws -> Program.Result {
          try await Program(arguments + root).end()
        }
        let nothing = try await ask("status", "--json")
        #expect(try nothing.object()["last"] == .null)
        #expect(try await ask("show", "1").status == 66)

        let bytes = Papers.report(1)
        try office.drop("镇/一.html", bytes)
        _ = try await office.answer("镇/一.html")
        try office.drop("二.html", bytes)
        _ = try await office.answer("二.html")
        try office.drop("三.html", Papers.report(1, seed: 2))
        _ = try await office.answer("三.html")
        let pictures = Papers.junk(.pictures)
        try office.drop("四.html", pictures)
        _ = try await office.answer("四.html")
        try office.folder.link(Array("inbox/五.html".utf8), to: "/nowhere")
        _ = try await office.answer("五.html")

        for state in ["running", "stopped"] {
          if state == "stopped" { await office.close() }
          let status = try await ask("status", "--json")
          #expect(status.status == 0)
          let object = try status.object()
          #expect(object.keys.isSuperset(of: Commands.statusKeys))
          #expect(object["daemon"] == .text(state))
          #expect(object["year"]?.number == 2023 && object["expected"]?.number == 3)
          #expect(object["duplicate"]?.number == 1 && object["unreadable"]?.number == 1)
          #expect(object["returned"]?.number == 1 && object["queue"]?.number == 0)
          #expect(object["missing"]?.list.count == 2 && object["late"]?.list.count == 2)
          #expect(object["last"]?["arrival"]?.number == 5)
          let head = try office.journal { try $0.head() }
          #expect(
            object["journal"]
              == .object([
                "entries": .number(Double(head.entries)), "head": .text(head.hash.description),
              ]))

          let list = try await ask("list", "--json")
          #expect(list.status == 0)
          let arrivals = try list.objects()
          #expect(arrivals.map { $0["arrival"]?.number } == [5, 4, 3, 2, 1])
          #expect(
            arrivals.map { $0["outcome"]?.text }
              == ["unreadable", "returned", "accepted_with_warnings", "duplicate", "accepted"])
          #expect(Set(arrivals.map(\.keys)).count == 1)
          #expect(try await ask("list", "--json", "--outcome", "returned").objects().count == 1)
          #expect(
            try await ask("list", "--json", "--unit", Papers.unit(1)).objects()
              .map { $0["arrival"]?.number } == [3, 1])
          #expect(try await ask("list", "--json", "--year", "2001").objects().isEmpty)

          for number in 1...5 {
            let shown = try await ask("show", "\(number)", "--json")
            let object = try shown.object()
            #expect(object.keys.isSuperset(of: Commands.arrivalKeys))
            #expect(object["check"]?.keys == Commands.checkKeys)
            #expect(object["receipts"]?.list.count == 1)
            #expect(object["receipts"]?.list.first?["path"] == object["check"]?["file"])
            #expect(object["arrival"]?.number == number)
          }
          let duplicate = try await ask("show", "2", "--json").object()
          #expect(duplicate["outcome"] == .text("duplicate"))
          #expect(duplicate["duplicate_of"]?.number == 1)
          #expect(duplicate["check"]?["outcome"] == .text("accepted"))
          let second = try await ask("show", "3", "--json").object()
          #expect(second["supersedes"]?.number == 1 && second["superseded_by"] == .null)
          #expect(try await ask("show", "1", "--json").object()["superseded_by"]?.number == 3)
          let link = try await ask("show", "5", "--json").object()
          #expect(link["check"]?["sha256"] == .null)
          #expect(link["check"]?["reason"]?["code"] == .text("not_a_regular_file"))

          #expect(try await ask("show", "1", "--original").output == bytes)
          #expect(try await ask("show", "4", "--original").output == pictures)
          let none = try await ask("show", "5", "--original")
          #expect(none.status == 66 && none.output.isEmpty && none.errors.contains("held/5"))

          let notifications = try await ask("notifications", "--json", "--unread").objects()
          #expect(notifications.compactMap { $0["arrival"]?.number } == [4, 5])
          #expect(notifications.allSatisfy { $0["message"]?.text?.isEmpty == false })

          let verify = try await ask("verify", "--json")
          #expect(verify.status == 0)
          #expect(try verify.object()["sound"] == .flag(true))
          #expect(try await ask("verify").status == 0)
          let standings = try await ask("roster", "--json").objects()
          #expect(Set(standings.map(\.keys)).count == 1)
          #expect(
            standings.map { $0["unit"]?.text } == [1, 2, 3, 7].map { Papers.unit($0) })
          #expect(
            standings.map { $0["state"]?.text }
              == ["accepted_with_warnings", "missing", "missing", "returned"])
          #expect(standings.map { $0["expected"] } == [true, true, true, false].map { .flag($0) })
          #expect(standings.map { $0["late"] } == [true, true, true, false].map { .flag($0) })
          #expect(standings[0]["versions"] == .list([.number(1), .number(3)]))
          #expect(standings[0]["counts"]?.number == 3)
          #expect(standings[1]["due"] == .text("2024-01-31"))

          let totals = try await ask("totals", "--year", "2023", "--format", "json").object()
          #expect(totals["reports"]?.number == 1 && totals["complete"] == .flag(false))
          #expect(totals["missing"]?.list == [2, 3].map { .text(Papers.unit($0)) })
          #expect(totals["arrivals"] == .list([.number(3)]))
          #expect(second["check"]?["report"]?["cells"] != nil)
          for (key, cell) in second["check"]?["report"]?["cells"]?.members ?? [:] {
            #expect(totals["cells"]?[key]?["number"] == cell["number"], "\(key)")
          }
          for format in ["text", "csv", "html"] {
            let printed = try await ask("totals", "--year", "2023", "--format", format)
            #expect(printed.status == 0 && printed.text.contains(Papers.unit(2)))
          }
          #expect(
            try await ask("totals", "--year", "2023", "--region", "没有县").status == 66)
          let wide = try await ask("export", "--wide", "--format", "jsonl").objects()
          #expect(wide.map { $0["arrival"]?.number } == [3, 4])
          #expect(wide.map { $0["counts"] } == [.flag(true), .flag(false)])
          #expect(
            try await ask("export", "--wide", "--versions", "--format", "jsonl").objects()
              .map { $0["arrival"]?.number } == [1, 3, 4])
          let long = try await ask("export", "--format", "jsonl").objects()
          #expect(long.count == 200 && long.allSatisfy { $0["arrival"]?.number == 3 })
          for row in long {
            let cell = second["check"]?["report"]?["cells"]?[row["key"]?.text ?? ""]
            #expect(row["number"] == cell?["number"] && row["class"] == cell?["class"])
            #expect(wide[0][row["key"]?.text ?? ""] == cell?["number"] || cell?["number"] == .null)
          }
          let sheet = try await ask("export", "--format", "csv")
          #expect(sheet.output.prefix(3) == [0xEF, 0xBB, 0xBF])
          #expect(sheet.text.split(separator: "\r\n").count == 201)
          #expect(
            try await ask("export", "--format", "xlsx").output.prefix(2) == Array("PK".utf8)[...])
          for command in ["status", "list", "notifications", "roster"] {
            #expect(try await ask(command).status == 0)
          }
          #expect(try await ask("show", "1").text.contains(Papers.unit(1)))
        }
      }
    }

    @Test func `verify finds a receipt and an original that were changed`() async throws {
      try await Office.hold { office in
        try office.drop("1.html", Papers.report(1))
        let detail = try await office.answer("1.html")
        await office.close()
        let receipt = try #require(office.folder.text("outbox/1.html.receipt.txt"))
        try office.folder.write(
          Array("outbox/1.html.receipt.txt".utf8), Array((receipt + " ").utf8))
        let changed = try await Program.run("verify", "--root", office.root, "--json")
        #expect(changed.status == 1)
        #expect(
          try changed.object()["damage"]?.list.map { $0["subject"]?.text } == ["receipt_file"])
        let archived = try #require(office.folder.files(below: "archive").first)
        try office.folder.write(Array("archive/".utf8) + archived, Papers.report(2))
        let lost = try await Program.run("verify", "--root", office.root, "--json")
        #expect(lost.status == 1)
        #expect(
          Set(try lost.object()["damage"]?.list.compactMap { $0["subject"]?.text } ?? [])
            == ["original", "receipt_file"])
        #expect(detail.arrival.number == 1)
      }
    }
  }
}
