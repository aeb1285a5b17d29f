import Glibc
import Testing

@testable import Intake

@Suite struct `Settling` {
  /// A settler to whom leases are refused with this error, as for another user's file or on a network mount.
  static func withoutLeases(_ code: Int32 = EACCES) -> Settler {
    var calls = FileCalls()
    calls.takeLease = { _ in -code }
    return Settler(calls: calls)
  }

  @Test(arguments: ["<p>一", "内容"])
  func `a closed file is ready at once, with the kernel's word for it`(content: String) throws {
    let place = TestPlace()
    place.drop("a.txt", content)
    var settler = Settler()
    #expect(settler.examine(try place.candidate("a.txt"), now: .now).proof == .lease)
    #expect(settler.waitingCount == 0)
  }

  @Test func `a read-only file and one with old dates are ready like any other`() throws {
    let place = TestPlace()
    place.drop("a.txt")
    chmod(place.inboxPath + "/a.txt", 0o444)
    let old = [timespec(tv_sec: 86_400, tv_nsec: 0), timespec(tv_sec: 86_400, tv_nsec: 0)]
    utimensat(AT_FDCWD, place.inboxPath + "/a.txt", old, 0)
    #expect(try place.settled("a.txt").status.modified == 86_400_000_000_000)
  }

  @Test func `a slow writer is waited for, however long the pauses, until the file is closed`()
    throws
  {
    let place = TestPlace()
    let descriptor = TestPlace.create(place.inboxPath + "/slow.html")
    var settler = Settler()
    var now = SuspendingClock.Instant.now
    var pauses: [Duration] = []
    for _ in 0..<20 {
      Glibc.write(descriptor, "<p>", 3)
      guard case .wait(let wait) = settler.examine(try place.candidate("slow.html"), now: now)
      else {
        Issue.record("ready while a writer lives")
        return
      }
      #expect(wait.reason == .writer)
      #expect(settler.nextLook == wait.until)
      pauses.append(wait.until - now)
      now = wait.until + .seconds(3600)
      #expect(settler.due(now).map(\.text) == ["slow.html"])
    }
    #expect(pauses.first == .milliseconds(50))
    #expect(pauses.last == .seconds(5))
    TestPlace.finish(descriptor, place.inboxPath + "/slow.html")
    #expect(settler.examine(try place.candidate("slow.html"), now: now).proof == .lease)
    #expect(settler.nextLook == nil)
  }

  @Test func `a writer that has mapped the file and closed it is still a writer`() throws {
    let place = TestPlace()
    place.drop("mapped.txt", String(repeating: "x", count: 4096))
    let descriptor = open(place.inboxPath + "/mapped.txt", O_RDWR | O_CLOEXEC)
    let mapping = mmap(nil, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0)
    close(descriptor)
    var settler = Settler()
    let now = SuspendingClock.Instant.now
    #expect(settler.examine(try place.candidate("mapped.txt"), now: now).waitReason == .writer)
    munmap(mapping, 4096)
    TestPlace.awaitNoWriter(place.inboxPath + "/mapped.txt")
    #expect(settler.examine(try place.candidate("mapped.txt"), now: now).proof == .lease)
  }

  @Test(arguments: [EACCES, EINVAL, ENOLCK, EOPNOTSUPP])
  func `without leases a file is ready after our own quiet time, and a change begins it anew`(
    code: Int32
  ) throws {
    let place = TestPlace()
    place.drop("a.txt", "一")
    var settler = Self.withoutLeases(code)
    let start = SuspendingClock.Instant.now
    #expect(settler.examine(try place.candidate("a.txt"), now: start).waitReason == .quiet)
    #expect(settler.nextLook == start + .seconds(2))
    let almost = start + .milliseconds(1900)
    #expect(settler.examine(try place.candidate("a.txt"), now: almost).waitReason == .quiet)
    place.drop("a.txt", "一二")
    let changed = start + .seconds(3)
    #expect(settler.examine(try place.candidate("a.txt"), now: changed).waitReason == .quiet)
    let then = changed + .seconds(2)
    #expect(settler.examine(try place.candidate("a.txt"), now: then).proof == .quiet)
  }

  @Test func `a change that keeps size and dates is a change`() throws {
    let place = TestPlace()
    place.drop("a.txt", "一")
    let path = place.inboxPath + "/a.txt"
    let date = [timespec(tv_sec: 9, tv_nsec: 0), timespec(tv_sec: 9, tv_nsec: 0)]
    utimensat(AT_FDCWD, path, date, 0)
    var settler = Self.withoutLeases()
    let start = SuspendingClock.Instant.now
    _ = settler.examine(try place.candidate("a.txt"), now: start)
    place.write(place.path + "/b", "二")
    utimensat(AT_FDCWD, place.path + "/b", date, 0)
    rename(place.path + "/b", path)
    let later = start + .seconds(10)
    #expect(settler.examine(try place.candidate("a.txt"), now: later).waitReason == .quiet)
  }

  @Test func `a young page without its end is waited for, and taken as it is when it stays so`()
    throws
  {
    let place = TestPlace()
    place.drop("page.html", "<html><table><tr><td>1")
    var settler = Self.withoutLeases()
    let start = SuspendingClock.Instant.now
    _ = settler.examine(try place.candidate("page.html"), now: start)
    let quiet = start + .seconds(5)
    #expect(settler.examine(try place.candidate("page.html"), now: quiet).waitReason == .brokenOff)
    #expect(settler.nextLook == start + .seconds(30))
    let patient = start + .seconds(30)
    #expect(settler.examine(try place.candidate("page.html"), now: patient).proof == .quiet)
    // With its end it is ready after the quiet time alone.
    place.drop("page.html", "<html><table><tr><td>1</table></html>")
    _ = settler.examine(try place.candidate("page.html"), now: start)
    #expect(settler.examine(try place.candidate("page.html"), now: quiet).proof == .quiet)
  }

  /// A file server closes what is left of an upload when its client is gone: nobody writes, and half is there.
  @Test(arguments: [
    ("cut.html", "<html><table><tr><td>1", "</table></html>"),
    ("cut.docx", "PK\u{3}\u{4}word/", "PK\u{5}\u{6}"),
    ("cut.pdf", "%PDF-1.4 endobj", "%%EOF"), ("empty.txt", "", "一、总体情况"),
  ])
  func `an upload that was cut off is waited for, and taken at once when it is taken up again`(
    name: String, half: String, rest: String
  ) throws {
    let place = TestPlace()
    place.drop(name, half)
    var settler = Settler()
    let start = SuspendingClock.Instant.now
    #expect(settler.examine(try place.candidate(name), now: start).waitReason == .brokenOff)
    #expect(settler.nextLook == start + .seconds(30))
    let later = start + .seconds(20)
    #expect(settler.examine(try place.candidate(name), now: later).waitReason == .brokenOff)
    var patient = settler
    let over = start + .seconds(30)
    #expect(patient.examine(try place.candidate(name), now: over).proof == .lease)
    place.drop(name, half + rest)
    #expect(settler.examine(try place.candidate(name), now: later).proof == .lease)
  }

  @Test func `a file can be let rest until it changes or the pause is over`() throws {
    let place = TestPlace()
    place.drop("a.html", "<p>")
    var settler = Settler()
    let start = SuspendingClock.Instant.now
    settler.rest(try place.candidate("a.html"), for: .seconds(30), now: start)
    #expect(settler.nextLook == start + .seconds(30))
    let early = start + .seconds(1)
    #expect(settler.examine(try place.candidate("a.html"), now: early).waitReason == .asked)
    // A new mode is no new content.
    chmod(place.inboxPath + "/a.html", 0o600)
    #expect(settler.examine(try place.candidate("a.html"), now: early).waitReason == .asked)
    let over = start + .seconds(30)
    var patient = settler
    #expect(patient.examine(try place.candidate("a.html"), now: over).proof == .lease)
    place.drop("a.html", "<html></html>")
    #expect(settler.examine(try place.candidate("a.html"), now: early).proof == .lease)
  }

  @Test(.timeLimit(.minutes(1)))
  func `a link, a broken link and a FIFO are handed over unopened after the quiet time`() throws {
    let place = TestPlace()
    place.write(place.path + "/secret", "x")
    symlink(place.path + "/secret", place.inboxPath + "/link")
    symlink("nowhere", place.inboxPath + "/broken")
    mkfifo(place.inboxPath + "/fifo", 0o666)
    var settler = Settler()
    let start = SuspendingClock.Instant.now
    for name in ["link", "broken", "fifo"] {
      #expect(settler.examine(try place.candidate(name), now: start).waitReason == .quiet)
      let decision = settler.examine(try place.candidate(name), now: start + .seconds(2))
      guard case .notARegularFile = decision.file?.content else {
        Issue.record("\(name): \(decision)")
        continue
      }
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func `a file that became a link or a FIFO after the scan is neither followed nor waited for`()
    throws
  {
    let place = TestPlace()
    place.write(place.path + "/secret", "x")
    for swap in ["link", "fifo", "other"] {
      place.drop(swap)
      let candidate = try place.candidate(swap)
      unlink(place.inboxPath + "/" + swap)
      switch swap {
      case "link": symlink(place.path + "/secret", place.inboxPath + "/link")
      case "fifo": mkfifo(place.inboxPath + "/fifo", 0o666)
      default: place.drop(swap, "something else")
      }
      var settler = Settler()
      #expect(settler.examine(candidate, now: .now).waitReason == .changed)
    }
  }

  @Test func `a file that is gone is gone, and forgotten`() throws {
    let place = TestPlace()
    let descriptor = TestPlace.create(place.inboxPath + "/a")
    let candidate = try place.candidate("a")
    var settler = Settler()
    _ = settler.examine(candidate, now: .now)
    #expect(settler.waitingCount == 1)
    close(descriptor)
    unlink(place.inboxPath + "/a")
    #expect(settler.examine(candidate, now: .now).isGone)
    #expect(settler.waitingCount == 0)
  }

  @Test func `what no scan meets any more is forgotten`() throws {
    let place = TestPlace()
    place.drop("stays")
    place.drop("goes")
    var settler = Self.withoutLeases()
    let first = SuspendingClock.Instant.now
    for candidate in try place.candidates() { _ = settler.examine(candidate, now: first) }
    unlink(place.inboxPath + "/goes")
    let second = first + .seconds(1)
    for candidate in try place.candidates() { _ = settler.examine(candidate, now: second) }
    settler.forgetUnmet(since: second)
    #expect(settler.due(second + .seconds(60)).map(\.text) == ["stays"])
  }

  @Test func `a file we may not read is handed over as that after the quiet time`() throws {
    let place = TestPlace()
    place.drop("closed")
    var calls = FileCalls()
    calls.open = { _, _, _, _ in -EACCES }
    var settler = Settler(calls: calls)
    let start = SuspendingClock.Instant.now
    #expect(settler.examine(try place.candidate("closed"), now: start).waitReason == .quiet)
    let decision = settler.examine(try place.candidate("closed"), now: start + .seconds(2))
    guard case .noPermission = decision.file?.content else {
      Issue.record("\(decision)")
      return
    }
  }

  @Test(arguments: [EMFILE, ENFILE, ENOMEM, EIO, EAGAIN])
  func `a failing open never makes a file ready, and has its next look`(code: Int32) throws {
    let place = TestPlace()
    place.drop("a")
    var calls = FileCalls()
    calls.open = { _, _, _, _ in -code }
    var settler = Settler(calls: calls)
    let start = SuspendingClock.Instant.now
    for second in 0..<100 {
      let decision = settler.examine(try place.candidate("a"), now: start + .seconds(second))
      switch decision.waitReason {
      case .trouble(let error): #expect(error.blame == .ours && error.cause.code == code)
      case .writer: #expect(code == EAGAIN)
      default: Issue.record("\(decision)")
      }
    }
    #expect(settler.nextLook != nil)
  }

  @Test(arguments: [EIO, ENOMEM, EBADF, EINTR, EAGAIN])
  func `a failing lease call never makes a file ready`(code: Int32) throws {
    let place = TestPlace()
    place.drop("a")
    var settler = Self.withoutLeases(code)
    let start = SuspendingClock.Instant.now
    for second in 0..<100 {
      #expect(settler.examine(try place.candidate("a"), now: start + .seconds(second)).file == nil)
    }
    var calls = FileCalls()
    calls.status = { _ in .failure(Errno(code)) }
    settler = Settler(calls: calls)
    #expect(settler.examine(try place.candidate("a"), now: start).file == nil)
  }

  @Test func `more files than can be remembered only wait longer`() throws {
    let place = TestPlace()
    for name in ["a", "b", "c"] { place.drop(name) }
    var settler = Self.withoutLeases()
    settler.settings.waiting = 2
    var taken: Set<String> = []
    var now = SuspendingClock.Instant.now
    for _ in 0..<4 {
      for candidate in try place.candidates() {
        if settler.examine(candidate, now: now).file != nil {
          taken.insert(candidate.path.text)
          unlink(place.inboxPath + "/" + candidate.path.text)
        }
      }
      now += .seconds(2)
    }
    #expect(taken == ["a", "b", "c"])
  }
}
