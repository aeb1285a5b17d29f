import Glibc
import Testing

@testable import Intake

/// Every move is broken off before each of its system calls, as by a kill; then the next start looks at the folders. The file
/// must be there exactly once, whole.
@Suite struct `A kill between any two calls` {
  enum Move: String, CaseIterable { case claim, claimAcross, handBack, handBackAcross }

  /// Calls that work up to the `limit`-th; from then on none does anything: the process is dead.
  static func dying(after limit: Int, across: Bool, _ made: Counter) -> FileCalls {
    var calls = FileCalls()
    let real = FileCalls()
    let isAlive = { @Sendable in made.add() <= limit }
    // Opening and looking leave nothing behind, but count: a kill may come there too.
    calls.open = { isAlive() ? real.open($0, $1, $2, $3) : -EIO }
    calls.rename = { from, name, to, newName in
      guard isAlive() else { return -EIO }
      if across, !Self.areTogether(from, to) { return -EXDEV }
      return real.rename(from, name, to, newName)
    }
    calls.unlink = { isAlive() ? real.unlink($0, $1) : -EIO }
    calls.sync = { isAlive() ? real.sync($0) : -EIO }
    calls.makeFolder = { isAlive() ? real.makeFolder($0, $1, $2) : -EIO }
    calls.copy = { from, to in
      // Half of it reaches the disk.
      guard isAlive() else { return Int64(Glibc.write(to, "全", 3)) * 0 - Int64(EIO) }
      return real.copy(from, to)
    }
    return calls
  }

  private static func areTogether(_ a: Int32, _ b: Int32) -> Bool {
    let calls = FileCalls()
    guard case .success(let a) = calls.status(a), case .success(let b) = calls.status(b) else {
      return false
    }
    return a.identity == b.identity
  }

  @Test(arguments: Move.allCases)
  func `leaves the file once and whole`(move: Move) throws {
    let across = move == .claimAcross || move == .handBackAcross
    var limit = 0
    var isDone = false
    while !isDone {
      let place = TestPlace()
      place.makeFolder("sub")
      place.drop("sub/a.txt", "全文全文")
      let path = try #require(InboxPath(text: "sub/a.txt"))
      let made = Counter()
      // The claimer of the life before made the folders.
      let first = try place.claimer()
      let settled = try place.settled("sub/a.txt")
      if move == .handBack || move == .handBackAcross { _ = try first.claim(settled, as: 7) }
      let doomed: Claimer?
      do {
        doomed = try place.claimer(Self.dying(after: limit, across: across, made))
        isDone = true
        switch move {
        case .claim, .claimAcross: _ = try doomed?.claim(settled, as: 7)
        case .handBack, .handBackAcross:
          // The folders of the inbox die with the claimer.
          let inbox = Inbox(path: place.inboxPath, calls: try #require(doomed).calls)
          _ = try doomed?.handBack(7, to: path, in: inbox.open())
        }
        try doomed?.syncFolders()
      } catch is IntakeError {
        isDone = false
      }

      let next = try place.claimer()
      try next.finishInterrupted(in: place.inbox.open())
      let claims = try next.leftovers()
      let inWork = place.names("work").map { "work/\($0)" }
      let inInbox = place.names("inbox/sub").map { "inbox/sub/\($0)" }
      let all = inWork + inInbox
      #expect(all.count == 1, "\(move), dead after call \(limit): \(all)")
      #expect(claims.foreign.isEmpty)
      for name in all {
        #expect(place.read(name) == "全文全文", "\(move), dead after call \(limit)")
        #expect(["work/7", "inbox/sub/a.txt"].contains(name))
      }
      limit += 1
      try #require(limit < 100)
    }
    // A move of a rename alone has few calls, one with a copy has many.
    #expect(limit > (across ? 8 : 2))
  }

  @Test(arguments: [EIO, ENOSPC, EMFILE, EROFS], [true, false])
  func `one failing call anywhere loses nothing and doubles nothing`(code: Int32, across: Bool)
    throws
  {
    for failing in 1...20 {
      let place = TestPlace()
      place.drop("a", "全文")
      let settled = try place.settled("a")
      let made = Counter()
      var calls = FileCalls()
      let real = FileCalls()
      let fails = { @Sendable in made.add() == failing }
      calls.open = { fails() ? -code : real.open($0, $1, $2, $3) }
      calls.rename = { from, name, to, newName in
        if fails() { return -code }
        return !across || Self.areTogether(from, to)
          ? real.rename(from, name, to, newName) : -EXDEV
      }
      calls.statusAt = { folder, name in
        fails() ? .failure(Errno(-code)) : real.statusAt(folder, name)
      }
      calls.unlink = { fails() ? -code : real.unlink($0, $1) }
      calls.sync = { fails() ? -code : real.sync($0) }
      calls.copy = { fails() ? Int64(-code) : real.copy($0, $1) }
      let isClaimed: Bool
      do {
        _ = try place.claimer(calls).claim(settled, as: 3)
        isClaimed = true
      } catch let error as IntakeError {
        #expect(error.blame == .ours || error.cause.code == EROFS)
        // What is said of the file is so: its number is given up only where its name stands in the inbox.
        #expect(place.names("inbox").contains("a") == !error.isMoved, "call \(failing)")
        isClaimed = false
      }
      let next = try place.claimer()
      try next.finishInterrupted(in: place.inbox.open())
      let left = try next.leftovers().claims.count + place.names("inbox").count
      #expect(left == 1, "call \(failing): \(place.names("work")) \(place.names("inbox"))")
      if isClaimed { #expect(place.read("work/3") == "全文") }
    }
  }

  @Test func `a used number is refused across file systems too, and neither file is touched`()
    throws
  {
    let place = TestPlace()
    var calls = FileCalls()
    let real = calls.rename
    calls.rename = { from, name, to, newName in
      Self.areTogether(from, to) ? real(from, name, to, newName) : -EXDEV
    }
    let claimer = try place.claimer(calls)
    place.write(place.path + "/work/3", "other")
    place.drop("a", "全文")
    let error = #expect(throws: IntakeError.self) {
      try claimer.claim(try place.settled("a"), as: 3)
    }
    #expect(error?.cause.code == EEXIST)
    #expect(place.read("work/3") == "other")
    #expect(place.read("inbox/a") == "全文")
  }

  @Test func `a real other file system is crossed whole, both ways`() throws {
    guard access("/dev/shm", W_OK) == 0 else { return }
    let place = TestPlace()
    let other = TestPlace(in: "/dev/shm")
    place.drop("a.txt", "全文")
    let claimer = try Claimer(work: other.path + "/work", held: other.path + "/held")
    let claim = try claimer.claim(try place.settled("a.txt"), as: 5)
    #expect(!claim.isAsSettled)
    #expect(try TestPlace.content(#require(claim.file).descriptor) == "全文")
    #expect(place.names("inbox").isEmpty)
    try claimer.handBack(5, to: claim.path, in: place.inbox.open())
    #expect(place.read("inbox/a.txt") == "全文")
    #expect(place.names("inbox") == ["a.txt"])
    #expect(other.names("work").isEmpty)
  }
}
