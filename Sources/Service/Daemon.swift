import CLinux
import Collection
import Dispatch
import Glibc
import Intake
import Journal
import Reports
import Roster
public import Supervision
import UnixSignals
import WorkerLink

/// The service: takes files out of the inbox, has them read, judges, writes the journal, answers.
///
/// One loop does everything that touches the folder and the journal; it runs on a thread of its own because it waits for
/// the disk. Between two steps it may die at any instruction: `docs/architecture.md` says what each step leaves.
public actor Daemon {
  nonisolated private let executor = QueueExecutor(label: "shoubao.daemon")
  nonisolated public var unownedExecutor: UnownedSerialExecutor {
    executor.asUnownedSerialExecutor()
  }

  var configuration: Configuration
  var roster: Roster? {
    didSet {
      finder = roster.map(UnitFinder.init)
      filings = finder.map(FilingIndex.init)
    }
  }
  /// Of the roster.
  private(set) var finder: UnitFinder?
  /// Of the roster.
  var filings: FilingIndex?
  /// Where the configuration is read again from: the places before it was applied.
  let base: Places
  let mustExist: Bool

  let log: EventLog
  let notifier: Notifier
  let watchdog: Watchdog

  let journal: Journal
  let archive: Archive
  let keeper: Keeper
  let claimer: Claimer
  let inbox: Inbox
  let watcher: InboxWatcher
  let workers: WorkerPool
  let cageGaps = CageGaps()
  let outbox: Outbox
  let overviewer: Overviewer
  let requests: RequestSpool
  private var requestWatch: RequestWatch?
  /// Where reports have come from, by report year: the levels that they lie in are compared with their members when nothing else
  /// waits.
  var levelsToRecheck: [Int: RegionSet] = [:]
  /// Their arrivals, the last one first.
  var waitingLevels: [Int] = []
  /// Somebody may have filed, or the roster has changed.
  var mustCheckDeadlines = true
  var deadlinesCheckedOn: CalendarDate?
  var deadlinesShare = Share()
  /// Somebody may have asked for something.
  var mustAnswer = true

  /// The batch that the workers read while the next one is taken in.
  var inHand: OpenBatch?
  /// Claimed documents that are still being read while others go on, by number.
  var slow: [Int: SlowDocument] = [:]
  /// Folders that could not be read, as the log has been told.
  var toldTroubles: Set<String> = []
  /// How often a claimed file could not be read, by number.
  var unread: [Int: Int] = [:]
  /// Members of containers wait to be read, or containers for their members.
  var mustFinishMembers = false
  /// Containers are unpacked a few at a time: each takes room on the disk until its members are archived.
  let unpackings = Turns(2)
  var settler: Settler
  var resume = ResumeDetector()

  /// Yields when there may be something to do; the loop looks for itself what it is.
  private let wakeups: AsyncStream<Void>
  private let wake: AsyncStream<Void>.Continuation

  // Why the loop was woken.
  var mustScan = true
  /// Events were lost: the next whole scan is worth a line in the log.
  var isRescan = false
  private var mustReload = false
  /// Raised by the signal itself: the loop may be in a long step, which looks at it, when the word comes.
  let stopFlag: StopFlag
  var isStopping: Bool { stopFlag.isRaised }
  private var isStopTold = false
  /// Why there is no going on.
  private var fault: StartError?

  /// What lies in `work/` must be finished before anything new is claimed: at the start, and after a fault of ours.
  var mustRecover = true
  var trouble: (Trouble, until: SuspendingClock.Instant, pause: Duration)?
  var nextScan = SuspendingClock().now
  var nextCanary: SuspendingClock.Instant?
  var lastStatus = ""
  var lastHead: Head?
  var lastCollection: CollectionStatus?
  /// A year is counted through when the first files have been answered, or none wait.
  var mayReadYears = false
  /// What stands in the outbox has been looked at up to this receipt; `nil`: all of it.
  var lookedAtReceipts: Int? = 0
  var metrics = MetricsState()
  /// When something was last done, until memory has been given back.
  var lastBusy: SuspendingClock.Instant? = SuspendingClock().now
  var delivery = Delivery()
  var overview = OverviewState()
  var nextHead = SuspendingClock().now
  /// Originals are looked at for their age a while after the start, when the clock has been set.
  var nextRetention = SuspendingClock().now + .seconds(300)
  var hasSweptExpired = false
  let clockAtStart = SuspendingClock().now
  let timeAtStart = Journal.now()

  static let loop = "intake"

  /// Opens everything, and starts nothing.
  ///
  /// - Throws: ``StartError``, with the exit code that belongs to it.
  public init(
    configuration: Configuration, base: Places, mustExist: Bool, log: EventLog,
    notifier: Notifier, worker: String
  ) throws(StartError) {
    self.configuration = configuration
    self.base = base
    self.mustExist = mustExist
    self.log = log
    self.notifier = notifier
    let language = configuration.language
    let places = configuration.places
    do {
      try makeFolders(places)
      roster = try places.loadRoster()
      // Observers are silent here.
      finder = roster.map(UnitFinder.init)
      filings = finder.map(FilingIndex.init)
      archive = try Archive(path: places.archive, create: true)
      // Before a journal is made: the next start would find that one, and go on with it.
      if places.hasNoJournal, try !archive.isEmpty() {
        throw StartError.journalMissing(journal: places.journal, archive: places.archive)
      }
      journal = try Journal(
        path: places.journal,
        upgrading: { schema in
          // Stopped in the middle it would begin anew at each start.
          notifier.send(.extendTimeout(.seconds(3600)))
          let line = language.say(
            "正在把台账由第 \(schema) 版结构升级，请勿中断",
            en: "bringing the journal of schema \(schema) up to date")
          notifier.send(.status(line))
          log.note(.notice, line)
        })
      try archive.prepare()
      keeper = Keeper(archive)
      claimer = try Claimer(work: places.work, held: places.held)
      inbox = Inbox(path: places.inbox)
      watcher = try InboxWatcher(inbox)
    } catch {
      throw StartError(error)
    }
    outbox = Outbox(path: places.outbox)
    stopFlag = StopFlag()
    requests = RequestSpool(path: places.requests)
    watchdog = Watchdog(notifier) { stall in
      log.write(
        .stalled,
        language.say(
          "“\(stall.loop)”已 \(stall.silentFor) 没有进展（上限 \(stall.limit)），当时在做：\(stall.doing)",
          en:
            "\(stall.loop) has made no progress for \(stall.silentFor) (limit \(stall.limit)), doing: "
            + stall.doing))
    }
    overviewer = Overviewer(places, watchdog, stop: stopFlag)
    workers = WorkerPool(
      configuration.workerSettings(worker), report: { log.write($0, language) },
      cage: { [cageGaps] cage in
        cageGaps.set(cage.gaps)
        log.write(cage, language)
      })
    settler = Settler(configuration.intake.settlerSettings)
    (wakeups, wake) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// Starts the first worker, so that one that cannot lock itself in is told at once and by the exit code. Whatever else
  /// keeps it from starting may pass, and is met with the first document.
  public func prepare() async throws(StartError) {
    do throws(WorkerFault) {
      try await workers.startAhead(1)
    } catch {
      guard case .cageOpen(let gaps) = error else {
        log.note(.warning, "\(error)")
        return
      }
      throw .cageOpen(gaps)
    }
  }

  /// Runs until SIGTERM or SIGINT; SIGHUP reads the configuration again.
  ///
  /// - Returns: why it had to end by itself; `nil`: it was asked to.
  public func run() async -> StartError? {
    // Trapped before anybody is told that we are ready: a signal sent on that word must not be lost.
    let trapped = await UnixSignalsSequence(trapping: .sigterm, .sigint, .sighup)
    let signals = Task.detached {
      for await signal in trapped {
        if signal == .sighup {
          await self.requestReload()
        } else {
          self.requestStop()
        }
      }
    }
    await serve()
    signals.cancel()
    return fault
  }

  /// Runs until ``requestStop()``.
  func serve() async {
    let language = configuration.language
    log.write(.started, language.say("收报已启动", en: "shoubao has started"))
    watchdog.register(Daemon.loop, limit: .seconds(60))
    let refused = watchdog.start()
    guard refused == 0 else {
      fault = .noThread(refused)
      return await stop()
    }
    let hints = Task { [watcher] in
      for await hint in watcher.hints { self.met(hint) }
    }
    defer { hints.cancel() }

    // Here and not with the rest: who asks it to stop as soon as it is ready must not find half a page.
    outbox.removeUnfinished()
    // What else an earlier life has left is finished by the loop, before anything new is claimed.
    do {
      // Watches are placed by the first scan; what it finds is counted, and claimed afterwards.
      let waiting = try countBacklog()
      let line = updateStatus(inInbox: waiting)
      notifier.send(.ready, .status(line))
      log.write(
        .ready, language.say("收报已就绪：\(line)", en: "ready: \(line)"),
        EventFields { $0.count = Int64(waiting) })
      logHead()
    } catch {
      meet(Trouble(error), while: language.say("查看收报文件夹", en: "looking at the inbox"))
      notifier.send(.ready)
    }

    requestWatch = RequestWatch(requests) { Task { await self.met() } }
    wake.yield()
    var timer: Task<Void, Never>?
    for await _ in wakeups {
      timer?.cancel()
      if isStopping { break }
      await work()
      if isStopping { break }
      let pause = timeToNextLook()
      watchdog.beat(Daemon.loop, doing: "waiting", rest: pause)
      timer = Task { [wake] in
        guard (try? await Task.sleep(for: pause)) != nil else { return }
        wake.yield()
      }
    }
    timer?.cancel()
    tellStop()
    await stop()
  }

  // MARK: What wakes the loop

  func requestReload() {
    mustReload = true
    wake.yield()
  }

  /// Finishes what is in hand, or hands it back, and ends.
  nonisolated func requestStop() {
    stopFlag.raise()
    wake.yield()
    Task { await tellStop() }
  }

  private func tellStop() {
    guard !isStopTold else { return }
    isStopTold = true
    let language = configuration.language
    notifier.send(.stopping, .status(language.say("正在停止", en: "stopping")))
    log.write(.stopping, language.say("收报正在停止", en: "shoubao is stopping"))
    // What is nearly read may end; the rest is handed back.
    Task { [workers] in
      try? await Task.sleep(for: .seconds(2))
      await workers.shutdown()
    }
  }

  func requestScan() {
    mustScan = true
    wake.yield()
  }

  func requestLook() { wake.yield() }

  /// A request was put in.
  private func met() {
    mustAnswer = true
    wake.yield()
  }

  /// One round: reload, recover, take in what is ready until nothing is.
  private func work() async {
    if mustReload {
      mustReload = false
      reload()
    }
    if let trouble, SuspendingClock().now < trouble.until { return }
    guard journal.isInPlace else {
      fault = .journalReplaced(journal: configuration.places.journal)
      return requestStop()
    }
    do {
      if mustRecover { try await recover() }
      mayReadYears = true
      try finishSlow()
      try await finishMembers()
      while !isStopping {
        let isMore = try await takeIn()
        watchdog.beat(Daemon.loop, doing: "next batch")
        // A batch of what is known already waits for nobody; without this a reload, or saying that it stops, would wait for the
        // whole inbox.
        await Task.yield()
        try finishSlow()
        try await finishMembers()
        // A step at a time: what is dropped does not wait for a whole archive to be read again.
        let isAsked = try await answerRequests()
        writeOverview()
        if isMore || isAsked { continue }
        try await finishInHand()
        if try tellAgain() { continue }
        if try recheckLevels() { continue }
        try tellDeadlines()
        break
      }
      try await finishInHand()
      if isStopping { return }
      try dropExpired()
      recovered()
      if lastCollection?.isWhole == false { updateStatus(inInbox: 0) }
      writeMetrics()
      try deliver()
    } catch {
      // It lies in `work/`, and is read again with everything that does.
      inHand = nil
      // Of what is read again on request the rest stays asked for.
      if isStopping, case WorkerFault.shutDown = error { return }
      // No further try would find them otherwise, and each takes SQLite ten seconds.
      if case JournalError.locksBroken = error {
        fault = StartError(error)
        return requestStop()
      }
      meet(Trouble(error), while: configuration.language.say("收报", en: "taking in"))
    }
    await tryWatch()
    logHead(isDue: false)
    giveMemoryBack()
  }

  /// Until the next scan, the next look at an unfinished file, the end of a pause: whatever comes first. At most a minute, so
  /// that an idle loop shows that it lives, and sees that the day has changed.
  private func timeToNextLook() -> Duration {
    let now = SuspendingClock().now
    var until = min(nextScan, now + .seconds(60))
    if let look = settler.nextLook { until = min(until, look) }
    if let nextCanary { until = min(until, nextCanary) }
    if let nextDelivery { until = min(until, nextDelivery) }
    if let due = overview.due { until = min(until, due) }
    if mustCheckDeadlines { until = min(until, deadlinesShare.notBefore) }
    if metrics.isPending { until = min(until, metrics.share.notBefore) }
    // Until the pause is over nothing is tried.
    if let trouble { until = max(trouble.until, now + .milliseconds(100)) }
    return max(until - now, .milliseconds(10))
  }

  /// Once nothing has come for a while: who drops one file after the other is not kept waiting for what was given away.
  private func giveMemoryBack() {
    guard let lastBusy, SuspendingClock().now - lastBusy > .seconds(20) else { return }
    self.lastBusy = nil
    journal.releaseMemory()
    linux_release_memory()
  }

  /// Does everything that is asked for, and closes: for a command, while no daemon runs.
  public func answerAll() async throws {
    watchdog.register(Daemon.loop, limit: .seconds(60))
    do {
      while try await answerRequests() {}
    } catch {
      await stop()
      throw error
    }
    await stop()
  }

  private func stop() async {
    watchdog.retire(Daemon.loop)
    requestWatch?.cancel()
    watcher.close()
    await overview.writing?.value
    await stopDelivery()
    await workers.shutdown()
    if fault == nil {
      handBackSlow()
      logHead()
    }
    watchdog.stop()
    try? journal.close()
    notifier.barrier()
  }
}
