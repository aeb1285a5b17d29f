import Dispatch
import Glibc
import Synchronization
import Testing

@testable import Intake

@Suite(.timeLimit(.minutes(1))) struct `Watching the inbox` {
  /// The loop of a service: scans at every hint until it has seen all that is wanted.
  static func gather(
    _ watcher: InboxWatcher, _ place: TestPlace, until isEnough: (Set<String>) -> Bool
  ) async throws -> (seen: Set<String>, hints: [InboxHint]) {
    var seen: Set<String> = []
    var hints: [InboxHint] = []
    func scan() throws {
      guard let root = try? place.inbox.open() else { return }
      _ = try InboxScanner().scan(root, watching: watcher) {
        seen.formUnion($0.map(\.path.text))
        return true
      }
    }
    try scan()
    if isEnough(seen) { return (seen, hints) }
    for await hint in watcher.hints {
      hints.append(hint)
      if hint.changed { try scan() }
      if isEnough(seen) { break }
    }
    return (seen, hints)
  }

  static func watched(_ place: TestPlace) throws -> InboxWatcher {
    let watcher = try InboxWatcher(place.inbox, lookForReturn: .milliseconds(20))
    _ = try InboxScanner().scan(place.inbox.open(), watching: watcher) { _ in true }
    return watcher
  }

  static func nextHint(_ watcher: InboxWatcher) async -> InboxHint? {
    var iterator = watcher.hints.makeAsyncIterator()
    return await iterator.next()
  }

  @Test func `the first scan makes the watch whole, and says so`() async throws {
    let place = TestPlace()
    place.makeFolder("a")
    let watcher = try InboxWatcher(place.inbox)
    #expect(watcher.health == .blind(.notYetWatched))
    _ = try InboxScanner().scan(place.inbox.open(), watching: watcher) { _ in true }
    #expect(watcher.health == .watching(folders: 2))
    #expect(await Self.nextHint(watcher)?.health == .watching(folders: 2))
  }

  @Test func `a file between the making of the watcher and the first scan is seen`() async throws {
    let place = TestPlace()
    let watcher = try InboxWatcher(place.inbox)
    place.drop("early")
    let found = try await Self.gather(watcher, place) { $0.contains("early") }
    #expect(found.seen == ["early"])
  }

  @Test func `closing after a write, and moving in with old dates, are announced`() async throws {
    let place = TestPlace()
    let watcher = try Self.watched(place)
    place.drop("written")
    _ = try await Self.gather(watcher, place) { $0.contains("written") }
    place.write(place.path + "/old", "x")
    let date = [timespec(tv_sec: 9, tv_nsec: 0), timespec(tv_sec: 9, tv_nsec: 0)]
    utimensat(AT_FDCWD, place.path + "/old", date, 0)
    async let found = Self.gather(watcher, place) { $0.contains("moved") }
    rename(place.path + "/old", place.inboxPath + "/moved")
    #expect(try await found.seen.contains("moved"))
  }

  @Test func `a temporary name is silent, its final renaming is announced`() async throws {
    let place = TestPlace()
    let watcher = try Self.watched(place)
    _ = await Self.nextHint(watcher)
    place.drop("a.html.filepart")
    // The canary's event comes after the file's: had that been news, the hint would be there.
    #expect(await watcher.canary() == .alive)
    #expect(watcher.state.withLock(\.pending) == InboxHint())
    rename(place.inboxPath + "/a.html.filepart", place.inboxPath + "/a.html")
    #expect(await Self.nextHint(watcher)?.changed == true)
    #expect(try place.candidates().map(\.path.text) == ["a.html"])
  }

  @Test func `folders made and filled at once, at any depth, are seen with what is in them`()
    async throws
  {
    for _ in 0..<20 {
      let place = TestPlace()
      let watcher = try Self.watched(place)
      let wanted = Set((0..<10).flatMap { n in ["d\(n)/x", "d\(n)/b/c/y"] })
      async let found = Self.gather(watcher, place) { $0.isSuperset(of: wanted) }
      for n in 0..<10 {
        place.makeFolder("d\(n)")
        place.drop("d\(n)/x")
        place.makeFolder("d\(n)/b")
        place.makeFolder("d\(n)/b/c")
        place.drop("d\(n)/b/c/y")
      }
      #expect(try await found.seen == wanted)
    }
  }

  @Test
  func `a folder moved in is seen with its content and then watched, one moved out is given up`()
    async throws
  {
    let place = TestPlace()
    mkdir(place.path + "/full", 0o770)
    mkdir(place.path + "/full/deep", 0o770)
    place.write(place.path + "/full/deep/first", "x")
    let watcher = try Self.watched(place)
    rename(place.path + "/full", place.inboxPath + "/in")
    _ = try await Self.gather(watcher, place) { $0.contains("in/deep/first") }
    #expect(watcher.health == .watching(folders: 3))
    place.drop("in/deep/second")
    _ = try await Self.gather(watcher, place) { $0.contains("in/deep/second") }
    // Under a new name it is the same folder.
    rename(place.inboxPath + "/in", place.inboxPath + "/renamed")
    place.drop("renamed/deep/third")
    _ = try await Self.gather(watcher, place) { $0.contains("renamed/deep/third") }
    rename(place.inboxPath + "/renamed", place.path + "/out")
    for await hint in watcher.hints where hint.changed {
      _ = try InboxScanner().scan(place.inbox.open(), watching: watcher) { _ in true }
      if watcher.health == .watching(folders: 1) { break }
    }
    #expect(watcher.health == .watching(folders: 1))
  }

  @Test func `a burst beyond the kernel's queue is an overflow that is told, and loses nothing`()
    async throws
  {
    let place = TestPlace()
    let queue = DispatchQueue(label: "reader")
    let watcher = try InboxWatcher(place.inbox, queue: queue)
    _ = try InboxScanner().scan(place.inbox.open(), watching: watcher) { _ in true }
    // The reader sleeps while 20 000 files come.
    queue.suspend()
    let count = 20_000
    for n in 0..<count { place.drop("f\(n)", "") }
    queue.resume()
    let found = try await Self.gather(watcher, place) { $0.count == count }
    #expect(found.seen.count == count)
    let limit = try #require(
      place.readFile("/proc/sys/fs/inotify/max_queued_events").flatMap { Int($0) })
    if limit < count {
      while watcher.overflowCount == 0 { await Task.yield() }
      #expect(watcher.overflowCount >= 1)
    }
    // The watch lives on.
    place.drop("after")
    let after = try await Self.gather(watcher, place) { $0.contains("after") }
    #expect(after.seen.count == count + 1)
  }

  @Test(arguments: ["removed", "renamed"])
  func `an inbox that goes is told, and found again when it comes back`(how: String) async throws {
    let place = TestPlace()
    place.makeFolder("sub")
    let watcher = try Self.watched(place)
    if how == "removed" {
      TestPlace.remove(place.inboxPath)
    } else {
      rename(place.inboxPath, place.path + "/elsewhere")
    }
    for await hint in watcher.hints where hint.lost { break }
    #expect(watcher.health == .blind(.inboxLost))
    #expect(watcher.health.mustPoll)
    #expect(throws: IntakeError.self) { try place.inbox.open() }
    mkdir(place.inboxPath, 0o770)
    place.drop("first")
    let found = try await Self.gather(watcher, place) { $0.contains("first") }
    #expect(found.seen.contains("first"))
    #expect(watcher.health == .watching(folders: 1))
    place.drop("second")
    _ = try await Self.gather(watcher, place) { $0.contains("second") }
  }

  @Test func `an inbox replaced by a link is not followed`() async throws {
    let place = TestPlace()
    let watcher = try Self.watched(place)
    mkdir(place.path + "/other", 0o770)
    rmdir(place.inboxPath)
    symlink(place.path + "/other", place.inboxPath)
    for await hint in watcher.hints where hint.lost { break }
    #expect(watcher.health == .blind(.inboxLost))
    #expect(throws: IntakeError.self) { try place.inbox.open() }
  }

  @Test func `a canary is heard while the watch lives, and leaves nothing behind`() async throws {
    let place = TestPlace()
    let watcher = try Self.watched(place)
    #expect(await watcher.canary() == .alive)
    #expect(place.names("inbox").isEmpty)
    #expect(watcher.health == .watching(folders: 1))
  }

  @Test func `a watch that died without an event is found by the canary, and mended by a scan`()
    async throws
  {
    let place = TestPlace()
    let parent = place.path + "/parent"
    mkdir(parent, 0o770)
    mkdir(parent + "/inbox", 0o770)
    let inbox = Inbox(path: parent + "/inbox")
    let watcher = try InboxWatcher(inbox)
    _ = try InboxScanner().scan(inbox.open(), watching: watcher) { _ in true }
    // The watched folder is now elsewhere, and no event tells.
    rename(parent, place.path + "/away")
    mkdir(parent, 0o770)
    mkdir(parent + "/inbox", 0o770)
    #expect(await watcher.canary(timeout: .milliseconds(100)) == .silent)
    #expect(watcher.health == .blind(.canarySilent))
    _ = try InboxScanner().scan(inbox.open(), watching: watcher) { _ in true }
    #expect(watcher.health.mustPoll)
    #expect(await watcher.canary() == .alive)
    #expect(watcher.health == .watching(folders: 1))
  }

  @Test(arguments: [ENOSPC, EROFS, EACCES])
  func `a canary that cannot be written proves nothing`(code: Int32) async throws {
    let place = TestPlace()
    var calls = FileCalls()
    let real = calls.open
    calls.open = { folder, name, flags, mode in
      flags & O_CREAT != 0 ? -code : real(folder, name, flags, mode)
    }
    let inbox = Inbox(path: place.inboxPath, calls: calls)
    let watcher = try InboxWatcher(inbox)
    _ = try InboxScanner().scan(inbox.open(), watching: watcher) { _ in true }
    #expect(await watcher.canary() == .notWritten(Errno(code)))
    #expect(watcher.health == .watching(folders: 1))
  }

  @Test func `canaries of a killed process are cleared, others' files by such names are not`()
    throws
  {
    let place = TestPlace()
    place.drop(".shoubao-canary-1", "")
    place.drop(".shoubao-canary-2", "content")
    try InboxWatcher.removeOldCanaries(in: place.inbox.open())
    #expect(place.names("inbox") == [".shoubao-canary-2"])
  }

  @Test(arguments: [ENOSPC, ENOMEM])
  func `a refused watch makes the health blind until the limit is raised`(code: Int32) async throws
  {
    let place = TestPlace()
    place.makeFolder("sub")
    place.drop("sub/a")
    let isFull = Mutex(true)
    var calls = FileCalls()
    let real = calls.addWatch
    let made = Counter()
    calls.addWatch = { inotify, path, mask in
      if isFull.withLock(\.self), made.add() > 1 { return -code }
      return real(inotify, path, mask)
    }
    let inbox = Inbox(path: place.inboxPath, calls: calls)
    let watcher = try InboxWatcher(inbox)
    var seen: [String] = []
    _ = try InboxScanner().scan(inbox.open(), watching: watcher) {
      seen += $0.map(\.path.text)
      return true
    }
    // What is there is found all the same.
    #expect(seen == ["sub/a"])
    #expect(watcher.health == .blind(.refused(Errno(code), folders: 1)))
    #expect(await Self.nextHint(watcher)?.health?.mustPoll == true)
    isFull.withLock { $0 = false }
    _ = try InboxScanner().scan(inbox.open(), watching: watcher) { _ in true }
    #expect(watcher.health == .watching(folders: 2))
  }

  @Test func `trouble with one folder neither blinds the watch nor gives up others' watches`()
    async throws
  {
    let place = TestPlace()
    place.makeFolder("a")
    place.makeFolder("b")
    let failing = Mutex("")
    var calls = FileCalls()
    let real = FileCalls()
    calls.open = { folder, name, flags, mode in
      failing.withLock { $0 == String(cString: name) }
        ? -EMFILE : real.open(folder, name, flags, mode)
    }
    let inbox = Inbox(path: place.inboxPath, calls: calls)
    let watcher = try InboxWatcher(inbox)
    func scan() throws {
      _ = try InboxScanner().scan(inbox.open(), watching: watcher) { _ in true }
    }
    try scan()
    failing.withLock { $0 = "b" }
    try scan()
    #expect(watcher.health == .watching(folders: 3))
    failing.withLock { $0 = "." }
    #expect(throws: IntakeError.self) { try scan() }
    #expect(watcher.health == .watching(folders: 3))
    _ = await Self.nextHint(watcher)
    place.drop("b/file")
    #expect(await Self.nextHint(watcher)?.changed == true)
  }

  @Test func `closing ends the hints`() async throws {
    let place = TestPlace()
    let watcher = try Self.watched(place)
    watcher.close()
    for await _ in watcher.hints {}
  }

  @Test func `an hour of sleep is noticed once`() {
    var detector = ResumeDetector()
    let slept = Duration.seconds(1_000_000)
    let answers = [slept, slept, slept + .seconds(3600)].map { detector.hasSlept(total: $0) }
    #expect(answers == [true, false, true])
  }
}
