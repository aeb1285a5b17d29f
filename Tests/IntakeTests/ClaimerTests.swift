import Glibc
import Testing

@testable import Intake

@Suite struct `Claiming` {
  @Test func `a claim is the very file, under its number, out of the inbox`() throws {
    let place = TestPlace()
    place.makeFolder("乡镇")
    place.drop("乡镇/报告.txt", "全文")
    let settled = try place.settled("乡镇/报告.txt")
    let claim = try place.claimer().claim(settled, as: 17)
    #expect(claim.path.text == "乡镇/报告.txt")
    #expect(claim.isAsSettled && claim.proof == .lease && claim.isUntouched)
    #expect(claim.status.identity == settled.status.identity)
    #expect(try TestPlace.content(#require(claim.file).descriptor) == "全文")
    #expect(place.names("work") == ["17"])
    // The empty folder stays: it is its maker's.
    #expect(place.names("inbox") == ["乡镇"])
    #expect(place.names("inbox/乡镇").isEmpty)
  }

  @Test func `the claim's lease keeps a later writer out until it is released`() throws {
    let place = TestPlace()
    place.drop("a")
    let claim = try place.claimer().claim(try place.settled("a"), as: 1)
    let path = place.path + "/work/1"
    #expect(open(path, O_WRONLY | O_NONBLOCK) == -1)
    claim.releaseLease()
    let writer = open(path, O_WRONLY | O_NONBLOCK)
    #expect(writer >= 0)
    close(writer)
  }

  @Test func `a writer that comes in the last moment gets its file back`() throws {
    let place = TestPlace()
    place.drop("a", "一")
    let settled = try place.settled("a")
    // Would wait for the lease; without waiting it is refused, but has broken it.
    #expect(open(place.inboxPath + "/a", O_WRONLY | O_NONBLOCK) == -1)
    let error = #expect(throws: IntakeError.self) { try place.claimer().claim(settled, as: 1) }
    #expect(error?.cause.code == EBUSY)
    #expect(error?.blame == .gone)
    #expect(place.names("inbox") == ["a"])
    #expect(place.names("work").isEmpty)
  }

  @Test func `a file put in the place of the settled one is what is claimed, and it is said`()
    throws
  {
    let place = TestPlace()
    place.drop("a", "old")
    let settled = try place.settled("a")
    place.write(place.path + "/b", "new")
    rename(place.path + "/b", place.inboxPath + "/a")
    let claim = try place.claimer().claim(settled, as: 1)
    #expect(!claim.isAsSettled && !claim.isUntouched)
    #expect(claim.proof == .lease)
    #expect(try TestPlace.content(#require(claim.file).descriptor) == "new")
  }

  @Test(arguments: ["longer", "as long, later"])
  func `what was written to a settled file without a lease is seen in the claim`(how: String) throws
  {
    let place = TestPlace()
    place.drop("a", "old")
    let settled = try place.settledWithoutLease("a")
    let new = how == "longer" ? "longer" : "new"
    place.write(place.inboxPath + "/a", new)
    if how != "longer" {
      // The clock of files is coarse.
      let later = timespec(tv_sec: time(nil) + 5, tv_nsec: 0)
      #expect(utimensat(AT_FDCWD, place.inboxPath + "/a", [later, later], 0) == 0)
    }
    let claim = try place.claimer().claim(settled, as: 1)
    #expect(claim.isAsSettled && !claim.isUntouched)
    #expect(try TestPlace.content(#require(claim.file).descriptor) == new)
  }

  @Test func `a replacement that is still written is claimed as contested`() throws {
    let place = TestPlace()
    place.drop("a", "old")
    let settled = try place.settled("a")
    unlink(place.inboxPath + "/a")
    let writer = TestPlace.create(place.inboxPath + "/a")
    defer { close(writer) }
    let claim = try place.claimer().claim(settled, as: 1)
    #expect(!claim.isAsSettled && claim.proof == .contested)
  }

  @Test(.timeLimit(.minutes(1)), arguments: ["link", "fifo"])
  func `a link or FIFO swapped in is moved itself, not followed, not opened`(kind: String) throws {
    let place = TestPlace()
    place.write(place.path + "/secret", "secret")
    place.drop("a")
    let settled = try place.settled("a")
    unlink(place.inboxPath + "/a")
    if kind == "link" {
      symlink(place.path + "/secret", place.inboxPath + "/a")
    } else {
      mkfifo(place.inboxPath + "/a", 0o666)
    }
    let claimer = try place.claimer()
    let claim = try claimer.claim(settled, as: 1)
    #expect(!claim.isAsSettled && claim.file == nil)
    #expect(claim.status.kind == (kind == "link" ? .symlink : .fifo))
    #expect(place.read("secret") == "secret")
    try claimer.hold(claimed: 1)
    #expect(place.names("held") == ["1"])
    #expect(place.names("work").isEmpty)
  }

  @Test func `a folder above the file swapped for a link leads nowhere`() throws {
    let place = TestPlace()
    place.makeFolder("sub")
    place.drop("sub/a", "mine")
    mkdir(place.path + "/elsewhere", 0o700)
    place.write(place.path + "/elsewhere/a", "theirs")
    let settled = try place.settled("sub/a")
    rename(place.inboxPath + "/sub", place.path + "/moved")
    symlink(place.path + "/elsewhere", place.inboxPath + "/sub")
    let claim = try place.claimer().claim(settled, as: 1)
    #expect(try TestPlace.content(#require(claim.file).descriptor) == "mine")
    #expect(place.read("elsewhere/a") == "theirs")
    #expect(throws: IntakeError.self) { try place.candidate("sub/a") }
  }

  @Test func `a vanished file and a used number are told apart`() throws {
    let place = TestPlace()
    place.drop("a")
    place.drop("b")
    let claimer = try place.claimer()
    let (a, b) = (try place.settled("a"), try place.settled("b"))
    _ = try claimer.claim(a, as: 1)
    let again = #expect(throws: IntakeError.self) { try claimer.claim(a, as: 2) }
    #expect(again?.blame == .gone)
    let taken = #expect(throws: IntakeError.self) { try claimer.claim(b, as: 1) }
    #expect(taken?.blame == .ours && taken?.cause.code == EEXIST && taken?.number == 1)
    #expect(place.names("inbox") == ["b"])
  }

  @Test func `one of two hard links is claimed, the other stays`() throws {
    let place = TestPlace()
    place.drop("a", "x")
    link(place.inboxPath + "/a", place.inboxPath + "/b")
    let claimer = try place.claimer()
    let first = try claimer.claim(try place.settled("a"), as: 1)
    #expect(first.status.links == 2)
    first.releaseLease()
    _ = try claimer.claim(try place.settled("b"), as: 2)
    #expect(place.names("work") == ["1", "2"])
    #expect(place.names("inbox").isEmpty)
  }

  @Test func `what cannot be archived is held as it is`() throws {
    let place = TestPlace()
    symlink("/etc/passwd", place.inboxPath + "/link")
    var settler = Settler()
    let now = SuspendingClock.Instant.now
    _ = settler.examine(try place.candidate("link"), now: now)
    let later = now + .seconds(3)
    let file = try #require(settler.examine(try place.candidate("link"), now: later).file)
    try place.claimer().hold(file, as: 9)
    var status = stat()
    #expect(lstat(place.path + "/held/9", &status) == 0)
    #expect(status.st_mode & S_IFMT == S_IFLNK)
    #expect(place.names("inbox").isEmpty)
  }

  @Test func `dropping twice is no error, and folders are synced once a batch`() throws {
    let place = TestPlace()
    let synced = Counter()
    var calls = FileCalls()
    let real = calls.sync
    calls.sync = {
      synced.add()
      return real($0)
    }
    // Makes the folders, which is synced as well.
    _ = try place.claimer()
    let claimer = try place.claimer(calls)
    for number in 1...50 {
      place.drop("f\(number)")
      _ = try claimer.claim(try place.settled("f\(number)", calls), as: Int64(number))
    }
    // The folder that was opened anew for each is one folder.
    try claimer.syncFolders()
    #expect(synced.value == 2)
    try claimer.drop(1)
    try claimer.drop(1)
    try claimer.syncFolders()
    try claimer.syncFolders()
    #expect(synced.value == 3)
    #expect(place.names("work").count == 49)
  }

  @Test func `a failed sync is told and not made good by asking again`() throws {
    let place = TestPlace()
    var calls = FileCalls()
    calls.sync = { _ in -EIO }
    _ = try place.claimer()
    let claimer = try place.claimer(calls)
    place.drop("a")
    _ = try claimer.claim(try place.settled("a"), as: 1)
    let error = #expect(throws: IntakeError.self) { try claimer.syncFolders() }
    #expect(error?.step == .sync && error?.blame == .ours)
  }

  @Test func `a claim is handed back to its place, never over another file`() throws {
    let place = TestPlace()
    place.makeFolder("sub")
    place.drop("sub/a.txt", "first")
    let claimer = try place.claimer()
    let claim = try claimer.claim(try place.settled("sub/a.txt"), as: 1)
    let path = claim.path
    let root = try place.inbox.open()
    #expect(try claimer.handBack(1, to: path, in: root) == path)
    claim.releaseLease()
    _ = try claimer.claim(try place.settled("sub/a.txt"), as: 2)
    place.drop("sub/a.txt", "second")
    #expect(try claimer.handBack(2, to: path, in: root).text == "sub/a (2).txt")
    #expect(place.read("inbox/sub/a.txt") == "second")
    #expect(place.read("inbox/sub/a (2).txt") == "first")
    #expect(place.names("work").isEmpty)
  }

  @Test func `a claim whose folder is gone is handed back into a new one`() throws {
    let place = TestPlace()
    place.makeFolder("x")
    place.makeFolder("x/y")
    place.drop("x/y/a", "text")
    let claimer = try place.claimer()
    let claim = try claimer.claim(try place.settled("x/y/a"), as: 1)
    TestPlace.remove(place.inboxPath + "/x")
    try claimer.handBack(1, to: claim.path, in: place.inbox.open())
    #expect(place.read("inbox/x/y/a") == "text")
  }

  @Test func `a hand-back does not go through a link put in the folder's place`() throws {
    let place = TestPlace()
    place.makeFolder("x")
    place.drop("x/a")
    mkdir(place.path + "/elsewhere", 0o700)
    let claimer = try place.claimer()
    let claim = try claimer.claim(try place.settled("x/a"), as: 1)
    TestPlace.remove(place.inboxPath + "/x")
    symlink(place.path + "/elsewhere", place.inboxPath + "/x")
    #expect(throws: IntakeError.self) {
      try claimer.handBack(1, to: claim.path, in: place.inbox.open())
    }
    #expect(place.names("work") == ["1"])
    #expect(place.names("elsewhere").isEmpty)
  }

  @Test func `leftovers are listed by number, what is not ours by name`() throws {
    let place = TestPlace()
    let claimer = try place.claimer()
    for name in ["10", "9", "007", "-3", "notes.txt", ".copy-4", "0"] {
      place.write(place.path + "/work/" + name, name)
    }
    let found = try claimer.leftovers()
    #expect(found.claims.map(\.number) == [9, 10])
    #expect(Set(found.foreign.map(\.text)) == ["007", "-3", "notes.txt", "0"])
    #expect(!place.exists("work/.copy-4"))
    let path = try #require(InboxPath(text: "a"))
    let claim = try claimer.resume(found.claims[0], from: path)
    #expect(try TestPlace.content(#require(claim.file).descriptor) == "9")
  }
}
