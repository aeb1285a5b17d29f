import Glibc
import Intake
import Journal
import Reports
import Supervision

// Looking at the inbox, and claiming what is ready.

extension Daemon {
  /// What the watch says. It is a hint to look, and where events were lost, something to tell.
  func met(_ hint: InboxHint) {
    let language = configuration.language
    if hint.overflows > 0 {
      log.write(
        .overflow,
        language.say(
          "内核事件队列溢出 \(hint.overflows) 次，正在重新查看整个收报文件夹",
          en:
            "the kernel's event queue ran over \(hint.overflows) times; the whole inbox is read again"
        ),
        EventFields { $0.count = Int64(hint.overflows) })
    }
    if let health = hint.health {
      switch health {
      case .blind(.notYetWatched): break
      case .blind(let reason):
        log.write(
          .watchLost,
          language.say(
            "收不到文件夹的变动通知（\(reason)），改为定时查看",
            en:
              "changes of the inbox are not announced (\(reason)); it is looked at every few seconds"
          ))
      case .watching(let folders):
        log.note(
          .debug,
          language.say("正在监视 \(folders) 个文件夹", en: "\(folders) folders are watched"))
      }
    }
    if hint.returned {
      log.write(.watchRestored, language.say("收报文件夹已恢复", en: "the inbox is back"))
    }
    isRescan = isRescan || hint.overflows > 0 || hint.lost || hint.returned
    requestScan()
  }

  /// How many files wait. The same walk places the watches.
  func countBacklog() throws -> Int {
    let root = try inbox.open()
    try InboxWatcher.removeOldCanaries(in: root)
    return try InboxScanner().scan(root, watching: watcher) { _ in true }.candidates
  }

  /// Looks at the inbox and takes in at most one batch of what is ready. While the workers read it, the batch before is
  /// judged, committed and answered; the last one is when nothing more is ready.
  ///
  /// - Returns: whether to look again at once: the batch was full.
  func takeIn() async throws -> Bool {
    // As many slow documents as a batch has: first those, or all the memory would go into waiting.
    guard slow.count < configuration.commit.batch else { return false }
    let now = SuspendingClock().now
    let isDue = mustScan || now >= nextScan || resume.hasSlept()
    guard isDue || settler.nextLook.map({ $0 <= now }) == true else { return false }
    mustScan = false
    watchdog.beat(Daemon.loop, doing: "reading the inbox")
    var ready: [(file: SettledFile, seen: Candidate)] = []
    let limit = configuration.commit.batch
    let summary: InboxScanner.Summary
    do {
      let root = try inbox.open()
      summary = try InboxScanner().scan(root, watching: watcher) { candidates in
        for candidate in candidates {
          if case .ready(let file) = settler.examine(candidate, now: now) {
            ready.append((file, candidate))
          }
          if ready.count >= limit { return false }
        }
        return true
      }
    } catch let error as IntakeError where error.step == .openInbox {
      // Gone for now: the watch tells when it is back, and the scan looks anyway.
      nextScan = now + .seconds(configuration.intake.scanSeconds)
      log.note(.warning, "\(error)")
      return false
    }
    // More than one batch was ready: no event will announce what is there already.
    if summary.isCut { mustScan = true }
    if summary.isComplete {
      mustAnswer = true
      settler.forgetUnmet(since: now)
      nextScan = now + scanInterval
      if isRescan {
        isRescan = false
        log.write(
          .rescanned,
          configuration.language.say(
            "已重新查看收报文件夹，共 \(summary.candidates) 个文件",
            en: "the inbox was read again: \(summary.candidates) files"),
          EventFields { $0.count = Int64(summary.candidates) })
      }
    }
    // Told once, not at every scan: who may drop could fill the log with them.
    let troubles = Set(summary.troubles.map { "\($0.path): \($0.reason)" })
    for trouble in troubles.subtracting(toldTroubles).sorted().prefix(20) {
      log.note(.warning, trouble)
    }
    toldTroubles = summary.isComplete ? troubles : toldTroubles.union(troubles)
    if !ready.isEmpty {
      if let shortage = DiskShortage.find(
        at: configuration.places, reserve: configuration.disk.reserveBytes)
      {
        throw shortage
      }
      try await claim(ready)
    }
    if !summary.isCut { try await finishInHand() }
    if !ready.isEmpty { updateStatus(inInbox: summary.candidates - ready.count) }
    return summary.isCut
  }

  /// Every few seconds where events cannot be trusted.
  private var scanInterval: Duration {
    let seconds = configuration.intake.scanSeconds
    return .seconds(watcher.health.mustPoll ? min(seconds, 2) : seconds)
  }

  /// Gives a batch to the workers and numbers to it, moves it out of the inbox, and finishes the one before.
  private func claim(_ files: [(file: SettledFile, seen: Candidate)]) async throws {
    // They start while the files are copied.
    Task { [workers] in try? await workers.startAhead(files.count) }
    let received = Journal.now()
    let copies = try copyAhead(files.map(\.file))
    let numbers = try journal.claim(
      files.map {
        ClaimRequest(
          path: $0.file.path.bytes, folder: $0.file.path.parent.text, received: received)
      })
    mustRecover = true
    var batch: [Pending] = []
    var withdrawn: [Int] = []
    var early: [Int: EarlyCopy] = [:]
    var failure: IntakeError?
    for (((file, seen), copy), number) in zip(zip(files, copies), numbers) {
      do throws(IntakeError) {
        guard failure == nil else {
          withdrawn.append(number)
          continue
        }
        let claim = try claimer.claim(file, as: Int64(number))
        batch.append(Pending(claim, number: number, received: received))
        if claim.isUntouched { early[number] = copy }
      } catch {
        guard !error.isMoved else {
          // It has left the inbox: the number stands, and recovery finds the file.
          failure = error
          continue
        }
        // Gone, or written again: whoever did that is met by the next scan.
        withdrawn.append(number)
        switch error.blame {
        case .ours: failure = error
        case .gone: break
        case .file: leave(seen, error)
        }
      }
    }
    let begun = try begin(batch, early: early)
    // While the workers read.
    try claimer.syncFolders()
    try journal.withdraw(withdrawn)
    for pending in batch { logClaimed(pending) }
    try await finishInHand()
    inHand = begun
    if let failure {
      try await finishInHand()
      throw failure
    }
  }

  /// A file that we may not move (its folder is another user's). It cannot be answered; whoever runs the service is told,
  /// again at each try, and tries are few: each costs the journal two entries.
  private func leave(_ candidate: Candidate, _ error: IntakeError) {
    settler.rest(candidate, for: .seconds(300), now: SuspendingClock().now)
    log.note(
      .warning,
      configuration.language.say(
        "没有权限从收报文件夹取走 \(candidate.path)（\(error.cause)），请修改所在文件夹的权限；五分钟后再试",
        en:
          "no right to take \(candidate.path) out of the inbox (\(error.cause)): change the rights of its "
          + "folder; tried again in five minutes"))
  }

  private func logClaimed(_ pending: Pending) {
    log.write(
      .claimed,
      configuration.language.say(
        "第 \(pending.number) 号：收到 \(pending.path)",
        en: "number \(pending.number): received \(pending.path)"),
      EventFields {
        $0.arrival = Int64(pending.number)
        $0.file = pending.path.text
      })
  }

  /// Tries the watch now and then with a file of our own.
  func tryWatch() async {
    let seconds = configuration.intake.canarySeconds
    guard seconds > 0 else { return }
    let now = SuspendingClock().now
    guard let due = nextCanary else {
      nextCanary = now + .seconds(seconds)
      return
    }
    guard now >= due else { return }
    nextCanary = now + .seconds(seconds)
    _ = await watcher.canary()
  }
}

/// A claimed file, or a member of a container, on its way to an outcome.
struct Pending: Sendable {
  enum Source: Sendable {
    /// In `work/`.
    case file(Intake.Claim)
    /// In the archive of originals, if it has bytes.
    case member(MemberClaim)
  }

  let number: Int
  let path: InboxPath
  /// The sub-folder of the inbox, that of the container included.
  let folder: String
  let received: Timestamp
  let source: Source

  init(_ claim: Intake.Claim, number: Int, received: Timestamp) {
    source = .file(claim)
    self.number = number
    self.received = received
    path = claim.path
    folder = claim.path.parent.text
  }

  init(_ member: MemberClaim, number: Int, path: [UInt8], folder: String, received: Timestamp) {
    source = .member(member)
    self.number = number
    self.path = InboxPath(path) ?? .root
    self.folder = folder
    self.received = received
  }

  /// The file in `work/`; `nil`: it has none.
  var claim: Intake.Claim? { if case .file(let claim) = source { claim } else { nil } }

  var member: MemberClaim? { if case .member(let member) = source { member } else { nil } }

  /// What is known of the size without reading.
  var size: Int {
    switch source {
    case .file(let claim): Int(claim.status.size)
    case .member(let member): member.size
    }
  }

  /// Why there are no bytes.
  var refusal: Refusal {
    switch source {
    case .file(let claim): claim.refusal
    case .member(let member): member.refusal ?? Refusal(.noPermission)
    }
  }
}

extension Intake.Claim {
  fileprivate var refusal: Refusal {
    switch content {
    case .notARegularFile: Refusal(.notARegularFile, detail: status.kind.rawValue)
    case .noPermission, .readable: Refusal(.noPermission)
    }
  }
}
