import Intake
import Journal
import Reports
import Roster
import Supervision

// What an earlier life, or a fault of ours, has left unfinished.

extension Daemon {
  /// Finishes each leftover, once: what was claimed is read, what never left the inbox is withdrawn, what was judged is
  /// let go, what was not told is told.
  func recover() async throws {
    watchdog.beat(Daemon.loop, doing: "recovering")
    // Moves between file systems that were cut in two. Without the inbox nobody knows whether there are any.
    let root = try? inbox.open()
    if let root { try claimer.finishInterrupted(in: root) }
    let leftovers = try claimer.leftovers()
    var claims = Dictionary(
      uniqueKeysWithValues: try journal.reader.unfinished().map { ($0.number, $0) })
    var batch: [Pending] = []
    for leftover in leftovers.claims {
      let number = Int(leftover.number)
      // Nobody has left it: it is being read.
      if slow[number] != nil {
        claims[number] = nil
        continue
      }
      if let claim = claims.removeValue(forKey: number) {
        let path = InboxPath(claim.path) ?? .root
        batch.append(
          Pending(
            try claimer.resume(leftover, from: path), number: number, received: claim.received))
      } else if let detail = try journal.reader.arrival(number), let result = detail.arrival.result
      {
        try letGo(number, hold: result.sha256 == nil)
      } else {
        try putBackUnknown(leftover.number)
      }
    }
    for name in leftovers.foreign {
      log.note(.warning, "work/\(name): not ours, left alone")
    }
    // Members of containers have no file; they are read from the archive. Numbers whose file never left the inbox: the scan
    // finds it and gives it the next one.
    mustFinishMembers = true
    if root != nil {
      try journal.withdraw(claims.values.filter { $0.member == nil }.map(\.number).sorted())
    }
    let size = configuration.commit.batch
    for start in stride(from: 0, to: batch.count, by: size) {
      let group = Array(batch[start..<min(start + size, batch.count)])
      if isStopping { try group.forEach(handBack) } else { try await finish(group) }
    }
    let untold = try journal.reader.untold()
    for start in stride(from: 0, to: untold.count, by: size) {
      if isStopping { return }
      let group = Array(untold[start..<min(start + size, untold.count)])
      try recheckNeighbours(
        of: group.compactMap { number in
          guard let detail = try journal.reader.arrival(number) else { return nil }
          return detail.report.flatMap { Filer($0, folder: detail.arrival.folder) }
        })
      try tell(group)
    }
    // Which of them had been compared nobody knows any more.
    let year = configuration.collectionYear(on: Journal.now().date)
    levelsToRecheck[year, default: RegionSet()].insert(nil)
    try claimer.syncFolders()
    mustRecover = false
  }

  /// A file in `work/` that the journal knows nothing of (an older journal was restored): it goes through the inbox again.
  private func putBackUnknown(_ number: Int64) throws {
    guard let name = InboxPath(Array("recovered-\(number)".utf8)) else { return }
    let path = try claimer.handBack(number, to: name, in: inbox.open())
    log.write(
      .handedBack,
      configuration.language.say(
        "台账中没有第 \(number) 号，文件已作为 \(path) 放回收报文件夹重新登记",
        en: "the journal has no number \(number); its file is back in the inbox as \(path)"),
      EventFields { $0.file = path.text })
    requestScan()
  }

  // MARK: Faults of ours

  /// A fault of ours: nothing is lost, everything is tried again, later each time.
  func meet(_ trouble: Trouble, while doing: String) {
    let language = configuration.language
    let previous = self.trouble
    // Room may come at any moment, and looking for it costs nothing.
    let longest: Duration = trouble.isDiskFull ? .seconds(10) : .seconds(60)
    let pause = min((previous?.pause ?? .seconds(1)) * 2, longest)
    self.trouble = (trouble, SuspendingClock().now + pause, pause)
    mustRecover = true
    mustScan = true
    notifier.send(.status(trouble.status(in: language)))
    lastStatus = ""
    // Logged when it begins and when it becomes another one, not at every try.
    if let previous, previous.0.isSame(as: trouble) { return }
    metrics.isPending = true
    writeMetrics()
    let reason = trouble.reason(in: language)
    if trouble.isDiskFull {
      log.write(
        .diskFull,
        language.say(
          "磁盘已满，暂停收报（\(doing)）：\(reason)；腾出空间后自动继续",
          en:
            "disk full, intake pauses (\(doing)): \(reason); it goes on when there is room"),
        EventFields {
          guard case .diskLow(let shortage) = trouble else { return }
          $0.count = Int64(shortage.free)
        })
    } else if case .journalDamaged = trouble {
      log.write(
        .journalDamaged,
        language.say(
          "台账损坏，暂停收报（\(doing)）：\(reason)；请运行 shoubao verify，从备份恢复",
          en:
            "the journal is damaged, intake pauses (\(doing)): \(reason); run shoubao verify and restore "
            + "the backup"))
    } else {
      log.note(
        .error,
        language.say(
          "\(doing)时出错，\(pause) 后重试：\(reason)",
          en: "\(doing): \(reason); tried again in \(pause)"))
    }
  }

  /// A round without a fault ends the trouble.
  func recovered() {
    guard let (trouble, _, _) = trouble else { return }
    self.trouble = nil
    if trouble.isDiskFull {
      log.write(
        .diskFreed, configuration.language.say("已有空间，继续收报", en: "there is room again"))
    }
    updateStatus(inInbox: 0)
  }
}
