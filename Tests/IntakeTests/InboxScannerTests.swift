import Glibc
import Testing

@testable import Intake

@Suite struct `Scanning the inbox` {
  @Test func `files at every depth are found, folders are walked whatever they are called`() throws
  {
    let place = TestPlace()
    for folder in ["报告.html", "报告.html/下级", "old.tmp", "~$x"] { place.makeFolder(folder) }
    for file in ["a.txt", "报告.html/b.txt", "报告.html/下级/c.html", "old.tmp/d", "~$x/e"] {
      place.drop(file)
    }
    let found = try place.candidates()
    #expect(
      Set(found.map(\.path.text)) == [
        "a.txt", "报告.html/b.txt", "报告.html/下级/c.html", "old.tmp/d", "~$x/e",
      ])
    #expect(found.allSatisfy { $0.kind == .regular && $0.status.size == 6 })
  }

  @Test func `unfinished names and dot-folders are counted and left`() throws {
    let place = TestPlace()
    place.makeFolder(".git")
    for file in [".git/a", ".b", "~$c", "d.filepart", "e.TMP", "f"] { place.drop(file) }
    var seen: [String] = []
    let summary = try InboxScanner().scan(place.inbox.open()) {
      seen += $0.map(\.path.text)
      return true
    }
    #expect(seen == ["f"])
    #expect(summary.ignored == 5)
    #expect(summary.isComplete)
  }

  @Test func `names with a newline, no UTF-8 and 255 bytes are names like others`() throws {
    let place = TestPlace()
    let names: [[UInt8]] = [
      Array("a\nb.txt".utf8), [0xB1, 0xA8, 0xB8, 0xE6], [UInt8](repeating: 0x78, count: 255),
    ]
    for name in names { place.drop(bytes: name) }
    #expect(Set(try place.candidates().map(\.path.name)) == Set(names))
  }

  @Test(.timeLimit(.minutes(1)))
  func `what is no regular file is told by kind, and neither opened nor followed`() throws {
    let place = TestPlace()
    place.write(place.path + "/secret", "x")
    mkdir(place.path + "/elsewhere", 0o700)
    place.write(place.path + "/elsewhere/inside", "x")
    symlink(place.path + "/secret", place.inboxPath + "/link")
    symlink(place.path + "/elsewhere", place.inboxPath + "/folder-link")
    symlink("nowhere", place.inboxPath + "/broken")
    mkfifo(place.inboxPath + "/fifo", 0o666)
    let kinds = Dictionary(
      uniqueKeysWithValues: try place.candidates().map { ($0.path.text, $0.kind) })
    #expect(
      kinds == ["link": .symlink, "folder-link": .symlink, "broken": .symlink, "fifo": .fifo])
  }

  @Test func `a hard link shows how many names the file has`() throws {
    let place = TestPlace()
    place.write(place.path + "/outside", "x")
    link(place.path + "/outside", place.inboxPath + "/inside")
    #expect(try place.candidates().map(\.status.links) == [2])
  }

  @Test func `folders too deep are told, not passed over in silence`() throws {
    let place = TestPlace()
    for folder in ["1", "1/2", "1/2/3"] { place.makeFolder(folder) }
    place.drop("1/2/seen")
    place.drop("1/2/3/unseen")
    var settings = InboxScanner.Settings()
    settings.depth = 2
    var seen: [String] = []
    let summary = try InboxScanner(settings).scan(place.inbox.open()) {
      seen += $0.map(\.path.text)
      return true
    }
    #expect(seen == ["1/2/seen"])
    #expect(summary.troubles.map(\.path.text) == ["1/2/3"])
    #expect(summary.troubles.map(\.reason) == [.tooDeep])
    #expect(!summary.isComplete)
  }

  @Test func `large folders come in batches, and the walk can be ended`() throws {
    let place = TestPlace()
    for n in 0..<250 { place.drop("f\(n)", "") }
    var settings = InboxScanner.Settings()
    settings.batch = 100
    var sizes: [Int] = []
    let whole = try InboxScanner(settings).scan(place.inbox.open()) {
      sizes.append($0.count)
      return true
    }
    #expect(sizes == [100, 100, 50])
    #expect(whole.candidates == 250)
    let cut = try InboxScanner(settings).scan(place.inbox.open()) { _ in false }
    #expect(cut.isCut && !cut.isComplete && cut.candidates == 100)
  }

  @Test func `files may be claimed away while the walk goes on`() throws {
    let place = TestPlace()
    for n in 0..<3000 { place.drop("f\(n)") }
    let claimer = try place.claimer()
    var settings = InboxScanner.Settings()
    settings.batch = 64
    var number: Int64 = 0
    var settler = Settler()
    // A second walk, as the service makes after every one that found something.
    for _ in 0..<2 {
      _ = try InboxScanner(settings).scan(place.inbox.open()) { batch in
        for candidate in batch {
          guard let file = settler.examine(candidate, now: .now).file else { continue }
          number += 1
          _ = try claimer.claim(file, as: number)
        }
        return true
      }
    }
    #expect(number == 3000)
    #expect(try claimer.leftovers().claims.map(\.number) == Array(1...3000))
    #expect(place.names("inbox").isEmpty)
  }

  @Test func `a folder that cannot be opened is told and the rest is read`() throws {
    let place = TestPlace()
    place.makeFolder("closed")
    place.drop("a")
    var calls = FileCalls()
    let real = calls.open
    calls.open = { folder, name, flags, mode in
      String(cString: name) == "closed" ? -EACCES : real(folder, name, flags, mode)
    }
    var seen: [String] = []
    let inbox = Inbox(path: place.inboxPath, calls: calls)
    let summary = try InboxScanner().scan(inbox.open()) {
      seen += $0.map(\.path.text)
      return true
    }
    #expect(seen == ["a"])
    #expect(summary.troubles.map(\.path.text) == ["closed"])
    #expect(!summary.isComplete)
  }

  @Test func `an inbox that fails to be listed is an error of ours, not an empty inbox`() throws {
    let place = TestPlace()
    place.drop("a")
    var calls = FileCalls()
    calls.list = { _, _, _ in Int64(-EIO) }
    let inbox = Inbox(path: place.inboxPath, calls: calls)
    let error = #expect(throws: IntakeError.self) {
      try InboxScanner().scan(inbox.open()) { _ in true }
    }
    #expect(error?.step == .listFolder)
    #expect(error?.blame == .ours)
  }

  @Test(arguments: [true, false])
  func `an inbox that is missing or a link is refused`(isLink: Bool) throws {
    let place = TestPlace()
    rmdir(place.inboxPath)
    if isLink { symlink("/", place.inboxPath) }
    let error = #expect(throws: IntakeError.self) { try place.inbox.open() }
    #expect(error?.step == .openInbox)
    #expect(error?.blame == .ours)
  }
}
