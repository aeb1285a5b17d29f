import Glibc
import Journal
import Testing

@testable import Service

extension DaemonFaultTests {
  /// `shoubao backup`, and what a start makes of it.
  @Suite struct Backups {
    @Test func `a backup made under load restores with one command; its start writes the receipts`()
      async throws
    {
      try await Office.hold { office in
        for number in 0..<20 { try office.drop("先-\(number).html", Papers.report(number)) }
        _ = try await office.answer("先-19.html")
        // While more come and are answered.
        let load = Task {
          for number in 20..<60 {
            try office.drop("后/\(number).html", Papers.report(number))
            try await Task.sleep(for: .milliseconds(10))
          }
        }
        var backups: [String] = []
        for number in 0..<5 {
          let file = "\(office.root)/备份-\(number).tar"
          let made = try await Program.run("backup", file, "--root", office.root)
          #expect(made.status == 0, "\(made.errors)")
          #expect(made.text.contains("已备份到"))
          backups.append(file)
        }
        try await load.value
        _ = try await office.answer("后/59.html")
        await office.close()
        try office.expectSound()
        for file in backups {
          let other = try Office()
          try #require(system("tar -xpf '\(file)' -C '\(other.root)'") == 0)
          let before = try other.arrivals().filter { $0.state != .claimed }
          #expect(before.count >= 20)
          try await other.open()
          try await other.catchUp()
          await other.close()
          try other.expectSound()
          #expect(try await Program.run("verify", "--root", other.root).status == 0)
          // Receipts are those that were handed out, byte for byte.
          for arrival in before where arrival.state == .told {
            for ending in Outbox.endings {
              let path = Array("outbox/".utf8) + arrival.path + Array(ending.utf8)
              #expect(other.folder.read(path) == office.folder.read(path))
            }
          }
        }
      }
    }

    @Test
    func `receipts that somebody removed are written again at the next start, without an entry`()
      async throws
    {
      try await Office.hold { office in
        try office.drop("镇/1.html", Papers.report(1))
        try office.drop("2.html", Papers.report(2))
        _ = try await office.answer("镇/1.html")
        _ = try await office.answer("2.html")
        await office.close()
        let head = try office.journal { try $0.head() }
        let receipt = office.receipt("2.html")
        office.folder.remove(Array("outbox/镇".utf8))
        unlink("\(office.root)/outbox/2.html.receipt.txt")
        #expect(try await Program.run("verify", "--root", office.root).status == 1)
        try await office.open()
        try await office.catchUp()
        await office.close()
        #expect(office.receipt("2.html") == receipt)
        #expect(try office.journal { try $0.head() } == head)
        try office.expectSound()

        // In another language it is another receipt, and the journal says so.
        unlink("\(office.root)/outbox/2.html.receipt.txt")
        try office.configure("language = \"en\"\n" + Office.settings)
        try await office.open()
        try await office.catchUp()
        await office.close()
        #expect(office.receipt("2.html")?.contains("accepted") == true)
        #expect(try office.journal { try $0.head() } != head)
        try office.expectSound()
      }
    }

    @Test func `a backup that cannot be made says what to do, and leaves nothing`() async throws {
      try await Office.hold { office in
        try await office.goesOn()
        let refused = try await Program.run(
          "backup", "\(office.root)/nowhere/b.tar", "--root", office.root)
        #expect(refused.status == 69)
        #expect(refused.errors.contains("备份没有做成"))
        let none = try await Program.run("backup", "/tmp/b.tar", "--root", "\(office.root)/none")
        #expect(none.status == 69)
        #expect(none.errors.contains("没有台账"))
      }
    }
  }
}
