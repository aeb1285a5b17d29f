import Glibc
import Testing

@testable import Supervision

@Suite struct `Events and their catalogs` {
  static let folder: String = {
    let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    return parts.dropLast(3).joined(separator: "/") + "/systemd/"
  }()

  struct Entry {
    var headers: [String: String] = [:]
    var paragraphs: [String] = []
  }

  /// The entries of a catalog by message id.
  static func catalog(_ name: String) throws -> [String: Entry] {
    let text = try #require(TestFile.read(folder + name))
    var entries: [String: Entry] = [:]
    for part in ("\n" + text).split(separator: "\n-- ").dropFirst() {
      let lines = part.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      var entry = Entry()
      let blank = lines.firstIndex(of: "") ?? lines.count
      for line in lines[1..<blank] {
        let colon = try #require(line.firstIndex(of: ":"))
        entry.headers[String(line[..<colon])] = String(line[line.index(colon, offsetBy: 2)...])
      }
      entry.paragraphs = lines[blank...].filter { !$0.isEmpty }
      #expect(entries[lines[0]] == nil, "\(lines[0]) stands twice")
      entries[lines[0]] = entry
    }
    return entries
  }

  /// The values of the contract; a program outside counts by them.
  static let contract = """
    started ready claimed accepted returned unrecognised unreadable duplicate superseded missing \
    late overflow rescanned worker_died disk_full journal_damaged reloaded reload_failed stopping
    """.split(separator: " ").map(String.init)

  @Test func `every event of the contract is there under its name`() {
    #expect(Set(Self.contract).isSubset(of: Event.allCases.map(\.rawValue)))
  }

  @Test func `message ids are 32 lower-case hexadecimal digits, each once`() {
    let ids = Event.allCases.map(\.messageID)
    #expect(Set(ids).count == ids.count)
    for id in ids {
      #expect(id.utf8.count == 32 && id.allSatisfy { "0123456789abcdef".contains($0) })
    }
  }

  /// Ids are for ever: programs and people search for them.
  @Test func `ids do not change`() {
    #expect(Event.started.messageID == "43fedc23a9f74999ad5d189aaa7d1f0c")
    #expect(Event.stopping.messageID == "7acc453a4d1a42429cd3460c1163b750")
    #expect(Event.head.messageID == "7f710da5d7a74a05b924a503041a8a7c")
  }

  @Test(arguments: ["shoubao.catalog", "shoubao.zh_CN.catalog"])
  func `a catalog explains every event and nothing else`(name: String) throws {
    let entries = try Self.catalog(name)
    #expect(Set(entries.keys) == Set(Event.allCases.map(\.messageID)))
    var known = Set(EventLogTests.full.named.map(\.name))
    known.insert("SHOUBAO_EVENT")
    for event in Event.allCases {
      let entry = try #require(entries[event.messageID])
      #expect(Set(entry.headers.keys) == ["Subject", "Defined-By", "Documentation"], "\(event)")
      #expect(entry.headers["Defined-By"] == "shoubao")
      // What happened, what it means, what to do.
      #expect(entry.paragraphs.count == 3, "\(event)")
      let text = ([entry.headers["Subject"] ?? ""] + entry.paragraphs).joined(separator: "@ @")
      for field in text.split(separator: "@").filter({ $0.hasPrefix("SHOUBAO_") }) {
        // journalctl does not replace a name with a digit.
        #expect(known.contains(String(field)) && !field.contains(where: \.isNumber), "\(field)")
      }
    }
  }

  @Test func `the Chinese catalog is Chinese and asks for the same fields`() throws {
    let english = try Self.catalog("shoubao.catalog")
    let chinese = try Self.catalog("shoubao.zh_CN.catalog")
    func fields(_ entry: Entry?) -> Set<Substring> {
      let text = entry?.paragraphs.joined(separator: " ") ?? ""
      return Set(text.split(separator: "@").filter { $0.hasPrefix("SHOUBAO_") })
    }
    for event in Event.allCases {
      let entry = chinese[event.messageID]
      #expect(fields(english[event.messageID]) == fields(entry), "\(event)")
      let isHan = { (scalar: Unicode.Scalar) in (0x4E00...0x9FFF).contains(scalar.value) }
      let subject = entry?.headers["Subject"] ?? ""
      #expect(subject.unicodeScalars.contains(where: isHan))
    }
  }

  static let hasJournalctl = access("/usr/bin/journalctl", X_OK) == 0

  @Test(.enabled(if: hasJournalctl, "journalctl is not installed"))
  func `journalctl takes both catalogs and finds every text`() throws {
    let place = TestFile.folder()
    defer { TestFile.run("/bin/rm", ["-rf", place]) }
    let catalogs = place + "/usr/lib/systemd/catalog"
    TestFile.run("/bin/mkdir", ["-p", catalogs, place + "/var/lib/systemd/catalog"])
    for name in ["shoubao.catalog", "shoubao.zh_CN.catalog"] {
      TestFile.run("/bin/cp", [Self.folder + name, catalogs])
    }
    let built = TestFile.run("/usr/bin/journalctl", ["--update-catalog", "--root=" + place])
    #expect(built.status == 0 && built.output.isEmpty, "\(built.output)")
    let listed = TestFile.run("/usr/bin/journalctl", ["--list-catalog", "--root=" + place])
    for event in Event.allCases { #expect(listed.output.contains(event.messageID), "\(event)") }
    let size = try #require(TestFile.size(place + "/var/lib/systemd/catalog/database"))
    // Both languages are in it.
    let sources = [Self.folder + "shoubao.catalog", Self.folder + "shoubao.zh_CN.catalog"]
    #expect(size > sources.compactMap(TestFile.size).reduce(0, +) / 2)
  }
}
